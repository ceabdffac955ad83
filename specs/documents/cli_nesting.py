"""The nesting of CLI entries: given by a JSON block, by indentation, or by the first fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from awsconform.specs.documents.cli_listing import CliEntry
from awsconform.specs.documents.source import Source
from awsconform.specs.documents.syntax import Value
from awsconform.specs.documents.tree import Member, PageWarning

_COMPLEX = ("list", "map", "structure")
_DEEPEST = 40


class Guided:
    """Nests entries along the JSON block, which must agree with them in everything."""

    def __init__(self, source: Source, entries: Sequence[CliEntry]) -> None:
        self._source = source
        self._entries = entries
        self._position = 0

    def nest(self, member: Member, value: Value, path: str) -> Member:
        """The member with everything below it; raises `PageError` at a contradiction."""
        nested = self._below(replace(member, syntax_line=value.line), value, path)
        if self._position < len(self._entries):
            entry = self._entries[self._position]
            raise self._source.error(
                entry.line, f"{path}: the JSON syntax lacks {entry.name or 'this entry'!r}"
            )
        return nested

    def _below(self, member: Member, value: Value, path: str) -> Member:
        if member.type != value.kind and value.kind != "recursive":
            raise self._source.error(
                member.line,
                f"{path}: the list says {member.type}, the JSON syntax on line {value.line}"
                f" {value.kind}",
            )
        match value.kind:
            case "list" if value.item is not None:
                return replace(member, item=self._child(None, value.item, f"{path}/*"))
            case "map" if value.item is not None and value.key is not None:
                key = self._child(None, value.key, f"{path}/@key", loose=True)
                inner = self._child(None, value.item, f"{path}/@value", loose=True)
                return replace(member, key=key, value=inner)
            case "structure":
                members = [self._child(n, v, f"{path}/{n}") for n, v in value.fields]
                return replace(member, members=tuple(members))
            case "string":
                return replace(member, enum=value.enum)
        return replace(member, recursive=value.kind == "recursive")

    def _child(self, name: str | None, value: Value, path: str, *, loose: bool = False) -> Member:
        at_end = self._position >= len(self._entries)
        entry = None if at_end else self._entries[self._position]
        if value.kind == "recursive":
            if entry is not None and entry.recursive:
                self._position += 1
            return Member(name, "structure", value.line, recursive=True)
        if entry is None:
            raise self._source.error(
                value.line,
                f"{path}: the JSON syntax has a member the list lacks",
                hint="the page may be cut off",
            )
        fused = entry.fused and name is not None and str(entry.name).endswith(name)
        if entry.recursive or (entry.name != name and not fused and not loose):
            raise self._source.error(
                entry.line,
                f"{path}: the list has {entry.name!r} where the JSON syntax on line {value.line}"
                f" has {name!r}",
            )
        self._position += 1
        member = _member(name, entry)
        return self._below(replace(member, syntax_line=value.line), value, path)


def _member(name: str | None, entry: CliEntry) -> Member:
    return Member(
        name,
        entry.word,
        entry.line,
        required=entry.required,
        union=entry.union,
        streaming=entry.streaming,
        recursive=entry.recursive,
    )


class Unguided:
    """Nests entries that no syntax block repeats, as in the output of a command.

    Where lines are indented, indentation decides. Where they are not, an entry goes to the
    innermost structure that is open, and the first such guess leaves a warning.
    """

    def __init__(self, source: Source, entries: Sequence[CliEntry]) -> None:
        self._source = source
        self._entries = entries
        self._position = 0
        self._indented = len({entry.indent for entry in entries}) > 1
        self.warnings: list[PageWarning] = []

    def nest(self, member: Member, *, indent: int = -1) -> Member:
        """The member with everything below it; raises `PageError` where something is missing."""
        nested = self._below(member, indent, ())
        if self._position < len(self._entries):
            entry = self._entries[self._position]
            raise self._source.error(entry.line, f"{entry.name!r} belongs nowhere")
        return nested

    def _next(self, indent: int) -> CliEntry | None:
        if self._position >= len(self._entries):
            return None
        entry = self._entries[self._position]
        return None if self._indented and entry.indent <= indent else entry

    def _below(self, member: Member, indent: int, around: tuple[str, ...]) -> Member:
        if member.recursive or member.type not in _COMPLEX:
            return member
        if member.type == "structure":
            members: list[Member] = []
            while (entry := self._next(indent)) is not None:
                if entry.recursive:
                    self._position += 1  # the page does not name what recurs here
                    continue
                if entry.name is None or entry.name in _names(members):
                    break
                members.append(self._take(entry, (*around, "structure")))
            return replace(member, members=tuple(members))
        if member.type == "list":
            return replace(member, item=self._one(None, member, indent, around))
        key = self._one("key", member, indent, around)
        return replace(member, key=key, value=self._one("value", member, indent, around))

    def _one(
        self, name: str | None, member: Member, indent: int, around: tuple[str, ...]
    ) -> Member:
        """The only entry of its kind below a list or map: the item, the key, the value."""
        entry = self._next(indent)
        if entry is None or not (entry.recursive or entry.name == name):
            raise self._source.error(
                member.line if entry is None else entry.line,
                f"the {member.type} on line {member.line} has no {name or 'item'} where it is due",
                hint="the page may be cut off",
            )
        return replace(self._take(entry, (*around, member.type)), name=None)

    def _take(self, entry: CliEntry, around: tuple[str, ...]) -> Member:
        self._position += 1
        if len(around) > _DEEPEST:
            raise self._source.error(
                entry.line, "the page lost its indentation, and with it what belongs to what"
            )
        guessed = not self._indented and around.count("structure") > 1
        if guessed and not self.warnings:
            message = "from here on the page does not state which members belong together"
            self.warnings.append(PageWarning(entry.line, message))
        return self._below(_member(entry.name, entry), entry.indent, around)


def _names(members: Sequence[Member]) -> list[str | None]:
    return [member.name for member in members]
