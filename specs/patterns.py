"""Patterns of service models (Java dialect, full match) as JSON Schema patterns (ECMA-262).

Where the rules come from: `java.util.regex.Pattern`. Its `\\d`, `\\w`, `\\s` are ASCII, its POSIX
classes are written `\\p{Alpha}`, and AWS matches the whole value. JSON Schema searches, so the
result is anchored; `(?!\\n)` because `$` of several engines also matches before a last newline.
"""

from __future__ import annotations

import functools

import jsonschema_rs
import regex

from awsconform.errors import PatternError

POSIX = {
    "ASCII": r"\x00-\x7F",
    "Alnum": "0-9A-Za-z",
    "Alpha": "A-Za-z",
    "Blank": r" \t",
    "Cntrl": r"\x00-\x1F\x7F",
    "Digit": "0-9",
    "Graph": r"\x21-\x7E",
    "Lower": "a-z",
    "Print": r"\x20-\x7E",
    "Punct": r"\x21-\x2F\x3A-\x40\x5B-\x60\x7B-\x7E",
    "Space": r" \t\n\x0B\f\r",
    "Upper": "A-Z",
    "XDigit": "0-9A-Fa-f",
}
_SHORTHAND = {"d": "0-9", "w": "0-9A-Z_a-z", "s": r" \t\n\x0B\f\r", "h": r" \t\xA0"}
_JAVA_PROPERTIES = {
    "IsAlphabetic": "Alphabetic",
    "IsDigit": "Nd",
    "IsLetter": "L",
    "IsLatin": "Script=Latin",
    "IsUppercase": "Uppercase",
    "IsLowercase": "Lowercase",
    "IsPunctuation": "P",
    "IsWhite_Space": "White_Space",
}
_EVERYTHING = r"\s\S"


def translate(pattern: str) -> str:
    """The ECMA-262 pattern that accepts exactly the values `pattern` matches in full.

    Raises:
        PatternError: the pattern is none in either dialect.
    """
    body = _Translation(pattern).text()
    result = f"^(?:{body})$(?!\\n)"
    try:
        compiled(result)
        jsonschema_rs.Draft202012Validator({"pattern": result})
    except (regex.error, jsonschema_rs.ValidationError) as error:
        reason = str(error).partition("\n")[0]
        raise PatternError(f"pattern {pattern!r} cannot be translated: {reason}") from None
    return result


def inner(pattern: str) -> str:
    """What `translate` wrapped: the pattern without the anchors it added."""
    if pattern.startswith("^(?:") and pattern.endswith(")$(?!\\n)"):
        return pattern[4:-8]
    return pattern


@functools.lru_cache(maxsize=4096)
def compiled(pattern: str) -> regex.Pattern[str]:
    """The pattern ready to search with, in an engine that knows `\\p{…}`."""
    return regex.compile(pattern, regex.V0)


class _Translation:
    """One pass over a Java pattern; a class of characters is kept track of as a set."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.out: list[str] = []

    def text(self) -> str:
        while self.at < len(self.pattern):
            char = self.pattern[self.at]
            if char == "\\":
                self.out.append(self._escape(in_class=False))
            elif char == "[":
                self.out.append(self._character_class())
            elif self.pattern.startswith(("*+", "++", "?+"), self.at):
                # A possessive quantifier only forbids backtracking, which ECMA-262 cannot.
                self.out.append(char)
                self.at += 2
            else:
                self.out.append(char)
                self.at += 1
        return "".join(self.out)

    def _escape(self, *, in_class: bool) -> str:
        if self.at + 1 >= len(self.pattern):
            raise PatternError(f"pattern {self.pattern!r} ends in a lone backslash")
        char = self.pattern[self.at + 1]
        self.at += 2
        if char in "pP":
            return self._property(negated=char == "P", in_class=in_class)
        if char in _SHORTHAND:
            return _SHORTHAND[char] if in_class else f"[{_SHORTHAND[char]}]"
        if char.lower() in _SHORTHAND:
            if not in_class:
                return f"[^{_SHORTHAND[char.lower()]}]"
            return _complement(_SHORTHAND[char.lower()])
        if char == "Q":
            end = self.pattern.find("\\E", self.at)
            literal = self.pattern[self.at : end if end >= 0 else len(self.pattern)]
            self.at = end + 2 if end >= 0 else len(self.pattern)
            return regex.escape(literal, special_only=True)
        if char in "AzZ" and not in_class:
            return {"A": "^", "z": "$", "Z": "$"}[char]
        if char == "x" and self.pattern.startswith("{", self.at):
            end = self.pattern.index("}", self.at)
            code = int(self.pattern[self.at + 1 : end], 16)
            self.at = end + 1
            return regex.escape(chr(code), special_only=True)
        if char == "u":
            return self._utf16_escape()
        if char.isalnum():
            return "\\" + char
        if char in "^$\\.*+?()[]{}|/" or (in_class and char in "-]^"):
            return "\\" + char
        # An escape of a character that needs none is an error in ECMA-262's Unicode mode.
        return char

    def _utf16_escape(self) -> str:
        units = [self._hex4()]
        if 0xD800 <= units[0] < 0xDC00 and self.pattern.startswith("\\u", self.at):
            self.at += 2
            units.append(self._hex4())
            return chr(0x10000 + ((units[0] - 0xD800) << 10) + (units[1] - 0xDC00))
        return f"\\u{units[0]:04X}"

    def _hex4(self) -> int:
        digits = self.pattern[self.at : self.at + 4]
        try:
            value = int(digits, 16)
        except ValueError:
            raise PatternError(
                f"pattern {self.pattern!r} has a broken \\u escape at {self.at}"
            ) from None
        self.at += 4
        return value

    def _property(self, *, negated: bool, in_class: bool) -> str:
        if self.pattern.startswith("{", self.at):
            end = self.pattern.find("}", self.at)
            if end < 0:
                raise PatternError(f"pattern {self.pattern!r} has an open \\p{{")
            name = self.pattern[self.at + 1 : end]
            self.at = end + 1
        else:
            name = self.pattern[self.at : self.at + 1]
            self.at += 1
        if name in POSIX:
            if in_class:
                return _complement(POSIX[name]) if negated else POSIX[name]
            return f"[{'^' if negated else ''}{POSIX[name]}]"
        name = _JAVA_PROPERTIES.get(name, name.removeprefix("Is"))
        return f"\\{'P' if negated else 'p'}{{{name}}}"

    def _character_class(self) -> str:
        start = self.at
        self.at += 1
        negated = self.pattern.startswith("^", self.at)
        self.at += negated
        parts: list[str] = []
        first = True
        while self.at < len(self.pattern):
            char = self.pattern[self.at]
            if char == "]" and not first:
                self.at += 1
                return _assemble(parts, negated=negated)
            if char == "\\":
                parts.append(self._escape(in_class=True))
            elif char == "[":
                nested = self._character_class()
                # Java unites a nested class with its surroundings.
                parts.append(nested[1:-1] if not nested.startswith("[^") else nested)
            elif self.pattern.startswith("&&", self.at):
                raise PatternError(f"pattern {self.pattern!r} intersects character classes")
            else:
                parts.append("\\]" if char == "]" else char)
                self.at += 1
            first = False
        raise PatternError(f"pattern {self.pattern!r}: the class opened at {start} has no end")


def _assemble(parts: list[str], *, negated: bool) -> str:
    properties = {part[3:-1] for part in parts if part.startswith("\\p{")}
    complements = {part[3:-1] for part in parts if part.startswith("\\P{")}
    if properties & complements:
        return f"[{'^' if negated else ''}{_EVERYTHING}]"
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


def _complement(members: str) -> str:
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
