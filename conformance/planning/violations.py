"""The labelled violations of an operation, and reads around them that show nothing changed."""

from __future__ import annotations

from typing import Any

from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.planning.acceptance import path_of
from awsconform.conformance.planning.resources import Bindings, Resources
from awsconform.conformance.planning.session import Session
from awsconform.conformance.wire.classification import Reaction
from awsconform.generators.samples import minimal
from awsconform.generators.violations import Violation, labelled
from awsconform.specs.companions import companion
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures

SNAPSHOTS = 5
PAGES = 20


def send_violations(session: Session, contract: Contract, resources: Resources) -> None:
    """Sends what has to be rejected, each breaking one clause, between two snapshots."""
    bound = resources.bindings()
    snapshots = Snapshots(session, contract, resources, bound)
    snapshots.take(quiet=True)
    loud = False
    for each in labelled(contract, session.choices):
        if not session.selects(each.clause):
            continue
        case = violating_case(contract, resources, bound, each)
        if case is None:
            continue
        observed = session.send(contract, case)
        if observed.accepted:
            resources.adopt(case.value, observed)
        loud = loud or observed.reaction is not Reaction.REJECTED
        if observed.accepted and snapshots.taken < SNAPSHOTS:
            snapshots.take(quiet=False)
            loud = False
    snapshots.take(quiet=not loud)


def violating_case(
    contract: Contract, resources: Resources, bound: Bindings, each: Violation
) -> Case | None:
    """The violation among live values; None where it would no longer break just its clause."""
    intent = Intent(Purpose.VIOLATES, each.clause, each.label)
    value = resources.prepare(contract, each.value, bound, path_of(each.clause))
    if each.body is None:
        found = failures(contract, "request", value)
        if [(f.pointer, f.keyword) for f in found] != [(each.pointer, each.keyword)]:
            return None
    return Case(contract.id, intent, value, each.body)


class Snapshots:
    """Reads of what an operation could change, numbered."""

    def __init__(
        self, session: Session, contract: Contract, resources: Resources, bound: Bindings
    ) -> None:
        self.session = session
        self.contract = contract
        self.resources = resources
        self.bound = bound
        self.taken = 0
        self.clause = f"{contract.id}/request#rejected-changes-nothing"
        self._requests: dict[str, dict[str, Any]] = {}

    def take(self, *, quiet: bool) -> None:
        """Reads everything once; `quiet` when only rejected requests came since the last time."""
        if not self.session.selects(self.clause):
            return
        for operation in self.resources.hint.observe:
            self._read(companion(self.contract, operation), quiet)
        self.taken += 1

    def _read(self, contract: Contract, quiet: bool) -> None:
        pages = contract.pagination
        ignore = [*self.resources.hint.ignore, *(pages.output_token if pages else ())]
        facts = {"snapshot": self.taken, "quiet": quiet, "ignore": ignore}
        value = dict(self._request(contract))
        for _ in range(PAGES):
            intent = Intent(Purpose.SCENARIO, self.clause, "read", facts=facts)
            observed = self.session.send(contract, Case(contract.id, intent, dict(value)))
            token = observed.value.get(pages.output_token[0]) if pages else None
            if not observed.accepted or not pages or not token:
                return
            value[pages.input_token[0]] = token

    def _request(self, contract: Contract) -> dict[str, Any]:
        """The same read every time."""
        if contract.id not in self._requests:
            value = minimal(contract, self.session.choices)
            self._requests[contract.id] = self.resources.prepare(contract, value, self.bound)
        return self._requests[contract.id]
