"""What differs between runs: each change by its name, what counts, and how it is shown."""

from __future__ import annotations

import json
from io import StringIO

import jsonschema
import pytest
from hypothesis import given
from rich.console import Console

from awsconform.conformance.gate.comparing import Change, Comparison, compare, compared
from awsconform.conformance.gate.comparison_document import (
    comparison_document,
    comparison_schema,
    to_text,
)
from awsconform.conformance.gate.comparison_text import markdown, print_comparisons
from gate.documents import ABSENT, CONFORMS, SILENT, Shown, Told, report, runs, violated

CLAUSE = "farm.GetFarm/wire#json"
BOTH = {"farm.GetFarm/wire#status": CONFORMS}
VALIDATOR = jsonschema.Draft202012Validator(
    comparison_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)
MISSING = None


def between(before: Told | None, after: Told | None, *, seeds: tuple[int, int]) -> Comparison:
    """One clause in two runs, None where it is not in it."""
    documents = [
        report({**BOTH, **({CLAUSE: told} if told else {})}, seed=seed)
        for told, seed in zip((before, after), seeds, strict=True)
    ]
    [comparison] = compare(
        [compared(f"{each}.json", one) for each, one in zip("ab", documents, strict=True)]
    )
    return comparison


def shown(*comparisons: Comparison, verbose: bool = False) -> str:
    stream = StringIO()
    print_comparisons(Console(file=stream, width=160), comparisons, verbose=verbose)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("before", "after", "change", "worse"),
    [
        (CONFORMS, violated("a"), Change.REGRESSED, True),
        (SILENT, violated("a"), Change.REGRESSED, True),
        (CONFORMS, SILENT, Change.REGRESSED, True),
        (violated("a"), ABSENT, Change.REGRESSED, True),
        (CONFORMS, MISSING, Change.VANISHED, True),
        (violated("a"), MISSING, Change.VANISHED, True),
        (SILENT, MISSING, Change.VANISHED, False),
        (violated("a"), violated("b"), Change.CHANGED, True),
        (violated("a"), violated("a", "b"), Change.CHANGED, True),
        (violated("a", "b"), violated("a"), Change.CHANGED, False),
        (violated("a"), CONFORMS, Change.FIXED, False),
        (SILENT, CONFORMS, Change.GAINED, False),
        (MISSING, violated("a"), Change.ADDED, False),
        (MISSING, SILENT, Change.ADDED, False),
    ],
)
def test_each_change_has_its_name_and_counts_or_not(
    before: Told | None, after: Told | None, change: Change, worse: bool
) -> None:
    comparison = between(before, after, seeds=(7, 8))
    [difference] = comparison.differences
    assert (difference.clause, difference.change, difference.uncertain) == (CLAUSE, change, None)
    assert comparison.worse() == worse
    assert comparison.worse(allow_vanished=True) == (worse and change is not Change.VANISHED)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CONFORMS, CONFORMS),
        (violated("a", "b"), violated("b", "a")),
        (SILENT, Told("inconclusive")),
        (SILENT, ABSENT),
    ],
)
def test_what_ended_alike_is_no_difference(before: Told, after: Told) -> None:
    comparison = between(before, after, seeds=(7, 8))
    assert comparison.differences == ()
    assert "no clause ended otherwise" in shown(comparison)
    assert "no clause ended otherwise" in markdown([comparison])


FLAKY, DRAWN = violated(Shown("a", flaky=True)), violated(Shown("a", drawn=True))


@pytest.mark.parametrize(
    ("before", "after", "seeds", "certain"),
    [
        (CONFORMS, FLAKY, (7, 7), False),
        (CONFORMS, violated(Shown("a", flaky=True), Shown("b")), (7, 7), True),
        (violated("b"), violated(Shown("a", flaky=True), Shown("b")), (7, 7), False),
        (FLAKY, CONFORMS, (7, 7), False),
        (CONFORMS, DRAWN, (7, 8), False),
        (CONFORMS, DRAWN, (7, 7), True),
        (Told(drawn=True), SILENT, (7, 8), False),
        (Told(drawn=True), SILENT, (7, 7), True),
        (SILENT, Told(drawn=True), (7, 8), False),
        (CONFORMS, SILENT, (7, 8), True),
        (FLAKY, SILENT, (7, 7), True),
        (DRAWN, ABSENT, (7, 8), True),
    ],
)
def test_what_comes_and_goes_is_shown_and_counts_for_nothing(
    before: Told, after: Told, seeds: tuple[int, int], certain: bool
) -> None:
    comparison = between(before, after, seeds=seeds)
    [difference] = comparison.differences
    assert (difference.uncertain is None) == certain
    assert ("says nothing: " in shown(comparison)) == (not certain)
    assert not comparison.worse() or certain


@given(runs, runs, runs)
def test_the_document_keeps_the_schema_and_has_every_report(
    first: dict[str, Told], second: dict[str, Told], third: dict[str, Told]
) -> None:
    documents = [report(each) for each in (first, second, third)]
    comparisons = compare([compared(str(number), each) for number, each in enumerate(documents)])
    made = comparison_document(comparisons)
    VALIDATOR.validate(made)
    assert [each["label"] for each in made["reports"]] == ["0", "1", "2"]
    assert [(each["before"], each["after"]) for each in made["comparisons"]] == [
        ("0", "1"),
        ("0", "2"),
    ]
    for each in made["comparisons"]:
        assert sum(each["counts"].values()) == len(each["differences"])
        assert each["worse"] == any(one["worse"] for one in each["differences"])
    assert json.loads(to_text(made)) == made
    assert to_text(made).isascii()


def test_the_schema_is_one_itself() -> None:
    jsonschema.Draft202012Validator.check_schema(comparison_schema())


def test_the_text_names_runs_and_what_became_of_each_clause() -> None:
    text = shown(between(violated("a"), violated("b"), seeds=(7, 8)))
    assert "a.json → b.json (--seed 7 and 8)" in text
    assert "  changed (1)\n" in text
    assert f"    {CLAUSE}: violates: a → violates: b\n" in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_what_came_or_went_as_a_whole_is_told_by_its_number() -> None:
    many = {f"barn.OpenDoor/response/m{number}#type": CONFORMS for number in range(40)}
    runs = [compared("a", report({**BOTH, **many})), compared("b", report(BOTH))]
    text = shown(*compare(runs))
    assert "barn.OpenDoor: 40 clauses, conforms → -" in text
    assert "m17" not in text
    assert "m17" in shown(*compare(runs), verbose=True)
    assert "m17" in markdown(compare(runs), verbose=True)


def test_markdown_opens_what_is_worse_and_folds_the_rest() -> None:
    worse = markdown([between(CONFORMS, violated("a|b"), seeds=(7, 7))])
    assert "<details open>\n<summary>1 regressed</summary>" in worse
    assert f"- `{CLAUSE}`: conforms → violates: a\\|b" in worse
    better = markdown([between(violated("a"), CONFORMS, seeds=(7, 7))])
    assert "<details>\n<summary>1 fixed</summary>" in better


@pytest.mark.parametrize("complete", [(True, False), (False, True)])
def test_a_run_that_did_not_end_is_called_so(complete: tuple[bool, bool]) -> None:
    [comparison] = compare(
        [
            compared(f"{name}.json", report(BOTH, complete=ended))
            for name, ended in zip("ab", complete, strict=True)
        ]
    )
    cut = "a.json" if complete[1] else "b.json"
    assert comparison.notes == [f"THE RUN OF {cut} DID NOT END"]
    assert comparison.notes[0] in shown(comparison)
    assert comparison.notes[0] in markdown([comparison])
    document = comparison_document([comparison])
    VALIDATOR.validate(document)
    assert [each["complete"] for each in document["reports"]] == list(complete)
