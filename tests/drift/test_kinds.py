"""Every kind of change is found where it happened, on each side, and means what the table says."""

from __future__ import annotations

import copy

import pytest

from awsconform.specs.drift.changes import CLASSIFICATIONS, Side
from awsconform.specs.drift.consequences import ROWS, consequence, words
from drift.gardening import MODEL, PAGINATORS, changes_of, drift_of, mutated
from drift.mutations import CASES, Case

IDS = [f"{case.kind}-{case.keyword}" for case in CASES]
BODY = {Side.REQUEST, Side.RESPONSE, Side.ERROR}


def test_equal_models_differ_in_nothing() -> None:
    assert drift_of((MODEL, PAGINATORS), (copy.deepcopy(MODEL), PAGINATORS)).changes == []


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_change_is_found_on_every_side_and_nothing_else_is(case: Case) -> None:
    changes = changes_of(case.mutate)
    assert {change.found.kind for change in changes} == {case.kind}
    assert {change.found.at.rpartition("#")[2] for change in changes} == {case.keyword}
    sides = {change.found.side for change in changes}
    assert sides in (BODY, {Side.OPERATION})


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_undoing_a_change_is_the_opposite_change(case: Case) -> None:
    back = drift_of(mutated(case.mutate), (MODEL, PAGINATORS)).changes
    assert {change.found.kind for change in back} == {case.undone}


def test_every_row_of_the_table_is_brought_about_by_some_change() -> None:
    whole = {"service-added", "service-removed"}
    seen = {case.kind for case in CASES} | {case.undone for case in CASES} | whole
    assert seen == {row.kind for row in ROWS}


def test_no_row_says_something_twice() -> None:
    places = [(row.kind, side) for row in ROWS for side in row.sides]
    assert len(places) == len(set(places))


@pytest.mark.parametrize(
    ("kind", "side", "classification"),
    [
        ("enum-value-gained", Side.REQUEST, "breaking for implementers"),
        ("enum-value-gained", Side.RESPONSE, "compatible"),
        ("enum-value-lost", Side.REQUEST, "breaking for both"),
        ("enum-value-lost", Side.RESPONSE, "breaking for implementers"),
        ("required-gained", Side.REQUEST, "breaking for both"),
        ("required-dropped", Side.REQUEST, "breaking for implementers"),
        ("required-dropped", Side.RESPONSE, "breaking for callers"),
        ("member-removed", Side.REQUEST, "breaking for callers"),
        ("bound-narrowed", Side.RESPONSE, "compatible"),
        ("operation-removed", Side.OPERATION, "breaking for callers"),
        ("error-added", Side.OPERATION, "compatible"),
    ],
)
def test_a_change_breaks_those_the_rules_of_aws_say(
    kind: str, side: Side, classification: str
) -> None:
    stated = consequence(kind, side)
    assert stated.classification == classification
    assert stated.classification in CLASSIFICATIONS
    assert stated.reason
    assert words(kind, side)


# What request constraints were and are decides; answers may always do less.
@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_what_a_request_may_be_matters_to_implementers_in_either_direction(case: Case) -> None:
    enforced = ("enum", "required-", "bound-", "pattern-", "type-", "union-", "sparse-")
    for change in changes_of(case.mutate):
        if change.found.side is Side.REQUEST and case.kind.startswith(enforced):
            assert change.consequence.implementers


def test_a_place_is_written_as_clauses_write_it_and_the_shape_is_named() -> None:
    case = next(case for case in CASES if case.kind == "enum-value-gained")
    changes = changes_of(case.mutate)
    places = {change.found.side: change.places for change in changes}
    tree = "gardening.PlantTree"
    assert places == {
        Side.REQUEST: (f"{tree}/request/Tree/Kind#enum",),
        Side.RESPONSE: (f"{tree}/response/Tree/Kind#enum",),
        Side.ERROR: (f"{tree}/errors/GardenFull/Tree/Kind#enum",),
    }
    assert {(each.found.shape, each.found.after) for each in changes} == {("Kind", "YEW")}


def test_a_shape_at_several_places_is_one_change_that_names_them_all() -> None:
    changes = changes_of(lambda model, pages: model["shapes"]["Text"].update(max=9))
    [request] = [change for change in changes if change.found.side is Side.REQUEST]
    assert set(request.places) == {
        "gardening.CountTrees/request/Owner#maxLength",
        "gardening.PlantTree/request/Garden#maxLength",
        *(
            f"gardening.PlantTree/request/Tree/{path}#maxLength"
            for path in ("Roots/*", "Notes/@key", "Notes/@value", "Use/Wood", "Use/Shade")
        ),
    }


def test_names_of_shapes_do_not_matter() -> None:
    def rename(model: dict, pages: dict) -> None:
        model["shapes"]["Species"] = model["shapes"].pop("Kind")
        model["shapes"]["Tree"]["members"]["Kind"]["shape"] = "Species"

    assert changes_of(rename) == []


def test_what_a_label_of_the_path_is_called_does_not_matter() -> None:
    def rename(model: dict, pages: dict) -> None:
        model["operations"]["PlantTree"]["http"]["requestUri"] = "/gardens/{Garden}/trees"
        del model["shapes"]["PlantTreeRequest"]["members"]["Garden"]["locationName"]

    assert changes_of(rename) == []


def test_documentation_and_the_order_of_members_do_not_matter() -> None:
    def rewrite(model: dict, pages: dict) -> None:
        model["operations"]["PlantTree"]["documentation"] = "<p>Plants.</p>"
        tree = model["shapes"]["Tree"]
        tree["members"] = dict(reversed(tree["members"].items()))
        tree["documentation"] = "A tree."

    assert changes_of(rewrite) == []


def test_an_operation_that_moves_to_another_wire_is_one_change() -> None:
    def move(model: dict, pages: dict) -> None:
        model["metadata"].update(protocols=["query"], protocol="query", xmlNamespace="urn:g")

    changes = changes_of(move)
    assert {change.found.kind for change in changes} == {"protocol-replaced"}
    assert len(changes) == 1
    assert len(changes[0].places) == 2
