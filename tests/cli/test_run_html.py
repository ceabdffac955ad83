"""`run --html`: the report as a page."""

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
