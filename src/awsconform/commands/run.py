"""`awsconform run`: judges an implementation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from awsconform.commands.format_option import format_option
from awsconform.commands.hints_option import hints_option, knowledge_of
from awsconform.commands.html_option import html_option, write_page
from awsconform.commands.judging import judged, judging_options, run_options, with_clauses
from awsconform.commands.models_option import models_option
from awsconform.commands.output import check_writable, console_on, opened
from awsconform.commands.protocol_option import protocol_option
from awsconform.commands.target_options import Spoken, target_options

if TYPE_CHECKING:
    from awsconform.conformance.reports.endpoints import Endpoint
    from awsconform.conformance.running import Run
    from awsconform.specs.catalog import Catalog


@click.command(name="run")
@click.argument("names", nargs=-1, metavar="[SERVICE[.OPERATION]]...")
@target_options
@protocol_option
@judging_options
@format_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report to this file.",
)
@html_option
@click.option("-v", "--verbose", is_flag=True, help="Leave nothing out of the text report.")
@models_option
@hints_option
def command(
    names: tuple[str, ...],
    spoken: Spoken,
    protocol: str | None,
    seed: int | None,
    examples: int,
    level: str,
    clause: str | None,
    form: str,
    output: Path | None,
    page: Path | None,
    verbose: bool,
    max_time: float | None,
    catalog: Catalog,
    hints: Path | None,
) -> int:
    """Judge an implementation: bring up each operation, then judge it clause by clause.

    Without names, all operations that have a committed contract are judged. A SERVICE without
    one is taken from the installed botocore.

    \b
    Exit codes: 0 nothing violates, 1 something does, 2 the call is wrong,
    3 nothing was judged.
    """
    from awsconform.conformance.reports.shell import quoted

    options = run_options(seed=seed, examples=examples, level=level, clause=clause)
    contracts = with_clauses(catalog.select(names, protocol=protocol), options)
    own = {
        "--protocol": protocol,
        "--models": quoted(str(catalog.folder)) if catalog.folder else None,
        "--hints": quoted(str(hints)) if hints else None,
    }
    knowledge = knowledge_of(hints)
    flags = tuple(f"{name} {text}" for name, text in own.items() if text is not None)
    spoken = replace(spoken, flags=(*flags, *spoken.flags)).within(max_time)
    for file in (output, page):
        check_writable(file)
    target = spoken.open()
    run = judged(contracts, target, options, knowledge, seconds=max_time)
    endpoint = spoken.endpoint(target)
    _report(run, endpoint, form, output, verbose=verbose)
    if page is not None:
        from awsconform.conformance.reports.document import report_document

        write_page(page, report_document(run, endpoint))
    return run.exit_code


def _report(run: Run, endpoint: Endpoint, form: str, output: Path | None, *, verbose: bool) -> None:
    with opened(output) as stream:
        if form == "json":
            from awsconform.conformance.reports.document import report_document, to_text

            stream.write(to_text(report_document(run, endpoint)))
        else:
            from awsconform.conformance.reports.text_report import print_report

            print_report(console_on(stream), run, endpoint, verbose=verbose)
    if output is not None:
        click.echo(f"{output} has the report; seed {run.options.seed}", err=True)
