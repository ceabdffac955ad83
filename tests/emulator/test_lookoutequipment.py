"""Lookout for Equipment, seen by boto3."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.emulator.application import Emulator
from emulator.calling import SCHEDULER

FULL = SCHEDULER | {
    "DataDelayOffsetInMinutes": 7,
    "ServerSideKmsKeyId": "alias/mine",
    "DataInputConfiguration": {
        "S3InputConfiguration": {"Bucket": "readings", "Prefix": "a/"},
        "InputTimeZoneOffset": "+02:00",
        "InferenceInputNameConfiguration": {
            "TimestampFormat": "yyyyMMddHHmmss",
            "ComponentTimestampDelimiter": "_",
        },
    },
    "DataOutputConfiguration": {
        "S3OutputConfiguration": {"Bucket": "findings", "Prefix": "b/"},
        "KmsKeyId": "alias/other",
    },
    "Tags": [{"Key": "k", "Value": "v"}],
}
NAME = {"InferenceSchedulerName": "pump-1"}


def members(value: dict[str, Any]) -> set[str]:
    return {
        f"{name}/{inner}" if inner else name
        for name, each in value.items()
        for inner in ("", *(members(each) if isinstance(each, dict) else ()))
    }


def documented(shape: Any) -> set[str]:
    return {
        f"{name}/{inner}" if inner else name
        for name, each in shape.members.items()
        for inner in ("", *(documented(each) if each.type_name == "structure" else ()))
    }


def status(lookout: Any) -> str:
    return str(lookout.describe_inference_scheduler(**NAME)["Status"])


def test_describe_shows_every_documented_member(lookout: Any) -> None:
    created = lookout.create_inference_scheduler(**FULL)
    shown = lookout.describe_inference_scheduler(**NAME)
    del shown["ResponseMetadata"]
    shape = lookout.meta.service_model.operation_model("DescribeInferenceScheduler").output_shape
    assert members(shown) == documented(shape)
    same = ("DataInputConfiguration", "DataOutputConfiguration", "RoleArn", "ModelName")
    assert {name: shown[name] for name in same} == {name: FULL[name] for name in same}
    assert shown["InferenceSchedulerArn"] == created["InferenceSchedulerArn"]
    assert shown["CreatedAt"] <= shown["UpdatedAt"]


def test_the_key_is_shown_by_its_arn(lookout: Any) -> None:
    arn = "arn:aws:kms:us-east-1:123456789012:key/one"
    lookout.create_inference_scheduler(**(FULL | {"ServerSideKmsKeyId": arn}))
    assert lookout.describe_inference_scheduler(**NAME)["ServerSideKmsKeyId"] == arn


def test_a_scheduler_goes_through_every_documented_status(lookout: Any) -> None:
    assert lookout.create_inference_scheduler(**SCHEDULER)["Status"] == "PENDING"
    assert [status(lookout) for _ in range(3)] == ["PENDING", "RUNNING", "RUNNING"]
    assert lookout.stop_inference_scheduler(**NAME)["Status"] == "STOPPING"
    assert [status(lookout) for _ in range(3)] == ["STOPPING", "STOPPED", "STOPPED"]
    assert lookout.start_inference_scheduler(**NAME)["Status"] == "PENDING"


def test_a_status_settles_by_the_clock(lookout: Any, emulator: Emulator) -> None:
    lookout.create_inference_scheduler(**SCHEDULER)
    emulator.clock.advance(5)
    assert status(lookout) == "RUNNING"
    lookout.stop_inference_scheduler(**NAME)
    emulator.clock.advance(5)
    assert status(lookout) == "STOPPED"


def test_what_the_status_forbids_is_a_conflict(lookout: Any, emulator: Emulator) -> None:
    lookout.create_inference_scheduler(**SCHEDULER)
    emulator.clock.advance(5)
    for forbidden in (lookout.start_inference_scheduler, lookout.delete_inference_scheduler):
        with pytest.raises(lookout.exceptions.ConflictException) as caught:
            forbidden(**NAME)
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    lookout.stop_inference_scheduler(**NAME)
    with pytest.raises(lookout.exceptions.ConflictException):
        lookout.stop_inference_scheduler(**NAME)
    lookout.delete_inference_scheduler(**NAME)


def test_a_deleted_scheduler_is_not_found(lookout: Any) -> None:
    lookout.create_inference_scheduler(**SCHEDULER)
    lookout.stop_inference_scheduler(**NAME)
    lookout.delete_inference_scheduler(**NAME)
    for operation in ("describe", "start", "stop", "delete"):
        with pytest.raises(lookout.exceptions.ResourceNotFoundException):
            getattr(lookout, f"{operation}_inference_scheduler")(**NAME)
    lookout.create_inference_scheduler(**SCHEDULER)


def test_a_name_is_taken_but_for_the_same_request_again(lookout: Any) -> None:
    first = lookout.create_inference_scheduler(**SCHEDULER)["InferenceSchedulerArn"]
    again = lookout.create_inference_scheduler(**SCHEDULER)["InferenceSchedulerArn"]
    assert again == first
    for changes in ({"ClientToken": "other"}, {"ModelName": "other"}):
        with pytest.raises(lookout.exceptions.ConflictException):
            lookout.create_inference_scheduler(**(SCHEDULER | changes))


def create(lookout: Any, *names: str, model: str = "pump") -> None:
    for name in names:
        asked = SCHEDULER | {"InferenceSchedulerName": name, "ModelName": model}
        lookout.create_inference_scheduler(**asked)


def listed(lookout: Any, **filters: Any) -> list[str]:
    found: list[str] = []
    token: dict[str, str] = {}
    while True:
        page = lookout.list_inference_schedulers(**filters, **token)
        shown = page["InferenceSchedulerSummaries"]
        assert len(shown) <= filters.get("MaxResults", 50)
        found += [each["InferenceSchedulerName"] for each in shown]
        if "NextToken" not in page:
            return found
        token = {"NextToken": page["NextToken"]}


def test_filters_choose_and_pages_make_up_the_whole(lookout: Any) -> None:
    create(lookout, "b1", "a1", "a2")
    create(lookout, "a3", model="fan")
    lookout.stop_inference_scheduler(InferenceSchedulerName="a2")
    assert listed(lookout) == listed(lookout, MaxResults=1) == ["b1", "a1", "a2", "a3"]
    assert listed(lookout, InferenceSchedulerNameBeginsWith="a") == ["a1", "a2", "a3"]
    assert listed(lookout, ModelName="fan") == ["a3"]
    assert listed(lookout, Status="STOPPING") == ["a2"]
    assert listed(lookout, Status="PENDING", ModelName="pump", MaxResults=1) == ["b1", "a1"]
    results = {
        each["LatestInferenceResult"]
        for each in lookout.list_inference_schedulers()["InferenceSchedulerSummaries"]
    }
    assert results == {"NORMAL", "ANOMALOUS"}


def test_a_token_of_other_filters_is_invalid(lookout: Any) -> None:
    create(lookout, "a1", "a2")
    token = lookout.list_inference_schedulers(MaxResults=1)["NextToken"]
    for wrong in ({"NextToken": token, "ModelName": "pump"}, {"NextToken": "string"}):
        with pytest.raises(lookout.exceptions.ValidationException) as caught:
            lookout.list_inference_schedulers(**wrong)
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
