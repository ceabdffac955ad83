"""Requests of set-up that nobody answers: waiting for each of them costs a time-out."""

from __future__ import annotations

from collections import Counter

from awsconform.conformance.evidence import Observed
from awsconform.conformance.wire.classification import Reaction

MOST = 2


class Unanswered:
    """Which operations were not answered in time, the last times they were tried.

    What lives on the target does not matter: one that never answers does not do so after a restart.
    """

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()

    def note(self, observed: Observed) -> None:
        """Counts an operation that was not answered in time; forgets it once it was."""
        if observed.reaction is Reaction.TIMEOUT:
            self._times[observed.contract.id] += 1
        else:
            self._times.pop(observed.contract.id, None)

    def is_given_up(self, operation: str) -> bool:
        """Whether an operation, by its id, is not worth another try."""
        return self._times[operation] >= MOST
