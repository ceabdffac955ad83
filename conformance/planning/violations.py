"""The labelled violations of an operation, and reads around them that show nothing changed."""

from __future__ import annotations

from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.planning.acceptance import path_of
from awsconform.conformance.planning.session import Session
from awsconform.conformance.planning.snapshots import Snapshots
from awsconform.conformance.state.resources import Bindings, Resources
from awsconform.conformance.wire.classification import Reaction
from awsconform.generators.violations import Violation, labelled
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures


def send_violations(session: Session, contract: Contract, resources: Resources) -> None:
    """Sends what has to be rejected, each breaking one clause, between snapshots."""
    # What is shared is made before anything is looked at.
    resources.bindings()
    snapshots = Snapshots(session, contract, resources)
    snapshots.begin()
    for each in labelled(contract, session.choices):
        if not session.selects(each.clause):
            continue
        case = violating_case(contract, resources, resources.bindings(), each)
        if case is None:
            continue
        snapshots.before_next()
        observed = session.send(contract, case)
        if observed.reaction is Reaction.REJECTED:
            snapshots.rejected(observed)
    snapshots.close()


def violating_case(
    contract: Contract, resources: Resources, bound: Bindings, each: Violation
) -> Case | None:
    """The violation among live values; None where it would no longer break just its clause."""
    intent = Intent(Purpose.VIOLATES, each.clause, each.label)
    value = resources.prepare(contract, each.value, bound, path_of(each.clause))
    if each.body is None:
        found = failures(contract, "request", value)
        # A pointer leads by the keys of maps, which live names may have replaced.
        place = path_of(each.clause)
        if len(found) != 1 or found[0].keyword != each.keyword:
            return None
        if found[0].pointer != each.pointer and found[0].path != place:
            return None
    return Case(contract.id, intent, value, each.body)
