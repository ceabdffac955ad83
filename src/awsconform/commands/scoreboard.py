"""`awsconform scoreboard`: several targets side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from awsconform.commands.configured import ConfiguredCommand
from awsconform.commands.format_option import format_option
from awsconform.commands.hints_option import hints_option, knowledge_of
from awsconform.commands.judging import judged, judging_options, run_options, with_clauses
from awsconform.commands.models_option import models_option
from awsconform.commands.option_groups import option_group
from awsconform.commands.output import check_writable, console_on, opened
from awsconform.commands.protocol_option import protocol_option
from awsconform.commands.scoreboard_targets import given_targets, labelled
from awsconform.commands.target_options import (
    SPEAKING,
    Spoken,
    resolved,
    spoken_of,
)
from awsconform.errors import TargetError, TargetUnreachable, UsageError

if TYPE_CHECKING:
    from awsconform.conformance.budget import Budget
    from awsconform.conformance.running import RunOptions
    from awsconform.conformance.scoreboard.board import Board, Column
    from awsconform.conformance.scoreboard.differences import Comparison
    from awsconform.conformance.state.knowledge import Knowledge
    from awsconform.conformance.targets.target import Target
    from awsconform.specs.catalog import Catalog
    from awsconform.specs.contract import Contract


@click.command(name="scoreboard", cls=ConfiguredCommand)
@click.argument("names", nargs=-1, metavar="[SERVICE[.OPERATION]]...")
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="[NAME=]TARGET",
    help="A target, as `awsconform run` takes it, and what to call it; may be repeated.  "
    "[default: all that the configuration has a name for]",
)
@click.option(
    "--start",
    "starts",
    multiple=True,
    metavar="COMMAND",
    help="The same as --target start:COMMAND; may be repeated.",
)
@protocol_option
@judging_options
@click.option(
    "--differences",
    is_flag=True,
    help="List the clauses on which each target differs from the first.",
)
@click.option(
    "--compare",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="List the clauses on which targets differ from what a scoreboard in JSON says of those "
    "of the same name.",
)
@format_option
@click.option("--stable", is_flag=True, help="Leave out of the JSON what is another one each time.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the scoreboard to this file.",
)
@click.option("-v", "--verbose", is_flag=True, help="A row for each operation.")
@hints_option
@models_option
@option_group(*SPEAKING)
def command(
    names: tuple[str, ...],
    targets: tuple[str, ...],
    starts: tuple[str, ...],
    protocol: str | None,
    seed: int | None,
    examples: int,
    level: str,
    clause: str | None,
    differences: bool,
    compare: Path | None,
    form: str,
    stable: bool,
    output: Path | None,
    verbose: bool,
    max_time: float | None,
    max_requests: int | None,
    rate: float | None,
    hints: Path | None,
    catalog: Catalog,
    **speaking: Any,
) -> int:
    """Judge several targets by the same clauses and show them side by side.

    One is judged after the other. Conformance and coverage are given for each operation, service
    and target, and for every two targets on the operations both are judged on.

    \b
    Exit codes: 0 nothing violates, 1 something does, 2 the call is wrong,
    3 nothing was judged of a target, or there is nothing to compare.
    """
    from awsconform.conformance.budget import Budget
    from awsconform.conformance.scoreboard.board import Board, exit_code

    given = given_targets(targets, starts)
    if differences and len(given) < 2:
        raise UsageError("--differences is about several targets", hint="say --target again")
    options = run_options(
        seed=seed, examples=examples, level=level, clause=clause, max_requests=max_requests
    )
    spoken = {
        label: spoken_of(**resolved({**speaking, "target": target, "start": None})).within(max_time)
        for label, target in labelled(given).items()
    }
    contracts = with_clauses(catalog.select(names, protocol=protocol), options)
    knowledge = knowledge_of(hints)
    kept = _kept(compare, list(spoken), contracts, options)
    check_writable(output)

    budget = Budget(max_time, max_requests, rate)

    def judge(label: str, target: Target | TargetUnreachable) -> Column:
        name = spoken[label].name
        return _column(label, name, target, contracts, options, knowledge, budget=budget)

    opened_targets = _opened(spoken)
    board = Board(tuple(judge(label, target) for label, target in opened_targets.items()))
    found = _comparisons(board, options, kept, differences=differences)
    _report(board, options, found, form, output, stable=stable, verbose=verbose)
    compared_nothing = any(not each.operations for each in found)
    return 3 if compared_nothing else exit_code(board.columns)


@dataclass(frozen=True)
class _Kept:
    """A scoreboard that was made before, what it is called, and its labels that are compared."""

    document: dict[str, Any]
    name: str
    labels: Sequence[str]


def _kept(
    file: Path | None, labels: Sequence[str], contracts: Sequence[Contract], options: RunOptions
) -> _Kept | None:
    """The scoreboard of a file; None where there is none to compare with.

    Raises:
        UsageError: it is none, or cannot be compared with.
        NothingToCompare: it has none of the operations.
    """
    if file is None:
        return None
    from awsconform.conformance.scoreboard.comparability import comparable, deviations
    from awsconform.conformance.scoreboard.document import read_document

    document = read_document(file)
    operations = [contract.id for contract in contracts]
    both = comparable(document, str(file), labels, operations, options)
    for each in deviations(document, options):
        click.echo(f"Warning: {file}: {each}", err=True)
    return _Kept(document, file.name, both)


def _opened(spoken: Mapping[str, Spoken]) -> dict[str, Target | TargetUnreachable]:
    """All targets, or why nothing can be said of one, before the first is judged.

    Raises:
        TargetError: a name is wrong.
    """
    found: dict[str, Target | TargetUnreachable] = {}
    try:
        for label, each in spoken.items():
            try:
                found[label] = each.open()
            except TargetUnreachable as error:
                found[label] = error
    except BaseException:
        for target in found.values():
            if not isinstance(target, TargetUnreachable):
                target.close()
        raise
    return found


def _column(
    label: str,
    name: str,
    target: Target | TargetUnreachable,
    contracts: Sequence[Contract],
    options: RunOptions,
    knowledge: Knowledge | None,
    *,
    budget: Budget,
) -> Column:
    """What comes of one target; what keeps it from being judged is no reason to lose the others."""
    from awsconform.conformance.scoreboard.board import column, missing_column

    try:
        if isinstance(target, TargetUnreachable):
            raise target
        made = judged(contracts, target, options, knowledge, budget=budget)
    except TargetError as error:
        click.echo(f"{label}: {error}", err=True)
        return missing_column(label, name, error.message)
    return column(label, name, made)


def _comparisons(
    board: Board, options: RunOptions, kept: _Kept | None, *, differences: bool
) -> list[Comparison]:
    from awsconform.conformance.scoreboard.differences import compared
    from awsconform.conformance.scoreboard.document import scoreboard_document

    now = scoreboard_document(board, options, stable=True)
    labels = [column.label for column in board.columns if column.run is not None]
    found = []
    if differences:
        found += [compared(now, labels[0], now, each) for each in labels[1:]]
    if kept is not None:
        found += [
            compared(kept.document, each, now, each, title=f" in {kept.name}")
            for each in labels
            if each in kept.labels
        ]
    return found


def _report(
    board: Board,
    options: RunOptions,
    comparisons: Sequence[Comparison],
    form: str,
    output: Path | None,
    *,
    stable: bool,
    verbose: bool,
) -> None:
    with opened(output) as stream:
        if form == "json":
            from awsconform.conformance.scoreboard.document import scoreboard_document, to_text

            document = scoreboard_document(board, options, comparisons=comparisons, stable=stable)
            stream.write(to_text(document))
        else:
            from awsconform.conformance.scoreboard.text_report import print_scoreboard

            print_scoreboard(
                console_on(stream),
                board,
                seed=options.seed,
                comparisons=comparisons,
                verbose=verbose,
            )
    if output is not None:
        click.echo(f"{output} has the scoreboard; seed {options.seed}", err=True)
