from __future__ import annotations

import json
import random
import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awsconform.generators import requests
from awsconform.generators.bodies import UNKNOWN_MEMBER
from awsconform.generators.choices import RandomChoices
from awsconform.generators.locations import Location, location_of
from awsconform.generators.requests import Labelled
from awsconform.specs.catalog import load
from awsconform.specs.clauses import clauses
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures
from generation_oracles import complaints, refusals


def labelled(contract: Contract, seed: int = 1) -> list[Labelled]:
    return list(requests.labelled(contract, RandomChoices(random.Random(seed))))


def accepting(contract: Contract) -> list[str]:
    return [
        clause.id
        for clause in clauses(contract)
        if clause.part == "request"
        and (clause.kind.endswith("accepted") or clause.kind == "unknown-member")
    ]


def at(value: Any, path: tuple[str, ...]) -> list[Any]:
    """Every value at the places of a path."""
    found = [value]
    for segment in path:
        if segment == "*":
            found = [item for each in found for item in each]
        elif segment == "@key":
            found = [key for each in found for key in each]
        elif segment == "@value":
            found = [entry for each in found for entry in each.values()]
        else:
            found = [each[segment] for each in found if segment in each]
    return found


def test_every_accepting_clause_has_a_request_or_a_reason(contracts: list[Contract]) -> None:
    for contract in contracts:
        brought_up = {each.clause for each in labelled(contract)}
        reasons = requests.unprovokable(contract)
        assert brought_up.isdisjoint(reasons)
        assert brought_up | reasons.keys() == set(accepting(contract))
        assert all(reasons.values())


def test_the_committed_contracts_lack_only_what_cannot_be_had(committed: list[Contract]) -> None:
    kinds = {
        clause.rpartition("#")[2]: reason
        for contract in committed
        for clause, reason in requests.unprovokable(contract).items()
    }
    assert kinds == {
        "unknown-member": "the request has no body",
        "minLength.accepted": "implied by the pattern: it has no string of that length",
    }


def test_every_labelled_request_is_valid(contracts: list[Contract]) -> None:
    for contract in contracts:
        for each in labelled(contract):
            assert not failures(contract, "request", each.value), each


def test_botocore_and_the_pure_python_validator_agree(committed: list[Contract]) -> None:
    for contract in committed:
        for each in labelled(contract):
            assert not complaints(contract, "request", each.value), each
            if each.label != UNKNOWN_MEMBER:
                assert not refusals(contract, "request", each.value), each


def test_botocore_takes_requests_of_other_services(others: list[Contract]) -> None:
    for contract in others:
        for each in labelled(contract)[:40]:
            if each.label != UNKNOWN_MEMBER:
                assert not refusals(contract, "request", each.value), each


def test_labels_stay_and_values_change_from_seed_to_seed(contracts: list[Contract]) -> None:
    differing = 0
    for contract in contracts:
        one, other = labelled(contract, 1), labelled(contract, 2)
        assert [(each.clause, each.label) for each in one] == [
            (each.clause, each.label) for each in other
        ]
        known = {place.path[0] for place in contract.places("request") if len(place.path) == 1}
        assert [known & set(each.value) for each in one] == [
            known & set(each.value) for each in other
        ]
        differing += one != other
    assert differing > len(contracts) / 2


def test_the_same_seed_gives_the_same_requests(committed: list[Contract]) -> None:
    for contract in committed:
        assert labelled(contract) == labelled(contract)


def test_labels_are_not_repeated_within_a_clause(contracts: list[Contract]) -> None:
    for contract in contracts:
        names = [(each.clause, each.label) for each in labelled(contract)]
        assert len(names) == len(set(names))


def test_boundaries_lie_on_the_bound_and_documented_values_are_all_there(
    contracts: list[Contract],
) -> None:
    for contract in contracts:
        by_id = {clause.id: clause for clause in clauses(contract)}
        for each in labelled(contract):
            clause = by_id[each.clause]
            place = contract.place("request", clause.path)
            bound = clause.facts.get("value")
            if place is None or not clause.path:
                continue
            found = at(each.value, clause.path)
            match clause.kind:
                case "accepted":
                    assert found
                case "enum.accepted":
                    assert each.label in found
                case "union.accepted":
                    assert {each.label} in [set(arm) for arm in found]
                case "minimum.accepted" | "maximum.accepted":
                    assert bound in found
                case _:
                    assert bound in [len(value) for value in found]


def test_every_documented_value_gets_its_own_request(committed: list[Contract]) -> None:
    for contract in committed:
        labels: dict[str, set[str]] = {}
        for each in labelled(contract):
            labels.setdefault(each.clause, set()).add(each.label)
        for clause in clauses(contract):
            if clause.part == "request" and clause.kind == "enum.accepted":
                assert labels[clause.id] == set(clause.facts["value"])


def test_the_minimal_request_has_what_is_required_and_the_maximal_has_all(
    committed: list[Contract],
) -> None:
    for contract in committed:
        top = contract.part("request")["$ref"].removeprefix("#/$defs/")
        schema = contract.definitions[top]
        by_label = {each.label: each.value for each in labelled(contract)}
        assert by_label["minimal"].keys() == set(schema.get("required", ()))
        assert by_label["maximal"].keys() == set(schema["properties"])


def test_values_arrive_as_they_are_where_they_travel(contracts: list[Contract]) -> None:
    for contract in contracts:
        for each in labelled(contract):
            for name, value in each.value.items():
                location = location_of(contract, "request", (name,))
                for text in value if isinstance(value, list) else [value]:
                    if location is Location.PATH and isinstance(text, str):
                        assert text not in ("", ".", "..")
                    if location is Location.HEADER and isinstance(text, str):
                        assert text.isascii()
                        assert text.isprintable()
                        assert text.strip() == text != ""


def test_json_carries_every_value(contracts: list[Contract]) -> None:
    for contract in contracts:
        for each in labelled(contract):
            text = json.dumps(each.value, allow_nan=False, ensure_ascii=False)
            assert json.loads(text.encode("utf-8")) == each.value


@pytest.mark.parametrize(
    ("keyword", "bound", "clause"),
    [("minLength", 5, "minLength.accepted"), ("maxLength", 2, "maxLength.accepted")],
)
def test_says_so_where_the_pattern_leaves_no_such_length(
    keyword: str, bound: int, clause: str
) -> None:
    contract = with_member({"type": "string", "pattern": "^(?:[ab]{3,4})$(?!\\n)", keyword: bound})
    reasons = requests.unprovokable(contract)
    assert f"{contract.id}/request/it#{clause}" in reasons


def test_a_member_no_value_fits_is_left_out_and_explained() -> None:
    contract = with_member({"type": "string", "pattern": "^(?:a{9})$(?!\\n)", "maxLength": 3})
    assert all("it" not in each.value for each in labelled(contract))
    assert "no string fits" in requests.unprovokable(contract)[f"{contract.id}/request/it#accepted"]


@given(st.integers(0, 2**32))
@settings(max_examples=50)
def test_numbers_of_a_float_member_survive_single_precision(seed: int) -> None:
    contract = load("deadline", "CreateFarm")
    for each in labelled(contract, seed):
        number = each.value.get("costScaleFactor", 0)
        assert struct.unpack("f", struct.pack("f", number))[0] == number


def with_member(schema: dict[str, Any]) -> Contract:
    """A contract with one optional member in its body."""
    document = json.loads(json.dumps(load("lookoutequipment", "ListInferenceSchedulers").document))
    top = document["aws"]["input"]
    leaf = {**schema, "aws": {"type": "string"}}
    document["$defs"][top] = {
        "type": "object",
        "properties": {"it": {"$ref": "#/$defs/It"}},
        "aws": {"type": "structure"},
    }
    document["$defs"]["It"] = leaf
    return Contract(document)
