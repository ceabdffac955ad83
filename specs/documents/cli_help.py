"""What `aws ... help` prints, turned into the lines the pages of the AWS CLI reference have.

The help is a manual page: section names in capitals, paragraphs filled and hyphenated by groff,
nesting as indentation. Each paragraph becomes one line again; hyphens at line ends are groff's own,
as the ones of names and values are written so that it does not break lines there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from awsconform.specs.documents.source import Line, Source

_SECTIONS = {
    name.upper(): name
    for name in ("Description", "Synopsis", "Options", "Global Options", "Examples", "Output")
}
_FRAME = re.compile(r"(?:\S+\(\d*\) {2,}.*)? *\S+\(\d*\) *")
_MARGIN = 7
_EXAMPLE = re.compile(r" *(?:Shorthand |JSON )?Syntax: *")
_BULLET = re.compile(r" *[o\u2022] +\S.*")
_SOFT = re.compile(r"\w-$")


def is_help(source: Source) -> bool:
    """Whether a page is a manual page rather than one of the reference."""
    names = {line.text.rstrip() for line in source.lines if line.text[:1].isupper()}
    return {"NAME", "SYNOPSIS"} <= names


def unfilled(source: Source) -> list[Line]:
    """The lines of a reference page: command, sections, paragraphs in one line each."""
    lines: list[Line] = []
    section = ""
    gathered: list[Line] = []
    for line in source.lines:
        if line.indent or line.blank:
            gathered.append(line)
        elif _FRAME.fullmatch(line.text):
            continue
        else:
            lines += _section(section, gathered)
            section, gathered = line.text.strip(), []
            lines += [Line(line.number, _SECTIONS.get(section, "")), Line(line.number, "")]
    ended = [line for line in gathered if not _FRAME.fullmatch(line.text)]
    return [*lines, *_section(section, ended)]


def is_whole(source: Source) -> bool:
    """Whether the line that ends a manual page is there."""
    filled = [line for line in source.lines if not line.blank]
    return bool(filled) and _FRAME.fullmatch(filled[-1].text) is not None


def _section(name: str, lines: Sequence[Line]) -> list[Line]:
    if name == "NAME":
        return [Line(n, re.sub(r" +-.*", "", text.strip())) for n, text in map(_both, lines)]
    if name == "SYNOPSIS":
        return list(lines)
    if name not in _SECTIONS or name == "EXAMPLES":
        return []
    moved = [Line(line.number, line.text[min(_MARGIN, line.indent) :]) for line in lines]
    return list(_paragraphs(moved))


def _both(line: Line) -> tuple[int, str]:
    return line.number, line.text


def _paragraphs(lines: Iterable[Line]) -> Iterable[Line]:
    gathered: list[Line] = []
    example = False
    for line in lines:
        if example and (line.blank or line.indent):
            yield line
            continue
        example = False
        if gathered and (line.blank or not _goes_on(gathered, line)):
            yield from _joined(gathered)
            example = _EXAMPLE.fullmatch(gathered[0].text) is not None
            gathered = []
        if line.blank or (example and line.indent):
            yield line
        else:
            gathered.append(line)
    if gathered:
        yield from _joined(gathered)


def _goes_on(gathered: Sequence[Line], line: Line) -> bool:
    """Whether a line is of the same paragraph as those before it."""
    first = gathered[0]
    if _BULLET.fullmatch(first.text) and len(gathered) >= 1:
        return line.indent == first.indent + 2
    return line.indent == first.indent and not _BULLET.fullmatch(line.text)


def _joined(lines: Sequence[Line]) -> Iterable[Line]:
    text = ""
    for line in lines:
        part = " ".join(line.text.split())
        if _SOFT.search(text) and part[:1].isalnum():
            text = text[:-1] + part
        else:
            text = f"{text} {part}" if text else part
    text = re.sub(r"^o (?=\S)", "\u2022 ", text)
    yield Line(lines[0].number, " " * lines[0].indent + text)
    yield Line(lines[-1].number, "")
