"""What a run got done with the operations together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from awsconform.conformance.results import OperationResult
from awsconform.conformance.running import Run


@dataclass(frozen=True)
class Achievements:
    """How many operations are implemented, succeeded at least once, could be and were walked.

    `undivided` are lists that could not be walked since the target does not page them.
    `requests` are all that were sent; `rate` is how many a second, None for a run of no time.
    """

    operations: int
    implemented: int
    succeeding: int
    walkable: int
    walked: int
    undivided: int
    requests: int
    rate: float | None


def achievements(results: Iterable[OperationResult], seconds: float) -> Achievements:
    """What was got done with several operations in so many seconds."""
    results = list(results)
    each = [result.achievement for result in results]
    requests = sum(result.requests for result in results)
    return Achievements(
        operations=len(each),
        implemented=sum(one.implemented for one in each),
        succeeding=sum(one.implemented and one.accepted > 0 for one in each),
        walkable=sum(one.walkable for one in each),
        walked=sum(one.walked for one in each),
        undivided=sum(one.walkable and one.undivided and not one.walked for one in each),
        requests=requests,
        rate=requests / seconds if seconds else None,
    )


def of_run(run: Run) -> Achievements:
    """What a run got done."""
    return achievements(run.results, run.seconds)
