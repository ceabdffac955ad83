"""Generated requests made to fit the state of a target, by all that is known of their operation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from awsconform.conformance.state.fitting import Fitting, Names
from awsconform.conformance.state.knowledge import Knowledge
from awsconform.conformance.state.pool import Pool
from awsconform.conformance.state.scopes import Scope
from awsconform.conformance.state.templates import moments
from awsconform.generators.overlay import at, pointers
from awsconform.specs.contract import Contract, SegmentPath
from awsconform.specs.effects import only_reads
from awsconform.specs.hints import Resource
from awsconform.specs.producing import Reference
from awsconform.specs.producing.words import key

Bindings = dict[str, Any]
Living = Callable[[Scope, str], Bindings]


class Preparing:
    """Fits requests; `living` gives the values of a resource that a member can do without."""

    def __init__(self, knowledge: Knowledge, pool: Pool, names: Names, living: Living) -> None:
        self.knowledge = knowledge
        self.pool = pool
        self._names = names
        self._living = living

    def fitted(
        self,
        scope: Scope,
        contract: Contract,
        value: dict[str, Any],
        bound: Bindings,
        *,
        keep: SegmentPath = (),
        asked: SegmentPath = (),
        maker: Resource | None = None,
        named: Mapping[str, Any] | None = None,
        refer: bool = True,
        drop: bool = True,
    ) -> dict[str, Any]:
        """A request of an operation in a scope.

        `maker` is the resource it makes, `named` what to call that. With `refer` live values are
        put where something is named, into what does not only read no others than were made in this
        run, and with `drop` optional members left out for which there are none.
        """
        hint = scope.hints.of(contract.operation)
        makers = [maker] if maker else scope.made_by(contract.operation)
        fitting = Fitting(contract, value, keep=keep, asked=asked)
        live = {**moments(), **self.pool.place, **bound}
        values = {**hint.values, **(maker.values if maker else {})}
        binds = {**hint.binds, **(maker.binds if maker else {})}
        unique = (*hint.unique, *(member for each in makers for member in each.unique))
        fitting.lay(values, live, self._names.unique)
        fitting.bind(bound, binds, apart=[name for name in unique if name not in binds])
        # What a hint says of a member it leaves out is for the requests that ask for the member.
        wanted = {place.split("/")[0] for place in (*maker.values, *maker.binds)} if maker else {}
        omitted = (name for name in hint.omit if name not in wanted)
        fitting.leave_out((*omitted, *_page_tokens(contract)))
        fitting.lay(named or {}, {}, self._names.unique)
        fitting.choose(hint.either)
        if refer:
            # What others made may be looked at, and must be left as it is.
            own = not only_reads(contract)
            places = self.knowledge.references(contract)
            find = self._finder(scope, contract, places, own=own)
            fitting.refer(places, self.pool.owns if own else self.pool.knows, find, drop)
        again = (*_idempotency(contract), *unique)
        fitting.renew(again, lambda path: self._names.of(contract, path))
        return fitting.value

    def made_up(self, contract: Contract, value: Mapping[str, Any]) -> list[str]:
        """The places of a request that name something nobody knows to exist."""
        return [
            "/".join(path)
            for path in self.knowledge.references(contract)
            for named in (at(value, pointer) for pointer in pointers(value, path))
            if isinstance(named, str) and not self.pool.knows(named)
        ]

    def _finder(
        self,
        scope: Scope,
        contract: Contract,
        places: Mapping[SegmentPath, Reference],
        *,
        own: bool,
    ) -> Callable[[SegmentPath], Iterator[Any]]:
        """What may stand at a place that names something: what was made, else what is known."""

        def find(path: SegmentPath) -> Iterator[Any]:
            reference = places[path]
            service, _, noun = (reference.resource or "").rpartition(":")
            kind = key(tuple(noun.split("-"))) if noun else ""
            if reference.resource is not None and reference.value is not None:
                made = self._living(scope, reference.resource).get(reference.value)
                if isinstance(made, str) and not (own and self.pool.is_foreign(made)):
                    yield made
            place = contract.place("request", path)
            if place is not None and service in ("", contract.service):
                yield from self.pool.find(contract, place, kind, own=own)
            elif place is not None:
                yield from self.pool.arns(kind, own=own)

        return find


def _page_tokens(contract: Contract) -> tuple[str, ...]:
    return contract.pagination.input_token if contract.pagination else ()


def _idempotency(contract: Contract) -> list[str]:
    members = contract.members("request").items()
    return [name for name, place in members if place.aws.get("idempotencyToken")]
