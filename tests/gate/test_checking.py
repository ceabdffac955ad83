"""What a run is held against: what is new, fixed, lost, expired, and what only comes and goes."""

from __future__ import annotations

import datetime
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from awsconform.conformance.gate.baseline import Baseline, Entry, FlakySet
from awsconform.conformance.gate.check_text import Advice, print_changes, print_result
from awsconform.conformance.gate.checking import Result, check
from awsconform.conformance.gate.errors import NothingJudged, RunNotEnded
from awsconform.conformance.gate.found import found_in
from awsconform.conformance.gate.reading import Known, known_of, read_known
from awsconform.conformance.gate.updating import changes, pruned, updated
from awsconform.conformance.gate.writing import write_baseline
from gate.documents import ABSENT, CONFORMS, SILENT, Shown, Told, report, violated

PATH = Path("baseline.json")
TODAY = datetime.date(2030, 1, 31)
TYPE, ENUM = "farm.ListFarms/request/max#type", "farm.ListFarms/request/max#enum"
STATUS, OTHER = "farm.GetFarm/errors#status", "barn.OpenDoor/wire#json"
ONCE = "farm.{}/errors#unknown-operation"
RUN = {TYPE: CONFORMS, ENUM: violated("accepted"), STATUS: CONFORMS, OTHER: CONFORMS}
ADVICE = Advice("UPDATE IT", "PRUNE IT")


def known(baseline: Baseline) -> Known:
    return known_of(baseline, PATH)


def made(clauses: dict[str, Told], before: Baseline | None = None, **run: Any) -> Baseline:
    return updated(found_in(report(clauses, **run)), known(before or Baseline()))


def held(clauses: dict[str, Told], baseline: Baseline, **options: Any) -> Result:
    names = ("seed", "examples", "complete")
    run = {name: options.pop(name) for name in names if name in options}
    return check(found_in(report(clauses, **run)), known(baseline), today=TODAY, **options)


def shown(result: Result) -> str:
    stream = StringIO()
    print_result(Console(file=stream, width=120), result, ADVICE)
    return stream.getvalue()


BASELINE = made(RUN)
[KNOWN] = BASELINE.findings


def test_a_run_that_did_not_end_is_never_good_and_says_so() -> None:
    whole = held(RUN, BASELINE, complete=False)
    assert (whole.worse, whole.exit_code) == (False, 3)
    assert "THE RUN DID NOT END" in shown(whole)
    part = {clause: told for clause, told in RUN.items() if clause != OTHER}
    result = held(part, BASELINE, complete=False)
    assert [(each.clause, each.why) for each in result.vanished] == [
        (OTHER, "it is not in the run, which did not end")
    ]
    assert result.exit_code == 1
    assert held(part, BASELINE, complete=False, allow_vanished=True).exit_code == 3
    assert "DID NOT END" not in shown(held(part, BASELINE))


def test_no_baseline_is_made_of_a_run_that_did_not_end() -> None:
    for clauses in (RUN, {}):
        with pytest.raises(RunNotEnded, match="did not end") as raised:
            made(clauses, BASELINE, complete=False)
        assert raised.value.exit_code == 2
        assert "baseline.json is left as it is" in str(raised.value.hint)


def test_what_a_run_judged_before_it_was_cut_short_can_be_pruned() -> None:
    fixed = found_in(report({ENUM: CONFORMS}, complete=False))
    assert pruned(fixed, known(BASELINE), today=TODAY).findings == ()
    silent = found_in(report({TYPE: CONFORMS}, complete=False))
    assert pruned(silent, known(BASELINE), today=TODAY) == BASELINE


def with_entry(**written: Any) -> Baseline:
    return replace(BASELINE, findings=(replace(KNOWN, written=written),))


def test_the_same_again_is_no_worse() -> None:
    result = held(RUN, BASELINE)
    assert (result.exit_code, len(result.known)) == (0, 1)
    assert shown(result).splitlines() == [
        "Held against baseline.json: 1 known",
        "",
        "No worse than baseline.json; exit code 0",
    ]


def test_a_finding_that_is_not_listed_is_new() -> None:
    result = held({**RUN, TYPE: violated("accepted")}, BASELINE)
    [new] = result.new
    assert (result.exit_code, new.clause) == (1, TYPE)
    text = shown(result)
    for told in (TYPE, "value 0: accepted", new.fingerprint, "UPDATE IT", "exit code 1"):
        assert told in text


def test_another_observation_under_a_known_clause_is_new_and_the_known_one_fixed() -> None:
    result = held({**RUN, ENUM: violated("server fault")}, BASELINE)
    assert [each.observation for each in result.new] == ["server fault"]
    assert [each.entry for each in result.fixed] == [KNOWN]


def test_a_fixed_finding_is_worse_until_its_entry_is_gone() -> None:
    baseline = with_entry(reason="no validation yet", issue="https://example.com/1")
    fixed = {**RUN, ENUM: CONFORMS}
    result = held(fixed, baseline)
    assert (result.exit_code, len(result.fixed)) == (1, 1)
    for told in (ENUM, "no validation yet", "https://example.com/1", "PRUNE IT"):
        assert told in shown(result)
    allowed = held(fixed, baseline, allow_fixed=True)
    assert allowed.exit_code == 0
    assert "--allow-fixed is given" in shown(allowed)
    after = pruned(found_in(report(fixed)), known(baseline), today=TODAY)
    assert held(fixed, after).exit_code == 0
    assert held(RUN, after).exit_code == 1


@pytest.mark.parametrize("left", [{}, {STATUS: ABSENT}])
def test_an_operation_that_is_left_out_or_lacking_has_vanished(left: dict[str, Told]) -> None:
    rest = {clause: each for clause, each in RUN.items() if clause != STATUS} | left
    result = held(rest, BASELINE)
    assert (result.exit_code, [each.clause for each in result.vanished]) == (1, [STATUS])
    assert "farm.GetFarm, 1 clause: " in shown(result)
    allowed = held(rest, BASELINE, allow_vanished=True)
    assert allowed.exit_code == 0
    assert "--allow-vanished (it is given)" in shown(allowed)


@pytest.mark.parametrize("verdict", ["inconclusive", "unexercised"])
def test_a_clause_that_is_in_the_run_and_not_judged_is_unexercised(verdict: str) -> None:
    result = held({**RUN, STATUS: Told(verdict, reason="not found")}, BASELINE)
    assert (result.exit_code, [each.clause for each in result.unexercised]) == (1, [STATUS])
    assert f"farm.GetFarm, 1 clause: {verdict}: not found" in shown(result)


def test_clauses_that_are_lost_together_are_counted() -> None:
    many = {f"farm.ListFarms/response/m{number}#type": CONFORMS for number in range(40)}
    text = shown(held(RUN, made({**RUN, **many})))
    assert "farm.ListFarms, 40 clauses: it is not in the run" in text
    assert "m17" not in text


def test_a_finding_whose_clause_was_not_judged_is_not_fixed() -> None:
    result = held({**RUN, ENUM: SILENT}, BASELINE)
    assert (result.fixed, [each.why for each in result.unseen]) == (
        (),
        ["its clause was not judged"],
    )
    assert pruned(found_in(report({**RUN, ENUM: SILENT})), known(BASELINE), today=TODAY) == BASELINE


@pytest.mark.parametrize(
    ("day", "code"), [("2030-01-31", 0), ("2030-01-30", 1), ("2029-12-31", 1), ("2030-02-01", 0)]
)
def test_an_entry_is_tolerated_through_the_day_it_expires(day: str, code: int) -> None:
    result = held(RUN, with_entry(expires=day, reason="until then"))
    assert result.exit_code == code
    assert (ENUM in shown(result)) == bool(code)
    assert ("until then" in shown(result)) == bool(code)


def test_an_expired_entry_is_named_whether_its_finding_comes_or_not_and_nothing_allows_it() -> None:
    baseline = with_entry(expires="2030-01-30")
    gone = held({**RUN, ENUM: CONFORMS}, baseline, allow_fixed=True, allow_vanished=True)
    assert (gone.exit_code, gone.fixed) == (1, ())
    assert "nothing: take the entry out" in shown(gone)
    after = pruned(found_in(report(RUN)), known(baseline), today=TODAY)
    assert [each.clause for each in held(RUN, after).new] == [ENUM]


def test_an_update_is_no_amnesty_for_what_has_expired() -> None:
    after = made(RUN, with_entry(expires="2030-01-30"))
    assert held(RUN, after).exit_code == 1


def test_a_set_of_flaky_findings_tolerates_any_of_them_and_none() -> None:
    entries = (Entry(STATUS, "404"), Entry(STATUS, "503"))
    flaky = FlakySet("under load", entries, written={"reason": "see the wiki"})
    baseline = replace(BASELINE, flaky=(flaky,))
    for observations in (("404",), ("503",), ("404", "503")):
        result = held({**RUN, STATUS: violated(*observations)}, baseline)
        assert (result.exit_code, len(result.flaky)) == (0, len(observations))
    assert held(RUN, baseline).exit_code == 0
    assert held({**RUN, STATUS: violated("500")}, baseline).exit_code == 1
    assert {each.reason for each in result.flaky} == {"see the wiki"}


def test_a_set_expires_as_a_whole_and_is_pruned_so() -> None:
    flaky = FlakySet("slow", (Entry(STATUS, "404"),), written={"expires": "2030-01-30"})
    baseline = replace(BASELINE, flaky=(flaky,))
    assert held(RUN, baseline).exit_code == 1
    assert pruned(found_in(report(RUN)), known(baseline), today=TODAY).flaky == ()


def test_a_clause_of_a_flaky_set_need_not_be_judged_but_has_to_be_there() -> None:
    baseline = replace(BASELINE, flaky=(FlakySet("slow", clauses=(STATUS,)),))
    assert held({**RUN, STATUS: SILENT}, baseline).exit_code == 0
    assert held({**RUN, STATUS: ABSENT}, baseline).exit_code == 1
    # Writing it from a run in which it was not judged does not forget it.
    after = made({**RUN, STATUS: SILENT}, baseline)
    assert STATUS in after.clauses
    rest = {clause: each for clause, each in RUN.items() if clause != STATUS}
    assert held(rest, after).exit_code == 1
    assert held(rest, made(rest, after)).exit_code == 0


def test_a_clause_of_a_flaky_set_has_to_be_judged_once_the_set_has_expired() -> None:
    def code(*days: str) -> int:
        sets = (FlakySet(day, clauses=(STATUS,), written={"expires": day}) for day in days)
        return held({**RUN, STATUS: SILENT}, replace(BASELINE, flaky=tuple(sets))).exit_code

    assert [code("2030-01-31"), code("2030-01-30")] == [0, 1]
    assert [code("2030-01-31", "2030-01-30"), code("2030-01-30", "2030-01-31")] == [0, 0]


def test_a_flaky_finding_is_new_until_it_is_listed_and_never_fixed_then() -> None:
    once = {**RUN, TYPE: violated(Shown("timeout", flaky=True))}
    result = held(once, BASELINE)
    assert result.exit_code == 1
    assert "did not come up again" in shown(result)
    baseline = made(once)
    assert [each.flaky for each in baseline.findings] == [False, True]
    assert held(once, baseline).exit_code == 0
    later = held(RUN, baseline)
    assert (later.exit_code, [each.why for each in later.unseen]) == (0, ["it is flaky"])
    assert made(RUN, baseline).findings == baseline.findings


def test_what_somebody_calls_flaky_stays_so() -> None:
    baseline = replace(BASELINE, findings=(replace(KNOWN, flaky=True),))
    assert held({**RUN, ENUM: CONFORMS}, baseline).exit_code == 0
    assert made(RUN, baseline).findings[0].flaky


DRAWN = {**RUN, TYPE: violated(Shown("server fault", drawn=True))}


def test_what_only_drawn_requests_show_is_fixed_where_the_same_are_drawn() -> None:
    baseline = made(DRAWN, seed=7)
    assert [each.drawn for each in baseline.findings] == [None, 7]
    assert held(DRAWN, baseline, seed=7).exit_code == 0
    assert len(held(RUN, baseline, seed=7).fixed) == 1


@pytest.mark.parametrize("run", [{"seed": 8}, {"examples": 3}, {"seed": 8, "examples": 3}])
def test_what_only_drawn_requests_show_is_not_fixed_where_others_are_drawn(
    run: dict[str, int],
) -> None:
    result = held(RUN, made(DRAWN, seed=7), **run)
    assert (result.exit_code, [each.why for each in result.unseen]) == (
        0,
        ["only requests that seed 7 draws show it"],
    )
    assert "was 7 for the baseline and is 8 now" in shown(result) or "seed" not in run


def test_an_update_keeps_what_another_seed_draws_and_takes_out_what_its_own_does_not() -> None:
    other = made(RUN, made(DRAWN, seed=7), seed=8)
    assert [each.drawn for each in other.findings] == [None, 7]
    assert held(RUN, other, seed=8).exit_code == 0
    assert len(made(RUN, other, seed=7).findings) == 1


def test_a_clause_judged_by_drawn_requests_alone_is_missed_where_the_same_are_drawn() -> None:
    baseline = made({**RUN, STATUS: Told(drawn=True)}, seed=7)
    assert (baseline.drawn, STATUS in baseline.clauses) == ((STATUS,), False)
    silent = {**RUN, STATUS: SILENT}
    assert held(silent, baseline, seed=7).exit_code == 1
    assert held(silent, baseline, seed=8).exit_code == 0
    assert held({**RUN, STATUS: ABSENT}, baseline, seed=8).exit_code == 1


def test_what_is_said_once_a_service_is_the_same_at_whichever_operation() -> None:
    lists, gets = ONCE.format("ListFarms"), ONCE.format("GetFarm")
    for told in (CONFORMS, violated("HTTP 500")):
        baseline = made({**RUN, lists: told, gets: SILENT})
        moved = {**RUN, lists: SILENT, gets: told}
        assert held(moved, baseline).exit_code == 0
        assert held({**RUN, gets: told}, baseline).exit_code == 0
        assert held({**RUN, gets: violated("a page")}, baseline).exit_code == 1


def test_nothing_judged_is_neither_good_nor_a_baseline() -> None:
    nothing = dict.fromkeys(RUN, ABSENT)
    result = held(nothing, BASELINE)
    assert result.exit_code == 3
    assert "NOTHING WAS JUDGED" in shown(result)
    with pytest.raises(NothingJudged) as raised:
        made(nothing, BASELINE)
    assert raised.value.exit_code == 3


def test_a_suite_that_failed_is_neither_good_nor_a_baseline() -> None:
    failed = {**RUN, "farm.GetFarm/wire#status": Told("error", reason="the check failed")}
    result = held(failed, BASELINE)
    assert result.exit_code == 3
    assert "farm.GetFarm/wire#status: the check failed" in shown(result)
    with pytest.raises(NothingJudged):
        made(failed, BASELINE)


def test_an_update_says_what_it_took_out() -> None:
    before = with_entry(reason="no validation yet")
    after = made({TYPE: CONFORMS, ENUM: CONFORMS, STATUS: violated("410")}, before)
    stream = StringIO()
    print_changes(Console(file=stream, width=120), "b.json", changes(before, after))
    assert stream.getvalue().splitlines() == [
        "b.json: 1 finding added, 1 removed; 0 clauses added, 1 removed",
        f"  no longer in it: {ENUM} (accepted); its reason was: no validation yet",
        "  no longer in it: 1 clause of barn.OpenDoor",
    ]


def test_what_is_inherited_is_not_repeated_and_counts_all_the_same(tmp_path: Path) -> None:
    base, own = tmp_path / "base.json", tmp_path / "own.json"
    write_baseline(base, BASELINE)
    extending = Baseline(extends=("base.json",))
    found = found_in(report({**RUN, TYPE: violated("accepted")}))
    after = updated(found, known_of(extending, own))
    assert [each.clause for each in after.findings] == [TYPE]
    assert after.clauses == ()
    write_baseline(own, after)
    assert check(found, read_known(own), today=TODAY).exit_code == 0
    less = check(found_in(report({TYPE: violated("accepted")})), read_known(own), today=TODAY)
    assert {each.file for each in less.vanished} == {str(base)}


def test_what_is_inherited_and_fixed_says_where_it_stands_and_is_taken_out_there(
    tmp_path: Path,
) -> None:
    base, own = tmp_path / "base.json", tmp_path / "own.json"
    write_baseline(base, BASELINE)
    write_baseline(own, Baseline(extends=("base.json",)))
    fixed = found_in(report({**RUN, ENUM: CONFORMS}))
    result = check(fixed, read_known(own), today=TODAY)
    assert result.exit_code == 1
    assert str(base) in shown(result)
    assert pruned(fixed, read_known(own), today=TODAY) == Baseline(extends=("base.json",))
    write_baseline(base, pruned(fixed, read_known(base), today=TODAY))
    assert check(fixed, read_known(own), today=TODAY).exit_code == 0


def test_what_comes_along_with_the_package_is_not_missed_where_it_is_fixed() -> None:
    [key] = known(BASELINE).entries.findings
    every = known(BASELINE)
    shipped = replace(every.entries.findings[key], shipped=True, inherited=True)
    entries = replace(every.entries, findings={key: shipped})
    result = check(
        found_in(report({**RUN, ENUM: CONFORMS})), replace(every, entries=entries), today=TODAY
    )
    assert (result.exit_code, result.fixed, len(result.unseen)) == (0, (), 1)


def test_what_a_terminal_would_act_on_is_escaped() -> None:
    text = shown(held({**RUN, TYPE: violated("\x1b[2Jgone")}, BASELINE))
    assert "\x1b" not in text
    assert "\\x1b[2Jgone" in text
