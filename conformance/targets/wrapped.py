"""A target that does something of its own around each request to another one."""

from __future__ import annotations

from collections.abc import Callable

from awsconform.conformance.exchange import Case, Exchange, View
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.target import Target
from awsconform.specs.contract import Contract


class WrappedTarget:
    """The target itself in all respects; what derives from it sends in a way of its own.

    Objects of a user's that are targets may lack what not every target needs.
    """

    def __init__(self, target: Target) -> None:
        self.target = target

    @property
    def name(self) -> str:
        """The target's name."""
        return self.target.name

    @property
    def view(self) -> View:
        """The target's view."""
        return self.target.view

    @property
    def options(self) -> Options | None:
        """How the target is spoken to, where it says so."""
        return getattr(self.target, "options", None)

    @property
    def advance_clock(self) -> Callable[[float], None] | None:
        """Moves the target's clock."""
        return self.target.advance_clock

    @property
    def restart(self) -> Callable[[], None] | None:
        """Brings back an empty target."""
        return getattr(self.target, "restart", None)

    @property
    def generation(self) -> int:
        """How often the target lost its state."""
        return int(getattr(self.target, "generation", 0))

    def probe(self) -> None:
        """Finds out whether there is anything to send to."""
        self.target.probe()

    def send(self, contract: Contract, case: Case) -> Exchange:
        """Sends one case."""
        return self.target.send(contract, case)

    def close(self) -> None:
        """Ends what the target holds open."""
        self.target.close()
