"""Values at the edge of what a keyword allows, one edge per keyword, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from awsconform.generators.choices import Choices
from awsconform.generators.containers import ListSampler, MapSampler
from awsconform.generators.leaves import TextLeaf
from awsconform.generators.locations import Location
from awsconform.generators.shapes import Growth, LeafSampler, Make, Sampler, Unsatisfiable
from awsconform.generators.strings import Text
from awsconform.specs.contract import Place

# Longer lists and maps are not sent: they say little and cost much.
MOST_ITEMS = 2000
MOST_LOCATED_ITEMS = 100


@dataclass(frozen=True)
class Recipe:
    """How to make one labelled value of a place."""

    label: str
    make: Make


def text_length(sampler: Sampler, keyword: str, length: int, location: Location) -> Recipe | str:
    """A valid string of exactly `length` characters."""
    assert isinstance(sampler, LeafSampler)
    if not isinstance(sampler.leaf, TextLeaf):
        return "the enumeration leaves no such length"
    text = sampler.leaf.text
    why = refused_length(text, length, location)
    if why is not None:
        return why

    def make(_: Sampler, growth: Growth) -> Any:
        return exactly(text, length, growth.choices.values())

    return Recipe(f"length {length}", make)


def exactly(text: Text, length: int, choices: Choices) -> str:
    """A string of a length that matches the pattern.

    Raises:
        Unsatisfiable: none was found.
    """
    found = text.exact(length, choices)
    if found is None:
        raise Unsatisfiable(f"no string of length {length} was found that fits the pattern")
    return found


def refused_length(text: Text, length: int, location: Location) -> str | None:
    """Why no string of a length can be sent, or None."""
    if length > location.room:
        return f"{length} characters are more than the suite sends in a {location}"
    if length == 0 and not location.carries(""):
        return f"the {location} cannot carry an empty value"
    if not text.reachable >> length & 1:
        return "implied by the pattern: it has no string of that length"
    return None


def number(keyword: str, value: float) -> Recipe:
    """The bound of a number itself."""
    return Recipe(f"value {value}", lambda sampler, growth: value)


def size(sampler: Sampler, count: int, location: Location) -> Recipe | str:
    """A list or map of exactly `count` valid entries."""
    assert isinstance(sampler, ListSampler | MapSampler)
    most = MOST_ITEMS if location.in_body else MOST_LOCATED_ITEMS
    if count > most:
        return f"{count} entries are more than the suite sends in a {location}"
    if count == 0 and location not in (Location.BODY, Location.XML):
        return f"the {location} cannot carry an empty collection"

    def make(here: Sampler, growth: Growth) -> Any:
        assert isinstance(here, ListSampler | MapSampler)
        # Depth is unknown here and does not matter: entries are to be as small as they can be.
        made = here.of_size(count, growth, _DEEP)
        if len(made) != count:
            raise Unsatisfiable(f"{count} different keys were not found")
        return made

    return Recipe(f"{count} entries", make)


_DEEP = 100


def boundary(place: Place, sampler: Sampler, keyword: str, location: Location) -> Recipe | str:
    """The recipe for a value at the bound `keyword` states, or why there is none."""
    bound = place.schema[keyword]
    if keyword in ("minLength", "maxLength"):
        return text_length(sampler, keyword, bound, location)
    if keyword in ("minimum", "maximum"):
        return number(keyword, bound)
    return size(sampler, bound, location)
