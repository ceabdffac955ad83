"""`--hints`: a user's own hints, for the commands that bring services into a state."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from awsconform.commands.configured import held_hooks

if TYPE_CHECKING:
    from awsconform.configuration.hooks import Hooks
    from awsconform.conformance.state.knowledge import Knowledge

_HOOK = "hooks.hints"
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

    A hook of the configuration has its hints laid over those.

    Raises:
        UsageError: it says something that cannot be used; the place in it is told.
    """
    hooks = held_hooks()
    if hints is None and "hints" not in hooks:
        return None
    from awsconform.conformance.state.knowledge import Knowledge
    from awsconform.conformance.state.own_hints import read

    written = Knowledge() if hints is None else read(hints)
    return _laid_over(written, hooks) if "hints" in hooks else written


def _laid_over(written: Knowledge, hooks: Hooks) -> Knowledge:
    """What is written, with what a hook gives for a service laid over it."""
    from awsconform.conformance.state.knowledge import Knowledge
    from awsconform.conformance.state.own_hints import stated_of, together
    from awsconform.specs.hints import Hints, overlay

    def over(below: Hints | None, above: Hints | None) -> Hints | None:
        return overlay(below, above) if below and above else above or below

    document = functools.cache(hooks.hints)

    def unchecked(service: str) -> Hints | None:
        stated = document(service)
        above = None if stated is None else stated_of(service, stated, _HOOK)
        return over(written.own(service), above)

    @functools.cache
    def own(service: str) -> Hints | None:
        stated = document(service)
        documents = [] if stated is None else [stated]
        return over(written.own(service), together(service, documents, _HOOK, unchecked))

    return Knowledge(own)
