"""`compare`: reports of runs side by side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from awsconform.conformance.reports.document import to_text
from cli.calling import Call
from gate.documents import ABSENT, CONFORMS, Told, report, violated

TYPE, ENUM = "farm.ListFarms/request/max#type", "farm.ListFarms/request/max#enum"
GOOD = {TYPE: CONFORMS, ENUM: CONFORMS}
BAD = {TYPE: CONFORMS, ENUM: violated("accepted")}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, clauses in (("good", GOOD), ("bad", BAD), ("less", {TYPE: CONFORMS})):
        put(f"{name}.json", clauses)
    return tmp_path


def put(name: str, clauses: dict[str, Told]) -> None:
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(to_text(report(clauses)), encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["good.json", "bad.json"], 0),
        (["good.json", "bad.json", "--gate"], 1),
        (["bad.json", "good.json", "--gate"], 0),
        (["good.json", "good.json", "bad.json", "--gate"], 1),
        (["good.json", "less.json", "--gate"], 1),
        (["good.json", "less.json", "--gate", "--allow-vanished"], 0),
    ],
)
def test_the_gate_ends_with_1_where_a_later_run_is_worse_than_the_first(
    call: Call, words: list[str], code: int
) -> None:
    assert call("compare", *words).code == code


def test_no_report_is_written_over_by_what_it_is_compared_with(call: Call) -> None:
    before = Path("bad.json").read_text(encoding="utf-8")
    ended = call("compare", "good.json", "bad.json", "-o", "./bad.json", "--format", "json")
    assert (ended.code, "--output names bad.json itself" in ended.err) == (2, True)
    assert Path("bad.json").read_text(encoding="utf-8") == before


def test_every_later_report_is_held_against_the_first(call: Call) -> None:
    out = call("compare", "bad.json", "good.json", "less.json").out
    assert "bad.json → good.json\n  fixed (1)" in out
    assert "bad.json → less.json\n  vanished (1)" in out


def test_files_of_one_name_are_called_by_their_paths(call: Call) -> None:
    put("old/report.json", GOOD)
    put("new/report.json", BAD)
    made = json.loads(call("compare", "old/report.json", "new/report.json", "--format", "json").out)
    assert [each["label"] for each in made["reports"]] == ["old/report.json", "new/report.json"]
    assert made["comparisons"][0]["counts"]["regressed"] == 1


def test_markdown_goes_into_a_file(call: Call) -> None:
    ended = call("compare", "good.json", "bad.json", "--format", "markdown", "-o", "out.md")
    assert (ended.code, ended.out) == (0, "")
    assert "### good.json → bad.json" in Path("out.md").read_text(encoding="utf-8")


def test_a_run_that_judged_nothing_is_nothing_to_compare(call: Call) -> None:
    put("nothing.json", {TYPE: ABSENT})
    assert call("compare", "good.json", "nothing.json").code == 3


@pytest.mark.parametrize("words", [[], ["good.json"], ["good.json", "gone.json"]])
def test_a_wrong_call_ends_with_2(call: Call, words: list[str]) -> None:
    ended = call("compare", *words)
    assert ended.code == 2
    assert ended.err.startswith("Error: ")


def test_a_run_that_did_not_end_passes_no_gate(call: Call) -> None:
    Path("cut.json").write_text(to_text(report(GOOD, complete=False)), encoding="utf-8")
    for words in (["good.json", "cut.json"], ["cut.json", "good.json"]):
        told = call("compare", *words)
        assert told.code == 0
        assert "THE RUN OF cut.json DID NOT END" in told.out
        assert call("compare", *words, "--gate").code == 3
    assert call("compare", "cut.json", "bad.json", "--gate").code == 1


def test_the_page_is_written_beside_what_is_printed(call: Call) -> None:
    plain = call("compare", "good.json", "bad.json", "--gate")
    ended = call("compare", "good.json", "bad.json", "--gate", "--html", "page.html")
    assert (ended.code, ended.out) == (plain.code, plain.out)
    assert "page.html has the comparison" in ended.err
    text = Path("page.html").read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert ENUM.partition("/")[2] in text
    assert '"kinds":[["regressed",' in text


@pytest.mark.parametrize("page", ["-", "good.json", "no/page.html"])
def test_a_page_that_would_be_lost_or_lose_something_is_refused(call: Call, page: str) -> None:
    ended = call("compare", "good.json", "bad.json", "--html", page)
    assert (ended.code, ended.out) == (2, "")
