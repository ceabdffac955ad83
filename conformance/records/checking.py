"""Whether a line, or a report, has the form its schema asks for."""

from __future__ import annotations

import functools
from typing import Any

import jsonschema_rs

from awsconform.conformance.records.format import KINDS, record_schema
from awsconform.conformance.reports.document import report_schema

_LONGEST = 200


def wrong_in_line(kind: str, line: Any) -> tuple[str, str] | None:
    """Where a line of a kind is wrong (a JSON Pointer) and how; None where it is right."""
    return _wrong(_of_kind(kind), line)


def wrong_in_report(document: Any) -> tuple[str, str] | None:
    """The same of a report document."""
    return _wrong(_of_reports(), document)


@functools.cache
def _of_kind(kind: str) -> jsonschema_rs.Draft202012Validator:
    assert kind in KINDS
    schema = {name: part for name, part in record_schema().items() if name != "oneOf"}
    schema["$ref"] = f"#/$defs/{kind}"
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


@functools.cache
def _of_reports() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(report_schema(), validate_formats=True)


def _wrong(validator: jsonschema_rs.Draft202012Validator, value: Any) -> tuple[str, str] | None:
    if validator.is_valid(value):
        return None
    error = next(iter(validator.iter_errors(value)))
    path = [str(each).replace("~", "~0").replace("/", "~1") for each in error.instance_path]
    message = error.message
    if len(message) > _LONGEST:
        # The value comes first, and may fill pages; what is wrong with it comes last.
        message = f"…{message[-_LONGEST:]}"
    return "".join(f"/{each}" for each in path), message
