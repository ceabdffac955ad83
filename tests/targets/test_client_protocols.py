"""What boto3 gives and takes in every protocol is the logical JSON of the wire."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import EventStreamError
from urllib3.exceptions import ProtocolError

from awsconform.conformance.exchange import Case, Exchange, HTTPResponse, Intent, Purpose
from awsconform.conformance.targets.client import ClientTarget
from awsconform.conformance.targets.client_values import (
    TooMuch,
    as_text,
    from_client,
    to_client,
)
from awsconform.conformance.targets.options import Options
from awsconform.conformance.wire.answers import read, read_parsed
from awsconform.conformance.wire.classification import Reaction, classify
from awsconform.conformance.wire.event_frames import STRING, Header, Message, encode
from awsconform.conformance.wire.responding import write
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract

DATA = base64.b64encode(b"\x00 data").decode()
WHEN = "2026-01-02T03:04:05Z"
SUCCESSES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("sqs.GetQueueUrl", {"QueueName": "q"}, {"QueueUrl": "u"}),
    ("iam.ListUsers", {}, {"Users": [], "IsTruncated": False}),
    ("ec2.DescribeVpcs", {}, {"Vpcs": [{"VpcId": "vpc-1", "IsDefault": True}]}),
    ("s3.ListObjectsV2", {"Bucket": "b"}, {"KeyCount": 1, "Contents": [{"LastModified": WHEN}]}),
    ("s3.GetObject", {"Bucket": "b", "Key": "k"}, {"Body": DATA, "Metadata": {"a": "1"}}),
    ("s3.HeadObject", {"Bucket": "b", "Key": "k"}, {"ContentLength": 5, "LastModified": WHEN}),
    ("cloudwatch.DescribeAlarms", {}, {"MetricAlarms": [{"Threshold": 1.5}]}),
    ("lambda.Invoke", {"FunctionName": "f"}, {"StatusCode": 200, "Payload": DATA}),
    (
        "kinesis.SubscribeToShard",
        {"ConsumerARN": "arn", "ShardId": "s", "StartingPosition": {"Type": "LATEST"}},
        {"EventStream": [{"SubscribeToShardEvent": {"Records": [{"Data": DATA}]}}]},
    ),
]
ERRORS = [
    ("sqs.GetQueueUrl", {"QueueName": "q"}, "QueueDoesNotExist"),
    ("iam.GetUser", {}, "NoSuchEntity"),
    ("s3.GetObject", {"Bucket": "b", "Key": "k"}, "NoSuchKey"),
    ("route53.GetHostedZone", {"Id": "Z1"}, "NoSuchHostedZone"),
    ("lambda.Invoke", {"FunctionName": "f"}, "ResourceNotFoundException"),
    ("cloudwatch.DescribeAlarms", {}, "InvalidNextToken"),
]


def answering(service: str, response: HTTPResponse) -> Any:
    """A boto3 client that gets one answer whatever it asks."""
    client = boto3.client(
        service,  # type: ignore[call-overload]
        region_name="us-east-1",
        endpoint_url="http://127.0.0.1:1",
        aws_access_key_id="none",
        aws_secret_access_key="none",
        config=Config(retries={"total_max_attempts": 1}, inject_host_prefix=False),
    )

    def send(request: Any, **_: Any) -> AWSResponse:
        from botocore.compat import HTTPHeaders

        headers = HTTPHeaders.from_pairs(response.headers)
        return AWSResponse(request.url, response.status, headers, _Raw(response.body))

    client.meta.events.register("before-send", send)
    return client


class _Raw:
    def __init__(self, body: bytes) -> None:
        self.body = body

    def read(self, amount: int | None = None) -> bytes:
        taken, self.body = self.body[:amount], self.body[len(self.body[:amount]) :]
        return taken

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.body

    def close(self) -> None:
        """Nothing is open."""


def sent(contract: Contract, value: dict[str, Any], response: HTTPResponse) -> Exchange:
    client = answering(contract.service, response)
    target = ClientTarget(client, name="client:test", options=Options(response_limit=1000))
    return target.send(contract, Case(contract.id, Intent(Purpose.VALID), value))


@pytest.mark.parametrize(
    ("name", "request_", "value"), SUCCESSES, ids=[name for name, _, _ in SUCCESSES]
)
def test_gives_what_the_wire_says(
    name: str, request_: dict[str, Any], value: dict[str, Any]
) -> None:
    contract = load(*name.split("."))
    response = write(contract, value)
    made = sent(contract, request_, response)
    assert (made.trouble, made.detail) == (None, "")
    assert made.parsed is not None
    wire, sdk = read(contract, response), read_parsed(contract, made.parsed)
    assert sdk.value is not None
    assert {**(wire.value or {}), **sdk.value} == sdk.value
    assert value.items() <= sdk.value.items()


@pytest.mark.parametrize(("name", "request_", "code"), ERRORS, ids=[name for name, _, _ in ERRORS])
def test_gives_an_errors_code_status_and_message(
    name: str, request_: dict[str, Any], code: str
) -> None:
    contract = load(*name.split("."))
    [declared] = [each.code for each in contract.errors.values() if code in (each.code, each.shape)]
    members = contract.definitions[contract.errors[declared].shape]["properties"]
    message = next((each for each in members if each.lower() == "message"), "Message")
    response = write(contract, {message: "no such thing"}, code=declared)
    made = sent(contract, request_, response)
    assert made.parsed is not None
    answer = read_parsed(contract, made.parsed)
    assert (answer.code, answer.status) == (declared, contract.errors[declared].status)
    assert answer.value is not None
    assert "no such thing" in answer.value.values()


def test_an_answer_to_head_without_a_body_is_named_by_its_status() -> None:
    contract = load("s3", "HeadObject")
    made = sent(contract, {"Bucket": "b", "Key": "k"}, HTTPResponse(404, (), b""))
    assert made.parsed is not None
    answer = read_parsed(contract, made.parsed)
    assert (answer.code, answer.status) == ("NotFound", 404)
    assert classify(contract, made, answer) is Reaction.REFUSED


def test_an_exception_in_a_stream_is_an_error() -> None:
    contract = load("kinesis", "SubscribeToShard")
    value = {"EventStream": [{"SubscribeToShardEvent": {}}]}
    thrown = Message(
        {
            ":message-type": Header(STRING, "exception"),
            ":exception-type": Header(STRING, "ResourceInUseException"),
        },
        b'{"message":"busy"}',
    )
    response = write(contract, value)
    body = HTTPResponse(200, response.headers, response.body + encode(thrown))
    made = sent(contract, SUCCESSES[-1][1], body)
    assert made.parsed is not None
    assert (made.parsed.code, made.parsed.value) == ("ResourceInUseException", {"message": "busy"})


class Stream:
    """Events that end in silence, in an error, or never."""

    def __init__(self, error: Exception | None = None, count: int | None = None) -> None:
        self.error = error
        self.count = count
        self.closed = False

    def __iter__(self) -> Iterator[dict[str, Any]]:
        number = 0
        while self.count is None or number < self.count:
            yield {"event": {"number": number}}
            number += 1
        if self.error is not None:
            raise self.error

    def close(self) -> None:
        self.closed = True


def test_a_stream_without_end_is_left_when_the_time_is_up() -> None:
    stream = Stream()
    assert from_client({"s": stream}, 100, seconds=-1.0) == {"s": [{"event": {"number": 0}}]}
    assert stream.closed


def test_a_stream_that_falls_silent_keeps_what_came() -> None:
    assert from_client(Stream(ProtocolError("gone"), 2), 100) == [
        {"event": {"number": 0}}, {"event": {"number": 1}},
    ]  # fmt: skip
    with pytest.raises(ProtocolError):
        from_client(Stream(ProtocolError("gone"), 0), 100)
    failing = Stream(EventStreamError({"Error": {"Code": "x"}}, "Op"), 1)
    with pytest.raises(EventStreamError):
        from_client(failing, 100)
    assert failing.closed


def test_a_stream_of_too_many_events_is_not_cut_short_without_a_word() -> None:
    stream = Stream()
    with pytest.raises(TooMuch, match="10000 events"):
        from_client(stream, 100)
    assert stream.closed


@pytest.mark.parametrize(
    ("value", "logical"),
    [
        (Decimal("5"), 5),
        (Decimal("1.5"), 1.5),
        (Decimal("NaN"), "NaN"),
        (Decimal("-Infinity"), "-Infinity"),
        ({"a": [None, {"b": (1, 2)}]}, {"a": [None, {"b": [1, 2]}]}),
        (bytearray(b"x"), "eA=="),
    ],
)
def test_gives_values_of_all_kinds_as_json(value: Any, logical: Any) -> None:
    assert from_client(value, 100) == logical


def test_json_in_a_header_is_what_it_says_for_boto3_and_text_for_us() -> None:
    put = load("lex-runtime", "PutSession")
    text = json.dumps({"a": [1]})
    reference = {"$ref": f"#/$defs/{put.output_shape}"}
    members = put.definitions[str(put.output_shape)]["properties"]
    name = next(each for each, member in members.items() if member.get("aws", {}).get("jsonvalue"))
    assert to_client(put, reference, {name: text}) == {name: {"a": [1]}}
    assert as_text(put, reference, {name: {"a": [1]}, "odd": [1]}) == {name: text, "odd": [1]}
    assert to_client(put, reference, {name: "not {json"}) == {name: "not {json"}
