"""A limit to the time of a run: after it nothing more is sent."""

from __future__ import annotations

import time
from collections.abc import Callable

from awsconform.conformance.exchange import Case, Exchange
from awsconform.conformance.planning.session import Stop
from awsconform.conformance.targets.target import Target
from awsconform.conformance.targets.wrapped import WrappedTarget
from awsconform.specs.contract import Contract


class TimeOver(Stop):
    """The time of the run is over."""


class TimeLimited(WrappedTarget):
    """A target for some seconds from its first request on; then it stops whoever sends.

    The exchange under way at that time is waited for.
    """

    def __init__(
        self, target: Target, seconds: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(target)
        self.seconds = seconds
        self._clock = clock
        self._ends: float | None = None

    def send(self, contract: Contract, case: Case) -> Exchange:
        """Sends one case.

        Raises:
            TimeOver: the time is over.
        """
        now = self._clock()
        self._ends = now + self.seconds if self._ends is None else self._ends
        if now >= self._ends:
            raise TimeOver(f"the time for the run, {self.seconds:g} s, was over")
        return super().send(contract, case)
