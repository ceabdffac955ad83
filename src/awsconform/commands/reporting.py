"""A report document written out, for the commands that end with a report."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from awsconform.commands.output import console_on, opened

if TYPE_CHECKING:
    from awsconform.conformance.reports.log_groups import Groups
    from awsconform.conformance.reports.text_report import Tolerance


def write_report(
    document: dict[str, Any],
    form: str,
    output: Path | None,
    *,
    verbose: bool,
    tolerance: Tolerance | None = None,
) -> None:
    """Writes a report as `text` or `json`, to a file or on standard output.

    `tolerance` is what a baseline makes of the run.

    Raises:
        UsageError: the file cannot be written.
    """
    with opened(output) as stream:
        if form == "json":
            from awsconform.conformance.reports.document import to_text

            stream.write(to_text(document))
        else:
            from awsconform.conformance.reports.text_report import print_report

            console = console_on(stream)
            print_report(
                console, document, verbose=verbose, tolerance=tolerance, groups=_groups(stream)
            )
    if output is not None:
        click.echo(f"{output} has the report; seed {document['seed']}", err=True)


def _groups(stream: TextIO) -> Groups:
    """How the log of a CI's job folds, where it is what a report is printed to."""
    from awsconform.conformance.reports.log_groups import NoGroups, groups_in

    return groups_in(os.environ) if stream is sys.stdout and not stream.isatty() else NoGroups()
