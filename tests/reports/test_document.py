"""The JSON report: by its schema, complete, and without secrets."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from awsconform.conformance.outcomes import Verdict, score
from awsconform.conformance.reports.document import (
    digest_of,
    report_document,
    report_schema,
    to_text,
)
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.reports.exchange_documents import (
    LONGEST_RESPONSE,
    body_document,
    body_of,
)
from awsconform.conformance.reports.operation_documents import score_document
from awsconform.conformance.reports.text_report import print_report
from awsconform.conformance.reports.totals import score_in, totals
from awsconform.conformance.results import OperationResult
from awsconform.conformance.running import Run, RunOptions
from awsconform.conformance.selecting import judged_clauses
from awsconform.specs.contract import Contract
from reports.hand_made import CREATE, GET, JSON_LIST, LIST, SECRETS, exchange, run

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


# Not in the reports of earlier versions.
ADDED = ("course", "sent")
FREE = ("contracts", "documents", "value", "families", "versions", "text")


def test_the_schema_notices_each_member_that_is_missing() -> None:
    whole = json.dumps(document(run(violated="#minimum", shown=BROKEN)))
    tried = 0
    for path in nodes(json.loads(whole)):
        if any(name in path for name in FREE) or isinstance(path[-1], int):
            continue
        if path[-1] in ADDED and "course" not in path[:-1]:
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


def finding_of(made: Run) -> dict[str, Any]:
    [finding] = list(findings(document(made)))
    return finding


def test_code_of_more_than_64_kib_is_left_out_with_what_sends_the_request_again() -> None:
    value = {"displayName": " ".join(str(number) for number in range(14_000))}
    made = finding_of(run(CREATE, violated="displayName#maxLength", shown=exchange(CREATE, value)))
    again = made["reproduction"]
    for name in ("boto3", "cli", "curl"):
        [line] = again[name].splitlines()
        assert re.match(r"# \d{5} characters, left out", line)
        assert line.endswith(again["awsconform"])
    assert "-k 'deadline.CreateFarm/request/displayName#maxLength'" in again["awsconform"]
    assert made["value"] == value


@given(
    st.one_of(
        st.builds(
            lambda start, each: (start + each * 40_000).encode(),
            st.text("a\xe9", max_size=5),
            st.sampled_from("a\xe9\N{SNOWMAN}\N{MILKY WAY}"),
        ),
        st.sampled_from([b"x" * LONGEST_RESPONSE, b"\xff" * (LONGEST_RESPONSE + 1), b"", b"\xff"]),
    )
)
def test_an_answer_is_cut_at_64_kib_and_not_within_a_character(body: bytes) -> None:
    told = body_document(body, LONGEST_RESPONSE)
    kept = body_of(told)
    assert body.startswith(kept)
    if len(body) <= LONGEST_RESPONSE:
        assert kept == body
        assert told.keys() <= {"text", "base64"}
    else:
        assert LONGEST_RESPONSE - 4 < len(kept) <= LONGEST_RESPONSE
        assert (told["length"], told["cut"]) == (len(body), True)
    assert ("text" in told) == (b"\xff" not in body)


def test_the_text_report_says_how_long_an_answer_was_that_is_cut() -> None:
    shown = exchange(LIST, {"maxResults": 0}, answer=b"x" * 70_000)
    made = document(run(violated="maxResults#minimum", shown=shown))
    stream = io.StringIO()
    print_report(Console(file=stream, width=100), made)
    assert "x… (70000 bytes in all)" in stream.getvalue()


def test_names_what_was_to_be_judged_by_the_digests_of_its_contracts() -> None:
    made = document(run(GET))
    assert made["complete"] is True
    assert list(made["contracts"]) == [GET.id]
    changed = Contract({**GET.document, "title": "another"})
    assert digest_of(GET) == made["contracts"][GET.id] != digest_of(changed)
    assert digest_of(Contract(json.loads(json.dumps(GET.document, sort_keys=True)))) == digest_of(
        GET
    )


@given(st.lists(st.sampled_from(list(Verdict)), min_size=1, max_size=4))
def test_the_sums_are_those_of_the_outcomes(verdicts: list[Verdict]) -> None:
    """As `score` counts them, and `Run` decides the exit code."""
    runs = [
        run(contract, verdict=verdict)
        if verdict is not Verdict.VIOLATES
        else run(contract, violated="", shown=exchange(LIST, {}))
        for contract, verdict in zip((LIST, CREATE, JSON_LIST, LIST), verdicts, strict=False)
    ]
    together = replace(runs[0], results=tuple(each for made in runs for each in made.results))
    summed = totals([summary(each) for each in together.results], 2.0)
    numbers = score(together.outcomes)
    assert summed["exitCode"] == together.exit_code
    assert score_in(summed) == numbers
    counted = {verdict: count for verdict, count in summed["verdicts"].items() if count}
    assert counted == Counter(each.verdict for each in together.outcomes)


def summary(result: OperationResult) -> dict[str, Any]:
    """The members of an operation's document that are summed up."""
    done, outcomes = result.achievement, list(result.outcomes)
    return {
        **score_document(score(outcomes)),
        "verdicts": Counter(each.verdict for each in outcomes),
        "requests": result.requests,
        "implemented": done.implemented,
        "accepted": done.accepted,
        "pagesWalked": done.pages_walked,
        "walkable": done.walkable,
        "undivided": done.undivided,
    }
