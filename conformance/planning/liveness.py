"""Whether an operation still does what it did, after all that it had to reject."""

from __future__ import annotations

from awsconform.conformance.checks.requests import SMALLEST
from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.planning.acceptance import bindings_for
from awsconform.conformance.planning.session import Session
from awsconform.conformance.state.resources import Resources
from awsconform.generators.requests import Labelled
from awsconform.generators.samples import minimal
from awsconform.specs.contract import Contract

AFTERWARDS = "after violations"


def send_once_more(session: Session, contract: Contract, resources: Resources) -> None:
    """Sends the smallest valid request again, if it was accepted before."""
    clause = f"{contract.id}/request#accepted"
    accepted = any(
        each.accepted and each.exchange.case.intent.label == SMALLEST
        for each in session.evidence.of_clause(clause)
    )
    if not accepted or not session.selects(f"{contract.id}/errors"):
        return
    smallest = Labelled(clause, SMALLEST, minimal(contract, session.choices))
    bound = bindings_for(resources, smallest, ())
    value = resources.prepare(contract, smallest.value, bound)
    intent = Intent(Purpose.SCENARIO, label=AFTERWARDS)
    session.send(contract, Case(contract.id, intent, value))
