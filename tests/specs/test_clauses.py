"""Clauses: every statement of a contract has exactly one, with an id that says what it is."""

from __future__ import annotations

import pytest

from awsconform.specs import catalog
from awsconform.specs.clauses import Clause, Level, clauses
from awsconform.specs.contract import Contract

CONTRACTS = catalog.select([])


def by_id(contract: Contract) -> dict[str, Clause]:
    return {clause.id: clause for clause in clauses(contract)}


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.id)
def test_ids_are_unique_and_say_the_operation(contract: Contract) -> None:
    found = clauses(contract)
    assert len({clause.id for clause in found}) == len(found)
    assert all(clause.id.startswith(f"{contract.id}/") for clause in found)


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.id)
def test_every_clause_has_a_source(contract: Contract) -> None:
    known = {"page", "model", "protocol", "inferred"}
    for clause in clauses(contract):
        assert clause.sources
        assert set(clause.sources) <= known


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.id)
def test_every_required_member_and_enum_of_a_part_has_its_clause(contract: Contract) -> None:
    found = by_id(contract)
    for part in ("request", "response"):
        for place in contract.places(part)[1:]:
            at = f"{contract.id}/{part}/{place.text}"
            assert (f"{at}#required" in found) is place.required
            assert (f"{at}#enum" in found) is ("enum" in place.schema)


def test_the_ids_of_the_documented_operations_stay_what_they_are() -> None:
    aggregation = by_id(catalog.load("deadline", "GetSessionsStatisticsAggregation"))
    start = "deadline.GetSessionsStatisticsAggregation"
    for id_, level, sources in (
        ("response/statistics/*/usageType#enum", Level.MUST, {"page", "model"}),
        ("request/farmId#required", Level.MUST, {"page", "model"}),
        ("request/maxResults#maximum", Level.MUST, {"model"}),
        ("response/statistics/*/jobName#maxLength", Level.SHOULD, {"model"}),
        ("pagination/nextToken#invalid-rejected", Level.MUST, {"page"}),
        ("pagination/nextToken#expires", Level.MUST, {"page"}),
        ("behaviour/StartSessionsStatisticsAggregation#error-while", Level.MUST, {"page"}),
        ("errors/ValidationException/reason#enum", Level.MUST, {"model"}),
    ):
        clause = aggregation[f"{start}/{id_}"]
        assert clause.level is level
        assert set(clause.sources) == sources


def test_errors_nobody_says_how_to_bring_about_stand_apart() -> None:
    found = by_id(catalog.load("deadline", "GetSessionsStatisticsAggregation"))
    start = "deadline.GetSessionsStatisticsAggregation/errors"
    assert found[f"{start}/InternalServerErrorException/message#required"].apart
    assert found[f"{start}/AccessDeniedException#status"].apart
    assert found[f"{start}/ThrottlingException#status"].apart
    assert found[f"{start}/ValidationException#status"].apart is None
    assert found[f"{start}/ResourceNotFoundException/resourceId#required"].apart is None


def test_an_operation_without_output_has_no_response_clauses() -> None:
    heartbeat = clauses(catalog.load("sagemaker-edge", "SendHeartbeat"))
    assert not [clause for clause in heartbeat if clause.part == "response"]
