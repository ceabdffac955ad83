"""The labelled valid requests of an operation, each made to fit the target's state."""

from __future__ import annotations

from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.planning.session import Session
from awsconform.conformance.state.resources import Bindings, Resources
from awsconform.conformance.wire.classification import Reaction
from awsconform.generators.requests import Labelled, labelled
from awsconform.generators.samples import minimal
from awsconform.specs.contract import Contract, SegmentPath

LARGEST = "maximal"


def send_valid_requests(session: Session, contract: Contract, resources: Resources) -> None:
    """Sends what has to be accepted: smallest, largest, each member, value and boundary."""
    tokens = contract.pagination.input_token if contract.pagination else ()
    for each in labelled(contract, session.choices):
        path = path_of(each.clause)
        if path and path[0] in tokens:
            continue
        if path and not session.selects(each.clause):
            continue
        send_valid(session, contract, resources, each)


def send_made_up_names(session: Session, contract: Contract, resources: Resources) -> None:
    """Asks for what does not exist, so that the error for it is seen; no clause says which."""
    if not resources.hint.needs or not session.selects(f"{contract.id}/errors"):
        return
    value = resources.prepare(contract, minimal(contract, session.choices), {}, refer=False)
    session.send(
        contract, Case(contract.id, Intent(Purpose.SCENARIO, label="made-up names"), value)
    )


def send_valid(session: Session, contract: Contract, resources: Resources, each: Labelled) -> None:
    """Sends one labelled valid request with the live values it needs."""
    path = path_of(each.clause)
    bound = bindings_for(resources, each, path)
    # Any valid value brings up that a member alone is accepted, so one that lives does as well.
    free = bound.keys() & path or each.clause.endswith("#accepted")
    value = resources.prepare(contract, each.value, bound, () if free else path, asked=path)
    intent = Intent(Purpose.VALID, each.clause, each.label, facts=resources.facts(contract, value))
    observed = session.send(contract, Case(contract.id, intent, value))
    if observed.reaction in (Reaction.SERVER_FAULT, Reaction.CRASHED):
        # What it left half done would bring later requests to the same fault.
        resources.forget()


def bindings_for(resources: Resources, each: Labelled, path: SegmentPath) -> Bindings:
    """Shared live values, or fresh ones where the request uses them up or names them itself."""
    named = path[0] if path else None
    if named and resources.chosen_by_caller(named) and not each.clause.endswith("#accepted"):
        return resources.fresh({named: each.value[named]})
    if resources.hint.fresh:
        return resources.fresh()
    # What has everything it may have shows most of what a read can answer.
    return resources.rich() if each.label == LARGEST else resources.bindings()


def path_of(clause_id: str) -> SegmentPath:
    """The path inside a request clause's id; a member's name holds neither `/` nor `#`."""
    below = clause_id.partition("/request")[2].partition("#")[0]
    return tuple(below.strip("/").split("/")) if below else ()
