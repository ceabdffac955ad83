"""A report document written out, for the commands that end with a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from awsconform.commands.output import console_on, opened


def write_report(
    document: dict[str, Any], form: str, output: Path | None, *, verbose: bool
) -> None:
    """Writes a report as `text` or `json`, to a file or on standard output.

    Raises:
        UsageError: the file cannot be written.
    """
    with opened(output) as stream:
        if form == "json":
            from awsconform.conformance.reports.document import to_text

            stream.write(to_text(document))
        else:
            from awsconform.conformance.reports.text_report import print_report

            print_report(console_on(stream), document, verbose=verbose)
    if output is not None:
        click.echo(f"{output} has the report; seed {document['seed']}", err=True)
