"""A report document written out, for the commands that end with a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from awsconform.commands.output import console_on, opened


def write_report(
    document: dict[str, Any],
    form: str,
    output: Path | None,
    *,
    verbose: bool,
    exit_code: int | None = None,
) -> None:
    """Writes a report as `text` or `json`, to a file or on standard output.

    `exit_code` is what the command ends with, where that is not the run's own.

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
            print_report(console, document, verbose=verbose, exit_code=exit_code)
    if output is not None:
        click.echo(f"{output} has the report; seed {document['seed']}", err=True)
