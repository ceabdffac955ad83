"""Check of state: what was rejected has changed nothing that can be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from awsconform.conformance.checks.verdicts import Word, conclude, conforms, silent, violates
from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Purpose
from awsconform.conformance.outcomes import Outcome
from awsconform.specs.clauses import Clause


def rejected_changes_nothing(clause: Clause, evidence: Evidence) -> Outcome:
    """Reads before and after rejected requests are alike.

    A read's facts hold the number of its `snapshot`; a snapshot is compared with the next one
    where nothing but rejected requests stands between them (`quiet`).
    """

    def words() -> Iterator[Word]:
        snapshots: dict[int, list[Observed]] = {}
        for each in evidence.of_clause(clause.id):
            if each.purpose is Purpose.SCENARIO:
                snapshots.setdefault(each.facts["snapshot"], []).append(each)
        numbers = sorted(snapshots)
        for before, after in pairwise(numbers):
            if not snapshots[after][0].facts["quiet"]:
                continue
            last = snapshots[after][-1]
            broken = next((r for r in snapshots[before] + snapshots[after] if not r.accepted), None)
            if broken is not None:
                yield silent(last, f"a read was refused: {broken.describe()}")
            elif _state(snapshots[before]) == _state(snapshots[after]):
                yield conforms(last)
            else:
                yield violates(last, "a read changed", "reads before and after differ")

    return conclude(
        clause,
        words(),
        expected="the same answer to the same read",
        unexercised="no read was made around rejected requests",
    )


def _state(reads: list[Observed]) -> list[str]:
    return sorted(
        json.dumps([read.contract.id, _steady(read.value, read.facts)], sort_keys=True)
        for read in reads
    )


def _steady(value: Any, facts: dict[str, Any]) -> Any:
    """The value without members that change on their own, and without tokens."""
    ignored = set(facts.get("ignore", ()))
    if isinstance(value, dict):
        return {name: _steady(below, facts) for name, below in value.items() if name not in ignored}
    if isinstance(value, list):
        return [_steady(below, facts) for below in value]
    return value
