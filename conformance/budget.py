"""The budget of a run: once its time is over or its requests are sent, nothing more is sent."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from awsconform.conformance.exchange import Case, Exchange
from awsconform.conformance.planning.session import Stop
from awsconform.conformance.state.resources import Resources
from awsconform.conformance.targets.target import Target
from awsconform.conformance.targets.wrapped import WrappedTarget
from awsconform.specs.contract import Contract


class BudgetSpent(Stop):
    """Nothing is left to spend on the run."""


class TimeOver(BudgetSpent):
    """The time of the run is over."""


class RequestsSent(BudgetSpent):
    """The requests of the run are sent."""


# For removing what was made there is so much time more, or half of what there was.
LONGEST_GRACE = 10.0
# And so many requests more, or as many as there were.
LEAST_GRACE = 100


_TIME = "the time for the run, "
_REQUESTS = "the requests for the run, "


def tells_of_budget(reason: str) -> bool:
    """Whether a clause was not judged because nothing was left to spend."""
    return reason.startswith((_TIME, _REQUESTS))


@dataclass(frozen=True)
class Budget:
    """What a run may take: `seconds`, `requests`, and so many requests a second, its `rate`."""

    seconds: float | None = None
    requests: int | None = None
    rate: float | None = None


UNLIMITED = Budget()


class Limited(WrappedTarget):
    """A target with a budget, its time counted from the first request on; then it stops whoever
    sends.

    The exchange under way at that time is waited for. While things are removed, `cleaning`, there
    is a little more, the same for all operations together. An earlier part of the run may have
    `sent` requests already. A request waits until it is due by the rate.
    """

    def __init__(
        self,
        target: Target,
        budget: Budget,
        *,
        sent: int = 0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(target)
        self.budget = budget
        self.sent = sent
        self.cleaning = False
        self._clock = clock
        self._sleep = sleep
        self._ends: float | None = None
        self._due: float | None = None

    def send(self, contract: Contract, case: Case) -> Exchange:
        """Sends one case.

        Raises:
            TimeOver: the time is over, or would be before the request is due.
            RequestsSent: no request is left.
        """
        self._check_requests()
        now = self._clock()
        self._check_time(now)
        if self.budget.rate is not None:
            due = now if self._due is None else max(now, self._due)
            if due > now:
                self._check_time(due)
                self._sleep(due - now)
            self._due = due + 1 / self.budget.rate
        self.sent += 1
        return super().send(contract, case)

    def _check_time(self, now: float) -> None:
        seconds = self.budget.seconds
        if seconds is None:
            return
        self._ends = now + seconds if self._ends is None else self._ends
        grace = min(LONGEST_GRACE, seconds / 2) if self.cleaning else 0.0
        if now >= self._ends + grace:
            raise TimeOver(f"{_TIME}{seconds:g} s, was over")

    def _check_requests(self) -> None:
        requests = self.budget.requests
        if requests is None:
            return
        grace = max(LEAST_GRACE, requests) if self.cleaning else 0
        if self.sent >= requests + grace:
            raise RequestsSent(f"{_REQUESTS}{requests}, were sent")


def remove(resources: Resources, target: Target, left: list[str]) -> str | None:
    """Removes what was made, for which there is a little more; gives why that stopped.

    What could not be removed is added to `left`.
    """
    limited = target if isinstance(target, Limited) else None
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
