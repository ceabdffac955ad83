"""`awsconform run`: judges an implementation."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from awsconform.commands.baseline_option import baseline_options, gate_of
from awsconform.commands.format_option import format_option
from awsconform.commands.hints_option import hints_option, knowledge_of
from awsconform.commands.judging import judged, judging_options, run_options, with_clauses
from awsconform.commands.models_option import models_option
from awsconform.commands.output import console_on, opened
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
@baseline_options
@format_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report to this file.",
)
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
    verbose: bool,
    max_time: float | None,
    catalog: Catalog,
    hints: Path | None,
    baseline: Path | None,
    allow_fixed: bool,
    allow_vanished: bool,
    update_baseline: bool,
) -> int:
    """Judge an implementation: bring up each operation, then judge it clause by clause.

    Without names, all operations that have a committed contract are judged. A SERVICE without
    one is taken from the installed botocore.

    \b
    Exit codes: 0 nothing violates, or is worse than the baseline has it;
    1 something does; 2 the call is wrong; 3 nothing was judged.
    """
    from awsconform.conformance.reports.document import report_document
    from awsconform.conformance.reports.shell import quoted

    gate = gate_of(
        baseline,
        allow_fixed=allow_fixed,
        allow_vanished=allow_vanished,
        update_baseline=update_baseline,
    )
    if seed is None and gate is not None:
        seed = gate.seed
    options = run_options(seed=seed, examples=examples, level=level, clause=clause)
    contracts = with_clauses(catalog.select(names, protocol=protocol), options)
    own = {
        "--protocol": protocol,
        "--models": quoted(str(catalog.folder)) if catalog.folder else None,
        "--hints": quoted(str(hints)) if hints else None,
    }
    knowledge = knowledge_of(hints)
    flags = tuple(f"{name} {text}" for name, text in own.items() if text is not None)
    spoken = replace(spoken, flags=(*flags, *spoken.flags))
    if max_time is not None:
        shorter = min(max_time, spoken.options.start_timeout)
        spoken = replace(spoken, options=replace(spoken.options, start_timeout=shorter))
    target = spoken.open()
    run = judged(contracts, target, options, knowledge, seconds=max_time)
    endpoint = spoken.endpoint(target)
    held = gate.hold(report_document(run, endpoint)) if gate else None
    code = held.result.exit_code if held else run.exit_code
    _report(run, endpoint, form, output, verbose=verbose, exit_code=code)
    if held is not None:
        # Not into a report for programs.
        piped = form != "text" and (output is None or str(output) == "-")
        held.tell(console_on(sys.stderr if piped else sys.stdout))
    return code


def _report(
    run: Run,
    endpoint: Endpoint,
    form: str,
    output: Path | None,
    *,
    verbose: bool,
    exit_code: int,
) -> None:
    with opened(output) as stream:
        if form == "json":
            from awsconform.conformance.reports.document import report_document, to_text

            stream.write(to_text(report_document(run, endpoint)))
        else:
            from awsconform.conformance.reports.text_report import print_report

            console = console_on(stream)
            print_report(console, run, endpoint, verbose=verbose, exit_code=exit_code)
    if output is not None:
        click.echo(f"{output} has the report; seed {run.options.seed}", err=True)
