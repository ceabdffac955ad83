"""Patterns as trees: just enough of the syntax to write strings that fit.

What is read is the dialect `awsconform.specs.patterns.translate` writes. A class of characters is
not taken apart: its members are those of a fixed universe of characters which the regex engine
says belong to it, so properties and negations need no code here. What a tree cannot express
(assertions, references to groups) is kept as a mark; strings are checked against the pattern.
"""

from __future__ import annotations

import functools
import string
from dataclasses import dataclass

import regex

from awsconform.errors import PatternError

_SIMPLE_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0", "a": "\a"}
_QUANTIFIER = regex.compile(r"(?:([*+?])|\{(\d+)(,(\d*))?\})[?+]?")
_GROUP = regex.compile(r"\?(?::|P?<(?P<name>[A-Za-z]\w*)>|[a-zA-Z-]*:|>)")
_FLAGS = regex.compile(r"\?[a-zA-Z-]+\)")
_LOOK = regex.compile(r"\?<?([=!])")
_ANCHORED = regex.compile(r"(?<!\\)(?:\\\\)*\$$")

# The simplest first: a sampler prefers what stands to the left.
UNIVERSE = "".join(
    dict.fromkeys(
        string.ascii_lowercase
        + string.digits
        + string.ascii_uppercase
        + "-_./:"
        + string.punctuation
        + " \t\n\r"
        + "àéîõüßñøÆÇ¡£§°±µ¿"
        + "ĀőŁžαβΩЖяأبगกあアㄅ漢字東京한글"
        + "\u00a0\u00ad\u2013\u2014\u2018\u2019\u2026\u20ac\u2122\u3000\uff21\U0001f600\U00010348"
        + "".join(map(chr, range(0x20)))
        + "\x7f"
        + "".join(map(chr, range(0x80, 0x100)))
    )
)
_FIRST_PLANE = "".join(chr(code) for code in (*range(0xD800), *range(0xE000, 0xFFFE)))


@dataclass(frozen=True, eq=False)
class Characters:
    """One character of `members`, the simplest first."""

    members: str


@dataclass(frozen=True, eq=False)
class Sequence:
    """One part after the other; no parts at all match the empty string."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, eq=False)
class Branch:
    """One of several."""

    arms: tuple[Node, ...]


@dataclass(frozen=True, eq=False)
class Repeat:
    """A part from `low` to `high` times; `high` None is without end."""

    part: Node
    low: int
    high: int | None


@dataclass(frozen=True, eq=False)
class Group:
    """A numbered group, which a `Reference` may repeat."""

    part: Node
    number: int


@dataclass(frozen=True, eq=False)
class Reference:
    """The text of a group again."""

    number: int


@dataclass(frozen=True, eq=False)
class Assertion:
    """Something that takes no room: an anchor, a boundary, or a look around.

    `whole` is what a positive look-ahead says of all that follows up to the end, where it does.
    """

    whole: Node | None = None


Node = Characters | Sequence | Branch | Repeat | Group | Reference | Assertion
NOTHING = Sequence(())


@functools.lru_cache(maxsize=8192)
def parse(pattern: str) -> Node:
    """The tree of a translated pattern.

    Raises:
        PatternError: the pattern is not of the expected dialect.
    """
    parser = _Parser(pattern)
    tree = parser.branch()
    if parser.at != len(pattern):
        raise PatternError(f"pattern {pattern!r} has a parenthesis too many at {parser.at}")
    return tree


@functools.lru_cache(maxsize=8192)
def members(expression: str) -> str:
    """The characters a class or a dot stands for, from the universe or else the first plane."""
    engine = regex.compile(expression, regex.V0)
    found = "".join(engine.findall(UNIVERSE))
    return found or "".join(engine.findall(_FIRST_PLANE))[:256]


def _branch(arms: list[Node]) -> Node:
    """One of the arms; arms that are one character each are a class."""
    characters = [arm.members for arm in arms if isinstance(arm, Characters)]
    if len(characters) == len(arms) > 1:
        return Characters("".join(dict.fromkeys("".join(characters))))
    return arms[0] if len(arms) == 1 else Branch(tuple(arms))


class _Parser:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.groups = 0

    def branch(self) -> Node:
        arms = [self.sequence()]
        while self.pattern.startswith("|", self.at):
            self.at += 1
            arms.append(self.sequence())
        return _branch(arms)

    def sequence(self) -> Node:
        parts: list[Node] = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            part = self._quantified(self._atom())
            if isinstance(part, Sequence):
                parts.extend(part.parts)
            else:
                parts.append(part)
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _quantified(self, part: Node) -> Node:
        while found := _QUANTIFIER.match(self.pattern, self.at):
            self.at = found.end()
            sign, low, comma, high = found.groups()
            if sign:
                bounds = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
            else:
                bounds = (int(low), (int(high) if high else None) if comma else int(low))
            part = NOTHING if isinstance(part, Assertion) else Repeat(part, *bounds)
        return part

    def _atom(self) -> Node:
        char = self.pattern[self.at]
        if char == "(":
            return self._parenthesis()
        if char == "[":
            return Characters(self._character_class())
        self.at += 1
        if char in "^$":
            return Assertion()
        if char == ".":
            return Characters(members("."))
        if char == "\\":
            return self._escape()
        return Characters(char)

    def _parenthesis(self) -> Node:
        self.at += 1
        if flags := _FLAGS.match(self.pattern, self.at):
            self.at = flags.end()
            return NOTHING
        if look := _LOOK.match(self.pattern, self.at):
            self.at = look.end()
            inside = self.branch()
            self._close()
            whole = look[0] == "?=" and _ANCHORED.search(self.pattern, 0, self.at - 1)
            return Assertion(inside if whole else None)
        group = _GROUP.match(self.pattern, self.at)
        if group is None or group["name"] is not None:
            self.groups += 1
        number = self.groups
        numbered = group is None or group["name"] is not None
        if group is not None:
            self.at = group.end()
        inside = self.branch()
        self._close()
        return Group(inside, number) if numbered else inside

    def _close(self) -> None:
        if not self.pattern.startswith(")", self.at):
            raise PatternError(f"pattern {self.pattern!r} has an open parenthesis")
        self.at += 1

    def _character_class(self) -> str:
        start = self.at
        self.at += 1 + self.pattern.startswith("^", self.at + 1)
        first = True
        while self.at < len(self.pattern) and (first or self.pattern[self.at] != "]"):
            self.at += 2 if self.pattern[self.at] == "\\" else 1
            first = False
        self.at += 1
        return members(self.pattern[start : self.at])

    def _escape(self) -> Node:
        char = self.pattern[self.at]
        self.at += 1
        if char in "bB":
            return Assertion()
        if char in "123456789":
            return Reference(int(char))
        if char in "xu":
            digits = {"x": 2, "u": 4}[char]
            self.at += digits
            return Characters(chr(int(self.pattern[self.at - digits : self.at], 16)))
        if char == "c":
            self.at += 1
            return Characters(chr(ord(self.pattern[self.at - 1].upper()) ^ 64))
        if char in "pP":
            end = self.pattern.index("}", self.at) + 1
            expression = "\\" + self.pattern[self.at - 1 : end]
            self.at = end
            return Characters(members(expression))
        return Characters(_SIMPLE_ESCAPES.get(char, char))
