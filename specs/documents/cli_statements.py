"""What AWS CLI pages state below a description: possible values and constraints, in lists.

Pages before 2.31 state the values of an option; those from 2.31 on state values and constraints
of every member.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from awsconform.specs.documents.source import Line, Source

_VALUES = re.compile(r" *Possible values: *")
_CONSTRAINTS = re.compile(r" *Constraints: *")
_BULLET = re.compile(r" *(?:[\u2022*+-]|o(?= )) +(?P<text>\S.*)")
_CONSTRAINT = re.compile(r"(?P<name>min|max|pattern): ?(?P<value>.*)")
_MAY_CONSTRAIN = re.compile(r" *(?:(?:[\u2022*+-]|o(?= )) +)?(?:m\w{1,3}|p\w{4,8}) ?: ?\S.*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_ORDER = ("min", "max", "pattern")


@dataclass(frozen=True)
class Statements:
    """Values and constraints of a member; `line` is that of the first heading, None without."""

    enum: tuple[str, ...] = ()
    least: int | float | None = None
    most: int | float | None = None
    pattern: str | None = None
    line: int | None = None


def is_heading(line: Line) -> bool:
    """Whether a line may begin values or constraints."""
    return bool(_VALUES.fullmatch(line.text) or _CONSTRAINTS.fullmatch(line.text))


def has_constraints(lines: Sequence[Line]) -> bool:
    """Whether there are constraints anywhere, which no page before 2.31 has."""
    return any(_CONSTRAINTS.fullmatch(line.text) for line in lines)


def has_values(lines: Sequence[Line]) -> bool:
    """Whether there are values anywhere."""
    return any(_VALUES.fullmatch(line.text) for line in lines)


def split(
    source: Source, lines: Sequence[Line], *, string: bool, constrained: bool = True
) -> tuple[list[Line], Statements]:
    """A description's lines without the statements at its end, and those.

    `string` says whether the member is one, as only a string has values; `constrained` whether
    pages of this kind have constraints. Raises `PageError` for statements that are cut off or
    not understood.
    """
    text = list(lines)
    if constrained and _are_constraints(text):
        text, constraints, stated_at = _cut(text, _CONSTRAINTS)
    else:
        constraints, stated_at = [], None
    least, most, pattern = _constraints(source, constraints, stated_at)
    values: tuple[str, ...] = ()
    valued_at = None
    if string:
        text, valued, valued_at = _cut(text, _VALUES)
        if valued_at is not None:
            values = values_of(source, valued_at, valued)
    return text, Statements(values, least, most, pattern, valued_at or stated_at)


def _are_constraints(lines: list[Line]) -> bool:
    """Whether the last list so called is one of constraints, and not prose of that name."""
    _, below, line = _cut(lines, _CONSTRAINTS)
    if line is None:
        return False
    return not below or any(_MAY_CONSTRAIN.fullmatch(line.text) for line in below)


def _cut(lines: list[Line], heading: re.Pattern[str]) -> tuple[list[Line], list[Line], int | None]:
    """The lines before the last such heading, the filled ones after it, and its line."""
    for index in range(len(lines) - 1, -1, -1):
        if heading.fullmatch(lines[index].text):
            below = [line for line in lines[index + 1 :] if not line.blank]
            return lines[:index], below, lines[index].number
    return lines, [], None


def values_of(
    source: Source, heading: int, lines: Sequence[Line], *, spaced: bool = False
) -> tuple[str, ...]:
    """The values of a list, with or without bullets; raises `PageError`.

    A value with spaces is told from prose by its bullet, or where no prose can be (`spaced`).
    """
    values: list[str] = []
    for line in lines:
        bullet = _BULLET.fullmatch(line.text)
        value = (bullet["text"] if bullet else line.text).strip(" `")
        if value in values:
            raise source.error(line.number, f"the value {value!r} is given twice")
        if not value or (" " in value and bullet is None and not spaced):
            raise source.error(line.number, f"not understood as a value: {value!r}")
        values.append(value)
    if not values:
        raise source.error(heading, "the list of possible values is empty")
    return tuple(values)


def _constraints(
    source: Source, lines: Sequence[Line], heading: int | None
) -> tuple[int | float | None, int | float | None, str | None]:
    found: dict[str, str] = {}
    for line in lines:
        bullet = _BULLET.fullmatch(line.text)
        match = _CONSTRAINT.fullmatch(bullet["text"] if bullet else line.text.strip())
        known = [_ORDER.index(name) for name in found]
        if match is None or _ORDER.index(match["name"]) <= max(known, default=-1):
            raise source.error(
                line.number, f"not understood as a constraint: {line.text.strip()!r}"
            )
        found[match["name"]] = match["value"].strip()
        if match["name"] != "pattern" and not _NUMBER.fullmatch(_unquoted(found[match["name"]])):
            raise source.error(line.number, f"not understood as a number: {line.text.strip()!r}")
    if heading is not None and not found:
        raise source.error(heading, "the list of constraints is empty")
    pattern = found.get("pattern")
    return (
        _number(found.get("min")),
        _number(found.get("max")),
        None if pattern is None else _unquoted(pattern),
    )


def _unquoted(text: str) -> str:
    ticked = len(text) > 4 and text.startswith("``") and text.endswith("``")
    return text[2:-2] if ticked else text


def _number(text: str | None) -> int | float | None:
    if text is None:
        return None
    text = _unquoted(text)
    return int(text) if re.fullmatch(r"-?\d+", text) else float(text)
