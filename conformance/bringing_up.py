"""Bringing one operation up on a target: everything that is sent to it, in order."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from awsconform.conformance.absence import Probes, contrary, gone, worth_asking
from awsconform.conformance.budget import remove
from awsconform.conformance.checks.reading import READS
from awsconform.conformance.course import CLOCK
from awsconform.conformance.echoes import Echoes
from awsconform.conformance.evidence import Evidence, Observed, observe
from awsconform.conformance.exchange import Case, Purpose, Trouble
from awsconform.conformance.fuzzing import fuzz_valid, fuzz_violations
from awsconform.conformance.misrouting import look, looks
from awsconform.conformance.needing import Needs
from awsconform.conformance.planning.acceptance import send_made_up_names, send_valid_requests
from awsconform.conformance.planning.deleting import send_deletion
from awsconform.conformance.planning.guarding import Guard, Poison
from awsconform.conformance.planning.liveness import send_once_more
from awsconform.conformance.planning.pages import PageWalks
from awsconform.conformance.planning.scenarios import Scenarios
from awsconform.conformance.planning.session import Stop
from awsconform.conformance.planning.violations import send_violations
from awsconform.conformance.state.knowledge import Knowledge
from awsconform.conformance.state.pool import Pool
from awsconform.conformance.state.resources import Resources
from awsconform.conformance.targets.target import Target
from awsconform.conformance.wire.classification import Reaction
from awsconform.conformance.wire.secrets import Secrets
from awsconform.errors import AwsconformError, TargetUnreachable
from awsconform.generators.choices import RandomChoices
from awsconform.generators.shapes import Unsatisfiable
from awsconform.specs.clauses import OF_STATE, Clause, clauses
from awsconform.specs.contract import Contract
from awsconform.specs.effects import only_reads

SILENCES_BEFORE_GIVING_UP = 3
WAITING_SECONDS = 20.0
FIRST_WAIT = 0.05
LONGEST_WAIT = 2.0
# How long things are removed after an interruption; the next one ends that at once.
HURRY_SECONDS = 10.0


class _Missing(Stop):
    """The target does not have the operation."""


class _GivenUp(Stop):
    """The target stopped answering."""


@dataclass
class OperationRun:
    """The session of one operation: sends, keeps evidence, moves the clock.

    `pool` are the live values of the series the run is part of, `poisoned` the reads that earlier
    operations broke. With `only`, nothing is sent for other clauses than those; `attempt` tells
    runs of one seed apart that must not use the same names twice. What could not be removed from
    the target is added to `left`, and to `secrets` those of the headers that were sent and came
    back.
    """

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
    probes: Probes = field(default_factory=Probes)
    knowledge: Knowledge = field(default_factory=Knowledge)
    pool: Pool | None = None
    poisoned: dict[str, Poison] = field(default_factory=dict)
    only: frozenset[str] | None = None
    attempt: int = 0
    disturbances: int = 0
    echoes: Echoes = field(default_factory=Echoes)
    left: list[str] = field(default_factory=list)
    secrets: Secrets = field(default_factory=Secrets, repr=False)
    evidence: Evidence = field(init=False)
    choices: RandomChoices = field(init=False)

    def __post_init__(self) -> None:
        self.evidence = Evidence(self.contract, echoes=self.echoes)
        again = f" again {self.attempt}" if self.attempt else ""
        self.choices = RandomChoices(random.Random(f"{self.seed} {self.contract.id}{again}"))
        self._pool = self.pool or Pool.of(self.target)
        self.resources = Resources(self, self.contract, self.knowledge, self._pool)
        self.needs = Needs(self._pool.knows)
        self._ends: float | None = None
        self._clock = 0.0
        self._probed = False
        self._looked = False
        self._generation = self._target_generation()
        self._selected = self.only or frozenset(clause.id for clause in self.judged)
        # What answers show of these is seen in every exchange, whatever it was sent for.
        if self.only is None and any(
            clause.part != "request" or clause.kind in OF_STATE for clause in self.judged
        ):
            self._selected = frozenset(clause.id for clause in clauses(self.contract))
        self.guard = Guard(self, self.contract, self.resources, self.poisoned)

    def selects(self, clause_id: str) -> bool:
        """Whether a clause, or any clause below a part, is judged, or rests on all exchanges."""
        if clause_id in self._selected:
            return True
        return "#" not in clause_id and any(each.startswith(clause_id) for each in self._selected)

    def spares(self, clause_id: str) -> bool:
        """Whether requests that break a clause are known to break what others rest on."""
        return clause_id in self.guard.harmful

    def send(self, contract: Contract, case: Case, *, keep: bool = True) -> Observed:
        """Sends one case and reads the answer; set-up is not kept as evidence."""
        if self._ends is not None and time.monotonic() >= self._ends:
            raise Stop("the time for clean-up was over")
        if self._clock:
            # Whoever sends it again has to let as much time pass.
            case.intent.facts.setdefault(CLOCK, self._clock)
        exchange = self.target.send(contract, case)
        self.secrets.learn(exchange)
        self.requests += 1
        self.tick(self.requests)
        if exchange.trouble is Trouble.UNREACHABLE and not self.answered:
            raise TargetUnreachable(
                f"nothing answers at {self.target.name}: {exchange.detail}",
                hint="start the implementation first, or correct --target",
            )
        observed = observe(contract, exchange)
        self.needs.note(observed)
        self.resources.learn(observed)
        self._note_state(observed)
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
        if self._ends is None:
            self.guard.after(observed)
        return observed

    def _note_state(self, observed: Observed) -> None:
        """Notes what may have changed, and what is certainly gone: all, after a crash."""
        if not _is_harmless(observed):
            self.disturbances += 1
        if self._target_generation() != self._generation:
            self._generation = self._target_generation()
            self.disturbances += 1
            self.resources.forget()
            self.guard.forget()

    def _target_generation(self) -> int:
        return int(getattr(self.target, "generation", 0))

    def restart(self) -> bool:
        """Brings back an empty target; False where nobody can."""
        restart = getattr(self.target, "restart", None)
        if restart is None:
            return False
        try:
            restart()
        except AwsconformError:
            return False
        self._generation = self._target_generation()
        self.disturbances += 1
        self.resources.forget()
        self.guard.forget()
        return True

    def _look_for_absence(self, observed: Observed) -> None:
        """Asks for an operation that cannot exist, once; stops where this one is not there."""
        if observed.purpose is Purpose.PROBE:
            return
        own = observed.contract.id == self.contract.id
        if not self._probed and own and worth_asking(observed):
            self._probed = True
            answer = self.probes.ask(observed, self.seed, self._ask)
            if answer is not None:
                self.evidence.add(answer)
        if not self._looked and own:
            requests = looks(observed, self.seed)
            self._looked = bool(requests)
            look(self.send, requests, self.evidence, self.resources.left)
        why = gone(self.evidence)
        if why is not None and observed.reaction is not Reaction.UNIMPLEMENTED:
            for case in contrary(self.contract):
                self.send(self.contract, case)
            why = gone(self.evidence)
        if why is not None:
            raise _Missing(f"the target does not have it: {why}")

    def _ask(self, contract: Contract, case: Case) -> Observed:
        return self.send(contract, case, keep=False)

    def advance(self, seconds: float) -> bool:
        """Moves the target's clock forward; False where it has none that can be moved."""
        if self.target.advance_clock is None:
            return False
        self.target.advance_clock(seconds)
        self._clock += seconds
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
        self._clock += pause
        return True

    def bring_up(self) -> tuple[str | None, str | None]:
        """Sends everything; gives what kept set-up from succeeding, and why sending stopped."""
        return self.play(self._scripts())

    def play(self, scripts: Iterable[Callable[[], None]]) -> tuple[str | None, str | None]:
        """Plays scripts, then cleans up; gives what kept set-up back, and why sending stopped."""
        try:
            stopped = self._played(scripts)
            stopped = remove(self.resources, self.target, self.left) or stopped
        except BaseException:
            # Interrupted, or a bug: what was made is removed if that takes no time.
            self._hurry()
            raise
        return self.resources.trouble, stopped

    def _played(self, scripts: Iterable[Callable[[], None]]) -> str | None:
        try:
            for script in scripts:
                try:
                    script()
                except Unsatisfiable as unsatisfiable:
                    self.resources.note(unsatisfiable.message)
                self.guard.check()
        except Stop as stop:
            self.given_up = isinstance(stop, _GivenUp)
            return str(stop)
        return None

    def _hurry(self) -> None:
        self.tick = lambda requests: None
        self.tolerance = 1
        self._ends = time.monotonic() + HURRY_SECONDS
        with contextlib.suppress(Exception):
            remove(self.resources, self.target, self.left)

    def _scripts(self) -> Iterator[Callable[[], None]]:
        """Reads and walks first, then what is accepted, then violations, the clock last.

        What has to be rejected may break what comes after it, so all that is to be seen of an
        undisturbed target is seen before; afterwards it is asked whether it still lives.
        """
        contract, resources = self.contract, self.resources
        seed, examples = self.seed, self.examples
        walks = PageWalks(self, contract, resources) if contract.pagination else None
        scenarios = Scenarios(self, contract, resources)
        if walks and only_reads(contract):
            yield walks.send
        yield lambda: send_valid_requests(self, contract, resources)
        if walks and not only_reads(contract):
            yield walks.send
        yield lambda: send_made_up_names(self, contract, resources)
        yield scenarios.send
        yield lambda: send_deletion(self, contract, resources)
        yield lambda: fuzz_valid(self, contract, resources, seed=seed, examples=examples)
        yield self.guard.resume
        yield lambda: send_violations(self, contract, resources)
        yield lambda: fuzz_violations(self, contract, resources, seed=seed, examples=examples)
        yield lambda: send_once_more(self, contract, resources)
        yield scenarios.send_moving_the_clock
        if walks:
            yield walks.send_expired_token


def _is_harmless(observed: Observed) -> bool:
    """Whether a request has changed nothing: a rejected one, or a read made to look at things."""
    if observed.reaction in (Reaction.REJECTED, Reaction.CLIENT_REFUSED):
        return True
    looks = observed.exchange.case.intent.group == READS or observed.purpose is Purpose.SETUP
    return looks and only_reads(observed.contract)
