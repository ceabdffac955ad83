"""Which clauses of a request can be brought up, in which ways, and why others cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from awsconform.generators.proof import judgeable
from awsconform.generators.shapes import Unsatisfiable
from awsconform.generators.values import Values, values_of
from awsconform.specs.clauses import Clause, clauses
from awsconform.specs.contract import Contract

Way = TypeVar("Way")


def provokable(
    contract: Contract,
    concerns: Callable[[Clause], bool],
    ways: Callable[[Values, Clause], Iterable[Way] | str],
    works: Callable[[Way], bool],
    *,
    otherwise: str,
) -> tuple[tuple[Way, ...], dict[str, str]]:
    """The ways that work for each request clause of concern, and by id why a clause has none.

    `ways` gives the ways to try, or the reason there are none. `works` tries one; it may raise
    `Unsatisfiable`, whose text is the reason then. `otherwise` is the reason where none worked.
    """
    values = values_of(contract, "request")
    why = values.unsatisfiable or judgeable(contract)
    found: list[Way] = []
    reasons: dict[str, str] = {}
    for clause in clauses(contract):
        if clause.part != "request" or not concerns(clause):
            continue
        possible = why if why is not None else ways(values, clause)
        if isinstance(possible, str):
            reasons[clause.id] = possible
            continue
        working, refused = [], otherwise
        for way in possible:
            try:
                if works(way):
                    working.append(way)
            except Unsatisfiable as error:
                refused = error.message
        found += working
        if not working:
            reasons[clause.id] = refused
    return tuple(found), reasons
