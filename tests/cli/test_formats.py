"""Reports for other programs, written beside the report of a run."""

from __future__ import annotations

import json
import os
import re
import stat
import threading
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from awsconform.commands.format_options import (
    DEFAULT_PATH,
    SUMMARY,
    Formats,
    format_options,
    write_formats,
)
from awsconform.commands.run import command as run_command
from awsconform.conformance.atomic_files import write_atomically
from awsconform.conformance.reports.formats import sarif
from awsconform.conformance.reports.formats.markdown import LEAST, STEP_SUMMARY, markdown
from awsconform.conformance.reports.formats.registry import FORMATS
from awsconform.errors import UsageError
from cli.calling import Call
from reports.formats.documents import real, with_findings

QUICK = ["--examples", "0", "--seed", "5"]


def test_every_format_is_an_option_and_its_defaults_are_those_of_the_library() -> None:
    options = {parameter.name: parameter for parameter in run_command.params}
    assert options.keys() >= FORMATS.keys()
    assert options["sarif_path"].default == DEFAULT_PATH == sarif.DEFAULT_PATH


def test_a_run_writes_each_format_that_is_asked_for_and_its_report(
    tmp_path: Path, call: Call
) -> None:
    files = {name: tmp_path / f"report{each.suffix}" for name, each in FORMATS.items()}
    words = [word for name, path in files.items() for word in (f"--{name}", str(path))]
    report = tmp_path / "document"
    form = ["--format", "json", "-o", str(report)]
    ended = call("run", "deadline.GetFarm", *QUICK, *words, *form)
    assert (ended.code, ended.out) == (0, "")
    document = json.loads(report.read_text())
    for name, path in files.items():
        text = path.read_text(encoding="utf-8")
        assert text == FORMATS[name].text({**document, "made": made_of(text, document)})
        assert f"{path} has the report as " in ended.err


def made_of(text: str, document: dict[str, Any]) -> str:
    """When the document of a format was made: for each its own, perhaps a second later."""
    found = re.search(r'(?:timestamp=|"endTimeUtc": )"([^"]+)"', text)
    return found[1] if found else document["made"]


def test_the_report_is_printed_as_ever(tmp_path: Path, call: Call) -> None:
    ended = call("run", "deadline.GetFarm", *QUICK, "--badge", str(tmp_path / "badge.json"))
    assert "judged clauses conform" in ended.out
    assert json.loads((tmp_path / "badge.json").read_text())["message"].startswith("100 %")


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_cannot_be_written_is_told_before_anything_is_sent(
    name: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("awsconform.commands.run.judged")
    ended = call("run", "deadline.GetFarm", f"--{name}", "/no/such/folder/file", *QUICK)
    assert ended.code == 2
    assert "cannot write /no/such/folder/file: No such file or directory" in ended.err
    assert ended.out == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--junit", "-"], "wants a file"),
        (["--junit", "same", "--sarif", "same"], "--sarif names a file that is written already"),
        (["--markdown", "same", "-o", "./same"], "names a file that is written already"),
        (["--sarif", "s", "--sarif-path", "https://localhost"], "is an address"),
        (["--sarif", "s", "--sarif-path", "/etc"], "no path below the root"),
        (["--badge", "."], "is a directory"),
    ],
)
def test_a_wrong_call_ends_with_2(
    words: list[str],
    told: str,
    call: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delattr("awsconform.commands.run.judged")
    ended = call("run", "deadline.GetFarm", *QUICK, *words)
    assert ended.code == 2
    assert told in ended.err
    assert list(tmp_path.iterdir()) == []


def test_any_command_can_take_the_options(tmp_path: Path) -> None:
    @click.command()
    @format_options
    def command(formats: Formats) -> None:
        formats.check()
        write_formats(with_findings(), formats)

    path = tmp_path / "report.sarif"
    ended = CliRunner().invoke(command, ["--sarif", str(path), "--sarif-path", "src/{service}.py"])
    assert ended.exit_code == 0
    assert '"src/deadline.py"' in path.read_text()


def test_a_summary_of_a_step_is_added_to_and_may_be_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "summary"
    path.write_text("# Of another tool", encoding="utf-8")
    monkeypatch.setenv(SUMMARY, str(path))
    document = with_findings()
    document["operations"] *= 20
    write_formats(document, Formats({"markdown": path}))
    text = path.read_text(encoding="utf-8")
    assert text == "# Of another tool\n" + markdown(document, limit=STEP_SUMMARY)
    assert len(text) > len(markdown(document))


def test_a_summary_that_is_full_gets_the_least(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "summary"
    path.write_text("x" * STEP_SUMMARY, encoding="utf-8")
    monkeypatch.setenv(SUMMARY, str(path))
    write_formats(real("deadline.GetFarm"), Formats({"markdown": path}))
    assert STEP_SUMMARY < path.stat().st_size <= STEP_SUMMARY + LEAST + 1


def test_a_file_that_was_there_is_replaced_at_once_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "report.xml"
    path.write_text("before")
    path.chmod(0o640)
    with path.open() as still_read:
        write_atomically(path, "after ü")
        assert still_read.read() == "before"
    assert path.read_text(encoding="utf-8") == "after ü"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_has_the_mode_of_any_other(tmp_path: Path) -> None:
    write_atomically(tmp_path / "one", "")
    (tmp_path / "other").write_text("")
    assert (tmp_path / "one").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere" / "file")
    write_atomically(link, "text")
    assert link.is_symlink()
    assert (tmp_path / "elsewhere" / "file").read_text() == "text"


def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write_atomically(pipe, "text")
    reader.join()
    assert read == ["text"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_what_fails_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.xml"
    path.write_text("before")

    def full(*places: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(UsageError, match=r"cannot write .*: No space left on device"):
        write_atomically(path, "after")
    assert [each.read_text() for each in tmp_path.iterdir()] == ["before"]
