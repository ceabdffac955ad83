"""One finding replayed: its course is played, and its own check says what comes of it now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from awsconform.conformance.absence import absent, present_after_all
from awsconform.conformance.checks.registry import judge
from awsconform.conformance.evidence import Observed
from awsconform.conformance.outcomes import Finding, Outcome, Verdict
from awsconform.conformance.replaying.chosen import Chosen
from awsconform.conformance.replaying.playing import Playing, ReplayRun, SetupFailed
from awsconform.conformance.replaying.restoring import course_in
from awsconform.conformance.replaying.sendable import NotReplayable
from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.running import RunOptions
from awsconform.conformance.selecting import judged_clauses
from awsconform.conformance.state.knowledge import Knowledge
from awsconform.conformance.targets.target import Target
from awsconform.conformance.wire.secrets import Secrets
from awsconform.errors import TargetUnreachable
from awsconform.specs.clauses import Clause
from awsconform.specs.contract import Contract


class Result(StrEnum):
    """What a replay says of a finding."""

    FIXED = "fixed"
    STILL_FAILING = "still failing"
    DIFFERENT = "different"
    NOT_JUDGED = "could not judge"


@dataclass(frozen=True)
class Replayed:
    """What came of a finding: `findings` are those of its clause now, `sent` all that was sent.

    `reason` says why it could not be judged, or what came otherwise; `left` are the things that
    could not be removed again.
    """

    chosen: Chosen
    result: Result
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    sent: tuple[Observed, ...] = ()
    left: tuple[str, ...] = ()


@dataclass
class Replays:
    """The replays of some findings of one report on one target.

    `endpoint` is where the report's requests went; `secrets` are those of what was sent and came
    back now, which must not be told.
    """

    target: Target
    endpoint: Endpoint
    knowledge: Knowledge = field(default_factory=Knowledge)
    secrets: Secrets = field(default_factory=Secrets, repr=False)
    _unreachable: str | None = None
    _answered: bool = False
    _earlier: dict[str, Observed] = field(default_factory=dict)

    def of(self, findings: Iterable[Chosen]) -> Iterator[Replayed]:
        """Replays them one after the other, each with what it needs made anew."""
        for chosen in findings:
            yield self.one(chosen)

    def one(self, chosen: Chosen) -> Replayed:
        """Replays one finding."""
        if self._unreachable is not None:
            return Replayed(chosen, Result.NOT_JUDGED, self._unreachable)
        clause = _clause(chosen)
        if clause is None:
            why = "the contract that is known here has no such clause"
            return Replayed(chosen, Result.NOT_JUDGED, why)
        left: list[str] = []
        run = self._session(chosen.contract, clause, left)
        try:
            playing = self._playing(run, chosen)
        except NotReplayable as unsendable:
            return Replayed(chosen, Result.NOT_JUDGED, str(unsendable))
        failed: list[str] = []

        def script() -> None:
            try:
                playing.play()
            except (SetupFailed, NotReplayable) as kept_back:
                failed.append(str(kept_back))

        try:
            _, stopped = run.play([script])
        except TargetUnreachable as unreachable:
            self._unreachable = unreachable.message
            return Replayed(chosen, Result.NOT_JUDGED, unreachable.message)
        self._answered = self._answered or run.answered
        judged = _judged(chosen, clause, run, next(iter([*failed, stopped]), None))
        if left or clause.kind == "keeps-reads":
            # What is broken or left there would be in the way of what is replayed next.
            run.restart()
        return replace(judged, sent=tuple(playing.sent), left=tuple(left))

    def _session(self, contract: Contract, clause: Clause, left: list[str]) -> ReplayRun:
        return ReplayRun(
            contract,
            self.target,
            [clause],
            seed=0,
            examples=0,
            answered=self._answered,
            knowledge=self.knowledge,
            secrets=self.secrets,
            left=left,
            # Nothing is to be sent of its own accord.
            only=frozenset(("",)),
        )

    def _playing(self, run: ReplayRun, chosen: Chosen) -> Playing:
        options = getattr(self.target, "options", None)
        added = frozenset(name.lower() for name, _ in options.headers) if options else frozenset()
        course = course_in(chosen.operation, chosen.finding)
        return Playing(run, chosen.contract, course, self.endpoint, added, self._earlier)


def _clause(chosen: Chosen) -> Clause | None:
    known = judged_clauses(chosen.contract, RunOptions())
    return next((each for each in known if each.id == chosen.clause["id"]), None)


def _judged(chosen: Chosen, clause: Clause, run: ReplayRun, kept_back: str | None) -> Replayed:
    """What the clause's own check says of what was sent."""
    evidence = run.evidence
    evidence.reconsider(present_after_all)
    outcome = judge(clause, evidence)
    found = outcome.findings
    if any(each.fingerprint == chosen.finding["fingerprint"] for each in found):
        return Replayed(chosen, Result.STILL_FAILING, outcome.reason, found)
    if kept_back is not None:
        return Replayed(chosen, Result.NOT_JUDGED, kept_back, found)
    if outcome.verdict is Verdict.VIOLATES:
        return Replayed(chosen, Result.DIFFERENT, outcome.reason, found)
    if outcome.verdict is Verdict.CONFORMS:
        return Replayed(chosen, Result.FIXED)
    return Replayed(chosen, Result.NOT_JUDGED, _why(outcome, absent(evidence)))


def _why(outcome: Outcome, missing: str | None) -> str:
    if missing is not None:
        return f"the target does not have the operation: {missing}"
    return f"{outcome.verdict.value}: {outcome.reason}" if outcome.reason else outcome.verdict.value
