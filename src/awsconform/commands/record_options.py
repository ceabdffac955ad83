"""`--record` and `--resume`: a run that is written down as it goes, and gone on with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from awsconform.commands.option_groups import option_group
from awsconform.errors import UsageError

if TYPE_CHECKING:
    from awsconform.conformance.known import Earlier
    from awsconform.conformance.records.reading import Record
    from awsconform.conformance.records.recording import Recorder
    from awsconform.conformance.reports.conditions import Conditions
    from awsconform.conformance.running import Run
    from awsconform.specs.contract import Contract

# Gives a command `record` and `resume`.
record_options = option_group(
    click.option(
        "--record",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write down in this file what is sent and what comes of it, as it goes.",
    ),
    click.option(
        "--resume",
        is_flag=True,
        help="Go on with the run that --record FILE is the record of, and that did not end.",
    ),
)


def record_to_resume(record: Path | None, *, resume: bool) -> Record | None:
    """The record that is gone on with, None where none is.

    Raises:
        UsageError: there is no file to go on with.
        RecordError: it is no record, or there is a file and it is not to be gone on with.
    """
    from awsconform.conformance.records.errors import RecordExists
    from awsconform.conformance.records.reading import read_record

    if resume:
        if record is None:
            raise UsageError("--resume goes on with a record", hint="say --record FILE as well")
        return read_record(record)
    if record is not None and record.exists():
        raise RecordExists(record, "there is such a file already")
    return None


def recorded(
    path: Path,
    kept: Record | None,
    conditions: Callable[[], Conditions],
    contracts: Sequence[Contract],
    judge: Callable[[Recorder, Earlier], Run],
) -> dict[str, Any]:
    """The report document of a run that is written down at `path`, read back from there.

    `judge` does the run, or what the record that was `kept` has not of it; it is not called where
    that one is whole.

    Raises:
        UsageError: the kept one was begun otherwise.
        RecordError: the file cannot be written.
    """
    from awsconform.conformance.records.reading import document_of, read_record
    from awsconform.conformance.records.recording import Recorder
    from awsconform.conformance.records.resuming import NOT_RESUMED, reopened, resumed
    from awsconform.conformance.records.writing import RecordFile

    before = NOT_RESUMED if kept is None else resumed(kept, conditions(), contracts)
    if kept is None or kept.footer is None:
        file = RecordFile.new(path) if kept is None else reopened(kept)
        try:
            recorder = Recorder(file, conditions, before)
            if kept is None:
                recorder.begin(contracts)
            # Nobody keeps the run while its record is read.
            recorder.end(judge(recorder, before.earlier).seconds)
        finally:
            file.close()
    return document_of(read_record(path))
