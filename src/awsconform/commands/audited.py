"""What the audits have in common: which operations are meant, and in what form they report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from awsconform.commands.format_option import format_option
from awsconform.errors import UsageError

if TYPE_CHECKING:
    from awsconform.specs.auditing.selecting import Selected

NOTHING_COMPARED = 3

_Function = TypeVar("_Function", bound=Callable[..., Any])


def audit_options(size: int, decides: str) -> Callable[[_Function], _Function]:
    """Gives an audit its names, --all, --sample, --seed, --jobs and --format.

    `size` is that of a sample nobody asked for; `decides` what the seed decides.
    """
    options = (
        click.argument("names", nargs=-1, metavar="[SERVICE[.OPERATION]]..."),
        click.option("--all", "everything", is_flag=True, help="Audit every operation there is."),
        click.option(
            "--sample",
            type=click.IntRange(min=1),
            help=f"So many operations, drawn across services and protocols.  [default: {size}, "
            "of names: all]",
        ),
        click.option("--seed", type=int, default=0, show_default=True, help=f"Decides {decides}."),
        click.option(
            "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes."
        ),
        format_option,
    )

    def decorated(command: _Function) -> _Function:
        for option in reversed(options):
            command = option(command)
        return command

    return decorated


def audited(
    names: tuple[str, ...],
    everything: bool,
    sample: int | None,
    draw: Callable[[list[Selected]], list[Selected]],
) -> list[Selected]:
    """The operations that are meant; `draw` takes a sample of what is named, or of everything.

    Raises:
        UsageError: a name fits nothing, or --all goes with others.
    """
    from awsconform.specs.auditing.selecting import named

    if everything and (names or sample):
        raise UsageError("--all goes with neither names nor --sample")
    selection = named(names)
    return selection if everything or (names and sample is None) else draw(selection)
