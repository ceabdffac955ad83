"""Bringing one operation up on a target: everything that is sent to it, in order."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from awsconform.conformance.absence import absent, doubtful, nonsense, suspicious
from awsconform.conformance.evidence import Evidence, Observed, observe
from awsconform.conformance.exchange import Case, Purpose, Trouble
from awsconform.conformance.fuzzing import fuzz_valid, fuzz_violations
from awsconform.conformance.planning.acceptance import send_made_up_names, send_valid_requests
from awsconform.conformance.planning.pages import PageWalks
from awsconform.conformance.planning.resources import Resources
from awsconform.conformance.planning.scenarios import Scenarios
from awsconform.conformance.planning.session import Stop
from awsconform.conformance.planning.violations import send_violations
from awsconform.conformance.targets.target import Target
from awsconform.conformance.wire.classification import Reaction
from awsconform.errors import TargetUnreachable
from awsconform.generators.choices import RandomChoices
from awsconform.generators.shapes import Unsatisfiable
from awsconform.specs.clauses import Clause
from awsconform.specs.contract import Contract
from awsconform.specs.hints import hints_of

SILENCES_BEFORE_GIVING_UP = 3
WAITING_SECONDS = 20.0
FIRST_WAIT = 0.05
LONGEST_WAIT = 2.0


class _Missing(Stop):
    """The target does not have the operation."""


class _GivenUp(Stop):
    """The target stopped answering."""


@dataclass
class OperationRun:
    """The session of one operation: sends, keeps evidence, moves the clock."""

    contract: Contract
    target: Target
    judged: list[Clause]
    seed: int
    examples: int
    tolerance: int = SILENCES_BEFORE_GIVING_UP
    answered: bool = False
    given_up: bool = False
    tick: Callable[[int], None] = lambda requests: None
    requests: int = 0
    silences: int = 0
    waited: float = 0.0
    evidence: Evidence = field(init=False)
    choices: RandomChoices = field(init=False)

    def __post_init__(self) -> None:
        self.evidence = Evidence(self.contract)
        self.choices = RandomChoices(random.Random(f"{self.seed} {self.contract.id}"))
        self._selected = {clause.id for clause in self.judged}
        # What answers show of these is seen in every exchange, whatever it was sent for.
        self._everything = any(clause.part != "request" for clause in self.judged)

    def selects(self, clause_id: str) -> bool:
        """Whether a clause, or any clause below a part, is judged, or rests on all exchanges."""
        if self._everything or clause_id in self._selected:
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
        silent = exchange.trouble in (Trouble.TIMEOUT, Trouble.UNREACHABLE)
        if case.intent.purpose is not Purpose.SETUP and (keep or silent):
            self.evidence.add(observed)
            self._look_for_absence(observed)
        if silent:
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
        elif observed.reaction is not Reaction.UNIMPLEMENTED or doubtful(self.evidence):
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
        except Stop as stop:
            stopped = str(stop)
            self.given_up = isinstance(stop, _GivenUp)
        try:
            resources.clean_up()
        except Stop as stop:
            stopped = stopped or str(stop)
        return resources.trouble, stopped

    def _scripts(self, resources: Resources) -> None:
        """Reads and walks first, then what is accepted, then violations, the clock last."""
        contract, seed, examples = self.contract, self.seed, self.examples
        walks = PageWalks(self, contract, resources) if contract.pagination else None
        scenarios = Scenarios(self, contract, resources)
        scripts: tuple[Callable[[], None], ...] = (
            lambda: send_valid_requests(self, contract, resources),
            walks.send if walks else _nothing,
            lambda: send_made_up_names(self, contract, resources),
            scenarios.send,
            lambda: fuzz_valid(self, contract, resources, seed=seed, examples=examples),
            lambda: send_violations(self, contract, resources),
            lambda: fuzz_violations(self, contract, resources, seed=seed, examples=examples),
            scenarios.send_moving_the_clock,
            walks.send_expired_token if walks else _nothing,
        )
        for script in scripts:
            try:
                script()
            except Unsatisfiable as unsatisfiable:
                resources.trouble = unsatisfiable.message


def _nothing() -> None:
    """The script of an operation without pages."""
