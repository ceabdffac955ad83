"""What every target offers, whatever is behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from awsconform.conformance.exchange import Case, Exchange, View
from awsconform.specs.contract import Contract


class Target(Protocol):
    """An implementation under test.

    `name` is the string the user gave. `advance_clock` moves the target's clock forward by
    seconds; None where it has no clock that can be moved.
    """

    name: str
    view: View
    advance_clock: Callable[[float], None] | None

    def send(self, contract: Contract, case: Case) -> Exchange:
        """Sends one case and returns the exchange; trouble is part of it, never an exception."""
        ...

    def close(self) -> None:
        """Ends what the target holds open."""
        ...
