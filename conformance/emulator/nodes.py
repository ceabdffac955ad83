"""The shapes of one part of a contract, made ready for walking values fast."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from awsconform.specs.contract import Contract, dense

BODY = "body"


@dataclass(eq=False)
class Node:
    """A shape: its AWS type, its members, the item of a list or the value of a map."""

    kind: str
    timestamp: str | None = None
    members: list[Member] = field(default_factory=list)
    item: Node | None = None

    @functools.cached_property
    def is_converted(self) -> bool:
        """Whether a value of this shape can look different on the wire."""
        return any(
            node.kind == "timestamp"
            or any(member.name != member.wire_name for member in node.members)
            for node in self._reachable(set())
        )

    @functools.cached_property
    def body(self) -> list[Member]:
        """The members that travel in the body."""
        return [member for member in self.members if member.location == BODY]

    @functools.cached_property
    def elsewhere(self) -> list[Member]:
        """The members that travel in path, query, headers or status line."""
        return [member for member in self.members if member.location != BODY]

    def _reachable(self, seen: set[int]) -> Iterator[Node]:
        if id(self) not in seen:
            seen.add(id(self))
            yield self
            for member in self.members:
                yield from member.node._reachable(seen)
            if self.item is not None:
                yield from self.item._reachable(seen)


@dataclass(eq=False)
class Member:
    """A member of a structure: its name in logical JSON and on the wire, and where it travels."""

    name: str
    wire_name: str
    location: str
    node: Node


def nodes(contract: Contract, part: str) -> Node:
    """The tree of `request`, `response` or an error's code; a structure at the top."""
    shape = contract.part_shape(part)
    return _node(contract, {"$ref": f"#/$defs/{shape}"}, {}) if shape else Node("structure")


def _node(contract: Contract, schema: Mapping[str, Any], known: dict[str, Node]) -> Node:
    schema = dense(schema)
    resolved = contract.resolve(schema)
    aws = resolved.get("aws", {})
    key = repr((schema.get("$ref"), aws.get("timestampFormat")))
    if "$ref" in schema and key in known:
        return known[key]
    node = known[key] = Node(aws.get("type", "document"), aws.get("timestampFormat"))
    for name, below in resolved.get("properties", {}).items():
        beside = contract.resolve(below).get("aws", {})
        node.members.append(
            Member(
                name,
                beside.get("locationName", name),
                beside.get("location", BODY),
                _node(contract, below, known),
            )
        )
    inside = resolved.get("items", resolved.get("additionalProperties"))
    if isinstance(inside, Mapping):
        node.item = _node(contract, inside, known)
    return node
