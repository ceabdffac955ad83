from __future__ import annotations

import json
import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from awsconform.errors import UsageError
from awsconform.generators import strategies, violations
from awsconform.generators.choices import RandomChoices
from awsconform.generators.locations import Location, location_of
from awsconform.generators.shapes import Unsatisfiable
from awsconform.generators.violations import MALFORMED, Violation
from awsconform.specs.catalog import committed as committed_files
from awsconform.specs.catalog import load
from awsconform.specs.clauses import clauses
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures
from generation_oracles import complaints

OPERATIONS = sorted(committed_files())
ABSENT = object()


def labelled(contract: Contract, seed: int = 1) -> list[Violation]:
    return list(violations.labelled(contract, RandomChoices(random.Random(seed))))


def rejecting(contract: Contract) -> set[str]:
    return {
        clause.id
        for clause in clauses(contract)
        if clause.part == "request" and violations.is_rejecting(clause)
    }


def assert_breaks_one_clause(contract: Contract, violation: Violation) -> None:
    found = failures(contract, "request", violation.value)
    if violation.keyword == MALFORMED:
        assert not found
        assert violation.body is not None
        with pytest.raises((ValueError, AssertionError)):
            assert isinstance(json.loads(violation.body), dict)
        return
    assert violation.body is None
    assert [(each.pointer, each.keyword) for each in found] == [
        (violation.pointer, violation.keyword)
    ]
    (failure,) = found
    kind = violation.clause.rpartition("#")[2]
    path = violation.clause.split("#")[0].split("/")[2:]
    assert list(failure.path) == path
    if kind not in ("union", "type", "required"):
        assert failure.keyword == kind


def value_at(value: Any, pointer: tuple[str | int, ...]) -> Any:
    for segment in pointer:
        if isinstance(value, dict) and segment not in value:
            return ABSENT
        value = value[segment]
    return value


def test_every_rejecting_clause_has_a_violation_or_a_reason(contracts: list[Contract]) -> None:
    for contract in contracts:
        broken = {each.clause for each in labelled(contract)}
        reasons = violations.unprovokable(contract)
        assert broken.isdisjoint(reasons)
        assert broken | (reasons.keys() & rejecting(contract)) == rejecting(contract)


def test_the_reasons_cover_accepting_clauses_too(contracts: list[Contract]) -> None:
    for contract in contracts:
        every = {clause.id for clause in clauses(contract) if clause.part == "request"}
        assert violations.unprovokable(contract).keys() <= every


def test_each_violation_breaks_exactly_the_clause_it_names(contracts: list[Contract]) -> None:
    for contract in contracts:
        for violation in labelled(contract):
            assert_breaks_one_clause(contract, violation)


def test_the_pure_python_validator_sees_the_same(committed: list[Contract]) -> None:
    for contract in committed:
        for violation in labelled(contract):
            if violation.keyword == MALFORMED:
                continue
            pointers = {pointer for pointer, _ in complaints(contract, "request", violation.value)}
            within = violation.pointer[: -1 if violation.keyword == "required" else None]
            assert pointers == {within}


def test_labels_stay_and_values_change_from_seed_to_seed(contracts: list[Contract]) -> None:
    differing = 0
    for contract in contracts:
        one, other = labelled(contract, 1), labelled(contract, 2)
        assert [(each.clause, each.label, each.pointer[:1]) for each in one] == [
            (each.clause, each.label, each.pointer[:1]) for each in other
        ]
        differing += one != other
    assert differing > len(contracts) / 2


def test_a_violation_survives_its_location(contracts: list[Contract]) -> None:
    for contract in contracts:
        for violation in labelled(contract):
            if not violation.pointer or violation.keyword == MALFORMED:
                continue
            name = str(violation.pointer[0])
            location = location_of(contract, "request", (name,))
            wrong = value_at(violation.value, violation.pointer)
            if location.in_body:
                continue
            assert wrong is not None
            if location in (Location.PATH, Location.HOST):
                assert violation.keyword != "required"
            if isinstance(wrong, str):
                assert location.carries(wrong)
            if violation.keyword == "type":
                assert isinstance(wrong, str)
            if violation.keyword in ("minItems", "minProperties"):
                assert wrong


def test_null_in_an_optional_member_is_no_violation(committed: list[Contract]) -> None:
    for contract in committed:
        for violation in labelled(contract):
            if violation.value and value_at(violation.value, violation.pointer) is None:
                assert violation.label == "null"


def test_offers_the_variants_of_each_kind() -> None:
    kinds: dict[str, set[str]] = {}
    for violation in labelled(load("deadline", "StartSessionsStatisticsAggregation")):
        kinds.setdefault(violation.clause.split("/request")[1], set()).add(violation.label)
    assert kinds["/startTime#required"] == {"omitted", "null"}
    assert kinds["/startTime#type"] == {"text", "boolean", "list", "object"}
    assert kinds["/resourceIds#union"] == {"none", "two arms"}
    assert kinds["/resourceIds/queueIds/*#type"] == {
        "number", "boolean", "list", "object", "null",
    }  # fmt: skip
    assert kinds["/period#enum"] == {"unknown", "wrong case", "empty"}
    assert kinds["/groupBy#maxItems"] == {"3 entries"}
    assert kinds["#malformed"] == {
        "truncated", "not JSON", "invalid UTF-8", "trailing text", "trailing comma", "array",
        "string",
    }  # fmt: skip
    assert {"foreign character", "unrelated", "trailing newline"} <= kinds[
        "/resourceIds/queueIds/*#pattern"
    ]


def test_a_number_in_the_query_is_violated_by_words() -> None:
    contract = load("deadline", "ListFarms")
    (violation,) = [each for each in labelled(contract) if each.clause.endswith("maxResults#type")]
    assert isinstance(violation.value["maxResults"], str)
    assert not violation.value["maxResults"].isdigit()


def test_says_what_a_path_and_a_header_cannot_express() -> None:
    reasons = violations.unprovokable(load("deadline", "GetFarm"))
    assert set(reasons) == {
        f"deadline.GetFarm/request{clause}"
        for clause in ("/farmId#required", "/farmId#type", "#malformed", "#unknown-member")
    }
    header = violations.unprovokable(load("deadline", "CreateFarm"))
    assert "deadline.CreateFarm/request/clientToken#minLength" in header


@pytest.mark.parametrize("operation", OPERATIONS)
def test_drawn_violations_break_one_clause(operation: str) -> None:
    contract = load(*operation.split("."))

    @settings(max_examples=60)
    @given(strategies.violations(contract))
    def test(violation: Violation) -> None:
        assert_breaks_one_clause(contract, violation)

    test()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_shrunk_violation_is_still_one(operation: str) -> None:
    contract = load(*operation.split("."))
    for clause in sorted(rejecting(contract) - violations.unprovokable(contract).keys())[::7]:
        shrunk = find(
            strategies.violations(contract, clause),
            lambda violation: True,
            settings=settings(max_examples=25, database=None, derandomize=True),
        )
        assert shrunk.clause == clause
        assert_breaks_one_clause(contract, shrunk)


def test_every_step_of_shrinking_is_a_violation() -> None:
    contract = load("lookoutequipment", "CreateInferenceScheduler")
    tried: list[Violation] = []

    def is_long(violation: Violation) -> bool:
        tried.append(violation)
        return len(json.dumps(violation.value)) > 500

    shrunk = find(
        strategies.violations(contract),
        is_long,
        settings=settings(max_examples=300, database=None, derandomize=True),
    )
    assert shrunk in tried
    for violation in tried:
        assert_breaks_one_clause(contract, violation)


def test_shrinks_to_few_members() -> None:
    contract = load("sagemaker-edge", "SendHeartbeat")
    clause = "sagemaker-edge.SendHeartbeat/request/DeploymentResult/DeploymentModels/*/State#enum"
    shrunk = find(
        strategies.violations(contract, clause),
        lambda violation: True,
        settings=settings(database=None, derandomize=True),
    )
    assert shrunk.value.keys() == {
        "AgentVersion", "DeviceName", "DeviceFleetName", "DeploymentResult",
    }  # fmt: skip
    assert len(shrunk.value["DeploymentResult"]["DeploymentModels"]) == 1


def test_draws_every_way_of_breaking_a_clause() -> None:
    contract = load("deadline", "StartSessionsStatisticsAggregation")
    clause = f"{contract.id}/request/period#enum"
    labels: Counter[str] = Counter()

    @settings(max_examples=60)
    @given(strategies.violations(contract, clause))
    def test(violation: Violation) -> None:
        labels[violation.label] += 1

    test()
    assert set(labels) == {"unknown", "wrong case", "empty"}


def test_refuses_a_clause_that_cannot_be_broken() -> None:
    contract = load("deadline", "GetFarm")
    with pytest.raises(Unsatisfiable, match="nothing but text"):
        strategies.violations(contract, "deadline.GetFarm/request/farmId#type")
    with pytest.raises(UsageError):
        strategies.violations(contract, "deadline.GetFarm/request/farmID#type")


@given(st.sampled_from(OPERATIONS), st.integers(0, 2**32))
@settings(max_examples=25)
def test_any_seed_gives_violations(operation: str, seed: int) -> None:
    contract = load(*operation.split("."))
    for violation in labelled(contract, seed):
        assert_breaks_one_clause(contract, violation)


def test_a_length_that_is_hard_to_reach_is_reached_with_every_seed() -> None:
    contract = load("lookoutequipment", "StopInferenceScheduler")
    document = json.loads(json.dumps(contract.document))
    # A string that is too long has to avoid every doubled letter.
    document["$defs"]["InferenceSchedulerIdentifier"] |= {
        "pattern": r"^(?:(?!.*(.)\1)[abc]*)$(?!\n)",
        "minLength": 1,
        "maxLength": 7,
    }
    hard = Contract(document)
    clause = f"{hard.id}/request/InferenceSchedulerName#maxLength"
    assert clause not in violations.unprovokable(hard)
    for seed in range(20):
        assert clause in {each.clause for each in labelled(hard, seed)}
