"""The one source of randomness the samplers are written against.

A sampler asks for integers and picks; whoever runs it decides where they come from: a seeded
generator in the deterministic phase, Hypothesis in the fuzzing phase. The smallest answer always
means the simplest value, so that Hypothesis shrinks to it.
"""

from __future__ import annotations

import functools
import random
import struct
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")

SEEDS = 2**32 - 1
# A number is two bytes: bytes are what drawing and shrinking cost.
BITS = 16
NUMBERS = 2**BITS - 1
_FEW = 16
_TO_THE_ENDS = NUMBERS - NUMBERS // 16
# Odd, so that the products with different numbers differ in 64 bits.
_WIDE = 0x9E3779B97F4A7C15


class Choices(Protocol):
    """Where a sampler's decisions come from."""

    def integer(self, low: int, high: int) -> int:
        """An integer from `low` to `high`, both included."""
        ...

    def choice(self, options: Sequence[T]) -> T:
        """One of `options`, which are ordered from the simplest on."""
        ...

    def numbers(self, count: int) -> Sequence[int]:
        """So many integers from 0 to `NUMBERS` as one decision; see `Decided`."""
        ...

    def values(self) -> Choices:
        """Where the leaves of a value come from, apart from its structure."""
        ...

    def plain(self) -> RandomChoices:
        """A source that costs nothing per decision, for values made of many small ones."""
        ...


class RandomChoices:
    """Decisions of a seeded generator: the same on every machine for the same seed."""

    def __init__(self, source: random.Random) -> None:
        self._random = source.random
        self._source = source
        self._base: int | None = None
        self._few: dict[tuple[int, int], str] | None = None
        self._few_below: dict[tuple[int, int], str] = {}

    def integer(self, low: int, high: int) -> int:
        """An integer from `low` to `high`, both included."""
        span = high - low + 1
        if span < 2**40:
            return low + int(self._random() * span)
        return self._source.randint(low, high)

    def choice(self, options: Sequence[T]) -> T:
        """One of `options`."""
        return options[int(self._random() * len(options))]

    def text(self, alphabet: str, length: int) -> str:
        """A string of exactly `length` characters of `alphabet`."""
        return "".join(self._source.choices(alphabet, k=length))

    def numbers(self, count: int) -> Sequence[int]:
        """So many integers from 0 to `NUMBERS`."""
        return [self._source.getrandbits(BITS) for _ in range(count)]

    def values(self) -> Choices:
        """Itself: structure and leaves come from the same seed."""
        return self

    def plain(self) -> RandomChoices:
        """Itself."""
        return self

    def of(self, name: str) -> RandomChoices:
        """A generator of its own for what has a name: the same whatever is drawn for others."""
        if self._base is None:
            self._base = self._source.getrandbits(64)
        child = RandomChoices(random.Random(f"{self._base} {name}"))
        child._base, child._few = self._base, self._few_below
        return child

    def one_of_few(self, key: int, make: Callable[[RandomChoices], str]) -> str:
        """A text that the generators `of` one another share, or one of its own.

        `key` tells apart what the texts are for. Which they are is decided by the common seed, not
        by who asks first.
        """
        if self._few is None:
            return make(self)
        slot = self.integer(0, _FEW - 1)
        found = self._few.get((key, slot))
        if found is None:
            source = RandomChoices(random.Random(f"{self._base} {key} {slot}"))
            found = self._few[key, slot] = make(source)
        return found


class DrawnChoices:
    """Decisions drawn from Hypothesis, few and cached: a draw costs about 20 µs.

    `seed` decides what comes of the same draws, so that two runs share no made-up text.
    """

    def __init__(self, draw: st.DrawFn, *, seed: int = 0) -> None:
        self._draw = draw
        self._seed = seed << 64

    def integer(self, low: int, high: int) -> int:
        """An integer from `low` to `high`, both included."""
        return low if low == high else self._draw(_integers(low, high))

    def choice(self, options: Sequence[T]) -> T:
        """One of `options`; shrinks to the first."""
        return options[self.integer(0, len(options) - 1)]

    def numbers(self, count: int) -> Sequence[int]:
        """So many integers out of one draw of bytes, which Hypothesis shrinks one by one."""
        return struct.unpack(f">{count}H", self._draw(_bytes(2 * count))) if count else ()

    def values(self) -> Choices:
        """Itself: Hypothesis shrinks structure and leaves alike."""
        return self

    def plain(self) -> RandomChoices:
        """A generator seeded by one draw."""
        return RandomChoices(random.Random(self._seed | self._draw(_integers(0, SEEDS))))


class FixedStructure:
    """The structure from one seed that never changes, the leaves from another source.

    The deterministic cases are made with it: the same members, items and arms on every machine,
    other values in every run.
    """

    def __init__(self, leaves: Choices, *, seed: int = 0) -> None:
        self._seed = seed
        self._leaves = leaves

    @functools.cached_property
    def _structure(self) -> RandomChoices:
        return RandomChoices(random.Random(self._seed))

    def integer(self, low: int, high: int) -> int:
        """An integer of the structure's seed."""
        return low if low == high else self._structure.integer(low, high)

    def choice(self, options: Sequence[T]) -> T:
        """A pick of the structure's seed."""
        return self._structure.choice(options)

    def numbers(self, count: int) -> Sequence[int]:
        """Integers of the structure's seed."""
        return self._structure.numbers(count)

    def values(self) -> Choices:
        """The other source."""
        return self._leaves

    def plain(self) -> RandomChoices:
        """The other source's."""
        return self._leaves.plain()


class Decided:
    """The decision of a leaf that is already made: one of `numbers`.

    One number in 16 means an end of the range that is asked for, the rest wrap around in it.
    """

    def __init__(self, number: int) -> None:
        self._number = number

    def integer(self, low: int, high: int) -> int:
        """An integer from `low` to `high`, both included."""
        number, span = self._number, high - low + 1
        if span == NUMBERS + 1:
            return low + number
        if number >= _TO_THE_ENDS:
            return high if number % 2 else low
        if span > NUMBERS and number > NUMBERS // 2:
            number *= _WIDE
        return low + number % span

    def choice(self, options: Sequence[T]) -> T:
        """One of `options`."""
        return options[self._number % len(options)]

    def numbers(self, count: int) -> Sequence[int]:
        """Integers that follow from the decision."""
        return self.plain().numbers(count)

    def values(self) -> Choices:
        """Itself."""
        return self

    def plain(self) -> RandomChoices:
        """A generator seeded by the decision."""
        return RandomChoices(random.Random(self._number))


@functools.lru_cache(maxsize=1024)
def _bytes(size: int) -> st.SearchStrategy[bytes]:
    return st.binary(min_size=size, max_size=size)


@functools.lru_cache(maxsize=1024)
def _integers(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)
