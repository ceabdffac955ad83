"""What a value fails is named by place and keyword, each once."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.specs import catalog
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures, is_valid

STATISTICS = {
    "count": 1,
    "costInUsd": {"min": 0.5},
    "runtimeInSeconds": {},
    "usageType": "COMPUTE",
}
AGGREGATION = catalog.load("deadline", "GetSessionsStatisticsAggregation")
SPARSE = {**AGGREGATION.aws, "input": "Request", "output": None, "errors": {}}


def fails(**changes: Any) -> list[tuple[str, str]]:
    item = {key: value for key, value in {**STATISTICS, **changes}.items() if value is not ...}
    page = {"status": "COMPLETED", "statistics": [STATISTICS, item]}
    found = failures(AGGREGATION, "response", page)
    return [("/".join(failure.path), failure.keyword) for failure in found]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"count": ...}, [("statistics/*/count", "required")]),
        ({"count": "1"}, [("statistics/*/count", "type")]),
        ({"count": 1.5}, [("statistics/*/count", "type")]),
        ({"count": True}, [("statistics/*/count", "type")]),
        ({"usageType": "compute"}, [("statistics/*/usageType", "enum")]),
        ({"usageType": 5}, [("statistics/*/usageType", "type")]),
        ({"costInUsd": {"max": "NaN"}}, []),
        ({"costInUsd": {"max": "12"}}, [("statistics/*/costInUsd/max", "type")]),
        ({"queueId": "queue-1"}, [("statistics/*/queueId", "pattern")]),
        ({"aggregationStartTime": "yesterday"}, [("statistics/*/aggregationStartTime", "format")]),
        ({"undocumented": 1}, []),
    ],
)
def test_a_fault_is_named_by_place_and_keyword(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert fails(**changes) == expected


def test_the_pointer_leads_to_the_instance() -> None:
    (failure,) = failures(
        AGGREGATION,
        "response",
        {"status": "FAILED", "statistics": [STATISTICS, {**STATISTICS, "jobName": ""}]},
    )
    assert failure.pointer == ("statistics", 1, "jobName")
    assert failure.pointer_text == "/statistics/1/jobName"


def test_a_missing_member_is_named_itself() -> None:
    (failure,) = failures(AGGREGATION, "request", {"farmId": "farm-" + "0" * 32})
    assert failure.pointer == ("aggregationId",)
    assert failure.path == ("aggregationId",)


def test_a_union_fails_by_the_number_of_its_members() -> None:
    contract = catalog.load("deadline", "StartSessionsStatisticsAggregation")
    request = {
        "farmId": "farm-" + "0" * 32,
        "startTime": "2026-01-01T00:00:00Z",
        "endTime": "2026-01-02T00:00:00Z",
        "groupBy": ["QUEUE_ID"],
        "statistics": ["SUM"],
    }
    queues = {"queueIds": ["queue-" + "0" * 32]}
    fleets = {"fleetIds": ["fleet-" + "0" * 32]}
    assert is_valid(contract, "request", {**request, "resourceIds": queues})
    for resources, keyword in (({}, "minProperties"), ({**queues, **fleets}, "maxProperties")):
        (failure,) = failures(contract, "request", {**request, "resourceIds": resources})
        assert (failure.path, failure.keyword) == (("resourceIds",), keyword)


def test_the_items_of_a_sparse_list_are_named_like_any_other() -> None:
    definitions = {
        "Request": {
            "type": "object",
            "properties": {"names": {"$ref": "#/$defs/Names"}},
            "aws": {"type": "structure"},
        },
        "Names": {
            "type": "array",
            "items": {"anyOf": [{"$ref": "#/$defs/Name"}, {"type": "null"}]},
            "aws": {"type": "list", "sparse": True},
        },
        "Name": {"type": "string", "maxLength": 2, "aws": {"type": "string"}},
    }
    contract = Contract({**AGGREGATION.document, "$defs": definitions, "aws": SPARSE})
    assert is_valid(contract, "request", {"names": ["ab", None]})
    found = failures(contract, "request", {"names": ["abc", None, 5]})
    assert [(failure.pointer, failure.path, failure.keyword) for failure in found] == [
        (("names", 0), ("names", "*"), "maxLength"),
        (("names", 2), ("names", "*"), "type"),
    ]
