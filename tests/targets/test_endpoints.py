"""Reproductions speak to the endpoint as the run did, and hold no secret of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from awsconform.conformance.exchange import Case, Exchange, HTTPRequest, Intent, Purpose
from awsconform.conformance.reports.endpoints import Endpoint, endpoint_of
from awsconform.conformance.reports.reproduction import Reproduction, reproduce
from awsconform.conformance.targets.http import HTTPTarget
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.starting import StartedTarget
from awsconform.conformance.wire.signing import Credentials
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract
from reports.hand_made import LIST, keeping_server
from targets.misbehaving_server import RIGHT, answering, serving
from targets.test_starting import command

LOCATION = load("s3", "GetBucketLocation")
OWN = Credentials("AKIDOWN", "own-secret", "own-token")
HEADERS = (("X-Team", "blue"), ("X-Api-Key", "t0psecret"))
ALL = Options(credentials=OWN, headers=HEADERS, verify=False)


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[HTTPRequest]]]:
    with keeping_server() as started:
        yield started


def sent(contract: Contract, options: Options, **value: object) -> tuple[Exchange, Endpoint]:
    with serving(answering(RIGHT)) as server:
        target = HTTPTarget(server.url.replace("127.0.0.1", "localhost"), options=options)
        made = target.send(contract, Case(contract.id, Intent(Purpose.VALID), dict(value)))
        target.close()
    return made, endpoint_of(target.name, options=options, opened=target)


def texts(made: Reproduction) -> tuple[str, str, str]:
    return made.boto3, made.cli, made.curl


def test_no_secret_of_the_options_is_in_a_reproduction() -> None:
    exchange, endpoint = sent(LIST, ALL, maxResults=1)
    for text in texts(reproduce(LIST, exchange, endpoint)):
        for secret in ("own-secret", "own-token", "t0psecret", "AKIDOWN"):
            assert secret not in text


def test_the_boto3_program_sends_the_headers_and_signs_with_the_readers_keys(
    server: tuple[str, list[HTTPRequest]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url, kept = server
    exchange, endpoint = sent(LIST, ALL, maxResults=1)
    monkeypatch.setenv("X_API_KEY", "from-the-environment")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDREADER")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s")
    kept.clear()
    program = reproduce(LIST, exchange, replace(endpoint, url=url)).boto3
    exec(compile(program, "reproduction", "exec"), {"__name__": "__main__"})
    capsys.readouterr()
    (request,) = kept
    headers = {name.lower(): value for name, value in request.headers}
    assert (headers["x-team"], headers["x-api-key"]) == ("blue", "from-the-environment")
    assert "Credential=AKIDREADER/" in headers["authorization"]


def test_curl_takes_secrets_from_the_environment() -> None:
    exchange, endpoint = sent(LIST, ALL, maxResults=1)
    curl = reproduce(LIST, exchange, endpoint).curl
    assert "-H 'X-Team: blue'" in curl
    assert '-H "X-Api-Key: $X_API_KEY"' in curl
    assert curl.count("X-Api-Key") == 1
    assert '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"' in curl


def test_the_cli_says_what_it_cannot_add() -> None:
    exchange, endpoint = sent(LIST, ALL, maxResults=1)
    cli = reproduce(LIST, exchange, endpoint).cli
    assert "cannot add X-Team, X-Api-Key" in cli
    assert "aws deadline list-farms" in cli
    assert "AWS_ACCESS_KEY_ID" not in cli
    assert "AWS_DISABLE_HOST_PREFIX_INJECTION=true" in cli


@pytest.mark.parametrize(
    ("verify", "words"),
    [
        (False, ("verify=False", "--no-verify-ssl", "curl -sS -i -X GET -k")),
        ("/a b/ca.pem", ("verify='/a b/ca.pem'", "--ca-bundle '/a b/ca.pem'",
                         "--cacert '/a b/ca.pem'")),
        (True, ("", "", "")),
    ],
)  # fmt: skip
def test_certificates_are_verified_as_in_the_run(verify: Any, words: tuple[str, ...]) -> None:
    exchange, _ = sent(LIST, Options(), maxResults=1)
    endpoint = endpoint_of("https://localhost:9297", options=Options(verify=verify))
    made = texts(reproduce(LIST, exchange, endpoint))
    for text, word in zip(made, words, strict=True):
        flat = text.replace(" \\\n ", "").replace('"', "'")
        assert word in flat
        if verify is True:
            assert "verify" not in text
            assert "--cacert" not in text


def test_plain_http_has_nothing_to_verify() -> None:
    exchange, endpoint = sent(LIST, ALL, maxResults=1)
    assert "-k" not in reproduce(LIST, exchange, endpoint).curl.split()
    assert "verify" not in reproduce(LIST, exchange, endpoint).boto3


def test_buckets_stand_where_they_stood_in_the_run() -> None:
    value = {"Bucket": "my-bucket"}
    exchange, endpoint = sent(LOCATION, Options(virtual_hosts=True), **value)
    made = reproduce(LOCATION, exchange, endpoint)
    port = endpoint.url.rpartition(":")[2]
    assert '"addressing_style": "virtual"' in made.boto3
    assert "as_recorded" not in made.boto3
    assert f"http://my-bucket.localhost:{port}/?location" in made.curl
    assert f"--connect-to ::localhost:{port}" in made.curl
    assert "addressing_style = virtual" in made.cli
    plain, endpoint = sent(LOCATION, Options(), **value)
    made = reproduce(LOCATION, plain, endpoint)
    assert '"addressing_style": "path"' in made.boto3
    assert "/my-bucket?location" in made.curl
    assert "addressing_style" not in made.cli


def test_a_started_server_is_started_again_with_its_port() -> None:
    target = StartedTarget(f"A='x y' {command('right')}")
    endpoint = endpoint_of(target.name, opened=target)
    assert endpoint.url == f"http://127.0.0.1:{target.port}"
    assert endpoint.first is not None
    assert endpoint.first.startswith("A='x y' ")
    assert endpoint.first.endswith(f"right {target.port}")


@pytest.mark.parametrize(
    ("name", "url", "first"),
    [
        ("start:moto", "http://127.0.0.1:5000", "moto_server -H 127.0.0.1 -p 5000"),
        ("start:my-server -p {port}", "http://127.0.0.1:4570", "my-server -p 4570"),
        ("localstack:", "http://127.0.0.1:4566", None),
        ("aws-emulator:9300", "https://127.0.0.1:9300", None),
    ],
)
def test_a_name_alone_says_where_to_send(name: str, url: str, first: str | None) -> None:
    endpoint = endpoint_of(name)
    assert (endpoint.url, endpoint.first) == (url, first)


def test_the_certificate_of_a_running_target_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / ".aws" / "emulator" / "9297"
    folder.mkdir(parents=True)
    (folder / "ca.pem").write_text("x", encoding="ascii")
    from awsconform.conformance.targets.locator import open_target

    endpoint = endpoint_of("aws-emulator:", opened=open_target("aws-emulator:"))
    assert endpoint.verify == str(folder / "ca.pem")
