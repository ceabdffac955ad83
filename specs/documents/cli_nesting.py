"""The nesting of CLI entries: given by a JSON block, by indentation, or by the first fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from awsconform.specs.documents.cli_listing import CliEntry
from awsconform.specs.documents.source import Source
from awsconform.specs.documents.syntax import Value
from awsconform.specs.documents.tree import Member, PageWarning

_COMPLEX = ("list", "map", "structure")
# How deep a guess at the nesting goes; it is a poor one then, and one that was warned of.
_DEEPEST = 60
# A map whose members have names on the wire is described with those.
_KEY_NAMES = ("key", "Name")
_VALUE_NAMES = ("value", "Value")


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
                return replace(member, enum=self._values(member, value, path))
        return replace(member, recursive=value.kind == "recursive")

    def _values(self, member: Member, value: Value, path: str) -> tuple[str, ...]:
        """The values of the JSON block, which are those of the list where that has any."""
        if member.enum and value.enum and member.enum != value.enum:
            raise self._source.error(
                value.line, f"{path}: the JSON syntax has other values than line {member.line}"
            )
        return value.enum or member.enum

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
        member = entry_member(name, entry)
        return self._below(replace(member, syntax_line=value.line), value, path)


def entry_member(name: str | None, entry: CliEntry) -> Member:
    """The member an entry speaks of, without what stands below it."""
    return Member(
        name,
        entry.word,
        entry.line,
        required=entry.required,
        enum=entry.stated.enum,
        least=entry.stated.least,
        most=entry.stated.most,
        pattern=entry.stated.pattern,
        union=entry.union,
        streaming=entry.streaming,
        recursive=entry.recursive,
        syntax_line=entry.stated.line,
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
        return self._named(nested, ())

    def _named(self, member: Member, around: tuple[Member, ...]) -> Member:
        """The member with names for what recurs in it, which the page leaves out.

        A structure that holds itself is described twice, the second time without the name of the
        member that does: it is the name which a structure around it has in that place. What has
        no name there either is left out.
        """
        if member.type == "structure":
            members: list[Member] = []
            for position, below in enumerate(member.members):
                if below.name is not None:
                    members.append(self._named(below, (*around, member)))
                    continue
                name = _name_at(position, member, around)
                if name is None:
                    message = "a member that recurs here is not named"
                    self.warnings.append(PageWarning(below.line, message))
                else:
                    members.append(replace(below, name=name))
            return replace(member, members=tuple(members))
        return replace(
            member,
            item=member.item and self._named(member.item, around),
            value=member.value and self._named(member.value, around),
        )

    def _next(self, indent: int) -> CliEntry | None:
        if self._position >= len(self._entries):
            return None
        entry = self._entries[self._position]
        return None if self._indented and entry.indent <= indent else entry

    def _below(self, member: Member, indent: int, around: tuple[str, ...]) -> Member:
        if member.recursive or member.type not in _COMPLEX:
            return member
        if member.type == "structure":
            if not self._indented and len(around) > _DEEPEST:
                return member
            return replace(member, members=tuple(self._members(indent, around)))
        if member.type == "list":
            return replace(member, item=self._one((None,), member, indent, around))
        key = self._one(_KEY_NAMES, member, indent, around)
        return replace(member, key=key, value=self._one(_VALUE_NAMES, member, indent, around))

    def _members(self, indent: int, around: tuple[str, ...]) -> Iterator[Member]:
        names: list[str] = []
        while (entry := self._next(indent)) is not None:
            if entry.recursive:
                self._position += 1
                yield Member(None, "structure", entry.line, recursive=True)
                continue
            if entry.name is None or entry.name in names:
                break
            names.append(entry.name)
            yield self._take(entry, (*around, "structure"))

    def _one(
        self,
        names: tuple[str | None, ...],
        member: Member,
        indent: int,
        around: tuple[str, ...],
    ) -> Member:
        """The only entry of its kind below a list or map: the item, the key, the value."""
        entry = self._next(indent)
        if entry is None or not (entry.recursive or entry.name in names):
            raise self._source.error(
                member.line if entry is None else entry.line,
                f"the {member.type} on line {member.line} has no {names[0] or 'item'}"
                " where it is due",
                hint="the page may be cut off",
            )
        return replace(self._take(entry, (*around, member.type)), name=None)

    def _take(self, entry: CliEntry, around: tuple[str, ...]) -> Member:
        self._position += 1
        guessed = not self._indented and around.count("structure") > 1
        if guessed and not self.warnings:
            message = "from here on the page does not state which members belong together"
            self.warnings.append(PageWarning(entry.line, message))
        return self._below(entry_member(entry.name, entry), entry.indent, around)


def _name_at(position: int, member: Member, around: Sequence[Member]) -> str | None:
    """The name at that position in the innermost structure around that has all other names."""
    names = [below.name for below in member.members]
    for outer in reversed(around):
        known = [below.name for below in outer.members]
        if len(known) == len(names) and all(
            name in (None, other) for name, other in zip(names, known, strict=True)
        ):
            return known[position]
    return None
