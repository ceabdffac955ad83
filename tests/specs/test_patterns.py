"""Patterns of the Java dialect become JSON Schema patterns that accept the same whole values."""

from __future__ import annotations

import re

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsconform.errors import PatternError
from awsconform.specs.patterns import compiled, inner, translate


def accepts(pattern: str, value: str) -> bool:
    return compiled(translate(pattern)).search(value) is not None


@pytest.mark.parametrize(
    ("pattern", "value", "accepted"),
    [
        ("[a-z]+", "abc", True),
        ("[a-z]+", "abc\n", False),
        ("[a-z]+", "1abc", False),
        ("a|bc", "bc", True),
        ("a|bc", "abc", False),
        (r"\d{3}", "123", True),
        (r"\d{3}", "١٢٣", False),
        (r"\w+", "é", False),
        (r"\s", "\u00a0", False),
        (r"[^\s]+", "a\u00a0b", True),
        (r"\p{ASCII}{0,3}", "a~", True),
        (r"\p{ASCII}{0,3}", "é", False),
        (r"\p{Alpha}+", "aé", False),
        (r"\P{Digit}+", "é", True),
        (r"[\P{M}\p{M}]{1,2}", "\u0301", True),
        (r"[\p{L}]+", "é", True),
        (r"[\w+-=]+", "0", True),
        (r"[\s\w+-=\.:/@]*", "a b;c", True),
        (r"[a-z&&[^b]]", None, None),
        (r"\Qa.b\E+", "a.bb", True),
        (r"\Qa.b\E+", "axb", False),
        (r"\A[a-z]+\z", "ab", True),
        (r"[[a-c][x-z]]+", "ax", True),
        (r"[[a-c][x-z]]+", "m", False),
        (r"a++b", "aab", True),
        ("\\uD83D\\uDE00", "😀", True),
        (r"[\D]", "5", False),
        (r"[\D]", "é", True),
    ],
)
def test_a_translated_pattern_matches_whole_values_as_java_does(
    pattern: str, value: str | None, accepted: bool | None
) -> None:
    if value is None:
        with pytest.raises(PatternError):
            translate(pattern)
    else:
        assert accepts(pattern, value) is accepted


@pytest.mark.parametrize("pattern", ["a\\", "[a-z", r"\p{L", "(a", r"\uZZZZ"])
def test_a_broken_pattern_is_an_error(pattern: str) -> None:
    with pytest.raises(PatternError):
        translate(pattern)


@given(st.text(max_size=12), st.text(max_size=12))
def test_a_literal_matches_itself_and_nothing_else(literal: str, other: str) -> None:
    pattern = re.escape(literal)
    assert accepts(pattern, literal)
    assert accepts(pattern, other) is (literal == other)


@given(st.text(alphabet="ab\n", max_size=4))
def test_two_engines_agree_on_a_translated_pattern(value: str) -> None:
    schema = {"pattern": translate("(a|b)+a?")}
    assert jsonschema_rs.is_valid(schema, value) is accepts("(a|b)+a?", value)


def test_a_pattern_the_validator_cannot_take_is_an_error() -> None:
    with pytest.raises(PatternError):
        translate(r"[^/:|\000-\037]+")


def test_the_anchors_can_be_taken_off_again() -> None:
    assert inner(translate("a|b")) == "a|b"
    assert inner("a|b") == "a|b"
