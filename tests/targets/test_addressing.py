"""What is said about an endpoint: headers, where buckets stand, hosts that are nobody's."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.exchange import Case, Exchange, Intent, Purpose
from awsconform.conformance.targets.http import HTTPTarget
from awsconform.conformance.targets.locator import open_target
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.preparing import encoded, is_secret, on_virtual_host
from awsconform.conformance.targets.wsgi import WSGITarget
from awsconform.conformance.wire.signing import Credentials
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract
from targets.misbehaving_server import RIGHT, answering, serving

LIST_FARMS = load("deadline", "ListFarms")
GET_OBJECT = load("s3", "GetObject")
LIST_OBJECTS = load("s3", "ListObjectsV2")
LIST_BUCKETS = load("s3", "ListBuckets")
ORIGIN = "http://localhost:4566"


def case(contract: Contract, **value: object) -> Case:
    return Case(contract.id, Intent(Purpose.VALID), value)


def sent(
    options: Options, contract: Contract = LIST_FARMS, **value: object
) -> tuple[Exchange, list[str]]:
    """The exchange, and the lines of the request's head as they arrived."""
    with serving(answering(RIGHT)) as server:
        target = HTTPTarget(server.url.replace("127.0.0.1", "localhost"), options=options)
        exchange = target.send(contract, case(contract, **value))
        target.close()
    return exchange, server.requests[0].split(b"\r\n\r\n")[0].decode().split("\r\n")


def test_adds_the_headers_of_the_user_and_hides_the_secret_ones() -> None:
    headers = (("X-Team", "blue"), ("X-Api-Token", "t0psecret"), ("Content-Type", "x/y"))
    exchange, head = sent(Options(headers=headers))
    assert {"X-Team: blue", "X-Api-Token: t0psecret", "Content-Type: x/y"} <= set(head)
    assert exchange.request is not None
    shown = dict(exchange.request.headers)
    assert (shown["X-Team"], shown["X-Api-Token"]) == ("blue", "[hidden]")
    assert "t0psecret" not in repr(exchange)


def test_an_authorization_of_the_user_stands_for_the_signature() -> None:
    exchange, head = sent(Options(headers=(("Authorization", "Bearer mine"),)))
    assert [line for line in head if line.startswith("Authorization")] == [
        "Authorization: Bearer mine"
    ]
    assert "Bearer mine" not in repr(exchange)


def test_an_application_in_this_process_gets_the_headers_too() -> None:
    seen: list[dict[str, Any]] = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        seen.append(environ)
        start_response("200 OK", [])
        return [b"{}"]

    for signed in (True, False):
        options = Options(headers=(("X-Secret-Word", "sesame"),))
        target = WSGITarget(application, name="wsgi:x:y", options=options, signed=signed)
        exchange = target.send(LIST_FARMS, case(LIST_FARMS))
        assert seen[-1]["HTTP_X_SECRET_WORD"] == "sesame"
        assert "sesame" not in repr(exchange)


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("Authorization", True),
        ("X-Api-Key", True),
        ("x-localstack-auth", True),
        ("Proxy-Password", True),
        ("X-Team", False),
        ("Accept", False),
    ],
)
def test_knows_secret_headers_by_their_names(name: str, secret: bool) -> None:
    assert is_secret(name) is secret


def test_signs_with_the_credentials_that_are_given() -> None:
    own = Credentials("AKIDOWN", "s", "the-token")
    exchange, head = sent(Options(credentials=own))
    assert any("Credential=AKIDOWN/" in line for line in head)
    assert "X-Amz-Security-Token: the-token" in head
    assert "the-token" not in repr(exchange)
    assert "AKIDOWN" not in repr(exchange)


def host_of(head: list[str]) -> str:
    return next(line.removeprefix("Host: ") for line in head if line.startswith("Host: "))


def test_buckets_stand_in_the_path_unless_asked_for_otherwise() -> None:
    value = {"Bucket": "my-bucket", "Key": "a/b c"}
    _, path_style = sent(Options(), GET_OBJECT, **value)
    _, host_style = sent(Options(virtual_hosts=True), GET_OBJECT, **value)
    assert path_style[0] == "GET /my-bucket/a/b%20c HTTP/1.1"
    assert host_style[0] == "GET /a/b%20c HTTP/1.1"
    assert host_of(path_style).startswith("localhost:")
    assert host_of(host_style).startswith("my-bucket.localhost:")


@pytest.mark.parametrize(
    ("contract", "value", "path", "origin"),
    [
        (LIST_OBJECTS, {"Bucket": "abc"}, "/?list-type=2", "http://abc.localhost:4566"),
        (LIST_OBJECTS, {"Bucket": "a.b.c"}, "/a.b.c?list-type=2", ORIGIN),
        (LIST_OBJECTS, {"Bucket": "Abc"}, "/Abc?list-type=2", ORIGIN),
        (LIST_OBJECTS, {"Bucket": "ab"}, "/ab?list-type=2", ORIGIN),
        (LIST_BUCKETS, {}, "/", ORIGIN),
        (LIST_FARMS, {}, "/2023-10-12/farms", ORIGIN),
    ],
)
def test_only_a_bucket_that_is_a_name_of_a_host_moves(
    contract: Contract, value: dict[str, Any], path: str, origin: str
) -> None:
    request = encoded(contract, case(contract, **value))
    moved, signed_for = on_virtual_host(contract, request, value, ORIGIN)
    assert (moved.path.replace("?x-id=ListBuckets", ""), signed_for) == (path, origin)


def test_the_two_styles_are_those_of_botocore() -> None:
    """botocore decides the same of the same names, in either style."""
    import boto3
    from botocore.config import Config

    for style, virtual in (("path", False), ("virtual", True)):
        client = boto3.client(
            "s3",
            endpoint_url=ORIGIN,
            region_name="us-east-1",
            aws_access_key_id="a",
            aws_secret_access_key="b",
            config=Config(s3={"addressing_style": style}),
        )
        for bucket in ("my-bucket", "abc", "123"):
            url = client.generate_presigned_url(
                "get_object", Params={"Bucket": bucket, "Key": "k"}, ExpiresIn=5
            ).partition("?")[0]
            value = {"Bucket": bucket, "Key": "k"}
            request, origin = encoded(GET_OBJECT, case(GET_OBJECT, **value)), ORIGIN
            if virtual:
                request, origin = on_virtual_host(GET_OBJECT, request, value, ORIGIN)
            assert f"{origin}{request.path.partition('?')[0]}" == url


@pytest.mark.parametrize("allow_aws", [False, True])
def test_no_prefix_goes_in_front_of_a_host_that_is_not_real_aws(allow_aws: bool) -> None:
    contract = load("deadline", "ListFarms")
    assert contract.aws["hostPrefix"] == "management."
    own = Credentials("AKIDOWN", "s")
    _, head = sent(Options(allow_aws=allow_aws, credentials=own), contract)
    assert host_of(head).startswith("localhost:")


def test_an_emulator_is_made_fresh_with_a_clock_of_its_own() -> None:
    target = open_target("emulator:")
    create, farms = load("deadline", "CreateFarm"), load("deadline", "ListFarms")

    def number() -> int:
        made = target.send(farms, case(farms))
        assert made.response is not None
        return made.response.body.count(b'"farmId"')

    target.send(create, case(create, displayName="x"))
    assert (number(), target.generation) == (1, 0)
    assert target.restart is not None
    before = target.advance_clock
    target.restart()
    assert (number(), target.generation) == (0, 1)
    assert target.advance_clock is not None
    assert target.advance_clock is not before
    target.advance_clock(5.0)


@pytest.mark.filterwarnings("ignore")
def test_moto_is_made_empty_by_its_own_means() -> None:
    pytest.importorskip("moto.moto_server.werkzeug_app")
    target = open_target("moto:")
    create, queues = load("sqs", "CreateQueue"), load("sqs", "ListQueues")

    def body() -> bytes:
        made = target.send(queues, case(queues))
        assert made.response is not None
        return made.response.body

    target.send(create, case(create, QueueName="one-queue"))
    assert b"one-queue" in body()
    assert target.restart is not None
    target.restart()
    assert b"one-queue" not in body()
    assert target.generation == 1


def test_what_nobody_can_empty_says_so() -> None:
    class Client:
        def list_farms(self) -> dict[str, Any]:
            return {}

    from awsconform.conformance.targets.locator import as_target

    for thing in (Client(), "http://localhost:1", lambda environ, start: [b""]):
        target = as_target(thing)
        assert (target.restart, target.generation) == (None, 0)
