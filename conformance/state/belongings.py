"""What a run has made on the target, and its removal: the last first, whatever else was removed.

Everything that was accepted counts, whatever it was sent for, and wherever an answer says nothing
of it (a server fault, a crash) what may have come of it all the same.
"""

from __future__ import annotations

import re
from dataclasses import replace

from awsconform.conformance.evidence import Observed
from awsconform.conformance.state.making import Made, Making, given
from awsconform.conformance.state.origins import PERHAPS, Origins
from awsconform.conformance.state.preparing import Bindings
from awsconform.conformance.state.scopes import Scope, Scopes, SetupFailed
from awsconform.conformance.wire.classification import Reaction
from awsconform.generators.overlay import texts
from awsconform.specs.hints import Resource

_STILL_NEEDED = re.compile("InUse|Conflict|Depend|NotEmpty")


class Belongings:
    """The things to be removed; `left` are those that could not be, and why."""

    def __init__(self, making: Making, scopes: Scopes, whose: Origins) -> None:
        self.left: list[str] = []
        self._making = making
        self._scopes = scopes
        self._whose = whose
        self._made: list[Made] = []

    def add(self, made: Made, observed: Observed) -> None:
        """Takes what set-up made, in place of what the exchange alone told of it.

        Of what nobody knows how to remove, the exchange may tell what else it is: a queue.
        """
        if made.resource.delete:
            self._made = [each for each in self._made if each.by is not observed]
            self._made.append(made)

    def adopt(self, observed: Observed) -> None:
        """Takes what a request made, or may have made; what one removed need not be there."""
        if observed.accepted:
            self._made = [_unsure(each, observed) for each in self._made]
        scope = self._scopes.known(observed.contract)
        if scope is None or not (observed.accepted or observed.reaction in PERHAPS):
            return
        for resource in scope.made_by(observed.contract.operation):
            made = self._made_by(scope, resource, observed)
            if made is not None:
                if made not in self._made:
                    self._made.append(made)
                return

    def remove(self) -> None:
        """Removes everything; what is still needed by something else is tried once more.

        Raises:
            Stop: nothing more is sent; what was not come to is kept.
        """
        later: list[Made] = []
        try:
            while self._made:
                if self._refusal(self._made[-1]) is not None:
                    later.append(self._made[-1])
                self._made.pop()
            while later:
                why = self._refusal(later[0])
                made = later.pop(0)
                if why is not None:
                    self._leave(made, why)
        finally:
            self._made.extend(reversed(later))

    def abandon(self, why: str) -> None:
        """Leaves what is not removed yet where it is."""
        for made in reversed(self._made):
            self._leave(made, why)
        self._made.clear()

    def _leave(self, made: Made, why: str) -> None:
        if made.sure:
            called = f"{made.resource.name} {_called(made)}".rstrip()
            self.left.append(f"{called}: {why}")

    def _made_by(self, scope: Scope, resource: Resource, observed: Observed) -> Made | None:
        """What an exchange made of a resource, None where it cannot be told or removed."""
        request = observed.exchange.case.value
        found = given(resource, request, observed)
        if not observed.accepted:
            # Of what is answered, it is only known what the request says by the same name.
            asked = {name: origin[-1] for name, origin in resource.gives.items()}
            found = {name: request[each] for name, each in asked.items() if each in request}
        # An empty name in a path would name what the thing belongs to.
        values: Bindings = {name: _text(each) for name, each in found.items() if _text(each)}
        whole = len(values) == len(found) and (values or not resource.gives)
        if not resource.delete or not self._whose.is_own(observed.contract, values, {}):
            return None
        around = {name: each for name, each in request.items() if isinstance(each, str)}
        made = Made(scope, resource, around | values, sure=observed.accepted, by=observed)
        if (made.sure and whole) or self._can_be_named(made):
            return made
        if not resource.needs:
            # Else it goes with what it belongs to.
            self._leave(made, "nothing says what it is called")
        return None

    def _can_be_named(self, made: Made) -> bool:
        """Whether all is known that those who remove a thing have to be told."""
        for operation in made.resource.delete:
            try:
                members = made.scope.operation(operation).members("request")
            except SetupFailed:
                return False
            hint = made.scope.hints.of(operation)
            bound = {place for place, name in hint.binds.items() if name in made.bound}
            told = made.bound.keys() | hint.values.keys() | bound
            if any(place.required and name not in told for name, place in members.items()):
                return False
        return True

    def _refusal(self, made: Made) -> str | None:
        """Why something is not gone; None once a delete was accepted, or found nothing."""
        refused: str | None = None
        for operation in made.resource.delete:
            try:
                observed = self._making.call(made.scope, operation, made.bound)
            except SetupFailed as failed:
                return str(failed)
            needed = _STILL_NEEDED.search(observed.describe()) is not None
            gone = observed.accepted or (observed.reaction is Reaction.REFUSED and not needed)
            refused = None if gone else f"{operation} answered {observed.describe()}"
        return refused


def _text(value: object) -> str:
    """How a thing is called that was given no text for a name, as far as anybody can tell."""
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def _unsure(made: Made, observed: Observed) -> Made:
    """A thing after an accepted request, which may have been to remove it."""
    if observed.contract.operation not in made.resource.delete or not made.sure:
        return made
    named = set(texts(observed.exchange.case.value))
    gone = any(made.bound.get(name) in named for name in made.resource.gives)
    return replace(made, sure=False) if gone else made


def _called(made: Made) -> str:
    names = [made.bound.get(name) for name in made.resource.gives]
    return next((each for each in names if isinstance(each, str)), "")
