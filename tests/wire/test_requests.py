"""Requests on the wire are those botocore makes, and violations go out as they are."""

from __future__ import annotations

import functools
import json
from typing import Any
from urllib.parse import parse_qsl, unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awsconform.conformance.exchange import Case, HTTPRequest, Intent, Purpose
from awsconform.conformance.targets.client_values import to_client
from awsconform.conformance.wire.requests import NotExpressible, encode
from awsconform.specs.catalog import committed, load
from awsconform.specs.contract import Contract
from wire.samples import values

OTHERS = [
    "apigateway.GetResources",
    "backup.ListBackupJobs",
    "dynamodb.DescribeTable",
    "glacier.UploadArchive",
    "kinesis.PutRecord",
    "lambda.Invoke",
    "lambda.ListFunctions",
    "lambda.TagResource",
    "lambda.UntagResource",
    "mediastore-data.PutObject",
    "pinpoint.GetSegmentVersions",
    "xray.GetTraceSummaries",
]


def request(contract: Contract, value: dict[str, Any], body: bytes | None = None) -> HTTPRequest:
    return encode(contract, Case(contract.operation, Intent(Purpose.VALID), value, body))


@functools.cache
def botocores(service: str) -> tuple[Any, Any]:
    from botocore.serialize import create_serializer
    from botocore.session import get_session

    model = get_session().get_service_model(service)
    return model, create_serializer(model.resolved_protocol, include_validation=False)


def botocore_request(contract: Contract, value: dict[str, Any]) -> dict[str, Any]:
    model, serializer = botocores(contract.service)
    schema = {"$ref": f"#/$defs/{contract.input_shape}"}
    operation = model.operation_model(contract.operation)
    made: dict[str, Any] = serializer.serialize_to_request(
        to_client(contract, schema, value), operation
    )
    return made


def query_of(made: dict[str, Any]) -> list[tuple[str, str]]:
    query = made["query_string"]
    pairs = query.items() if isinstance(query, dict) else query
    return sorted(
        (name, str(each))
        for name, item in pairs
        for each in (item if isinstance(item, list) else [item])
    )


@pytest.mark.parametrize("name", [*committed(), *OTHERS])
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_writes_valid_requests_as_botocore_does(name: str, data: st.DataObject) -> None:
    contract = load(*name.split(".", 1))
    value = data.draw(values(contract, {"$ref": f"#/$defs/{contract.input_shape}"}))
    sent = request(contract, value)
    made = botocore_request(contract, value)
    path, _, query = sent.path.partition("?")
    made_path, _, made_constant = made["url_path"].partition("?")
    assert sent.method == made["method"]
    assert unquote(path) == unquote(made_path)
    assert path == made_path
    expected = query_of(made) + parse_qsl(made_constant, keep_blank_values=True)
    assert sorted(parse_qsl(query, keep_blank_values=True)) == sorted(expected)
    ours = {name.lower(): text for name, text in sent.headers}
    theirs = {
        name.lower(): text.decode() if isinstance(text, bytes) else str(text)
        for name, text in made["headers"].items()
    }
    assert {**theirs, **ours} == ours
    body = made["body"]
    body = body.encode() if isinstance(body, str) else body
    if contract.aws["http"]["method"] != "GET" and "json" in ours.get("content-type", ""):
        assert json.loads(sent.body) == json.loads(body)
    else:
        assert sent.body == body


def deadline(operation: str) -> Contract:
    return load("deadline", operation)


FARM = "farm-" + "0" * 32


def test_names_the_operation_of_a_json_protocol_in_a_header() -> None:
    sent = request(load("lookoutequipment", "DescribeInferenceScheduler"), {})
    assert sent == HTTPRequest(
        "POST",
        "/",
        (
            ("X-Amz-Target", "AWSLookoutEquipmentFrontendService.DescribeInferenceScheduler"),
            ("Content-Type", "application/x-amz-json-1.0"),
        ),
        b"{}",
    )


def test_sends_no_body_where_the_operation_has_none() -> None:
    sent = request(deadline("GetFarm"), {"farmId": FARM})
    assert (sent.body, sent.headers) == (b"", ())


def test_fills_in_no_idempotency_token() -> None:
    sent = request(deadline("CreateFarm"), {"displayName": "x"})
    assert json.loads(sent.body) == {"displayName": "x"}
    assert dict(sent.headers) == {"Content-Type": "application/json"}


def test_asks_for_the_host_prefix() -> None:
    assert request(deadline("ListFarms"), {}).host_prefix == "management."


@pytest.mark.parametrize("wrong", [5, 1.5, True, None, [], {}, ["x"], {"a": None}, "x" * 10_000])
def test_sends_wrong_values_in_a_body_as_they_are(wrong: Any) -> None:
    contract = load("lookoutequipment", "DescribeInferenceScheduler")
    sent = request(contract, {"InferenceSchedulerName": wrong, "Unknown": wrong})
    assert json.loads(sent.body) == {"InferenceSchedulerName": wrong, "Unknown": wrong}


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\x00", b"[]"])
def test_sends_a_malformed_body_untouched(body: bytes) -> None:
    sent = request(deadline("CreateFarm"), {"displayName": "x"}, body)
    assert sent.body == body
    assert dict(sent.headers)["Content-Type"] == "application/json"


@pytest.mark.parametrize("wrong", ["abc", "", "1.0.0", True, 1.5])
def test_sends_what_is_no_integer_in_the_query_as_it_is(wrong: Any) -> None:
    sent = request(deadline("ListFarms"), {"maxResults": wrong})
    text = {True: "true"}.get(wrong, str(wrong)) if wrong is True else str(wrong)
    assert parse_qsl(sent.path.partition("?")[2], keep_blank_values=True) == [("maxResults", text)]


@pytest.mark.parametrize("wrong", ["5", "+5", None, [5], {"a": 5}, 5.0])
def test_refuses_what_would_arrive_as_a_proper_integer_or_not_at_all(wrong: Any) -> None:
    with pytest.raises(NotExpressible, match="maxResults"):
        request(deadline("ListFarms"), {"maxResults": wrong})


@pytest.mark.parametrize("wrong", [5, True, None, ["x"], {}, "", "\ud800"])
def test_refuses_what_a_path_cannot_say(wrong: Any) -> None:
    with pytest.raises(NotExpressible, match="farmId"):
        request(deadline("GetFarm"), {"farmId": wrong})


def test_refuses_to_leave_a_hole_in_a_path() -> None:
    with pytest.raises(NotExpressible, match="farmId"):
        request(deadline("GetFarm"), {})


@pytest.mark.parametrize("wrong", ["a\r\nb", "ü", " a", "a ", "\x00"])
def test_refuses_what_a_header_cannot_say(wrong: str) -> None:
    with pytest.raises(NotExpressible, match="clientToken"):
        request(deadline("CreateFarm"), {"displayName": "x", "clientToken": wrong})


@pytest.mark.parametrize("text", ["/", "a b", "ü", "%2F", "?x=1#y", "..", "a+b"])
def test_keeps_a_label_in_its_segment(text: str) -> None:
    path = request(deadline("GetFarm"), {"farmId": text}).path
    assert path.count("/") == 3
    assert unquote(path.rsplit("/", 1)[1]) == text
    assert not set(path) & set(" ?#")


def test_keeps_the_slashes_of_a_greedy_label() -> None:
    contract = load("mediastore-data", "DescribeObject")
    assert request(contract, {"Path": "a/b c"}).path == "/a/b%20c"


def test_puts_unknown_members_where_the_operation_has_room() -> None:
    assert request(deadline("ListFarms"), {"stray": "x y"}).path.endswith("?stray=x%20y")
    sent = request(deadline("CreateFarm"), {"displayName": "x", "stray": [1]})
    assert json.loads(sent.body) == {"displayName": "x", "stray": [1]}


@pytest.mark.parametrize(
    ("operation", "member", "sent", "wire"),
    [
        ("SendHeartbeat", "LatestSampleTime", "2026-01-02T03:04:05Z", 1767323045),
        ("SendHeartbeat", "LatestSampleTime", "2026-01-02T03:04:05.250Z", 1767323045.25),
        ("SendHeartbeat", "LatestSampleTime", "2026-01-02T05:04:05+02:00", 1767323045),
        ("SendHeartbeat", "LatestSampleTime", "yesterday", "yesterday"),
        ("SendHeartbeat", "LatestSampleTime", "2026-02-30T00:00:00Z", "2026-02-30T00:00:00Z"),
        ("SendHeartbeat", "LatestSampleTime", True, True),
        ("SendHeartbeat", "LatestSampleTime", None, None),
    ],
)
def test_writes_timestamps_in_the_form_of_their_place(
    operation: str, member: str, sent: Any, wire: Any
) -> None:
    made = request(load("sagemaker-edge", operation), {"Models": [{member: sent}]})
    assert json.loads(made.body) == {"Models": [{member: wire}]}


def test_refuses_a_number_that_would_arrive_as_a_proper_timestamp() -> None:
    with pytest.raises(NotExpressible, match="LatestSampleTime"):
        request(load("sagemaker-edge", "SendHeartbeat"), {"Models": [{"LatestSampleTime": 5}]})


def test_refuses_a_float_json_has_no_number_for() -> None:
    with pytest.raises(NotExpressible):
        request(deadline("CreateFarm"), {"displayName": float("nan")})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bedrock-runtime.InvokeModel", {"modelId": "m", "body": "e30=", "contentType": "a/b"}),
        ("s3.PutObject", {"Bucket": "b", "Key": "k", "Body": "e30=", "ContentType": "a/b"}),
    ],
)
def test_a_content_type_that_a_member_states_is_the_only_one(
    name: str, value: dict[str, Any]
) -> None:
    sent = request(load(*name.split(".")), value)
    assert [text for key, text in sent.headers if key.lower() == "content-type"] == ["a/b"]
