"""What the model says in a page's terms, what a page says, and how the two are compared."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.model import OperationModel, ServiceModel

from awsconform.specs.auditing import boto3_pages
from awsconform.specs.auditing.comparing import Disagreement, compare
from awsconform.specs.auditing.explaining import Explanation, explanations
from awsconform.specs.auditing.facts import Fact, Facts
from awsconform.specs.auditing.model_facts import Terms, facts_of_operation
from awsconform.specs.auditing.page_facts import facts_of_page
from awsconform.specs.documents.recognition import read_page
from awsconform.specs.documents.tree import Member
from reference_pages import Sheet, boto3_rst, structure

SHAPES: dict[str, Any] = {
    "Request": {
        "type": "structure",
        "required": ["Name", "Tree"],
        "members": {
            "Name": {"shape": "Name"},
            "Kind": {"shape": "Kind"},
            "Tree": {"shape": "Tree"},
            "Choice": {"shape": "Choice"},
            "Image": {"shape": "Image"},
        },
        "payload": "Image",
    },
    "Response": {
        "type": "structure",
        "required": ["Counts"],
        "members": {
            "Counts": {"shape": "Counts"},
            "Anything": {"shape": "Anything"},
            "Events": {"shape": "Events"},
        },
    },
    "Name": {"type": "string"},
    "Kind": {"type": "string", "enum": ["OAK", "PINE"]},
    "Tree": {
        "type": "structure",
        "required": ["Below"],
        "members": {"Below": {"shape": "Trees"}, "Height": {"shape": "Height"}},
    },
    "Trees": {"type": "list", "member": {"shape": "Tree"}},
    "Height": {"type": "double"},
    "Choice": {
        "type": "structure",
        "union": True,
        "documentation": "<p>One of them.</p>",
        "members": {"One": {"shape": "Name"}, "Other": {"shape": "Silent"}},
    },
    "Silent": {"type": "structure", "union": True, "members": {"One": {"shape": "Name"}}},
    "Image": {"type": "blob"},
    "Counts": {"type": "map", "key": {"shape": "Kind"}, "value": {"shape": "Count"}},
    "Count": {"type": "long"},
    "Anything": {"type": "structure", "members": {}, "document": True},
    "Events": {
        "type": "structure",
        "eventstream": True,
        "members": {"Grown": {"shape": "Grown"}},
    },
    "Grown": {"type": "structure", "event": True, "members": {}},
    "NoSuchTree": {"type": "structure", "members": {}, "exception": True},
}


@pytest.fixture(scope="module")
def operation() -> OperationModel:
    model = {
        "metadata": {"protocol": "rest-json", "endpointPrefix": "gardens", "serviceId": "Gardens"},
        "operations": {
            "GrowTree": {
                "name": "GrowTree",
                "http": {"method": "POST", "requestUri": "/"},
                "input": {"shape": "Request"},
                "output": {"shape": "Response"},
                "errors": [{"shape": "NoSuchTree"}],
            }
        },
        "shapes": SHAPES,
    }
    return ServiceModel(model, "gardens").operation_model("GrowTree")


def _kinds(facts: Facts, *kinds: str) -> dict[tuple[str, str], object]:
    return {(fact.kind, fact.path): value for fact, value in facts.items() if fact.kind in kinds}


def test_states_everything_a_model_has(operation: OperationModel) -> None:
    facts = dict(facts_of_operation(operation, Terms()))
    assert _kinds(facts, "required", "union", "recursive", "streaming", "eventstream") == {
        ("required", "request/Name"): True,
        ("required", "request/Tree"): True,
        ("required", "request/Tree/Below"): True,
        ("required", "response/Counts"): True,
        ("recursive", "request/Tree/Below/*"): True,
        ("union", "request/Choice"): True,
        ("union", "request/Choice/Other"): True,
        ("streaming", "request/Image"): True,
        ("eventstream", "response/Events"): True,
    }
    assert _kinds(facts, "enum") == {
        ("enum", "request/Kind"): ("OAK", "PINE"),
        ("enum", "response/Counts/@key"): ("OAK", "PINE"),
    }
    types = {path: word for (_, path), word in _kinds(facts, "type").items()}
    assert types["request/Tree/Height"] == "double"
    assert types["response/Counts/@value"] == "long"
    assert types["response/Anything"] == "document"
    assert facts[Fact("error", "errors/NoSuchTree")] is True
    members = {path for _, path in _kinds(facts, "member")}
    assert members >= {"request/Tree/Below", "response/Events/Grown"}
    assert len(members) == 14


def test_leaves_out_what_boto3_pages_do_not_state(operation: OperationModel) -> None:
    facts = boto3_pages.expected(operation)
    assert Fact("required", "response/Counts") not in facts
    assert Fact("enum", "response/Counts/@key") not in facts
    assert Fact("union", "request/Choice/Other") not in facts
    assert facts[Fact("type", "request/Tree/Height")] == "float"
    assert facts[Fact("type", "response/Counts/@value")] == "integer"


def test_states_what_a_page_says() -> None:
    sheet = Sheet(
        structure(
            Member("Alpha", "string", 0, required=True, enum=("ACTIVE", "BUSY")),
            Member("Bravo", "list", 0, item=Member(None, "integer", 0)),
        ),
        structure(Member("Carbon", "timestamp", 0)),
        errors=("ValidationException",),
    )
    facts = dict(facts_of_page(read_page(boto3_rst(sheet), name="page")))
    assert facts == {
        Fact("response", "response"): True,
        Fact("member", "request/Alpha"): True,
        Fact("required", "request/Alpha"): True,
        Fact("type", "request/Alpha"): "string",
        Fact("enum", "request/Alpha"): ("ACTIVE", "BUSY"),
        Fact("member", "request/Bravo"): True,
        Fact("type", "request/Bravo"): "list",
        Fact("type", "request/Bravo/*"): "integer",
        Fact("member", "response/Carbon"): True,
        Fact("type", "response/Carbon"): "timestamp",
        Fact("error", "errors/ValidationException"): True,
    }


def test_counts_facts_by_kind_and_tells_each_that_disagrees() -> None:
    same = Fact("member", "request/Alpha")
    expected: Facts = {same: True, Fact("type", "request/Alpha"): "string"}
    told: Facts = {same: True, Fact("type", "request/Alpha"): "list"}
    found = compare(
        {**expected, Fact("required", "request/Alpha"): True},
        {**told, Fact("enum", "request/Alpha"): ("A", "B")},
    )
    assert found.compared == {"member": 1, "type": 1, "required": 1, "enum": 1}
    assert found.disagreements == (
        Disagreement("type", "request/Alpha", "string", "list"),
        Disagreement("required", "request/Alpha", True, None),
        Disagreement("enum", "request/Alpha", None, ("A", "B")),
    )
    assert [str(each) for each in found.disagreements] == [
        "type of request/Alpha: 'list' was read, the model has 'string'",
        "required of request/Alpha: it was not read",
        "enum of request/Alpha: 'A', 'B' was read, there is none",
    ]


EXPLANATION = Explanation(
    formats=("boto3-rst",),
    pages=("gardens.*",),
    kind="type",
    paths=("*/Policy",),
    reason="decoded",
    expected="string",
    read="structure",
)
FOUND = Disagreement("type", "request/Policy", "string", "structure")


def test_explains_the_disagreement_that_was_meant() -> None:
    assert EXPLANATION.explains("boto3-rst", "gardens.GrowTree", FOUND)


@pytest.mark.parametrize(
    ("form", "page", "found"),
    [
        ("boto3-html", "gardens.GrowTree", FOUND),
        ("boto3-rst", "orchards.GrowTree", FOUND),
        ("boto3-rst", "gardens.GrowTree", Disagreement("enum", "request/Policy", "string", None)),
        ("boto3-rst", "gardens.GrowTree", Disagreement("type", "request/Name", "string", "list")),
        ("boto3-rst", "gardens.GrowTree", Disagreement("type", "request/Policy", "string", "list")),
        (
            "boto3-rst",
            "gardens.GrowTree",
            Disagreement("type", "request/Policy", "list", "structure"),
        ),
    ],
)
def test_explains_no_other(form: str, page: str, found: Disagreement) -> None:
    assert not EXPLANATION.explains(form, page, found)


def test_gives_a_reason_with_every_explanation() -> None:
    known = explanations()
    assert known
    assert all(len(each.reason) > 20 for each in known)
