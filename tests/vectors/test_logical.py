"""Stated values as logical JSON, and how two values differ."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.vectors.documents import Node
from awsconform.conformance.vectors.logical import differences, known, to_logical
from awsconform.conformance.vectors.models import contract_of
from awsconform.specs.contract import Contract

SCHEMA = {"$ref": "#/$defs/In"}


@pytest.fixture(scope="module")
def contract() -> Contract:
    """A contract with a member of every kind."""
    members = {
        "text": "Text",
        "number": "Double",
        "small": "Float",
        "flag": "Boolean",
        "when": "When",
        "data": "Data",
        "list": "List",
        "sparse": "Sparse",
        "map": "Map",
        "union": "Union",
        "any": "Any",
    }
    shapes: dict[str, Any] = {
        "In": {
            "type": "structure",
            "members": {name: {"shape": shape} for name, shape in members.items()}
            | {"json": {"shape": "Text", "jsonvalue": True}},
        },
        "Text": {"type": "string"},
        "Double": {"type": "double"},
        "Float": {"type": "float"},
        "Boolean": {"type": "boolean"},
        "When": {"type": "timestamp"},
        "Data": {"type": "blob"},
        "List": {"type": "list", "member": {"shape": "When"}},
        "Sparse": {"type": "list", "member": {"shape": "Text"}, "sparse": True},
        "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Data"}},
        "Union": {
            "type": "structure",
            "union": True,
            "members": {"a": {"shape": "Text"}, "b": {"shape": "Data"}},
        },
        "Any": {"type": "structure", "members": {}, "document": True},
    }
    model = {
        "metadata": {
            "protocol": "json",
            "apiVersion": "1",
            "endpointPrefix": "own",
            "targetPrefix": "Own",
        },
        "shapes": shapes,
        "operations": {
            "Do": {"name": "Do", "http": {"method": "POST", "requestUri": "/"},
                   "input": {"shape": "In"}}
        },
    }  # fmt: skip
    return contract_of("own", "Do", model, Node("own.json", "", {}))


@pytest.mark.parametrize(
    ("stated", "logical"),
    [
        ({"when": 0}, {"when": "1970-01-01T00:00:00Z"}),
        ({"when": 1.5}, {"when": "1970-01-01T00:00:01.5Z"}),
        ({"when": "soon"}, {"when": "soon"}),
        ({"data": "hi"}, {"data": "aGk="}),
        ({"data": "é"}, {"data": "w6k="}),
        ({"list": [0]}, {"list": ["1970-01-01T00:00:00Z"]}),
        ({"sparse": ["a", None]}, {"sparse": ["a", None]}),
        ({"map": {"k": "hi"}}, {"map": {"k": "aGk="}}),
        ({"union": {"b": "hi", "a": None}}, {"union": {"b": "aGk="}}),
        ({"text": None}, {}),
        ({"json": {"a": [1]}}, {"json": '{"a":[1]}'}),
        ({"json": '"a"'}, {"json": '"a"'}),
        ({"any": {"when": 0, "null": None}}, {"any": {"when": 0, "null": None}}),
        ({"number": "NaN"}, {"number": "NaN"}),
        ({"unheard": 1}, {"unheard": 1}),
        ({"list": "wrong", "map": 1, "when": True}, {"list": "wrong", "map": 1, "when": True}),
    ],
)
def test_stated_values_become_logical_ones(stated: Any, logical: Any, contract: Contract) -> None:
    assert to_logical(contract, SCHEMA, stated) == logical


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ({"when": "1970-01-01T00:00:00Z"}, {"when": "1970-01-01T01:00:00+01:00"}),
        ({"when": "2000-01-01T00:00:00.123Z"}, {"when": "2000-01-01T00:00:00.123000Z"}),
        ({"small": 7.7}, {"small": 7.699999809265137}),
        ({"number": 1}, {"number": 1.0}),
        ({"json": '{"a": 1}'}, {"json": '{"a":1}'}),
        ({}, {"unheard": 1}),
    ],
)
def test_these_values_are_the_same(expected: Any, actual: Any, contract: Contract) -> None:
    assert differences(contract, SCHEMA, expected, actual) == []


@pytest.mark.parametrize(
    ("expected", "actual", "where"),
    [
        ({"when": "1970-01-01T00:00:00Z"}, {"when": "1970-01-01T00:00:01Z"}, "/when"),
        ({"when": "1970-01-01T00:00:00Z"}, {"when": "soon"}, "/when"),
        ({"number": 7.7}, {"number": 7.699999809265137}, "/number"),
        ({"flag": True}, {"flag": 1}, "/flag"),
        ({"text": "1"}, {"text": 1}, "/text"),
        ({"text": ""}, {}, "/text"),
        ({}, {"text": ""}, "/text"),
        ({"list": ["1970-01-01T00:00:00Z"]}, {"list": []}, "/list"),
        ({"sparse": ["a", None]}, {"sparse": ["a", "b"]}, "/sparse/1"),
        ({"map": {"k": "aGk="}}, {"map": {"k": "aGk=", "l": ""}}, "/map/l"),
        ({"union": {"a": "x"}}, {"union": {"a": "y"}}, "/union/a"),
        ({"json": "no JSON"}, {"json": "other"}, "/json"),
        ({"any": {"a": 1}}, {"any": {"a": 1, "b": 2}}, "/any"),
    ],
)
def test_these_values_differ_at_one_place(
    expected: Any, actual: Any, where: str, contract: Contract
) -> None:
    (difference,) = differences(contract, SCHEMA, expected, actual)
    assert difference.startswith(f"{where}: ")


def test_unknown_members_are_ignored_but_for_those_of_a_union(contract: Contract) -> None:
    value = {"text": "a", "unheard": 1, "union": {"a": "x", "c": 1}, "map": {"k": ""}, "list": []}
    assert known(contract, SCHEMA, value) == {
        "text": "a",
        "union": {"a": "x", "c": 1},
        "map": {"k": ""},
        "list": [],
    }
    assert known(contract, SCHEMA, {"union": {"c": 1}}) == {"union": {}}
