"""The form of answers, byte by byte."""

from __future__ import annotations

import re
import uuid

import pytest

from emulator.calling import HEARTBEAT, SCHEDULER, TARGET, Reply, Wire

FARMS = "/2023-10-12/farms"
DEVICE = {"DeviceName": "a", "DeviceFleetName": "b"}


def answers(wire: Wire) -> dict[str, Reply]:
    missing = {"InferenceSchedulerName": "missing"}
    return {
        "rest": wire.rest("GET", FARMS),
        "rest error": wire.rest("GET", f"{FARMS}/farm-{1:032x}"),
        "rest invalid": wire.rest("GET", f"{FARMS}/x"),
        "rest lost": wire.rest("GET", "/elsewhere"),
        "rest no output": wire.rest("POST", "/SendHeartbeat", HEARTBEAT),
        "rest framework error": wire.rest("POST", "/SendHeartbeat", {}),
        "json": wire.target("CreateInferenceScheduler", SCHEDULER),
        "json error": wire.target("DescribeInferenceScheduler", missing),
        "json lost": wire.target("Elsewhere", {}),
        "json no output": wire.target(
            "DeleteInferenceScheduler", {"InferenceSchedulerName": SCHEDULER["ModelName"] + "-1"}
        ),
    }


def test_every_answer_is_a_json_object_of_its_protocol(wire: Wire) -> None:
    for name, reply in answers(wire).items():
        kind = "application/json" if name.startswith("rest") else "application/x-amz-json-1.0"
        assert reply.headers["content-type"] == kind, name
        assert isinstance(reply.json, dict), name


def test_every_answer_has_a_request_id_of_its_own(wire: Wire) -> None:
    ids = [uuid.UUID(reply.headers["x-amzn-requestid"]) for reply in answers(wire).values()]
    assert len(set(ids)) == len(ids)


def test_an_operation_without_output_answers_an_empty_object(wire: Wire) -> None:
    found = answers(wire)
    for name in ("rest no output", "json no output"):
        assert (found[name].status, found[name].body) == (200, b"{}")


def test_rest_errors_are_named_in_the_header_alone(wire: Wire) -> None:
    reply = answers(wire)["rest error"]
    assert reply.status == 404
    assert reply.headers["x-amzn-errortype"] == "ResourceNotFoundException"
    assert set(reply.json) == {"message", "resourceId", "resourceType", "context"}


def test_json_errors_are_named_in_the_body_by_their_absolute_id(wire: Wire) -> None:
    reply = answers(wire)["json error"]
    assert reply.status == 400
    assert "x-amzn-errortype" not in reply.headers
    assert set(reply.json) == {"__type", "Message"}
    assert reply.json["__type"] == "com.amazonaws.lookoutequipment#ResourceNotFoundException"


def test_a_service_without_a_validation_error_uses_the_frameworks(wire: Wire) -> None:
    reply = answers(wire)["rest framework error"]
    assert (reply.status, reply.code) == (400, "ValidationException")
    assert set(reply.json) == {"message"}
    assert reply.json["message"].startswith("3 validation errors detected: Value at '")


def test_what_leads_nowhere_is_an_unknown_operation(wire: Wire) -> None:
    found = answers(wire)
    for name, status in (("rest lost", 404), ("json lost", 400)):
        assert (found[name].status, found[name].code) == (status, "UnknownOperationException")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", FARMS),
        ("POST", "/"),
        ("GET", "/SendHeartbeat"),
        ("POST", f"{FARMS}/farm-{1:032x}"),
        ("GET", f"{FARMS}/farm-{1:032x}/more"),
        ("HEAD", FARMS),
    ],
)
def test_method_and_path_must_both_fit(wire: Wire, method: str, path: str) -> None:
    reply = wire.rest(method, path, {})
    assert (reply.status, reply.code) == (404, "UnknownOperationException")


def test_a_target_is_posted_to_the_root(wire: Wire) -> None:
    target = {"X-Amz-Target": f"{TARGET}.ListInferenceSchedulers"}
    assert wire.send("POST", "/", body=b"{}", headers=target).status == 200
    for method, path in (("GET", "/"), ("POST", "/elsewhere")):
        assert wire.send(method, path, body=b"{}", headers=target).status == 400


@pytest.mark.parametrize(("sent", "version"), [("1.0", "1.0"), ("1.1", "1.1"), ("", "1.0")])
def test_an_unknown_target_is_refused_in_the_version_it_was_sent_in(
    wire: Wire, sent: str, version: str
) -> None:
    headers = {"X-Amz-Target": "Nobody.Nothing", "Content-Type": f"application/x-amz-json-{sent}"}
    reply = wire.send("POST", "/", headers=headers)
    assert reply.headers["content-type"] == f"application/x-amz-json-{version}"
    assert ("#" in reply.json["__type"]) == (version == "1.0")


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b"null", b'"x"', b"\xff", b'{"a":NaN}', b'{"a":1e999}', b'{"a":"\\ud800"}',
     b"[" * 100_000, b'{"a":' + b"9" * 5000 + b"}", b"{} x"],
)  # fmt: skip
def test_a_body_that_is_no_json_object_cannot_be_parsed(wire: Wire, body: bytes) -> None:
    reply = wire.send("POST", FARMS, body=body)
    assert (reply.status, reply.code) == (400, "ValidationException")
    assert reply.json["reason"] == "CANNOT_PARSE"
    assert "fieldList" not in reply.json
    target = {"X-Amz-Target": f"{TARGET}.ListInferenceSchedulers"}
    for other in (
        wire.send("POST", "/", body=body, headers=target),
        wire.send("POST", "/SendHeartbeat", body=body),
    ):
        assert (other.status, other.code) == (400, "SerializationException")


def test_a_pair_of_surrogates_is_one_character(wire: Wire) -> None:
    reply = wire.send("POST", FARMS, body=b'{"displayName":"' + b"\\ud83d\\ude00" * 100 + b'"}')
    assert reply.status == 200
    farm = wire.rest("GET", f"{FARMS}/{reply.json['farmId']}")
    assert farm.json["displayName"] == "😀" * 100


def test_timestamps_have_the_documented_form(wire: Wire) -> None:
    farm = wire.rest("GET", f"{FARMS}/{wire.farm()}").json
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", farm["createdAt"])
    wire.target("CreateInferenceScheduler", SCHEDULER)
    name = {"InferenceSchedulerName": SCHEDULER["InferenceSchedulerName"]}
    shown = wire.target("DescribeInferenceScheduler", name).json
    assert isinstance(shown["CreatedAt"], int | float)


def test_the_special_numbers_are_strings_both_ways(wire: Wire) -> None:
    reply = wire.rest("POST", FARMS, {"displayName": "a", "costScaleFactor": "NaN"})
    assert wire.rest("GET", f"{FARMS}/{reply.json['farmId']}").json["costScaleFactor"] == "NaN"


def test_an_empty_token_begins_at_the_beginning(wire: Wire) -> None:
    wire.farm()
    assert len(wire.rest("GET", FARMS, query="nextToken=").json["farms"]) == 1


def test_the_last_page_has_no_token(wire: Wire) -> None:
    wire.farm()
    assert "nextToken" not in wire.rest("GET", FARMS, query="maxResults=1").json
    assert "NextToken" not in wire.target("ListInferenceSchedulers", {}).json


def test_a_body_beyond_all_bounds_is_refused(wire: Wire) -> None:
    reply = wire.send("POST", "/GetDeployments", body=b" " * (8 * 1024 * 1024 + 1))
    assert reply.status == 400
