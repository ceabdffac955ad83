"""Reading records, and the report documents they come to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from awsconform.conformance.records import errors
from awsconform.conformance.records.bodies import content_of
from awsconform.conformance.records.checking import wrong_in_line
from awsconform.conformance.records.exchange_lines import digests_in, exchange_in
from awsconform.conformance.records.file_lines import BrokenEnd, FileLine, file_lines
from awsconform.conformance.records.format import (
    BODY,
    EXCHANGE,
    FORMAT,
    FORMAT_VERSION,
    HEADER,
    KINDS,
    OPERATION,
)
from awsconform.conformance.records.kept_lines import KeptLines
from awsconform.conformance.records.operation_lines import numbers_in, operation_in
from awsconform.conformance.records.report_files import read_report
from awsconform.conformance.reports.document import assembled
from awsconform.conformance.reports.exchange_documents import Document

# What the header of a record has that the report has not.
_OF_THE_RECORD = ("kind", "format", "version", "begun")
_BEGINNING = b'{"kind":'


@dataclass(frozen=True)
class Ended:
    """How much of a record is of operations that ended: bytes of the file, bodies, exchanges."""

    length: int = 0
    bodies: int = 0
    exchanges: int = 0


@dataclass
class Record:
    """The lines of a record.

    `bodies` are by their digests, `exchanges` by their numbers, `operations` by their ids, in the
    order they were written; the first two are read again when they are asked for. `footer` is None
    where the run did not end; `cut` says that a broken last line was left out, as a killed process
    leaves one.
    """

    path: Path
    header: Document
    bodies: KeptLines[str] = field(init=False)
    exchanges: KeptLines[int] = field(init=False)
    operations: dict[str, Document] = field(default_factory=dict)
    footer: Document | None = None
    cut: bool = False
    ended: Ended = Ended()

    def __post_init__(self) -> None:
        self.bodies = KeptLines(self.path)
        self.exchanges = KeptLines(self.path)

    def content(self, digest: str) -> bytes:
        """The bytes of a body."""
        return content_of(self.bodies[digest])

    def exchange(self, number: int) -> Document:
        """An exchange, in the form it has in report documents."""
        return exchange_in(self.exchanges[number], self.content)


def document_of(record: Record) -> Document:
    """The report document of a recorded run.

    Of a run that did not end it has the operations that ended, with `complete` false.
    """
    header = {name: item for name, item in record.header.items() if name not in _OF_THE_RECORD}
    asked = (record.operations[each] for each in header["contracts"] if each in record.operations)
    # Many findings have the same requests before them.
    exchange = cache(record.exchange)
    operations = [operation_in(line, exchange) for line in asked]
    if record.footer is not None:
        return assembled(header, operations, record.footer)
    seconds = round(sum(each["seconds"] for each in operations), 3)
    footer = {"made": record.header["begun"], "seconds": seconds}
    return assembled(header, operations, footer, complete=False)


def read_document(path: Path) -> Document:
    """The report document in a file, which is one, or the record of a run.

    Raises:
        RecordError: it cannot be read or is neither; each way has a class of its own.
    """
    first = next(file_lines(path), None)
    if first is not None and _begins_record(first.text):
        return document_of(read_record(path))
    return read_report(path)


def _begins_record(text: bytes) -> bool:
    """Whether the first line of a file is one of a record, broken or not."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return text.startswith(_BEGINNING)
    return isinstance(document, dict) and ("kind" in document or document.get("format") == FORMAT)


def read_record(path: Path) -> Record:
    """The record in a file.

    Raises:
        RecordError: it cannot be read or is none; each way has a class of its own.
    """
    record: Record | None = None
    cut = False
    for line in file_lines(path):
        try:
            document = line.document()
        except BrokenEnd:
            if record is None and not line.text.startswith(_BEGINNING):
                raise line.wrong(errors.NotARecord, "is no line of a record") from None
            cut = True
            break
        if record is None:
            record = Record(path, _header(line, document), ended=Ended(line.end))
        else:
            _add(record, line, document)
    if record is None:
        raise errors.RecordEmpty(path, "has not one whole line")
    record.cut = cut
    return record


def _header(line: FileLine, document: Any) -> Document:
    kind = document.get("kind") if isinstance(document, dict) else None
    if kind not in KINDS or (kind == HEADER and document.get("format") != FORMAT):
        raise line.wrong(errors.NotARecord, "is no line of a record")
    if kind != HEADER:
        raise line.wrong(errors.NoHeader, f"the header is missing: this is a line of kind {kind}")
    version = document.get("version")
    if isinstance(version, int) and version > FORMAT_VERSION:
        told = f"has version {version} of the form; {FORMAT_VERSION} is the last one known here"
        raise line.wrong(errors.LaterVersion, told)
    return _valid(line, document)


def _add(record: Record, line: FileLine, document: Any) -> None:
    if record.footer is not None:
        raise line.wrong(errors.LineAfterFooter, "stands behind the footer")
    kind = document.get("kind") if isinstance(document, dict) else None
    if kind == HEADER:
        raise line.wrong(errors.SecondHeader, "is a second header")
    _valid(line, document)
    if kind == BODY:
        _add_body(record, line, document)
    elif kind == EXCHANGE:
        _add_exchange(record, line, document)
    elif kind == OPERATION:
        _add_operation(record, line, document)
    else:
        record.footer = document


def _add_body(record: Record, line: FileLine, document: Document) -> None:
    try:
        content_of(document)
    except ValueError as error:
        raise line.wrong(errors.DamagedBody, f"is not what was written: {error}") from None
    record.bodies.add(document["sha256"], line.start)


def _add_exchange(record: Record, line: FileLine, document: Document) -> None:
    number = document["number"]
    if number in record.exchanges:
        raise line.wrong(errors.RepeatedExchange, f"is a second exchange of number {number}")
    for digest in digests_in(document):
        if digest not in record.bodies:
            raise line.wrong(errors.NoSuchBody, f"names the body {digest}, which is not there")
    for name, place in ("/valueText", document), ("/parsed/valueText", document["parsed"] or {}):
        if "valueText" in place and not _is_object(record.content(place["valueText"]["sha256"])):
            raise line.wrong(errors.InvalidLine, "names a value that is no JSON object", name)
    record.exchanges.add(number, line.start)


def _is_object(content: bytes) -> bool:
    try:
        return isinstance(json.loads(content), dict)
    except (ValueError, RecursionError):
        return False


def _add_operation(record: Record, line: FileLine, document: Document) -> None:
    name = document["id"]
    if name in record.operations:
        raise line.wrong(errors.RepeatedOperation, f"ends {name} a second time")
    if name not in record.header["contracts"]:
        raise line.wrong(errors.UnknownOperation, f"ends {name}, which the header does not name")
    for number in numbers_in(document):
        if number not in record.exchanges:
            told = f"names the exchange {number}, which is not there"
            raise line.wrong(errors.NoSuchExchange, told)
    record.operations[name] = document
    record.ended = Ended(line.end, len(record.bodies), len(record.exchanges))


def _valid(line: FileLine, document: Any) -> Document:
    """A line of any kind, that of the schema.

    Raises:
        InvalidLine: it breaks the schema.
    """
    kind = document.get("kind") if isinstance(document, dict) else None
    wrong = ("/kind", f"{kind!r} is none of {', '.join(KINDS)}")
    if kind in KINDS:
        found = wrong_in_line(kind, document)
        if found is None:
            line_of: Document = document
            return line_of
        wrong = found
    pointer, message = wrong
    raise line.wrong(errors.InvalidLine, f"breaks the schema: {message}", pointer)
