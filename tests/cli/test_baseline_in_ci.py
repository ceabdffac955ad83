"""A team's CI: an emulator with twelve faults is taken as it is, and held to that from then on."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from cli.calling import Call, Ended
from faulty.combined import FAULTS, LIST, OPERATIONS, TWELVE, module

FEW = ["--examples", "0"]
# A module is imported once, so each has a name of its own.
NUMBERS = itertools.count()
FIXED = "farms are listed without names"
CLAUSE = f"{LIST}/response/farms/*/displayName#required"
REASON = "names come with the next storage"

Judge = Callable[..., Ended]


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    return tmp_path / "baseline.json"


@pytest.fixture
def judge(call: Call, baseline: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Judge:
    """Runs the emulator with some faults against the baseline; each time it is a new one."""
    monkeypatch.syspath_prepend(tmp_path)

    def run(faults: Iterable[str], *words: str, operations: Iterable[str] = OPERATIONS) -> Ended:
        name = f"farm_in_ci_{next(NUMBERS)}"
        (tmp_path / f"{name}.py").write_text(module(faults), encoding="utf-8")
        target = f"wsgi:{name}:app"
        return call(
            "run", *operations, "--target", target, *FEW, "--baseline", str(baseline), *words
        )

    return run


@pytest.fixture
def adopted(judge: Judge, baseline: Path) -> dict[str, dict[str, str]]:
    """The baseline is written, and one entry has a reason; the entries by clause."""
    assert judge(TWELVE, "--update-baseline", "--seed", "5").code == 0
    document = json.loads(baseline.read_text(encoding="utf-8"))
    entries = {each["clause"]: each for each in document["findings"]}
    entries[CLAUSE]["reason"] = REASON
    baseline.write_text(json.dumps(document), encoding="utf-8")
    return entries


def test_the_report_tells_what_is_new_and_counts_what_is_known(
    judge: Judge, adopted: dict[str, dict[str, str]]
) -> None:
    known = {each["fingerprint"] for each in adopted.values()}

    def told(faults: Iterable[str], *words: str) -> set[str]:
        report = judge(faults, *words).out.partition("Held against")[0]
        assert ("known to the baseline: -v shows them too." in report) is not bool(words)
        return set(re.findall(r"^  fingerprint +(\w+)$", report, re.MULTILINE))

    new = told(FAULTS)
    assert len(new) == 2
    assert not new & known
    assert told(FAULTS, "-v") == new | known
    assert told(TWELVE) == set()


def test_a_baseline_that_is_written_leaves_no_finding_untold(judge: Judge) -> None:
    assert "known to the baseline" not in judge(TWELVE, "--update-baseline").out


def test_a_first_run_writes_what_is_wrong_and_the_second_is_green(
    judge: Judge, adopted: dict[str, dict[str, str]]
) -> None:
    assert len(adopted) >= len(TWELVE)
    again = judge(TWELVE)
    assert again.code == 0
    assert f"{len(adopted)} known\n" in again.out
    assert "exit code 0; --seed 5 repeats the run" in again.out


def test_a_thirteenth_fault_under_a_known_clause_is_named(
    judge: Judge, adopted: dict[str, dict[str, str]]
) -> None:
    ended = judge(FAULTS)
    assert ended.code == 1
    told = ended.out.partition("Held against ")[2]
    assert f"baseline.json: 2 new, {len(adopted)} known\n" in told
    for clause in (f"{LIST}/errors#status", f"{LIST}/errors/ValidationException#status"):
        assert adopted[clause]["observation"] == "ValidationException with 404"
        assert f"  {clause}\n" in told
    assert told.count("observation  ValidationException with 410\n") == 2


def test_a_fix_is_red_until_its_entry_is_pruned(
    judge: Judge, adopted: dict[str, dict[str, str]], call: Call, baseline: Path, tmp_path: Path
) -> None:
    fixed = [each for each in TWELVE if each != FIXED]
    ended = judge(fixed)
    assert ended.code == 1
    assert "Fixed, and still in the baseline (1)" in ended.out
    assert CLAUSE in ended.out
    assert REASON in ended.out
    assert judge(fixed, "--allow-fixed").code == 0
    report = str(tmp_path / "report.json")
    judge(fixed, "--format", "json", "-o", report)
    pruned = call("baseline", "prune", str(baseline), report)
    assert f"no longer in it: {CLAUSE} (missing); its reason was: {REASON}" in pruned.out
    assert judge(fixed).code == 0
    assert judge(TWELVE).code == 1


def test_an_operation_that_is_left_out_has_vanished(
    judge: Judge, adopted: dict[str, dict[str, str]]
) -> None:
    rest = [each for each in OPERATIONS if each != LIST]
    ended = judge(TWELVE, operations=rest)
    assert ended.code == 1
    assert f"{LIST}, " in ended.out.partition("Vanished")[2]
    assert "it is not in the run" in ended.out
    assert judge(TWELVE, "--allow-vanished", operations=rest).code == 0


def test_an_entry_that_has_expired_is_named_whatever_is_allowed(
    judge: Judge, adopted: dict[str, dict[str, str]], baseline: Path
) -> None:
    document = json.loads(baseline.read_text(encoding="utf-8"))
    document["findings"][0]["expires"] = "2020-02-29"
    baseline.write_text(json.dumps(document), encoding="utf-8")
    ended = judge(TWELVE, "--allow-fixed", "--allow-vanished")
    assert ended.code == 1
    told = ended.out.partition("Expired (1)")[2]
    assert document["findings"][0]["clause"] in told
    assert "2020-02-29" in told
