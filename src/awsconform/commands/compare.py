"""`awsconform compare`: what differs between reports of runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from awsconform.commands.format_options import Formats
from awsconform.commands.output import check_writable, console_on, opened
from awsconform.errors import UsageError

if TYPE_CHECKING:
    from awsconform.conformance.gate.comparing import Comparison

NOTHING_TO_COMPARE = 3
NOT_ENDED = 3


@click.command(name="compare")
@click.argument(
    "reports",
    nargs=-1,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE FILE [FILE]...",
)
@click.option(
    "--gate", is_flag=True, help="End with 1 where a later run is worse than the first one."
)
@click.option(
    "--allow-vanished", is_flag=True, help="With --gate, clauses may no longer be in the run."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "markdown")),
    default="text",
    show_default=True,
    help="For people, for programs, or for a pull request.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file.",
)
@click.option("-v", "--verbose", is_flag=True, help="Name every clause.")
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a page to this file as well, to look at in a browser.",
)
def command(
    reports: tuple[Path, ...],
    gate: bool,
    allow_vanished: bool,
    form: str,
    output: Path | None,
    verbose: bool,
    page: Path | None,
) -> int:
    """Compare runs, clause by clause: each report against the first.

    FILE is what `awsconform run` wrote of a run, with `--format json -o FILE` or `--record FILE`. A
    clause has regressed that conformed and is violated, or was judged and no longer is; where it
    is violated as before, but for another thing that is observed, it has changed.

    \b
    Exit codes: 0, or with --gate 1 where something has regressed, or was judged
    and has vanished; 2 a file is wrong; 3 a run judged nothing, or with --gate
    nothing is worse and a run did not end.
    """
    from awsconform.conformance.gate.comparing import compare, compared
    from awsconform.conformance.records.reading import read_document

    if len(reports) < 2:
        raise UsageError(
            "reports of two runs or more are compared",
            hint="awsconform compare before.json after.json",
        )
    if output is not None and output.resolve() in [each.resolve() for each in reports]:
        raise UsageError(f"--output names {output} itself", hint="name another file")
    formats = Formats({} if page is None else {"html": page})
    check_writable(output)
    formats.check(output, *reports)
    labels = [each.name for each in reports]
    if len(set(labels)) < len(labels):
        labels = [str(each) for each in reports]
    runs = [
        compared(label, read_document(each)) for label, each in zip(labels, reports, strict=True)
    ]
    comparisons = compare(runs)
    _report(comparisons, form, output, verbose=verbose)
    if page is not None:
        _write_page(comparisons, page)
    if not all(each.found.judged for each in runs):
        return NOTHING_TO_COMPARE
    if not gate:
        return 0
    if any(each.worse(allow_vanished=allow_vanished) for each in comparisons):
        return 1
    return 0 if all(each.found.complete for each in runs) else NOT_ENDED


def _report(
    comparisons: list[Comparison], form: str, output: Path | None, *, verbose: bool
) -> None:
    with opened(output) as stream:
        if form == "json":
            from awsconform.conformance.gate.comparison_document import (
                comparison_document,
                to_text,
            )

            stream.write(to_text(comparison_document(comparisons)))
        elif form == "markdown":
            from awsconform.conformance.gate.comparison_text import markdown

            stream.write(markdown(comparisons, verbose=verbose))
        else:
            from awsconform.conformance.gate.comparison_text import print_comparisons

            print_comparisons(console_on(stream), comparisons, verbose=verbose)


def _write_page(comparisons: list[Comparison], path: Path) -> None:
    from awsconform.conformance.atomic_files import write_atomically
    from awsconform.conformance.gate.comparison_page import page

    write_atomically(path, page(comparisons))
    click.echo(f"{path} has the comparison as an HTML page", err=True)
