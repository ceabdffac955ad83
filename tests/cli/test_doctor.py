"""`awsconform doctor`: what is reached, who it is, which services answer."""

from __future__ import annotations

import json
import socket
import threading
from dataclasses import replace

import pytest

from awsconform.commands.doctor import document
from awsconform.conformance.targets.examining import examine
from awsconform.conformance.targets.http import HTTPTarget
from awsconform.conformance.targets.identity import identified
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.readiness import Kind
from cli.calling import Call
from targets.misbehaving_server import RIGHT, Behaviour, answering, hanging, serving

LONG_AGO = RIGHT.replace(b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n"
                         b"Date: Mon, 05 Jan 2015 10:00:00 GMT\r\nServer: nginx\r\n")  # fmt: skip


def test_says_what_the_emulator_is(call: Call) -> None:
    ended = call("doctor", "--target", "emulator:", "deadline", "lookoutequipment")
    assert ended.code == 0
    assert "implementation  awsconform" in ended.out
    assert "deadline          answers          ListFarms: status 200" in ended.out
    assert "2 of 2 services answer" in ended.out


def test_says_it_for_programs(call: Call) -> None:
    with serving(answering(LONG_AGO)) as server:
        ended = call("doctor", "sqs", "sqs", "--target", server.url, "--format", "json")
    assert ended.code == 0
    told = json.loads(ended.out)
    assert told["address"] == server.url
    assert told["headers"] == [{"name": "server", "value": "nginx"}]
    assert told["clockAheadSeconds"] < -100_000_000
    assert told["latencyMilliseconds"] > 0
    assert told["tls"] is None
    (service,) = told["services"]
    assert (service["service"], service["kind"]) == ("sqs", "answers")


def test_a_target_that_is_not_there_answers_nothing(call: Call) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    ended = call("doctor", "--target", f"http://127.0.0.1:{port}")
    assert ended.code == 3
    assert "0 of 16 services answer" in ended.out


@pytest.mark.parametrize(
    "words",
    [["no-such-service"], ["--target", "nonsense"], ["--target", "http://sqs.amazonaws.com"]],
)
def test_says_what_is_wrong_with_the_call(call: Call, words: list[str]) -> None:
    assert call("doctor", *words).code == 2


def test_after_two_silences_nobody_is_asked_any_more() -> None:
    with serving(hanging) as server:
        target = HTTPTarget(server.url, options=Options(timeout=0.1))
        found = examine(target, ("sqs", "s3", "iam", "kms"))
        target.close()
    assert [each.kind for each in found.services] == [Kind.SILENT] * 4
    assert len(server.requests) == 2
    assert not found.answers


def by_path(**pages: bytes) -> Behaviour:
    def behave(connection: socket.socket, request: bytes, over: threading.Event) -> None:
        path = request.split(b" ", 2)[1].decode()
        body = pages.get(path.strip("/").replace("/", "__").replace("-", "_"))
        status = b"404 No" if body is None else b"200 OK"
        body = body or b"{}"
        length = str(len(body)).encode()
        connection.sendall(
            b"HTTP/1.1 " + status + b"\r\nContent-Length: " + length + b"\r\n\r\n" + body
        )

    return behave


@pytest.mark.parametrize(
    ("pages", "name", "version"),
    [
        ({"moto_api__config": b'{"batch": {"use_docker": true}}'}, "moto", None),
        ({"_ministack__health": b'{"services": {}, "version": "1.5.33"}'}, "ministack", "1.5.33"),
        ({"_ministack__health": b'{"services": 5, "version": 5}'}, "ministack", None),
        ({"_ministack__health": b'"services"'}, "ministack", None),
        ({"_localstack__info": b'{"version": "4.0", "edition": "pro"}'}, "localstack", "4.0"),
        ({"": b"healthy: dynamodb.us-east-1.amazonaws.com"}, "dynalite", None),
        ({"": b"hello"}, None, None),
    ],
)
def test_knows_implementations_by_their_pages(
    pages: dict[str, bytes], name: str | None, version: str | None
) -> None:
    with serving(by_path(**pages)) as server:
        target = HTTPTarget(server.url)
        found = identified(target, [])
        target.close()
    assert (found.name, found.version) == (name, version)


def test_knows_an_implementation_by_a_header() -> None:
    from awsconform.conformance.exchange import HTTPResponse

    answer = HTTPResponse(200, (("x-localstack", "2026.3.1"), ("Server", "x")), b"")
    found = identified(HTTPTarget("http://localhost:1"), [answer])
    assert (found.name, found.version) == ("localstack", "2026.3.1")
    assert found.headers == (("server", "x"),)


def test_control_characters_of_a_target_are_not_printed(call: Call) -> None:
    raw = RIGHT.replace(b"\r\nContent-Length", b"\r\nServer: a\x1b[31mb\r\nContent-Length")
    with serving(answering(raw)) as server:
        ended = call("doctor", "sqs", "--target", server.url)
    assert "\x1b" not in ended.out


def test_the_document_tells_of_tls() -> None:
    from awsconform.conformance.targets.connection import TLS

    with serving(answering(RIGHT)) as server:
        target = HTTPTarget(server.url)
        found = examine(target, ("sqs",))
        target.close()
    made = document(replace(found, tls=TLS("TLSv1.3", "AES", "localhost", "me", "tomorrow")))
    assert made["tls"]["subject"] == "localhost"
    assert str(TLS("TLSv1.3", "AES")) == "TLSv1.3, AES, certificate not verified"
