"""`awsconform run`: judges an implementation."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from awsconform.commands.baseline_option import baseline_options, gate_of
from awsconform.commands.configured import ConfiguredCommand, held_configuration
from awsconform.commands.format_option import format_option
from awsconform.commands.format_options import Formats, format_options, write_formats
from awsconform.commands.hints_option import hints_option, knowledge_of
from awsconform.commands.judging import judged, judging_options, run_options, with_clauses
from awsconform.commands.models_option import models_option
from awsconform.commands.output import check_writable, console_on
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


@click.command(name="run", cls=ConfiguredCommand)
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
    max_requests: int | None,
    rate: float | None,
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
    from awsconform.conformance.budget import Budget
    from awsconform.conformance.reports.conditions import Conditions
    from awsconform.conformance.reports.document import report_document
    from awsconform.conformance.reports.shell import quoted

    gate = gate_of(
        baseline,
        allow_fixed=allow_fixed,
        allow_vanished=allow_vanished,
        update_baseline=update_baseline,
    )
    kept = record_to_resume(record, resume=resume)
    _check_apart({"--record": record, "--output": output, "--baseline": baseline})
    if kept is not None and seed is None:
        seed = kept.header["seed"]
    if gate is not None and seed is None:
        seed = gate.seed
    options = run_options(
        seed=seed, examples=examples, level=level, clause=clause, max_requests=max_requests
    )
    contracts = with_clauses(catalog.select(names, protocol=protocol), options)
    file = held_configuration().file
    own = {
        # What the file says is said by the flags of the command; but for hooks.
        "--no-config": "" if file is not None and not file.hooks else None,
        "--protocol": protocol,
        "--models": quoted(str(catalog.folder)) if catalog.folder else None,
        "--hints": quoted(str(hints)) if hints else None,
    }
    knowledge = knowledge_of(hints)
    flags = tuple(f"{name} {text}".strip() for name, text in own.items() if text is not None)
    spoken = replace(spoken, flags=(*flags, *spoken.flags)).within(max_time)
    check_writable(output)
    formats.check(output, record, baseline)
    target = spoken.open()

    budget = Budget(max_time, max_requests, rate)

    def conditions() -> Conditions:
        return Conditions(target.name, options, spoken.endpoint(target))

    def judge(recorder: Recorder, earlier: Earlier) -> Run:
        return judged(
            contracts,
            recorder.target(target),
            options,
            knowledge,
            budget=budget,
            sent=sum(line["requests"] for line in kept.operations.values()) if kept else 0,
            watcher=recorder,
            earlier=earlier,
        )

    if record is None:
        run = judged(contracts, target, options, knowledge, budget=budget)
        document = report_document(run, conditions().endpoint)
    else:
        document = recorded(record, kept, conditions, contracts, judge)
    held = gate.hold(document) if gate is not None else None
    code = int(document["exitCode"]) if held is None else held.result.exit_code
    tolerance = None if held is None else held.tolerance
    write_report(document, form, output, verbose=verbose, tolerance=tolerance)
    if formats.files:
        write_formats(document, formats)
    if held is not None:
        # Not into a report for programs.
        piped = form != "text" and (output is None or str(output) == "-")
        held.tell(console_on(sys.stderr if piped else sys.stdout))
    return code


def _check_apart(files: Mapping[str, Path | None]) -> None:
    """Finds out whether a file would be written over by another.

    Raises:
        UsageError: two options name the same.
    """
    taken: dict[Path, str] = {}
    for option, path in files.items():
        if path is None:
            continue
        other = taken.setdefault(path.resolve(), option)
        if other != option:
            raise UsageError(f"{other} and {option} name the same file")
