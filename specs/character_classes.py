"""Classes of characters as ECMA-262 writes them: united, complemented, intersected.

A class is a list of the parts between its brackets: characters, hyphens, escapes, sets.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import regex

EVERYTHING = r"\s\S"
# No text holds half of a surrogate pair, so no class has to.
_HALF = regex.compile(r"\\uD[89A-F][0-9A-F]{2}")


def assemble(operands: list[list[str]], *, negated: bool) -> str:
    """The class of what is in every operand, or of all else where it is negated."""
    if len(operands) == 1:
        return _united(operands[0], negated=negated)
    common = members(*(_united(each, negated=False) for each in operands))
    return f"[{'^' if negated else ''}{common}]"


def members(*classes: str) -> str:
    """The characters that are in every class, to be written inside another."""
    first = "".join(f"(?={each})" for each in classes[1:])
    engine = regex.compile(f"(?:{first}{classes[0]})+", regex.V0)
    return "".join(
        "-".join(map(_escaped, dict.fromkeys((run[0][0], run[0][-1]))))
        for characters in _every_character()
        for run in engine.finditer(characters)
    )


def _united(parts: list[str], *, negated: bool) -> str:
    parts = list(_without_halves(parts))
    properties = {part[3:-1] for part in parts if part.startswith("\\p{")}
    complements = {part[3:-1] for part in parts if part.startswith("\\P{")}
    if properties & complements:
        return f"[{'^' if negated else ''}{EVERYTHING}]"
    return f"[{'^' if negated else ''}{''.join(_literal_hyphens(parts))}]"


def _literal_hyphens(parts: list[str]) -> list[str]:
    """A hyphen beside a set of characters is itself; ECMA-262's Unicode mode wants it escaped."""
    result: list[str] = []
    for index, part in enumerate(parts):
        beside_set = (index > 0 and _is_set(parts[index - 1])) or (
            index + 1 < len(parts) and _is_set(parts[index + 1])
        )
        result.append("\\-" if part == "-" and beside_set else part)
    return result


def _is_set(part: str) -> bool:
    return len(part) > 1 and not (part.startswith("\\") and part[1] not in "pP")


def _without_halves(parts: list[str]) -> Iterator[str]:
    """The parts but for halves of surrogate pairs; a range that ends in them ends beside them."""
    at = 0
    while at < len(parts):
        size = 3 if at + 2 < len(parts) and parts[at + 1] == "-" else 1
        first, last = parts[at], parts[at + size - 1]
        is_half = _HALF.fullmatch(first) is not None, _HALF.fullmatch(last) is not None
        if is_half == (True, False):
            yield from ("\\uE000", "-", last)
        elif is_half == (False, True):
            yield from (first, "-", "\\uD7FF")
        elif not any(is_half):
            yield from parts[at : at + size]
        at += size


@functools.cache
def _every_character() -> tuple[str, str]:
    """All there are in their order, those before the surrogates and those after."""
    before, after = range(0xD800), range(0xE000, 0x110000)
    return "".join(map(chr, before)), "".join(map(chr, after))


def _escaped(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code < 0x10000 else character


def complement(members: str) -> str:
    """The characters a negated shorthand stands for, where it stands inside a class."""
    inside = regex.compile(f"[{members}]", regex.V0)
    ranges: list[str] = []
    start: int | None = None
    for code in range(0x80 + 1):
        if code <= 0x7F and not inside.match(chr(code)):
            start = code if start is None else start
        elif start is not None and code <= 0x7F:
            ranges.append(f"\\x{start:02X}-\\x{code - 1:02X}")
            start = None
    first = 0x80 if start is None else start
    beyond = "\\xA1" if inside.match("\xa0") else None
    if beyond:
        ranges.append(f"\\x{first:02X}-\\x9F")
        first = 0xA1
    ranges.append(f"\\x{first:02X}-\U0010ffff")
    return "".join(ranges)
