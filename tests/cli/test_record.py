"""`run --record`, `--resume`, and `report`."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from awsconform.conformance.records import recording
from awsconform.conformance.records.reading import document_of, read_document, read_record
from awsconform.conformance.reports.formats.registry import FORMATS
from awsconform.conformance.reports.operation_documents import operation_document
from awsconform.conformance.results import OperationResult
from cli.calling import Call

QUICK = ["--examples", "0", "--seed", "3"]
RUN = ["run", "deadline.GetFarm", "deadline.DeleteFarm", *QUICK]
APPLICATIONS = """
from awsconform.conformance.emulator.application import Emulator

class Lax(Emulator):
    def validate(self, contract, request):
        return []

lax = Lax()
"""


@pytest.fixture
def lax(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A target that is judged with findings."""
    (tmp_path / "recorded_applications.py").write_text(APPLICATIONS)
    monkeypatch.syspath_prepend(tmp_path)
    return "wsgi:recorded_applications:lax"


def timeless(text: str) -> str:
    return re.sub(r"\d+\.\d s|\d+ requests/s", "", text)


def test_the_report_of_a_recorded_run_is_that_of_the_record(
    lax: str, tmp_path: Path, call: Call
) -> None:
    path = tmp_path / "record.jsonl"
    first = call("run", "deadline.ListFarms", *QUICK, "--target", lax, "--record", str(path))
    assert first.code == 1
    again = call("report", str(path))
    assert (again.code, again.out) == (1, first.out)
    document = call("report", str(path), "--format", "json")
    assert document.code == 1
    assert json.loads(document.out) == read_document(path)
    (tmp_path / "report.json").write_text(document.out)
    assert call("report", str(tmp_path / "report.json")).out == first.out
    whole = call("report", str(path), "-v").out
    assert len(whole) > len(first.out)


def test_it_is_that_of_the_same_run_without_a_record(tmp_path: Path, call: Call) -> None:
    recorded = call(*RUN, "--record", str(tmp_path / "record.jsonl"))
    plain = call(*RUN)
    assert recorded.code == plain.code == 0
    assert timeless(recorded.out) == timeless(plain.out)


def test_a_report_is_written_to_a_file(tmp_path: Path, call: Call) -> None:
    path, report = tmp_path / "record.jsonl", tmp_path / "report.txt"
    call(*RUN, "--record", str(path))
    ended = call("report", str(path), "-o", str(report))
    assert (ended.code, ended.out) == (0, "")
    assert f"{report} has the report; seed 3" in ended.err
    assert report.read_text("utf-8") == call("report", str(path)).out


def test_a_run_that_did_not_end_is_told_loudly_and_gone_on_with(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "record.jsonl"
    whole = call(*RUN, "--record", str(path))
    lines = path.read_bytes().splitlines(keepends=True)
    first = next(at for at, line in enumerate(lines) if line.startswith(b'{"kind":"operation"'))
    path.write_bytes(b"".join(lines[: first + 2])[:-7])
    part = call("report", str(path))
    assert part.code == 3
    assert "emulator:  1 operation, " in part.out
    assert "THE RUN DID NOT END: nothing is said of 1 operation." in part.out
    words = [word for word in RUN if word not in ("--seed", "3")]
    ended = call(*words, "--record", str(path), "--resume")
    assert ended.code == 0
    assert timeless(ended.out) == timeless(whole.out)
    assert "DID NOT END" not in ended.out
    before = path.read_bytes()
    again = call(*RUN, "--record", str(path), "--resume")
    assert (again.code, again.out) == (0, ended.out), "there is nothing left to do"
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--resume"], "--record FILE"),
        (["--record", "{there}"], "there is such a file already"),
        (["--record", "{missing}", "--resume"], "there is no such file"),
        (["--record", "{there}", "--resume"], "is no line of a record"),
        (["--record", "{missing}/record"], "cannot be written"),
        (["--record", "{missing}", "--output", "{missing}"], "the same file"),
        (["--record", "{record}", "--resume", "--seed", "9"], "seed was 3 and is 9"),
        (["--record", "{record}", "--resume", "--timeout", "2"], "options was none"),
    ],
)
def test_a_wrong_call_ends_with_2_and_changes_nothing(
    words: list[str], told: str, tmp_path: Path, call: Call
) -> None:
    paths = {name: tmp_path / name for name in ("there", "missing", "record")}
    paths["there"].write_text("precious")
    call(*RUN, "--record", str(paths["record"]))
    before = paths["record"].read_bytes()
    given = [word.format(**{name: str(path) for name, path in paths.items()}) for word in words]
    ended = call(*RUN, *given)
    assert ended.code == 2
    assert told in ended.err
    assert "hint:" in ended.err or "same file" in ended.err
    assert ended.out == ""
    assert paths["there"].read_text() == "precious"
    assert paths["record"].read_bytes() == before
    assert not paths["missing"].exists()


@pytest.mark.parametrize("content", [None, b"", b"hello", b'{"kind":"header"}\n'])
def test_a_file_that_is_no_report_ends_with_2(
    content: bytes | None, tmp_path: Path, call: Call
) -> None:
    path = tmp_path / "file"
    if content is not None:
        path.write_bytes(content)
    ended = call("report", str(path))
    assert (ended.code, ended.out) == (2, "")
    assert str(path) in ended.err
    assert "hint:" in ended.err


def test_formats_of_a_record_are_those_of_its_run(lax: str, tmp_path: Path, call: Call) -> None:
    record = str(tmp_path / "record.jsonl")

    def words(of: str) -> list[str]:
        files = ((name, tmp_path / f"{of}.{name}") for name in FORMATS)
        return [word for name, path in files for word in (f"--{name}", str(path))]

    run = ["run", "deadline.ListFarms", *QUICK, "--target", lax, "--record", record]
    assert call(*run, *words("run")).code == 1
    assert call("report", record, *words("report")).code == 1
    for name in FORMATS:
        text = (tmp_path / f"run.{name}").read_text("utf-8")
        assert text == (tmp_path / f"report.{name}").read_text("utf-8")
        ended = call("report", record, f"--{name}", record)
        assert ended.code == 2
        assert "is written already" in ended.err


def test_a_record_is_not_written_over_by_its_report(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "record.jsonl"
    call(*RUN, "--record", str(path))
    before = path.read_bytes()
    for output in (str(path), str(tmp_path / "missing" / "report")):
        ended = call("report", str(path), "-o", output)
        assert (ended.code, ended.out) == (2, "")
        assert output in ended.err
    assert path.read_bytes() == before


def test_nothing_is_left_where_the_target_is_none(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "record.jsonl"
    assert call(*RUN, "--target", "nonsense", "--record", str(path)).code == 2
    assert not path.exists()


INTERRUPTED = """
import os, pathlib, signal
from awsconform.conformance.emulator.application import Emulator

class Interrupted(Emulator):
    # Once, by the first process that sends so many requests.
    requests = 0

    def __call__(self, environ, start_response):
        self.requests += 1
        flag = pathlib.Path(__file__).with_name("interrupted")
        if self.requests == 40 and not flag.exists():
            flag.touch()
            os.kill(os.getpid(), signal.SIGINT)
        return super().__call__(environ, start_response)

app = Interrupted()
"""


def test_a_run_that_was_interrupted_is_reported_and_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / "interrupted_application.py").write_text(INTERRUPTED)
    words = [*RUN, "--target", "wsgi:interrupted_application:app"]

    def awsconform(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "awsconform", *words],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
            check=False,
        )

    done = awsconform(*words, "--record", "run.jsonl")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")
    record = read_record(tmp_path / "run.jsonl")
    assert list(record.operations) == ["deadline.GetFarm"]
    assert not record.cut
    asked = [each["operation"] for each in record.exchanges.values()]
    assert len(asked) > 39
    assert set(asked[39:]) == {"deadline.DeleteFarm"}, "what was made is removed"
    part = document_of(record)
    assert part["complete"] is False
    report = awsconform("report", "run.jsonl", "--format", "json")
    assert json.loads(report.stdout) == part
    done = awsconform(*words, "--record", "run.jsonl", "--resume", "--format", "json")
    document = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert document == read_document(tmp_path / "run.jsonl")
    assert document["complete"] is True
    assert document["operations"][0] == part["operations"][0]


def test_a_bug_of_the_suite_loses_nothing_that_ended_before(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "run.jsonl"
    told = operation_document

    def broken(result: OperationResult, *rest: Any) -> dict[str, Any]:
        if result.contract.operation == "DeleteFarm":
            raise RuntimeError("told wrongly")
        return told(result, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(recording, "operation_document", broken)
        ended = call(*RUN, "--record", str(path))
    assert (ended.code, ended.out) == (3, "")
    assert "this is a bug of awsconform" in ended.err
    assert "told wrongly" in ended.err
    [kept] = read_document(path)["operations"]
    assert call(*RUN, "--record", str(path), "--resume").code == 0
    document = read_document(path)
    assert document["complete"] is True
    assert [each["id"] for each in document["operations"]] == RUN[1:3]
    assert document["operations"][0] == kept


def test_a_record_of_a_target_where_nothing_answers_can_be_gone_on_with(
    tmp_path: Path, call: Call
) -> None:
    path = tmp_path / "record.jsonl"
    words = ["run", "deadline.GetFarm", *QUICK, "--target", "http://127.0.0.1:1"]
    ended = call(*words, "--record", str(path))
    assert ended.code == 3
    assert not read_record(path).operations
    again = call(*words, "--record", str(path), "--resume")
    assert (again.code, again.err) == (3, ended.err)
    report = call("report", str(path))
    assert report.code == 3
    assert "NOTHING WAS JUDGED" in report.out
    assert "nothing is said of 1 operation" in report.out


def test_the_limit_to_the_time_holds_for_a_recorded_run(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "record.jsonl"
    ended = call(*RUN, "--max-time", "0.000001", "--record", str(path))
    assert ended.code == 3
    assert "the time for the run" in ended.out
    assert read_document(path)["complete"] is True
