"""Whether a line, or a report, has the form its schema asks for."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import jsonschema
import jsonschema_rs

from awsconform.conformance.records.format import KINDS, record_schema
from awsconform.conformance.reports.document import report_schema
from awsconform.conformance.reports.exchange_documents import Document

_LONGEST = 200


def wrong_in_line(kind: str, line: Any) -> tuple[str, str] | None:
    """Where a line of a kind is wrong (a JSON Pointer) and how; None where it is right."""
    return _of_kind(kind).wrong(line)


def wrong_in_report(document: Any) -> tuple[str, str] | None:
    """The same of a report document."""
    return _of_reports().wrong(document)


class _Form:
    """What a schema asks for."""

    def __init__(self, schema: Document) -> None:
        self._quick = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        self._slow = jsonschema.Draft202012Validator(schema)

    def wrong(self, value: Any) -> tuple[str, str] | None:
        """Where a value is wrong and how; None where it is right."""
        try:
            if self._quick.is_valid(value):
                return None
            quick = next(iter(self._quick.iter_errors(value)))
            return _told(quick.instance_path, quick.message)
        except ValueError:
            # Half characters, which texts in JSON may have, and deep nesting are too much for it.
            return self._slowly(value)

    def _slowly(self, value: Any) -> tuple[str, str] | None:
        try:
            slow = next(iter(self._slow.iter_errors(value)), None)
        except RecursionError:
            return "", "it is nested too deeply"
        return None if slow is None else _told(slow.absolute_path, slow.message)


@functools.cache
def _of_kind(kind: str) -> _Form:
    assert kind in KINDS
    schema = {name: part for name, part in record_schema().items() if name != "oneOf"}
    return _Form({**schema, "$ref": f"#/$defs/{kind}"})


@functools.cache
def _of_reports() -> _Form:
    return _Form(report_schema())


def _told(steps: Iterable[str | int], message: str) -> tuple[str, str]:
    path = [str(each).replace("~", "~0").replace("/", "~1") for each in steps]
    if len(message) > _LONGEST:
        # The value comes first, and may fill pages; what is wrong with it comes last.
        message = f"…{message[-_LONGEST:]}"
    return "".join(f"/{each}" for each in path), message
