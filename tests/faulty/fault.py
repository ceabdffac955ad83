"""A fault: one way of being wrong, the clauses that have to find it, and the trial of it."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from awsconform.conformance.emulator.application import committed_contracts
from awsconform.conformance.outcomes import Outcome, Verdict
from awsconform.conformance.results import OperationResult
from awsconform.conformance.running import RunOptions
from awsconform.conformance.series import OperationSeries
from awsconform.conformance.targets.target import Target
from awsconform.conformance.targets.wsgi import WSGITarget
from awsconform.specs.contract import Contract

EXAMPLES = 3
CONTRACTS = {contract.id: contract for contract in committed_contracts()}


@dataclass(frozen=True)
class Fault:
    """One operation of one implementation that is wrong in one way.

    `build` makes the implementation, a WSGI application; `serve`, where it takes more than that,
    opens the target. `stated_by` is the contract where it is none of the committed ones. `expects`
    are the clauses that have to find the fault, without the id of the operation. `also` are
    patterns of clauses that cannot but break with them; nothing else may be found. `observation`
    is the class of what has to be observed.
    """

    operation: str
    name: str
    build: Callable[[], Any]
    expects: tuple[str, ...]
    also: tuple[str, ...] = ()
    observation: str | None = None
    serve: Callable[[Callable[[], Any]], AbstractContextManager[Target]] | None = None
    stated_by: Contract | None = None

    def __str__(self) -> str:
        return f"{self.operation}: {self.name}"

    @property
    def contract(self) -> Contract:
        return self.stated_by or CONTRACTS[self.operation]

    def target(self) -> AbstractContextManager[Target]:
        if self.serve is not None:
            return self.serve(self.build)
        return nullcontext(in_process(self.build(), str(self)))

    def explains(self, clause: str) -> bool:
        """Whether a violated clause (without the operation's id) is no surprise."""
        return clause in self.expects or any(
            fnmatch.fnmatchcase(clause, pattern) for pattern in self.also
        )


def in_process(application: Any, name: str) -> Target:
    """The target of an application; what it does not look at, signatures, is left out."""
    clock = getattr(application, "clock", None)
    advance = clock.advance if clock is not None else None
    return WSGITarget(application, name=name, signed=False, advance_clock=advance)


@dataclass(frozen=True)
class Trial:
    """What a run of the operation found; clauses are without the operation's id."""

    fault: Fault
    result: OperationResult
    violated: dict[str, Outcome]

    @property
    def missed(self) -> list[str]:
        """What should have been found and was not."""
        return [clause for clause in self.fault.expects if not self._is_found(clause)]

    @property
    def unrelated(self) -> list[str]:
        """What was found though the fault does not touch it."""
        return [clause for clause in self.violated if not self.fault.explains(clause)]

    @property
    def failed(self) -> list[str]:
        """The checks that failed themselves."""
        return [str(each.clause) for each in self.result.outcomes if each.verdict is Verdict.ERROR]

    @property
    def is_found(self) -> bool:
        return not (self.missed or self.unrelated or self.failed)

    def _is_found(self, clause: str) -> bool:
        outcome = self.violated.get(clause)
        if outcome is None:
            return False
        wanted = self.fault.observation
        return any(
            finding.clause == outcome.clause and wanted in (None, finding.observation)
            for finding in outcome.findings
        )


def tried(fault: Fault, *, seed: int = 0) -> Trial:
    """A normal run of the fault's operation, with few fuzzed requests."""
    with fault.target() as target:
        result = OperationSeries(target).judge(
            fault.contract, RunOptions(seed=seed, examples=EXAMPLES)
        )
    violated = {
        outcome.clause.id.removeprefix(f"{fault.operation}/"): outcome
        for outcome in result.outcomes
        if outcome.verdict is Verdict.VIOLATES
    }
    return Trial(fault, result, violated)
