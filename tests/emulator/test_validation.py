"""A request is rejected exactly when its contract's schema says so."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awsconform.conformance.emulator.application import Emulator
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract
from awsconform.specs.validation import Failure, failures
from emulator.calling import AGGREGATION, HEARTBEAT, SCHEDULER, TARGET, Reply, Wire

FARM = f"farm-{5:032x}"
METRIC = {"Dimension": "CPU", "MetricName": "Load", "Value": 0.5, "Timestamp": 1772323200}
MODEL = {"ModelName": "gate", "ModelVersion": "1", "LatestInference": 1772323200.5}
BODIES: dict[str, dict[str, Any]] = {
    "deadline.CreateFarm": {
        "displayName": "one",
        "description": "d",
        "costScaleFactor": 1,
        "tags": {"a": "b"},
    },
    "deadline.StartSessionsStatisticsAggregation": AGGREGATION
    | {"timezone": "UTC-03:00", "period": "DAILY"},
    "lookoutequipment.CreateInferenceScheduler": SCHEDULER
    | {"DataDelayOffsetInMinutes": 3, "Tags": [{"Key": "k", "Value": "v"}]},
    "lookoutequipment.ListInferenceSchedulers": {"MaxResults": 3, "Status": "RUNNING"},
    "sagemaker-edge.SendHeartbeat": HEARTBEAT
    | {
        "AgentMetrics": [METRIC],
        "Models": [MODEL | {"ModelMetrics": [METRIC]}],
        "DeploymentResult": {"DeploymentModels": [{"State": "DEPLOY", "Status": "FAIL"}]},
    },
}

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**25), 10**25)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["", "NaN", "Infinity", "DAILY", "SUM", "x" * 300, "2026-01-01T00:00:00Z"])
    | st.sampled_from([0, -1, 501, 1.0, 1e30, "2026-01-01", "12", "true", "farm"])
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)


def spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in a value with each of its keys, and with one that is new."""
    if isinstance(value, dict):
        yield value, "unknownMember"
        for key in list(value):
            yield value, key
            yield from spots(value[key])
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield value, n
            yield from spots(item)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    operation = draw(st.sampled_from(sorted(BODIES)))
    body = copy.deepcopy(BODIES[operation])
    for _ in range(draw(st.integers(0, 3))):
        container, key = draw(st.sampled_from(list(spots(body))))
        if draw(st.booleans()) and isinstance(container, dict):
            container.pop(key, None)
        else:
            container[key] = draw(values)
    return operation, body


def logical(contract: Contract, schema: Mapping[str, Any], value: Any) -> Any:
    """What the bytes mean, written apart from the emulator's own reader."""
    schema = contract.resolve(schema)
    kind = schema["aws"]["type"]
    if kind == "structure" and isinstance(value, dict):
        return {
            name: logical(contract, below, value[name])
            for name, below in schema["properties"].items()
            if value.get(name) is not None
        }
    if kind == "list" and isinstance(value, list):
        return [logical(contract, schema["items"], item) for item in value]
    if kind == "map" and isinstance(value, dict):
        return {k: logical(contract, schema["additionalProperties"], v) for k, v in value.items()}
    if kind == "timestamp" and schema["aws"]["timestampFormat"] == "unixTimestamp":
        try:
            return datetime.fromtimestamp(value + 0, UTC).isoformat() if value is not True else 0
        except (TypeError, ValueError, OverflowError, OSError):
            return 0
    return value


def expected(operation: str, body: dict[str, Any]) -> list[Failure]:
    contract = load(*operation.split("."))
    value = logical(contract, {"$ref": f"#/$defs/{contract.input_shape}"}, body)
    if operation == "deadline.StartSessionsStatisticsAggregation":
        value["farmId"] = FARM
    return failures(contract, "request", value)


def sent(wire: Wire, operation: str, body: dict[str, Any]) -> Reply:
    contract = load(*operation.split("."))
    headers = {"X-Amz-Target": f"{TARGET}.{contract.operation}"}
    return wire.send(
        contract.method,
        contract.uri.replace("{farmId}", FARM),
        body=json.dumps(body).encode(),
        headers=headers if contract.protocol == "json" else {},
    )


@pytest.mark.parametrize("operation", sorted(BODIES))
def test_the_unchanged_request_is_valid(operation: str) -> None:
    assert not expected(operation, BODIES[operation])
    reply = sent(Wire(Emulator()), operation, BODIES[operation])
    assert reply.status == 200 or reply.code == "ResourceNotFoundException"


@settings(max_examples=400)
@given(mutated())
def test_a_request_is_rejected_just_when_the_schema_says_so(
    case: tuple[str, dict[str, Any]],
) -> None:
    operation, body = case
    wrong = expected(operation, body)
    reply = sent(Wire(Emulator()), operation, body)
    rejected = reply.status == 400 and reply.code == "ValidationException"
    assert rejected == bool(wrong), wrong
    if rejected and operation.startswith("deadline"):
        assert reply.json["reason"] == "FIELD_VALIDATION_FAILED"
        named = {field["name"] for field in reply.json["fieldList"]}
        pointers = {".".join(str(each) for each in failure.pointer) for failure in wrong}
        assert named <= pointers
        assert len(named) == min(len(pointers), len(reply.json["fieldList"]))


def test_null_members_are_absent_and_null_items_are_not() -> None:
    wire = Wire(Emulator())
    path = "/2023-10-12/farms"
    assert wire.rest("POST", path, {"displayName": "a", "description": None}).status == 200
    assert wire.rest("POST", path, {"displayName": None}).code == "ValidationException"
    assert wire.rest("POST", path, {"displayName": "a", "tags": {"k": None}}).status == 400
    farm = wire.farm()
    assert wire.start(farm, groupBy=["QUEUE_ID", None]).code == "ValidationException"
    arms = AGGREGATION["resourceIds"] | {"fleetIds": None, "newKind": [1]}
    assert wire.start(farm, resourceIds=arms).status == 200


@pytest.mark.parametrize(
    "text", ["abc", "", "1.5", "0", "101", "true", "1e1", "9" * 5000, "\u0661"]
)
def test_text_of_the_query_is_read_by_its_type(text: str) -> None:
    wire = Wire(Emulator())
    reply = wire.rest("GET", "/2023-10-12/farms", query=f"maxResults={text}")
    assert reply.code == "ValidationException"
    assert [field["name"] for field in reply.json["fieldList"]] == ["maxResults"]


@pytest.mark.parametrize("text", ["1", "100", "007"])
def test_a_number_in_the_query_is_accepted(text: str) -> None:
    reply = Wire(Emulator()).rest("GET", "/2023-10-12/farms", query=f"maxResults={text}&other=1")
    assert reply.status == 200


def test_a_member_in_a_header_is_validated_and_counted_in_characters() -> None:
    wire = Wire(Emulator())
    for token, status in (("", 400), ("x" * 65, 400), ("é" * 64, 200), ("é" * 65, 400)):
        reply = wire.send(
            "POST",
            "/2023-10-12/farms",
            body=b'{"displayName":"a"}',
            headers={"X-Amz-Client-Token": token.encode().decode("latin-1")},
        )
        assert reply.status == status, token


@pytest.mark.parametrize("label", ["", "farm", f"farm-{5:032x}%0A", "%2F", "a%2Fb", "%"])
def test_a_label_that_is_wrong_leads_to_the_operation_all_the_same(label: str) -> None:
    wire = Wire(Emulator())
    assert wire.rest("GET", f"/2023-10-12/farms/{label}").code == "ValidationException"
    for host in ("", "http://management.localhost:80"):
        uri = f"{host}/2023-10-12/farms/{label}?x=y"
        assert wire.raw("GET", uri).code == "ValidationException"


@pytest.mark.parametrize("value", ["2026-01-01T00:00:00Z", "1772323200", True, 1e300, [], {}])
def test_a_timestamp_is_read_in_its_documented_form_only(value: Any) -> None:
    wire = Wire(Emulator())
    body = HEARTBEAT | {"AgentMetrics": [{"Timestamp": value}]}
    assert wire.rest("POST", "/SendHeartbeat", body).code == "ValidationException"


@pytest.mark.parametrize("value", [1772323200, "1772323200", "2026-03-01", "Sun, 01 Mar 2026"])
def test_an_iso_timestamp_is_read_in_its_documented_form_only(value: Any) -> None:
    wire = Wire(Emulator())
    assert wire.start(wire.farm(), startTime=value).code == "ValidationException"
