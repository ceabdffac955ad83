"""Values just beyond a bound: too short, too long, too small, too large, too few, too many."""

from __future__ import annotations

from typing import Any

from awsconform.generators.boundaries import refused_length, size
from awsconform.generators.breaches import Breach, Spot, fixed
from awsconform.generators.leaves import TextLeaf
from awsconform.generators.lengths import Lengths, between, longest, shortest
from awsconform.generators.shapes import Growth, LeafSampler, Make, Sampler, Unsatisfiable
from awsconform.generators.strings import Text

_TRIED = 8


def breaches(spot: Spot, keyword: str) -> list[Breach] | str:
    """One value beyond the bound that `keyword` states, or why there is none."""
    bound = spot.schema[keyword]
    if keyword in ("minLength", "maxLength"):
        return _length(spot, keyword, bound)
    step = -1 if keyword.startswith("min") else 1
    if keyword in ("minimum", "maximum"):
        return _number(keyword, bound, step)
    if bound + step < 0:
        return "there is no smaller number of entries"
    recipe = size(spot.sampler, bound + step, spot.location)
    return recipe if isinstance(recipe, str) else [Breach(recipe.label, keyword, recipe.make)]


def _number(keyword: str, bound: float, step: int) -> list[Breach] | str:
    beyond = bound + step
    if beyond == bound:
        # Too large for a step of one to be seen in double precision.
        beyond = bound + step * abs(bound)
    if isinstance(beyond, int) and not -(2**63) <= beyond < 2**63:
        return "no number beyond the bound fits in 64 bits"
    return [Breach(f"value {beyond}", keyword, fixed(beyond))]


def _length(spot: Spot, keyword: str, bound: int) -> list[Breach] | str:
    if not isinstance(spot.sampler, LeafSampler) or not isinstance(spot.sampler.leaf, TextLeaf):
        return "the enumeration refuses it as well"
    text = spot.sampler.leaf.text
    if keyword == "minLength":
        candidates = text.reachable & between(0, bound - 1)
        if not text.location.carries(""):
            if bound == 1:
                return refused_length(text, 0, spot.location) or ""
            candidates &= ~1
        if not candidates:
            return "implied by the pattern: it has no shorter string"
    else:
        if bound >= spot.location.room:
            return refused_length(text, bound + 1, spot.location) or ""
        candidates = text.reachable & between(bound + 1, text.cap)
        if not candidates:
            return "implied by the pattern: it has no longer string"
    return [Breach("too short" if keyword == "minLength" else "too long", keyword,
                   _maker(text, candidates, keyword))]  # fmt: skip


def _maker(text: Text, candidates: Lengths, keyword: str) -> Make:
    """Makes a string of the first length beyond the bound that has one.

    It remembers nothing: the same choices have to give the same string again.
    """
    nearest = _nearest_first(candidates, keyword)

    def make(sampler: Sampler, growth: Growth) -> Any:
        for length in nearest:
            found = text.exact(length, growth.choices.values())
            if found is not None:
                return found
        raise Unsatisfiable("implied by the pattern: no string beyond the bound was found")

    return make


def _nearest_first(candidates: Lengths, keyword: str) -> list[int]:
    found: list[int] = []
    while candidates and len(found) < _TRIED:
        length = longest(candidates) if keyword == "minLength" else shortest(candidates)
        found.append(length)
        candidates &= ~(1 << length)
    return found
