"""Reports are read back, and each way to be none has its error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from awsconform.conformance.reports.document import to_text
from awsconform.conformance.reports.json_file import FileUnreadable, NotJSON, pointer
from awsconform.conformance.reports.reading import (
    InvalidReport,
    LaterReport,
    NotAReport,
    read_report,
)
from awsconform.errors import AwsconformError
from gate.documents import CONFORMS, report, violated

REPORT = report({"farm.GetFarm/wire#json": CONFORMS, "farm.GetFarm/wire#xml": violated("xml")})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "report.json"


def test_what_a_run_wrote_is_read(file: Path) -> None:
    file.write_text(to_text(REPORT), encoding="utf-8")
    assert read_report(file) == REPORT


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("{\n  nonsense", NotJSON, ":2: is no JSON"),
        ("", NotJSON, "is no JSON"),
        ('{"a": 1, "a": 2}', NotJSON, "'a' is there twice"),
        ('{"a": NaN}', NotJSON, "NaN is no number"),
        ("[" * 200_000, NotJSON, "nested too deeply"),
        ("[]", NotAReport, "no report of a run"),
        ('{"format": "awsconform-scoreboard"}', NotAReport, "--format json"),
        ('{"format": "awsconform-report", "version": 2}', LaterReport, "has version 2"),
        ('{"format": "awsconform-report", "version": 1}', InvalidReport, '"made" is a required'),
    ],
)
def test_what_is_no_report_is_told_apart(
    file: Path, text: str, error: type[AwsconformError], told: str
) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(error) as raised:
        read_report(file)
    assert str(raised.value).startswith(str(file))
    assert told in str(raised.value)


def test_what_is_wrong_inside_is_pointed_to(file: Path) -> None:
    broken: dict[str, Any] = json.loads(json.dumps(REPORT))
    broken["operations"][0]["clauses"][1]["verdict"] = "x" * 500
    file.write_text(json.dumps(broken), encoding="utf-8")
    with pytest.raises(InvalidReport) as raised:
        read_report(file)
    assert f"{file}#/operations/0/clauses/1" in str(raised.value)
    assert len(str(raised.value)) < 1000


def test_what_cannot_be_read_says_so(file: Path) -> None:
    with pytest.raises(FileUnreadable, match="cannot be read: No such file"):
        read_report(file)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(NotJSON, match="is not UTF-8"):
        read_report(file)


def test_a_pointer_escapes_what_it_has_to() -> None:
    assert pointer("a/b", "~", 3) == "/a~1b/~0/3"
    assert pointer() == ""
