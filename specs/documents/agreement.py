"""Two witnesses, one tree: a boto3 syntax block and a member list must say the same.

Names, their order, nesting and types are compared one by one; the first contradiction is a
`PageError` with both lines. Only the list knows what is required, only the block knows enum
values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from awsconform.specs.documents.listing import Entry
from awsconform.specs.documents.source import Source
from awsconform.specs.documents.syntax import Value
from awsconform.specs.documents.tree import Member

_WORDS_OF_KIND = {
    "string": {"string"},
    "integer": {"integer"},
    "float": {"float"},
    "boolean": {"boolean"},
    "timestamp": {"timestamp"},
    "blob": {"blob"},
    "stream": {"stream"},
    "document": {"document"},
    "recursive": {"dict", "list"},
    "other": {"float", "short", "byte", "bigdecimal", "long"},
    "events": {"events", "dict"},
    "list": {"list"},
    "object": {"dict"},
}


def split(value: Value, listed: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Entries the syntax must show, and those it may hide.

    boto3 fills in some optional scalars by itself and leaves them out of the syntax
    (`accountId` of Glacier, `PreSignedUrl` of RDS), but not out of the list.
    """
    shown = {name for name, _ in value.fields}
    extra = [
        entry
        for entry in listed
        if entry.name not in shown and not entry.required and entry.word in ("string", "integer")
    ]
    names = {entry.name for entry in listed}
    if not shown <= names:
        return list(listed), []
    return [entry for entry in listed if entry not in extra], extra


def members_of(
    source: Source, value: Value, listed: Sequence[Entry], path: str
) -> tuple[Member, ...]:
    """The members of a structure, from its example and its entries, in the order of the example."""
    by_name: dict[str | None, Entry] = {}
    for entry in listed:
        if entry.name in by_name:
            raise source.error(entry.line, f"{path}: the list has {_quoted(entry.name)} twice")
        by_name[entry.name] = entry
    shown = dict(value.fields)
    extra = [entry for entry in listed if entry.name not in shown]
    lacking = [(name, field.line) for name, field in value.fields if name not in by_name]
    if extra:
        beside = f", which has {lacking[0][0]!r} on line {lacking[0][1]}" if lacking else ""
        raise source.error(
            extra[0].line, f"{path}: the syntax lacks {_quoted(extra[0].name)}{beside}"
        )
    if lacking:
        name, line = lacking[0]
        raise source.error(
            line, f"{path}: the member list lacks {name!r}", hint="the page may be cut off"
        )
    return tuple(
        member_of(source, field, by_name[name], f"{path}/{name}") for name, field in value.fields
    )


def member_of(source: Source, value: Value, entry: Entry, path: str) -> Member:
    """One member, from its example value and its entry; raises `PageError` if they disagree."""
    if entry.word not in _WORDS_OF_KIND[value.kind]:
        raise source.error(
            entry.line,
            f"{path}: the list says {entry.word}, the syntax on line {value.line} {value.kind}",
        )
    member = Member(
        entry.name,
        entry.word,
        entry.line,
        required=entry.required,
        enum=value.enum,
        syntax_line=value.line,
    )
    children = entry.children
    match value.kind:
        case "list":
            child = _only(source, entry, path)
            assert value.item is not None
            item = member_of(source, value.item, child, f"{path}/*")
            return replace(member, item=_anonymous(source, item, path))
        case "object" if _is_map(value, children):
            key_entry, value_entry = _only(source, entry, path), children[0].children[0]
            _only(source, key_entry, path)
            if key_entry.word != "string":
                raise source.error(key_entry.line, f"{path}: a map's key is no string")
            inner = member_of(source, value.fields[0][1], value_entry, f"{path}/@value")
            return replace(
                member,
                type="map",
                key=Member(None, "string", key_entry.line),
                value=_anonymous(source, inner, path),
            )
        case "object" | "events":
            inner_members = members_of(source, value, children, path)
            return replace(
                member,
                type="structure",
                members=inner_members,
                union=_is_union(entry),
                events=value.kind == "events",
            )
        case "recursive":
            _childless(source, entry, path)
            kind = "structure" if entry.word == "dict" else entry.word
            return replace(member, type=kind, recursive=True)
        case "stream":
            _childless(source, entry, path)
            return replace(member, type="blob", streaming=True)
    _childless(source, entry, path)
    return member


def _is_map(value: Value, children: Sequence[Entry]) -> bool:
    return (
        len(value.fields) == 1
        and value.fields[0][0] == "string"
        and len(children) == 1
        and children[0].name is None
        and len(children[0].children) == 1
    )


def _is_union(entry: Entry) -> bool:
    return any("This is a Tagged Union structure" in line.text for line in entry.text)


def _only(source: Source, entry: Entry, path: str) -> Entry:
    if len(entry.children) != 1:
        line = entry.children[1].line if entry.children else entry.line
        raise source.error(line, f"{path}: one entry is expected below, not {len(entry.children)}")
    return entry.children[0]


def _childless(source: Source, entry: Entry, path: str) -> None:
    if entry.children:
        raise source.error(entry.children[0].line, f"{path}: nothing is expected below")


def _anonymous(source: Source, member: Member, path: str) -> Member:
    if member.name is not None:
        raise source.error(member.line, f"{path}: the name {member.name!r} is out of place")
    return member


def _quoted(name: str | None) -> str:
    return "an entry without a name" if name is None else repr(name)
