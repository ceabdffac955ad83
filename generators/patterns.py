"""Strings that fit a pattern and have a length that was asked for.

The tree of the pattern says which lengths each part can have, so a string of a reachable length is
written in one go; what the tree cannot express is left to chance and checked, a bounded number of
times.
"""

from __future__ import annotations

import functools
import string

from awsconform.generators.choices import Choices, RandomChoices
from awsconform.generators.lengths import Lengths, Measure, has, longest, measured, shortest
from awsconform.generators.pattern_syntax import (
    Assertion,
    Branch,
    Characters,
    Group,
    Node,
    Reference,
    Repeat,
    Sequence,
)
from awsconform.specs.patterns import compiled

ATTEMPTS = 40
_ORDINARY = 4
_WORD = string.ascii_letters + string.digits
_GUESSES = 8
_SCANNED = 256
# Some patterns of service models backtrack for minutes; a string that takes this long is not used.
_SECONDS = 2.0


def lengths(pattern: str, cap: int) -> Lengths:
    """The lengths up to `cap` that strings matching a translated pattern can have, as a bit set.

    Raises:
        PatternError: the pattern is not of the expected dialect.
    """
    return measured(pattern, cap).whole


def fits(pattern: str, text: str) -> bool | None:
    """Whether the pattern matches; None where the engine does not say within reason."""
    try:
        return compiled(pattern).search(text, timeout=_SECONDS) is not None
    except TimeoutError:
        return None


def sample(
    pattern: str,
    length: int,
    choices: Choices,
    *,
    alphabet: str | None = None,
    cap: int | None = None,
    attempts: int = ATTEMPTS,
) -> str | None:
    """A string of exactly `length` that matches, or None where none was found.

    Characters are taken from `alphabet` wherever the pattern lets them. `cap` is the largest length
    that will be asked of the same pattern: naming it saves measuring again.
    """
    measure = measured(pattern, max(length, cap or 0))
    if not has(measure.whole, length):
        return None
    for attempt in range(attempts):
        # What a look-ahead refuses is rarely made of letters and digits.
        letters = alphabet if attempt < _ORDINARY or attempt % 2 else _WORD
        text = _Writer(measure, choices.plain(), letters).write(length)
        if text is not None and len(text) == length and fits(pattern, text):
            return text
    return None


@functools.lru_cache(maxsize=8192)
def restricted(members: str, alphabet: str | None) -> str:
    """The members that are in the alphabet, in their order; all of them where none is."""
    if alphabet is None:
        return members
    return "".join(char for char in members if char in alphabet) or members


class _DeadEnd(Exception):
    """No way on was found that gives the wanted length."""


class _Writer:
    def __init__(self, measure: Measure, choices: RandomChoices, alphabet: str | None) -> None:
        self.measure = measure
        self.choices = choices
        self.alphabet = alphabet
        self.groups: dict[int, str] = {}

    def write(self, length: int) -> str | None:
        try:
            return self._text(self.measure.tree, length)
        except _DeadEnd:
            return None

    def _text(self, node: Node, length: int) -> str:
        match node:
            case Sequence():
                return self._sequence(node, length)
            case Characters():
                return self.choices.choice(restricted(node.members, self.alphabet))
            case Branch():
                arms = [arm for arm in node.arms if has(self.measure.of(arm), length)]
                return self._text(self.choices.choice(arms), length)
            case Repeat():
                return self._repeat(node, length)
            case Group():
                text = self._text(node.part, length)
                self.groups[node.number] = text
                return text
            case Reference():
                return self.groups.get(node.number, "")
            case Assertion():
                return ""

    def _sequence(self, node: Sequence, length: int) -> str:
        pieces: list[str] = []
        for step in self.measure.steps(node):
            part = step.part
            if isinstance(part, Characters):
                pieces.append(self.choices.choice(restricted(part.members, self.alphabet)))
                length -= 1
                continue
            low = max(step.low, length - step.rest_high)
            high = min(step.high, length - step.rest_low)
            size = self._size(step.first, step.rest, length, low, high)
            if size:
                pieces.append(self._text(part, size))
                length -= size
            elif isinstance(part, Group):
                self.groups[part.number] = self._text(part.part, 0)
        return "".join(pieces)

    def _split(self, first: Lengths, rest: Lengths, length: int) -> int:
        low = max(shortest(first), length - longest(rest))
        high = min(longest(first), length - shortest(rest))
        return self._size(first, rest, length, low, high)

    def _size(self, first: Lengths, rest: Lengths, length: int, low: int, high: int) -> int:
        """The size of a part such that what follows can fill up to `length`."""
        for _ in range(_GUESSES):
            if high < low:
                break
            size = low if low == high else self.choices.integer(low, high)
            if first >> size & 1 and rest >> (length - size) & 1:
                return size
        fitting = [
            size for size in range(low, high + 1) if has(first, size) and has(rest, length - size)
        ]
        if not fitting:
            raise _DeadEnd
        return self.choices.choice(fitting)

    def _repeat(self, node: Repeat, length: int) -> str:
        once = self.measure.of(node.part)
        if length == 0:
            return self._text(node.part, 0) if node.low and has(once, 0) else ""
        if once == 2 and isinstance(node.part, Characters):
            return self.choices.text(restricted(node.part.members, self.alphabet), length)
        if once == 2:
            return "".join([self._text(node.part, 1) for _ in range(length)])
        return "".join(self._times(node.part, self._count(node, once & ~1, length), length))

    def _count(self, node: Repeat, once: Lengths, length: int) -> int:
        """How many parts that are not empty make up `length`."""
        least = 0 if has(self.measure.of(node.part), 0) else node.low
        low = max(least, -(-length // longest(once)))
        high = length // shortest(once)
        if node.high is not None:
            high = min(high, node.high)
        if high < low:
            raise _DeadEnd
        for _ in range(_GUESSES):
            count = self.choices.integer(low, high)
            if has(self.measure.repeated(node.part, count), length):
                return count
        for count in range(low, min(high, low + _SCANNED) + 1):
            if has(self.measure.repeated(node.part, count), length):
                return count
        raise _DeadEnd

    def _times(self, part: Node, count: int, length: int) -> list[str]:
        if count == 1:
            return [self._text(part, length)]
        half = count // 2
        left = self.measure.repeated(part, half)
        right = self.measure.repeated(part, count - half)
        size = self._split(left, right, length)
        return self._times(part, half, size) + self._times(part, count - half, length - size)
