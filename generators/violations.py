"""Requests that break exactly one clause, each proven by the validator.

Which clauses can be broken, and in which labelled ways, is found out once with one seed, so it is
the same on every machine; the values are those of the choices given.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from awsconform.generators import requests, wrong_sizes, wrong_types, wrong_values
from awsconform.generators.bodies import malformed, malformed_labels
from awsconform.generators.breaches import Breach, Spot, fixed
from awsconform.generators.choices import Choices, FixedStructure, RandomChoices
from awsconform.generators.locations import location_of
from awsconform.generators.proof import proven_valid, proven_violation
from awsconform.generators.provoking import provokable
from awsconform.generators.shapes import Fill, Growth, Unsatisfiable
from awsconform.generators.values import Values, values_of
from awsconform.specs.clauses import BOUNDS, OF_STATE, Clause
from awsconform.specs.contract import Contract, SegmentPath
from awsconform.specs.routes import taken_for
from awsconform.specs.validation import Pointer

MALFORMED = "malformed"
# RFC 9110, sections 13.1.3 and 13.1.4, and RFC 9111, section 5.3; S3 keeps any text as Expires.
IGNORED_DATES = ("if-modified-since", "if-unmodified-since", "expires", "response-expires")
_UNFOUND = "no request was found that breaks it and nothing else"


@dataclass(frozen=True)
class Violation:
    """A request that breaks one clause.

    `value` fails `keyword` at `pointer` and nothing else; for a malformed request it is valid and
    `body` replaces what it would be encoded to. A failing key is reported at its map.
    """

    clause: str
    label: str
    value: dict[str, Any]
    body: bytes | None
    pointer: Pointer
    keyword: str


@dataclass(frozen=True)
class Planned:
    """A breach of a clause that is known to work; `path` is where the value is put."""

    clause: str
    path: SegmentPath
    breach: Breach


def labelled(contract: Contract, choices: RandomChoices) -> Iterator[Violation]:
    """The violations of a contract, clause by clause, in the order of its clauses.

    Each has values of its own, whichever of the others are made. A clause without one is in
    `unprovokable`.
    """
    for planned in plan(contract)[0]:
        drawn = choices.of(f"{planned.clause} {planned.breach.label}")
        yield violation(contract, planned, functools.partial(_minimal, drawn))


def unprovokable(contract: Contract) -> dict[str, str]:
    """The request clauses, broken or kept, that no request can bring up, each with the reason."""
    return {**requests.unprovokable(contract), **plan(contract)[1]}


@functools.lru_cache(maxsize=256)
def plan(contract: Contract) -> tuple[tuple[Planned, ...], dict[str, str]]:
    """What can be broken, found out with one seed for all, and why the rest cannot."""

    def ways(values: Values, clause: Clause) -> list[Planned] | str:
        breaches = _breaches(contract, values, clause)
        if isinstance(breaches, str):
            return breaches
        return [
            Planned(clause.id, clause.path[:-1] if each.outer else clause.path, each)
            for each in breaches
        ]

    return provokable(
        contract,
        is_rejecting,
        ways,
        lambda way: _attempt(contract, way, _reference()) is not None,
        otherwise=_UNFOUND,
    )


def is_rejecting(clause: Clause) -> bool:
    """Whether a request clause says what is rejected."""
    accepting = clause.kind.endswith("accepted") or clause.kind == "unknown-member"
    return not accepting and clause.kind not in OF_STATE


def _minimal(choices: Choices) -> Growth:
    return Growth(FixedStructure(choices), Fill.MINIMAL)


def violation(contract: Contract, planned: Planned, growths: Callable[[], Growth]) -> Violation:
    """A planned violation made anew.

    Should chance not give a proven one, the planned one itself.
    """
    for growth in (growths(), growths(), _reference()):
        try:
            found = _attempt(contract, planned, growth)
        except Unsatisfiable:
            continue
        if found is not None:
            return found
    raise AssertionError(f"{planned.clause} {planned.breach.label} was proven before")


def _attempt(contract: Contract, planned: Planned, growth: Growth) -> Violation | None:
    """A violation if it turns out to be exactly what it is meant to be."""
    values, breach = values_of(contract, "request"), planned.breach
    if breach.keyword == MALFORMED:
        value = values.whole(growth)
        body = malformed(contract, breach.label, value, growth.choices.values())
        if not proven_valid(contract, "request", value):
            return None
        return Violation(planned.clause, breach.label, value, body, (), MALFORMED)
    value, at = values.around(growth, planned.path, breach.make)
    pointer = (*at, *breach.within)
    if not proven_violation(contract, value, pointer, breach.keyword):
        return None
    return Violation(planned.clause, breach.label, value, None, pointer, breach.keyword)


def _reference() -> Growth:
    choices = RandomChoices(random.Random(0))
    return Growth(FixedStructure(choices), Fill.MINIMAL, repeated=True)


def _breaches(contract: Contract, values: Values, clause: Clause) -> list[Breach] | str:
    if clause.kind == MALFORMED:
        labels = malformed_labels(contract)
        if isinstance(labels, str):
            return labels
        return [Breach(label, MALFORMED, fixed(None)) for label in labels]
    place = contract.place("request", clause.path)
    assert place is not None
    if clause.kind == "required":
        other = taken_for(contract, clause.path)
        if other is not None:
            return f"without it the request is one of {other}"
    if clause.kind == "type" and str(place.aws.get("locationName", "")).lower() in IGNORED_DATES:
        return "HTTP has servers ignore such a date where it is none"
    location = location_of(contract, "request", clause.path)
    spot = Spot(place, values.at(clause.path), location)
    if clause.kind in BOUNDS:
        return wrong_sizes.breaches(spot, clause.kind)
    return {
        "required": wrong_values.required,
        "type": wrong_types.breaches,
        "enum": wrong_values.enum,
        "pattern": wrong_values.pattern,
        "union": wrong_values.union,
    }[clause.kind](spot)
