"""Which lengths a pattern reaches, as sets held in integers: bit n is set where n is reachable.

Assertions are ignored, so a set may name a length that no string has; never the reverse. The one
assertion that is understood is a look-ahead over everything that follows: `(?=.{1,64}$)`.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from awsconform.generators.easier_patterns import EASIER
from awsconform.generators.pattern_syntax import (
    Assertion,
    Branch,
    Characters,
    Group,
    Node,
    Reference,
    Repeat,
    Sequence,
    parse,
)

Lengths = int
ONLY_ZERO: Lengths = 1


def between(low: int, high: int) -> Lengths:
    """Every length from `low` to `high`; none where `high` is smaller."""
    return ((1 << (high - low + 1)) - 1) << low if high >= low else 0


def shortest(lengths: Lengths) -> int:
    """The smallest of a set that is not empty."""
    return (lengths & -lengths).bit_length() - 1


def longest(lengths: Lengths) -> int:
    """The largest of a set that is not empty."""
    return lengths.bit_length() - 1


def has(lengths: Lengths, length: int) -> bool:
    """Whether a length is in the set."""
    return length >= 0 and bool(lengths >> length & 1)


def nearest(lengths: Lengths, length: int) -> int:
    """The smallest of the set that is at least `length`, else the largest of all."""
    above = lengths >> length
    return length + shortest(above) if above else longest(lengths)


def added(one: Lengths, other: Lengths, cap: int) -> Lengths:
    """Every sum of a length of each set, up to `cap`."""
    if _runs(one) < _runs(other):
        one, other = other, one
    mask = (1 << (cap + 1)) - 1
    result = 0
    while other:
        start = shortest(other)
        if start > cap:
            break
        run = other >> start
        size = shortest(~run)
        result |= _smeared(one, size) << start
        other = run >> size << (start + size)
    return result & mask


def _runs(lengths: Lengths) -> int:
    return (lengths & ~(lengths << 1)).bit_count()


def _smeared(lengths: Lengths, size: int) -> Lengths:
    """The union of the set shifted by 0 to size - 1."""
    done = 1
    while done * 2 <= size:
        lengths |= lengths << done
        done *= 2
    return lengths | lengths << (size - done)


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a sequence: its lengths, those of all that follows, and the ends of both."""

    part: Node
    first: Lengths
    rest: Lengths
    low: int
    high: int
    rest_low: int
    rest_high: int


class Measure:
    """The reachable lengths of every node of a tree, up to `cap`."""

    def __init__(self, tree: Node, cap: int) -> None:
        self.cap = cap
        self._mask = (1 << (cap + 1)) - 1
        self._of: dict[Node, Lengths] = {}
        self._rests: dict[Sequence, list[Lengths]] = {}
        self._steps: dict[Sequence, list[Step]] = {}
        self._powers: dict[tuple[Node, int], Lengths] = {}
        self._groups: dict[int, Node] = {}
        self.tree = tree
        self.whole = self._measure(tree, last=True)

    def of(self, node: Node) -> Lengths:
        """The lengths of one node."""
        return self._of[node]

    def steps(self, node: Sequence) -> list[Step]:
        """The parts of a sequence that take room, or may."""
        found = self._steps.get(node)
        if found is None:
            found = self._steps[node] = [
                Step(part, first, rest, shortest(first), longest(first), shortest(rest),
                     longest(rest))
                for part, rest in zip(node.parts, self._rests[node], strict=True)
                if (first := self._of[part]) != ONLY_ZERO
            ]  # fmt: skip
        return found

    def repeated(self, node: Node, times: int) -> Lengths:
        """The lengths of a part that is not empty, repeated exactly so many times."""
        if times == 0:
            return ONLY_ZERO
        if times == 1:
            return self.of(node) & ~ONLY_ZERO
        if (node, times) not in self._powers:
            half = times // 2
            self._powers[node, times] = added(
                self.repeated(node, half), self.repeated(node, times - half), self.cap
            )
        return self._powers[node, times]

    def _measure(self, node: Node, *, last: bool) -> Lengths:
        lengths = self._lengths(node, last) & self._mask
        self._of[node] = lengths
        return lengths

    def _lengths(self, node: Node, last: bool) -> Lengths:
        match node:
            case Characters():
                return 2 if node.members else 0
            case Sequence():
                return self._sequence(node, last)
            case Branch():
                return functools.reduce(
                    int.__or__, (self._measure(arm, last=last) for arm in node.arms)
                )
            case Repeat():
                return self._repeat(node)
            case Group():
                self._groups[node.number] = node.part
                return self._measure(node.part, last=last)
            case Reference():
                group = self._groups.get(node.number)
                return self._of.get(group, ONLY_ZERO) if group is not None else ONLY_ZERO
            case Assertion():
                if node.whole is not None:
                    self._measure(node.whole, last=False)
                return ONLY_ZERO

    def _sequence(self, node: Sequence, last: bool) -> Lengths:
        tails = [last] * len(node.parts)
        for index in range(len(node.parts) - 2, -1, -1):
            tails[index] = tails[index + 1] and isinstance(node.parts[index + 1], Assertion)
        for part, tail in zip(node.parts, tails, strict=True):
            self._measure(part, last=tail)
        rest = ONLY_ZERO
        rests: list[Lengths] = []
        for part in reversed(node.parts):
            rests.append(rest)
            rest = added(rest, self._of[part], self.cap)
            if last and isinstance(part, Assertion) and part.whole is not None:
                rest &= self._of[part.whole]
        self._rests[node] = rests[::-1]
        return rest

    def _repeat(self, node: Repeat) -> Lengths:
        once = self._measure(node.part, last=False)
        low = min(node.low, self.cap + 1)
        high = self.cap if node.high is None else min(node.high, self.cap)
        if once == 2:
            return between(low, high)
        least = self._power(once, low)
        return added(least, self._power(once | ONLY_ZERO, max(high - low, 0)), self.cap)

    def _power(self, lengths: Lengths, times: int) -> Lengths:
        result, square = ONLY_ZERO, lengths
        while times:
            if times & 1:
                result = added(result, square, self.cap)
            times >>= 1
            if times:
                doubled = added(square, square, self.cap)
                if doubled == square and square & ONLY_ZERO:
                    return added(result, square, self.cap)
                square = doubled
        return result


@functools.lru_cache(maxsize=8192)
def measured(pattern: str, cap: int) -> Measure:
    """The lengths of a translated pattern's tree, up to `cap`.

    Raises:
        PatternError: the pattern is not of the expected dialect.
    """
    return Measure(parse(EASIER.get(pattern, pattern)), cap)
