"""The JSON report: by its schema, complete, and without secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.reports.document import report_document, report_schema, to_text
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.running import Run, RunOptions, judged_clauses
from awsconform.specs.contract import Contract
from reports.hand_made import CREATE, GET, LIST, SECRETS, exchange, run

VALIDATOR = jsonschema.Draft202012Validator(
    report_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)
BROKEN = exchange(LIST, {"maxResults": 0}, answer=b'{"farms": []}', secret=True)


def document(made: Run) -> dict[str, Any]:
    return report_document(made, endpoint_of(made.target))


def test_the_schema_is_one_itself() -> None:
    jsonschema.Draft202012Validator.check_schema(report_schema())


@pytest.mark.parametrize("verdict", [each for each in Verdict if each is not Verdict.VIOLATES])
@pytest.mark.parametrize("contract", [LIST, CREATE, GET])
def test_every_verdict_is_reported_by_the_schema(contract: Contract, verdict: Verdict) -> None:
    VALIDATOR.validate(document(run(contract, verdict=verdict, reason="so it is")))


@pytest.mark.parametrize(
    "shown",
    [
        BROKEN,
        exchange(CREATE, {"displayName": None}, answer=b"\xff\x00"),
        exchange(CREATE, {"displayName": "x"}, body=b"\xfe{"),
    ],
)
def test_findings_are_reported_by_the_schema(shown: Any) -> None:
    made = document(run(violated="#minimum", shown=shown))
    VALIDATOR.validate(made)
    [finding] = list(findings(made))
    assert len(finding["fingerprint"]) == 12
    assert finding["reproduction"]["awsconform"].endswith("--seed 7")


def findings(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for operation in made["operations"]:
        for clause in operation["clauses"]:
            yield from clause["findings"]


def nodes(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key)
            yield from nodes(item, (*path, key))
    elif isinstance(value, list) and value:
        yield from nodes(value[0], (*path, 0))


FREE = ("documents", "value", "families", "versions", "text")


def test_the_schema_notices_each_member_that_is_missing() -> None:
    whole = json.dumps(document(run(violated="#minimum", shown=BROKEN)))
    tried = 0
    for path in nodes(json.loads(whole)):
        if any(name in path for name in FREE) or isinstance(path[-1], int):
            continue
        broken = json.loads(whole)
        parent: Any = broken
        for step in path[:-1]:
            parent = parent[step]
        del parent[path[-1]]
        assert not VALIDATOR.is_valid(broken), path
        tried += 1
    assert tried > 40


def test_the_two_numbers_are_those_of_the_clauses() -> None:
    [operation] = document(run(violated="maxResults#minimum", shown=BROKEN))["operations"]
    verdicts = [(each["verdict"], each["apart"]) for each in operation["clauses"]]
    conforming = sum(verdict == "conforms" for verdict, _ in verdicts)
    apart = sum(reason is not None for _, reason in verdicts)
    assert operation["conformance"] == {"conforming": conforming, "judged": conforming + 1}
    assert operation["coverage"] == {"judged": conforming + 1, "clauses": len(verdicts) - apart}
    assert operation["apart"] == apart > 0


def test_every_judged_clause_is_reported_once() -> None:
    [operation] = document(run(GET))["operations"]
    assert [each["id"] for each in operation["clauses"]] == [
        clause.id for clause in judged_clauses(GET, RunOptions())
    ]


def test_nothing_secret_is_in_a_report_even_if_the_answer_repeats_it() -> None:
    text = to_text(document(run(violated="#minimum", shown=BROKEN)))
    for secret in (*SECRETS.values(), "AKIDREAL", "af3d0c11b2e94f70", "7d1bf2a6c9e04f05"):
        assert secret not in text
    assert "[hidden]" in text


def test_the_text_is_ascii_and_says_the_same() -> None:
    made = document(run(violated="#minimum", shown=exchange(LIST, {"nextToken": "ü\u202e"})))
    text = to_text(made)
    assert text.isascii()
    assert json.loads(text) == made
