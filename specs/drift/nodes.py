"""What differs between two schema nodes at the same place, apart from what lies below them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from awsconform.specs.contract import Schema
from awsconform.specs.drift.changes import Side
from awsconform.specs.drift.statements import Stated

_LOW = ("minLength", "minItems", "minProperties", "minimum")
_HIGH = ("maxLength", "maxItems", "maxProperties", "maximum")
# A number of one type fits the types after it.
_WIDTHS = (("byte", "short", "integer", "long"), ("float", "double", "bigdecimal"))
_BINDING = (
    "location",
    "locationName",
    "queryName",
    "payload",
    "hostLabel",
    "jsonvalue",
    "flattened",
    "xmlNamespace",
    "xmlAttribute",
    "eventheader",
    "eventpayload",
)
_STREAMS = ("streaming", "eventstream", "event")
_TRAITS = (
    ("idempotencyToken", "idempotency-token-gained", "idempotency-token-lost"),
    ("deprecated", "deprecated", "undeprecated"),
    ("sensitive", "sensitive-gained", "sensitive-lost"),
)


class Difference(NamedTuple):
    """A kind of change, the keyword it is about, and what was and is stated."""

    kind: str
    keyword: str
    subject: str
    before: Any
    after: Any


def kind_of(schema: Schema) -> str:
    """The AWS type of a node."""
    return str(schema.get("aws", {}).get("type", "document"))


def differences(
    old: Schema, new: Schema, side: Side, stated: Stated, *, is_key: bool
) -> Iterator[Difference]:
    """What differs between two resolved nodes; nothing else of nodes whose types differ."""
    first, second = stated.type_of(kind_of(old)), stated.type_of(kind_of(new))
    if first != second and not _told_otherwise(old, new, {first, second}):
        yield Difference(_type_change(first, second), "type", "", first, second)
    if side in stated.enums and (stated.key_enums or not is_key):
        yield from _enum(old.get("enum"), new.get("enum"))
    if stated.bounds and first == second:
        yield from _bounds(old, new)
        yield from _pattern(old.get("pattern"), new.get("pattern"))
    if stated.wire:
        yield from _wire(old.get("aws", {}), new.get("aws", {}))


def is_structure(schema: Schema) -> bool:
    """Whether a node has members."""
    return "properties" in schema or kind_of(schema) == "structure"


def _told_otherwise(old: Schema, new: Schema, kinds: set[str]) -> bool:
    """Whether a page has another word for a type because it says no more, or clients convert."""
    facts = [old.get("aws", {}), new.get("aws", {})]
    if any(each.get("recursive") for each in facts):
        return kinds == {"structure", "map"}
    return any(each.get("jsonvalue") for each in facts) and kinds == {"document", "string"}


def _type_change(first: str, second: str) -> str:
    for widths in _WIDTHS:
        if first in widths and second in widths:
            wider = widths.index(second) > widths.index(first)
            return "type-widened" if wider else "type-narrowed"
    return "type-changed"


def _enum(old: list[str] | None, new: list[str] | None) -> Iterator[Difference]:
    if old is None and new is not None:
        yield Difference("enum-gained", "enum", "", None, new)
    elif old is not None and new is None:
        yield Difference("enum-dropped", "enum", "", old, None)
    elif old is not None and new is not None:
        for value in new:
            if value not in old:
                yield Difference("enum-value-gained", "enum", str(value), None, value)
        for value in old:
            if value not in new:
                yield Difference("enum-value-lost", "enum", str(value), value, None)


def _bounds(old: Schema, new: Schema) -> Iterator[Difference]:
    if old.get("aws", {}).get("union") or new.get("aws", {}).get("union"):
        yield from _union(bool(old["aws"].get("union")), bool(new["aws"].get("union")))
        return
    for keyword in _LOW:
        # Nothing is shorter than 0.
        nothing = None if keyword == "minimum" else 0
        yield from _bound(keyword, old.get(keyword, nothing), new.get(keyword, nothing), low=True)
    for keyword in _HIGH:
        yield from _bound(keyword, old.get(keyword), new.get(keyword), low=False)
    if kind_of(old) == "blob":
        for keyword, key in (("minLength", "min"), ("maxLength", "max")):
            before, after = old["aws"].get(key), new["aws"].get(key)
            if key == "min":
                before, after = before or 0, after or 0
            yield from _bound(keyword, before, after, low=key == "min")


def _bound(keyword: str, old: Any, new: Any, *, low: bool) -> Iterator[Difference]:
    if old == new:
        return
    widened = new is None if old is None or new is None else (new < old) == low
    yield Difference("bound-widened" if widened else "bound-narrowed", keyword, keyword, old, new)


def _union(old: bool, new: bool) -> Iterator[Difference]:
    if old != new:
        yield Difference("union-gained" if new else "union-dropped", "union", "", old, new)


def _pattern(old: str | None, new: str | None) -> Iterator[Difference]:
    if old == new:
        return
    kind = "pattern-gained" if old is None else "pattern-changed"
    kind = "pattern-dropped" if new is None else kind
    yield Difference(kind, "pattern", "", old, new)


def _wire(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    in_path = old.get("location") == new.get("location") == "uri"
    for name in _BINDING:
        # What a label of the path is called is never on the wire.
        if old.get(name) != new.get(name) and not (in_path and name == "locationName"):
            yield Difference("binding-changed", "binding", name, old.get(name), new.get(name))
    for name in _STREAMS:
        if bool(old.get(name)) != bool(new.get(name)):
            yield Difference("stream-changed", "stream", name, old.get(name), new.get(name))
    if old.get("timestampFormat") != new.get("timestampFormat") and old.get("type") == new.get(
        "type"
    ):
        before, after = old.get("timestampFormat"), new.get("timestampFormat")
        yield Difference("timestamp-format-changed", "timestamp", "", before, after)
    if bool(old.get("sparse")) != bool(new.get("sparse")):
        kind = "sparse-gained" if new.get("sparse") else "sparse-dropped"
        yield Difference(kind, "sparse", "", bool(old.get("sparse")), bool(new.get("sparse")))
    for name, gained, lost in _TRAITS:
        if bool(old.get(name)) != bool(new.get(name)):
            kind = gained if new.get(name) else lost
            yield Difference(kind, name, "", bool(old.get(name)), bool(new.get(name)))
