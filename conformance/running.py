"""A run: every selected operation is brought up on the target, then judged clause by clause."""

from __future__ import annotations

import fnmatch
import time
from collections.abc import Callable, Sequence
from dataclasses import InitVar, dataclass, field, replace

from awsconform.conformance.absence import Probes, absent, present_after_all
from awsconform.conformance.bringing_up import SILENCES_BEFORE_GIVING_UP, OperationRun
from awsconform.conformance.checks.registry import judge
from awsconform.conformance.confirming import confirmed, has_findings
from awsconform.conformance.echoes import Echoes
from awsconform.conformance.evidence import Evidence
from awsconform.conformance.known import BEGINNING, NOTHING, Earlier, Known
from awsconform.conformance.once_a_service import OnceAService
from awsconform.conformance.ordering import in_order
from awsconform.conformance.outcomes import Outcome, Verdict, exit_code
from awsconform.conformance.planning.guarding import Poison
from awsconform.conformance.planning.reach import out_of_reach
from awsconform.conformance.poisoning import excused
from awsconform.conformance.selecting import judged_clauses
from awsconform.conformance.state.knowledge import Knowledge
from awsconform.conformance.state.pool import Pool
from awsconform.conformance.targets.target import Target
from awsconform.conformance.watching import NOBODY, Watcher
from awsconform.errors import AwsconformError
from awsconform.specs.clauses import Clause, Level
from awsconform.specs.contract import Contract

OPERATIONS_GIVEN_UP = 2
SILENT = "the target stopped answering at an earlier operation"
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
    succeeding, or None; `seconds` is wall time.
    """

    contract: Contract
    outcomes: tuple[Outcome, ...]
    evidence: Evidence
    requests: int
    trouble: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Run:
    """All that came of a run; `seconds` is wall time, `secrets` must not be told."""

    target: str
    options: RunOptions
    results: tuple[OperationResult, ...]
    seconds: float
    secrets: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def outcomes(self) -> list[Outcome]:
        """Every outcome, operation by operation."""
        return [outcome for result in self.results for outcome in result.outcomes]

    @property
    def exit_code(self) -> int:
        """0 conforms, 1 findings, 3 nothing was exercised or the suite itself failed."""
        return exit_code(outcome.verdict for outcome in self.outcomes)


@dataclass(frozen=True)
class Progress:
    """Where a run is: the operation being brought up and the requests sent so far."""

    operation: str
    done: int
    operations: int
    requests: int


@dataclass
class OperationSeries:
    """Operations judged one after the other on one target.

    A target that stops answering is not waited for at every operation: after the first one given
    up a single silence is enough, after the second nothing more is sent. What one operation breaks
    for good is remembered, and held against no other. `before` is what a series had learnt that
    this one goes on with; the `watcher` is told of each operation.
    """

    target: Target
    knowledge: Knowledge = field(default_factory=Knowledge)
    watcher: Watcher = NOBODY
    before: InitVar[Known] = NOTHING
    pool: Pool = field(init=False)
    secrets: set[str] = field(default_factory=set, repr=False)
    _given_up: int = 0
    _answered: bool = False
    _probes: Probes = field(default_factory=Probes)
    _echoes: Echoes = field(default_factory=Echoes)
    _once: OnceAService = field(default_factory=OnceAService)
    _poisoned: dict[str, Poison] = field(default_factory=dict)

    def __post_init__(self, before: Known) -> None:
        self.pool = Pool.of(self.target)
        self._given_up = before.given_up
        self._once.shown.update(before.shown)
        self._poisoned.update(before.poisoned)
        for case in before.wrong:
            self._echoes.learn(case)

    @property
    def known(self) -> Known:
        """What the operations so far have shown that later ones are judged by."""
        shown, poisoned = dict(self._once.shown), dict(self._poisoned)
        return Known(self._given_up, shown, poisoned, self._echoes.learnt)

    def judge(
        self,
        contract: Contract,
        options: RunOptions,
        *,
        tick: Callable[[int], None] = lambda requests: None,
    ) -> OperationResult:
        """Brings one operation up and judges its clauses; `tick` is told the requests sent.

        Raises:
            TargetUnreachable: nothing has answered at all.
        """
        began = time.monotonic()
        self.watcher.began(contract)
        judged = self._judged(contract, options, tick)
        result = replace(judged, seconds=time.monotonic() - began)
        self.watcher.ended(result, self.known)
        return result

    def _judged(
        self, contract: Contract, options: RunOptions, tick: Callable[[int], None]
    ) -> OperationResult:
        judged = judged_clauses(contract, options)
        unreached = out_of_reach(contract)
        if unreached is not None:
            outcomes = [Outcome(clause, Verdict.UNEXERCISED, unreached) for clause in judged]
            return OperationResult(contract, tuple(outcomes), Evidence(contract), 0)
        if self._given_up >= OPERATIONS_GIVEN_UP:
            outcomes = [Outcome(clause, Verdict.UNEXERCISED, SILENT) for clause in judged]
            return OperationResult(contract, tuple(outcomes), Evidence(contract), 0, SILENT)
        poisoned = dict(self._poisoned)
        session = self._session(contract, judged, options, tick)
        try:
            trouble, stopped = session.bring_up()
        except AwsconformError:
            raise
        except Exception as error:  # a bug of the suite must not lose the other operations
            broken = f"bringing it up failed: {type(error).__name__}: {error}"
            failed = tuple(Outcome(clause, Verdict.ERROR, broken) for clause in judged)
            return OperationResult(contract, failed, session.evidence, session.requests, broken)
        self._given_up += session.given_up
        self._answered = self._answered or session.answered
        session.evidence.reconsider(present_after_all)
        outcomes = [judge(clause, session.evidence) for clause in judged]
        requests = session.requests
        why = absent(session.evidence)
        if why is not None:
            outcomes = [Outcome(clause, Verdict.UNIMPLEMENTED, why) for clause in judged]
        elif stopped is not None:
            outcomes = [_with_reason(outcome, stopped) for outcome in outcomes]
        else:
            outcomes = excused(contract, outcomes, session.evidence, poisoned)
            outcomes, more = self._tried_again(contract, outcomes, options, requests, tick)
            requests += more
        outcomes = [session.needs.told(each) for each in self._once.kept(contract, outcomes)]
        return OperationResult(
            contract, tuple(outcomes), session.evidence, requests, trouble or stopped
        )

    def _session(
        self,
        contract: Contract,
        judged: list[Clause],
        options: RunOptions,
        tick: Callable[[int], None],
        *,
        only: frozenset[str] | None = None,
        attempt: int = 0,
    ) -> OperationRun:
        return OperationRun(
            contract,
            self.target,
            judged,
            options.seed,
            options.examples,
            tolerance=1 if self._given_up else SILENCES_BEFORE_GIVING_UP,
            answered=self._answered,
            tick=tick,
            probes=self._probes,
            knowledge=self.knowledge,
            pool=self.pool,
            echoes=self._echoes,
            secrets=self.secrets,
            poisoned=self._poisoned,
            only=only,
            attempt=attempt,
        )

    def _tried_again(
        self,
        contract: Contract,
        outcomes: list[Outcome],
        options: RunOptions,
        sent: int,
        tick: Callable[[int], None],
    ) -> tuple[list[Outcome], int]:
        """The outcomes with flaky findings marked, and the requests that took."""
        if not has_findings(outcomes):
            return outcomes, 0
        judged = [outcome.clause for outcome in outcomes]

        def start(only: frozenset[str], attempt: int) -> OperationRun:
            return self._session(
                contract,
                judged,
                options,
                lambda requests: tick(sent + requests),
                only=only,
                attempt=attempt,
            )

        return confirmed(outcomes, start)


def run_operation(contract: Contract, target: Target, options: RunOptions) -> OperationResult:
    """Brings one operation up on a target, by itself, and judges its clauses.

    Raises:
        TargetUnreachable: nothing answered.
    """
    return OperationSeries(target).judge(contract, options)


def run(
    contracts: Sequence[Contract],
    target: Target,
    options: RunOptions,
    *,
    knowledge: Knowledge | None = None,
    progress: Callable[[Progress], None] = lambda progress: None,
    watcher: Watcher = NOBODY,
    earlier: Earlier = BEGINNING,
) -> Run:
    """Runs all operations one after the other, those that read first; gives them as they came.

    Those that an `earlier` part of the run was done with are left out.

    Raises:
        TargetUnreachable: nothing answered at all.
    """
    began = time.monotonic()
    series = OperationSeries(target, knowledge or Knowledge(), watcher, earlier.known)
    results: dict[int, OperationResult] = {}
    for number, place in enumerate(in_order(contracts)):
        contract = contracts[place]
        if contract.id in earlier.operations:
            continue
        sent = sum(result.requests for result in results.values())
        before = Progress(contract.id, number, len(contracts), sent)

        def tick(requests: int, before: Progress = before) -> None:
            progress(replace(before, requests=before.requests + requests))

        results[place] = series.judge(contract, options, tick=tick)
    given = tuple(results[place] for place in sorted(results))
    return Run(target.name, options, given, time.monotonic() - began, frozenset(series.secrets))


def _with_reason(outcome: Outcome, stopped: str) -> Outcome:
    if outcome.verdict is Verdict.UNEXERCISED and not outcome.clause.apart:
        return replace(outcome, reason=stopped)
    return outcome
