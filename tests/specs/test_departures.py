"""The departures of AWS from its models that are kept as data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awsconform.specs import catalog
from awsconform.specs.departures import FILE, departure

STATED: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["departures"]
NAMES = [f"{each['service']}-{each['shape']}-{each['member']}" for each in STATED]


@pytest.mark.parametrize("stated", STATED, ids=NAMES)
def test_is_about_a_place_its_operations_answer(stated: dict[str, Any]) -> None:
    for operation in stated["operations"]:
        contract = catalog.load(stated["service"], operation)
        paths = [
            (*place.path, stated["member"])
            for place in contract.places("response")
            if place.shape is not None and place.shape.endswith(f"/{stated['shape']}")
        ]
        assert paths
        for path in paths:
            kept = departure(contract, "response", path, stated["keyword"])
            assert kept is not None
            assert operation in str(kept)


@pytest.mark.parametrize("stated", STATED, ids=NAMES)
def test_excuses_nothing_the_model_allows_anyway(stated: dict[str, Any]) -> None:
    """So a departure that the models have caught up with is noticed."""
    contract = catalog.load(stated["service"], stated["operations"][0])
    places = [
        each
        for each in contract.places("response")
        if each.parent is not None
        and str(each.parent.shape).endswith(f"/{stated['shape']}")
        and each.path[-1] == stated["member"]
    ]
    if stated["keyword"] == "members":
        assert not places
        return
    assert places
    schema = places[0].schema
    match stated["keyword"]:
        case "required":
            assert places[0].required
        case "enum":
            assert set(stated["answered"]).isdisjoint(schema["enum"])
        case "minimum":
            assert all(value < schema["minimum"] for value in stated["answered"])
        case "type":
            assert stated["answered"] == [None]
        case keyword:
            assert keyword in schema


def test_values_are_excused_one_by_one() -> None:
    contract = catalog.load("cloudfront", "ListDistributions")
    path = ("DistributionList", "Items", "*", "HttpVersion")
    kept = departure(contract, "response", path, "enum")
    assert kept is not None
    assert kept.excuses("HTTP2")
    assert not kept.excuses("HTTP9")


def test_holds_wherever_the_shape_stands() -> None:
    contract = catalog.load("iam", "ListRoles")
    path = ("Roles", "*", "PermissionsBoundary", "PermissionsBoundaryType")
    assert departure(contract, "response", path, "enum") is not None


def test_knows_nothing_of_other_places() -> None:
    contract = catalog.load("iam", "ListRoles")
    assert departure(contract, "response", ("Roles", "*", "RoleName"), "pattern") is None
    assert departure(contract, "response", (), "members") is None
