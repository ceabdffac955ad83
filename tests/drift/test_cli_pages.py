"""Pages of the AWS CLI are compared in what they state, under the names the model has."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from awsconform.specs.drift.operations import compared
from awsconform.specs.models import contract_document
from drift.gardening import MODEL

MEMBERS = {"OwnerARN": "Text", "Kind": "Kind", "NextToken": "Text", "MaxResults": "Height"}


def contract(**members: str) -> dict[str, Any]:
    model = copy.deepcopy(MODEL)
    shapes = model["shapes"]
    named = {name: {"shape": shape} for name, shape in {**MEMBERS, **members}.items()}
    shapes["CountTreesRequest"] = {"type": "structure", "members": named, "required": ["OwnerARN"]}
    shapes["Answer"] = {"type": "structure", "members": {"NextToken": {"shape": "Text"}},
                        "required": ["NextToken"]}  # fmt: skip
    model["operations"]["CountTrees"]["output"] = {"shape": "Answer"}
    return contract_document("gardening", "CountTrees", model, {})


def page(form: str = "cli-html", *, values: tuple[str, ...] = ("OAK", "ELM"), **facts: Any) -> Any:
    """A page that shows options in kebab case and pages by itself."""
    return {
        "properties": {
            "request": {
                "type": "object",
                "properties": {
                    "OwnerArn": {"aws": {"type": "string", "cliName": "owner-arn"}},
                    "Kind": {"enum": list(values), "aws": {"type": "string", "cliName": "kind"}},
                },
                "required": ["OwnerArn"],
                "aws": {"type": "structure"},
            },
            "response": {
                "type": "object",
                "properties": {"NextToken": {"aws": {"type": "string"}}},
                "aws": {"type": "structure"},
            },
        },
        "aws": {"service": "gardening", "apiVersion": "2020-01-01", "operation": "CountTrees",
                "format": form, "errors": None, **facts},
    }  # fmt: skip


@pytest.mark.parametrize("form", ["cli-html", "cli-text"])
def test_options_are_known_by_their_kebab_names_and_paging_is_the_clis(form: str) -> None:
    assert list(compared(page(form), contract())) == []
    assert list(compared(contract(), page(form))) == []


def test_what_a_page_states_otherwise_is_found() -> None:
    kinds = [each.kind for each in compared(page(values=("OAK",)), contract(Extra="Text"))]
    assert kinds == ["enum-value-gained", "member-added"]


def test_a_response_is_not_compared_where_text_does_not_say_what_is_below_what() -> None:
    for form, found in (("cli-html", ["required-member-added"]), ("cli-text", [])):
        shown = page(form)
        shown["properties"]["response"]["properties"] = {}
        assert [each.kind for each in compared(shown, contract())] == found


def test_values_in_responses_are_compared_with_newer_pages_alone() -> None:
    model = contract(NextToken="Text")
    model["$defs"]["Text"]["enum"] = ["one"]
    for facts, found in (({}, []), ({"generation": "2.31"}, ["enum-gained"])):
        kinds = {
            each.kind for each in compared(page(**facts), model) if each.side.value == "response"
        }
        assert sorted(kinds) == found


def test_two_pages_are_compared_with_each_other() -> None:
    assert list(compared(page(), page())) == []
    [change] = compared(page(), page(values=("OAK",)))
    assert (change.kind, change.before) == ("enum-value-lost", "ELM")
