"""`awsconform report`: prints the report of a run that was recorded or reported before."""

from __future__ import annotations

from pathlib import Path

import click

from awsconform.commands.format_option import format_option
from awsconform.commands.format_options import Formats, format_options, write_formats
from awsconform.commands.output import check_writable
from awsconform.commands.reporting import write_report
from awsconform.errors import UsageError


@click.command(name="report")
@click.argument("file", type=click.Path(path_type=Path))
@format_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report to this file.",
)
@click.option("-v", "--verbose", is_flag=True, help="Leave nothing out of the text report.")
@format_options
@click.option(
    "--beside",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Show the report in this file beside it on the page of --html; may be repeated.",
)
def command(
    file: Path,
    form: str,
    output: Path | None,
    verbose: bool,
    formats: Formats,
    beside: tuple[Path, ...],
) -> int:
    """Print the report of a run once more: FILE is what `run --record` or `--format json` wrote.

    Of a run that did not end it tells of the operations that did.

    \b
    Exit codes: those of the run. 0 nothing violates, 1 something does, 2 FILE cannot
    be read, 3 nothing was judged, the suite itself failed, or the run did not end.
    """
    from awsconform.conformance.records.reading import read_document

    if output is not None and output.resolve() == file.resolve():
        raise UsageError(f"--output names {file} itself", hint="name another file")
    if beside and "html" not in formats.files:
        raise UsageError("--beside is for the page of --html", hint="say --html FILE as well")
    check_writable(output)
    formats.check(output, file, *beside)
    document, *others = map(read_document, (file, *beside))
    write_report(document, form, output, verbose=verbose)
    if formats.files:
        write_formats(document, formats, others)
    return int(document["exitCode"])
