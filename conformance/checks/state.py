"""Checks of state: what requests leave behind, seen in reads made before and after them.

The reads of a clause stand in the evidence in the order they were made; their facts say of each
what a check has to know: the number of its `snapshot`, the `step` it belongs to, the requests that
are `suspects` should it come out otherwise than before.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from awsconform.conformance.checks.deletions import Deletion
from awsconform.conformance.checks.reading import (
    AFTER,
    BEFORE,
    READS,
    breakage,
    caused_by,
    changed,
    moving,
)
from awsconform.conformance.checks.verdicts import Word, conclude, conforms, silent, violates
from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Purpose
from awsconform.conformance.outcomes import Outcome
from awsconform.specs.clauses import Clause

# Each request that breaks reads is a fault of its own, and a finding.
REQUESTS_NAMED = 20


def rejected_changes_nothing(clause: Clause, evidence: Evidence) -> Outcome:
    """Reads before and after rejected requests are alike.

    A snapshot is compared with the next one where nothing but rejected requests stands between
    them (`quiet`). What differs between two snapshots with nothing at all between them (`still`)
    changes of itself, and is not looked at.
    """

    def words() -> Iterator[Word]:
        snapshots = _snapshots(clause, evidence)
        ignored = moving(snapshots)
        found: list[Word] = []
        for before, after in pairwise(sorted(snapshots)):
            reads = snapshots[after]
            facts = reads[0].facts
            if not facts["quiet"] or facts.get("still"):
                continue
            broken = next((r for r in snapshots[before] + reads if not r.accepted), None)
            if broken is not None:
                found.append(silent(reads[-1], f"a read was refused: {broken.describe()}"))
                continue
            change = changed(snapshots[before], reads, ignored)
            if change is None:
                found.append(conforms(reads[-1]))
            else:
                found.append(_changed(reads[-1], facts.get("suspects", []), change))
        # The finding is that which names the request most closely.
        yield from sorted(found, key=lambda word: len(_suspects(word)))

    return conclude(
        clause,
        words(),
        expected="the same answer to the same read",
        unexercised="no read was made around rejected requests",
    )


def keeps_reads(clause: Clause, evidence: Evidence) -> Outcome:
    """A read that worked before a write that was accepted works after it.

    A read that works conforms only if an accepted request of the operation's own was `written`
    since the one before; nothing is shown by what was refused, or made in set-up.
    """

    def words() -> Iterator[Word]:
        good: dict[str, list[Observed]] = {}
        for each in evidence.of_clause(clause.id):
            step = each.facts.get("step")
            if step not in (BEFORE, AFTER):
                continue
            earlier = good.setdefault(each.contract.id, [])
            if step == BEFORE:
                if each.accepted:
                    earlier.append(each)
                else:
                    told = f"{each.contract.operation} did not work before: {each.describe()}"
                    yield silent(each, each.facts.get("doubt") or told)
                continue
            if not earlier:
                continue
            broken = breakage(earlier, each)
            suspects: list[Observed] = each.facts.get("suspects", [])
            if broken is not None and each.facts.get("doubt"):
                yield silent(each, each.facts["doubt"])
            elif broken is not None and suspects and caused_by(suspects[0], broken):
                yield _broken(each, earlier[-1], suspects, broken.text)
                if each.accepted:
                    # What is wrong in it from now on is not the next write's doing.
                    earlier.append(each)
            elif each.accepted:
                earlier.append(each)
                if each.facts.get("written"):
                    yield conforms(each)
            else:
                yield silent(each, f"{each.contract.operation}: {each.describe()}")

    return conclude(
        clause,
        words(),
        expected="a read that worked before still works",
        unexercised="no read was made around writes that were accepted",
        most=REQUESTS_NAMED,
    )


def deleted_is_gone(clause: Clause, evidence: Evidence) -> Outcome:
    """What a read found before an accepted delete, it does not find after it."""

    steps = [e for e in evidence.of_clause(clause.id) if e.purpose is Purpose.SCENARIO]
    return conclude(
        clause,
        Deletion(steps).words(),
        expected="a read no longer finds what was deleted",
        unexercised="nothing was deleted that a read had found",
    )


def _snapshots(clause: Clause, evidence: Evidence) -> dict[int, list[Observed]]:
    snapshots: dict[int, list[Observed]] = {}
    for each in evidence.of_clause(clause.id):
        if each.purpose is Purpose.SCENARIO and "snapshot" in each.facts:
            snapshots.setdefault(each.facts["snapshot"], []).append(each)
    return snapshots


def _changed(read: Observed, suspects: list[Observed], change: str) -> Word:
    observation = "a read changed"
    if not suspects:
        return violates(read, observation, f"reads before and after differ: {change}")
    detail = f"rejected with {suspects[-1].describe()}; afterwards {change}"
    return violates(suspects[-1], observation, f"{detail}{_among(suspects)}", later=read)


def _suspects(word: Word) -> list[Observed]:
    read = word.later or word.observed
    found: list[Observed] = read.facts.get("suspects", [])
    return found


def _broken(read: Observed, good: Observed, suspects: list[Observed], how: str) -> Word:
    """A read that a write broke; the class of it names read, breakage and kind of request."""
    cause = "after some write"
    if len(suspects) == 1:
        clause = (suspects[0].exchange.case.intent.clause or "").partition("/")[2]
        violates_it = suspects[0].purpose is Purpose.VIOLATES
        cause = f"after {clause}" if violates_it else "after a valid request"
    name = read.contract.operation
    detail = (
        f"{suspects[0].describe()}; afterwards {name} answers {read.describe()} ({how}), "
        f"before it answered {good.describe()}"
    )
    observation = f"{name}: {how}, {cause}"
    return violates(suspects[0], observation, f"{detail}{_among(suspects)}", later=read)


def _among(suspects: list[Observed]) -> str:
    """What has to be said where the request that did it could not be told from others."""
    if len(suspects) == 1:
        return ""
    return f"; it was one of these {len(suspects)} requests, this is the likeliest"


__all__ = ["READS", "deleted_is_gone", "keeps_reads", "rejected_changes_nothing"]
