"""Operations judged one after the other on one target, and what each leaves to the next ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import InitVar, dataclass, field, replace
from typing import TYPE_CHECKING

from awsconform.conformance.absence import Probes, absent, present_after_all
from awsconform.conformance.bringing_up import SILENCES_BEFORE_GIVING_UP, OperationRun
from awsconform.conformance.checks.registry import judge
from awsconform.conformance.confirming import confirmed, has_findings
from awsconform.conformance.coursing import Coursing
from awsconform.conformance.echoes import Echoes
from awsconform.conformance.evidence import Evidence
from awsconform.conformance.known import NOTHING, Known
from awsconform.conformance.once_a_service import OnceAService
from awsconform.conformance.outcomes import Outcome, Verdict
from awsconform.conformance.planning.guarding import Poison
from awsconform.conformance.planning.reach import out_of_reach
from awsconform.conformance.poisoning import excused
from awsconform.conformance.results import Judgement
from awsconform.conformance.selecting import judged_clauses
from awsconform.conformance.state.knowledge import Knowledge
from awsconform.conformance.state.pool import Pool
from awsconform.conformance.targets.target import Target
from awsconform.conformance.watching import NOBODY, Watcher
from awsconform.conformance.wire.secrets import Secrets
from awsconform.errors import AwsconformError
from awsconform.specs.clauses import Clause
from awsconform.specs.contract import Contract

if TYPE_CHECKING:
    from awsconform.conformance.running import RunOptions

OPERATIONS_GIVEN_UP = 2
SILENT = "the target stopped answering at an earlier operation"


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
    secrets: Secrets = field(default_factory=Secrets, repr=False)
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
        for contract, case in before.wrong:
            self._echoes.learn(contract, case)
        self._echoes.news()

    def _known(self) -> Known:
        """What the operations so far have shown that later ones are judged by."""
        shown, poisoned = dict(self._once.shown), dict(self._poisoned)
        return Known(self._given_up, shown, poisoned, self._echoes.news())

    def judge(
        self,
        contract: Contract,
        options: RunOptions,
        *,
        tick: Callable[[int], None] = lambda requests: None,
    ) -> Judgement:
        """Brings one operation up and judges its clauses; `tick` is told the requests sent.

        Raises:
            TargetUnreachable: nothing has answered at all.
        """
        began = time.monotonic()
        self.watcher.began(contract)
        judgement = self._without_secrets(self._judgement(contract, options, tick))
        judgement = replace(judgement, seconds=time.monotonic() - began)
        self.watcher.ended(judgement.result, self._known())
        return judgement

    def _judgement(
        self, contract: Contract, options: RunOptions, tick: Callable[[int], None]
    ) -> Judgement:
        judged = judged_clauses(contract, options)
        unreached = out_of_reach(contract)
        if unreached is not None:
            outcomes = [Outcome(clause, Verdict.UNEXERCISED, unreached) for clause in judged]
            return Judgement.of(outcomes, Evidence(contract))
        if self._given_up >= OPERATIONS_GIVEN_UP:
            outcomes = [Outcome(clause, Verdict.UNEXERCISED, SILENT) for clause in judged]
            return Judgement.of(outcomes, Evidence(contract), trouble=SILENT)
        poisoned = dict(self._poisoned)
        session: OperationRun | None = None
        left: list[str] = []
        try:
            session = self._session(contract, judged, options, tick, left)
            trouble, stopped = session.bring_up()
            outcomes, absence = self._judged(session, judged, stopped, poisoned)
        except AwsconformError:
            raise
        except Exception as error:  # a bug of the suite must not lose the other operations
            broken = f"bringing it up failed: {_named(error)}"
            failed = [Outcome(clause, Verdict.ERROR, broken) for clause in judged]
            evidence = session.evidence if session else Evidence(contract)
            requests = session.requests if session else 0
            return Judgement.of(failed, evidence, requests, broken, tuple(left))
        requests, untried = session.requests, None
        if absence is None and stopped is None:
            outcomes, more, untried = self._tried_again(
                contract, outcomes, options, requests, tick, left
            )
            requests += more
        kept = [session.needs.told(each) for each in self._once.kept(contract, outcomes)]
        outcomes = Coursing(session.evidence, session.needs).told(kept)
        told = "; ".join(each for each in (trouble or stopped, untried) if each)
        return Judgement.of(outcomes, session.evidence, requests, told or None, tuple(left))

    def _without_secrets(self, judgement: Judgement) -> Judgement:
        """What is told in words of a judgement may repeat an answer."""
        cleaned = self.secrets.value
        return replace(
            judgement,
            outcomes=tuple(replace(o, reason=cleaned(o.reason)) for o in judgement.outcomes),
            trouble=cleaned(judgement.trouble),
            left=tuple(map(cleaned, judgement.left)),
        )

    def _judged(
        self,
        session: OperationRun,
        judged: Sequence[Clause],
        stopped: str | None,
        poisoned: dict[str, Poison],
    ) -> tuple[list[Outcome], str | None]:
        """The outcomes of what a session saw, and why the operation counts as absent, if it does.

        `stopped` is why sending stopped, `poisoned` the reads that were broken before.
        """
        self._given_up += session.given_up
        self._answered = self._answered or session.answered
        session.evidence.reconsider(present_after_all)
        why = absent(session.evidence)
        if why is not None:
            return [Outcome(clause, Verdict.UNIMPLEMENTED, why) for clause in judged], why
        outcomes = [judge(clause, session.evidence) for clause in judged]
        if stopped is not None:
            return [_with_reason(outcome, stopped) for outcome in outcomes], None
        return excused(session.contract, outcomes, session.evidence, poisoned), None

    def _session(
        self,
        contract: Contract,
        judged: list[Clause],
        options: RunOptions,
        tick: Callable[[int], None],
        left: list[str],
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
            left=left,
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
        left: list[str],
    ) -> tuple[list[Outcome], int, str | None]:
        """The outcomes with flaky findings marked, the requests that took, and what kept it back.

        Findings that cannot be tried again stay as they are.
        """
        if not has_findings(outcomes):
            return outcomes, 0, None
        judged = [outcome.clause for outcome in outcomes]
        started: list[OperationRun] = []

        def start(only: frozenset[str], attempt: int) -> OperationRun:
            run = self._session(
                contract,
                judged,
                options,
                lambda requests: tick(sent + requests),
                left,
                only=only,
                attempt=attempt,
            )
            started.append(run)
            return run

        try:
            outcomes, untried = confirmed(outcomes, start), None
        except Exception as error:  # what was found must not be lost by what was to confirm it
            untried = f"its findings could not be tried again: {_named(error)}"
        return outcomes, sum(run.requests for run in started), untried


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _with_reason(outcome: Outcome, stopped: str) -> Outcome:
    if outcome.verdict is Verdict.UNEXERCISED and not outcome.clause.apart:
        return replace(outcome, reason=stopped)
    return outcome
