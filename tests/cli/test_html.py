"""`--html`: the report as a page."""

from __future__ import annotations

from pathlib import Path

from cli.calling import Call

QUICK = ["--examples", "0", "--seed", "5"]


def test_a_page_is_written_beside_the_report(call: Call, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    ended = call("run", "deadline.GetFarm", *QUICK, "--html", str(page))
    assert ended.code == 0
    assert "GetFarm" in ended.out
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "deadline.GetFarm" in text


def test_a_page_that_cannot_be_written_is_told_before_anything_is_sent(
    call: Call, tmp_path: Path
) -> None:
    ended = call("run", "deadline.GetFarm", *QUICK, "--html", str(tmp_path / "no" / "x.html"))
    assert ended.code == 2
    assert "cannot write" in ended.err
    assert "GetFarm" not in ended.out


def test_reports_of_several_runs_are_put_on_one_page(call: Call, tmp_path: Path) -> None:
    record, report, page = (str(tmp_path / name) for name in ("a.jsonl", "b.json", "page.html"))
    assert call("run", "deadline.GetFarm", *QUICK, "--record", record).code == 0
    ended = call("run", "deadline.ListFarms", *QUICK, "--format", "json", "-o", report)
    assert ended.code == 0
    ended = call("report", record, "--beside", report, "--html", page)
    assert ended.code == 0
    assert "ListFarms" not in ended.out
    text = Path(page).read_text(encoding="utf-8")
    assert "deadline.GetFarm" in text
    assert "deadline.ListFarms" in text


def test_a_report_is_put_beside_nothing_but_a_page(call: Call, tmp_path: Path) -> None:
    record = str(tmp_path / "a.jsonl")
    assert call("run", "deadline.GetFarm", *QUICK, "--record", record).code == 0
    ended = call("report", record, "--beside", record)
    assert ended.code == 2
    assert "say --html FILE as well" in ended.err
