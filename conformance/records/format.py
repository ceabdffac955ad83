"""The form of a record: JSON objects, one a line, as record.schema.json publishes it."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from awsconform.conformance.reports.exchange_documents import Document

SCHEMA_FILE = Path(__file__).parent / "record.schema.json"
FORMAT = "awsconform-record"
FORMAT_VERSION = 1
HEADER, BODY, EXCHANGE, OPERATION, FOOTER = "header", "body", "exchange", "operation", "footer"
KINDS = (HEADER, BODY, EXCHANGE, OPERATION, FOOTER)


@functools.cache
def record_schema() -> Document:
    """The JSON Schema (2020-12) of a line."""
    schema: Document = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


def written(line: Document) -> bytes:
    """A line as it is written: ASCII, without blanks, with its end."""
    return json.dumps(line, separators=(",", ":")).encode("ascii") + b"\n"
