"""YAML as it is printed means the same to its readers as the JSON does."""

from __future__ import annotations

import math
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from awsconform.commands.yaml_text import to_yaml

# Text without lone surrogates, which no encoding carries.
TEXT = st.text(st.characters(exclude_categories=("Cs",)))
KEYS = TEXT | st.sampled_from(["null", "N", "on", "YES", "~", "1.5", "=", "<<", "a: b", "#", "-"])
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
    | st.sampled_from(["2026-01-01", "1e3", "0x10", "null", "yes", "1:30", "", " a", "- b", "!t"])
)
VALUES = st.recursive(
    LEAVES,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_printed_is_read_back_as_it_was(value: Any) -> None:
    assert yaml.safe_load(to_yaml(value)) == value


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_comments_change_nothing(value: Any) -> None:
    text = to_yaml(value, lambda pointer: "required; one of a, b")
    assert yaml.safe_load(text) == value
    assert text.count("# required; one of a, b") >= len(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_stays_one(number: float) -> None:
    read = yaml.safe_load(to_yaml({"number": number}))["number"]
    assert isinstance(read, float)
    assert math.copysign(1, read) == math.copysign(1, number)


@pytest.mark.parametrize("text", ["true", "12", "2026-11-21T00:00:00Z", "null", "~", "0o7", "off"])
def test_text_that_looks_like_something_else_is_quoted(text: str) -> None:
    assert f'"{text}"' in to_yaml({"a": text})


def test_a_document_looks_as_people_write_it() -> None:
    value = {"Tags": [{"Key": "a", "Values": ["b", "c"]}, {}], "Count": 1, "Off": {}}
    assert to_yaml(value) == (
        'Tags:\n  - Key: "a"\n    Values:\n      - "b"\n      - "c"\n  - {}\nCount: 1\n"Off": {}\n'
    )
    assert to_yaml({}) == "{}\n"
