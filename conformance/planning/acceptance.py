"""The labelled valid requests of an operation, each made to fit the target's state."""

from __future__ import annotations

from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.planning.resources import Bindings, Resources
from awsconform.conformance.planning.session import Session
from awsconform.generators.requests import Labelled, labelled
from awsconform.generators.samples import minimal
from awsconform.specs.contract import Contract, SegmentPath


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
    value = resources.prepare(contract, minimal(contract, session.choices), {})
    session.send(
        contract, Case(contract.id, Intent(Purpose.SCENARIO, label="made-up names"), value)
    )


def send_valid(session: Session, contract: Contract, resources: Resources, each: Labelled) -> None:
    """Sends one labelled valid request with the live values it needs."""
    path = path_of(each.clause)
    bound = bindings_for(resources, each, path)
    value = resources.prepare(contract, each.value, bound, path if not bound.keys() & path else ())
    intent = Intent(Purpose.VALID, each.clause, each.label)
    observed = session.send(contract, Case(contract.id, intent, value))
    if observed.accepted:
        resources.adopt(value, observed)


def bindings_for(resources: Resources, each: Labelled, path: SegmentPath) -> Bindings:
    """Shared live values, or fresh ones where the request uses them up or names them itself."""
    named = path[0] if path else None
    given_by_request = any(
        gives.get(named or "", ("", ""))[0] == "request"
        for gives in (resources.hints.resources[name].gives for name in resources.hint.needs)
    )
    if named and given_by_request:
        return resources.fresh({named: each.value[named]})
    return resources.fresh() if resources.hint.fresh else resources.bindings()


def path_of(clause_id: str) -> SegmentPath:
    """The path inside a request clause's id; a member's name holds neither `/` nor `#`."""
    below = clause_id.partition("/request")[2].partition("#")[0]
    return tuple(below.strip("/").split("/")) if below else ()
