"""What a script works with: something that sends cases and can move the target's clock."""

from __future__ import annotations

from typing import Protocol

from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Case
from awsconform.generators.choices import RandomChoices
from awsconform.specs.contract import Contract


class Stop(Exception):
    """Nothing more is sent to the operation; the text says why."""


class Session(Protocol):
    """The running of one operation: `evidence` is filled by `send`, `choices` are seeded."""

    @property
    def evidence(self) -> Evidence:
        """What was sent and kept so far."""
        ...

    @property
    def choices(self) -> RandomChoices:
        """Where values are drawn from."""
        ...

    @property
    def requests(self) -> int:
        """How many requests were sent so far, whatever they were sent for."""
        ...

    @property
    def disturbances(self) -> int:
        """How many requests so far may have changed something: all but rejected ones and reads."""
        ...

    def selects(self, clause_id: str) -> bool:
        """Whether a clause, or any clause of a part, is wanted; nothing is sent for others."""
        ...

    def spares(self, clause_id: str) -> bool:
        """Whether requests that break a clause are known to break what others rest on."""
        ...

    def send(self, contract: Contract, case: Case, *, keep: bool = True) -> Observed:
        """Sends one case and reads the answer; evidence unless it is set-up or not to be kept."""
        ...

    def advance(self, seconds: float) -> bool:
        """Moves the target's clock forward; False where it has none that can be moved."""
        ...

    def wait(self, seconds: float) -> bool:
        """Lets time pass, by the target's clock or by waiting; False when none is left."""
        ...

    def restart(self) -> bool:
        """Brings back an empty target; False where nobody can."""
        ...
