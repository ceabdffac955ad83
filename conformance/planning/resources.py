"""Set-up and clean-up: the resources an operation needs, made as the service's hints say."""

from __future__ import annotations

from typing import Any

from awsconform.conformance.evidence import Observed
from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.planning.session import Session
from awsconform.generators.overlay import bind
from awsconform.generators.samples import maximal, member_value, minimal
from awsconform.specs.companions import companion
from awsconform.specs.contract import Contract, SegmentPath
from awsconform.specs.hints import Hint, Hints, Origin, Resource, Wait
from awsconform.specs.validation import Pointer

POLLS = 40
POLL_SECONDS = 10.0

Bindings = dict[str, Any]


class SetupFailed(Exception):
    """A resource could not be made; the text is the chain of what was refused."""


class Resources:
    """Makes, shares and removes the resources of one operation's run."""

    def __init__(self, session: Session, contract: Contract, hints: Hints) -> None:
        self.session = session
        self.contract = contract
        self.hints = hints
        self.hint: Hint = hints.of(contract.operation)
        self.trouble: str | None = None
        self._shared: dict[str, Bindings] = {}
        self._made: list[tuple[Resource, Bindings]] = []
        self._used: set[tuple[str, str]] = set()

    def bindings(self) -> Bindings:
        """The shared values of what the operation needs; fewer where set-up failed."""
        bound: Bindings = {}
        for name in self.hint.needs:
            try:
                bound |= self.shared(name)
            except SetupFailed as failed:
                self.trouble = str(failed)
        return bound

    def fresh(self, wanted: Bindings | None = None) -> Bindings:
        """New values of what the operation needs, `wanted` ones where the caller names them."""
        bound: Bindings = {}
        for name in self.hint.needs:
            try:
                bound |= self.make(name, wanted=wanted)
            except SetupFailed as failed:
                self.trouble = str(failed)
        return bound

    def shared(self, name: str) -> Bindings:
        """The values of a resource made once for the whole run of the operation.

        Raises:
            SetupFailed: it could not be made.
        """
        if name not in self._shared:
            self._shared[name] = self.make(name)
        return self._shared[name]

    def forget(self) -> None:
        """What was shared is made anew when it is next needed."""
        self._shared.clear()

    def make(self, name: str, *, wanted: Bindings | None = None) -> Bindings:
        """Makes one resource with all it needs; gives the values to bind.

        Raises:
            SetupFailed: one of the requests was not accepted.
        """
        resource = self.hints.resources[name]
        bound: Bindings = {}
        for needed in resource.needs:
            bound |= self.make(needed)
        value, observed = self.create(resource, bound, wanted or {})
        if not observed.accepted:
            raise SetupFailed(f"{resource.create}: {observed.describe()}")
        for member, (origin, source) in resource.gives.items():
            bound[member] = (value if origin == "request" else observed.value).get(source)
        self._made.append((resource, bound))
        for operation in resource.then:
            self.call(operation, bound)
        if resource.wait is not None:
            self._wait(resource.wait, bound)
        return bound

    def create(
        self, resource: Resource, bound: Bindings, wanted: Bindings
    ) -> tuple[dict[str, Any], Observed]:
        """Sends the request that makes a resource, with everything a request may have."""
        contract = companion(self.contract, resource.create)
        value = self.prepare(contract, maximal(contract, self.session.choices), bound)
        value |= {**resource.values, **wanted}
        return value, self._send(contract, value)

    def call(self, operation: str, bound: Bindings) -> Observed:
        """Sends the smallest request of an operation with bound values, as set-up."""
        contract = companion(self.contract, operation)
        value = minimal(contract, self.session.choices)
        return self._send(contract, self.prepare(contract, value, bound))

    def prepare(
        self,
        contract: Contract,
        value: dict[str, Any],
        bound: Bindings,
        keep: SegmentPath = (),
    ) -> dict[str, Any]:
        """A generated request made to fit the target's state.

        Live values are bound, tokens of pages left out, idempotency tokens and unique names drawn
        anew; the member that `keep` leads into stays as it was generated.
        """
        kept = keep[0] if keep else None
        places = contract.members("request")
        live: dict[Pointer, Any] = {
            (name,): each for name, each in bound.items() if name in places and name != kept
        }
        value = bind(value, live, keep or None)
        tokens = contract.pagination.input_token if contract.pagination else ()
        value = {name: each for name, each in value.items() if name not in tokens or name == kept}
        unique = [name for name, place in places.items() if place.aws.get("idempotencyToken")]
        if contract.id == self.contract.id:
            unique += self.hint.unique
        for resource in self.hints.resources.values():
            if resource.create == contract.operation:
                unique += resource.unique
        for name in dict.fromkeys(unique):
            if name in value and name != kept and (name,) not in live:
                value[name] = self._unused(contract, name)
        return value

    def clean_up(self) -> None:
        """Removes what was made, the last first; a refusal is nobody's fault."""
        for resource, bound in reversed(self._made):
            for operation in resource.delete:
                self.call(operation, bound)
        self._made.clear()
        self._shared.clear()

    def adopt(self, value: dict[str, Any], observed: Observed) -> None:
        """Remembers what an accepted request of the operation itself made, to remove it."""
        for resource in self.hints.resources.values():
            if resource.create != self.contract.operation or not resource.delete:
                continue
            bound = {
                member: (value if origin == "request" else observed.value).get(source)
                for member, (origin, source) in resource.gives.items()
            }
            if all(isinstance(each, str) for each in bound.values()):
                self._made.append((resource, bound))

    def _unused(self, contract: Contract, name: str) -> Any:
        for _ in range(100):
            drawn = member_value(contract, (name,), self.session.choices)
            if (name, str(drawn)) not in self._used:
                break
        self._used.add((name, str(drawn)))
        return drawn

    def _send(self, contract: Contract, value: dict[str, Any]) -> Observed:
        return self.session.send(contract, Case(contract.id, Intent(Purpose.SETUP), value))

    def _wait(self, wait: Wait, bound: Bindings) -> None:
        for _ in range(POLLS):
            observed = self.call(wait.operation, bound)
            if not observed.accepted or _at(observed.value, wait.member) not in wait.while_in:
                return
            if not self.session.wait(POLL_SECONDS):
                return


def _at(value: Any, path: Origin) -> Any:
    """What is at a path in an answer, None where nothing is."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return None
    return value
