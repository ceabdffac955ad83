"""The families of clauses: what a report has one column for."""

from __future__ import annotations

from collections.abc import Iterable

from awsconform.conformance.outcomes import Outcome, Score, score

FAMILIES = ("request", "response", "errors", "wire", "pagination", "behaviour")


def by_family(outcomes: Iterable[Outcome]) -> dict[str, Score]:
    """The score of each family that has clauses."""
    grouped: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        grouped.setdefault(outcome.clause.part, []).append(outcome)
    return {family: score(grouped[family]) for family in FAMILIES if family in grouped}
