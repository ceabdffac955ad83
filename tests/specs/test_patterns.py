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
        (r"[a-z&&[^b]]", "a", True),
        (r"[a-z&&[^b]]", "b", False),
        (r"[\p{Print}&&[^|:/]]+", "a b~", True),
        (r"[\p{Print}&&[^|:/]]+", "a:b", False),
        (r"[^a-c&&b-z]", "b", False),
        (r"[^a-c&&b-z]", "a", True),
        (r"[a-z&&b-y&&[^c]]+", "bdy", True),
        (r"[a-z&&b-y&&[^c]]+", "bcy", False),
        (r"[a[^b]]+", "ac\u6f22", True),
        (r"[a[^b]]+", "b", False),
        (r"[^\000-\037]+", "a b", True),
        (r"[^\000-\037]+", "\x1f", False),
        (r"\07|\0101", "A", True),
        (r"[\u0020-\uD7FF\uD800\uDBFF-\uDC00\uDFFF]+", "a\ud7ff", True),
        (r"[\u0020-\uD7FF\uD800\uDBFF-\uDC00\uDFFF]+", "\ue000", False),
        (r"[\uDC00-\uFFFD]", "\ue000", True),
        (r"[a-\uDBFF]", "\u6f22", True),
        (r"[\p{all}]{2}", "a\u6f22", True),
        (r"\p{LD}+", "a5\u6f22", True),
        (r"\p{LD}+", "-", False),
        (r"(?!a)+b", "b", True),
        (r"(?!a)*a", "a", True),
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
    pattern: str, value: str, accepted: bool
) -> None:
    assert accepts(pattern, value) is accepted
    assert jsonschema_rs.is_valid({"pattern": translate(pattern)}, value) is accepted


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
        translate("a{2}{3}**")


def test_the_anchors_can_be_taken_off_again() -> None:
    assert inner(translate("a|b")) == "a|b"
    assert inner("a|b") == "a|b"
