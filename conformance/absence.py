"""Whether a target has an operation at all.

Many say so (501, UnknownOperationException, a router's 404 page) and are classified as such. Some
only crash: moto answers an operation or a service it lacks with the web server's 500 page. So a
page or a crash that every request to the operation gets is compared with what the target answers
to an operation that cannot exist.
"""

from __future__ import annotations

from dataclasses import replace

from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.wire.classification import Reaction, is_web_page
from awsconform.conformance.wire.codes import ROUTER_STATUSES, UNIMPLEMENTED_STATUS
from awsconform.generators.choices import Choices
from awsconform.specs.contract import Contract

ALIKE_BEFORE_PROBING = 6
PAGES_BEFORE_BELIEVING = 6
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Signature = tuple[str, bytes]


def nonsense(contract: Contract, choices: Choices) -> tuple[Contract, Case]:
    """An operation of the same service that cannot exist, with a name drawn at random."""
    name = "".join(choices.choice(_LETTERS) for _ in range(16)).capitalize()
    aws = {
        **contract.aws,
        "operation": name,
        "http": {"method": contract.method, "uri": f"/{name.lower()}", "status": 200},
        "input": None,
        "output": None,
        "errors": {},
        "pagination": None,
    }
    made = Contract({**contract.document, "aws": aws}, origin="nonsense")
    return made, Case(made.id, Intent(Purpose.PROBE, label="an operation that cannot exist"), {})


def signature(observed: Observed) -> Signature | None:
    """What tells one crash from another; None for an answer in AWS's own form."""
    if observed.reaction is Reaction.CRASHED:
        return observed.exchange.detail, b""
    response = observed.exchange.response
    if observed.reaction is Reaction.SERVER_FAULT and response and is_web_page(response):
        return str(response.status), response.body
    return None


def suspicious(evidence: Evidence) -> bool:
    """Whether so many requests got the same crash, and nothing else, that probing is due."""
    own = evidence.own()
    if len(own) != ALIKE_BEFORE_PROBING:
        return False
    seen = {signature(each) for each in own}
    return len(seen) == 1 and None not in seen


def doubtful(evidence: Evidence) -> bool:
    """Whether it may be the values in the path, not the operation, that a router does not know."""
    own = evidence.own()
    if "{" not in evidence.contract.uri or len(own) >= PAGES_BEFORE_BELIEVING:
        return False
    response = own[-1].exchange.response if own else None
    return response is not None and response.status in ROUTER_STATUSES and is_web_page(response)


def absent(evidence: Evidence) -> str | None:
    """What shows that the target lacks the operation, None where it has it."""
    own = evidence.own()
    if not own:
        return None
    if all(each.reaction is Reaction.UNIMPLEMENTED for each in own):
        return own[0].describe()
    probes = [each for each in evidence.observed if each.purpose is Purpose.PROBE]
    seen = {signature(each) for each in own}
    if probes and None not in seen and seen == {signature(probes[0])}:
        return f"{own[0].describe()}, as for an operation that cannot exist"
    return None


def present_after_all(evidence: Evidence, observed: Observed) -> Observed:
    """An exchange as it is to be read once it is known that the target has the operation.

    A web server's page is then no sign of absence, but an error without a type.
    """
    response = observed.exchange.response
    if observed.reaction is not Reaction.UNIMPLEMENTED or response is None:
        return observed
    there = any(each.reaction is not Reaction.UNIMPLEMENTED for each in evidence.own())
    if there and is_web_page(response) and response.status != UNIMPLEMENTED_STATUS:
        return replace(observed, reaction=Reaction.UNTYPED)
    return observed
