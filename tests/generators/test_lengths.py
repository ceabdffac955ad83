"""Reachable lengths, held against a search of all short strings."""

from __future__ import annotations

import itertools
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from awsconform.generators.lengths import added, between, has, nearest
from awsconform.generators.patterns import lengths

CAP = 6
SHORT = ["".join(letters) for n in range(CAP + 1) for letters in itertools.product("ab", repeat=n)]
SETS = st.sets(st.integers(0, 40), min_size=1)


def repeated(part: str, bounds: tuple[int, int | None]) -> str:
    low, more = bounds
    return f"(?:{part}){{{low},{'' if more is None else low + more}}}"


PATTERNS = st.recursive(
    st.sampled_from(["a", "b", "[ab]", "ab", "", "[^b]", "aab"]),
    lambda inside: st.one_of(
        st.lists(inside, min_size=2, max_size=3).map("".join),
        st.lists(inside, min_size=2, max_size=3).map(lambda arms: f"({'|'.join(arms)})"),
        st.builds(repeated, inside, st.tuples(st.integers(0, 3), st.none() | st.integers(0, 2))),
    ),
    max_leaves=5,
)


def bits(numbers: set[int]) -> int:
    return sum(1 << number for number in numbers)


@settings(max_examples=150)
@given(PATTERNS)
def test_names_exactly_the_lengths_that_a_search_of_all_strings_finds(pattern: str) -> None:
    engine = re.compile(pattern)
    found = {len(text) for text in SHORT if engine.fullmatch(text)}
    assert lengths(f"^(?:{pattern})$(?!\\n)", CAP) == bits(found)


@settings(max_examples=200)
@given(SETS, SETS)
def test_adds_every_pair(one: set[int], other: set[int]) -> None:
    sums = {a + b for a in one for b in other if a + b <= 50}
    assert added(bits(one), bits(other), 50) == bits(sums)


@given(SETS, st.integers(0, 50))
def test_finds_the_next_length_or_the_last(numbers: set[int], wanted: int) -> None:
    above = [number for number in numbers if number >= wanted]
    assert nearest(bits(numbers), wanted) == (min(above) if above else max(numbers))


@given(st.integers(0, 30), st.integers(-5, 30), st.integers(-5, 40))
def test_holds_what_is_between_two_ends(low: int, size: int, length: int) -> None:
    assert has(between(low, low + size), length) == (low <= length <= low + size and length >= 0)


def test_understands_a_look_ahead_over_the_whole_rest() -> None:
    assert lengths(r"^(?:(?=.{2,3}$)a*)$(?!\n)", 10) == bits({2, 3})


def test_stays_quick_where_lengths_are_many() -> None:
    assert lengths(r"^(?:(?:[a-z]{3}-?){0,1000}x*)$(?!\n)", 100_000).bit_count() == 100_001
