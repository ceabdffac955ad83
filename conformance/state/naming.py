"""What a value is of, by AWS's habits of naming: `QueueUrl` is the url of a queue.

A bare `Arn` below `KeyMetadata` is the arn of a key, `Rule` of the shape `RuleName` a rule's name.
"""

from __future__ import annotations

from typing import NamedTuple

from awsconform.specs.contract import Place
from awsconform.specs.producing.words import WHOLE, key, named, singular, weak_kind, words

# What is said around a noun, at the end of the names of shapes.
_AROUND = frozenset(
    {
        "type", "metadata", "detail", "summary", "info", "information", "description", "data",
        "configuration", "config", "entry", "item", "list", "response", "result", "output",
        "request", "input", "structure", "record", "member", "value", "string", "property",
    }
)  # fmt: skip
# Shapes of these are of whatever the member means, of one thing here and of another there.
_ANYTHING = frozenset({"resource", "target", "source", "entity", "parent", "object"})


class Identity(NamedTuple):
    """What a value identifies, as nouns are compared, and the kind of identifier it is."""

    noun: str
    kind: str


def identity(place: Place, about: str = "") -> Identity | None:
    """What the value of a place identifies; None where its name is no identifier's.

    `about` is the noun of the operation, for a bare `Arn` or `Id` at the top.
    """
    members = [segment for segment in place.path if segment[0] not in "*@"]
    name = members[-1] if members else ""
    for each in (name, _shape(place)):
        found = named(each)
        kind = found.kind if found.kind != WHOLE else weak_kind(each)
        if kind is None:
            continue
        noun = found.words if found.kind != WHOLE else words(each)[:-1]
        return Identity(key(tuple(noun)) or noun_around(place) or about, kind)
    return None


def is_telling(shape: str | None) -> bool:
    """Whether a shape's name says of what its values are, as `FarmId` does and `String` does not.

    Such a shape stands for the same thing wherever it is met.
    """
    parts = _core(_plain(shape))
    found = named("".join(word.title() for word in parts))
    return found.kind != WHOLE and found.key not in _ANYTHING and found.key != ""


def shape_name(place: Place) -> str | None:
    """The name of a place's shape, None where it has none."""
    return _plain(place.shape) or None


def _plain(shape: str | None) -> str:
    return (shape or "").removeprefix("#/$defs/")


def _shape(place: Place) -> str:
    return "".join(word.title() for word in _core(_plain(place.shape)))


def _core(name: str) -> tuple[str, ...]:
    """The words of a shape's name without those that say nothing of the thing."""
    parts = words(name)
    while parts and singular(parts[-1]) in _AROUND:
        parts = parts[:-1]
    return parts


def noun_around(place: Place) -> str:
    """The noun of the nearest structure around a place whose shape's name has one."""
    parent = place.parent
    while parent is not None and parent.path:
        if parent.kind == "structure":
            return key(_core(_plain(parent.shape)))
        parent = parent.parent
    return ""
