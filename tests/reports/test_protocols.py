"""Reports of every protocol: the request again for three clients, and nothing sensitive shown."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from awsconform.conformance.exchange import (
    Case,
    Exchange,
    HTTPRequest,
    HTTPResponse,
    Intent,
    Purpose,
)
from awsconform.conformance.reports.bodies import comparable
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.reports.exchange_documents import exchange_document
from awsconform.conformance.reports.messages import answer_lines
from awsconform.conformance.reports.reproduction import reproduce
from awsconform.conformance.reports.sensitive import sensitive_values
from awsconform.conformance.targets.preparing import encoded, signed
from awsconform.conformance.wire.cbor_data import encode
from awsconform.conformance.wire.redaction import HIDDEN
from awsconform.conformance.wire.responding import write
from awsconform.conformance.wire.secrets import Secrets, hide_bytes
from awsconform.conformance.wire.signing import FAKE, FAKE_TOKEN
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract
from awsconform.specs.streams import MEDIA_TYPE

SECRET = "wJalrXUtnFEMI&K7MDENG<bPxRfiCYSECRET"
HERE = endpoint_of("http://127.0.0.1:5000")
SENT: list[tuple[str, str | None, dict[str, Any]]] = [
    ("sqs.GetQueueUrl", None, {"QueueName": "q"}),
    ("iam.CreateUser", None, {"UserName": "u", "Tags": [{"Key": "k", "Value": "v & w"}]}),
    ("ec2.DescribeVpcs", None, {"VpcIds": ["vpc-1", "vpc-2"], "MaxResults": 5}),
    ("s3.CreateBucket", None, {"Bucket": "b", "CreateBucketConfiguration": {
        "LocationConstraint": "eu-west-1"}}),
    ("s3.GetObjectTagging", None, {"Bucket": "b", "Key": "a/ü b"}),
    ("route53.GetHostedZone", None, {"Id": "Z1"}),
    ("lambda.ListFunctions", None, {"MaxItems": 5}),
    ("cloudwatch.ListMetrics", None, {"Namespace": "n"}),
]  # fmt: skip
IDS = [name for name, _, _ in SENT]


def exchange(
    contract: Contract, value: dict[str, Any], response: HTTPResponse | None = None
) -> Exchange:
    case = Case(contract.id, Intent(Purpose.VALID), value)
    request = signed(
        contract, encoded(contract, case), origin=HERE.url, region="us-east-1", credentials=FAKE
    )
    return Exchange(case, request.shown, response)


@pytest.mark.parametrize(("name", "protocol", "value"), SENT, ids=IDS)
def test_boto3_and_the_cli_send_valid_requests_without_help(
    name: str, protocol: str | None, value: dict[str, Any]
) -> None:
    contract = load(*name.split("."), protocol=protocol)
    again = reproduce(contract, exchange(contract, value), HERE)
    assert "as_recorded" not in again.boto3
    assert not again.cli.startswith("# The AWS CLI")
    assert "--cli-input-json" in again.cli
    assert "--aws-sigv4 aws:amz:us-east-1:" in again.curl
    compile(again.boto3, "reproduction", "exec")


@pytest.mark.parametrize("protocol", ["query", "rpc-v2-cbor"])
def test_a_protocol_sdks_do_not_speak_is_for_curl(protocol: str) -> None:
    contract = load("cloudwatch", "ListMetrics", protocol=protocol)
    again = reproduce(contract, exchange(contract, {"Namespace": "n"}), HERE)
    assert again.cli == f"# The AWS CLI speaks json, not {protocol}: use curl."
    assert "as_recorded" in again.boto3
    if protocol == "rpc-v2-cbor":
        assert "-H 'Accept: application/cbor'" in again.curl
        assert "-H 'smithy-protocol: rpc-v2-cbor'" in again.curl
        assert "/service/" in again.curl
        assert "--data" in again.curl


def test_s3_is_addressed_by_path() -> None:
    contract = load("s3", "HeadBucket")
    again = reproduce(contract, exchange(contract, {"Bucket": "b"}), HERE)
    assert 's3={"addressing_style": "path"}' in again.boto3


def test_who_needs_no_signature_gets_none_and_who_needs_a_token_gets_one() -> None:
    identity = load("cognito-identity", "GetId")
    again = reproduce(identity, exchange(identity, {"IdentityPoolId": "p"}), HERE)
    assert "--aws-sigv4" not in again.curl
    roles = load("account-access-runtime", "ListRoles")
    again = reproduce(roles, exchange(roles, {"tenantId": "t"}), HERE)
    assert f'-H "Authorization: Bearer {FAKE_TOKEN}"' in again.curl
    assert "--aws-sigv4" not in again.curl


def test_bodies_are_compared_by_what_they_say() -> None:
    def of(body: bytes, kind: str = "") -> Any:
        return comparable(HTTPRequest("POST", "/", (("Content-Type", kind),), body), frozenset("t"))

    form = "application/x-www-form-urlencoded; charset=utf-8"
    assert of(b"b=2&a=1&t=9", form) == of(b"a=1&b=%32", form) != of(b"a=1&b=3", form)
    assert of(b"%zz", form) is not None
    assert of(b'<?xml version="1.0"?><a>\n<b x="1" y="2"/></a>') == of(
        b'<a><b y="2" x="1"></b></a>'
    )
    assert of(b"<a><t>1</t></a>") == of(b"<a></a>") != of(b"<a>1</a>")
    assert of(b"<a") == b"<a"
    cbor = "application/cbor"
    assert of(encode({"a": 1, "t": 2}), cbor) == of(b"\xbf\x61a\x18\x01\xff", cbor)
    assert of(b"\xff", cbor) == b"\xff"
    assert of(b'{"a": 1, "b": 2}') == of(b'{"b":2,"a":1}') != of(b'{"a":2,"b":2}')


def shown(contract: Contract, response: HTTPResponse) -> str:
    made = exchange(contract, {}, response)
    text = "\n".join(answer_lines(exchange_document(made, Secrets())))
    return text + repr(hide_bytes(response.body, sensitive_values(made)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sts.GetSessionToken", {"Credentials": {"SecretAccessKey": SECRET}}),
        ("iam.CreateAccessKey", {"AccessKey": {"SecretAccessKey": SECRET}}),
    ],
)
def test_hides_sensitive_members_in_xml(name: str, value: dict[str, Any]) -> None:
    contract = load(*name.split("."))
    response = write(contract, value)
    assert b"SECRET" in response.body
    assert "SECRET" not in shown(contract, response)
    cut = HTTPResponse(200, response.headers, response.body[:-20])
    assert "SECRET" not in shown(contract, cut)


def test_hides_sensitive_members_in_cbor() -> None:
    contract = load("cloudwatch", "ListMetrics", protocol="rpc-v2-cbor")
    raw = b"\xff\xfe secret bytes"
    body = encode({"Password": SECRET, "PrivateKey": raw, "Metrics": [], "n": 1.5})
    response = HTTPResponse(200, (("Content-Type", "application/cbor"),), body)
    text = shown(contract, response)
    assert "SECRET" not in text
    assert "secret bytes" not in text
    assert base64.b64encode(raw).decode() not in text
    assert "Metrics" in text


@pytest.mark.parametrize("raw", [SECRET.encode(), b'{"a": 1}', b"\xff\xfe" + SECRET.encode()])
def test_hides_a_body_that_is_one_sensitive_member(raw: bytes) -> None:
    contract = load("lambda", "Invoke")
    response = write(contract, {"Payload": base64.b64encode(raw).decode()})
    assert response.body == raw
    made = exchange(contract, {"FunctionName": "f"}, response)
    assert hide_bytes(response.body, sensitive_values(made)) == HIDDEN.encode()
    assert "SECRET" not in "\n".join(answer_lines(exchange_document(made, Secrets())))


def test_hides_the_payload_of_an_event_that_is_one_sensitive_member() -> None:
    contract = load("lambda", "InvokeWithResponseStream")
    inside = {"Payload": base64.b64encode(SECRET.encode()).decode()}
    response = write(contract, {"EventStream": [{"PayloadChunk": inside}]})
    assert SECRET.encode() in response.body
    made = exchange(contract, {"FunctionName": "f"}, response)
    assert SECRET.encode() not in hide_bytes(response.body, sensitive_values(made))


def test_hides_sensitive_members_in_streams() -> None:
    contract = load("bedrock-agent-runtime", "InvokeAgent")
    value = {"completion": [{"chunk": {"bytes": base64.b64encode(SECRET.encode()).decode()}}]}
    response = write(contract, value)
    assert response.header("content-type") == MEDIA_TYPE
    assert base64.b64encode(SECRET.encode()) not in hide_bytes(
        response.body, sensitive_values(exchange(contract, {"agentId": "A" * 10,
        "agentAliasId": "B" * 10, "sessionId": "s1"}, response))
    )  # fmt: skip
