from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import find, given, settings

from awsconform import strategies as public
from awsconform.errors import AwsconformError, UsageError
from awsconform.generators import strategies
from awsconform.specs.catalog import committed as committed_files
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures
from generation_oracles import complaints, refusals

OPERATIONS = sorted(committed_files())
ONCE = settings(max_examples=500, database=None, derandomize=True)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_drawn_requests_are_valid_to_every_judge(operation: str) -> None:
    contract = load(*operation.split("."))

    @settings(max_examples=50)
    @given(strategies.requests(contract))
    def test(value: dict[str, Any]) -> None:
        assert not failures(contract, "request", value)
        assert not complaints(contract, "request", value)
        assert not refusals(contract, "request", value)
        assert json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8")) == value

    test()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_drawn_responses_are_valid_to_every_judge(operation: str) -> None:
    contract = load(*operation.split("."))

    @settings(max_examples=50)
    @given(strategies.responses(contract))
    def test(value: dict[str, Any]) -> None:
        assert not complaints(contract, "response", value)
        assert not refusals(contract, "response", value)

    test()


def test_draws_for_other_services_too(others: list[Contract]) -> None:
    for contract in others:
        draw_both(contract)


def draw_both(contract: Contract) -> None:
    @settings(max_examples=10)
    @given(strategies.requests(contract), strategies.responses(contract))
    def test(request: dict[str, Any], response: dict[str, Any]) -> None:
        assert not failures(contract, "request", request)
        assert not failures(contract, "response", response)

    test()


def test_drawn_errors_are_valid() -> None:
    contract = load("deadline", "GetFarm")

    @settings(max_examples=50)
    @given(strategies.errors(contract, "ValidationException"))
    def test(value: dict[str, Any]) -> None:
        assert not complaints(contract, "ValidationException", value)

    test()


def test_recursion_ends() -> None:
    contract = load("dynamodb", "PutItem")

    @settings(max_examples=30)
    @given(strategies.requests(contract))
    def test(value: dict[str, Any]) -> None:
        assert not failures(contract, "request", value)

    test()


def test_shrinks_to_what_matters() -> None:
    contract = load("deadline", "GetSessionsStatisticsAggregation")
    shrunk = find(
        strategies.requests(contract), lambda value: value.get("maxResults", 0) > 50, settings=ONCE
    )
    assert shrunk.keys() == {"farmId", "aggregationId", "maxResults"}
    assert shrunk["maxResults"] == 51


def test_shrinks_to_the_required_members() -> None:
    contract = load("sagemaker-edge", "SendHeartbeat")
    shrunk = find(strategies.requests(contract), lambda value: True, settings=ONCE)
    assert shrunk.keys() == {"AgentVersion", "DeviceName", "DeviceFleetName"}
    assert all(len(text) == 1 for text in shrunk.values())


def reaches(contract: Contract, wanted: Callable[[dict[str, Any]], bool]) -> bool:
    return wanted(find(strategies.requests(contract), wanted, settings=ONCE))


@pytest.mark.parametrize("member", ["timezone", "period"])
def test_reaches_optional_members(member: str) -> None:
    contract = load("deadline", "StartSessionsStatisticsAggregation")
    assert reaches(contract, lambda value: member in value)


@pytest.mark.parametrize("arm", ["queueIds", "fleetIds"])
def test_reaches_each_arm_of_a_union(arm: str) -> None:
    contract = load("deadline", "StartSessionsStatisticsAggregation")
    assert reaches(contract, lambda value: arm in value["resourceIds"])


@pytest.mark.parametrize("bound", [1, 100])
def test_reaches_the_bounds_of_a_number(bound: int) -> None:
    contract = load("deadline", "ListFarms")
    assert reaches(contract, lambda value: value.get("maxResults") == bound)


def test_repeats_no_value_of_an_enumeration_where_there_are_others_left() -> None:
    contract = load("deadline", "StartSessionsStatisticsAggregation")

    @settings(max_examples=100)
    @given(strategies.requests(contract))
    def test(value: dict[str, Any]) -> None:
        for name in ("groupBy", "statistics"):
            assert len(set(value[name])) == len(value[name])

    test()


def test_another_seed_gives_other_strings() -> None:
    contract = load("deadline", "GetFarm")
    one, other = (
        find(strategies.requests(contract, seed=seed), lambda value: True, settings=ONCE)
        for seed in (1, 2)
    )
    assert one != other


@settings(max_examples=20)
@given(public.responses("deadline", "GetSessionsStatisticsAggregation"))
def test_the_public_names_load_contracts(response: dict[str, Any]) -> None:
    assert {"statistics", "status"} & response.keys()


@settings(max_examples=20)
@given(public.requests("lookoutequipment", "DescribeInferenceScheduler"))
def test_public_requests_are_requests(request: dict[str, Any]) -> None:
    assert request.keys() == {"InferenceSchedulerName"}


@pytest.mark.parametrize(
    ("service", "operation", "hint"),
    [("deadlin", "GetFarm", "deadline"), ("deadline", "GetFarms", "GetFarm")],
)
def test_unknown_names_get_a_suggestion(service: str, operation: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        public.requests(service, operation)
    assert hint in str(caught.value.hint)


def test_a_request_nobody_can_make_is_an_error_at_once() -> None:
    document = json.loads(json.dumps(load("deadline", "GetFarm").document))
    document["$defs"]["FarmId"] |= {"maxLength": 3}
    with pytest.raises(AwsconformError, match="no string fits"):
        strategies.requests(Contract(document))


def test_an_undeclared_error_is_refused() -> None:
    with pytest.raises(UsageError, match="declares no error"):
        strategies.errors(load("deadline", "GetFarm"), "NoSuchThing")
