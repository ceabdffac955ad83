"""Reading report documents from files, as `awsconform run --format json` writes them."""

from __future__ import annotations

import json
from pathlib import Path

from awsconform.conformance.records.checking import wrong_in_report
from awsconform.conformance.records.errors import (
    LaterVersion,
    NotAReport,
    NotJSON,
    NotUTF8,
    RecordEmpty,
    RecordMissing,
    RecordUnreadable,
)
from awsconform.conformance.reports.document import FORMAT, FORMAT_VERSION
from awsconform.conformance.reports.exchange_documents import Document


def read_report(path: Path) -> Document:
    """The report document in a file.

    Raises:
        RecordError: it cannot be read or is none; each way has a class of its own.
    """
    text = _text(path)
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotJSON(path, f"is no JSON: {error.msg}", line=error.lineno) from None
    except (ValueError, RecursionError) as error:
        raise NotJSON(path, f"is no JSON: {error}") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise NotAReport(path, "is neither a report of awsconform nor a record")
    version = document.get("version")
    if isinstance(version, int) and version > FORMAT_VERSION:
        told = f"has version {version} of the form; {FORMAT_VERSION} is the last one known here"
        raise LaterVersion(path, told)
    wrong = wrong_in_report(document)
    if wrong is not None:
        pointer, message = wrong
        raise NotAReport(path, f"breaks the schema: {message}", pointer=pointer)
    made: Document = document
    return made


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise RecordMissing(path, "there is no such file") from None
    except OSError as error:
        raise RecordUnreadable(path, f"cannot be read: {error.strerror}") from None
    if not content.strip():
        raise RecordEmpty(path, "is empty")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotUTF8(path, f"is no UTF-8: {error.reason}", line=line) from None
