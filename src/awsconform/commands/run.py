"""`awsconform run`: judges an implementation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from awsconform.commands.format_option import format_option
from awsconform.commands.format_options import Formats, format_options, write_formats
from awsconform.commands.hints_option import hints_option, knowledge_of
from awsconform.commands.judging import judged, judging_options, run_options, with_clauses
from awsconform.commands.models_option import models_option
from awsconform.commands.output import check_writable
from awsconform.commands.protocol_option import protocol_option
from awsconform.commands.record_options import record_options, record_to_resume, recorded
from awsconform.commands.reporting import write_report
from awsconform.commands.target_options import Spoken, target_options
from awsconform.errors import UsageError

if TYPE_CHECKING:
    from awsconform.conformance.known import Earlier
    from awsconform.conformance.records.recording import Recorder
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
@click.option("-v", "--verbose", is_flag=True, help="Leave nothing out of the text report.")
@format_options
@record_options
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
    formats: Formats,
    record: Path | None,
    resume: bool,
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
    from awsconform.conformance.reports.conditions import Conditions
    from awsconform.conformance.reports.document import report_document
    from awsconform.conformance.reports.shell import quoted

    kept = record_to_resume(record, resume=resume)
    if record is not None and output is not None and record.resolve() == output.resolve():
        raise UsageError("--record and --output name the same file")
    if kept is not None and seed is None:
        seed = kept.header["seed"]
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
    check_writable(output)
    formats.check(output, record)
    target = spoken.open()

    def conditions() -> Conditions:
        return Conditions(target.name, options, spoken.endpoint(target))

    def judge(recorder: Recorder, earlier: Earlier) -> Run:
        return judged(
            contracts,
            recorder.target(target),
            options,
            knowledge,
            seconds=max_time,
            watcher=recorder,
            earlier=earlier,
        )

    if record is None:
        run = judged(contracts, target, options, knowledge, seconds=max_time)
        document = report_document(run, conditions().endpoint)
    else:
        document = recorded(record, kept, conditions, contracts, judge)
    write_report(document, form, output, verbose=verbose)
    if formats.files:
        write_formats(document, formats)
    return int(document["exitCode"])
