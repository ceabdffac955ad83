"""Every way in which a file is no record has an error of its own: where, and what to do."""

from __future__ import annotations

import functools
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from awsconform.conformance.records import errors
from awsconform.conformance.records.bodies import body_line
from awsconform.conformance.records.errors import RecordError
from awsconform.conformance.records.format import record_schema
from awsconform.conformance.records.reading import document_of, read_document, read_record
from awsconform.conformance.reports.document import report_document, report_schema, to_text
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.reports.text_report import print_report
from records.recorded import record_results
from reports.hand_made import LIST, exchange, run

Lines = list[Any]
SHOWN = exchange(LIST, {"maxResults": 0}, answer=b'{"farms": []}')
# Errors of writing, which other tests are about.
WRITING = {errors.RecordUnwritable, errors.RecordExists, errors.RecordInUse}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with a line of each kind."""
    path = tmp_path_factory.mktemp("records") / "whole.jsonl"
    record_results(path, run(violated="maxResults#minimum", shown=SHOWN))
    return path


def lines_of(path: Path) -> Lines:
    return [json.loads(line) for line in path.read_text("ascii").splitlines()]


def write(path: Path, lines: Lines) -> Path:
    text = b"".join(
        line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines
    )
    path.write_bytes(text)
    return path


def place(lines: Lines, kind: str) -> int:
    return next(at for at, line in enumerate(lines) if line["kind"] == kind)


def replaced(kind: str, *, at: int = 0, by: bytes) -> Callable[[Lines], int]:
    def change(lines: Lines) -> int:
        number = place(lines, kind) + at
        lines[number] = by
        return number + 1

    return change


def changed(of: str, /, **members: Any) -> Callable[[Lines], int]:
    def change(lines: Lines) -> int:
        number = place(lines, of)
        lines[number] |= members
        return number + 1

    return change


def without(kind: str) -> Callable[[Lines], int]:
    """Without the first line of a kind; wrong is then what names it, or the first line."""

    def change(lines: Lines) -> int:
        number = place(lines, kind)
        del lines[number]
        namers = {"body": "exchange", "exchange": "operation", "header": lines[0]["kind"]}
        return place(lines, namers[kind]) + 1

    return change


def naming(text: str) -> Callable[[Lines], int]:
    """With a first exchange whose value is said to be such a text."""

    def change(lines: Lines) -> int:
        number = place(lines, "exchange")
        line = body_line(text.encode())
        lines.insert(number, line)
        del lines[number + 1]["value"]
        lines[number + 1]["valueText"] = {"sha256": line["sha256"]}
        return number + 2

    return change


def twice(kind: str) -> Callable[[Lines], int]:
    def change(lines: Lines) -> int:
        number = place(lines, kind)
        lines.insert(number + 1, lines[number])
        return number + 2

    return change


WRONG: list[tuple[type[RecordError], Callable[[Lines], int], str | None]] = [
    (errors.NotUTF8, replaced("exchange", by=b'{"kind": "\xff"}\n'), None),
    (errors.NotJSON, replaced("exchange", by=b'{"kind": "exch\n'), None),
    (errors.NotJSON, replaced("header", by=b"\n"), None),
    (errors.NotARecord, replaced("header", by=b"[]\n"), None),
    (errors.NotARecord, changed("header", format="another"), None),
    (errors.NotARecord, changed("header", kind="headline"), None),
    (errors.LaterVersion, changed("header", version=2, more={}), None),
    (errors.InvalidLine, changed("header", version=0), "/version"),
    (errors.InvalidLine, changed("header", seed="x"), "/seed"),
    (errors.InvalidLine, changed("exchange", kind="exchanged"), "/kind"),
    (errors.InvalidLine, changed("exchange", intent={}), "/intent"),
    (errors.InvalidLine, replaced("exchange", by=b"null\n"), "/kind"),
    (errors.InvalidLine, changed("operation", requests=-1), "/requests"),
    (errors.InvalidLine, naming("no JSON"), "/valueText"),
    (errors.InvalidLine, naming("[]"), "/valueText"),
    (errors.InvalidLine, changed("header", seed="\ud800"), "/seed"),
    (errors.NoHeader, without("header"), None),
    (errors.SecondHeader, twice("header"), None),
    (errors.LineAfterFooter, twice("footer"), None),
    (errors.NoSuchBody, without("body"), None),
    (errors.NoSuchExchange, without("exchange"), None),
    (errors.DamagedBody, changed("body", text="another"), None),
    (errors.DamagedBody, changed("body", text="\ud800"), None),
    (errors.RepeatedExchange, twice("exchange"), None),
    (errors.RepeatedOperation, twice("operation"), None),
    (errors.UnknownOperation, changed("operation", id="deadline.GetFarm"), None),
]


@pytest.mark.parametrize(
    ("kind", "change", "pointer"), WRONG, ids=[each.__name__ for each, _, _ in WRONG]
)
def test_names_the_line_that_is_wrong(
    kind: type[RecordError],
    change: Callable[[Lines], int],
    pointer: str | None,
    whole: Path,
    tmp_path: Path,
) -> None:
    lines = lines_of(whole)
    number = change(lines)
    path = write(tmp_path / "record.jsonl", lines)
    with pytest.raises(kind) as wrong:
        read_record(path)
    assert type(wrong.value) is kind
    assert wrong.value.exit_code == 2
    assert wrong.value.hint
    assert wrong.value.location is not None
    assert str(wrong.value.location) == f"{path}:{number}" + (f"#{pointer}" if pointer else "")


@pytest.mark.parametrize(
    "change",
    [
        {"text": None, "base64": "no base64!"},
        {"text": None, "base64": "AAAA"},
        {"text": None, "zlib": "AAAA"},
        {"text": None, "zlib": "eJxLTAQAAkkBJA=="},
    ],
)
def test_a_body_is_what_its_digest_says(
    change: dict[str, Any], whole: Path, tmp_path: Path
) -> None:
    lines = lines_of(whole)
    line = lines[place(lines, "body")] | change
    lines[place(lines, "body")] = {name: item for name, item in line.items() if item is not None}
    with pytest.raises(errors.DamagedBody):
        read_record(write(tmp_path / "record.jsonl", lines))


@pytest.mark.parametrize("read", [read_record, read_document])
def test_a_file_that_cannot_be_read_is_told_from_one_that_is_not_there(
    read: Callable[[Path], Any], tmp_path: Path
) -> None:
    with pytest.raises(errors.RecordMissing, match=r"missing\.jsonl: there is no such file"):
        read(tmp_path / "missing.jsonl")
    with pytest.raises(errors.RecordUnreadable):
        read(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(errors.RecordUnreadable, match="is a pipe"):
            read(tmp_path / "pipe")
    for content in (b"", b'{"kind":"header","form'):
        (tmp_path / "empty").write_bytes(content)
        with pytest.raises(errors.RecordEmpty):
            read(tmp_path / "empty")


@pytest.mark.parametrize("text", [b"hello", b"hello\n", b"\xff", b"\0\n"])
def test_a_line_of_something_else_is_no_record_that_was_begun(text: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(text)
    with pytest.raises(errors.NotARecord):
        read_record(tmp_path / "file")


def test_every_error_has_a_test() -> None:
    tried = {kind for kind, _, _ in WRONG} | {kind for kind, _ in WRONG_REPORTS} | WRITING
    tried |= {errors.RecordMissing, errors.RecordUnreadable, errors.RecordEmpty}
    assert tried == set(RecordError.__subclasses__())


@given(st.data())
def test_a_record_that_ends_anywhere_is_read_as_far_as_it_goes(data: st.DataObject) -> None:
    """Lines are whole or left out; a run is complete with its footer alone."""
    text = _whole_text()
    header = text.index(b"\n") + 1
    ends = data.draw(st.integers(header, len(text)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cut.jsonl"
        path.write_bytes(text[:ends])
        record = read_record(path)
    kept = text[:ends].splitlines(keepends=True)
    assert record.cut == (not kept[-1].endswith(b"\n"))
    assert (record.footer is not None) == (ends == len(text))
    document = document_of(record)
    assert document["complete"] == (ends == len(text))
    jsonschema.Draft202012Validator(report_schema()).validate(document)
    ended = text.index(b'{"kind":"operation"')
    assert len(document["operations"]) == int(b"\n" in text[ended:ends])
    assert document["exitCode"] == (1 if document["operations"] else 3)


def test_a_run_that_did_not_end_is_never_green(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl"
    record_results(path, run())
    assert document_of(read_record(path))["exitCode"] == 0
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    document = document_of(read_record(path))
    assert (document["operations"] != [], document["exitCode"]) == (True, 3)
    stream = StringIO()
    print_report(Console(file=stream, width=120), document)
    assert "THE RUN DID NOT END" in stream.getvalue()
    assert "suite itself failed" not in stream.getvalue()


@functools.cache
def _whole_text() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "whole.jsonl"
        record_results(path, run(violated="maxResults#minimum", shown=SHOWN))
        return path.read_bytes()


@pytest.mark.parametrize("end", [b'{"kind": "exch\n', b"\xff\n", b"\0\0\0\0", b"{", b'{"a": 1}'])
def test_a_broken_last_line_is_no_error_whatever_is_in_it(
    end: bytes, whole: Path, tmp_path: Path
) -> None:
    lines = whole.read_bytes().splitlines(keepends=True)[:-1]
    path = tmp_path / "record.jsonl"
    path.write_bytes(b"".join([*lines, end]))
    record = read_record(path)
    assert record.cut
    assert record.ended.length == len(b"".join(lines))
    assert document_of(record)["complete"] is False


REPORT = report_document(run(violated="maxResults#minimum", shown=SHOWN), endpoint_of("emulator:"))


@pytest.mark.parametrize("text", ["", "\ud800", "\x1b[31m"])
def test_a_report_document_is_read_as_it_is(text: str, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    document = {**REPORT, "target": text, text: text}
    for written in (to_text(document), json.dumps(document)):
        for encoding in ("utf-8", "utf-8-sig"):
            path.write_text(written, encoding)
            assert read_document(path) == document


NO_BASE64 = json.dumps(REPORT).replace('"body": {"text": ', '"body": {"base64": ')
NESTED: list[Any] = []
for _ in range(600):
    NESTED = [NESTED]

WRONG_REPORTS: list[tuple[type[RecordError], bytes]] = [
    (errors.NotJSON, b'{\n"format": "awsconform-report",\n'),
    (errors.NotJSON, b"hello\n"),
    (errors.NotJSON, b"[" * 100_000),
    (errors.NotUTF8, b'{\n"format": "\xff"}'),
    (errors.RecordEmpty, b" \n"),
    (errors.NotAReport, b"{}"),
    (errors.NotAReport, b"[1]"),
    (errors.NotAReport, b'{"format": "awsconform-scoreboard", "version": 1}'),
    (errors.LaterVersion, b'{"format": "awsconform-report", "version": 2}'),
    (errors.NotAReport, json.dumps({**REPORT, "seed": "x"}).encode()),
    (errors.NotAReport, json.dumps({**REPORT, "seed": "\ud800"}).encode()),
    (errors.NotAReport, json.dumps({**REPORT, "seed": NESTED}).encode()),
    (errors.NotAReport, NO_BASE64.encode()),
]


@pytest.mark.parametrize(("kind", "text"), WRONG_REPORTS)
def test_a_file_that_is_neither_is_told(
    kind: type[RecordError], text: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(text)
    with pytest.raises(kind) as wrong:
        read_document(path)
    assert type(wrong.value) is kind
    assert str(path) in str(wrong.value)
    assert wrong.value.hint


def test_the_place_in_a_report_is_named(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(json.dumps({**REPORT, "seed": "x"}).encode())
    with pytest.raises(errors.NotAReport, match="#/seed: breaks the schema"):
        read_document(path)
    path.write_bytes(b'{\n"format": 1,\n')
    with pytest.raises(errors.NotJSON, match="file:3"):
        read_document(path)


def test_the_schema_is_one_itself_and_shares_its_definitions_with_that_of_reports() -> None:
    jsonschema.Draft202012Validator.check_schema(record_schema())
    ours, theirs = record_schema()["$defs"], report_schema()["$defs"]
    same = {name for name in ours.keys() & theirs.keys() if ours[name] == theirs[name]}
    others = {"body", "course", "exchange", "finding", "operation"}
    assert ours.keys() & theirs.keys() - same == others
    assert ours["course"]["properties"].keys() == theirs["course"]["properties"].keys()
    for name in ("exchange", "finding"):
        shared = ours[name]["properties"].keys() & theirs[name]["properties"].keys()
        assert len(shared) > 5


def test_the_line_of_an_operation_has_all_that_a_report_has_of_it() -> None:
    ours, theirs = (each["$defs"]["operation"] for each in (record_schema(), report_schema()))
    # What was sent has lines of its own.
    own, shared = {"kind", "state"}, theirs["properties"].keys() - {"sent"}
    assert ours["properties"].keys() == own | shared
    assert {*ours["required"]} == own | {*theirs["required"]} - {"sent"}
    for name in shared:
        assert ours["properties"][name] == theirs["properties"][name]


FREE = ("contracts", "documents", "value", "families", "versions", "text", "zlib", "base64")


def test_the_schema_notices_each_member_that_is_missing(whole: Path) -> None:
    validator = jsonschema.Draft202012Validator(record_schema())
    tried = 0
    for line in lines_of(whole):
        validator.validate(line)
        for path in nodes(line):
            if any(name in path[:-1] for name in FREE) or isinstance(path[-1], int):
                continue
            broken = json.loads(json.dumps(line))
            parent: Any = broken
            for step in path[:-1]:
                parent = parent[step]
            del parent[path[-1]]
            assert not validator.is_valid(broken), path
            tried += 1
    assert tried > 60


def nodes(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key)
            yield from nodes(item, (*path, key))
    elif isinstance(value, list) and value:
        yield from nodes(value[0], (*path, 0))


def test_nothing_is_changed_by_reading(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    shutil.copy(whole, path)
    assert read_document(path) == read_document(path)
    assert path.read_bytes() == whole.read_bytes()
