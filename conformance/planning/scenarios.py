"""Scenarios of what a page states about operations together: before, while, after, with another."""

from __future__ import annotations

from typing import Any

from awsconform.conformance.evidence import Observed
from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.planning.session import Session
from awsconform.conformance.state.making import given
from awsconform.conformance.state.resources import Bindings, Resources, SetupFailed
from awsconform.generators.samples import minimal
from awsconform.specs.companions import companion
from awsconform.specs.contract import Contract
from awsconform.specs.hints import Resource

POLLS = 20
POLL_SECONDS = 10.0
MARGIN = 0.1


class Scenarios:
    """The scenarios of one operation's rules."""

    def __init__(self, session: Session, contract: Contract, resources: Resources) -> None:
        self.session = session
        self.contract = contract
        self.resources = resources

    def send(self) -> None:
        """Plays every scenario that needs no moving of the clock."""
        for rule in self.contract.rules("requires-call"):
            self._play(self._requires_call, rule, rule["operation"], "requires-call")
        for rule in self.contract.rules("same-argument"):
            self._play(self._same_argument, rule, rule["member"], "same-argument")
        for rule in self.contract.rules("error-while"):
            self._play(self._error_while, rule, rule["operation"], "error-while")

    def send_moving_the_clock(self) -> None:
        """Plays the scenarios that need hours to pass."""
        for rule in self.contract.rules("available-for"):
            self._play(self._available_for, rule, rule["after"], "available-for")

    def _play(self, scenario: Any, rule: dict[str, Any], place: str, kind: str) -> None:
        clause = f"{self.contract.id}/behaviour/{place}#{kind}"
        operation = rule.get("operation") or rule.get("after")
        resource = self._made_by(operation)
        if resource is None or not self.session.selects(clause):
            return
        try:
            scenario(rule, resource, clause)
        except SetupFailed as failed:
            self.resources.note(failed)

    def _made_by(self, operation: str | None) -> Resource | None:
        """What an operation makes: first of all what this one needs, then what is written of."""
        made = [r for r in self.resources.hints.resources.values() if r.create == operation]
        needed = self.resources.hint.needs
        return min(made, key=lambda r: (r.name not in needed, not r.written), default=None)

    def _requires_call(self, rule: dict[str, Any], resource: Resource, clause: str) -> None:
        # What others have started would do as well, so none of that may be named.
        self._ask(self._needs(resource), clause, "without", refer=False)

    def _same_argument(self, rule: dict[str, Any], resource: Resource, clause: str) -> None:
        bound = self.resources.make(resource.name)
        other = self._needs(resource)
        self._ask({**bound, rule["member"]: other[rule["member"]]}, clause, "another")

    def _error_while(self, rule: dict[str, Any], resource: Resource, clause: str) -> None:
        bound = self._needs(resource)
        started, observed = self.resources.create(resource, bound, {})
        if not observed.accepted:
            raise SetupFailed(f"{resource.create} answered {observed.describe()}")
        bound |= given(resource, started, observed)
        self._ask(bound, clause, "status")
        again = companion(self.contract, resource.create)
        intent = Intent(Purpose.SCENARIO, clause, "again", facts={"step": "again"})
        self.session.send(again, Case(again.id, intent, started))
        values = f"{self.contract.id}/behaviour/{rule['member']}#documented-values"
        for _ in range(POLLS):
            status = self._ask(bound, values, "status").value.get(rule["member"])
            if status != rule["value"]:
                break
            if not self.session.wait(POLL_SECONDS):
                return
        self._ask(bound, values, "status")

    def _available_for(self, rule: dict[str, Any], resource: Resource, clause: str) -> None:
        bound = self.resources.make(resource.name)
        seconds = rule["hours"] * 3600
        if not self.session.advance(seconds * (1 - MARGIN)):
            return
        self._ask(bound, clause, "within")
        self.session.advance(seconds * MARGIN + 60)
        self._ask(bound, clause, "after")

    def _needs(self, resource: Resource) -> Bindings:
        bound: Bindings = {}
        for name in resource.needs:
            bound |= self.resources.make(name)
        return bound

    def _ask(self, bound: Bindings, clause: str, step: str, *, refer: bool = True) -> Observed:
        value = minimal(self.contract, self.session.choices)
        value = self.resources.prepare(self.contract, value, bound, refer=refer)
        intent = Intent(Purpose.SCENARIO, clause, step, facts={"step": step})
        return self.session.send(self.contract, Case(self.contract.id, intent, value))
