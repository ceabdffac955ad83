"""Making one resource: the request that makes it, in another form if need be; what it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from awsconform.conformance.evidence import Observed
from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.planning.session import Session
from awsconform.conformance.state.preparing import Bindings, Preparing
from awsconform.conformance.state.scopes import Scope, SetupFailed
from awsconform.conformance.state.unanswered import Unanswered
from awsconform.conformance.wire.classification import Reaction
from awsconform.generators.overlay import at
from awsconform.generators.samples import maximal, minimal
from awsconform.generators.shapes import Unsatisfiable
from awsconform.specs.contract import Contract
from awsconform.specs.hints import Resource, Wait

POLLS = 40
POLL_SECONDS = 10.0

# How what makes a resource is sent until it is accepted, and whether made-up names are dropped.
PLAIN = ((minimal, True), (maximal, True))
RICH = ((maximal, False), (maximal, True), (minimal, True))
_WORTH_ANOTHER_FORM = (
    Reaction.REJECTED,
    Reaction.REFUSED,
    Reaction.UNTYPED,
    # Of some smallest requests nothing would be left on the wire.
    Reaction.CLIENT_REFUSED,
)


@dataclass(frozen=True)
class Made:
    """Something that was made, and the values to name it by.

    It is not `sure` where the answer to the request did not say so; `by` is that exchange.
    """

    scope: Scope
    resource: Resource
    bound: Bindings
    sure: bool = True
    by: Observed | None = field(default=None, compare=False)


class Making:
    """Sends the requests of set-up and clean-up, but for those nobody answers."""

    def __init__(self, session: Session, preparing: Preparing, unanswered: Unanswered) -> None:
        self.session = session
        self.preparing = preparing
        self.unanswered = unanswered

    def create(
        self, scope: Scope, resource: Resource, bound: Bindings, wanted: Bindings, *, rich: bool
    ) -> tuple[dict[str, Any], Observed]:
        """Sends the request that makes a resource; gives it, and what came back.

        The smallest request comes first, since it is accepted most often, and the largest where
        that is refused; for a `rich` resource it is the other way about. `wanted` are the values
        that callers choose.

        Raises:
            SetupFailed: no such request can be made, or none was answered in time before.
        """
        contract = scope.operation(resource.create)
        named = {
            "/".join(str(step) for step in origin[1:]): wanted[value]
            for value, origin in resource.gives.items()
            if origin[0] == "request" and value in wanted
        }
        for form, drop in RICH if rich else PLAIN:
            try:
                made = form(contract, self.session.choices)
            except Unsatisfiable as unsatisfiable:
                raise SetupFailed(f"{resource.create}: {unsatisfiable.message}") from None
            value = self.preparing.fitted(
                scope, contract, made, bound, maker=resource, named=named, drop=drop
            )
            observed = self._send(contract, value)
            if observed.reaction not in _WORTH_ANOTHER_FORM:
                break
        return value, observed

    def call(self, scope: Scope, operation: str, bound: Bindings) -> Observed:
        """Sends the smallest request of an operation with bound values.

        Raises:
            SetupFailed: no such request can be made, or none was answered in time before.
        """
        contract = scope.operation(operation)
        try:
            value = minimal(contract, self.session.choices)
        except Unsatisfiable as unsatisfiable:
            raise SetupFailed(f"{operation}: {unsatisfiable.message}") from None
        return self._send(contract, self.preparing.fitted(scope, contract, value, bound))

    def wait(self, scope: Scope, wait: Wait, bound: Bindings) -> None:
        """Asks until a member has another value, or there is no time left."""
        for _ in range(POLLS):
            observed = self.call(scope, wait.operation, bound)
            if not observed.accepted or at(observed.value, wait.member) not in wait.while_in:
                return
            if not self.session.wait(POLL_SECONDS):
                return

    def _send(self, contract: Contract, value: dict[str, Any]) -> Observed:
        if self.unanswered.is_given_up(contract.id):
            raise SetupFailed(f"{contract.operation} was not answered in time before")
        observed = self.session.send(contract, Case(contract.id, Intent(Purpose.SETUP), value))
        self.unanswered.note(observed)
        return observed


def given(resource: Resource, value: dict[str, Any], observed: Observed) -> Bindings:
    """The values a resource gives, from the request that made it and the answer."""
    found = {
        member: at(value if origin[0] == "request" else observed.value, origin[1:])
        for member, origin in resource.gives.items()
    }
    return {member: each for member, each in found.items() if each is not None}


def refusal(operation: str, observed: Observed) -> str:
    """What to say of a request of set-up that was not accepted."""
    if observed.reaction is Reaction.UNIMPLEMENTED:
        return f"the target does not have {operation}: {observed.describe()}"
    return f"{operation} answered {observed.describe()}"
