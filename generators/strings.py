"""Strings of one leaf: its pattern and its length bounds together, and where it travels."""

from __future__ import annotations

import functools
import random

from awsconform.generators.choices import NUMBERS, Choices, RandomChoices
from awsconform.generators.lengths import Lengths, between, has, longest, nearest, shortest
from awsconform.generators.locations import Location
from awsconform.generators.pattern_syntax import UNIVERSE
from awsconform.generators.patterns import fits, lengths, restricted, sample

POOL = 64
# Lengths that are tried before a leaf is given up.
_TRIED = 12
_ORDINARY = 200
_UNIQUE = 12
_SLACK = 256
_UNSTATED = 1024
# Printable characters that every JSON library carries.
_WILD = "".join(char for char in UNIVERSE if char.isprintable() and char != "\u00ad")
_ATTEMPTS = 40


class Text:
    """What a string of one leaf may be.

    `low` and `high` are the length bounds in characters, `high` None where nothing is stated.
    """

    def __init__(
        self, pattern: str | None, low: int, high: int | None, location: Location, salt: int = 0
    ) -> None:
        self.pattern = pattern
        self.low = low
        self.high = high
        self.location = location
        self._salt = salt
        # A bound that is never reached is not worth measuring up to.
        stated = high if high is not None and high < location.room else low + _UNSTATED
        self.cap = min(location.room, max(low, stated) + _SLACK)
        self._pool: dict[int, str] = {}

    @functools.cached_property
    def reachable(self) -> Lengths:
        """The lengths the pattern reaches, whatever the bounds say."""
        if self.pattern is None:
            return between(0, self.cap)
        return lengths(self.pattern, self.cap)

    @functools.cached_property
    def within(self) -> Lengths:
        """The lengths that fit both the pattern and the bounds."""
        high = self.cap if self.high is None else min(self.high, self.cap)
        return self.reachable & between(self.low, high)

    @functools.cached_property
    def ends(self) -> tuple[int, int] | None:
        """The smallest and the largest length a valid value was found for; None without any."""
        source = RandomChoices(random.Random(0))
        low = self._first(self.within, source)
        if low is None:
            return None
        remaining = self.within
        for _ in range(_TRIED):
            high = longest(remaining)
            if high <= low or self.exact(high, source) is not None:
                return low, max(low, high)
            remaining &= ~(1 << high)
            if not remaining:
                break
        return low, low

    def _first(self, candidates: Lengths, source: Choices) -> int | None:
        for _ in range(_TRIED):
            if not candidates:
                return None
            length = shortest(candidates)
            if self.exact(length, source) is not None:
                return length
            candidates &= ~(1 << length)
        # What the tree takes for reachable may not be: try the middle and the end as well.
        for length in {longest(candidates), nearest(candidates, longest(candidates) // 2)} - {-1}:
            if self.exact(length, source) is not None:
                return length
        return None

    def exact(self, length: int, choices: Choices, *, wild: bool = False) -> str | None:
        """A matching string of exactly that length which its location carries, or None."""
        alphabet = _WILD if wild else self.location.alphabet
        if length > self.cap or length > self.location.room:
            return None
        if self.pattern is None:
            return self._plain(length, choices, alphabet)
        if not has(self.reachable, length):
            return None
        for _ in range(3):
            text = sample(self.pattern, length, choices, alphabet=alphabet, cap=self.cap)
            if text is None:
                return None
            if self.location.carries(text):
                return text
        return None

    def _plain(self, length: int, choices: Choices, alphabet: str) -> str | None:
        # Letters at both ends: spaces there are lost in headers, and dots alone are no segment.
        letters = restricted(UNIVERSE, self.location.alphabet)[:26]
        if length == 0:
            return "" if self.location.carries("") else None
        plain = choices.plain()
        inner = max(length - 2, 0)
        ends = plain.text(letters, length - inner)
        return ends[:1] + plain.text(_plain_alphabet(alphabet), inner) + ends[1:]

    def fresh(self, choices: Choices) -> str:
        """A valid string; its length is short more often than long."""
        assert self.ends is not None
        plain = choices.plain()
        low, high = self.ends
        if self.pattern is None and self.low == 0 and high > 0:
            low = max(low, 1)
        usual = min(high, low + _ORDINARY)
        wild = self.location.in_body and plain.integer(0, 7) == 7
        for _ in range(_ATTEMPTS):
            wanted = min(usual, low + (1 << plain.integer(0, (usual - low).bit_length())) - 1)
            wanted = plain.integer(low, wanted)
            text = self.exact(nearest(self.within, wanted), plain, wild=wild)
            if text is not None:
                return text
        return self.shortest(plain)

    def ordinary(self, choices: Choices) -> str:
        """A valid string long enough, where that is allowed, to be met only once."""
        assert self.ends is not None
        plain = choices.plain()
        least = min(self.ends[1], max(self.ends[0], _UNIQUE))
        wanted = plain.integer(least, min(self.ends[1], least + _UNIQUE))
        text = self.exact(nearest(self.within, wanted), plain)
        return text if text is not None else self.fresh(plain)

    def shortest(self, choices: Choices) -> str:
        """A valid string of the smallest length there is."""
        return self._at_end(0, choices)

    def longest(self, choices: Choices) -> str:
        """A valid string of the largest length there is (within what the location carries)."""
        return self._at_end(1, choices)

    def _at_end(self, end: int, choices: Choices) -> str:
        assert self.ends is not None
        for source in (choices, choices, RandomChoices(random.Random(0))):
            text = self.exact(self.ends[end], source)
            if text is not None:
                return text
        # Found before with this very seed, but for the draws between.
        return next(
            text
            for seed in range(10_000)
            if (text := self.exact(self.ends[end], RandomChoices(random.Random(seed)))) is not None
        )

    def pooled(self, choices: Choices) -> str:
        """A valid string for one decision: seven times in eight from a pool that is made once.

        The decision is a large number although the pool is small: equal decisions are repetitions
        to Hypothesis, which then looks for others at some expense.
        """
        number = choices.integer(0, NUMBERS)
        if number // POOL % 8 == 7:
            return self.fresh(RandomChoices(random.Random(number ^ self._salt)))
        slot = number % POOL
        found = self._pool.get(slot)
        if found is None:
            source = RandomChoices(random.Random(slot ^ self._salt))
            found = self._pool[slot] = self.fresh(source) if slot else self.shortest(source)
        return found

    def mismatching(self, choices: Choices, kind: str) -> str | None:
        """A string within the length bounds that the pattern refuses, or None.

        `kind` is one of `MISMATCHES`.
        """
        if self.pattern is None or self.ends is None:
            return None
        for text in _MAKERS[kind](self, choices.plain()):
            long_enough = len(text) >= self.low
            short_enough = self.high is None or len(text) <= self.high
            if not (long_enough and short_enough and self.location.carries(text)):
                continue
            if fits(self.pattern, text) is False:
                return text
        return None


@functools.lru_cache(maxsize=64)
def _plain_alphabet(alphabet: str) -> str:
    """Letters and digits, a few marks, and what else the alphabet has beyond ASCII."""
    marks = "-_"
    return "".join(char for char in alphabet if char.isalnum() or char in marks)


# Each of these is refused by most patterns; the letters come last, for patterns of digits.
FOREIGN = "!~%{#,?*é漢 /:@_-.9zZ"


def _foreign(text: Text, choices: RandomChoices) -> list[str]:
    made: list[str] = []
    for _ in range(3):
        valid = text.shortest(choices) or text.fresh(choices)
        first = choices.integer(0, len(FOREIGN) - 1)
        made += [valid[:at] + char + valid[at + 1 :]
                 for char in FOREIGN[first:] + FOREIGN[:first]
                 for at in sorted({0, len(valid) // 2, len(valid) - 1})
                 if valid]  # fmt: skip
    size = max(text.low, 1)
    return made + [char * size for char in FOREIGN]


def _unrelated(text: Text, choices: RandomChoices) -> list[str]:
    assert text.ends is not None
    sizes = [max(size, 1) for size in {*text.ends, text.low, max(text.low, 8)}]
    alphabets = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "QXZ", "-_.", "!?%")
    return [choices.text(alphabet, min(size, 300)) for alphabet in alphabets for size in sizes]


def _newline(text: Text, choices: RandomChoices) -> list[str]:
    return [f"{valid}\n" for _ in range(3) for valid in (text.shortest(choices),)]


def _broken(text: Text, choices: RandomChoices) -> list[str]:
    """A line break inside: `.` does not match it."""
    valid = text.shortest(choices)
    letters = "a" * max(text.low - 2, 1)
    return [valid[:1] + "\n" + valid[2:], f"a\n{letters}", f"a\n{letters}b", "\n" * text.low]


def _blank(text: Text, choices: RandomChoices) -> list[str]:
    return [" " * max(text.low, 1)]


def _empty(text: Text, choices: RandomChoices) -> list[str]:
    return [""]


_MAKERS = {
    "foreign character": _foreign,
    "unrelated": _unrelated,
    "trailing newline": _newline,
    "line break": _broken,
    "blank": _blank,
    "empty": _empty,
}
MISMATCHES = tuple(_MAKERS)
