"""What templates in hints become."""

from __future__ import annotations

import base64
import io
import itertools
import json
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsconform.conformance.state.templates import Unfilled, filled

PLAIN_TEXT = st.text(st.characters(exclude_characters="$", exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | PLAIN_TEXT,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(PLAIN_TEXT, inside, max_size=3),
    max_leaves=8,
)


def fill(template: Any, **values: Any) -> Any:
    numbers = itertools.count()
    return filled(template, values, lambda: f"n{next(numbers)}")


@given(JSON)
def test_what_has_no_template_in_it_stays_as_it_is(value: Any) -> None:
    assert fill(value) == value


@given(JSON)
def test_json_text_says_what_the_template_holds(value: Any) -> None:
    assert json.loads(fill({"$json": value})) == value


@given(PLAIN_TEXT)
def test_base64_says_the_text(text: str) -> None:
    assert base64.b64decode(fill({"$base64": text})).decode() == text


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}\.py", fullmatch=True), PLAIN_TEXT, max_size=3))
def test_an_archive_has_the_files_and_is_the_same_each_time(files: dict[str, str]) -> None:
    packed = fill({"$zip": files})
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(packed))) as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == files
    assert fill({"$zip": files}) == packed


def test_live_values_stand_in_texts_at_any_depth_and_keep_their_type_alone() -> None:
    template = {"$json": [{"Arn": "arn:${region}:${Name}", "Count": "${Count}"}]}
    text = fill(template, region="eu-west-1", Name="x", Count=3)
    assert json.loads(text) == [{"Arn": "arn:eu-west-1:x", "Count": 3}]


def test_every_unique_name_is_another() -> None:
    assert fill(["${unique}", "a-${unique}"]) == ["n0", "a-n1"]


@pytest.mark.parametrize("template", ["${Arn}", {"a": ["x ${Arn}"]}, {"$json": "${Arn}"}])
def test_a_value_that_nothing_gives_is_told_and_not_made_up(template: Any) -> None:
    with pytest.raises(Unfilled, match="Arn"):
        fill(template, Name="x", Arn=None)
