"""Clauses on a whole service: said of the first of its operations that shows them, and of no other.

Every operation states them, so that each can be run alone; in a series one finding is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from awsconform.conformance.known import Shared
from awsconform.conformance.outcomes import JUDGED, Outcome, Verdict
from awsconform.specs.contract import Contract

KINDS = ("unknown-operation",)


@dataclass
class OnceAService:
    """Which operation of each service has shown what is `shown` once."""

    shown: dict[Shared, str] = field(default_factory=dict)

    def kept(self, contract: Contract, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """The outcomes of an operation; what another one has shown stands apart."""
        return [
            self._kept(contract, each) if each.clause.kind in KINDS else each for each in outcomes
        ]

    def _kept(self, contract: Contract, outcome: Outcome) -> Outcome:
        key = (contract.service, contract.protocol, outcome.clause.kind)
        shown = self.shown.get(key)
        if outcome.verdict is Verdict.UNIMPLEMENTED:
            return outcome
        if shown not in (None, contract.id):
            apart = f"shown once for a service: here by {shown}"
            clause = replace(outcome.clause, apart=apart)
            return Outcome(clause, Verdict.UNEXERCISED, apart)
        if outcome.verdict in JUDGED:
            self.shown[key] = contract.id
        return outcome
