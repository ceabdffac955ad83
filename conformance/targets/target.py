"""What every target offers, whatever is behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from awsconform.conformance.exchange import Case, Exchange, View
from awsconform.specs.contract import Contract


class Target(Protocol):
    """An implementation under test."""

    @property
    def name(self) -> str:
        """The string the user gave, or what stands for the object."""
        ...

    @property
    def view(self) -> View:
        """The side of the SDK its exchanges are seen from."""
        ...

    @property
    def advance_clock(self) -> Callable[[float], None] | None:
        """Moves its clock forward by seconds; None where it has no clock that can be moved."""
        ...

    @property
    def restart(self) -> Callable[[], None] | None:
        """Brings back an empty, answering target; None where nobody can."""
        ...

    @property
    def generation(self) -> int:
        """How often its state was lost: by `restart`, or because it crashed."""
        ...

    def probe(self) -> None:
        """Finds out whether there is anything to send to.

        Raises:
            TargetUnreachable: there is not.
        """
        ...

    def send(self, contract: Contract, case: Case) -> Exchange:
        """Sends one case and returns the exchange; trouble is part of it, never an exception."""
        ...

    def close(self) -> None:
        """Ends what the target holds open."""
        ...
