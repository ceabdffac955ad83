from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from awsconform.generators.overlay import at, bind, pointers, without

NAMES = st.sampled_from("abc")
VALUES = st.recursive(
    st.integers(), lambda inside: st.lists(inside) | st.dictionaries(NAMES, inside), max_leaves=8
)
REQUESTS = st.dictionaries(NAMES, VALUES)
POINTERS = st.lists(NAMES | st.integers(0, 2), min_size=1, max_size=3).map(tuple)


@given(REQUESTS, st.dictionaries(POINTERS, st.integers()))
def test_leaves_the_request_itself_as_it_was(
    value: dict[str, Any], bindings: dict[tuple[str | int, ...], int]
) -> None:
    before = copy.deepcopy(value)
    bind(value, bindings)
    assert value == before


@given(REQUESTS, NAMES, st.integers())
def test_sets_a_member_whether_or_not_it_was_there(
    value: dict[str, Any], name: str, bound: int
) -> None:
    assert bind(value, {(name,): bound}) == {**value, name: bound}


@given(REQUESTS, POINTERS, st.integers(), st.data())
def test_keeps_what_is_meant_to_be_wrong(
    value: dict[str, Any], pointer: tuple[str | int, ...], bound: int, data: st.DataObject
) -> None:
    above = pointer[: data.draw(st.integers(1, len(pointer)))]
    assert bind(value, {pointer: bound}, keep=above) == value
    assert bind(value, {above: bound}, keep=pointer) == value


def test_sets_members_deep_inside() -> None:
    value = {"filter": {"ids": ["x", "y"], "name": "n"}, "other": 1}
    assert bind(
        value, {("filter", "ids", 1): "farm-1", ("other",): 2}, keep=("filter", "name")
    ) == {
        "filter": {"ids": ["x", "farm-1"], "name": "n"},
        "other": 2,
    }


def test_does_not_invent_structures_or_items() -> None:
    value: dict[str, Any] = {"ids": []}
    assert bind(value, {("ids", 0): "x", ("missing", "id"): "y"}) == value


def test_a_place_stands_wherever_its_lists_and_maps_have_entries() -> None:
    value = {"Targets": [{"Arn": "a"}, {}], "Items": {"x": {"Key": 1}, "y": {}}}
    assert pointers(value, ("Targets", "*", "Arn")) == [
        ("Targets", 0, "Arn"),
        ("Targets", 1, "Arn"),
    ]
    assert pointers(value, ("Items", "@value", "Key")) == [
        ("Items", "x", "Key"),
        ("Items", "y", "Key"),
    ]
    assert pointers(value, ("Missing",)) == [("Missing",)]
    assert pointers(value, ("Missing", "Arn")) == []
    assert pointers(value, ("Items", "@key")) == []
    assert pointers(value, ("Targets", "Arn")) == []


@given(REQUESTS, POINTERS)
def test_what_is_at_a_pointer_is_what_following_it_gives(
    value: dict[str, Any], pointer: tuple[str | int, ...]
) -> None:
    here: Any = value
    try:
        for segment in pointer:
            here = here[segment]
    except (KeyError, IndexError, TypeError):
        here = None
    assert at(value, pointer) == here


@given(REQUESTS, POINTERS)
def test_a_request_without_something_is_the_same_but_for_that(
    value: dict[str, Any], pointer: tuple[str | int, ...]
) -> None:
    before = copy.deepcopy(value)
    left = without(value, pointer)
    assert value == before
    around, last = at(value, pointer[:-1]), pointer[-1]
    rest = copy.deepcopy(around)
    there = isinstance(around, dict) and last in around
    there = there or (isinstance(around, list) and isinstance(last, int) and last < len(around))
    if not there:
        assert left == value
        return
    del rest[last]
    assert left == (bind(value, {pointer[:-1]: rest}) if len(pointer) > 1 else rest)
