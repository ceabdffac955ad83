"""Removing what was made, the last first, whatever others have removed meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from awsconform.conformance.state.making import Made, Making
from awsconform.conformance.state.scopes import SetupFailed
from awsconform.conformance.wire.classification import Reaction

_STILL_NEEDED = re.compile("InUse|Conflict|Depend|NotEmpty")


def clean_up(making: Making, made: Sequence[Made]) -> Iterator[str]:
    """Removes things; yields what is left behind, and why.

    What is still needed by something else the first time is tried once more.
    """
    left = [each for each in reversed(made) if _refusal(making, each) is not None]
    for each in left:
        why = _refusal(making, each)
        if why is not None:
            yield f"{each.resource.name} is left behind: {why}"


def _refusal(making: Making, made: Made) -> str | None:
    """Why something is not gone; None once a delete was accepted, or found nothing."""
    refused: str | None = None
    for operation in made.resource.delete:
        try:
            observed = making.call(made.scope, operation, made.bound)
        except SetupFailed as failed:
            return str(failed)
        needed = _STILL_NEEDED.search(observed.describe()) is not None
        gone = observed.accepted or (observed.reaction is Reaction.REFUSED and not needed)
        refused = None if gone else f"{operation} answered {observed.describe()}"
    return refused
