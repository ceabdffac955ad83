"""Valid responses and errors, for judging clients, mocks and the suite itself."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator
from typing import Any

from awsconform.generators.choices import Choices, FixedStructure, RandomChoices
from awsconform.generators.leaves import EnumLeaf
from awsconform.generators.proof import judgeable, proven_valid
from awsconform.generators.requests import Labelled
from awsconform.generators.shapes import Fill, Growth, LeafSampler, Make, Unsatisfiable
from awsconform.generators.values import values_of
from awsconform.specs.contract import Contract, Place

_RANDOM_RESPONSES = 3


def labelled(contract: Contract, choices: Choices) -> Iterator[Labelled]:
    """Valid responses: minimal, maximal, a few random ones, and each documented value.

    The clause is that of the documented value, or `wire#status` where the whole response is meant.
    Nothing comes of a response that has no valid value.
    """
    whole = f"{contract.id}/wire#status"
    yield from _wholes(contract, "response", whole, choices)
    yield from _documented(contract, "response", f"{contract.id}/response", choices)


def errors(contract: Contract, choices: Choices) -> Iterator[Labelled]:
    """Valid errors, likewise; the clause names the code: `errors/<Code>#status`."""
    for code in contract.errors:
        prefix = f"{contract.id}/errors/{code}"
        yield from _wholes(contract, code, f"{prefix}#status", choices)
        yield from _documented(contract, code, prefix, choices)


def _wholes(contract: Contract, part: str, clause: str, choices: Choices) -> Iterator[Labelled]:
    fills = [("minimal", 0, Fill.MINIMAL), ("maximal", 0, Fill.MAXIMAL)]
    if part == "response":
        fills += [(f"random {n}", n, Fill.RANDOM) for n in range(1, _RANDOM_RESPONSES + 1)]
    for label, seed, fill in fills:
        value = _valid(contract, part, None, None, choices, seed, fill)
        if value is not None:
            yield Labelled(clause, label, value)


def _documented(contract: Contract, part: str, prefix: str, choices: Choices) -> Iterator[Labelled]:
    values = values_of(contract, part)
    for place in contract.places(part):
        if "enum" not in place.schema:
            continue
        try:
            sampler = values.at(place.path)
        except Unsatisfiable:
            # An exception in a stream of events, which is an answer of its own.
            continue
        if not (isinstance(sampler, LeafSampler) and isinstance(sampler.leaf, EnumLeaf)):
            continue
        for option in sampler.leaf.options:
            make: Make = functools.partial(_constant, option)
            value = _valid(contract, part, place, make, choices, 0, Fill.MINIMAL)
            if value is not None:
                yield Labelled(f"{prefix}/{place.text}#enum", option, value)


def _constant(value: str, sampler: Any, growth: Growth) -> str:
    return value


def _valid(
    contract: Contract,
    part: str,
    place: Place | None,
    make: Make | None,
    choices: Choices,
    seed: int,
    fill: Fill,
) -> dict[str, Any] | None:
    values = values_of(contract, part)
    if judgeable(contract, part) is not None:
        return None
    for source in (choices, RandomChoices(random.Random(0))):
        growth = Growth(FixedStructure(source, seed=seed), fill)
        try:
            if place is None or make is None:
                value: dict[str, Any] = values.whole(growth)
            else:
                value, _ = values.around(growth, place.path, make)
        except Unsatisfiable:
            return None
        if proven_valid(contract, part, value):
            return value
    return None
