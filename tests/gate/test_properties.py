"""What holds of every baseline and every report."""

from __future__ import annotations

import datetime
import json
import random
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from awsconform.conformance.gate.baseline import Baseline, Entry, FlakySet
from awsconform.conformance.gate.checking import Result, check
from awsconform.conformance.gate.comparing import Change, compare, compared
from awsconform.conformance.gate.found import found_in
from awsconform.conformance.gate.identity import clause_key
from awsconform.conformance.gate.reading import known_of
from awsconform.conformance.gate.updating import changes, pruned, updated
from awsconform.conformance.gate.validating import baseline_of
from awsconform.conformance.gate.writing import baseline_text
from awsconform.conformance.outcomes import JUDGED
from gate.documents import (
    CONFORMS,
    OBSERVATIONS,
    Told,
    clause_ids,
    judging_runs,
    report,
    runs,
    steady,
    violated,
)

PATH = Path("baseline.json")
TODAY = datetime.date(2030, 1, 31)
Clauses = dict[str, Told]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)
written = st.fixed_dictionaries(
    {},
    optional={
        "reason": texts,
        "issue": st.just("https://example.com/1"),
        "comment": texts,
        "x-owner": values,
    },
)
entries = st.builds(
    Entry,
    clause_ids,
    st.sampled_from(OBSERVATIONS),
    st.booleans(),
    st.none() | st.sampled_from([7, 8]),
    written=written,
)


@st.composite
def baselines(draw: st.DrawFn) -> Baseline:
    every = draw(st.lists(entries, max_size=8, unique_by=lambda each: each.key))
    cut = draw(st.integers(0, len(every)))
    sets = ()
    if draw(st.booleans()):
        tolerated = tuple(draw(st.lists(clause_ids, max_size=2, unique=True)))
        sets = (FlakySet("slow", tuple(every[cut:]), tolerated, written=draw(written)),)
    clauses = draw(st.lists(clause_ids, unique=True))
    part = draw(st.integers(0, len(clauses)))
    return Baseline(
        findings=tuple(every[:cut]),
        flaky=sets,
        drawn=tuple(clauses[:part]),
        clauses=tuple(clauses[part:]),
        written=draw(st.fixed_dictionaries({}, optional={"comment": texts, "x-team": values})),
    )


def made(document: dict[str, Any], before: Baseline | None = None) -> Baseline:
    return updated(found_in(document), known_of(before or Baseline(), PATH))


def held(document: dict[str, Any], baseline: Baseline) -> Result:
    return check(found_in(document), known_of(baseline, PATH), today=TODAY)


def read(baseline: Baseline) -> Baseline:
    return baseline_of(json.loads(baseline_text(baseline)), str(PATH))


@given(judging_runs, baselines(), st.sampled_from([7, 8]))
def test_an_updated_baseline_is_clean(clauses: Clauses, before: Baseline, seed: int) -> None:
    document = report(clauses, seed=seed)
    result = held(document, read(made(document, before)))
    assert (result.new, result.fixed, result.expired) == ((), (), ())
    assert (result.vanished, result.unexercised) == ((), ())
    assert not result.worse
    assert result.judged == sum(each.verdict in JUDGED for each in clauses.values())


@given(judging_runs, baselines(), st.randoms())
def test_updating_again_changes_nothing_whatever_the_order_of_the_report(
    clauses: Clauses, before: Baseline, order: random.Random
) -> None:
    first = made(report(clauses), before)
    shuffled = list(clauses.items())
    order.shuffle(shuffled)
    text = baseline_text(first)
    assert baseline_text(made(report(clauses), read(first))) == text
    once = {each for each in clauses if not each.endswith("#unknown-operation")}
    if once == clauses.keys():
        assert baseline_text(made(report(dict(shuffled)), before)) == text


@given(baselines())
def test_what_is_written_is_read_back(baseline: Baseline) -> None:
    again = read(baseline)
    assert baseline_text(again) == baseline_text(baseline)
    assert sorted(again.findings, key=lambda each: each.order) == sorted(
        baseline.findings, key=lambda each: each.order
    )
    assert again.written == baseline.written


@given(baselines())
def test_every_entry_stands_on_a_line_of_its_own(baseline: Baseline) -> None:
    lines = baseline_text(baseline).splitlines()
    assert lines == baseline_text(baseline).split("\n")[:-1]
    for entry, _ in baseline.entries():
        [line] = [each for each in lines if f'"{entry.fingerprint}"' in each]
        assert json.loads(line.strip().rstrip(","))["clause"] == entry.clause
    for clause in {*baseline.clauses, *baseline.drawn}:
        assert any(json.loads(f"[{each.rstrip(',')}]") == [clause] for each in _strings(lines))


def _strings(lines: list[str]) -> list[str]:
    return [each.strip() for each in lines if each.strip().startswith('"') and '": ' not in each]


@given(judging_runs, baselines(), st.sampled_from([7, 8]))
def test_what_people_wrote_survives_unless_the_finding_is_shown_to_be_fixed(
    clauses: Clauses, before: Baseline, seed: int
) -> None:
    document = report(clauses, seed=seed)
    found = found_in(document)
    after = {entry.fingerprint: entry for entry, _ in made(document, before).entries()}
    for entry, among in before.entries():
        gone = entry.key not in found.findings and found.is_judged(entry.clause)
        comes_and_goes = among or entry.flaky or entry.drawn not in (None, seed)
        if entry.written and (comes_and_goes or not gone):
            assert after[entry.fingerprint].written == entry.written
    assert made(document, before).written == before.written


@given(runs.map(steady), runs.map(steady))
def test_what_differs_between_two_runs_is_told_exactly(first: Clauses, second: Clauses) -> None:
    # One clause at least is judged.
    first, second = ({**each, "farm.ListFarms/wire#json": CONFORMS} for each in (first, second))
    earlier, later = found_in(report(first)), found_in(report(second))
    result = held(report(second), made(report(first)))
    keys = later.findings.keys(), earlier.findings.keys()
    assert {each.key for each in result.new} == keys[0] - keys[1]
    assert {each.entry.key for each in result.fixed} == {
        key for key in keys[1] - keys[0] if later.is_judged(earlier.findings[key].clause)
    }
    assert {each.entry.key for each in result.known} == keys[0] & keys[1]
    lost = {clause_key(each.clause) for each in (*result.vanished, *result.unexercised)}
    assert lost == {
        key
        for key, each in earlier.clauses.items()
        if each.judged and not later.is_judged(each.clause)
    }
    assert result.worse == bool(result.new or result.fixed or lost)


@given(judging_runs.map(steady), clause_ids)
def test_one_finding_more_is_the_one_that_is_new(clauses: Clauses, clause: str) -> None:
    clauses = {**clauses, clause: violated("accepted")}
    baseline = made(report(clauses))
    result = held(report({**clauses, clause: violated("accepted", "a 13th")}), baseline)
    assert [(each.clause, each.observation) for each in result.new] == [(clause, "a 13th")]
    assert (result.fixed, result.vanished, result.unexercised) == ((), (), ())


@given(judging_runs.map(steady), baselines())
def test_pruning_takes_out_what_is_fixed_and_adds_nothing(
    clauses: Clauses, baseline: Baseline
) -> None:
    found, known = found_in(report(clauses)), known_of(baseline, PATH)
    after = pruned(found, known, today=TODAY)
    done = changes(baseline, after)
    result = check(found, known, today=TODAY)
    assert (done.added, done.gained, done.lost) == ((), (), ())
    fixed = {each.entry.key for each in result.fixed}
    assert {entry.key for entry in done.removed} == fixed
    again = check(found, known_of(after, PATH), today=TODAY)
    assert (again.fixed, again.new) == ((), result.new)


@given(judging_runs)
def test_a_run_does_not_differ_from_itself(clauses: Clauses) -> None:
    [comparison] = compare([compared(name, report(clauses)) for name in "ab"])
    assert comparison.differences == ()


MIRRORED = {
    Change.VANISHED: {Change.ADDED},
    Change.ADDED: {Change.VANISHED},
    Change.CHANGED: {Change.CHANGED},
    Change.FIXED: {Change.REGRESSED},
    Change.GAINED: {Change.REGRESSED},
    Change.REGRESSED: {Change.FIXED, Change.GAINED, Change.REGRESSED},
}


@given(runs, runs, st.booleans())
def test_a_comparison_the_other_way_round_has_the_same_clauses(
    first: Clauses, second: Clauses, alike: bool
) -> None:
    one, other = compared("a", report(first)), compared("b", report(second, seed=7 + alike))
    [there], [back] = compare([one, other]), compare([other, one])
    mirrored = {clause_key(each.clause): each for each in back.differences}
    assert {clause_key(each.clause) for each in there.differences} == mirrored.keys()
    for each in there.differences:
        again = mirrored[clause_key(each.clause)]
        assert again.change in MIRRORED[each.change]
        assert (again.uncertain is None) == (each.uncertain is None)


@given(judging_runs.map(steady), judging_runs.map(steady))
def test_what_a_baseline_calls_worse_and_a_comparison_does_not_is_fixed_or_was_not_there(
    first: Clauses, second: Clauses
) -> None:
    [comparison] = compare([compared("a", report(first)), compared("b", report(second))])
    result = held(report(second), made(report(first)))
    if comparison.worse():
        assert result.worse
    elif result.worse:
        lenient = {Change.CHANGED, Change.FIXED, Change.ADDED}
        assert lenient & {each.change for each in comparison.differences if not each.more}
