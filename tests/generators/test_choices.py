from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from awsconform.generators.choices import (
    NUMBERS,
    Choices,
    Decided,
    DrawnChoices,
    FixedStructure,
    RandomChoices,
)

RANGES = st.tuples(st.integers(-(2**63), 2**63), st.integers(0, 2**64)).map(
    lambda pair: (pair[0], sum(pair))
)


def seeded(seed: int) -> RandomChoices:
    return RandomChoices(random.Random(seed))


@given(st.integers(0, 2**32), RANGES)
def test_a_seeded_integer_is_within_its_range(seed: int, ends: tuple[int, int]) -> None:
    assert ends[0] <= seeded(seed).integer(*ends) <= ends[1]


@given(st.integers(0, NUMBERS), RANGES)
def test_a_decided_integer_is_within_its_range(number: int, ends: tuple[int, int]) -> None:
    assert ends[0] <= Decided(number).integer(*ends) <= ends[1]


@given(st.data(), RANGES)
def test_a_drawn_integer_is_within_its_range(data: st.DataObject, ends: tuple[int, int]) -> None:
    assert ends[0] <= DrawnChoices(data.draw).integer(*ends) <= ends[1]


@given(st.data(), st.integers(0, 5))
def test_draws_as_many_numbers_as_asked_for(data: st.DataObject, count: int) -> None:
    numbers = DrawnChoices(data.draw).numbers(count)
    assert len(numbers) == count
    assert all(0 <= number <= NUMBERS for number in numbers)


def decisions(choices: Choices) -> list[int]:
    return [choices.integer(0, 10**6) for _ in range(10)]


def test_a_fixed_structure_is_the_same_whatever_the_leaves_are() -> None:
    one, other = FixedStructure(seeded(1)), FixedStructure(seeded(2))
    assert decisions(one) == decisions(other)
    assert decisions(one.values()) != decisions(other.values())


@given(st.integers(1, 9))
def test_the_smallest_number_decides_for_the_simplest(count: int) -> None:
    assert Decided(0).choice(range(count)) == 0
    assert Decided(0).integer(5, 5 + count) == 5
