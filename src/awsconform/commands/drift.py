"""`awsconform drift`: what changed between two statements of the same operations, and for whom."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from awsconform.commands.output import console_on, opened
from awsconform.errors import UsageError

if TYPE_CHECKING:
    from awsconform.specs.drift.changes import Drift
    from awsconform.specs.drift.sources import Source


@click.command(name="drift")
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option(
    "--documented",
    is_flag=True,
    help="Compare the committed documents of reference pages with the installed models.",
)
@click.option("--services", metavar="A,B", help="Compare these services, by botocore's names.")
@click.option(
    "--gate",
    type=click.Choice(("callers", "implementers", "any")),
    is_flag=False,
    flag_value="any",
    help="End with 1 where something breaks for these.  [any, if nobody is named]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json", "markdown")),
    default="table",
    show_default=True,
    help="For people, for programs, or for a pull request.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file.",
)
def command(
    old: str | None,
    new: str | None,
    documented: bool,
    services: str | None,
    gate: str | None,
    form: str,
    output: Path | None,
) -> int:
    """Compare OLD with NEW: what each operation gained and lost, and for whom that breaks what.

    \b
    OLD and NEW are each one of
      installed, botocore:  the models of the installed botocore
      FOLDER                an unpacked botocore or its data, or a folder of
                            contracts as `awsconform compile --into` writes
      FILE.whl              a wheel of botocore, read without installing it
      FILE.json             a contract, or the document of a page
      FILE                  a reference page: boto3 (reST, text or HTML) or
                            AWS CLI (text or HTML)

    A page is compared in what its format states. A change breaks callers where one that kept the
    old contract can be refused or miss what it was promised, and implementers where one that kept
    the old contract may break the new.

    \b
    Exit codes: 0, or with --gate 1 where something breaks; 2 the call or a
    document is wrong.
    """
    from awsconform.specs.drift.comparing import drift

    first, second = _sources(old, new, documented)
    wanted = _listed(services)
    with _progress() as progress:
        found = drift(first, second, services=wanted, progress=progress)
    _report(found, form, output)
    return 1 if gate is not None and found.breaking(gate) else 0


def _listed(services: str | None) -> list[str]:
    if services is None:
        return []
    names = [name for each in services.split(",") if (name := each.strip())]
    if not names:
        raise UsageError("--services names none", hint="leave it out to compare all")
    return names


def _sources(old: str | None, new: str | None, documented: bool) -> tuple[Source, Source]:
    from awsconform.specs.drift.sources import INSTALLED, Folder, source

    if documented:
        if old is not None:
            raise UsageError("--documented says itself what is compared", hint="name no sources")
        from awsconform.specs.catalog import DATA

        pages = Folder("the committed documents of pages", DATA, pages=True)
        return pages, source(INSTALLED[0])
    if old is None or new is None:
        raise UsageError(
            "two sources are compared: OLD and NEW",
            hint="awsconform drift botocore-1.40.0-py3-none-any.whl installed",
        )
    return source(old), source(new)


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Gives the function that is told each service; it shows on a terminal's stderr alone."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda service: None
        return
    with console.status("") as status:
        yield status.update


def _report(found: Drift, form: str, output: Path | None) -> None:
    with opened(output) as stream:
        if form == "json":
            from awsconform.specs.drift.document import drift_document
            from awsconform.specs.pages import to_text

            stream.write(to_text(drift_document(found)))
        elif form == "markdown":
            from awsconform.commands.drift_text import markdown

            if stream is sys.stdout:
                click.echo(markdown(found), nl=False)
            else:
                stream.write(markdown(found))
        else:
            from awsconform.commands.drift_text import print_drift

            print_drift(console_on(stream), found)
