"""Report documents read back: checked, with a class of error for each way to be none."""

from __future__ import annotations

import functools
from pathlib import Path

import jsonschema_rs

from awsconform.conformance.reports.document import FORMAT_VERSION, Document, report_schema
from awsconform.conformance.reports.json_file import pointer, read_json
from awsconform.errors import AwsconformError, Location

FORMAT = "awsconform-report"
LONGEST_MESSAGE = 200
_HINT = "`awsconform run --format json -o FILE` writes a report"


class NotAReport(AwsconformError):
    """A file is JSON, but no report of a run."""


class LaterReport(AwsconformError):
    """A report was written by a later awsconform, in a form this one does not know."""


class InvalidReport(AwsconformError):
    """A report is not in the form that its schema publishes."""


def read_report(path: Path) -> Document:
    """The report of a run, as `awsconform run --format json` writes it.

    Raises:
        FileUnreadable: it cannot be read.
        NotJSON: it is no JSON.
        NotAReport: it is something else.
        LaterReport: it has a version that is not known.
        InvalidReport: it breaks its schema; the error points to where.
    """
    place = Location(str(path))
    document = read_json(path)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise NotAReport("is no report of a run", hint=_HINT, location=place)
    version = document.get("version")
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise LaterReport(
            f"has version {version}, and the latest one known here is {FORMAT_VERSION}",
            hint="a later awsconform reads it",
            location=place,
        )
    wrong = next(iter(_validator().iter_errors(document)), None)
    if wrong is not None:
        message = wrong.message
        if len(message) > LONGEST_MESSAGE:
            message = f"{message[:LONGEST_MESSAGE]}…"
        where = Location(str(path), pointer=pointer(*wrong.instance_path) or None)
        raise InvalidReport(f"is no valid report: {message}", hint=_HINT, location=where)
    return document


@functools.cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(report_schema())
