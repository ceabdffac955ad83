"""Only an answer to an operation shows that a target serves operations."""

from __future__ import annotations

import socket
import threading

import pytest

from awsconform.conformance.exchange import Exchange, HTTPResponse, Parsed, Trouble, View
from awsconform.conformance.targets.cheap_reads import asking, cheap_reads, is_cheap
from awsconform.conformance.targets.http import HTTPTarget
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.readiness import (
    Kind,
    Sign,
    sign_of,
    wait_until_ready,
)
from awsconform.specs.catalog import load
from targets.misbehaving_server import (
    RIGHT,
    Behaviour,
    answering,
    dripping,
    dropping,
    flooding,
    hanging,
    serving,
)

LIST_FARMS = load("deadline", "ListFarms")
GET_FARM = load("deadline", "GetFarm")
LIST_QUEUES = load("sqs", "ListQueues")
QUICK = Options(timeout=0.1, response_limit=10_000)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def page(status: bytes) -> bytes:
    return (
        b"HTTP/1.1 " + status + b"\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n"
        b"<html>no</html>"
    )


def typed(status: bytes, code: bytes) -> bytes:
    return (
        b"HTTP/1.1 " + status + b"\r\nContent-Type: application/json\r\nx-amzn-ErrorType: " + code
        + b"\r\nContent-Length: 2\r\n\r\n{}"
    )  # fmt: skip


def waited(behaviour: Behaviour, seconds: float = 0.3) -> str | None:
    with serving(behaviour) as server:
        target = HTTPTarget(server.url, options=QUICK)
        told = wait_until_ready(
            target.send, wanted=LIST_FARMS, service=None, seconds=seconds, ended=lambda: False
        )
        target.close()
    return told


@pytest.mark.parametrize(
    "raw",
    [
        RIGHT,
        typed(b"404 X", b"ResourceNotFoundException"),
        typed(b"403 X", b"AccessDeniedException"),
        typed(b"400 X", b"ValidationException"),
        typed(b"501 X", b"NotImplemented"),
    ],
)
def test_an_answer_in_the_form_of_aws_shows_readiness(raw: bytes) -> None:
    assert waited(answering(raw), seconds=20.0) is None


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        (hanging, "time-out"),
        (dropping, "dropped connection"),
        (dripping(HEAD + b"Content-Length: 1000\r\n\r\n"), "time-out"),
        (flooding(HEAD + b"\r\n"), "response too large"),
        (answering(b"HTTP/1.1 307 X\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"), "status 307"),
        (answering(b"220 mail.example.com ESMTP ready\r\n"), "not HTTP"),
        (answering(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18)), "not HTTP"),
        (answering(b"\x15\x03\x01\x00\x02\x02\x16"), "not HTTP"),
        (answering(page(b"404 Not Found")), "status 404 with a page"),
        (answering(page(b"500 Broken")), "status 500 with a page"),
        (answering(page(b"200 OK")), "status 200"),
    ],
)
def test_nothing_else_does_and_it_is_said_what_came(behaviour: Behaviour, told: str) -> None:
    assert told in (waited(behaviour) or "ready")


def test_a_server_whose_every_answer_is_a_fault_of_its_own_is_there_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("awsconform.conformance.targets.readiness.SECONDS_OF_DOUBT", 0.05)
    assert waited(answering(typed(b"500 X", b"InternalServerException")), seconds=20.0) is None


def test_nothing_more_is_asked_once_the_server_has_ended() -> None:
    asked = []

    def send(contract: object, case: object) -> Exchange:
        asked.append(contract)
        return Exchange(asking(LIST_FARMS), None, None, trouble=Trouble.UNREACHABLE)

    told = wait_until_ready(send, wanted=LIST_FARMS, service=None, seconds=60.0, ended=lambda: True)
    assert told == "deadline.ListFarms: unreachable"
    assert len(asked) == 1


def test_a_service_that_is_not_there_does_not_keep_the_others_from_showing_readiness() -> None:
    def behave(connection: socket.socket, request: bytes, over: threading.Event) -> None:
        known = b"AmazonSQS.ListQueues" in request
        connection.sendall(RIGHT if known else page(b"404 Not Found"))

    with serving(behave) as server:
        target = HTTPTarget(server.url)
        told = wait_until_ready(
            target.send, wanted=LIST_FARMS, service="sqs", seconds=20.0, ended=lambda: False
        )
        target.close()
    assert told is None


def sign(raw: HTTPResponse | None, trouble: Trouble | None = None) -> Sign:
    return sign_of(LIST_QUEUES, Exchange(asking(LIST_QUEUES), None, raw, trouble=trouble))


JSON = (("Content-Type", "application/x-amz-json-1.0"), ("x-amzn-RequestId", "1"))


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, b"{}", Kind.ANSWERS),
        (400, b'{"__type":"InvalidAddress"}', Kind.ANSWERS),
        (403, b'{"__type":"AccessDeniedException"}', Kind.ANSWERS),
        (400, b'{"__type":"UnknownOperationException"}', Kind.NOT_IMPLEMENTED),
        (501, b"", Kind.NOT_IMPLEMENTED),
        (500, b'{"__type":"InternalFailure"}', Kind.FAULT),
        (200, b"[", Kind.FAULT),
    ],
)
def test_tells_the_kinds_of_answers_apart(status: int, body: bytes, kind: Kind) -> None:
    assert sign(HTTPResponse(status, JSON, body)).kind is kind


@pytest.mark.parametrize("trouble", [Trouble.TIMEOUT, Trouble.DROPPED, Trouble.UNREACHABLE])
def test_no_answer_is_silence(trouble: Trouble) -> None:
    made = sign(None, trouble)
    assert (made.kind, made.ready, made.told) == (Kind.SILENT, False, trouble.value)


def test_reads_what_a_client_returned() -> None:
    exchange = Exchange(asking(LIST_QUEUES), None, None, View.SDK, parsed=Parsed({}, None, 200))
    assert sign_of(LIST_QUEUES, exchange).kind is Kind.ANSWERS


@pytest.mark.parametrize("service", ["sqs", "s3", "iam", "sts", "dynamodb", "deadline"])
def test_cheap_reads_need_no_member_and_change_nothing(service: str) -> None:
    found = [contract for contract, _ in zip(cheap_reads(service), range(5), strict=False)]
    assert found
    for contract in found:
        assert contract.service == service
        assert contract.operation.startswith(("List", "Describe", "Get"))
        schema = contract.definitions.get(contract.input_shape or "", {})
        assert not schema.get("required")


def test_there_are_no_reads_of_what_is_no_service() -> None:
    assert list(cheap_reads("no-such-service")) == []
    assert not is_cheap(GET_FARM)
