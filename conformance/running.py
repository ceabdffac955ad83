"""A run: every selected operation is brought up on the target, then judged clause by clause."""

from __future__ import annotations

import fnmatch
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from awsconform.conformance.absence import absent, nonsense, suspicious
from awsconform.conformance.checks.registry import judge
from awsconform.conformance.evidence import Evidence, Observed, observe
from awsconform.conformance.exchange import Case, Purpose, Trouble
from awsconform.conformance.fuzzing import fuzz_valid, fuzz_violations
from awsconform.conformance.outcomes import Outcome, Verdict
from awsconform.conformance.planning.acceptance import send_made_up_names, send_valid_requests
from awsconform.conformance.planning.pages import PageWalks
from awsconform.conformance.planning.resources import Resources
from awsconform.conformance.planning.scenarios import Scenarios
from awsconform.conformance.planning.violations import send_violations
from awsconform.conformance.targets.target import Target
from awsconform.conformance.wire.classification import Reaction
from awsconform.errors import TargetUnreachable
from awsconform.generators.choices import RandomChoices
from awsconform.generators.shapes import Unsatisfiable
from awsconform.generators.violations import unprovokable
from awsconform.specs.clauses import Clause, Level, clauses
from awsconform.specs.contract import Contract
from awsconform.specs.hints import hints_of

SILENCES_BEFORE_GIVING_UP = 3
OPERATIONS_GIVEN_UP = 2
WAITING_SECONDS = 20.0
FIRST_WAIT = 0.05
LONGEST_WAIT = 2.0
DEFAULT_EXAMPLES = 20


@dataclass(frozen=True)
class RunOptions:
    """How to run: `seed` decides every drawn value, `examples` how many requests are fuzzed.

    `levels` are the levels judged; `clauses` a pattern clause ids have to fit (a part of the id,
    or a glob over all of it).
    """

    seed: int = 0
    examples: int = DEFAULT_EXAMPLES
    levels: tuple[Level, ...] = tuple(Level)
    clauses: str | None = None

    def takes(self, clause: Clause) -> bool:
        """Whether a clause is judged."""
        if clause.level not in self.levels:
            return False
        wanted = self.clauses
        return wanted is None or wanted in clause.id or fnmatch.fnmatchcase(clause.id, wanted)


@dataclass(frozen=True)
class OperationResult:
    """The outcomes of one operation and the evidence they rest on.

    `requests` counts all that was sent, set-up included; `trouble` is what kept set-up from
    succeeding, or None.
    """

    contract: Contract
    outcomes: tuple[Outcome, ...]
    evidence: Evidence
    requests: int
    trouble: str | None = None


@dataclass(frozen=True)
class Run:
    """All that came of a run; `seconds` is wall time."""

    target: str
    options: RunOptions
    results: tuple[OperationResult, ...]
    seconds: float

    @property
    def outcomes(self) -> list[Outcome]:
        """Every outcome, operation by operation."""
        return [outcome for result in self.results for outcome in result.outcomes]

    @property
    def exit_code(self) -> int:
        """0 conforms, 1 findings, 3 nothing was exercised or the suite itself failed."""
        verdicts = {outcome.verdict for outcome in self.outcomes}
        if Verdict.VIOLATES in verdicts:
            return 1
        if Verdict.ERROR in verdicts or Verdict.CONFORMS not in verdicts:
            return 3
        return 0


@dataclass(frozen=True)
class Progress:
    """Where a run is: the operation being brought up and the requests sent so far."""

    operation: str
    done: int
    operations: int
    requests: int


class _Stop(Exception):
    """Nothing more is sent to the operation; the text says why."""


class _Missing(_Stop):
    """The target does not have the operation."""


class _GivenUp(_Stop):
    """The target stopped answering."""


@dataclass
class OperationRun:
    """The session of one operation: sends, keeps evidence, moves the clock."""

    contract: Contract
    target: Target
    options: RunOptions
    judged: list[Clause]
    tolerance: int = SILENCES_BEFORE_GIVING_UP
    answered: bool = False
    tick: Callable[[int], None] = lambda requests: None
    requests: int = 0
    silences: int = 0
    waited: float = 0.0
    evidence: Evidence = field(init=False)
    choices: RandomChoices = field(init=False)

    def __post_init__(self) -> None:
        self.evidence = Evidence(self.contract)
        self.choices = RandomChoices(random.Random(f"{self.options.seed} {self.contract.id}"))
        self._selected = {clause.id for clause in self.judged}

    def selects(self, clause_id: str) -> bool:
        """Whether a clause, or any clause below a part, is judged."""
        if clause_id in self._selected:
            return True
        return "#" not in clause_id and any(each.startswith(clause_id) for each in self._selected)

    def send(self, contract: Contract, case: Case, *, keep: bool = True) -> Observed:
        """Sends one case and reads the answer; set-up is not kept as evidence."""
        exchange = self.target.send(contract, case)
        self.requests += 1
        self.tick(self.requests)
        if exchange.trouble is Trouble.UNREACHABLE and not self.answered:
            raise TargetUnreachable(
                f"nothing answers at {self.target.name}: {exchange.detail}",
                hint="start the implementation first, or correct --target",
            )
        observed = observe(contract, exchange)
        if case.intent.purpose is not Purpose.SETUP and keep:
            self.evidence.add(observed)
            self._look_for_absence(observed)
        if exchange.trouble in (Trouble.TIMEOUT, Trouble.UNREACHABLE):
            self.silences += 1
            if self.silences >= self.tolerance:
                raise _GivenUp(f"the target stopped answering: {exchange.trouble}")
        else:
            self.silences = 0
            self.answered = True
        return observed

    def _look_for_absence(self, observed: Observed) -> None:
        if observed.purpose is Purpose.PROBE:
            return
        if suspicious(self.evidence):
            self.send(*nonsense(self.contract, self.choices))
        elif observed.reaction is not Reaction.UNIMPLEMENTED:
            return
        why = absent(self.evidence)
        if why is not None:
            raise _Missing(f"the target does not have it: {why}")

    def advance(self, seconds: float) -> bool:
        """Moves the target's clock forward; False where it has none that can be moved."""
        if self.target.advance_clock is None:
            return False
        self.target.advance_clock(seconds)
        return True

    def wait(self, seconds: float) -> bool:
        """Lets time pass by the target's clock, or really and then for longer each time."""
        if self.advance(seconds):
            return True
        if self.waited >= WAITING_SECONDS:
            return False
        pause = min(LONGEST_WAIT, max(FIRST_WAIT, self.waited))
        time.sleep(pause)
        self.waited += pause
        return True

    def bring_up(self) -> tuple[str | None, str | None]:
        """Sends everything; gives what kept set-up from succeeding, and why sending stopped."""
        resources = Resources(self, self.contract, hints_of(self.contract.service))
        stopped: str | None = None
        try:
            self._scripts(resources)
        except _Stop as stop:
            stopped = str(stop)
        except Unsatisfiable as unsatisfiable:
            stopped = unsatisfiable.message
        try:
            resources.clean_up()
        except _Stop as stop:
            stopped = stopped or str(stop)
        return resources.trouble, stopped

    def _scripts(self, resources: Resources) -> None:
        """Reads and walks first, then what is accepted, then violations, the clock last."""
        walks = PageWalks(self, self.contract, resources) if self.contract.pagination else None
        scenarios = Scenarios(self, self.contract, resources)
        send_valid_requests(self, self.contract, resources)
        if walks:
            walks.send()
        send_made_up_names(self, self.contract, resources)
        scenarios.send()
        seed, examples = self.options.seed, self.options.examples
        fuzz_valid(self, self.contract, resources, seed=seed, examples=examples)
        send_violations(self, self.contract, resources)
        fuzz_violations(self, self.contract, resources, seed=seed, examples=examples)
        scenarios.send_moving_the_clock()
        if walks:
            walks.send_expired_token()


def judged_clauses(contract: Contract, options: RunOptions) -> list[Clause]:
    """The clauses of a contract a run judges, with why some cannot be brought up by any client."""
    reasons = dict(unprovokable(contract))
    for token in contract.pagination.input_token if contract.pagination else ():
        for kind in ("minLength", "maxLength"):
            reasons[f"{contract.id}/request/{token}#{kind}.accepted"] = (
                "tokens are made by the target"
            )
    return [
        replace(clause, apart=reasons.get(clause.id, clause.apart))
        for clause in clauses(contract)
        if options.takes(clause)
    ]


def run_operation(
    contract: Contract,
    target: Target,
    options: RunOptions,
    *,
    tolerance: int = SILENCES_BEFORE_GIVING_UP,
    answered: bool = False,
    tick: Callable[[int], None] = lambda requests: None,
) -> OperationResult:
    """Brings one operation up on a target and judges its clauses.

    Raises:
        TargetUnreachable: nothing answered at all, unless something had `answered` before.
    """
    judged = judged_clauses(contract, options)
    session = OperationRun(
        contract, target, options, judged, tolerance=tolerance, answered=answered, tick=tick
    )
    trouble, stopped = session.bring_up()
    outcomes = [judge(clause, session.evidence) for clause in judged]
    why = absent(session.evidence)
    if why is not None:
        outcomes = [Outcome(clause, Verdict.UNIMPLEMENTED, why) for clause in judged]
    elif stopped is not None:
        outcomes = [_with_reason(outcome, stopped) for outcome in outcomes]
    return OperationResult(
        contract, tuple(outcomes), session.evidence, session.requests, trouble or stopped
    )


def run(
    contracts: Sequence[Contract],
    target: Target,
    options: RunOptions,
    *,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Run:
    """Runs all operations one after the other.

    Raises:
        TargetUnreachable: nothing answered at all.
    """
    began = time.monotonic()
    results: list[OperationResult] = []
    given_up = sent = 0
    for number, contract in enumerate(contracts):
        if given_up >= OPERATIONS_GIVEN_UP:
            results.append(_skipped(contract, options))
            continue

        def tick(requests: int, contract: Contract = contract, number: int = number) -> None:
            progress(Progress(contract.id, number, len(contracts), sent + requests))

        tolerance = 1 if given_up else SILENCES_BEFORE_GIVING_UP
        answered = any(result.requests for result in results)
        result = run_operation(
            contract, target, options, tolerance=tolerance, answered=answered, tick=tick
        )
        sent += result.requests
        last = result.evidence.observed[-1] if result.evidence.observed else None
        given_up += last is not None and last.exchange.trouble in (
            Trouble.TIMEOUT,
            Trouble.UNREACHABLE,
        )
        results.append(result)
    return Run(target.name, options, tuple(results), time.monotonic() - began)


def _with_reason(outcome: Outcome, stopped: str) -> Outcome:
    if outcome.verdict is Verdict.UNEXERCISED and not outcome.clause.apart:
        return replace(outcome, reason=stopped)
    return outcome


def _skipped(contract: Contract, options: RunOptions) -> OperationResult:
    reason = "the target stopped answering at an earlier operation"
    outcomes = tuple(
        Outcome(clause, Verdict.UNEXERCISED, reason) for clause in judged_clauses(contract, options)
    )
    return OperationResult(contract, outcomes, Evidence(contract), 0, reason)
