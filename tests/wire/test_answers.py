"""Responses are read as botocore reads them where they are right, and nothing wrong is hidden."""

from __future__ import annotations

import base64
import functools
import json
from datetime import datetime
from typing import Any

import pytest
from botocore.awsrequest import HeadersDict
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from awsconform.conformance.exchange import HTTPResponse, Parsed
from awsconform.conformance.targets.client_values import from_client
from awsconform.conformance.wire.answers import Answer, AnswerKind, read, read_parsed
from awsconform.conformance.wire.bindings import bindings
from awsconform.conformance.wire.headers import header_lines
from awsconform.conformance.wire.json_writer import body_bytes, members
from awsconform.specs.catalog import committed, load
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures
from wire.samples import structures

OTHERS = [
    "apigateway.GetResources",
    "dynamodb.GetItem",
    "dynamodb.DescribeTable",
    "lambda.Invoke",
    "lambda.GetFunction",
    "mediastore-data.DescribeObject",
    "mediastore-data.GetObject",
    "xray.GetTraceSummaries",
]
TYPES = {"json": "application/x-amz-json-1.{}", "rest-json": "application/json"}
DESCRIBE = load("lookoutequipment", "DescribeInferenceScheduler")
STATISTICS = load("deadline", "GetSessionsStatisticsAggregation")
HEARTBEAT = load("sagemaker-edge", "SendHeartbeat")


def respond(
    contract: Contract,
    body: bytes | dict[str, Any],
    *,
    status: int | None = None,
    content_type: str | None = None,
    **headers: str,
) -> HTTPResponse:
    stated = {"x-amzn-RequestId": "1"} | {n.replace("_", "-"): text for n, text in headers.items()}
    version = contract.aws["jsonVersion"].partition(".")[2]
    if content_type or "Content-Type" not in stated:
        stated["Content-Type"] = content_type or TYPES[contract.protocol].format(version)
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return HTTPResponse(contract.status if status is None else status, tuple(stated.items()), raw)


def kinds(answer: Answer) -> list[str]:
    return [problem.kind for problem in answer.problems]


@functools.cache
def botocores(service: str) -> tuple[Any, Any]:
    from botocore.parsers import create_parser
    from botocore.session import get_session

    model = get_session().get_service_model(service)
    return model, create_parser(model.resolved_protocol)


def comparable(value: Any) -> Any:
    """Timestamps as points in time, everything else as it is."""
    if isinstance(value, dict):
        return {name: comparable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, str) and value.endswith("Z") and value[4:5] == "-":
        return datetime.fromisoformat(value).timestamp()
    return value


@pytest.mark.parametrize("name", [*committed(), *OTHERS])
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_reads_right_responses_as_botocore_does(name: str, data: st.DataObject) -> None:
    contract = load(*name.split(".", 1))
    bound = bindings(contract, contract.output_shape)
    schema = {"properties": {}, "aws": {"type": "structure"}}
    if contract.output_shape is not None:
        schema = contract.resolve({"$ref": f"#/$defs/{contract.output_shape}"})
    located = contract.protocol == "rest-json"
    value = data.draw(structures(contract, schema))
    if located and bound.status:
        value[bound.status.name] = 200
    headers = {n: text for n, text in header_lines(bound, value)} if located else {}
    if located and bound.payload:
        body = base64.b64decode(value.setdefault(bound.payload.name, ""))
    else:
        inside = {n: i for n, i in value.items() if n in bound.body["properties"] or not located}
        body = body_bytes(members(contract, bound.body if located else schema, inside, ""))
        body = body if bound.body["properties"] else b""
    extra: dict[str, Any] = {n.replace("-", "_"): text for n, text in headers.items()}
    response = respond(contract, body, **extra)
    if any(member.wire == "Content-Type" for member in bound.headers):
        value.setdefault("ContentType", dict(response.headers)["Content-Type"])
    answer = read(contract, response)
    assert (answer.kind, answer.problems, answer.unknown) == (AnswerKind.SUCCESS, (), ())
    assert comparable(answer.value) == comparable(value)

    model, parser = botocores(contract.service)
    stated = HeadersDict(dict(response.headers))
    operation = model.operation_model(contract.operation)
    if operation.has_streaming_output:
        return
    parsed = parser.parse(
        {"status_code": response.status, "headers": stated, "body": body}, operation.output_shape
    )
    parsed.pop("ResponseMetadata", None)
    assert comparable(from_client(parsed, 10**6)) == comparable(answer.value)


@given(st.binary(max_size=200), st.integers(100, 599), st.booleans())
@example(b"[" * 100_000, 200, True)
@example(b'{"a":' * 100_000, 400, False)
@example(b'{"a":' * 900 + b"1" + b"}" * 900, 200, True)
@example(b'{"CreatedAt":' + b"9" * 5000 + b"}", 200, False)
@example(b'{"CreatedAt":' + b"9" * 4000 + b"}", 200, False)
@example(b'{"CreatedAt":1e999}', 200, False)
@example(b'{"Status":"\\ud800"}', 200, False)
@example(b'{"\\udfff":1}', 400, False)
@example(b'\xef\xbb\xbf{"Status":"PENDING"}', 200, False)
@example(b'{"__type":5,"code":[]}', 400, False)
@example("{}".encode("utf-16"), 200, False)
def test_survives_any_bytes(body: bytes, status: int, rest: bool) -> None:
    contract = STATISTICS if rest else DESCRIBE
    answer = read(contract, HTTPResponse(status, (), body))
    if answer.value is not None:
        json.dumps(answer.value, allow_nan=False, ensure_ascii=False).encode()
        failures(contract, "response", answer.value)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(
            st.sampled_from([*STATISTICS.definitions["Statistics"]["properties"], "x"]), below
        )
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["statistics", "status", "statusMessage", "nextToken", "x"]), JSON
    )
)
def test_keeps_wrong_values_and_drops_null_members_only(body: dict[str, Any]) -> None:
    answer = read(STATISTICS, respond(STATISTICS, body))

    def expected(value: Any, path: tuple[str, ...]) -> Any:
        place = STATISTICS.place("response", path)
        if isinstance(value, dict) and place is not None and place.kind == "structure":
            known = place.schema["properties"]
            return {
                name: expected(item, (*path, name)) if name in known else item
                for name, item in value.items()
                if item is not None
            }
        if isinstance(value, list) and place is not None and place.kind == "list":
            return [expected(item, (*path, "*")) for item in value]
        return value

    assert answer.kind is AnswerKind.SUCCESS
    numbers = [p for p in answer.problems if p.kind == "timestamp"]
    if not numbers:
        assert answer.value == expected(body, ())


def test_lists_what_is_present_null_and_unknown_by_clause_path() -> None:
    item = {"count": 1, "queueId": None, "extra": {"deep": 1}, "costInUsd": {"min": 0.5}}
    body = {"statistics": [item, {}], "nextToken": None, "more": 1}
    answer = read(STATISTICS, respond(STATISTICS, body))
    assert answer.present == {
        (),
        ("statistics",),
        ("statistics", "*"),
        ("statistics", "*", "count"),
        ("statistics", "*", "costInUsd"),
        ("statistics", "*", "costInUsd", "min"),
    }
    assert answer.nulls == (("nextToken",), ("statistics", "*", "queueId"))
    assert answer.unknown == (("statistics", "*", "extra"), ("more",))
    assert answer.value == {
        "statistics": [{"count": 1, "extra": {"deep": 1}, "costInUsd": {"min": 0.5}}, {}],
        "more": 1,
    }


def test_keeps_a_null_in_a_list_for_the_validator() -> None:
    answer = read(STATISTICS, respond(STATISTICS, {"statistics": [None], "status": "FAILED"}))
    assert answer.value == {"statistics": [None], "status": "FAILED"}
    assert ("statistics", "*") in answer.present


def test_names_places_inside_recursion_by_their_first_visit() -> None:
    contract = load("dynamodb", "GetItem")
    response = respond(contract, {"Item": {"a": {"L": [{"M": {"b": {"S": "x"}}}]}}})
    answer = read(contract, response)
    paths = {contract.generalise("response", p) for p in [
        ("Item", "a"), ("Item", "a", "L"), ("Item", "a", "L", 0), ("Item", "a", "L", 0, "M"),
        ("Item", "a", "L", 0, "M", "b"), ("Item", "a", "L", 0, "M", "b", "S"),
    ]}  # fmt: skip
    assert paths <= answer.present
    assert answer.present <= {place.path for place in contract.places("response")}


@pytest.mark.parametrize(
    ("wire", "value"),
    [
        (1767323045, "2026-01-02T03:04:05Z"),
        (1767323045.25, "2026-01-02T03:04:05.25Z"),
        (-1, "1969-12-31T23:59:59Z"),
    ],
)
def test_reads_epoch_seconds(wire: float, value: str) -> None:
    answer = read(DESCRIBE, respond(DESCRIBE, {"CreatedAt": wire}))
    assert (answer.value, answer.problems) == ({"CreatedAt": value}, ())


@pytest.mark.parametrize("wire", ["2026-01-02T03:04:05Z", "1767323045", "", 1e300, 10**400])
def test_tells_what_is_no_epoch_second(wire: Any) -> None:
    answer = read(DESCRIBE, respond(DESCRIBE, {"CreatedAt": wire}))
    assert answer.value == {"CreatedAt": wire}
    [problem] = answer.problems
    assert (problem.part, problem.path, problem.kind, problem.pointer) == (
        "response",
        ("CreatedAt",),
        "timestamp",
        "/CreatedAt",
    )


@pytest.mark.parametrize(
    "wire",
    [
        "2026-01-02T03:04:05",
        "2026-01-02 03:04:05Z",
        "2026-01-02T03:04:05+0000",
        "20260102T030405Z",
        "2026-02-30T03:04:05Z",
        "2026-01-02",
        "",
        "1767323045",
    ],
)
def test_tells_what_is_no_iso_8601_timestamp(wire: str) -> None:
    body = {"statistics": [{"aggregationStartTime": wire}]}
    answer = read(STATISTICS, respond(STATISTICS, body))
    assert answer.value == body
    assert [(p.kind, p.pointer) for p in answer.problems] == [
        ("timestamp", "/statistics/0/aggregationStartTime")
    ]


@pytest.mark.parametrize("wire", ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.123+01:00"])
def test_reads_iso_8601_timestamps(wire: str) -> None:
    body = {"statistics": [{"aggregationStartTime": wire}]}
    assert read(STATISTICS, respond(STATISTICS, body)).problems == ()


def test_reads_a_number_for_iso_8601_once_as_the_wrong_form() -> None:
    body = {"statistics": [{"aggregationStartTime": 1767323045}], "status": "FAILED"}
    answer = read(STATISTICS, respond(STATISTICS, body))
    assert kinds(answer) == ["timestamp"]
    assert answer.value is not None
    assert answer.value["statistics"] == [{"aggregationStartTime": "2026-01-02T03:04:05Z"}]


@pytest.mark.parametrize("wire", [True, [], {}])
def test_leaves_a_timestamp_of_a_wrong_kind_to_the_validator(wire: Any) -> None:
    answer = read(DESCRIBE, respond(DESCRIBE, {"CreatedAt": wire}))
    assert (answer.value, answer.problems) == ({"CreatedAt": wire}, ())
    assert [f.keyword for f in failures(DESCRIBE, "response", answer.value)] == ["type"]


@pytest.mark.parametrize("wire", ["a", "a===", "a-_b", "aGk=\n", "ü", "aGk"])
def test_tells_what_is_no_base64(wire: str) -> None:
    contract = load("dynamodb", "GetItem")
    answer = read(contract, respond(contract, {"Item": {"a": {"B": wire}}}))
    assert [(p.kind, p.pointer) for p in answer.problems] == [("blob", "/Item/a/B")]


@pytest.mark.parametrize(
    "body",
    [
        b"null", b"[]", b'"x"', b"5", b"<html>", b"{", b"{}x", b"{'a':1}", b" ", b"\xff",
        b'{"a":1,}', b'{"a":"\\ud800"}', b'{"x":' * 300 + b"1" + b"}" * 300,
    ],
)  # fmt: skip
@pytest.mark.parametrize("contract", [DESCRIBE, STATISTICS])
def test_cannot_read_what_is_no_json_object(contract: Contract, body: bytes) -> None:
    answer = read(contract, respond(contract, body))
    assert (answer.kind, kinds(answer), answer.value) == (AnswerKind.UNREADABLE, ["json"], None)


@pytest.mark.parametrize("body", [b"null", b" null\n", b'""'])
@pytest.mark.parametrize(
    ("operation", "kind"),
    [("DisableKey", AnswerKind.SUCCESS), ("DescribeKey", AnswerKind.UNREADABLE)],
)
def test_takes_null_or_no_text_for_a_success_only_where_no_members_are_answered(
    operation: str, kind: AnswerKind, body: bytes
) -> None:
    contract = load("kms", operation)
    answer = read(contract, respond(contract, body))
    assert (answer.kind, kinds(answer)) == (kind, ["json"])


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"Status":"PENDING","Status":"RUNNING"}', {"Status": "RUNNING"}),
        (b'{"x":{"a":NaN}}', {"x": {"a": "NaN"}}),
        (b'{"x":{"a":-Infinity}}', {"x": {"a": "-Infinity"}}),
        (b'{"x":{"a":-1e999}}', {"x": {"a": "-Infinity"}}),
    ],
)
def test_tells_what_python_lets_through(body: bytes, value: dict[str, Any]) -> None:
    answer = read(DESCRIBE, respond(DESCRIBE, body))
    assert (answer.kind, kinds(answer), answer.value) == (AnswerKind.SUCCESS, ["json"], value)


@pytest.mark.parametrize("contract", [DESCRIBE, STATISTICS])
def test_wants_the_content_type_of_the_protocol(contract: Contract) -> None:
    def problems(content_type: str, body: bytes = b"{}") -> list[str]:
        return kinds(read(contract, respond(contract, body, content_type=content_type)))

    right = dict(respond(contract, b"{}").headers)["Content-Type"]
    assert problems(f"{right}; charset=utf-8") == []
    assert problems(right.upper()) == []
    assert problems("text/html") == ["content-type"]
    assert problems("application/x-amz-json-1.1") == ["content-type"]
    assert problems("text/html", b"") == []
    none = HTTPResponse(200, (("x-amzn-requestid", "1"),), b"{}")
    assert kinds(read(contract, none)) == ["content-type"]


def test_wants_the_status_of_the_contract() -> None:
    assert kinds(read(DESCRIBE, respond(DESCRIBE, b"{}", status=201))) == ["status"]
    moved = read(DESCRIBE, respond(DESCRIBE, b"", status=302))
    assert (moved.kind, kinds(moved)) == (AnswerKind.UNREADABLE, ["status"])


@pytest.mark.parametrize("header", ["x-amzn-requestid", "X-Amz-Request-Id"])
def test_wants_a_request_id(header: str) -> None:
    assert read(HEARTBEAT, HTTPResponse(200, ((header, "1"),), b"")).problems == ()
    assert kinds(read(HEARTBEAT, HTTPResponse(200, (), b""))) == ["request-id"]


@pytest.mark.parametrize(
    "stated",
    [
        "ValidationException",
        "com.amazonaws.deadline#ValidationException",
        "ValidationException:http://internal.amazon.com/coral/com.amazon.coral.validate/",
        "aws.protocoltests#ValidationException:http://x/#y",
    ],
)
def test_finds_the_code_of_an_error(stated: str) -> None:
    header = read(STATISTICS, respond(STATISTICS, b"{}", status=400, X_Amzn_Errortype=stated))
    body = read(DESCRIBE, respond(DESCRIBE, {"__type": stated}, status=400))
    for answer, place in ((header, "header"), (body, "__type")):
        assert (answer.kind, answer.status) == (AnswerKind.ERROR, 400)
        assert (answer.code, answer.code_place) == ("ValidationException", place)
        assert answer.problems == ()


def test_tells_where_a_code_stands_that_is_not_where_it_should() -> None:
    header = respond(DESCRIBE, b"{}", status=400, X_Amzn_Errortype="ValidationException")
    assert kinds(read(DESCRIBE, header)) == ["discriminator-place"]
    for name in ("__type", "code", "Code"):
        answer = read(STATISTICS, respond(STATISTICS, {name: "x#Odd"}, status=400))
        assert (answer.code, answer.code_place, kinds(answer)) == (
            "Odd",
            name,
            ["discriminator-place"],
        )


@pytest.mark.parametrize("contract", [DESCRIBE, STATISTICS])
@pytest.mark.parametrize("body", [b"", b"{}", b'{"__type":""}', b'{"__type":5}', b'{"message":1}'])
def test_tells_an_error_without_a_code(contract: Contract, body: bytes) -> None:
    answer = read(contract, respond(contract, body, status=400))
    assert (answer.kind, answer.code, kinds(answer)) == (AnswerKind.ERROR, None, ["discriminator"])


def test_tells_a_header_and_a_body_that_disagree() -> None:
    body = {"__type": "ThrottlingException"}
    response = respond(STATISTICS, body, status=400, X_Amzn_Errortype="ValidationException")
    answer = read(STATISTICS, response)
    assert (answer.code, kinds(answer)) == ("ValidationException", ["discriminator"])


def test_reads_an_error_with_its_headers_by_its_own_shape() -> None:
    body = {"message": "slow", "quotaCode": None, "extra": 1}
    headers = {"X_Amzn_Errortype": "ThrottlingException", "Retry_After": "7"}
    answer = read(STATISTICS, respond(STATISTICS, body, status=429, **headers))
    assert answer.value == {"message": "slow", "extra": 1, "retryAfterSeconds": 7}
    code = "ThrottlingException"
    assert answer.present == {(code,), (code, "message"), (code, "retryAfterSeconds")}
    assert answer.nulls == ((code, "quotaCode"),)
    assert answer.unknown == ((code, "extra"),)
    assert failures(STATISTICS, code, answer.value) == []


def test_leaves_a_header_of_a_wrong_kind_to_the_validator() -> None:
    headers = {"X_Amzn_Errortype": "ThrottlingException", "Retry_After": "soon"}
    answer = read(STATISTICS, respond(STATISTICS, {"message": "x"}, status=429, **headers))
    assert answer.value == {"message": "x", "retryAfterSeconds": "soon"}


def test_reads_an_error_it_does_not_know() -> None:
    response = respond(DESCRIBE, {"__type": "x#Odd", "message": None, "n": [1]}, status=418)
    answer = read(DESCRIBE, response)
    assert (answer.code, answer.value) == ("Odd", {"message": None, "n": [1]})


def test_reads_what_an_sdk_made_of_a_response() -> None:
    answer = read_parsed(DESCRIBE, Parsed({"Status": "PENDING", "x": 1, "Tags": None}, None, 200))
    assert answer.kind is AnswerKind.SUCCESS
    assert answer.present == {(), ("Status",)}
    assert set(answer.unknown) == {("x",), ("Tags",)}
    error = read_parsed(DESCRIBE, Parsed({"Message": "m"}, "ValidationException", 400))
    assert (error.kind, error.code, error.status) == (AnswerKind.ERROR, "ValidationException", 400)
    assert ("ValidationException", "Message") in error.present
