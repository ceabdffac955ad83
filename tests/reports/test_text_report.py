"""The report for people."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.reports.document import report_document
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.reports.tables import camel_lines
from awsconform.conformance.reports.text_report import print_report
from awsconform.conformance.running import Run
from reports.hand_made import CREATE, GET, LIST, SECRETS, exchange, run
from reports.large import small

BROKEN = exchange(LIST, {"maxResults": 0}, answer=b'{"farms": "\x1b[31mred"}', secret=True)


def report(made: Run, *, width: int = 100, verbose: bool = False, terminal: bool = False) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=terminal)
    print_report(console, report_document(made, endpoint_of(made.target)), verbose=verbose)
    return stream.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_the_table_fits_and_cuts_no_number(width: int) -> None:
    lines = report(run(GET), width=width).splitlines()
    table = lines[1 : next(at for at, line in enumerate(lines) if line.startswith("A family"))]
    assert all(len(line) <= width for line in table)
    assert not any("…" in line for line in table)
    conforming = sum(each.verdict is Verdict.CONFORMS for each in run(GET).outcomes)
    assert any(f" {conforming}/{conforming}" in line for line in table)


def test_a_finding_shows_clause_source_expectation_answer_and_three_clients() -> None:
    text = report(run(violated="maxResults#minimum", shown=BROKEN), width=80)
    for expected in (
        "deadline.ListFarms/request/maxResults#minimum",
        "MUST",
        "model (botocore",
        "a 4xx",
        "value 0: accepted with 200",
        "GET /2023-10-12/farms?maxResults=0",
        "HTTP 200",
        "client.list_farms(maxResults=0)",
        "aws deadline list-farms --cli-input-json '{\"maxResults\": 0}'",
        "curl -sS -i -X GET 'http://127.0.0.1:4570/2023-10-12/farms?maxResults=0'",
        "awsconform run deadline.ListFarms -k 'deadline.ListFarms/request/maxResults#minimum'",
        "awsconform serve",
        "--seed 7",
    ):
        assert expected in text


def test_nothing_secret_and_nothing_a_terminal_acts_on_is_printed() -> None:
    text = report(run(violated="#minimum", shown=BROKEN), verbose=True)
    assert "\x1b" not in text
    for secret in SECRETS.values():
        assert secret not in text


def test_colours_are_for_terminals_alone() -> None:
    made = run(violated="#minimum", shown=BROKEN)
    assert "\x1b[" in report(made, terminal=True)
    assert "\x1b[" not in report(made)


@pytest.mark.parametrize("verdict", [Verdict.UNIMPLEMENTED, Verdict.UNEXERCISED, Verdict.ERROR])
def test_says_loudly_that_nothing_was_judged(verdict: Verdict) -> None:
    text = report(run(verdict=verdict, reason="404 from a router"))
    assert "NOTHING WAS JUDGED" in text
    assert "404 from a router" in text
    assert "exit code 3" in text


def test_a_judged_run_does_not_say_so() -> None:
    text = report(run())
    assert "NOTHING" not in text
    assert "exit code 0" in text


def test_lists_the_must_clauses_a_documented_operation_left_open() -> None:
    made = run(GET, verdict=Verdict.UNEXERCISED, reason="never came up")
    text = report(made)
    must = [
        outcome.clause.id
        for outcome in made.outcomes
        if outcome.clause.level == "MUST" and outcome.clause.apart is None
    ]
    assert len(must) > 20
    assert all(f"    {each}\n" in text for each in must)


def test_groups_inconclusive_clauses_by_reason() -> None:
    made = run(verdict=Verdict.INCONCLUSIVE, reason="404 ResourceNotFoundException")
    number = sum(outcome.verdict is Verdict.INCONCLUSIVE for outcome in made.outcomes)
    assert number > 1
    assert f"404 ResourceNotFoundException: {number} clauses" in report(made)


def test_names_the_clauses_that_stand_apart_when_asked_to() -> None:
    made = run(CREATE)
    apart = [each.clause for each in made.outcomes if each.clause.apart]
    brief, whole = report(made), report(made, verbose=True)
    for clause in apart:
        assert f"    {clause.id}\n" not in brief
        assert f"    {clause.id}\n" in whole
        assert str(clause.apart) in brief


def test_the_first_findings_are_in_full_and_every_one_is_named() -> None:
    made = run(violated="", shown=BROKEN)
    brief, whole = report(made), report(made, verbose=True)
    assert brief.count("fingerprint") == 20
    assert whole.count("fingerprint") == len(made.outcomes)
    assert all(f"{outcome.clause.id}\n" in brief for outcome in made.outcomes)


def test_breaks_long_names_between_words() -> None:
    assert camel_lines("GetSessionsStatisticsAggregation", 24) == (
        "GetSessionsStatistics\n  Aggregation"
    )
    assert camel_lines("GetFarm", 24) == "GetFarm"
    assert camel_lines("ListAPIs", 6).replace("\n  ", "") == "ListAPIs"


def test_headings_count_what_the_line_of_outcomes_counts() -> None:
    made = run(LIST, verdict=Verdict.INCONCLUSIVE, reason="404")
    document = report_document(made, endpoint_of(made.target))
    [operation] = document["operations"]
    apart = [each for each in operation["clauses"] if each["apart"] is not None]
    # One that no client can bring up may end in any way that is no judgement.
    apart[0]["verdict"] = "inconclusive"
    stream = io.StringIO()
    print_report(Console(file=stream, width=100), document)
    text = stream.getvalue()
    assert f"so they are in neither number ({len(apart)})" in text
    inconclusive = len(operation["clauses"]) - len(apart)
    assert f"{inconclusive} inconclusive · {len(apart)} apart" in text
    assert f"Inconclusive ({inconclusive})" in text


def test_findings_are_told_from_the_clauses_they_are_of() -> None:
    document = small()
    [broken] = [each for each in document["operations"][0]["clauses"] if each["findings"]]
    broken["findings"] *= 2
    stream = io.StringIO()
    print_report(Console(file=stream, width=100), document)
    assert "Findings (2, of 1 violated clause)" in stream.getvalue()
