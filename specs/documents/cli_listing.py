"""The member lists of AWS CLI pages: entries in order, without the nesting a text page lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from awsconform.specs.documents import cli_statements
from awsconform.specs.documents.cli_statements import Statements
from awsconform.specs.documents.likeness import alike
from awsconform.specs.documents.source import Line, Source

WORDS = {
    "string": "string",
    "character": "string",
    "integer": "integer",
    "long": "long",
    "short": "short",
    "byte": "byte",
    "float": "float",
    "double": "double",
    "bigdecimal": "bigdecimal",
    "biginteger": "long",
    "boolean": "boolean",
    "timestamp": "timestamp",
    "blob": "blob",
    "streaming blob": "blob",
    "list": "list",
    "map": "map",
    "structure": "structure",
    "tagged union structure": "structure",
    "document": "document",
    "JSON": "document",
}
_ENTRY = re.compile(
    r"(?P<indent> *)(?:(?P<name>[\w.:$@/-]+) -> )?\((?P<word>[\w ]+)\)"
    r"(?P<required> \[required\])?(?P<rest>(?: .*)?)"
)
_FUSED = re.compile(
    r"(?P<text>.*?)(?P<name>[\w.:$@/-]+) -> \((?P<word>[\w ]+)\)"
    r"(?P<required> \[required\])?(?P<rest>)"
)
_FUSED_ITEM = re.compile(
    r"(?P<text>.*(?:\S(?<![\w-])|\w(?=\((?:list|map|structure|tagged|string))))"
    r"(?P<name>)\((?P<word>[\w ]+)\)(?P<required>)(?P<rest>)"
)
_DOTS = r"(?:\.\.\.|\u2026)"
_RECURSIVE = re.compile(rf" *\( {_DOTS} recursive {_DOTS} \)(?P<rest>.*)")
_ARROW = re.compile(r".*\S ?-> ?\(|\S+ -> ")
_ALONE = re.compile(r" *(?:[\w.:$@/-]+ ?-? ?>? ?)?\(? ?(?P<word>\w+) ?\)? *")


@dataclass
class CliEntry:
    """One entry: wire name or None, type word, line, and its description.

    `fused` says that text runs into the name, so that the name may begin too early.
    """

    name: str | None
    word: str
    line: int
    indent: int = 0
    required: bool = False
    fused: bool = False
    union: bool = False
    streaming: bool = False
    recursive: bool = False
    stated: Statements = field(default_factory=Statements)
    text: list[Line] = field(default_factory=list)


def cli_entries(
    source: Source, lines: Sequence[Line], *, stating: bool = False
) -> tuple[list[Line], list[CliEntry]]:
    """The text before the first entry, and the entries; raises `PageError`.

    `stating` says that values and constraints stand below the description of every member.
    """
    before: list[Line] = []
    found: list[CliEntry] = []
    for line in lines:
        _take(source, line, before, found)
    if stating:
        for entry in found:
            string = entry.word == "string"
            entry.text, entry.stated = cli_statements.split(source, entry.text, string=string)
    return before, found


def _take(source: Source, line: Line, before: list[Line], found: list[CliEntry]) -> None:
    text = found[-1].text if found else before
    recursive = _RECURSIVE.fullmatch(line.text)
    if recursive:
        found.append(CliEntry(None, "structure", line.number, line.indent, recursive=True))
        if recursive["rest"].strip():
            rest = " " * line.indent + recursive["rest"].strip()
            _take(source, Line(line.number, rest), before, found)
        return
    match = _ENTRY.fullmatch(line.text)
    if match and match["word"] in WORDS and not (match["name"] is None and match["rest"]):
        found.append(_entry(match, line, len(match["indent"])))
        if match["rest"].strip():
            found[-1].text.append(Line(line.number, match["rest"].strip()))
        return
    fused = _FUSED.fullmatch(line.text) or _FUSED_ITEM.fullmatch(line.text)
    if fused and fused["word"] in WORDS:
        text.append(Line(line.number, fused["text"]))
        found.append(_entry(fused, line, line.indent))
        found[-1].fused = True
        return
    if _resembles(line.text) and not _within_statements(text):
        raise source.error(
            line.number, f"a member's entry is not understood: {line.text.strip()!r}"
        )
    text.append(line)


def _within_statements(text: Sequence[Line]) -> bool:
    """Whether the lines before are constraints, whose patterns may look like anything."""
    filled = [line for line in text if not line.blank]
    return any(cli_statements.is_heading(line) for line in filled[-4:])


def _entry(match: re.Match[str], line: Line, indent: int) -> CliEntry:
    word = match["word"]
    return CliEntry(
        match["name"] or None,
        WORDS[word],
        line.number,
        indent,
        required=bool(match["required"]),
        union=word == "tagged union structure",
        streaming=word == "streaming blob",
    )


def _resembles(text: str) -> bool:
    """Whether a line is an entry but for some damage to its arrow, parentheses or type word."""
    if _ARROW.match(text):
        return True
    alone = _ALONE.fullmatch(text)
    if alone is None or not any(mark in text for mark in "()>"):
        return False
    return any(alike(alone["word"].lower(), word) for word in WORDS)
