"""The JSON of a body to logical JSON, by readers compiled once for each structure of a contract.

A reader is a closure for one place. It notes what is present by number, since adding a small
number to a set is several times cheaper than adding a path, and makes pointers only for problems.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from awsconform.conformance.wire import timestamps
from awsconform.conformance.wire.answer import Part, Problem
from awsconform.conformance.wire.text import is_base64
from awsconform.specs.contract import ITEM, KEY, VALUE, Contract, Schema, SegmentPath, dense

# Where in the value a reader is: the place around it and the last segment, () at the top.
At = tuple[Any, ...]
Read = Callable[[Any, At, "Findings"], Any]
_Member = tuple[str, int, Read | None]
# A shape and the path that what lies below it has.
_Opened = tuple[str | None, SegmentPath]


class Findings:
    """What one reading found out besides the value."""

    __slots__ = ("nulls", "present", "problems", "unknown")

    def __init__(self) -> None:
        self.present: set[int] = set()
        self.problems: list[Problem] = []
        self.unknown: dict[SegmentPath, None] = {}
        self.nulls: set[int] = set()


class JsonReader:
    """The readers of one part of a contract.

    `root` begins every path (an error's code, or nothing). With `wire` the values have the names
    and forms of the wire; without, they are logical JSON already and are only walked.
    """

    def __init__(self, contract: Contract, part: Part, root: SegmentPath, *, wire: bool) -> None:
        self.contract = contract
        self.part = part
        self.wire = wire
        self.root = root
        self.paths: list[SegmentPath] = []
        self._numbers: dict[SegmentPath, int] = {}
        self._readers: dict[_Opened, Read] = {}

    def number(self, path: SegmentPath) -> int:
        """The number that stands for a path."""
        known = self._numbers.get(path)
        if known is None:
            known = self._numbers[path] = len(self.paths)
            self.paths.append(path)
        return known

    def reader(self, schema: Mapping[str, Any], path: SegmentPath) -> Read | None:
        """The reader of a place; None where a value is taken as it is, whatever it is.

        A shape that is opened elsewhere is read by the reader of that place, so that paths are
        those that the contract has.
        """
        resolved = self.contract.resolve(schema)
        kind = resolved.get("aws", {}).get("type")
        if kind in ("structure", "list", "map"):
            opened = (schema.get("$ref"), self._onward(path))
            known = self._readers.get(opened)
            if known is not None:
                return known
            if kind == "structure":
                read = self.structure(resolved, opened)
                return _each(read) if resolved["aws"].get("eventstream") else read
            return self._list(resolved, opened) if kind == "list" else self._map(resolved, opened)
        if kind == "timestamp" and self.wire:
            return self._timestamp(resolved["aws"].get("timestampFormat", timestamps.EPOCH), path)
        if kind == "blob" and self.wire:
            return self._blob(path)
        return None

    def _onward(self, path: SegmentPath) -> SegmentPath:
        part = self.root[0] if self.root else "response"
        return (*self.root, *self.contract.onward(part, path[len(self.root) :]))

    def structure(
        self, schema: Schema, opened: _Opened, outside: frozenset[str] = frozenset()
    ) -> Read:
        """The reader of a structure; `outside` are its members that are not in the body."""
        members: dict[str, _Member] | None = None
        path = opened[1]
        union = bool(schema.get("aws", {}).get("union"))
        names = outside | schema["properties"].keys()

        def read(value: Any, at: At, findings: Findings) -> Any:
            nonlocal members
            if type(value) is not dict:
                return value
            if members is None:
                members = self._members(schema, path)
            made = {}
            present = findings.present
            for key, item in value.items():
                member = members.get(key)
                if member is not None:
                    if item is None:
                        findings.nulls.add(member[1])
                        continue
                    present.add(member[1])
                    below = member[2]
                    made[member[0]] = item if below is None else below(item, (at, member[0]),
                                                                       findings)  # fmt: skip
                elif not (union and key == "__type"):
                    # Clients are told to pass over a union's `__type`.
                    findings.unknown[(*path, key)] = None
                    if key not in names and item is not None:
                        made[key] = item
            return made

        return self._known(opened, read)

    def _known(self, opened: _Opened, read: Read) -> Read:
        if opened[0] is not None:
            self._readers[opened] = read
        return read

    def _members(self, schema: Schema, path: SegmentPath) -> dict[str, _Member]:
        members = {}
        for name, member in schema["properties"].items():
            below = (*path, name)
            wire = member.get("aws", {}).get("locationName", name) if self.wire else name
            members[wire] = (name, self.number(below), self.reader(member, below))
        return members

    def _list(self, schema: Schema, opened: _Opened) -> Read:
        here = (*opened[1], ITEM)
        number = self.number(here)

        def read(value: Any, at: At, findings: Findings) -> Any:
            if type(value) is not list or not value:
                return value
            findings.present.add(number)
            if below is None:
                return value
            return [below(item, (at, index), findings) for index, item in enumerate(value)]

        self._known(opened, read)
        below = self.reader(dense(schema["items"]), here)
        return read

    def _map(self, schema: Schema, opened: _Opened) -> Read:
        here = (*opened[1], VALUE)
        numbers = (self.number((*opened[1], KEY)), self.number(here))

        def read(value: Any, at: At, findings: Findings) -> Any:
            if type(value) is not dict or not value:
                return value
            findings.present.update(numbers)
            if below is None:
                return value
            return {key: below(item, (at, key), findings) for key, item in value.items()}

        self._known(opened, read)
        below = self.reader(dense(schema["additionalProperties"]), here)
        return read

    def _timestamp(self, form: str, path: SegmentPath) -> Read:
        def read(value: Any, at: At, findings: Findings) -> Any:
            made: str | None = None
            if type(value) is str:
                if form == timestamps.ISO8601 and timestamps.is_rfc3339(value):
                    return value
                if form == timestamps.HTTP_DATE:
                    made = timestamps.from_http_date(value)
            elif type(value) is int or type(value) is float:
                made = timestamps.from_epoch(value)
                if form != timestamps.EPOCH:
                    self._problem(findings, path, "timestamp", at, value, form)
                    return value if made is None else made
            else:
                return value
            if made is None:
                self._problem(findings, path, "timestamp", at, value, form)
                return value
            return made

        return read

    def _blob(self, path: SegmentPath) -> Read:
        def read(value: Any, at: At, findings: Findings) -> Any:
            if type(value) is str and not is_base64(value):
                self._problem(findings, path, "blob", at, value, "base64")
            return value

        return read

    def _problem(
        self, findings: Findings, path: SegmentPath, kind: str, at: At, value: Any, form: str
    ) -> None:
        shown = repr(value)
        shown = shown if len(shown) <= 80 else f"{shown[:79]}…"
        message = f"{shown} is not {form}"
        findings.problems.append(Problem(self.part, path, kind, pointer(at), message))


def _each(event: Read) -> Read:
    """The reader of a stream, whose value is a list of events."""

    def read(value: Any, at: At, findings: Findings) -> Any:
        if type(value) is not list:
            return value
        return [event(item, (at, index), findings) for index, item in enumerate(value)]

    return read


def pointer(at: At) -> str:
    """The JSON Pointer of a position."""
    segments = []
    while at:
        at, segment = at
        segments.append(str(segment).replace("~", "~0").replace("/", "~1"))
    return "".join(f"/{segment}" for segment in reversed(segments))
