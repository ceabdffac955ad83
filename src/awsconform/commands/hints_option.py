"""`--hints`: a user's own hints, for the commands that bring services into a state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from awsconform.conformance.state.knowledge import Knowledge

_Function = TypeVar("_Function", bound=Callable[..., Any])


def hints_option(command: _Function) -> _Function:
    """Gives a command the option, and its argument `hints` the file, or None."""
    option = click.option(
        "--hints",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Your own hints how things are made, JSON by service, laid over the known ones.",
    )
    return option(command)


def knowledge_of(hints: Path | None) -> Knowledge | None:
    """What the file says, laid over all that is known without it; None where there is none.

    Raises:
        UsageError: it says something that cannot be used; the place in it is told.
    """
    if hints is None:
        return None
    from awsconform.conformance.state.own_hints import read

    return read(hints)
