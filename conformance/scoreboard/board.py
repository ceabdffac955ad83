"""Several targets side by side: how each stands with every operation, and on the whole.

Operations are in the order of their names, targets in the order they were given.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from awsconform.conformance.outcomes import JUDGED, Outcome, Score, Verdict, score
from awsconform.conformance.results import OperationResult
from awsconform.conformance.running import Run


class State(StrEnum):
    """How far it came with an operation; the first that holds."""

    JUDGED = "judged"
    UNIMPLEMENTED = "unimplemented"
    FAILED = "failed"
    INCONCLUSIVE = "inconclusive"
    UNEXERCISED = "unexercised"


@dataclass(frozen=True)
class Standing:
    """One operation on one target."""

    operation: str
    service: str
    outcomes: tuple[Outcome, ...]
    implemented: bool
    succeeded: bool
    walkable: bool
    walked: bool

    @functools.cached_property
    def score(self) -> Score:
        """The two numbers."""
        return score(self.outcomes)

    @functools.cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """The verdict on each clause, by its id; what stands apart unjudged is left out."""
        return {
            each.clause.id: each.verdict
            for each in self.outcomes
            if each.verdict in JUDGED or not each.clause.apart
        }

    @property
    def state(self) -> State:
        """How far it came."""
        counted = Counter(self.verdicts.values())
        if self.score.judged:
            return State.JUDGED
        if counted[Verdict.UNIMPLEMENTED]:
            return State.UNIMPLEMENTED
        if counted[Verdict.ERROR]:
            return State.FAILED
        return State.INCONCLUSIVE if counted[Verdict.INCONCLUSIVE] else State.UNEXERCISED

    @property
    def reasons(self) -> dict[str, int]:
        """Why clauses are inconclusive, the most frequent reason first."""
        found = Counter(
            each.reason for each in self.outcomes if each.verdict is Verdict.INCONCLUSIVE
        )
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True)
class Column:
    """One target: its label, its standings by operation, and the run they are from.

    `trouble` is why there is no run.
    """

    label: str
    target: str
    run: Run | None
    standings: dict[str, Standing]
    trouble: str | None = None


@dataclass(frozen=True)
class Totals:
    """What several operations come to on one target."""

    operations: int
    implemented: int
    succeeding: int
    walkable: int
    walked: int
    score: Score


@dataclass(frozen=True)
class Pair:
    """Two targets on the operations both are judged on."""

    targets: tuple[str, str]
    operations: int
    scores: tuple[Score, Score]


@dataclass(frozen=True)
class Board:
    """All targets and all operations."""

    columns: tuple[Column, ...]

    @functools.cached_property
    def operations(self) -> tuple[str, ...]:
        """The ids of all operations, sorted."""
        return tuple(sorted({each for column in self.columns for each in column.standings}))

    @functools.cached_property
    def services(self) -> tuple[str, ...]:
        """The names of all services, sorted."""
        return tuple(sorted({each.partition(".")[0] for each in self.operations}))

    def of_service(self, service: str) -> tuple[str, ...]:
        """The operations of one service."""
        return tuple(each for each in self.operations if each.partition(".")[0] == service)

    def pairs(self) -> list[Pair]:
        """Every two targets, in order, on what both are judged on."""
        return [
            pair(one, other)
            for number, one in enumerate(self.columns)
            for other in self.columns[number + 1 :]
        ]


def column(label: str, target: str, run: Run) -> Column:
    """The column of a finished run."""
    standings = {each.contract.id: _standing(each) for each in run.results}
    return Column(label, target, run, standings)


def missing_column(label: str, target: str, trouble: str) -> Column:
    """The column of a target there is nothing to say of."""
    return Column(label, target, None, {}, trouble)


def totals(shown: Column, operations: Iterable[str]) -> Totals:
    """What some operations come to on a target."""
    found = [shown.standings[each] for each in operations if each in shown.standings]
    return Totals(
        operations=len(found),
        implemented=sum(each.implemented for each in found),
        succeeding=sum(each.succeeded for each in found),
        walkable=sum(each.walkable for each in found),
        walked=sum(each.walked for each in found),
        score=summed(each.score for each in found),
    )


def summed(scores: Iterable[Score]) -> Score:
    """Several scores as one."""
    every = list(scores)
    return Score(
        sum(each.conforming for each in every),
        sum(each.judged for each in every),
        sum(each.clauses for each in every),
        sum(each.apart for each in every),
    )


def pair(one: Column, other: Column) -> Pair:
    """Two targets on the operations both are judged on."""
    both = [
        each
        for each in sorted(one.standings.keys() & other.standings.keys())
        if one.standings[each].state is State.JUDGED and other.standings[each].state is State.JUDGED
    ]
    scores = (totals(one, both).score, totals(other, both).score)
    return Pair((one.label, other.label), len(both), scores)


def exit_code(columns: Sequence[Column]) -> int:
    """3 where a target has no run or nothing was judged, else 1 if anything violates, else 0."""
    codes = [shown.run.exit_code if shown.run else 3 for shown in columns]
    return max(codes, default=3)


def _standing(result: OperationResult) -> Standing:
    done = result.achievement
    return Standing(
        operation=result.contract.id,
        service=result.contract.service,
        outcomes=result.outcomes,
        implemented=done.implemented,
        succeeded=done.implemented and done.accepted > 0,
        walkable=done.walkable,
        walked=done.walked,
    )
