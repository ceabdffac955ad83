"""A limit to the time of a run: after it nothing more is sent."""

from __future__ import annotations

import time
from collections.abc import Callable

from awsconform.conformance.exchange import Case, Exchange
from awsconform.conformance.planning.session import Stop
from awsconform.conformance.state.resources import Resources
from awsconform.conformance.targets.target import Target
from awsconform.conformance.targets.wrapped import WrappedTarget
from awsconform.specs.contract import Contract


class TimeOver(Stop):
    """The time of the run is over."""


# For removing what was made there is so much time more, or half of what there was.
LONGEST_GRACE = 10.0


class TimeLimited(WrappedTarget):
    """A target for some seconds from its first request on; then it stops whoever sends.

    The exchange under way at that time is waited for. While things are removed, `cleaning`, there
    is a little more time, the same for all operations together.
    """

    def __init__(
        self, target: Target, seconds: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(target)
        self.seconds = seconds
        self.cleaning = False
        self._clock = clock
        self._ends: float | None = None

    def send(self, contract: Contract, case: Case) -> Exchange:
        """Sends one case.

        Raises:
            TimeOver: the time is over.
        """
        now = self._clock()
        self._ends = now + self.seconds if self._ends is None else self._ends
        grace = min(LONGEST_GRACE, self.seconds / 2) if self.cleaning else 0.0
        if now >= self._ends + grace:
            raise TimeOver(f"the time for the run, {self.seconds:g} s, was over")
        return super().send(contract, case)


def remove(resources: Resources, target: Target, left: list[str]) -> str | None:
    """Removes what was made, for which there is a little more time; gives why that stopped.

    What could not be removed is added to `left`.
    """
    limited = target if isinstance(target, TimeLimited) else None
    stopped: str | None = None
    try:
        if limited:
            limited.cleaning = True
        resources.clean_up()
    except Stop as stop:
        stopped = str(stop)
        resources.abandon(stopped)
    finally:
        if limited:
            limited.cleaning = False
    left += resources.left
    resources.left.clear()
    return stopped
