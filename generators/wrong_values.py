"""Values of the right type and size that are not among those documented."""

from __future__ import annotations

from typing import Any

from awsconform.generators.breaches import Breach, Spot, fixed
from awsconform.generators.leaves import TextLeaf, admits, text_of
from awsconform.generators.locations import Location
from awsconform.generators.shapes import Growth, LeafSampler, Make, Sampler, Unsatisfiable
from awsconform.generators.strings import MISMATCHES, Text
from awsconform.generators.structures import StructureSampler

_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ATTEMPTS = 20
_USUAL = 12


def enum(spot: Spot) -> list[Breach] | str:
    """A value nobody documents, a documented one in other letters, and the empty string."""
    text = text_of(spot.schema, spot.location)
    options = spot.schema["enum"]
    found = [Breach("unknown", "enum", _unknown(text, options))]
    swapped = next(
        (s for s in (each.swapcase() for each in options) if s not in options and admits(text, s)),
        None,
    )
    if swapped is not None:
        found.append(Breach("wrong case", "enum", fixed(swapped)))
    if "" not in options and admits(text, ""):
        found.append(Breach("empty", "enum", fixed("")))
    return found


def _unknown(text: Text, options: list[str]) -> Make:
    def make(sampler: Sampler, growth: Growth) -> Any:
        plain = growth.choices.plain()
        for _ in range(_ATTEMPTS):
            length = max(text.low, _USUAL if text.high is None else min(_USUAL, text.high))
            word = plain.text(_CAPITALS, length)
            if not admits(text, word) and text.ends is not None:
                word = text.fresh(plain)
            if word not in options and admits(text, word):
                return word
        raise Unsatisfiable("no other value fits the pattern and the bounds")

    return make


def pattern(spot: Spot) -> list[Breach] | str:
    """Strings within the length bounds that the pattern refuses."""
    if not isinstance(spot.sampler, LeafSampler) or not isinstance(spot.sampler.leaf, TextLeaf):
        return "the enumeration refuses it as well"
    text = spot.sampler.leaf.text
    return [Breach(label, "pattern", _mismatch(text, label)) for label in MISMATCHES]


def _mismatch(text: Text, label: str) -> Make:
    def make(sampler: Sampler, growth: Growth) -> Any:
        found = text.mismatching(growth.choices.plain(), label)
        if found is None:
            raise Unsatisfiable(
                "the pattern refuses no string that fits the bounds and can be sent"
            )
        return found

    return make


def union(spot: Spot) -> list[Breach] | str:
    """No arm of a union, and two."""

    def two(sampler: Sampler, growth: Growth) -> Any:
        assert isinstance(sampler, StructureSampler)
        if len(sampler.optional) < 2:
            raise Unsatisfiable("the union has one arm that can be sent")
        return {name: sampler.members[name].sample(growth, 1) for name in sampler.optional[:2]}

    none = Breach("none", "minProperties", fixed({}))
    carried = spot.location.carries_empty(spot.schema)
    return [*([none] if carried else []), Breach("two arms", "maxProperties", two)]


def required(spot: Spot) -> list[Breach] | str:
    """A required member left out, and null instead."""
    place, location = spot.place, spot.location
    if location is Location.PATH:
        return "a request without it would have another path"
    if location is Location.HOST:
        return "a request without it would go to another host"
    name = place.path[-1]

    def without(sampler: Sampler, growth: Growth) -> Any:
        value: dict[str, Any] = sampler.sample(growth, 1)
        return {key: each for key, each in value.items() if key != name}

    found = [Breach("omitted", "required", without, outer=True, within=(name,))]
    # Elsewhere null cannot be told from an absent member, and any document may be null.
    if location is Location.BODY and not place.aws.get("payload") and place.kind != "document":
        found.append(Breach("null", "type", fixed(None)))
    return found
