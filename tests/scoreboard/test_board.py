"""Targets side by side: what each number counts, and what the document says of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.console import Console

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.outcomes import Verdict, score
from awsconform.conformance.running import Run, RunOptions
from awsconform.conformance.running import run as brought_up
from awsconform.conformance.scoreboard.board import (
    Board,
    Column,
    State,
    column,
    exit_code,
    missing_column,
    summed,
    totals,
)
from awsconform.conformance.scoreboard.differences import CHANGES, Comparison, compared
from awsconform.conformance.scoreboard.document import (
    read_document,
    scoreboard_document,
    scoreboard_schema,
    to_text,
)
from awsconform.conformance.scoreboard.text_report import print_scoreboard
from awsconform.errors import UsageError
from awsconform.specs import catalog
from faulty.fault import in_process
from reports.hand_made import CREATE, GET, LIST, exchange
from reports.hand_made import run as told

VALIDATOR = jsonschema.Draft202012Validator(
    scoreboard_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)
SHOWN = exchange(LIST, {"maxResults": 0}, answer=b'{"farms": []}')
OPERATIONS = ("deadline.ListFarms", "deadline.GetFarm")
OPTIONS = RunOptions(seed=5, examples=0)


def together(*runs: Run) -> Run:
    """Several runs as one."""
    results = tuple(result for each in runs for result in each.results)
    return Run("target", OPTIONS, results, 2.0)


def board(**runs: Run) -> Board:
    return Board(tuple(column(label, f"{label}:", made) for label, made in runs.items()))


def judged(application: Any) -> Run:
    return brought_up(catalog.select(OPERATIONS), in_process(application, "x"), OPTIONS)


@pytest.fixture(scope="module")
def real() -> Board:
    """The emulator twice, and between them one that accepts everything."""

    class Lax(Emulator):
        def validate(self, contract: Any, request: Any) -> Any:
            return []

    return board(right=judged(Emulator()), lax=judged(Lax()), other=judged(Emulator()))


def document(made: Board, **more: Any) -> dict[str, Any]:
    return scoreboard_document(made, OPTIONS, **more)


def shown(made: Board, *comparisons: Comparison, width: int = 120, verbose: bool = True) -> str:
    stream = StringIO()
    console = Console(file=stream, width=width)
    print_scoreboard(console, made, seed=5, comparisons=comparisons, verbose=verbose)
    return stream.getvalue()


def test_the_schema_is_one_itself() -> None:
    jsonschema.Draft202012Validator.check_schema(scoreboard_schema())


@pytest.mark.parametrize("verdict", [each for each in Verdict if each is not Verdict.VIOLATES])
@pytest.mark.parametrize("stable", [False, True])
def test_every_verdict_fits_the_schema(verdict: Verdict, stable: bool) -> None:
    made = board(one=told(LIST, verdict=verdict, reason="so it is"), two=told(GET))
    VALIDATOR.validate(document(made, stable=stable))


def test_a_real_board_fits_the_schema_with_its_comparisons(real: Board) -> None:
    now = document(real, stable=True)
    found = [compared(now, "right", now, each) for each in ("lax", "other")]
    VALIDATOR.validate(document(real, comparisons=found))
    VALIDATOR.validate(json.loads(to_text(document(real, comparisons=found, stable=True))))


def test_a_target_there_is_nothing_to_say_of_fits_the_schema_and_is_told_of() -> None:
    made = Board((column("a", "a:", told()), missing_column("b", "b:", "nobody is there")))
    VALIDATOR.validate(document(made))
    assert exit_code(made.columns) == 3
    assert "b: nothing can be said of it: nobody is there" in shown(made)


def test_the_stable_document_is_the_same_for_the_same_targets(real: Board) -> None:
    again = Board(
        tuple(
            Column(each.label, each.target, _later(each.run), each.standings)
            for each in real.columns
        )
    )
    assert to_text(document(real, stable=True)) == to_text(document(again, stable=True))
    other_seed = scoreboard_document(real, RunOptions(seed=6, examples=0), stable=True)
    assert other_seed == document(real, stable=True)
    assert document(real)["run"]["seed"] == 5


def _later(made: Run | None) -> Run | None:
    return made and Run(made.target, made.options, made.results, made.seconds + 5)


def test_everything_is_sorted(real: Board) -> None:
    made = document(real)
    ids = [each["id"] for each in made["operations"]]
    assert ids == sorted(OPERATIONS)
    for operation in made["operations"]:
        for cell in operation["targets"].values():
            for names in cell["clauses"].values():
                assert names == sorted(names)


def test_both_numbers_are_those_of_the_outcomes(real: Board) -> None:
    for each in real.columns:
        assert each.run is not None
        whole = score(each.run.outcomes)
        numbers = totals(each, real.operations)
        assert numbers.score == whole
        assert summed(standing.score for standing in each.standings.values()) == whole
        assert numbers.operations == numbers.implemented == len(OPERATIONS)


def test_the_one_that_checks_nothing_conforms_less_on_the_same_operations(real: Board) -> None:
    pairs = {pair.targets: pair for pair in real.pairs()}
    assert list(pairs) == [("right", "lax"), ("right", "other"), ("lax", "other")]
    right, lax = pairs["right", "lax"].scores
    assert right.conforming == right.judged
    assert lax.conforming < lax.judged
    assert pairs["right", "lax"].operations == len(OPERATIONS)


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        (Verdict.CONFORMS, State.JUDGED),
        (Verdict.UNIMPLEMENTED, State.UNIMPLEMENTED),
        (Verdict.INCONCLUSIVE, State.INCONCLUSIVE),
        (Verdict.UNEXERCISED, State.UNEXERCISED),
        (Verdict.ERROR, State.FAILED),
    ],
)
def test_an_operation_has_one_state(verdict: Verdict, state: State) -> None:
    made = board(one=told(LIST, verdict=verdict, reason="why"))
    [standing] = made.columns[0].standings.values()
    assert standing.state is state
    [operation] = document(made)["operations"]
    assert operation["targets"]["one"]["state"] == state.value


def test_an_unimplemented_operation_counts_in_coverage_and_never_as_a_pass() -> None:
    made = board(one=together(told(LIST), told(GET, verdict=Verdict.UNIMPLEMENTED)))
    numbers = totals(made.columns[0], made.operations)
    assert numbers.implemented == 1
    assert numbers.operations == 2
    assert numbers.score.judged < numbers.score.clauses
    whole = totals(made.columns[0], [LIST.id]).score
    assert numbers.score.conforming == whole.conforming
    assert "absent" in shown(made)


def test_only_operations_both_are_judged_on_are_compared_in_a_pair() -> None:
    made = board(
        one=together(told(LIST), told(GET, verdict=Verdict.UNIMPLEMENTED), told(CREATE)),
        two=together(told(LIST), told(GET), told(CREATE, verdict=Verdict.INCONCLUSIVE)),
    )
    [pair] = made.pairs()
    assert pair.operations == 1
    assert pair.scores[0] == totals(made.columns[0], [LIST.id]).score


def test_reasons_are_told_with_their_numbers_but_not_in_what_is_stable() -> None:
    made = board(one=told(LIST, verdict=Verdict.INCONCLUSIVE, reason="404 NotFound"))
    [operation] = document(made)["operations"]
    [(reason, number)] = operation["targets"]["one"]["reasons"].items()
    assert reason == "404 NotFound"
    assert number == operation["targets"]["one"]["verdicts"]["inconclusive"]
    assert "404" not in to_text(document(made, stable=True))


def comparison(before: Run, after: Run) -> Comparison:
    made = document(board(before=before, after=after), stable=True)
    return compared(made, "before", made, "after")


def test_two_that_are_alike_do_not_differ() -> None:
    found = comparison(told(LIST), told(LIST))
    assert (found.differences, found.gained, found.lost, found.operations) == ((), (), (), 1)


@pytest.mark.parametrize(("change", "word"), CHANGES.items())
def test_a_clause_that_stands_otherwise_is_named_with_what_became_of_it(
    change: tuple[str, str], word: str
) -> None:
    before, after = (_ending(state) for state in change)
    [found] = comparison(before, after).differences
    assert found.clause == "deadline.ListFarms/request/maxResults#minimum"
    assert found.change == word
    assert (found.before, found.after) == change
    assert comparison(after, after).differences == ()


def _ending(state: str) -> Run:
    """A run in which one clause ends so and every other conforms."""
    made = told(LIST, violated="/maxResults#minimum", shown=SHOWN)
    verdict = {
        "conforms": Verdict.CONFORMS,
        "violates": Verdict.VIOLATES,
        "not judged": Verdict.INCONCLUSIVE,
    }[state]
    [result] = made.results
    outcomes = tuple(
        _replaced(each, verdict) if each.verdict is Verdict.VIOLATES else each
        for each in result.outcomes
    )
    return Run("t", OPTIONS, (_with(result, outcomes),), 1.0)


def _replaced(outcome: Any, verdict: Verdict, *, flaky: bool = False) -> Any:
    if verdict is not Verdict.VIOLATES:
        return replace(outcome, verdict=verdict, findings=())
    findings = tuple(replace(each, flaky=flaky) for each in outcome.findings)
    return replace(outcome, findings=findings)


def _with(result: Any, outcomes: Sequence[Any]) -> Any:
    return replace(result, outcomes=tuple(outcomes))


def test_a_finding_that_did_not_come_up_again_is_no_difference() -> None:
    [result] = _ending("violates").results
    flaky = tuple(
        _replaced(each, Verdict.VIOLATES, flaky=True) if each.findings else each
        for each in result.outcomes
    )
    made = Run("t", OPTIONS, (_with(result, flaky),), 1.0)
    assert comparison(told(LIST), made).differences == ()
    [operation] = document(board(one=made))["operations"]
    assert operation["targets"]["one"]["clauses"]["flaky"] == ["request/maxResults#minimum"]
    assert operation["targets"]["one"]["clauses"]["violates"] == []


def test_an_operation_that_only_one_has_is_named_and_its_clauses_are_not() -> None:
    found = comparison(told(LIST), told(LIST, verdict=Verdict.UNIMPLEMENTED))
    assert (found.lost, found.gained, found.differences) == ((LIST.id,), (), ())
    found = comparison(told(LIST, verdict=Verdict.UNIMPLEMENTED), told(LIST))
    assert (found.lost, found.gained, found.differences) == ((), (LIST.id,), ())


def test_two_without_a_common_operation_are_not_said_to_be_alike() -> None:
    old, new = document(board(it=told(LIST))), board(it=told(GET))
    found = compared(old, "it", document(new), "it")
    assert (found.differences, found.operations) == ((), 0)
    assert "no operation is in both" in shown(new, found)


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    made = document(board(one=told(LIST)))
    with pytest.raises(UsageError, match="two") as raised:
        compared(made, "one", made, "two")
    assert "one" in str(raised.value.hint)


def test_what_was_written_is_read_again(tmp_path: Path, real: Board) -> None:
    file = tmp_path / "board.json"
    file.write_text(to_text(document(real)), encoding="utf-8")
    assert compared(read_document(file), "lax", document(real), "lax").differences == ()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format": "awsconform-report", "version": 1}', "[" * 100_000]
)
def test_what_is_no_scoreboard_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "board.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        read_document(file)
    assert str(file) in str(raised.value)


def test_services_have_rows_and_operations_on_demand(real: Board) -> None:
    brief, whole = shown(real, verbose=False), shown(real)
    assert "GetFarm" not in brief
    assert "deadline" in brief
    for label in ("right", "lax", "other"):
        assert label in brief
    assert "GetFarm" in whole
    assert "ListFarms" in whole


def test_nothing_is_rounded_up_to_a_hundred() -> None:
    run = told(LIST, violated="/maxResults#minimum", shown=SHOWN)
    text = shown(board(one=run), verbose=False)
    [row] = [line for line in text.splitlines() if line.startswith("deadline")]
    assert "100.0" not in row.split()[:3]


def test_the_numbers_of_a_thousand_operations_are_whole() -> None:
    judged = column("one", "one:", told(LIST))
    [standing] = judged.standings.values()
    many = replace(judged, standings={f"deadline.Do{each}": standing for each in range(1000)})
    text = shown(Board((many, replace(many, label="two"))), verbose=False)
    [row] = [line for line in text.splitlines() if line.startswith("in all")]
    assert row.split().count("1000/1000") == 2
    assert "…" not in row


def test_a_wide_board_stays_in_the_width_of_the_terminal(real: Board) -> None:
    four = Board((*real.columns, column("four", "four:", told(LIST))))
    for width in (120, 200):
        table = [line for line in shown(four, width=width).splitlines() if "Farm" in line]
        assert table
        assert max(map(len, table)) <= width


def test_comparisons_are_printed_clause_by_clause(real: Board) -> None:
    now = document(real, stable=True)
    found = compared(now, "right", now, "lax")
    text = shown(real, found)
    assert "right → lax" in text
    assert f"broken ({sum(each.change == 'broken' for each in found.differences)})" in text
    for each in found.differences:
        assert f"    {each.clause}\n" in text
