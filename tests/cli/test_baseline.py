"""`baseline update`, `check` and `prune`, and `run --baseline`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from awsconform.conformance.reports.document import to_text
from cli.calling import Call
from gate.documents import ABSENT, CONFORMS, Told, report, violated

TYPE, ENUM = "farm.ListFarms/request/max#type", "farm.ListFarms/request/max#enum"
RUN = {TYPE: CONFORMS, ENUM: violated("accepted")}
QUICK = ["deadline.ListFarms", "-k", "request/maxResults", "--examples", "0"]
APPLICATIONS = """
from awsconform.conformance.emulator.application import Emulator

class Lax(Emulator):
    def validate(self, contract, request):
        return []

lax = Lax()

def nothing(environ, start_response):
    start_response("404 Not Found", [("Content-Type", "text/html")])
    return [b"<h1>Not Found</h1>"]
"""


@pytest.fixture
def baseline(tmp_path: Path) -> str:
    return str(tmp_path / "baseline.json")


@pytest.fixture
def lax(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    (tmp_path / "applications_with_a_baseline.py").write_text(APPLICATIONS)
    monkeypatch.syspath_prepend(tmp_path)
    return [*QUICK, "--target", "wsgi:applications_with_a_baseline:lax"]


def written(folder: str, clauses: dict[str, Told], name: str = "report.json") -> str:
    file = Path(folder).parent / name
    file.write_text(to_text(report(clauses)), encoding="utf-8")
    return str(file)


def test_a_baseline_is_written_checked_and_pruned(call: Call, baseline: str) -> None:
    first = written(baseline, RUN)
    updated = call("baseline", "update", baseline, first)
    assert (updated.code, updated.err) == (0, "")
    assert updated.out == f"{baseline}: 1 finding added, 0 removed; 2 clauses added, 0 removed\n"
    assert call("baseline", "check", baseline, first).code == 0

    worse = written(baseline, {**RUN, TYPE: violated("accepted")}, "worse.json")
    checked = call("baseline", "check", baseline, worse)
    assert checked.code == 1
    assert f"awsconform baseline update {baseline} {worse}" in checked.out

    fixed = written(baseline, {TYPE: CONFORMS, ENUM: CONFORMS}, "fixed.json")
    assert call("baseline", "check", baseline, fixed).code == 1
    assert call("baseline", "check", baseline, fixed, "--allow-fixed").code == 0
    pruned = call("baseline", "prune", baseline, fixed)
    assert f"no longer in it: {ENUM} (accepted)" in pruned.out
    assert call("baseline", "check", baseline, fixed).code == 0

    less = written(baseline, {TYPE: CONFORMS}, "less.json")
    assert call("baseline", "check", baseline, less).code == 1
    assert call("baseline", "check", baseline, less, "--allow-vanished").code == 0


def test_what_people_wrote_survives_an_update(call: Call, baseline: str) -> None:
    file = written(baseline, RUN)
    call("baseline", "update", baseline, file)
    document = json.loads(Path(baseline).read_text(encoding="utf-8"))
    document["comment"] = "ours"
    document["findings"][0] |= {"reason": "no validation yet", "owner": "us"}
    Path(baseline).write_text(json.dumps(document), encoding="utf-8")
    call("baseline", "update", baseline, file)
    again = json.loads(Path(baseline).read_text(encoding="utf-8"))
    assert again == document
    assert '"reason": "no validation yet", "owner": "us"}\n' in Path(baseline).read_text()


def test_a_report_that_judged_nothing_leaves_the_baseline_and_ends_with_3(
    call: Call, baseline: str
) -> None:
    call("baseline", "update", baseline, written(baseline, RUN))
    before = Path(baseline).read_bytes()
    nothing = written(baseline, {TYPE: ABSENT}, "nothing.json")
    ended = call("baseline", "update", baseline, nothing)
    assert (ended.code, Path(baseline).read_bytes()) == (3, before)
    assert "nothing was judged" in ended.err
    assert call("baseline", "check", baseline, nothing).code == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["baseline", "check", "no.json", "report.json"], "there is no such baseline"),
        (["baseline", "prune", "no.json", "report.json"], "there is no such baseline"),
        (["baseline", "update", "no.json", "gone.json"], "there is no such file"),
        (["baseline", "update", "report.json", "report.json"], "is no baseline"),
        (["baseline", "updat"], "No such command"),
        (["run", "--baseline", "no.json"], "there is no such baseline"),
        (["run", "--baseline", "report.json", "--update-baseline"], "is no baseline"),
        (["run", "--allow-fixed"], "--baseline FILE"),
        (["run", "--allow-vanished"], "--baseline FILE"),
        (["run", "--update-baseline"], "--baseline FILE"),
    ],
)
def test_a_wrong_call_ends_with_2(
    call: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    written(str(tmp_path / "baseline.json"), RUN)
    ended = call(*words)
    assert ended.code == 2
    assert told in ended.err


def test_a_run_writes_a_baseline_and_is_no_worse_than_it_from_then_on(
    call: Call, baseline: str, lax: list[str]
) -> None:
    first = call("run", *lax, "--baseline", baseline, "--update-baseline", "--seed", "5")
    assert first.code == 0
    assert "3 findings added, 0 removed" in first.out
    assert "exit code 0; --seed 5 repeats the run" in first.out
    again = call("run", *lax, "--baseline", baseline)
    assert again.code == 0
    assert "--seed 5 repeats the run" in again.out
    assert again.out.endswith(f"No worse than {baseline}; exit code 0\n")
    other = call("run", *lax, "--baseline", baseline, "--seed", "6")
    assert other.code == 0
    assert "--seed was 5 for the baseline and is 6 now" in other.out


def test_a_baseline_that_cannot_be_written_is_told_before_anything_is_judged(
    call: Call, tmp_path: Path
) -> None:
    record = tmp_path / "run.jsonl"
    baseline = str(tmp_path / "no" / "folder.json")
    ended = call(
        "run", *QUICK, "--baseline", baseline, "--update-baseline", "--record", str(record)
    )
    assert (ended.code, "cannot write" in ended.err, record.exists()) == (2, True, False)


def test_a_run_that_fixed_something_is_told_so_until_that_is_allowed(
    call: Call, baseline: str, lax: list[str]
) -> None:
    call("run", *lax, "--baseline", baseline, "--update-baseline")
    fixed = call("run", *QUICK, "--baseline", baseline)
    assert fixed.code == 1
    assert "exit code 1; --seed" in fixed.out
    assert "Fixed, and still in the baseline (3)" in fixed.out
    assert call("run", *QUICK, "--baseline", baseline, "--allow-fixed").code == 0
    call("run", *QUICK, "--baseline", baseline, "--update-baseline")
    assert json.loads(Path(baseline).read_text(encoding="utf-8"))["findings"] == []


def test_a_report_for_programs_has_nothing_else_in_it(
    call: Call, baseline: str, lax: list[str], tmp_path: Path
) -> None:
    call("run", *lax, "--baseline", baseline, "--update-baseline")
    piped = call("run", *lax, "--baseline", baseline, "--format", "json")
    assert json.loads(piped.out)["exitCode"] == 1
    assert piped.code == 0
    assert "No worse than" in piped.err
    file = str(tmp_path / "report.json")
    kept = call("run", *lax, "--baseline", baseline, "--format", "json", "-o", file)
    assert "No worse than" in kept.out
    assert call("baseline", "check", baseline, file).code == 0


def test_a_run_that_judged_nothing_ends_with_3_and_writes_no_baseline(
    call: Call, baseline: str, lax: list[str]
) -> None:
    call("run", *lax, "--baseline", baseline, "--update-baseline")
    before = Path(baseline).read_bytes()
    nothing = [*QUICK, "--target", "wsgi:applications_with_a_baseline:nothing"]
    ended = call("run", *nothing, "--baseline", baseline, "--update-baseline")
    assert (ended.code, Path(baseline).read_bytes()) == (3, before)
