"""Baselines and comparisons of recorded runs, whole ones and those that did not end."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from awsconform.conformance.gate.reading import read_baseline
from awsconform.conformance.reports.formats.registry import FORMATS
from cli.calling import Call

APPLICATIONS = """
from awsconform.conformance.emulator.application import Emulator

class Lax(Emulator):
    def validate(self, contract, request):
        return []

lax = Lax()
"""
OPERATIONS = ["deadline.ListFarms", "deadline.GetFarm"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The call that judges a target with findings, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "recorded_with_a_baseline.py").write_text(APPLICATIONS)
    monkeypatch.syspath_prepend(tmp_path)
    target = "wsgi:recorded_with_a_baseline:lax"
    return ["run", *OPERATIONS, "--examples", "0", "--target", target]


@pytest.fixture
def cut(run: list[str], call: Call) -> list[str]:
    """A record `whole`, and `cut`, that of a process killed in the second operation."""
    call(*run, "--seed", "5", "--record", "whole")
    lines = Path("whole").read_bytes().splitlines(keepends=True)
    ended = next(at for at, line in enumerate(lines) if line.startswith(b'{"kind":"operation"'))
    Path("cut").write_bytes(b"".join(lines[: ended + 2])[:-7])
    return run


def test_a_record_is_as_good_as_the_report_of_its_run(run: list[str], call: Call) -> None:
    call(*run, "--record", "record", "--format", "json", "-o", "report")
    for name in ("record", "report"):
        updated = call("baseline", "update", f"{name}.json", name)
        assert (updated.code, updated.err) == (0, "")
    assert Path("record.json").read_bytes() == Path("report.json").read_bytes()
    assert call("baseline", "check", "record.json", "record").code == 0
    assert call("baseline", "prune", "record.json", "record").code == 0
    assert "no clause ended otherwise" in call("compare", "record", "report").out
    assert call("compare", "record", "report", "--gate").code == 0


def test_a_run_that_did_not_end_is_no_baseline_and_not_good(cut: list[str], call: Call) -> None:
    report = call("report", "cut", "--format", "json", "-o", "cut.json")
    assert report.code == 1
    call("baseline", "update", "baseline.json", "whole")
    before = Path("baseline.json").read_bytes()
    for name in ("cut", "cut.json"):
        updated = call("baseline", "update", "baseline.json", name)
        assert (updated.code, updated.out) == (2, "")
        assert "the run did not end, so no baseline is made of it" in updated.err
        assert call("baseline", "update", "new.json", name).code == 2
        checked = call("baseline", "check", "baseline.json", name)
        assert checked.code == 1
        assert "THE RUN DID NOT END" in checked.out
        assert "it is not in the run, which did not end" in checked.out
        assert call("baseline", "check", "baseline.json", name, "--allow-vanished").code == 3
        assert call("compare", "whole", name, "--gate").code == 1
    assert Path("baseline.json").read_bytes() == before
    assert not Path("new.json").exists()


def test_a_run_that_is_gone_on_with_is_held_against_it_as_a_whole(
    cut: list[str], call: Call
) -> None:
    call("baseline", "update", "baseline.json", "whole")
    ended = call(*cut, "--record", "cut", "--resume", "--baseline", "baseline.json")
    assert ended.code == 0
    assert "DID NOT END" not in ended.out
    assert ended.out.endswith("No worse than baseline.json; exit code 0\n")
    again = call(*cut, "--record", "cut", "--resume", "--baseline", "baseline.json")
    assert (again.code, again.out) == (0, ended.out)


def test_the_seed_of_the_record_is_kept_where_the_baseline_has_another(
    cut: list[str], call: Call
) -> None:
    call(*cut, "--seed", "6", "--baseline", "baseline.json", "--update-baseline")
    ended = call(*cut, "--record", "cut", "--resume", "--baseline", "baseline.json")
    assert ended.code == 0
    assert "--seed was 6 for the baseline and is 5 now" in ended.out


def test_a_baseline_is_written_from_a_run_that_is_gone_on_with(cut: list[str], call: Call) -> None:
    words = ["--baseline", "new.json", "--update-baseline"]
    assert call(*cut, "--record", "cut", "--resume", *words).code == 0
    call("baseline", "update", "of-whole.json", "whole")
    assert read_baseline(Path("new.json")) == read_baseline(Path("of-whole.json"))


def test_formats_tell_what_was_found_whatever_is_known(run: list[str], call: Call) -> None:
    call(*run, "--baseline", "baseline.json", "--update-baseline")
    files = [word for name in FORMATS for word in (f"--{name}", f"run.{name}")]
    ended = call(*run, "--baseline", "baseline.json", "--record", "record", *files)
    assert ended.code == 0
    files = [word for name in FORMATS for word in (f"--{name}", f"report.{name}")]
    assert call("report", "record", *files).code == 1
    for name in FORMATS:
        assert Path(f"run.{name}").read_bytes() == Path(f"report.{name}").read_bytes()
    known = {each.clause for each in read_baseline(Path("baseline.json")).findings}
    cases = ElementTree.parse("run.junit").iter("testcase")
    failed = {each.get("name") for each in cases if each.find("failure") is not None}
    assert failed == known


@pytest.mark.parametrize("option", ["--record", "--output", "--junit"])
def test_a_baseline_is_not_written_over_by_a_report(
    run: list[str], call: Call, option: str
) -> None:
    words = ["--baseline", "baseline.json", "--update-baseline"]
    ended = call(*run, *words, option, "./baseline.json")
    assert (ended.code, ended.out) == (2, "")
    assert "name the same file" in ended.err or "is written already" in ended.err
    assert not Path("baseline.json").exists()


def test_a_report_for_programs_says_what_the_run_came_to_by_itself(
    run: list[str], call: Call
) -> None:
    words = ["--baseline", "baseline.json", "--update-baseline", "--record", "record"]
    ended = call(*run, *words, "--format", "json")
    assert ended.code == 0
    assert json.loads(ended.out)["exitCode"] == 1
    assert call("baseline", "check", "baseline.json", "record").code == 0
