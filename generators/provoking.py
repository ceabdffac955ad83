"""Which clauses of a request can be brought up, in which ways, and why others cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from awsconform.generators.proof import judgeable
from awsconform.generators.shapes import Unsatisfiable
from awsconform.generators.values import Values, values_of
from awsconform.specs.clauses import Clause, clauses
from awsconform.specs.contract import Contract

# An operation with more ways than this gets all of them at the first place of each shape; from
# there on every further place of the shape gets one, the next in turn.
MOST_WAYS = 500

Way = TypeVar("Way")


def provokable(
    contract: Contract,
    concerns: Callable[[Clause], bool],
    ways: Callable[[Values, Clause], Sequence[Way] | str],
    works: Callable[[Way], bool],
    *,
    otherwise: str,
    most: int = MOST_WAYS,
) -> tuple[tuple[Way, ...], dict[str, str]]:
    """The ways that work for each request clause of concern, and by id why a clause has none.

    `ways` gives the ways to try, or the reason there are none. `works` tries one; it may raise
    `Unsatisfiable`, whose text is the reason then. `otherwise` is the reason where none worked.
    Beyond `most` ways, a clause that was met before at another place of the shape gets only one.
    """
    values = values_of(contract, "request")
    why = values.unsatisfiable or judgeable(contract)
    found: list[Way] = []
    reasons: dict[str, str] = {}
    met: Counter[tuple[str | None, ...]] = Counter()
    for clause in clauses(contract):
        if clause.part != "request" or not concerns(clause):
            continue
        possible = why if why is not None else ways(values, clause)
        if isinstance(possible, str):
            reasons[clause.id] = possible
            continue
        statement = _statement(contract, clause)
        times = met[statement]
        single = len(found) >= most and times > 0 and statement[0] is not None
        turn = times % len(possible) if single and possible else 0
        working, refused = [], otherwise
        for way in (*possible[turn:], *possible[:turn]):
            try:
                if works(way):
                    working.append(way)
                    if single:
                        break
            except Unsatisfiable as error:
                refused = error.message
        found += working
        met[statement] += bool(working)
        if not working:
            reasons[clause.id] = refused
    return tuple(found), reasons


def _statement(contract: Contract, clause: Clause) -> tuple[str | None, ...]:
    """What a clause says whatever the place: the shape or type it is about, and the kind."""
    place = contract.place("request", clause.path)
    if place is None or place.parent is None:
        return None, clause.kind
    if clause.kind in ("required", "accepted"):
        return place.parent.shape, place.path[-1], clause.kind
    if clause.kind == "type":
        return place.kind, clause.kind
    return place.shape, clause.kind
