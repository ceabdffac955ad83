"""Which part of a request a fault is to be blamed on, where every request with that part gets it.

A target that crashes at whatever is inside an optional member has looked neither at the bounds of
what is inside nor at what is wrong with it: one fault, which is found where the member itself is
tried and where no request may lead to a fault, not once a bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Purpose
from awsconform.generators.overlay import at, pointers
from awsconform.specs.clauses import Clause
from awsconform.specs.contract import SegmentPath
from awsconform.specs.places import ITEM, KEY, VALUE


def whatever_is_in(
    clause: Clause, evidence: Evidence, gets_the_fault: Callable[[Observed], bool]
) -> str | None:
    """The member at or around a clause's place with which no valid request succeeds.

    It is one of which requests made for another clause get the fault as well; None where there is
    none.
    """
    valid = [e for e in evidence.own() if e.purpose in (Purpose.VALID, Purpose.PAGE)]
    for path in _members(clause):
        having = [each for each in valid if _has(each, path)]
        others = (e for e in having if e.exchange.case.intent.clause != clause.id)
        if not any(e.accepted for e in having) and any(map(gets_the_fault, others)):
            return "/".join(path)
    return None


def _members(clause: Clause) -> Iterator[SegmentPath]:
    """The members around a place, the outermost first, and what stands at it itself."""
    for length in range(1, len(clause.path) + 1):
        path = clause.path[:length]
        own = length == len(clause.path)
        if path[-1] in (ITEM, KEY, VALUE) or (own and clause.kind in ("accepted", "required")):
            continue
        yield path


def _has(observed: Observed, path: SegmentPath) -> bool:
    sent = observed.exchange.case.value
    return any(at(sent, pointer) is not None for pointer in pointers(sent, path))
