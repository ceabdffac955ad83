"""What a run got done with the operations, apart from the verdicts on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from awsconform.conformance.exchange import Purpose
from awsconform.conformance.outcomes import JUDGED, Verdict
from awsconform.conformance.running import OperationResult, Run

PAGES_OF_A_WALK = 3


@dataclass(frozen=True)
class Achievement:
    """What was got done with one operation.

    `implemented` is False for what the target lacks and for what was not asked; `accepted` counts
    successes. `pages_walked` is the length of the longest walk in pages, None where there are no
    pages; `walkable` says that what is listed was there to be walked over.
    """

    implemented: bool
    accepted: int
    pages_walked: int | None
    walkable: bool


@dataclass(frozen=True)
class Achievements:
    """How many operations are implemented, succeeded at least once, could be and were walked.

    `requests` are all that were sent; `rate` is how many a second, None for a run of no time.
    """

    operations: int
    implemented: int
    succeeding: int
    walkable: int
    walked: int
    requests: int
    rate: float | None


def achieved(result: OperationResult) -> Achievement:
    """What was got done with one operation."""
    own = result.evidence.own()
    lacking = any(each.verdict is Verdict.UNIMPLEMENTED for each in result.outcomes) and all(
        each.verdict is Verdict.UNIMPLEMENTED or each.clause.apart for each in result.outcomes
    )
    judged = any(each.verdict in JUDGED for each in result.outcomes)
    walks = result.evidence.groups(Purpose.PAGE).values()
    pages = [each for walk in walks for each in walk if each.contract.id == result.contract.id]
    lengths = (sum(each.accepted for each in walk) for walk in walks)
    return Achievement(
        implemented=(bool(own) or judged) and not lacking,
        accepted=sum(each.accepted for each in own) if not lacking else 0,
        pages_walked=max(lengths, default=0) if result.contract.pagination else None,
        walkable=any(each.facts.get("made") or each.facts.get("owned") for each in pages),
    )


def achievements(results: Iterable[OperationResult], seconds: float) -> Achievements:
    """What was got done with several operations in so many seconds."""
    results = list(results)
    each = [achieved(result) for result in results]
    requests = sum(result.requests for result in results)
    return Achievements(
        operations=len(each),
        implemented=sum(one.implemented for one in each),
        succeeding=sum(one.implemented and one.accepted > 0 for one in each),
        walkable=sum(one.walkable for one in each),
        walked=sum(one.walkable and (one.pages_walked or 0) >= PAGES_OF_A_WALK for one in each),
        requests=requests,
        rate=requests / seconds if seconds else None,
    )


def of_run(run: Run) -> Achievements:
    """What a run got done."""
    return achievements(run.results, run.seconds)
