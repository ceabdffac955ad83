"""The valid requests of the deterministic phase: each brings up one clause, and breaks none.

Labels and structure are the same on every machine; the values are those of the choices given.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from awsconform.generators.bodies import UNKNOWN_MEMBER, closed, with_unknown
from awsconform.generators.boundaries import Recipe, boundary
from awsconform.generators.choices import Choices, FixedStructure, RandomChoices
from awsconform.generators.locations import Location, location_of
from awsconform.generators.proof import proven_valid
from awsconform.generators.provoking import provokable
from awsconform.generators.shapes import Fill, Growth, Sampler, Unsatisfiable
from awsconform.generators.structures import StructureSampler
from awsconform.generators.values import Values, values_of
from awsconform.specs.clauses import BOUNDS, Clause
from awsconform.specs.contract import Contract, Place

_RANDOM_REQUESTS = 3
_UNFOUND = "no valid request was found that brings it up"


@dataclass(frozen=True)
class Labelled:
    """A valid value made for a clause; the label tells the clause's variants apart."""

    clause: str
    label: str
    value: dict[str, Any]


@dataclass(frozen=True)
class _Variant:
    """A labelled request that is known to work, and how to make it."""

    clause: str
    label: str
    seed: int
    fill: Fill
    place: Place | None
    recipe: Recipe | None


def labelled(contract: Contract, choices: RandomChoices) -> Iterator[Labelled]:
    """The valid requests of a contract, clause by clause, in the order of its clauses.

    Each has values of its own, whichever of the others are made.

    A clause without one is in `unprovokable`.
    """
    variants, _ = plan(contract)
    for variant in variants:
        value = _made(contract, variant, choices.of(f"{variant.clause} {variant.label}"))
        yield Labelled(variant.clause, variant.label, value)


def unprovokable(contract: Contract) -> dict[str, str]:
    """The clauses about valid requests that no request can bring up, each with the reason."""
    return dict(plan(contract)[1])


@functools.lru_cache(maxsize=256)
def plan(contract: Contract) -> tuple[tuple[_Variant, ...], dict[str, str]]:
    """What can be brought up, found out with one seed for all: the same on every machine."""
    return provokable(
        contract,
        _is_accepting,
        lambda values, clause: _variants(contract, values, clause),
        lambda way: proven_valid(contract, "request", _reference(contract, way)),
        otherwise=_UNFOUND,
    )


def _reference(contract: Contract, variant: _Variant) -> dict[str, Any]:
    return _value(contract, variant, RandomChoices(random.Random(0)), repeated=True)


def _made(contract: Contract, variant: _Variant, choices: Choices) -> dict[str, Any]:
    for _ in range(2):
        try:
            value = _value(contract, variant, choices)
        except Unsatisfiable:
            continue
        if proven_valid(contract, "request", value):
            return value
    # It was proven before.
    return _reference(contract, variant)


def _value(
    contract: Contract, variant: _Variant, choices: Choices, *, repeated: bool = False
) -> dict[str, Any]:
    values = values_of(contract, "request")
    growth = Growth(FixedStructure(choices, seed=variant.seed), variant.fill, repeated=repeated)
    if variant.place is None:
        value: dict[str, Any] = values.whole(growth)
    else:
        make = variant.recipe.make if variant.recipe else _any
        value, _ = values.around(growth, variant.place.path, make)
    return with_unknown(contract, value, choices) if variant.label == UNKNOWN_MEMBER else value


def _any(sampler: Sampler, growth: Growth) -> Any:
    return sampler.sample(growth, 1)


def _is_accepting(clause: Clause) -> bool:
    return clause.kind.endswith("accepted") or clause.kind == "unknown-member"


def _variants(contract: Contract, values: Values, clause: Clause) -> list[_Variant] | str:
    if clause.kind == "unknown-member":
        why = closed(contract)
        if why is not None:
            return why
        return [_Variant(clause.id, UNKNOWN_MEMBER, 0, Fill.MINIMAL, None, None)]
    if not clause.path:
        return [
            _Variant(clause.id, "minimal", 0, Fill.MINIMAL, None, None),
            _Variant(clause.id, "maximal", 0, Fill.MAXIMAL, None, None),
            *(
                _Variant(clause.id, f"random {seed}", seed, Fill.RANDOM, None, None)
                for seed in range(1, _RANDOM_REQUESTS + 1)
            ),
        ]
    place = contract.place("request", clause.path)
    assert place is not None
    recipes = _recipes(contract, values, clause, place)
    if isinstance(recipes, str):
        return recipes
    return [_Variant(clause.id, recipe.label, 0, Fill.MINIMAL, place, recipe) for recipe in recipes]


def _recipes(
    contract: Contract, values: Values, clause: Clause, place: Place
) -> list[Recipe] | str:
    keyword = clause.kind.removesuffix(".accepted")
    location = location_of(contract, "request", place.path)
    if clause.kind == "accepted":
        return [Recipe("alone", _any)]
    if keyword == "enum":
        return _constants([v for v in place.schema["enum"] if location.carries(v)], location)
    if keyword == "union":
        return [Recipe(arm, functools.partial(_arm, arm)) for arm in place.schema["properties"]]
    assert keyword in BOUNDS
    found = boundary(place, values.at(place.path), keyword, location)
    return found if isinstance(found, str) else [found]


def _constants(options: list[str], location: Location) -> list[Recipe] | str:
    if not options:
        return f"the {location} cannot carry any of the values"
    return [Recipe(option, functools.partial(_constant, option)) for option in options]


def _constant(value: str, sampler: Sampler, growth: Growth) -> str:
    return value


def _arm(name: str, sampler: Sampler, growth: Growth) -> dict[str, Any]:
    assert isinstance(sampler, StructureSampler)
    if name not in sampler.optional:
        raise Unsatisfiable(f"{name}: {sampler.members[name].reason}")
    return {name: sampler.members[name].sample(growth, 1)}
