"""What is known of an operation once it has been judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from awsconform.conformance.achieving import Achievement, achieved
from awsconform.conformance.evidence import Evidence
from awsconform.conformance.outcomes import Outcome
from awsconform.specs.contract import Contract


@dataclass(frozen=True)
class OperationResult:
    """The outcomes of one operation, and what was got done with it.

    `requests` counts all that was sent, set-up included; `trouble` is what kept set-up from
    succeeding, or None; `left` are the things that could not be removed from the target, and why;
    `seconds` is wall time.
    """

    contract: Contract
    outcomes: tuple[Outcome, ...]
    achievement: Achievement
    requests: int
    trouble: str | None = None
    left: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Judgement(OperationResult):
    """A result with the evidence it rests on, which takes much memory."""

    evidence: Evidence

    @classmethod
    def of(
        cls,
        outcomes: Iterable[Outcome],
        evidence: Evidence,
        requests: int = 0,
        trouble: str | None = None,
        left: tuple[str, ...] = (),
    ) -> Judgement:
        """That of an operation which is done with."""
        told = tuple(outcomes)
        done = achieved(told, evidence)
        return cls(evidence.contract, told, done, requests, trouble, left, evidence=evidence)

    @property
    def result(self) -> OperationResult:
        """The result alone; of the evidence it keeps what findings show."""
        return OperationResult(
            self.contract,
            self.outcomes,
            self.achievement,
            self.requests,
            self.trouble,
            self.left,
            self.seconds,
        )
