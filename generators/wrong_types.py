"""Values of another JSON type than the one documented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from awsconform.generators.breaches import Breach, Spot
from awsconform.generators.choices import Choices
from awsconform.generators.locations import Location
from awsconform.generators.shapes import Growth, Make, Sampler
from awsconform.specs.contract import ITEM, KEY, VALUE

_WORDS = "abcdefghijklmnopqrstuvwxyz"
_NUMERIC = ("byte", "short", "integer", "long", "float", "double", "bigdecimal")
_INTEGRAL = ("byte", "short", "integer", "long")


def _word(choices: Choices) -> str:
    return choices.plain().text(_WORDS, 12)


_KINDS: dict[str, Callable[[Choices], Any]] = {
    "text": _word,
    "number": lambda choices: choices.integer(1, 1000),
    # False is taken for what is not there, by implementations that ask for truth.
    "boolean": lambda choices: True,
    "list": lambda choices: [_word(choices)],
    "object": lambda choices: {choices.plain().text(_WORDS, 8): _word(choices)},
    "fraction": lambda choices: choices.integer(1, 1000) + 0.5,
    "null": lambda choices: None,
}
# What is still wrong when it is written in a body that is made of text.
_TEXTS_WRITTEN = ("list", "object")
_WRITTEN = {
    "structure": ("text", "number", "boolean"),
    "map": ("text", "number", "boolean"),
    "list": ("text", "number", "boolean"),
    "boolean": ("text", "number", "list", "object"),
    "timestamp": ("list", "object"),
    **dict.fromkeys(_NUMERIC, ("text", "boolean", "fraction", "list", "object")),
}
_ACCEPTED = {
    "structure": ("object",),
    "map": ("object",),
    "list": ("list",),
    "boolean": ("boolean",),
    # On the wire an instant is a number or a text.
    "timestamp": ("text", "number"),
    **dict.fromkeys(_NUMERIC, ("number",)),
}


def breaches(spot: Spot) -> list[Breach] | str:
    """The wrong types that can be sent at a place, or why none can."""
    kind, location = spot.place.kind, spot.location
    if spot.place.path[-1] == KEY:
        return "every key of a JSON object is a string"
    if not location.in_body:
        return _textual(spot)
    accepted = _ACCEPTED.get(kind, ("text",))
    labels = [
        label for label in ("text", "number", "boolean", "list", "object") if label not in accepted
    ]
    if kind in _INTEGRAL:
        labels.append("fraction")
    if spot.place.path[-1] in (ITEM, VALUE) and not _sparse(spot):
        labels.append("null")
    if location is not Location.BODY:
        labels = [label for label in labels if label in _WRITTEN.get(kind, _TEXTS_WRITTEN)]
    found = [Breach(label, "type", _make(label)) for label in labels]
    if kind == "timestamp":
        found.insert(0, Breach("text", "format", _make("text")))
    return found


def _textual(spot: Spot) -> list[Breach] | str:
    kind, location = spot.place.kind, spot.location
    if location in (Location.RAW, Location.HOST):
        return f"whatever is sent in the {location} is of the right type"
    if kind == "timestamp":
        return [Breach("text", "format", _make("text"))]
    if kind in _NUMERIC or kind == "boolean":
        return [Breach("text", "type", _make("text"))]
    return f"the {location} carries nothing but text"


def _sparse(spot: Spot) -> bool:
    parent = spot.place.parent
    return parent is not None and bool(parent.aws.get("sparse"))


def _make(label: str) -> Make:
    def make(sampler: Sampler, growth: Growth) -> Any:
        return _KINDS[label](growth.choices.values())

    return make
