"""Playing a course: what was made before is made, and each step is sent, on a target of today."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from awsconform.conformance.bringing_up import OperationRun
from awsconform.conformance.course import Course, Step
from awsconform.conformance.evidence import Observed, observe
from awsconform.conformance.exchange import Case, Exchange, Intent, Purpose, Trouble
from awsconform.conformance.planning.pages import PageWalks
from awsconform.conformance.planning.reads import PAGES
from awsconform.conformance.replaying.renewing import Renewal
from awsconform.conformance.replaying.restoring import asked_contract
from awsconform.conformance.replaying.sendable import NotReplayable, sendable
from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.wire.classification import Reaction
from awsconform.specs.contract import Contract
from awsconform.specs.paging import next_tokens

# Between two looks at what takes its time so much passes, by the clock or really.
_SHORT = 60.0
_ANSWERED = (Reaction.ACCEPTED, Reaction.REJECTED)


class ReplayRun(OperationRun):
    """The session of one finding: its course is sent, what it made is removed, and no more."""

    def _look_for_absence(self, observed: Observed) -> None:
        """Nothing of its own is asked for."""


class SetupFailed(Exception):
    """What the finding's request needs could not be made; the text says why."""


def with_last_answers(sent: Sequence[Exchange]) -> list[Exchange]:
    """The exchanges; of one that stands there several times the last alone has the answer.

    What is read before and after something is kept once, as it was answered after it.
    """
    return [
        replace(each, response=None, parsed=None, trouble=Trouble.UNREACHABLE)
        if each in sent[number:]
        else each
        for number, each in enumerate(sent, 1)
    ]


class Playing:
    """The playing of a course in a session.

    `endpoint` is where the course was sent then, `given` the headers that are added now. `earlier`
    is what set-up has made for other findings, by what was sent for it then.
    """

    def __init__(
        self,
        run: ReplayRun,
        contract: Contract,
        course: Course,
        endpoint: Endpoint,
        given: frozenset[str],
        earlier: dict[str, Observed],
    ) -> None:
        self.run = run
        self.contract = contract
        self.course = course
        self.earlier = earlier
        self.sent: list[Observed] = []
        sent = course.exchanges
        self._contracts = [asked_contract(contract, each) for each in sent]
        self._recorded = [
            sendable(each, exchange, endpoint, given)
            for each, exchange in zip(self._contracts, sent, strict=True)
        ]
        pairs = zip(self._contracts, with_last_answers(sent), strict=True)
        self._renewal = Renewal([observe(each, exchange) for each, exchange in pairs])
        self._seen: list[Observed] = []

    def play(self) -> None:
        """Sends everything.

        Raises:
            SetupFailed: what was accepted then, to make something, is not now.
            NotReplayable: the target's clock would have to be moved.
        """
        for number, made in enumerate(self.course.before):
            self._let_pass(made.passed)
            seen = self._send(number, self._case(number, made.exchange, Intent(Purpose.SETUP)))
            if seen.accepted:
                self.earlier[_key(made.exchange)] = seen
            elif _key(made.exchange) in self.earlier:
                # It is there since an earlier finding was replayed, and could not be removed.
                self._renewal.learn(number + 1, self.earlier[_key(made.exchange)])
            else:
                told = f"{made.exchange.case.operation} answered {seen.describe()}"
                raise SetupFailed(f"what it needs cannot be made: {told}")
        first = len(self.course.before)
        for place, step in enumerate(self.course.steps):
            self._seen.append(self._play(first + place, step))

    def _play(self, number: int, step: Step) -> Observed:
        facts = {**step.facts, **self._told_by(step)}
        self._let_pass(step.passed)
        intent = replace(step.exchange.case.intent, facts=facts)
        case = self._case(number, step.exchange, intent)
        if step.sizes:
            begun = len(self.run.evidence.observed)
            walks = PageWalks(self.run, self.contract, self.run.resources)
            walks.repeat(self._renewal.case(self.contract, case), step.sizes)
            pages = self.run.evidence.observed[begun:]
            self.sent += pages
            return pages[0]
        seen = self._send(number, case)
        return self._followed(number, seen) if step.followed else seen

    def _case(self, number: int, exchange: Exchange, intent: Intent) -> Case:
        return replace(exchange.case, intent=intent, recorded=self._recorded[number])

    def _send(self, number: int, case: Case) -> Observed:
        contract = self._contracts[number]
        seen = self.run.send(contract, self._renewal.case(contract, case))
        self.sent.append(seen)
        self._renewal.learn(number + 1, seen)
        return seen

    def _followed(self, number: int, seen: Observed) -> Observed:
        """The pages after the first one of a read, as many as a run asks for."""
        contract, first = self._contracts[number], seen
        for _ in range(PAGES - 1):
            tokens = next_tokens(contract, seen.value) if contract.pagination else {}
            if not seen.accepted or not tokens:
                break
            case = seen.exchange.case
            more = replace(case, value={**case.value, **tokens}, recorded=None)
            seen = self.run.send(contract, more)
            self.sent.append(seen)
        return first

    def _told_by(self, step: Step) -> dict[str, Any]:
        """What is known of a step only when those before it are answered."""
        if not step.suspects:
            return {}
        suspects = [self._seen[each] for each in step.suspects]
        reactions = {each.reaction for each in suspects}
        return {
            "suspects": suspects,
            "quiet": reactions == {Reaction.REJECTED},
            # Here a refusal shows something as well: what did it was sent again.
            "written": not reactions.isdisjoint(_ANSWERED),
        }

    def _let_pass(self, seconds: float) -> None:
        if seconds > _SHORT:
            if not self.run.advance(seconds):
                hours = seconds / 3600
                raise NotReplayable(
                    f"{hours:.1f} hours have to pass, and its clock cannot be moved"
                )
        elif seconds:
            self.run.wait(seconds)


def _key(exchange: Exchange) -> str:
    case = exchange.case
    return f"{case.operation} {json.dumps(case.value, sort_keys=True)}"
