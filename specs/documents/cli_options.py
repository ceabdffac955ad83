"""The description of one option of an AWS CLI page, and of a command's output."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from awsconform.specs.documents import cli_statements
from awsconform.specs.documents.cli_listing import CliEntry, cli_entries
from awsconform.specs.documents.cli_nesting import Guided, Unguided, entry_member
from awsconform.specs.documents.json_syntax import json_syntax
from awsconform.specs.documents.shorthand import shorthand
from awsconform.specs.documents.source import Line, Source
from awsconform.specs.documents.tree import Member, PageWarning

_HEADINGS = {
    "Shorthand Syntax": "shorthand",
    "JSON Syntax": "json",
    "Syntax": "syntax",
}
_ORDER = ("shorthand", "json", "syntax")
_HEADING = re.compile(rf" *(?P<name>{'|'.join(_HEADINGS)}):? *")
_NEAR_HEADING = re.compile(
    r" *\w+ Syntax\b.*| *\w+ S\w{4,7}:? *| *Possible \w+:? *| *\S{3,7}tax:? *"
)
_WORDS = r"string|integer|long|float|double|boolean|timestamp|blob"
_LOOKS_JSON = re.compile(
    rf' *"[\w-]+": (?:"string"|{_WORDS}|true\|false|"[^"]+"\|"|[{{\[]$).*'
    rf'| *(?:"string" "string" |(?:(?:{_WORDS}) ){{2}})\.\.\.'
)
_LOOKS_SHORT = re.compile(rf" *(?:[\w.-]+=[^\s=]*,)*[\w.-]+=[\[{{]*(?:{_WORDS})\b\S*(?: \.\.\.)? *")
_NO_OUTPUT = re.compile(r" *This command generates no output\b")
_VALID = re.compile(r" *Where valid (?:values|key names) are: *")
_SCALARS = (
    r"(?:integer|long|short|byte|float|double|bigdecimal|timestamp|blob|\"string\"|true\|false)"
)
_REPEATED = re.compile(rf" *(?P<first>{_SCALARS}) (?P<second>{_SCALARS}) \.\.\. *")

Text = tuple[str | None, int, tuple[Line, ...]]


@dataclass
class Described:
    """A member with everything below it, its prose, and what is doubtful.

    Each text has the name of the member it speaks of, the line of its entry, and its lines.
    """

    member: Member
    texts: list[Text] = field(default_factory=list)
    warnings: list[PageWarning] = field(default_factory=list)


def option_of(
    source: Source, member: Member, lines: Sequence[Line], *, stating: bool = False
) -> Described:
    """Read an option's description; raises `PageError` where its parts disagree.

    `stating` says that values and constraints stand below the description of every member.
    """
    body, blocks = _blocks(source, lines)
    before, entries = cli_entries(source, body, stating=stating)
    for line in (*body, *blocks.get("shorthand", (0, []))[1]):
        looks_short = _LOOKS_SHORT.fullmatch(line.text) and line in body
        if _LOOKS_JSON.fullmatch(line.text) or looks_short:
            raise source.error(line.number, "a syntax block without its heading")
    if stating or not entries:
        before, stated = cli_statements.split(
            source, before, string=member.type == "string", constrained=stating
        )
        member = _with(member, stated)
    described = Described(member, [(member.name, member.line, tuple(before)), *_texts(entries)])
    if "json" in blocks:
        value = json_syntax(source, blocks["json"][1])
        member = Guided(source, entries).nest(member, value, f"--{member.name}")
    elif "syntax" in blocks:
        member = _scalars(source, member, entries, *blocks["syntax"])
    elif entries or member.type in ("list", "map", "structure"):
        member = _bare(source, described, member, entries)
    if "shorthand" in blocks:
        described.warnings += _against(member, *blocks["shorthand"])
    described.member = member
    return described


def _with(member: Member, stated: cli_statements.Statements) -> Member:
    return replace(
        member,
        enum=stated.enum,
        least=stated.least,
        most=stated.most,
        pattern=stated.pattern,
        syntax_line=stated.line,
    )


def output_of(
    source: Source, heading: int, lines: Sequence[Line], *, stating: bool = False
) -> Described | None:
    """Read a command's output; None where the page says None. Raises `PageError`."""
    filled = [line for line in lines if not line.blank]
    if not filled:
        raise source.error(heading, "the output is cut off", hint="the page may be cut off")
    if filled[0].text.strip() == "None":
        if len(filled) > 1:
            raise source.error(filled[1].number, f"not understood: {filled[1].text.strip()!r}")
        return None
    if _NO_OUTPUT.match(filled[0].text) and len(filled) == 1:
        return None
    before, entries = cli_entries(source, lines, stating=stating)
    for line in before:
        if not line.blank:
            raise source.error(line.number, f"not understood: {line.text.strip()!r}")
    described = Described(Member(None, "structure", heading), _texts(entries))
    unguided = Unguided(source, entries)
    described.member = unguided.nest(described.member)
    described.warnings = unguided.warnings
    return described


def _blocks(
    source: Source, lines: Sequence[Line]
) -> tuple[list[Line], dict[str, tuple[int, list[Line]]]]:
    """The text of an option, and its blocks by kind with the line of their headings."""
    body: list[Line] = []
    blocks: dict[str, tuple[int, list[Line]]] = {}
    current = body
    for line in lines:
        match = _HEADING.fullmatch(line.text)
        if match:
            kind = _HEADINGS[match["name"]]
            if any(_ORDER.index(kind) <= _ORDER.index(earlier) for earlier in blocks):
                raise source.error(line.number, f"{match['name']} is out of place")
            current = []
            blocks[kind] = (line.number, current)
        elif _NEAR_HEADING.fullmatch(line.text) and not cli_statements.is_heading(line):
            raise source.error(line.number, f"not understood: {line.text.strip()!r}")
        elif current is body or not line.blank:
            current.append(line)
    return body, blocks


def _texts(entries: Sequence[CliEntry]) -> list[Text]:
    return [(entry.name, entry.line, tuple(entry.text)) for entry in entries if entry.name]


def _scalars(
    source: Source, member: Member, entries: list[CliEntry], heading: int, lines: list[Line]
) -> Member:
    """A list of scalars: `"string" "string" ...`, with the valid values where there are any."""
    repeated = _REPEATED.fullmatch(lines[0].text) if lines else None
    if repeated is None or repeated["first"] != repeated["second"]:
        raise source.error(heading, "the syntax block is not understood")
    kind = {'"string"': "string", "true|false": "boolean"}.get(repeated["first"], repeated["first"])
    if member.type != "list" or len(entries) != 1 or entries[0].name is not None:
        raise source.error(member.line, f"--{member.name}: one entry of a list is expected")
    if entries[0].word != kind:
        raise source.error(
            entries[0].line, f"the list says {entries[0].word}, the syntax on line {heading} {kind}"
        )
    item = replace(entry_member(None, entries[0]), syntax_line=heading)
    if len(lines) > 1:
        if not _VALID.fullmatch(lines[1].text):
            raise source.error(lines[1].number, f"not understood: {lines[1].text.strip()!r}")
        item = replace(
            item,
            enum=cli_statements.values_of(source, heading, lines[2:], spaced=True),
            syntax_line=lines[1].number,
        )
    return replace(member, item=item)


def _bare(source: Source, described: Described, member: Member, entries: list[CliEntry]) -> Member:
    """An option whose entries no syntax block repeats."""
    if member.type not in ("list", "map", "structure"):
        raise source.error(entries[0].line, f"--{member.name} is a {member.type}")
    if not entries and member.type != "structure":
        raise source.error(member.line, f"--{member.name}: nothing is said of what it holds")
    message = f"--{member.name} has no syntax block to check its members against"
    described.warnings.append(PageWarning(member.line, message))
    unguided = Unguided(source, entries)
    nested = unguided.nest(member)
    described.warnings += unguided.warnings
    return nested


def _against(member: Member, heading: int, lines: list[Line]) -> list[PageWarning]:
    """Doubts where the shorthand is not what the tree would give."""
    expected = shorthand(member)
    valid = next((i for i, line in enumerate(lines) if _VALID.fullmatch(line.text)), len(lines))
    given = "".join(line.text.strip() for line in lines[:valid])
    if expected is None or given.replace(" ", "") == expected.replace(" ", ""):
        return []
    line = lines[0].number if lines else heading
    return [PageWarning(line, f"the shorthand of --{member.name} differs from its members")]
