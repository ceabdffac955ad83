"""CBOR is written as botocore writes it, and read with nothing put right in silence."""

from __future__ import annotations

import json
import math
import random
from datetime import datetime
from typing import Any

import pytest
from botocore.serialize import create_serializer
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from awsconform.conformance.exchange import Case, HTTPResponse, Intent, Purpose
from awsconform.conformance.targets.client_values import to_client
from awsconform.conformance.wire.answers import Answer, AnswerKind, read
from awsconform.conformance.wire.cbor_data import Tagged, Unreadable, decode, encode
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.requests import encode as encode_request
from awsconform.conformance.wire.responding import write
from awsconform.generators.choices import RandomChoices
from awsconform.generators.requests import labelled
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures
from wire.parsing import service_model

CBOR = "rpc-v2-cbor"
GET = load("cloudwatch", "GetMetricData", protocol=CBOR)
PUT = load("cloudwatch", "PutMetricData", protocol=CBOR)
ALARMS = load("cloudwatch", "DescribeAlarms", protocol=CBOR)
DELETE = load("cloudwatch", "DeleteAlarms", protocol=CBOR)
REQUESTS = ["cloudwatch.GetMetricData", "cloudwatch.PutMetricAlarm", "cloudwatch.ListMetrics"]
HEADERS = (
    ("smithy-protocol", "rpc-v2-cbor"),
    ("x-amzn-RequestId", "1"),
    ("Content-Type", "application/cbor"),
)
# Shapes of cloudwatch: a list of structures with lists of timestamps and of doubles.
RESULT = {"MetricDataResults": [{"Timestamps": [Tagged(1, 0)], "Values": [1.5]}]}

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**64), 2**64 - 1)
    | st.floats(allow_nan=False)
    | st.binary(max_size=40)
    | st.text(max_size=40)
    | st.integers(-(2**70), 2**70).map(lambda number: Tagged(1, number % 2**40)),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(max_size=5), below),
    max_leaves=12,
)


def answer(body: Any, contract: Contract = GET, status: int = 200, **headers: str) -> Answer:
    stated = {**dict(HEADERS), **{name.replace("_", "-"): text for name, text in headers.items()}}
    raw = body if isinstance(body, bytes) else encode(body)
    return read(contract, HTTPResponse(status, tuple(stated.items()), raw))


def kinds(given: Answer) -> list[str]:
    return [problem.kind for problem in given.problems]


@given(VALUES)
def test_reads_what_it_wrote(value: Any) -> None:
    assert decode(encode(value)) == (value, [])


# RFC 8949, appendix A, and forms of the same data items that encoders may choose as well.
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("00", 0),
        ("1818", 24),
        ("1bffffffffffffffff", 2**64 - 1),
        ("3bffffffffffffffff", -(2**64)),
        ("3903e7", -1000),
        ("f90000", 0.0),
        ("f93c00", 1.0),
        ("f97bff", 65504.0),
        ("fa47c35000", 100000.0),
        ("fb3ff199999999999a", 1.1),
        ("f4", False),
        ("f6", None),
        ("c11a514b67b0", Tagged(1, 1363896240)),
        ("c1fb41d452d9ec200000", Tagged(1, 1363896240.5)),
        ("4401020304", b"\x01\x02\x03\x04"),
        ("62c3bc", "ü"),
        ("a26161016162820203", {"a": 1, "b": [2, 3]}),
        ("5f42010243030405ff", b"\x01\x02\x03\x04\x05"),
        ("7f657374726561646d696e67ff", "streaming"),
        ("9f018202039f0405ffff", [1, [2, 3], [4, 5]]),
        ("bf61610161629f0203ffff", {"a": 1, "b": [2, 3]}),
        ("1800", 0),
        ("5800", b""),
    ],
)
def test_reads_every_form_of_a_data_item(text: str, value: Any) -> None:
    read_back, told = decode(bytes.fromhex(text))
    assert (read_back, told) == (value, [])
    assert type(read_back) is type(value)


@pytest.mark.parametrize("text", ["f97e00", "fa7fc00000", "fb7ff8000000000000"])
def test_reads_what_is_no_number(text: str) -> None:
    assert math.isnan(decode(bytes.fromhex(text))[0])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("0000", "1 more bytes follow"),
        ("a2616101616102", "stands twice"),
        ("a10102", "a key is an integer"),
        ("f7", "undefined"),
        ("c074323031332d30332d32315432303a30343a30305a", "tag 0"),
        ("c249010000000000000000", "tag 2"),
        ("f820", "no meaning"),
        ("e0", "no meaning"),
    ],
)
def test_tells_what_the_protocol_does_not_have(text: str, told: str) -> None:
    assert told in " ".join(decode(bytes.fromhex(text))[1])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "18",
        "6261",
        "62ff41",
        "9f01",
        "5f00ff",
        "7f4161ff",
        "5f5f4100ffff",
        "1c",
        "5c",
        "fc",
        "f800",
        "ff",
        "9b00ffffffffffffff",
        "bbffffffffffffffff",
        "81" * 300 + "00",
    ],
)
def test_refuses_what_is_no_data_item(text: str) -> None:
    with pytest.raises(Unreadable):
        decode(bytes.fromhex(text))


@given(VALUES, st.data())
def test_survives_mutated_bytes(value: Any, data: st.DataObject) -> None:
    body = bytearray(encode({"MetricDataResults": [value], "NextToken": "x", "Messages": value}))
    for _ in range(data.draw(st.integers(0, 3))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    body = body[: data.draw(st.integers(0, len(body)))]
    for status in (200, 400):
        made = answer(bytes(body), status=status)
        if made.value is not None:
            json.dumps(made.value, allow_nan=False, ensure_ascii=False).encode()
            failures(GET, "response", made.value)


@given(st.binary(max_size=60), st.sampled_from([200, 204, 302, 400, 503]))
@example(b"\x9f" * 5000, 200)
@example(b"\x5b\x7f\xff\xff\xff\xff\xff\xff\xff", 200)
@example(b"\xc1" * 3000 + b"\x00", 200)
def test_survives_any_bytes(body: bytes, status: int) -> None:
    assert read(GET, HTTPResponse(status, (), body)).status == status


@pytest.mark.parametrize("name", REQUESTS)
def test_writes_valid_requests_as_botocore_does(name: str) -> None:
    contract = load(*name.split("."), protocol=CBOR)
    operation = service_model(contract.service).operation_model(contract.operation)
    serializer = create_serializer("smithy-rpc-v2-cbor", include_validation=False)
    for each in labelled(contract, RandomChoices(random.Random(3))):
        ours = encode_request(contract, case(contract, each.value))
        schema = {"$ref": f"#/$defs/{contract.input_shape}"}
        given = to_client(contract, schema, known(contract, each.value))
        theirs = serializer.serialize_to_request(given, operation)
        assert (ours.method, ours.path) == ("POST", theirs["url_path"])
        assert normal(decode(ours.body)[0], contract) == normal(decode(theirs["body"])[0], contract)
        headers = {header.lower(): text for header, text in theirs["headers"].items()}
        assert {header.lower(): text for header, text in ours.headers} == headers


def case(contract: Contract, value: dict[str, Any], body: bytes | None = None) -> Case:
    return Case(contract.id, Intent(Purpose.VALID), value, body)


def known(contract: Contract, value: dict[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in value.items() if contract.place("request", (name,))}


def normal(value: Any, contract: Contract) -> Any:
    """Without members the contract does not know, and with floats as single precision has them."""
    if not isinstance(value, dict):
        return value
    return {
        name: item for name, item in value.items() if contract.place("request", (name,)) is not None
    }


def test_sends_wrong_types_as_they_are() -> None:
    value = {
        "Namespace": 5,
        "MetricData": [{"MetricName": True, "Timestamp": "soon", "Value": "NaN", "Counts": {}}, 1],
        "Extra": None,
    }
    sent, told = decode(encode_request(PUT, case(PUT, value)).body)
    assert told == []
    [first, second] = sent["MetricData"]
    assert (sent["Namespace"], first["MetricName"], first["Timestamp"]) == (5, True, "soon")
    assert math.isnan(first["Value"])
    assert (first["Counts"], second, sent["Extra"]) == ({}, 1, None)


def test_sends_a_number_where_a_timestamp_goes_without_its_tag() -> None:
    sent = encode_request(GET, case(GET, {"StartTime": 5, "EndTime": "1970-01-01T00:00:05.5Z"}))
    assert decode(sent.body)[0] == {"StartTime": 5, "EndTime": Tagged(1, 5.5)}


def test_sends_integers_beyond_any_length_and_refuses_what_cbor_has_not() -> None:
    sent = encode_request(GET, case(GET, {"MaxDatapoints": 2**64}))
    assert decode(sent.body)[0] == {"MaxDatapoints": Tagged(2, b"\x01" + bytes(8))}
    with pytest.raises(NotExpressible):
        encode_request(GET, case(GET, {"NextToken": "\ud800"}))


def test_sends_a_malformed_body_as_it_is() -> None:
    sent = encode_request(GET, case(GET, {}, b"\xff"))
    assert (sent.body, dict(sent.headers)["Content-Type"]) == (b"\xff", "application/cbor")


def test_has_no_body_where_the_operation_has_no_input() -> None:
    silent = load("arc-region-switch", "ListPlans", protocol=CBOR)
    document = json.loads(json.dumps(silent.document))
    document["aws"]["input"] = None
    without = Contract(document)
    request = encode_request(without, case(without, {}))
    assert request.body == b""
    assert "Content-Type" not in dict(request.headers)


@pytest.mark.parametrize(
    ("body", "headers", "kind"),
    [
        (RESULT, {}, None),
        (RESULT, {"smithy_protocol": "rpc-v2-json"}, "protocol-header"),
        (RESULT, {"Content_Type": "application/json"}, "content-type"),
        (encode(RESULT) + b"\x00", {}, "cbor"),
        ({"MetricDataResults": [{"Timestamps": [1.5]}]}, {}, "timestamp"),
        ({"MetricDataResults": [{"Timestamps": ["1970-01-01T00:00:00Z"]}]}, {}, "timestamp"),
        ({"MetricDataResults": [{"Timestamps": [Tagged(1, math.inf)]}]}, {}, "timestamp"),
        ({"MetricDataResults": [{"Values": ["NaN"]}]}, {}, "cbor"),
        ({"MetricDataResults": [{"Values": [Tagged(1, 5)]}]}, {}, "cbor"),
        ({"NextToken": Tagged(1, 5)}, {}, "cbor"),
    ],
)
def test_finds_what_is_wrong_with_the_form(
    body: Any, headers: dict[str, str], kind: str | None
) -> None:
    assert kinds(answer(body, **headers)) == ([] if kind is None else [kind])


def test_reads_numbers_of_all_precisions_where_a_double_goes() -> None:
    body = {"MetricDataResults": [{"Values": [1, 1.5, math.nan, -math.inf]}]}
    given = answer(body)
    assert given.problems == ()
    assert given.value == {"MetricDataResults": [{"Values": [1, 1.5, "NaN", "-Infinity"]}]}
    assert failures(GET, "response", given.value) == []


def test_a_float_is_no_integer_and_bytes_are_no_text() -> None:
    alarms = {"MetricAlarms": [{"AlarmName": b"x", "Period": 60.0, "OKActions": b"x"}]}
    given = answer(alarms, ALARMS)
    assert kinds(given) == ["cbor"]
    paths = {failure.path[-1] for failure in failures(ALARMS, "response", given.value)}
    assert {"AlarmName", "OKActions"} <= paths


def test_a_success_is_a_200_and_nothing_else() -> None:
    assert kinds(answer(RESULT, status=201)) == ["status"]
    assert answer(RESULT, status=302).kind is AnswerKind.UNREADABLE


def test_an_operation_without_output_answers_without_a_body() -> None:
    assert write(DELETE, {}).body == b""
    assert write(DELETE, {}).header("content-type") is None
    assert read(DELETE, write(DELETE, {})).problems == ()
    assert kinds(answer({}, DELETE)) == ["cbor"]


@pytest.mark.parametrize(
    ("body", "code", "found"),
    [
        ({"__type": "com.amazonaws.cloudwatch#InvalidNextToken"}, "InvalidNextToken", []),
        ({"__type": "InvalidNextToken"}, "InvalidNextToken", ["discriminator-place"]),
        ({"code": "InvalidNextToken"}, None, ["discriminator"]),
        ({"__type": 5}, None, ["discriminator"]),
    ],
)
def test_finds_an_errors_type_in_one_place_only(
    body: Any, code: str | None, found: list[str]
) -> None:
    given = answer(body, ALARMS, status=400)
    assert (given.code, kinds(given)) == (code, found)


def test_an_error_that_is_no_map_is_unreadable() -> None:
    for body in (b"", b"\x80", b"\xff"):
        given = answer(body, status=400)
        assert given.kind is AnswerKind.UNREADABLE
        assert "cbor" in kinds(given)


def test_timestamps_keep_their_milliseconds() -> None:
    when = "2026-01-02T03:04:05.25Z"
    value = {"MetricDataResults": [{"Timestamps": [when], "Values": []}]}
    given = read(GET, write(GET, value))
    assert given.value is not None
    [made] = given.value["MetricDataResults"][0]["Timestamps"]
    assert datetime.fromisoformat(made) == datetime.fromisoformat(when)


@settings(suppress_health_check=list(HealthCheck))
@given(VALUES)
def test_a_members_wrong_value_stays_wrong(value: Any) -> None:
    given = answer({"MetricDataResults": value})
    right = isinstance(value, list) and all(isinstance(item, dict) for item in value)
    if value is not None and not right and given.value is not None:
        found = failures(GET, "response", given.value)
        assert found or "cbor" in kinds(given)


def test_blobs_are_byte_strings_and_nothing_else() -> None:
    document = json.loads(json.dumps(load("kms", "Encrypt").document))
    document["aws"] |= {"protocol": CBOR}
    encrypt = Contract(document)
    value = {"CiphertextBlob": "AAEC", "KeyId": "k"}
    assert decode(write(encrypt, value).body)[0] == {
        "CiphertextBlob": b"\x00\x01\x02",
        "KeyId": "k",
    }
    assert read(encrypt, write(encrypt, value)).value == value
    told = answer({"CiphertextBlob": "AAEC"}, encrypt)
    assert [(problem.kind, problem.path) for problem in told.problems] == [
        ("blob", ("CiphertextBlob",))
    ]
    number = answer({"CiphertextBlob": 5, "KeyId": b"k"}, encrypt)
    assert {failure.path for failure in failures(encrypt, "response", number.value)} == {
        ("CiphertextBlob",),
        ("KeyId",),
    }


def test_a_body_without_a_content_type_is_told() -> None:
    response = HTTPResponse(200, HEADERS[:2], encode(RESULT))
    assert kinds(read(GET, response)) == ["content-type"]
