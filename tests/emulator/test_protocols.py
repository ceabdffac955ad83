"""Reading requests and writing answers of other services, with botocore at the other end."""

from __future__ import annotations

import functools
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from botocore.awsrequest import HeadersDict
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from botocore.session import get_session

from awsconform.conformance.emulator import encoding
from awsconform.conformance.emulator.decoding import Decoding
from awsconform.conformance.emulator.message import Answer, Incoming
from awsconform.conformance.emulator.nodes import nodes
from awsconform.conformance.emulator.routing import Router
from awsconform.specs.contract import Contract
from awsconform.specs.models import compile_contract

AT = datetime(2026, 3, 1, 12, 30, 15, tzinfo=UTC)
TEXT = "2026-03-01T12:30:15Z"

REQUESTS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "iotsitewise.GetAssetPropertyValueHistory",
        {"startDate": AT, "qualities": ["GOOD", "BAD"], "maxResults": 5, "assetId": "ä b"},
        {"startDate": TEXT},
    ),
    ("iotsitewise.DescribeAsset", {"assetId": "a/b%2F+ c", "excludeProperties": True}, {}),
    ("iot.DeleteProvisioningTemplateVersion", {"templateName": "t", "versionId": 12}, {}),
    (
        "connect.UpdateTestCase",
        {"InstanceId": "i", "TestCaseId": "t", "Name": "é", "LastModifiedTime": AT},
        {"LastModifiedTime": TEXT},
    ),
    ("iotsitewise.CreatePortal", {"portalLogoImageFile": {"data": "AAEC", "type": "PNG"}}, {}),
    (
        "dynamodb.PutItem",
        {"TableName": "t", "Item": {"a": {"L": [{"S": "x"}, {"M": {"b": {"NULL": True}}}]}}},
        {},
    ),
    (
        "logs.PutLogEvents",
        {"logGroupName": "g", "logEvents": [{"timestamp": 1, "message": "m"}]},
        {},
    ),
    ("events.PutEvents", {"Entries": [{"Time": AT, "Detail": "{}"}]}, {"Entries/0/Time": TEXT}),
]

RESPONSES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "mediastore-data.DescribeObject",
        {"ETag": "e", "ContentLength": 12, "LastModified": TEXT, "ContentType": "text/plain"},
        {"LastModified": AT},
    ),
    ("iot.DeleteCommand", {"statusCode": 202}, {}),
    ("bedrock.CreateAutomatedReasoningPolicy", {"createdAt": TEXT, "name": "é"}, {"createdAt": AT}),
    (
        "iotsitewise.ListAssets",
        {"assetSummaries": [{"id": "a", "creationDate": TEXT}], "nextToken": "n"},
        {"assetSummaries": [{"id": "a", "creationDate": AT}]},
    ),
    (
        "dynamodb.DescribeBackup",
        {"BackupDescription": {"BackupDetails": {"BackupCreationDateTime": TEXT}}},
        {"BackupDescription": {"BackupDetails": {"BackupCreationDateTime": AT}}},
    ),
    ("events.DescribeRule", {"Name": "r", "State": "ENABLED"}, {}),
]


@functools.cache
def contract(name: str) -> Contract:
    return Contract(compile_contract(*name.split(".")))


@functools.cache
def model(name: str) -> Any:
    service, operation = name.split(".")
    return get_session().get_service_model(service).operation_model(operation)


def incoming(name: str, arguments: dict[str, Any]) -> Incoming:
    """The request that botocore would send."""
    here = contract(name)
    protocol = "json" if here.protocol == "json" else "rest-json"
    made = create_serializer(protocol, False).serialize_to_request(arguments, model(name))
    headers = {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in made["headers"].items()}
    body = made["body"]
    return Incoming(
        made["method"],
        made["url_path"],
        urlencode(made["query_string"] or {}, doseq=True),
        headers,
        body.encode() if isinstance(body, str) else bytes(body),
    )


def replaced(value: Any, path: str, new: Any) -> Any:
    first, _, rest = path.partition("/")
    key: Any = int(first) if isinstance(value, list) else first
    copy: Any = list(value) if isinstance(value, list) else dict(value)
    copy[key] = replaced(copy[key], rest, new) if rest else new
    return copy


@pytest.mark.parametrize(("name", "arguments", "changes"), REQUESTS, ids=[r[0] for r in REQUESTS])
def test_what_botocore_sends_is_read(
    name: str, arguments: dict[str, Any], changes: dict[str, Any]
) -> None:
    labels = dict.fromkeys((m.name for m in nodes(contract(name), "request").elsewhere), "-")
    required = {m: "-" for m, v in labels.items() if m in model(name).input_shape.required_members}
    sent = required | arguments
    if name == "iotsitewise.CreatePortal":
        sent = replaced(sent, "portalLogoImageFile/data", b"\x00\x01\x02")
    request = incoming(name, sent)
    route = Router([contract(name)]).find(
        request.method, request.path, request.header("X-Amz-Target")
    )
    assert route is not None
    decoding = Decoding(contract(name), nodes(contract(name), "request"))
    expected: Any = required | arguments
    for path, new in changes.items():
        expected = replaced(expected, path, new)
    read = decoding.request(request, route.labels)
    assert {key: read[key] for key in expected} == expected
    assert not decoding.misread


def parsed(name: str, answer: Answer) -> dict[str, Any]:
    """What botocore makes of an answer."""
    parser = create_parser("json" if contract(name).protocol == "json" else "rest-json")
    headers = HeadersDict(dict(answer.headers))
    response = {"status_code": answer.status, "headers": headers, "body": answer.body}
    found: dict[str, Any] = parser.parse(response, model(name).output_shape)
    del found["ResponseMetadata"]
    return found


@pytest.mark.parametrize(("name", "value", "changes"), RESPONSES, ids=[r[0] for r in RESPONSES])
def test_what_is_written_is_read_by_botocore(
    name: str, value: dict[str, Any], changes: dict[str, Any]
) -> None:
    answer = encoding.success(contract(name), nodes(contract(name), "response"), value)
    assert parsed(name, answer) == value | changes


def test_a_blob_that_is_no_base64_is_misread() -> None:
    name = "iotsitewise.CreatePortal"
    body = b'{"portalLogoImageFile":{"data":"no base64!"}}'
    decoding = Decoding(contract(name), nodes(contract(name), "request"))
    decoding.request(Incoming("POST", "/portals", "", {}, body), {})
    assert [failure.pointer for failure in decoding.misread] == [("portalLogoImageFile", "data")]
