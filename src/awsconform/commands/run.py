"""`awsconform run`: judges an implementation."""

from __future__ import annotations

import math
import os
import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from awsconform.commands.format_option import format_option
from awsconform.commands.models_option import models_option
from awsconform.commands.output import console_on, opened
from awsconform.commands.protocol_option import protocol_option
from awsconform.errors import UsageError

if TYPE_CHECKING:
    from awsconform.conformance.reports.endpoints import Endpoint
    from awsconform.conformance.running import Run, RunOptions
    from awsconform.conformance.targets.target import Target
    from awsconform.specs.catalog import Catalog
    from awsconform.specs.contract import Contract

LEVELS = ("must", "should", "may")
_LARGEST_SEED = 2**32 - 1
# Where Hypothesis keeps what it makes; by itself it takes the current folder.
_STORAGE = "HYPOTHESIS_STORAGE_DIRECTORY"


def _seconds(ctx: click.Context, param: click.Parameter, value: float) -> float:
    """Refuses what click takes for a number above 0 though it is no length of time."""
    if not math.isfinite(value):
        raise click.BadParameter(f"{value} is no number of seconds")
    return value


@click.command(name="run")
@click.argument("names", nargs=-1, metavar="[SERVICE[.OPERATION]]...")
@click.option(
    "--target",
    default="emulator:",
    show_default=True,
    metavar="TARGET",
    help="What to judge: emulator:, moto:, http://host:port, wsgi:package.module:app, "
    "client:package.module:factory.",
)
@protocol_option
@click.option("--seed", type=int, help="Decides every drawn value.  [default: random, shown]")
@click.option(
    "--examples",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Requests drawn in each round of fuzzing; 0 sends the labelled ones alone.",
)
@click.option(
    "--level",
    type=click.Choice(LEVELS, case_sensitive=False),
    default="may",
    show_default=True,
    help="The weakest level to judge.",
)
@click.option(
    "-k",
    "clause",
    metavar="CLAUSE",
    help="Judge the clauses whose id has this in it, or fits it as a glob, and no others.",
)
@format_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report to this file.",
)
@click.option("-v", "--verbose", is_flag=True, help="Leave nothing out of the text report.")
@click.option("--region", default="us-east-1", show_default=True, help="Region to sign for.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    callback=_seconds,
    help="Seconds one answer may take.",
)
@click.option("--ca-bundle", metavar="FILE", help="Certificates to verify https:// with.")
@click.option("--no-verify", is_flag=True, help="Do not verify certificates of https://.")
@click.option(
    "--account-credentials",
    is_flag=True,
    help="Sign with the credentials of your AWS configuration, not with made-up ones.",
)
@models_option
@click.option("--allow-aws", is_flag=True, help="Real AWS may be contacted, to read.")
@click.option("--allow-writes", is_flag=True, help="With --allow-aws: it may be changed as well.")
def command(
    names: tuple[str, ...],
    target: str,
    protocol: str | None,
    seed: int | None,
    examples: int,
    level: str,
    clause: str | None,
    form: str,
    output: Path | None,
    verbose: bool,
    region: str,
    timeout: float,
    ca_bundle: str | None,
    no_verify: bool,
    account_credentials: bool,
    catalog: Catalog,
    allow_aws: bool,
    allow_writes: bool,
) -> int:
    """Judge an implementation: bring up each operation, then judge it clause by clause.

    Without names, all operations that have a committed contract are judged. A SERVICE without
    one is taken from the installed botocore.

    \b
    Exit codes: 0 nothing violates, 1 something does, 2 the call is wrong,
    3 nothing was judged.
    """
    os.environ.setdefault(_STORAGE, os.path.join(tempfile.gettempdir(), "awsconform-hypothesis"))

    from awsconform.conformance.reports.endpoints import endpoint_of
    from awsconform.conformance.reports.shell import quoted
    from awsconform.conformance.running import RunOptions
    from awsconform.conformance.targets.locator import Options, open_target
    from awsconform.specs.clauses import Level

    if allow_writes and not allow_aws:
        raise UsageError("--allow-writes is about real AWS", hint="say --allow-aws as well")
    if ca_bundle is not None and not os.path.isfile(ca_bundle):
        raise UsageError(f"--ca-bundle: there is no file {ca_bundle}")
    wanted = LEVELS.index(level.lower()) + 1
    options = RunOptions(
        seed=random.randrange(_LARGEST_SEED) if seed is None else seed,
        examples=examples,
        levels=tuple(Level(each.upper()) for each in LEVELS[:wanted]),
        clauses=clause,
    )
    contracts = _with_clauses(catalog.select(names, protocol=protocol), options)
    spoken = Options(
        region=region,
        account_credentials=account_credentials or allow_aws,
        timeout=timeout,
        verify=ca_bundle or not no_verify,
        allow_aws=allow_aws,
        allow_writes=allow_writes,
    )
    given = {
        "--protocol": protocol,
        "--timeout": str(timeout) if timeout != Options().timeout else None,
        "--ca-bundle": quoted(ca_bundle) if ca_bundle else None,
        "--no-verify": "" if no_verify else None,
        "--models": quoted(str(catalog.folder)) if catalog.folder else None,
        "--account-credentials": "" if account_credentials else None,
        "--allow-aws": "" if allow_aws else None,
        "--allow-writes": "" if allow_writes else None,
    }
    flags = tuple(f"{name} {text}".strip() for name, text in given.items() if text is not None)
    run = _run(contracts, open_target(target, options=spoken), options)
    endpoint = endpoint_of(target, region=region, flags=flags)
    _report(run, endpoint, form, output, verbose=verbose)
    return run.exit_code


def _with_clauses(contracts: Sequence[Contract], options: RunOptions) -> list[Contract]:
    """The contracts that have a clause to judge.

    Raises:
        UsageError: none has.
    """
    from awsconform.conformance.running import judged_clauses

    chosen = [contract for contract in contracts if judged_clauses(contract, options)]
    if chosen or not contracts:
        return chosen
    if options.clauses is None:
        raise UsageError("no clause has that level", hint="take a weaker --level")
    from awsconform.specs.clauses import Level

    every = replace(options, levels=tuple(Level))
    if any(judged_clauses(contract, every) for contract in contracts):
        weakest = options.levels[-1].value.lower()
        raise UsageError(
            f"no clause that fits -k {options.clauses!r} has the level of --level {weakest}",
            hint="take a weaker --level",
        )
    raise UsageError(
        f"no clause fits -k {options.clauses!r}", hint=_nearest(contracts, options.clauses)
    )


def _nearest(contracts: Sequence[Contract], wanted: str) -> str:
    import difflib

    from awsconform.specs.clauses import clauses

    ids = [clause.id for contract in contracts for clause in clauses(contract)]
    near = difflib.get_close_matches(wanted, ids, n=1, cutoff=0.8)
    if near:
        return f"did you mean {near[0]}?"
    return "`awsconform explain SERVICE.OPERATION` names the clauses of an operation"


def _run(contracts: Sequence[Contract], target: Target, options: RunOptions) -> Run:
    from awsconform.commands.interruption import interruptible
    from awsconform.commands.progress import shown
    from awsconform.conformance.running import Progress, run

    try:
        with interruptible() as interruption, shown(len(contracts)) as show:

            def progress(place: Progress) -> None:
                interruption.check()
                show(place)

            return run(contracts, target, options, progress=progress)
    finally:
        target.close()


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
