"""Sentences for clauses."""

from __future__ import annotations

import pytest

from awsconform.conformance.reports.statements import statement
from awsconform.specs import catalog
from awsconform.specs.clauses import clauses

NAMES = [*catalog.committed(), "sqs.SendMessage", "dynamodb.PutItem", "lambda.Invoke"]


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_is_said_in_whole_sentences(name: str) -> None:
    contract = catalog.load(*name.split(".", 1))
    for clause in clauses(contract):
        says = statement(contract, clause)
        assert says.sentence.endswith("."), clause.id
        assert says.conforms != "it holds", clause.id
        for text in (says.sentence, says.brought_up_by, says.conforms, says.violates):
            assert text, clause.id
            if not clause.kind.startswith(("pattern", "enum")):
                assert "{" not in text, clause.id
                assert "None" not in text, clause.id


def test_no_two_clauses_of_an_operation_say_the_same() -> None:
    contract = catalog.load("deadline", "GetSessionsStatisticsAggregation")
    said = [statement(contract, clause).sentence for clause in clauses(contract)]
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    ("clause", "sentence"),
    [
        (
            "request/maxResults#minimum",
            "A request in which `maxResults` is less than 1 is rejected.",
        ),
        ("request/nextToken#accepted", "A request with the optional `nextToken` is accepted."),
        ("response/farms#required", "In a response, `farms` is there and not null."),
        ("errors/ThrottlingException#status", "ThrottlingException comes with HTTP status 429."),
    ],
)
def test_says_what_a_clause_states(clause: str, sentence: str) -> None:
    contract = catalog.load("deadline", "ListFarms")
    found = next(each for each in clauses(contract) if each.id.endswith(f"ListFarms/{clause}"))
    assert statement(contract, found).sentence == sentence
