"""Whoever wants to be told of operations as a run goes on."""

from __future__ import annotations

from typing import Protocol

from awsconform.conformance.known import Known
from awsconform.conformance.results import OperationResult
from awsconform.specs.contract import Contract


class Watcher(Protocol):
    """Told of each operation when it begins and when it has ended."""

    def began(self, contract: Contract) -> None:
        """The operation is brought up from now on."""
        ...

    def ended(self, result: OperationResult, known: Known) -> None:
        """What came of it, and what is known now; of wrong requests those that are new."""
        ...


class _Nobody:
    def began(self, contract: Contract) -> None:
        """Nothing is done of it."""

    def ended(self, result: OperationResult, known: Known) -> None:
        """Nothing is done of it."""


NOBODY = _Nobody()
