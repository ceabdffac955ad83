"""`--awsconform-record`: what the suite's own items judge is written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from awsconform.conformance.records.errors import RecordUnwritable
from awsconform.conformance.records.reading import read_document, read_record
from awsconform.conformance.records.writing import RecordFile

Run = Callable[..., pytest.RunResult]

SUITE = ["--pyargs", "awsconform.conformance.suite", "--awsconform-seed=3"]
QUICK = ["--awsconform-examples=0", "--awsconform-services=deadline.GetFarm,deadline.ListFarms"]


def test_writes_the_record_of_the_suite(pytester: pytest.Pytester, run: Run) -> None:
    options = ["--awsconform-timeout=3", "--awsconform-level=must", "--awsconform-region=eu-west-1"]
    done = run(*SUITE, *QUICK, *options, "--awsconform-record=record.jsonl", "-q")
    assert done.ret == 0
    document = read_document(pytester.path / "record.jsonl")
    assert document["complete"] is True
    assert document["exitCode"] == 0
    assert (document["target"], document["seed"]) == ("emulator:", 3)
    assert document["options"] == {
        "examples": 0,
        "levels": ["MUST"],
        "clauses": None,
        "region": "eu-west-1",
    }
    assert document["endpoint"]["flags"] == ["--timeout 3.0"]
    assert sorted(document["contracts"]) == ["deadline.GetFarm", "deadline.ListFarms"]
    judged = [
        clause
        for operation in document["operations"]
        for clause in operation["clauses"]
        if clause["verdict"] == "conforms"
    ]
    assert done.parseoutcomes()["passed"] == len(judged)


@pytest.mark.usefixtures("faulty")
def test_findings_are_in_it(pytester: pytest.Pytester, run: Run) -> None:
    done = run(
        *SUITE,
        "--awsconform-examples=0",
        "--awsconform-services=sagemaker-edge.GetDeviceRegistration",
        "--awsconform-target=wsgi:strange_farm:app",
        "--awsconform-record=record.jsonl",
        "--tb=no",
        "-q",
    )
    document = read_document(pytester.path / "record.jsonl")
    violated = [
        clause
        for operation in document["operations"]
        for clause in operation["clauses"]
        if clause["verdict"] == "violates"
    ]
    assert done.parseoutcomes()["failed"] == len(violated) > 0
    assert all(clause["findings"] for clause in violated)
    assert document["exitCode"] == 1


@pytest.mark.usefixtures("faulty")
def test_a_session_that_stops_early_leaves_a_run_that_did_not_end(
    pytester: pytest.Pytester, run: Run
) -> None:
    names = ["sagemaker-edge.GetDeviceRegistration", "deadline.GetFarm"]
    words = [
        *SUITE,
        "--awsconform-examples=0",
        f"--awsconform-services={','.join(names)}",
        "--awsconform-target=wsgi:strange_farm:app",
        "--tb=no",
    ]
    run(*words, "--awsconform-record=stopped.jsonl", "-x")
    record = read_record(pytester.path / "stopped.jsonl")
    assert list(record.header["contracts"]) == names
    assert list(record.operations) == names[:1]
    assert record.footer is None
    run(*words, "--awsconform-record=selected.jsonl", "-x", "-k", "GetDeviceRegistration")
    document = read_document(pytester.path / "selected.jsonl")
    assert list(document["contracts"]) == names[:1], "what was selected"
    assert document["complete"] is True


def test_what_a_decorated_test_judges_is_not_in_it(pytester: pytest.Pytester, run: Run) -> None:
    pytester.makepyfile(
        """
        import awsconform, pytest

        @pytest.fixture(scope="session")
        def target():
            return "emulator:"

        @awsconform.clauses("deadline.DeleteFarm", examples=0)
        def test_contract(target):
            ...
        """
    )
    run(".", *SUITE, *QUICK, "--awsconform-record=record.jsonl", "-q")
    document = read_document(pytester.path / "record.jsonl")
    assert sorted(document["contracts"]) == ["deadline.GetFarm", "deadline.ListFarms"]
    assert document["complete"] is True


def test_a_file_that_is_there_is_not_written_over(pytester: pytest.Pytester, run: Run) -> None:
    path = pytester.path / "record.jsonl"
    path.write_text("precious")
    done = run(*SUITE, *QUICK, "--awsconform-record=record.jsonl")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["*record.jsonl is there already*"])
    assert path.read_text() == "precious"


def test_it_is_refused_where_the_suite_is_not_run(pytester: pytest.Pytester, run: Run) -> None:
    pytester.makepyfile("def test_nothing(): ...")
    done = run("--awsconform-record=record.jsonl")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["*--awsconform-record is about the suite's own items*"])
    assert not (pytester.path / "record.jsonl").exists()


def test_it_is_refused_where_several_processes_judge(
    pytester: pytest.Pytester, run_apart: Run
) -> None:
    pytest.importorskip("xdist")
    done = run_apart(*SUITE, *QUICK, "--awsconform-record=record.jsonl", "-n", "1")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["*--awsconform-record is written by one process*"])
    assert not (pytester.path / "record.jsonl").exists()


def test_a_footer_that_cannot_be_written_is_told(
    pytester: pytest.Pytester, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = RecordFile.line

    def full(file: RecordFile, document: dict[str, Any]) -> None:
        if document["kind"] == "footer":
            raise RecordUnwritable(file.path, "cannot be written: no space is left")
        line(file, document)

    monkeypatch.setattr(RecordFile, "line", full)
    done = run(*SUITE, *QUICK, "--awsconform-record=record.jsonl", "-q")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["*record.jsonl: cannot be written: no space is left*"])
    assert read_document(pytester.path / "record.jsonl")["complete"] is False
