"""The positions of a structure, found by following its schema.

A shape that is used at many places is a graph, not a tree, and a tree made of it has no bound: one
request of QuickSight has more than 50,000 places. So beyond `MOST_OPEN` places a shape is opened
only where it is met first. Wherever else it stands, the place itself counts, with what holds of it
there; of what lies below, the first place speaks, as it does in recursion.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

ITEM, KEY, VALUE = "*", "@key", "@value"
# 18 of 19,796 requests have more places than this.
MOST_OPEN = 1000

Schema = dict[str, Any]
SegmentPath = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A position in a structure: `("statistics", "*", "usageType")` and the schema that holds.

    `schema` is resolved (no `$ref` on its own level). `required` says whether the enclosing
    structure requires it. `parent` is the place of that structure, None at the top. `shape` is the
    name of its shape, None where it has none.
    """

    path: SegmentPath
    schema: Schema = field(compare=False)
    required: bool = field(compare=False)
    parent: Place | None = field(compare=False, repr=False)
    shape: str | None = field(default=None, compare=False)

    @property
    def aws(self) -> dict[str, Any]:
        """AWS's own facts about the member and its shape: type, location, names."""
        aws: dict[str, Any] = self.schema.get("aws", {})
        return aws

    @property
    def kind(self) -> str:
        """The AWS type: structure, list, map, string, integer, timestamp, document, …"""
        return str(self.aws.get("type", "document"))

    @property
    def text(self) -> str:
        """The path as clause ids write it: `statistics/*/usageType`."""
        return "/".join(self.path)

    def is_member(self) -> bool:
        """Whether this is a named member of a structure, not a list item or map entry."""
        return bool(self.path) and self.path[-1] not in (ITEM, KEY, VALUE)


@dataclass(frozen=True)
class _Visit:
    """A place on the way, and the open shapes around it."""

    place: Place
    around: Mapping[str, SegmentPath]
    below: list[_Visit] = field(default_factory=list)


class Places:
    """The places of one structure, the outermost first, each before those below it.

    `all` and `by_path` have them all, `members` those right below the top. `onward` says, for a
    place that is not opened, at which path what lies below is found: around it in recursion, else
    where the shape is met first.
    """

    def __init__(
        self,
        top: Mapping[str, Any] | None,
        resolve: Callable[[Mapping[str, Any]], Schema],
        *,
        most: int = MOST_OPEN,
    ) -> None:
        self._resolve = resolve
        self.onward: dict[SegmentPath, SegmentPath] = {}
        found = self._found(top, most) if top is not None else iter(())
        self.by_path: dict[SegmentPath, Place] = {place.path: place for place in found}
        self.all = tuple(self.by_path.values())
        self.members = {place.path[0]: place for place in self.all if len(place.path) == 1}

    def _found(self, top: Mapping[str, Any], most: int) -> Iterator[Place]:
        first: dict[str, SegmentPath] = {}
        start = self._visit((), top, False, None, {})
        # Level by level, so that a shape is opened where it lies nearest to the top.
        waiting, met = deque([start]), 1
        while waiting:
            here = waiting.popleft()
            path, name = here.place.path, here.place.shape
            if name is not None and name in here.around:
                self.onward[path] = here.around[name]
                continue
            members = list(_members(here.place))
            if name is not None and members:
                if met >= most and name in first:
                    self.onward[path] = first[name]
                    continue
                first.setdefault(name, path)
            around = here.around if name is None else {**here.around, name: path}
            for segment, schema, required in members:
                below = self._visit((*path, segment), schema, required, here.place, around)
                here.below.append(below)
                waiting.append(below)
            met += len(members)
        yield from _in_order(start)

    def _visit(
        self,
        path: SegmentPath,
        schema: Mapping[str, Any],
        required: bool,
        parent: Place | None,
        around: Mapping[str, SegmentPath],
    ) -> _Visit:
        place = Place(path, self._resolve(schema), required, parent, schema.get("$ref"))
        return _Visit(place, around)

    def generalise(self, pointer: tuple[str | int, ...]) -> SegmentPath:
        """The path of an instance pointer: `("statistics", 3, "usageType")` → `*`."""
        here: SegmentPath = ()
        for segment in pointer:
            here = self.onward.get(here, here)
            place = self.by_path.get(here)
            schema = {} if place is None else place.schema
            if isinstance(segment, int):
                step = ITEM
            elif segment not in schema.get("properties", {}) and isinstance(
                schema.get("additionalProperties"), dict
            ):
                step = VALUE
            else:
                step = segment
            here = (*here, step)
        return here


def _members(place: Place) -> Iterator[tuple[str, Mapping[str, Any], bool]]:
    """What lies right below a place: segment, schema, and whether it is required."""
    schema = place.schema
    wanted = set(schema.get("required", ()))
    for member, below in schema.get("properties", {}).items():
        yield member, below, member in wanted
    for keyword, segment in (
        ("items", ITEM),
        ("propertyNames", KEY),
        ("additionalProperties", VALUE),
    ):
        below = schema.get(keyword)
        if isinstance(below, dict):
            yield segment, dense(below), False


def _in_order(visit: _Visit) -> Iterator[Place]:
    waiting = [visit]
    while waiting:
        here = waiting.pop()
        yield here.place
        waiting.extend(reversed(here.below))


def dense(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of a sparse collection's item apart from its being null."""
    arms = schema.get("anyOf")
    if isinstance(arms, list) and {"type": "null"} in arms:
        arm: Mapping[str, Any] = next(arm for arm in arms if arm != {"type": "null"})
        return arm
    return schema
