"""`extract`: pages on the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from awsconform.specs.documents.tree import Member
from awsconform.specs.pages import extract, to_text
from cli.calling import Call
from reference_pages import Sheet, boto3_text, structure

SHEET = Sheet(
    structure(Member("Alpha", "string", 0, required=True), Member("Bravo", "integer", 0)),
    structure(Member("Carbon", "string", 0)),
    errors=(),
)
NAMES = {"service": "gardening", "api_version": "2020-01-01", "operation": "PlantTree"}
OPTIONS = ["--service", "gardening", "--api-version", "2020-01-01", "--operation", "PlantTree"]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(boto3_text(SHEET), encoding="utf-8")
    return path


def test_prints_the_document_exactly_as_it_is_committed(page: Path, call: Call) -> None:
    ended = call("extract", str(page), *OPTIONS, "--date", "2026-01-02")
    expected = extract(page.read_bytes(), name=str(page), date="2026-01-02", **NAMES)
    assert ended.code == 0
    assert ended.out == to_text(expected.document)
    assert json.loads(ended.out)["aws"]["date"] == "2026-01-02"


def test_tells_each_warning_with_file_and_line(page: Path, call: Call) -> None:
    ended = call("extract", str(page), *OPTIONS)
    warnings = extract(page.read_bytes(), name=str(page), **NAMES).warnings
    assert len(warnings) > 0
    for warning in warnings:
        line = warning.removeprefix("line ").partition(":")[0]
        assert f"{page}:{line}:" in ended.err


def test_reads_standard_input(page: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(page.read_bytes())))
    words = [*OPTIONS, "--date", "2026-01-02"]
    assert call("extract", "-", *words).out == call("extract", str(page), *words).out


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("no page at all", [], "no reference page"),
        (None, [], "cannot read"),
        ("", ["--date", "tomorrow"], "no date"),
    ],
)
def test_what_cannot_be_read_ends_with_2(
    text: str | None, words: list[str], told: str, tmp_path: Path, call: Call
) -> None:
    path = tmp_path / "page.txt"
    if text is not None:
        path.write_text(text)
    ended = call("extract", str(path), *words)
    assert ended.code == 2
    assert told in ended.err
    assert ended.out == ""


def test_a_page_of_an_operation_without_a_model_has_no_contract(page: Path, call: Call) -> None:
    ended = call("extract", str(page), *OPTIONS, "--contract")
    assert ended.code == 2
    assert "gardening" in ended.err.splitlines()[-2]
