"""A service model as inference sees it: operations with the places of their requests and responses.

It is read from the model itself, since 830 contracts of one service would take too long to open.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from awsconform.specs.places import ITEM, KEY, VALUE, SegmentPath
from awsconform.specs.producing.verbs import Action, action

# How deep identifiers are looked for, in members of members.
DEEPEST = 5


@dataclass(frozen=True)
class Spot:
    """A string somewhere in a request or a response.

    `name` is the nearest member's, `shape` its own shape's, `around` the names of the structures'
    members on the way, `holders` their shapes. `required` says whether every valid value has it
    (lists count as if they had an item).
    """

    path: SegmentPath
    name: str
    shape: str
    required: bool
    uri: bool = False
    pattern: str = ""
    holders: tuple[str, ...] = field(default=(), repr=False)

    @property
    def top(self) -> bool:
        """Whether it is a member of the request or response itself, not within a list or map."""
        return len(self.path) == 1

    @property
    def in_list(self) -> bool:
        """Whether it is an item of a list that is a member of the request or response itself."""
        return len(self.path) == 2 and self.path[1] == ITEM

    @property
    def around(self) -> tuple[str, ...]:
        """The names of the members it lies in."""
        return tuple(each for each in self.path[:-1] if each not in (ITEM, KEY, VALUE))


@dataclass(frozen=True)
class OperationModel:
    """One operation: its name taken apart, and the strings of its request and response.

    `lists` are the lists right in its response with the shapes of their items, `needed` the members
    that every request has.
    """

    name: str
    action: Action
    request: tuple[Spot, ...]
    response: tuple[Spot, ...]
    lists: tuple[tuple[SegmentPath, str], ...]
    needed: frozenset[str]
    paged: bool

    @functools.cached_property
    def members(self) -> dict[str, Spot]:
        """The request's own members that are strings."""
        return {spot.name: spot for spot in self.request if spot.top}


class ServiceModel:
    """The operations of one service.

    `model` and `paginators` are in botocore's form.
    """

    def __init__(self, service: str, model: Mapping[str, Any], paginators: Mapping[str, Any]):
        self.service = service
        self._shapes: Mapping[str, Any] = model["shapes"]
        self._below: dict[str, tuple[Spot, ...]] = {}
        self.operations = {
            name: self._operation(name, stated, paginators.get(name, {}))
            for name, stated in sorted(model["operations"].items())
        }

    def _operation(
        self, name: str, stated: Mapping[str, Any], paginator: Mapping[str, Any]
    ) -> OperationModel:
        tokens = _texts(paginator.get("input_token"))
        tokens |= {"nextToken", "NextToken", "Marker", "marker", "PageToken", "pageToken"}
        sent, answered = (stated.get(part, {}).get("shape") for part in ("input", "output"))
        request = [
            spot
            for spot in (self._spots(sent) if sent else ())
            if not (spot.top and spot.name in tokens)
        ]
        response = self._spots(answered) if answered else ()
        lists = tuple(self._lists(answered)) if answered else ()
        needed = frozenset(self._shapes[sent].get("required", ()) if sent else ())
        told = action(name)
        return OperationModel(name, told, tuple(request), response, lists, needed, bool(paginator))

    def _lists(self, shape: str) -> Iterator[tuple[SegmentPath, str]]:
        """The lists that are members of a response, with the shapes of their items."""
        for member, stated in self._shapes[shape].get("members", {}).items():
            inner = self._shapes[stated["shape"]]
            if inner["type"] == "list":
                yield (member,), inner["member"]["shape"]
            elif inner["type"] == "structure":
                for below, each in inner.get("members", {}).items():
                    within = self._shapes[each["shape"]]
                    if within["type"] == "list":
                        yield (member, below), within["member"]["shape"]

    def _spots(self, shape: str) -> tuple[Spot, ...]:
        if shape not in self._below:
            self._below[shape] = tuple(self._found(shape, (), "", True, frozenset(), (), {}))
        return self._below[shape]

    def _found(
        self,
        shape: str,
        path: SegmentPath,
        name: str,
        required: bool,
        within: frozenset[str],
        holders: tuple[str, ...],
        member: Mapping[str, Any],
    ) -> Iterator[Spot]:
        stated = self._shapes[shape]
        kind = stated["type"]
        if kind == "string":
            if not stated.get("enum") and not member.get("idempotencyToken"):
                uri = member.get("location") == "uri"
                pattern = stated.get("pattern", "")
                yield Spot(path, name, shape, required, uri, pattern, holders)
            return
        if shape in within or len(holders) >= DEEPEST:
            return
        deeper, inside = within | {shape}, (*holders, shape)
        if kind == "structure":
            wanted = stated.get("required", ())
            for each, below in stated.get("members", {}).items():
                needed = required and each in wanted
                yield from self._found(
                    below["shape"], (*path, each), each, needed, deeper, inside, below
                )
        elif kind == "list":
            item = stated["member"]["shape"]
            yield from self._found(item, (*path, ITEM), name, required, deeper, inside, {})
        elif kind == "map":
            for segment, part in ((KEY, "key"), (VALUE, "value")):
                inner = stated[part]["shape"]
                yield from self._found(inner, (*path, segment), name, required, deeper, inside, {})


def _texts(stated: Any) -> set[str]:
    return {stated} if isinstance(stated, str) else set(stated or ())
