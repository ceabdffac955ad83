"""Request, response or error of an operation, old and new, walked side by side.

Where both documents name their shapes, a pair of shapes is first found to differ somewhere below or
not, and what does not differ is not walked. A pair that is met again inside itself is not opened
again; beyond `MOST_OPEN` places a pair is opened only where it is met first, as everywhere in the
suite.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from awsconform.specs.contract import ITEM, KEY, VALUE, Schema, SegmentPath, dense
from awsconform.specs.drift.changes import Side
from awsconform.specs.drift.nodes import Difference, differences, is_structure, kind_of
from awsconform.specs.drift.statements import Stated
from awsconform.specs.places import MOST_OPEN

_COLLECTIONS = (("items", ITEM), ("propertyNames", KEY), ("additionalProperties", VALUE))
# What is said of a member and not of its shape.
_OF_MEMBER = frozenset(
    {"binding-changed", "stream-changed", "timestamp-format-changed", "deprecated", "undeprecated",
     "idempotency-token-gained", "idempotency-token-lost"}
)  # fmt: skip

Pair = tuple[str | None, str | None]
Node = tuple[Mapping[str, Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Spot:
    """A difference and where it is: its path, and the shape that was changed."""

    path: SegmentPath
    shape: str | None
    member: str
    difference: Difference


class Part:
    """The schemas of one part of two documents.

    `hidden` are names of request members that one of the documents replaces by options of its own.
    """

    def __init__(
        self,
        old: dict[str, Schema],
        new: dict[str, Schema],
        side: Side,
        stated: Stated,
        *,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        self._definitions = (old, new)
        self._side = side
        self._stated = stated
        self._hidden = hidden
        self._differ: dict[Pair, bool] = {}
        self._met: set[Pair] = set()
        self._open = 0

    def spots(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Spot]:
        """Every difference below two nodes, in the order of the old document."""
        self._settle((old, new))
        yield from self._walk((), (old, new), frozenset(), None, "", is_key=False)

    def _resolved(self, node: Node) -> tuple[Schema, Schema]:
        return _resolve(node[0], self._definitions[0]), _resolve(node[1], self._definitions[1])

    def _walk(
        self,
        path: SegmentPath,
        node: Node,
        chain: frozenset[Pair],
        owner: str | None,
        member: str,
        *,
        is_key: bool,
    ) -> Iterator[Spot]:
        pair = _names(node)
        named = pair != (None, None)
        if named and not self._differs(node):
            return
        old, new = self._resolved(node)
        shape = pair[1] or pair[0]
        for each in differences(old, new, self._side, self._stated, is_key=is_key):
            if each.kind in _OF_MEMBER:
                yield Spot(path, owner, member, each)
            else:
                yield Spot(path, shape, "", each)
        if named and (pair in chain or (self._open >= MOST_OPEN and pair in self._met)):
            return
        self._met.add(pair)
        self._open += 1
        inside = chain | {pair} if named else chain
        yield from self._members(path, old, new, shape, inside)
        for below, segment in _below(old, new):
            yield from self._walk(
                (*path, segment), below, inside, shape, segment, is_key=segment == KEY
            )

    def _members(
        self,
        path: SegmentPath,
        old: Schema,
        new: Schema,
        shape: str | None,
        chain: frozenset[Pair],
    ) -> Iterator[Spot]:
        if not (is_structure(old) and is_structure(new)) or _endless(old, new):
            return
        first, second = old.get("properties", {}), new.get("properties", {})
        hidden = self._hidden if not path else frozenset()
        gave, wants = set(old.get("required", ())), set(new.get("required", ()))
        judged = self._requires(path)
        for name, node in first.items():
            if name in second:
                told = judged and not _endless(node, second[name])
                if told and (name in gave) != (name in wants):
                    kind = "required-gained" if name in wants else "required-dropped"
                    change = Difference(kind, "required", name, name in gave, name in wants)
                    yield Spot((*path, name), shape, name, change)
                below = (node, second[name])
                yield from self._walk((*path, name), below, chain, shape, name, is_key=False)
            elif name not in hidden:
                kind = "required-member-removed" if name in gave else "member-removed"
                change = Difference(kind, "member", name, _type(node, self._definitions[0]), None)
                yield Spot((*path, name), shape, name, change)
        for name, node in second.items():
            if name not in first and name not in hidden:
                kind = "required-member-added" if name in wants else "member-added"
                change = Difference(kind, "member", name, None, _type(node, self._definitions[1]))
                yield Spot((*path, name), shape, name, change)

    def _requires(self, path: SegmentPath) -> bool:
        if self._side in self._stated.required:
            return True
        return self._side is Side.REQUEST and not path and self._stated.top_required

    def _differs(self, node: Node) -> bool:
        """Whether anything differs at or below a node, its member's own facts included."""
        return self._differ.get(_names(node), True) or _beside(node[0]) != _beside(node[1])

    def _settle(self, top: Node) -> None:
        """Finds out which pairs of shapes differ: at themselves, or at any they lead to."""
        leads: dict[Pair, set[Pair]] = {}
        waiting = [top]
        while waiting:
            node = waiting.pop()
            pair = _names(node)
            if None in pair or pair in leads:
                continue
            old, new = self._resolved(node)
            below = [pairs for pairs, _ in _below(old, new)]
            first, second = old.get("properties", {}), new.get("properties", {})
            below += [(first[name], second[name]) for name in first if name in second]
            own = _own(self._definitions[0][str(pair[0])]) != _own(
                self._definitions[1][str(pair[1])]
            )
            own = own or any(
                _beside(one) != _beside(other) or None in _names((one, other))
                for one, other in below
            )
            self._differ[pair] = own
            leads[pair] = {_names(each) for each in below}
            waiting += below
        _spread(self._differ, leads)


def _spread(differ: dict[Pair, bool], leads: dict[Pair, set[Pair]]) -> None:
    """Makes every pair differ that leads to one that does."""
    led: dict[Pair, list[Pair]] = {}
    for pair, targets in leads.items():
        for target in targets:
            led.setdefault(target, []).append(pair)
    waiting = [pair for pair, differs in differ.items() if differs]
    while waiting:
        for pair in led.get(waiting.pop(), ()):
            if not differ[pair]:
                differ[pair] = True
                waiting.append(pair)


def _resolve(schema: Mapping[str, Any], definitions: dict[str, Schema]) -> Schema:
    """`Contract.resolve`, for documents that need not be contracts."""
    name = schema.get("$ref")
    if name is None:
        return dict(schema)
    target = definitions[name.removeprefix("#/$defs/")]
    beside = {key: value for key, value in schema.items() if key != "$ref"}
    return {**target, **beside, "aws": {**target.get("aws", {}), **beside.get("aws", {})}}


def _names(node: Node) -> Pair:
    first, second = (side.get("$ref") for side in node)
    prefix = "#/$defs/"
    return (
        first.removeprefix(prefix) if first else None,
        second.removeprefix(prefix) if second else None,
    )


def _beside(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key not in ("$ref", "sources")}


def _own(schema: Schema) -> Any:
    """What a shape says of itself: of members and items only that they are there."""
    facts = {key: value for key, value in schema.items() if key != "sources"}
    facts["properties"] = set(schema.get("properties", ()))
    facts["required"] = set(schema.get("required", ()))
    for keyword, _ in _COLLECTIONS:
        facts.pop(keyword, None)
    return facts


def _below(old: Schema, new: Schema) -> Iterator[tuple[Node, str]]:
    for keyword, segment in _COLLECTIONS:
        first, second = old.get(keyword), new.get(keyword)
        if isinstance(first, dict) and isinstance(second, dict):
            yield (dense(first), dense(second)), segment


def _endless(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a page says no more of a structure because it is inside itself."""
    return bool(old.get("aws", {}).get("recursive") or new.get("aws", {}).get("recursive"))


def _type(schema: Mapping[str, Any], definitions: dict[str, Schema]) -> str:
    return kind_of(_resolve(schema, definitions))
