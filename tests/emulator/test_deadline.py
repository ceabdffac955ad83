"""Deadline Cloud, seen by boto3."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from awsconform.conformance.emulator.application import Emulator
from emulator.calling import AGGREGATION, Wire

KEY = "arn:aws:kms:us-east-1:123456789012:key/one"
NOBODY = f"farm-{0:032x}"
FRAME = {
    "startTime": datetime(2026, 3, 1, tzinfo=UTC),
    "endTime": datetime(2026, 3, 8, tzinfo=UTC),
}


@pytest.fixture
def farm(deadline: Any) -> str:
    return str(deadline.create_farm(displayName="one")["farmId"])


def begin(deadline: Any, farm: str, **changes: Any) -> dict[str, str]:
    arguments = {**AGGREGATION, **FRAME, **changes}
    started = deadline.start_sessions_statistics_aggregation(farmId=farm, **arguments)
    return {"farmId": farm, "aggregationId": started["aggregationId"]}


def finished(deadline: Any, keys: dict[str, str]) -> dict[str, Any]:
    for _ in range(3):
        answer: dict[str, Any] = deadline.get_sessions_statistics_aggregation(**keys)
    return answer


def test_a_farm_lives_from_create_to_delete(deadline: Any) -> None:
    asked = {"displayName": "färm", "description": "d", "kmsKeyArn": KEY, "costScaleFactor": 2.5}
    farm = deadline.create_farm(**asked, tags={"a": "b"})["farmId"]
    shown = deadline.get_farm(farmId=farm)
    assert {name: shown[name] for name in asked} == asked
    assert abs(shown["createdAt"] - datetime.now(UTC)) < timedelta(minutes=1)
    deadline.delete_farm(farmId=farm)
    with pytest.raises(deadline.exceptions.ResourceNotFoundException) as caught:
        deadline.get_farm(farmId=farm)
    assert caught.value.response["resourceId"] == farm
    assert caught.value.response["resourceType"] == "farm"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404


def test_the_same_token_and_arguments_create_one_farm(deadline: Any) -> None:
    first = deadline.create_farm(displayName="one", clientToken="t")["farmId"]
    assert deadline.create_farm(displayName="one", clientToken="t")["farmId"] == first
    assert deadline.create_farm(displayName="one", clientToken="u")["farmId"] != first
    assert len(deadline.list_farms()["farms"]) == 2


def test_a_deleted_farm_is_created_anew_by_the_same_token(deadline: Any) -> None:
    first = deadline.create_farm(displayName="one", clientToken="t")["farmId"]
    deadline.delete_farm(farmId=first)
    assert deadline.create_farm(displayName="one", clientToken="t")["farmId"] != first


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_pages_of_farms_make_up_the_whole(deadline: Any, size: int) -> None:
    farms = [deadline.create_farm(displayName=f"n{n}")["farmId"] for n in range(5)]
    pages = list(deadline.get_paginator("list_farms").paginate(PaginationConfig={"PageSize": size}))
    assert [farm["farmId"] for page in pages for farm in page["farms"]] == farms
    assert all(len(page["farms"]) <= size for page in pages)


def test_farms_created_and_deleted_while_paging_disturb_nothing(deadline: Any) -> None:
    farms = [deadline.create_farm(displayName=f"n{n}")["farmId"] for n in range(4)]
    page = deadline.list_farms(maxResults=2)
    deadline.delete_farm(farmId=farms[0])
    deadline.delete_farm(farmId=farms[1])
    late = deadline.create_farm(displayName="late")["farmId"]
    rest = deadline.list_farms(nextToken=page["nextToken"])["farms"]
    assert [farm["farmId"] for farm in rest] == [*farms[2:], late]


def test_an_aggregation_is_in_progress_and_then_complete(deadline: Any, farm: str) -> None:
    keys = begin(deadline, farm)
    for _ in range(2):
        answer = deadline.get_sessions_statistics_aggregation(**keys)
        assert answer["status"] == "IN_PROGRESS"
        assert answer.keys() == {"status", "ResponseMetadata"}
    assert finished(deadline, keys)["status"] == "COMPLETED"


def test_an_aggregation_completes_by_the_clock(
    deadline: Any, farm: str, emulator: Emulator
) -> None:
    keys = begin(deadline, farm)
    emulator.clock.advance(5)
    assert deadline.get_sessions_statistics_aggregation(**keys)["status"] == "COMPLETED"


def test_the_paginator_finds_every_statistic_once(deadline: Any, farm: str) -> None:
    keys = begin(deadline, farm)
    finished(deadline, keys)
    paginator = deadline.get_paginator("get_sessions_statistics_aggregation")
    walks = [
        list(paginator.paginate(**keys, PaginationConfig={"PageSize": size})) for size in (100, 37)
    ]
    found = [[item for page in walk for item in page["statistics"]] for walk in walks]
    assert found[0] == found[1]
    assert 250 <= len(found[0]) <= 400
    tokens = [page["nextToken"] for walk in walks for page in walk if "nextToken" in page]
    assert len(set(tokens)) == len(tokens)
    shape = deadline.meta.service_model.shape_for("Statistics")
    assert {name for item in found[0] for name in item} == set(shape.members)
    assert {item["usageType"] for item in found[0]} == set(shape.members["usageType"].enum)
    assert {item["queueId"] for item in found[0]} == set(AGGREGATION["resourceIds"]["queueIds"])
    for item in found[0]:
        stats = item["costInUsd"]
        assert stats["min"] <= stats["avg"] <= stats["max"]
        assert FRAME["startTime"] <= item["aggregationStartTime"] <= item["aggregationEndTime"]
        assert item["aggregationEndTime"] <= FRAME["endTime"]
    for earlier, later in pairwise(found[0]):
        assert earlier["aggregationStartTime"] <= later["aggregationStartTime"]


def test_the_default_page_holds_a_hundred(deadline: Any, farm: str) -> None:
    assert len(finished(deadline, begin(deadline, farm))["statistics"]) == 100


def test_every_page_served_has_a_new_token(deadline: Any, farm: str) -> None:
    keys = begin(deadline, farm)
    finished(deadline, keys)
    tokens = {deadline.get_sessions_statistics_aggregation(**keys)["nextToken"] for _ in range(5)}
    assert len(tokens) == 5


def test_one_aggregation_at_a_time_for_a_farm(deadline: Any, farm: str, emulator: Emulator) -> None:
    other = deadline.create_farm(displayName="two")["farmId"]
    keys = begin(deadline, farm)
    with pytest.raises(deadline.exceptions.ThrottlingException) as caught:
        begin(deadline, farm)
    metadata = caught.value.response["ResponseMetadata"]
    assert metadata["HTTPStatusCode"] == 429
    assert metadata["HTTPHeaders"]["retry-after"] == "1"
    begin(deadline, other)
    finished(deadline, keys)
    begin(deadline, farm)
    emulator.clock.advance(5)
    begin(deadline, farm)


def test_results_are_gone_after_an_hour(deadline: Any, farm: str, emulator: Emulator) -> None:
    keys = begin(deadline, farm)
    emulator.clock.advance(3590)
    assert deadline.get_sessions_statistics_aggregation(**keys)["status"] == "COMPLETED"
    emulator.clock.advance(10)
    with pytest.raises(deadline.exceptions.ResourceNotFoundException):
        deadline.get_sessions_statistics_aggregation(**keys)


def test_an_aggregation_belongs_to_its_farm(deadline: Any, farm: str) -> None:
    keys = begin(deadline, farm)
    other = deadline.create_farm(displayName="two")["farmId"]
    for wrong in ({"farmId": other}, {"farmId": NOBODY}, {"aggregationId": "0" * 32}):
        with pytest.raises(deadline.exceptions.ResourceNotFoundException):
            deadline.get_sessions_statistics_aggregation(**(keys | wrong))


def test_a_farm_must_exist_to_aggregate(deadline: Any) -> None:
    with pytest.raises(deadline.exceptions.ResourceNotFoundException):
        begin(deadline, NOBODY)


@pytest.mark.parametrize(
    ("end", "status"),
    [
        (FRAME["startTime"] + timedelta(days=6 * 365), "TIMEOUT"),
        (FRAME["startTime"] - timedelta(seconds=1), "FAILED"),
        (FRAME["startTime"], "COMPLETED"),
    ],
)
def test_the_time_frame_decides_how_an_aggregation_ends(
    deadline: Any, farm: str, end: datetime, status: str
) -> None:
    answer = finished(deadline, begin(deadline, farm, endTime=end))
    assert answer["status"] == status
    assert answer["statusMessage"]
    assert ("statistics" in answer) == (status == "COMPLETED")


@pytest.mark.parametrize(
    "start", ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "2016-12-31T23:59:60Z"]
)
def test_no_time_is_too_early_or_too_late_to_aggregate(wire: Wire, start: str) -> None:
    farm = wire.farm()
    aggregation = wire.completed(farm, startTime=start, endTime=start)
    assert wire.statistics(farm, aggregation).json["status"] == "COMPLETED"


def test_a_token_expires_after_a_day(deadline: Any, emulator: Emulator) -> None:
    for n in range(3):
        deadline.create_farm(displayName=f"n{n}")
    token = deadline.list_farms(maxResults=1)["nextToken"]
    emulator.clock.advance(24 * 3600 - 60)
    assert deadline.list_farms(nextToken=token)["farms"]
    emulator.clock.advance(60)
    with pytest.raises(deadline.exceptions.ValidationException):
        deadline.list_farms(nextToken=token)


def test_an_expired_token_is_found_out_though_the_results_are_gone(
    deadline: Any, farm: str, emulator: Emulator
) -> None:
    keys = begin(deadline, farm)
    token = finished(deadline, keys)["nextToken"]
    emulator.clock.advance(2 * 3600)
    with pytest.raises(deadline.exceptions.ResourceNotFoundException):
        deadline.get_sessions_statistics_aggregation(**keys, nextToken=token)
    emulator.clock.advance(22 * 3600)
    with pytest.raises(deadline.exceptions.ValidationException):
        deadline.get_sessions_statistics_aggregation(**keys, nextToken=token)


def test_a_token_that_is_not_good_here_is_invalid(deadline: Any, farm: str) -> None:
    deadline.create_farm(displayName="two")
    keys = begin(deadline, farm)
    token = finished(deadline, keys)["nextToken"]
    farms = deadline.list_farms(maxResults=1)["nextToken"]
    altered = token[:-1] + ("a" if token[-1] != "a" else "b")
    for wrong in (altered, token.swapcase(), f"{token}=", "string", farms):
        with pytest.raises(deadline.exceptions.ValidationException) as caught:
            deadline.get_sessions_statistics_aggregation(**keys, nextToken=wrong)
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
        assert caught.value.response["reason"] == "FIELD_VALIDATION_FAILED"
    with pytest.raises(deadline.exceptions.ValidationException):
        deadline.list_farms(nextToken=farms, principalId="a" * 8 + "-aaaa" * 3 + "-" + "a" * 12)
