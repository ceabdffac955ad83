"""Set-up and clean-up: the resources an operation needs, made as the hints say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from awsconform.conformance.evidence import Observed
from awsconform.conformance.planning.session import Session
from awsconform.conformance.state.belongings import Belongings
from awsconform.conformance.state.fitting import Names
from awsconform.conformance.state.knowledge import Knowledge
from awsconform.conformance.state.making import Made, Making, given, refusal
from awsconform.conformance.state.origins import Origins
from awsconform.conformance.state.pool import Pool
from awsconform.conformance.state.preparing import Bindings, Preparing
from awsconform.conformance.state.scopes import NothingGiven, Scope, Scopes, SetupFailed
from awsconform.specs.contract import Contract, SegmentPath
from awsconform.specs.effects import only_reads
from awsconform.specs.hints import Hint, Hints, Origin, Resource

__all__ = ["Bindings", "Resources", "SetupFailed"]

TRIES = 2
TROUBLES_KEPT = 5


class Resources:
    """Makes, shares and removes the resources of one operation's run.

    `knowledge` says how things are made, `pool` are the live values of the series the run is part
    of. What goes wrong here is never a verdict; `trouble` tells it.
    """

    def __init__(
        self,
        session: Session,
        contract: Contract,
        knowledge: Knowledge | None = None,
        pool: Pool | None = None,
    ) -> None:
        knowledge = knowledge or Knowledge()
        self.session = session
        self.contract = contract
        self.pool = pool or Pool()
        self.troubles: list[str] = []
        self._scopes = Scopes(contract, knowledge)
        self.hints: Hints = self._scopes.own.hints
        self.hint: Hint = self.hints.of(contract.operation)
        self._preparing = Preparing(knowledge, self.pool, Names(session.choices), self._living)
        self._making = Making(session, self._preparing, self.pool.unanswered)
        self._whose = Origins(self.pool, self._scopes, knowledge)
        self._belongings = Belongings(self._making, self._scopes, self._whose)
        self._shared: dict[tuple[str, bool], Bindings] = {}
        self._failed: dict[tuple[str, bool], list[SetupFailed]] = {}
        self._under_way: list[str] = []
        self._cleaning = False

    @property
    def left(self) -> list[str]:
        """What could not be removed from the target, and why."""
        return self._belongings.left

    @property
    def trouble(self) -> str | None:
        """What kept set-up from succeeding, None where nothing did."""
        return "; ".join(self.troubles[:TROUBLES_KEPT]) or None

    def note(self, trouble: object) -> None:
        """Remembers a trouble for the report; it is never a verdict."""
        if str(trouble) not in self.troubles:
            self.troubles.append(str(trouble))

    def bindings(self) -> Bindings:
        """The shared values of what the operation needs; fewer where set-up failed."""
        return self._gathered(self.shared)

    def rich(self) -> Bindings:
        """The values of needed things that have all they may have, plain ones where that fails."""
        return self._gathered(lambda name: self.shared(name, rich=True))

    def fresh(self, wanted: Bindings | None = None) -> Bindings:
        """New values of what the operation needs, `wanted` ones where the caller names them.

        What other needed resources belong to is shared, unless that has no room for more.
        """
        around = {each for name in self.hint.needs for each in self._needs_of(name)}

        def new(name: str) -> Bindings:
            if name in around:
                return self.shared(name)
            try:
                return self.make(name, wanted=wanted)
            except SetupFailed:
                if wanted or not self._needs_of(name):
                    raise
                return self.make(name, apart=True)

        # What is wanted may be too much to ask, and that is no trouble.
        return self._gathered(new, quiet=bool(wanted))

    def shared(self, name: str, *, rich: bool = False) -> Bindings:
        """The values of a resource made once for the whole run of the operation.

        It is made anew when it was deleted, or the target has lost its state.

        Raises:
            SetupFailed: it could not be made.
        """
        if self.pool.renew():
            self.forget()
        known = self._shared.get((name, rich))
        if known is None or not self._lives(known):
            self._shared[name, rich] = known = self.make(name, rich=rich)
        return known

    def chosen_by_caller(self, value: str) -> bool:
        """Whether what the operation needs is called as the request that makes it says."""
        origins = (self._origins(name).get(value, ()) for name in self.hint.needs)
        return any(origin[:1] == ("request",) for origin in origins)

    def forget(self) -> None:
        """What was shared is made anew when it is next needed."""
        self._shared.clear()
        self._failed.clear()

    def make(
        self,
        name: str,
        *,
        wanted: Bindings | None = None,
        rich: bool = False,
        apart: bool = False,
    ) -> Bindings:
        """Makes one resource; what it needs is shared. Gives the values to bind.

        A `rich` resource has everything it may have, what one needs that stands `apart` is made
        for it alone. After some failures no more is sent.

        Raises:
            SetupFailed: one of the requests was not accepted.
        """
        failed = self._failed.setdefault((name, apart), [])
        if len(failed) >= TRIES:
            raise failed[-1]
        if name in self._under_way:
            raise SetupFailed(f"{name} needs itself")
        self._under_way.append(name)
        try:
            try:
                return self._made_now(name, wanted or {}, rich=rich, apart=apart)
            except NothingGiven:
                # What it is made from may be used up, as a message is once it was received.
                if not self._used_up(self._scopes.find(name)[1].needs):
                    raise
                return self._made_now(name, wanted or {}, rich=rich, apart=apart)
        except SetupFailed as failure:
            if not wanted:
                failed.append(failure)
            raise
        finally:
            self._under_way.pop()

    def create(
        self, resource: Resource, bound: Bindings, wanted: Bindings
    ) -> tuple[dict[str, Any], Observed]:
        """Sends the request that makes a resource; gives it, and what came back."""
        return self._making.create(self._scopes.own, resource, bound, wanted, rich=False)

    def call(self, operation: str, bound: Bindings) -> Observed:
        """Sends the smallest request of an operation with bound values, as set-up."""
        return self._making.call(self._scopes.own, operation, bound)

    def prepare(
        self,
        contract: Contract,
        value: dict[str, Any],
        bound: Bindings,
        keep: SegmentPath = (),
        asked: SegmentPath = (),
        *,
        refer: bool = True,
    ) -> dict[str, Any]:
        """A generated request made to fit the target's state.

        Live values are bound, tokens of pages left out, idempotency tokens and unique names drawn
        anew, hints followed; the place that `keep` leads to stays as it was generated, the one
        `asked` leads to stays there. Without `refer` only what is bound is named that exists.
        """
        try:
            scope = self._scopes.of(contract.service)
        except SetupFailed:
            scope = Scope(contract, Hints())
        return self._preparing.fitted(
            scope, contract, value, bound, keep=keep, asked=asked, refer=refer
        )

    def learn(self, observed: Observed) -> None:
        """Takes what an exchange shows to live or to live no more, and what it made."""
        self._whose.learn(observed)
        if not self._cleaning:
            self._belongings.adopt(observed)

    def facts(self, contract: Contract, value: Mapping[str, Any]) -> dict[str, Any]:
        """What a check has to know of a request: `made_up`, the places of names nobody knows."""
        made_up = self._preparing.made_up(contract, value)
        return {"made_up": made_up} if made_up else {}

    def clean_up(self) -> None:
        """Removes what was made; `left` tells what is left behind.

        Raises:
            Stop: nothing more is sent; another clean-up goes on where this one ended.
        """
        self._cleaning = True
        try:
            self._belongings.remove()
        finally:
            self._cleaning = False
            self._shared.clear()

    def abandon(self, why: str) -> None:
        """Leaves what was made where it is."""
        self._belongings.abandon(why)

    def _lives(self, bound: Bindings) -> bool:
        return all(self.pool.knows(each) for each in bound.values() if isinstance(each, str))

    def _gathered(self, get: Callable[[str], Bindings], *, quiet: bool = False) -> Bindings:
        bound: Bindings = {}
        for name in self.hint.needs:
            try:
                bound |= self._whose.offered(self.contract, get(name))
            except SetupFailed as failed:
                if not quiet:
                    self.note(f"{self.contract.operation} needs {name}: {failed}")
        return bound

    def _origins(self, name: str) -> Mapping[str, Origin]:
        try:
            return self._scopes.find(name)[1].gives
        except SetupFailed:
            return {}

    def _needs_of(self, name: str) -> tuple[str, ...]:
        try:
            return self._scopes.find(name)[1].needs
        except SetupFailed:
            return ()

    def _used_up(self, names: Iterable[str]) -> bool:
        """Forgets shared things, so that they are made anew; whether there were any."""
        used = [each for each in self._shared if each[0] in names]
        for each in used:
            del self._shared[each]
        return bool(used)

    def _made_now(self, name: str, wanted: Bindings, *, rich: bool, apart: bool) -> Bindings:
        scope, resource = self._scopes.find(name)
        maker = scope.operation(resource.create)
        bound: Bindings = {}
        for needed in resource.needs:
            full = self._scopes.full(scope, needed)
            try:
                bound |= self._whose.offered(maker, self.make(full) if apart else self.shared(full))
            except SetupFailed as failed:
                raise SetupFailed(f"{resource.create} needs {needed}: {failed}") from None
        value, observed = self._making.create(scope, resource, bound, wanted, rich=rich)
        if not observed.accepted:
            raise SetupFailed(refusal(resource.create, observed))
        values = given(resource, value, observed)
        own = self._whose.is_own(maker, values, bound)
        if own:
            self._belongings.add(Made(scope, resource, bound | values), observed)
        if resource.gives and not values:
            missing = ", ".join(resource.gives)
            answered = f"{resource.create} answered {observed.describe()}"
            raise NothingGiven(f"{answered} without {missing}")
        for member, each in values.items():
            self.pool.keep(each)
            bound[member] = bound[f"{name}.{member}"] = bound[f"{resource.name}.{member}"] = each
        if not own and not only_reads(maker):
            raise SetupFailed(f"{resource.create} answered with what was there before")
        for operation in resource.then:
            self._making.call(scope, operation, bound)
        if resource.wait is not None:
            self._making.wait(scope, resource.wait, bound)
        return bound

    def _living(self, scope: Scope, name: str) -> Bindings:
        """A shared thing for a member that can do without; nothing where there can be none."""
        full = self._scopes.full(scope, name)
        known = self._shared.get((full, False), {})
        if known or self._cleaning or self._under_way:
            return known
        try:
            return self.shared(full)
        except SetupFailed:
            return {}
