"""What the commands share that judge implementations: their options, and the judging itself."""

from __future__ import annotations

import math
import os
import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from awsconform.commands.configured import held_hooks
from awsconform.commands.option_groups import option_group
from awsconform.commands.target_options import seconds
from awsconform.errors import UsageError

if TYPE_CHECKING:
    from awsconform.conformance.budget import Budget
    from awsconform.conformance.known import Earlier
    from awsconform.conformance.running import Run, RunOptions
    from awsconform.conformance.state.knowledge import Knowledge
    from awsconform.conformance.targets.target import Target
    from awsconform.conformance.watching import Watcher
    from awsconform.specs.contract import Contract

LEVELS = ("must", "should", "may")
_LARGEST_SEED = 2**32 - 1
# Where Hypothesis keeps what it makes; by itself it takes the current folder.
_STORAGE = "HYPOTHESIS_STORAGE_DIRECTORY"

# A request in a quarter of an hour.
_SLOWEST = 0.001


def _rate(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    """Refuses what click takes for a number in the range though it is no rate."""
    if value is not None and not math.isfinite(value):
        raise click.BadParameter(f"{value} is no number of requests a second")
    return value


# Gives a command `seed`, `examples`, `level`, `clause`, `max_time`, `max_requests` and `rate`.
judging_options = option_group(
    click.option("--seed", type=int, help="Decides every drawn value.  [default: random, shown]"),
    click.option(
        "--examples",
        type=click.IntRange(min=0),
        default=20,
        show_default=True,
        help="Requests drawn in each round of fuzzing; 0 sends the labelled ones alone.",
    ),
    click.option(
        "--level",
        type=click.Choice(LEVELS, case_sensitive=False),
        default="may",
        show_default=True,
        help="The weakest level to judge.",
    ),
    click.option(
        "-k",
        "clause",
        metavar="CLAUSE",
        help="Judge the clauses whose id has this in it, or fits it as a glob, and no others.",
    ),
    click.option(
        "--max-time",
        type=click.FloatRange(min=0, min_open=True),
        callback=seconds,
        metavar="SECONDS",
        help="Send nothing more after this time.  [default: no limit]",
    ),
    click.option(
        "--max-requests",
        type=click.IntRange(min=1),
        metavar="N",
        help="Send nothing more after so many requests.  [default: no limit]",
    ),
    click.option(
        "--rate",
        type=click.FloatRange(min=_SLOWEST),
        callback=_rate,
        metavar="N",
        help="Send so many requests a second at most.  [default: no limit]",
    ),
)


def run_options(
    *,
    seed: int | None,
    examples: int,
    level: str,
    clause: str | None,
    max_requests: int | None = None,
) -> RunOptions:
    """How to run, as the options say; a seed is drawn where none is given."""
    os.environ.setdefault(_STORAGE, os.path.join(tempfile.gettempdir(), "awsconform-hypothesis"))

    from awsconform.conformance.running import RunOptions
    from awsconform.specs.clauses import Level

    wanted = LEVELS.index(level.lower()) + 1
    return RunOptions(
        seed=random.randrange(_LARGEST_SEED) if seed is None else seed,
        examples=examples,
        levels=tuple(Level(each.upper()) for each in LEVELS[:wanted]),
        clauses=clause,
        max_requests=max_requests,
    )


def with_clauses(contracts: Sequence[Contract], options: RunOptions) -> list[Contract]:
    """The contracts that have a clause to judge.

    Raises:
        UsageError: none has.
    """
    from awsconform.conformance.selecting import judged_clauses

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


def judged(
    contracts: Sequence[Contract],
    target: Target,
    options: RunOptions,
    knowledge: Knowledge | None,
    *,
    budget: Budget | None = None,
    watcher: Watcher | None = None,
    earlier: Earlier | None = None,
    sent: int = 0,
) -> Run:
    """Runs all operations, within the budget, and closes the target.

    The `watcher` is told of each; those that an `earlier` part of the run did are left out, which
    `sent` so many requests.

    Raises:
        TargetUnreachable: nothing answered at all.
        HookError: a hook of the configuration fails.
    """
    from awsconform.commands.interruption import interruptible
    from awsconform.commands.progress import shown
    from awsconform.conformance.budget import UNLIMITED, Limited
    from awsconform.conformance.known import BEGINNING
    from awsconform.conformance.running import Progress, run
    from awsconform.conformance.watching import NOBODY

    budget = budget or UNLIMITED
    hooks = held_hooks()
    limited: Target = target if budget == UNLIMITED else Limited(target, budget, sent=sent)
    try:
        if knowledge is not None:
            # What a hook gives is found out to be wrong before anything is sent.
            for service in dict.fromkeys(contract.service for contract in contracts):
                knowledge.own(service)
        with (
            interruptible() as interruption,
            hooks.around(target.name),
            shown(len(contracts)) as show,
        ):

            def progress(place: Progress) -> None:
                interruption.check()
                show(place)

            return run(
                contracts,
                limited,
                options,
                knowledge=knowledge,
                progress=progress,
                watcher=watcher or NOBODY,
                earlier=earlier or BEGINNING,
            )
    finally:
        target.close()
