from __future__ import annotations

import random

from awsconform.generators import responses
from awsconform.generators.choices import RandomChoices
from awsconform.generators.requests import Labelled
from awsconform.specs.catalog import load
from awsconform.specs.clauses import clauses
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures
from generation_oracles import complaints, refusals


def labelled(contract: Contract, seed: int = 1) -> list[Labelled]:
    return list(responses.labelled(contract, RandomChoices(random.Random(seed))))


def test_responses_are_valid(contracts: list[Contract]) -> None:
    for contract in contracts:
        for each in labelled(contract):
            assert not failures(contract, "response", each.value), each


def test_botocore_and_the_pure_python_validator_agree(committed: list[Contract]) -> None:
    for contract in committed:
        for each in labelled(contract):
            assert not complaints(contract, "response", each.value), each
            assert not refusals(contract, "response", each.value), each


def test_every_documented_value_of_a_response_is_there(committed: list[Contract]) -> None:
    for contract in committed:
        labels: dict[str, set[str]] = {}
        for each in labelled(contract):
            labels.setdefault(each.clause, set()).add(each.label)
        for clause in clauses(contract):
            if clause.part == "response" and clause.kind == "enum":
                assert labels[clause.id] == set(clause.facts["value"])


def test_errors_are_valid_and_named_by_their_code(contracts: list[Contract]) -> None:
    for contract in contracts:
        known = {clause.id for clause in clauses(contract)}
        for each in responses.errors(contract, RandomChoices(random.Random(1))):
            assert each.clause in known
            code = each.clause.split("/")[2].split("#")[0]
            assert not failures(contract, code, each.value), each


def test_every_declared_error_has_a_minimal_and_a_maximal_form() -> None:
    contract = load("deadline", "GetFarm")
    made = {
        (each.clause.split("/")[-1], each.label)
        for each in responses.errors(contract, RandomChoices(random.Random(1)))
    }
    for code in contract.errors:
        assert {(f"{code}#status", "minimal"), (f"{code}#status", "maximal")} <= made


def test_labels_do_not_depend_on_the_seed(contracts: list[Contract]) -> None:
    for contract in contracts:
        one, other = labelled(contract, 1), labelled(contract, 2)
        assert [(each.clause, each.label) for each in one] == [
            (each.clause, each.label) for each in other
        ]
