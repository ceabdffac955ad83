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
from awsconform.specs.broken_patterns import Bounds, broken
from awsconform.specs.character_classes import EVERYTHING, assemble, complement, members

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
_LETTERS_AND_DIGITS = r"\p{L}\p{Nd}"
_SECOND_HALF = regex.compile(r"\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_OCTAL = regex.compile(r"[0-3][0-7]{2}|[0-7]{1,2}")
_LOOK = regex.compile(r"\(\?<?[=!]")


def translate(pattern: str, bounds: Bounds = (None, None)) -> str:
    """The ECMA-262 pattern that accepts exactly the values `pattern` matches in full.

    `bounds` are the lengths stated beside it.

    Raises:
        PatternError: the pattern is none in either dialect, or known to be broken.
    """
    known = broken(pattern, bounds)
    if known is not None:
        raise PatternError(f"pattern {pattern!r} is broken: {known.why}")
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
        self.open: list[int] = []
        self.looks: list[bool] = []

    def text(self) -> str:
        while self.at < len(self.pattern):
            char = self.pattern[self.at]
            if char == "\\":
                self.out.append(self._escape(in_class=False))
            elif char == "[":
                self.out.append(self._character_class())
            elif char in "()":
                self._parenthesis(char)
            elif self.pattern.startswith(("*+", "++", "?+"), self.at):
                # A possessive quantifier only forbids backtracking, which ECMA-262 cannot.
                self.out.append(char)
                self.at += 2
            else:
                self.out.append(char)
                self.at += 1
        return "".join(self.out)

    def _parenthesis(self, char: str) -> None:
        """Keeps track of groups: Java repeats a look around, ECMA-262's Unicode mode does not."""
        self.at += 1
        self.out.append(char)
        if char == "(":
            self.open.append(len(self.out) - 1)
            self.looks.append(_LOOK.match(self.pattern, self.at - 1) is not None)
        elif self.open:
            start, look = self.open.pop(), self.looks.pop()
            if look and self.pattern[self.at : self.at + 1] in ("+", "*", "?"):
                if self.pattern[self.at] != "+":
                    del self.out[start:]
                self.at += 1

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
            return complement(_SHORTHAND[char.lower()])
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
        if char == "0" and (octal := _OCTAL.match(self.pattern, self.at)):
            self.at = octal.end()
            return f"\\x{int(octal[0], 8):02X}"
        if char.isalnum():
            return "\\" + char
        if char in "^$\\.*+?()[]{}|/" or (in_class and char in "-]^"):
            return "\\" + char
        # An escape of a character that needs none is an error in ECMA-262's Unicode mode.
        return char

    def _utf16_escape(self) -> str:
        unit = self._hex4()
        pair = _SECOND_HALF.match(self.pattern, self.at)
        if 0xD800 <= unit < 0xDC00 and pair:
            self.at = pair.end()
            return chr(0x10000 + ((unit - 0xD800) << 10) + (int(pair[1], 16) - 0xDC00))
        return f"\\u{unit:04X}"

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
        if name == "all" and not negated:
            return EVERYTHING if in_class else f"[{EVERYTHING}]"
        if name == "LD" and not negated:
            return _LETTERS_AND_DIGITS if in_class else f"[{_LETTERS_AND_DIGITS}]"
        if name in POSIX:
            if in_class:
                return complement(POSIX[name]) if negated else POSIX[name]
            return f"[{'^' if negated else ''}{POSIX[name]}]"
        name = _JAVA_PROPERTIES.get(name, name.removeprefix("Is"))
        return f"\\{'P' if negated else 'p'}{{{name}}}"

    def _character_class(self) -> str:
        start = self.at
        self.at += 1
        negated = self.pattern.startswith("^", self.at)
        self.at += negated
        parts: list[str] = []
        operands = [parts]
        first = True
        while self.at < len(self.pattern):
            char = self.pattern[self.at]
            if char == "]" and not first:
                self.at += 1
                return assemble(operands, negated=negated)
            if char == "\\":
                parts.append(self._escape(in_class=True))
            elif char == "[":
                nested = self._character_class()
                # Java unites a nested class with its surroundings.
                parts.append(members(nested) if nested.startswith("[^") else nested[1:-1])
            elif self.pattern.startswith("&&", self.at):
                parts = []
                operands.append(parts)
                self.at += 2
            else:
                parts.append("\\]" if char == "]" else char)
                self.at += 1
            first = False
        raise PatternError(f"pattern {self.pattern!r}: the class opened at {start} has no end")
