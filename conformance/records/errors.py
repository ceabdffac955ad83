"""The ways in which a file is no record, or a record cannot be gone on with: a class for each."""

from __future__ import annotations

from pathlib import Path

from awsconform.errors import AwsconformError, Location

WRITES_ONE = "`awsconform run … --record FILE` writes a record, `--format json` a report"
TAKE_ANOTHER = "it was changed or damaged since it was written: record the run again"


class RecordError(AwsconformError):
    """A record cannot be read or written; `location` says where it is wrong."""

    hint_given = TAKE_ANOTHER

    def __init__(
        self, path: Path, message: str, *, line: int | None = None, pointer: str | None = None
    ) -> None:
        place = Location(str(path), line, pointer)
        super().__init__(message, hint=self.hint_given, location=place)


class RecordMissing(RecordError):
    """There is no such file."""

    hint_given = WRITES_ONE


class RecordUnreadable(RecordError):
    """The machine refuses to read the file."""

    hint_given = "is it a file, and may you read it?"


class RecordUnwritable(RecordError):
    """The machine refuses to write the file, or to go on with it."""

    hint_given = "what was written so far, if anything, can be gone on with: --resume"


class RecordExists(RecordError):
    """A file of that name is there: it is not written over."""

    hint_given = "go on with it by --resume, or name another file"


class RecordInUse(RecordError):
    """Another process is writing to it."""

    hint_given = "wait until that ends, or name another file"


class RecordEmpty(RecordError):
    """The file has not one whole line."""

    hint_given = WRITES_ONE


class NotUTF8(RecordError):
    """A line is no UTF-8."""


class NotJSON(RecordError):
    """A line is no JSON."""


class NotARecord(RecordError):
    """What is in the file is something else."""

    hint_given = WRITES_ONE


class LaterVersion(RecordError):
    """It was written by a later awsconform, in a form this one does not know."""

    hint_given = "read it with the awsconform that wrote it, or a later one"


class InvalidLine(RecordError):
    """A line breaks the schema."""


class NoHeader(RecordError):
    """It begins with another line than the header."""


class SecondHeader(RecordError):
    """A header stands where another one came before."""


class LineAfterFooter(RecordError):
    """A line follows the footer, which is the last."""


class NoSuchBody(RecordError):
    """An exchange names a body that did not come before."""


class NoSuchExchange(RecordError):
    """An operation names an exchange that did not come before."""


class DamagedBody(RecordError):
    """The bytes of a body are not those of its digest."""


class RepeatedExchange(RecordError):
    """Two exchanges have one number."""


class RepeatedOperation(RecordError):
    """An operation ends twice."""


class UnknownOperation(RecordError):
    """An operation was not to be judged, by the header."""


class NotAReport(RecordError):
    """A report document is of no form that is known, or breaks the schema."""

    hint_given = WRITES_ONE
