"""Whether hints that users write can be followed: held against contracts and what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from awsconform.conformance.state.hinted_values import check_value
from awsconform.conformance.state.knowledge import Knowledge
from awsconform.conformance.state.templates import names_in
from awsconform.errors import AwsconformError, Location, UsageError
from awsconform.specs import catalog
from awsconform.specs.companions import companion
from awsconform.specs.contract import Contract
from awsconform.specs.hints import Hint, Hints, Origin, Resource
from awsconform.specs.nearest import hint as hint_of
from awsconform.specs.nearest import nearest

Own = Callable[[str], Hints | None]


def check(service: str, hints: Hints, own: Own) -> None:
    """Checks one document on a service; `own` gives all that users wrote for any service.

    Raises:
        AwsconformError: it says something that cannot be followed; the pointer to it is told.
    """
    _Check(service, own).of(hints)


class _Check:
    def __init__(self, service: str, own: Own) -> None:
        self.service = service
        self.operations = catalog.operations(service)
        self._knowledge = Knowledge(own)
        self._known: dict[str, Hints] = {}
        self._contract = catalog.load(service, self.operations[0])

    def of(self, hints: Hints) -> None:
        for name, hint in hints.operations.items():
            here = f"/operations/{_escaped(name)}"
            self._operation(name, here)
            for each in hint.observe:
                self._operation(each, f"{here}/observe")
            if hint.owns is not None:
                self._resource(hint.owns, f"{here}/owns")
            self._entry(companion(self._contract, name), hint, here)
        for name in hints.resources:
            stated = hints.stated.get(f"resources/{name}", frozenset())
            self._of_resource(name, hints.resources[name], stated)

    def _of_resource(self, name: str, own: Resource, stated: frozenset[str]) -> None:
        here = f"/resources/{_escaped(name)}"
        resource = self._hints(self.service).resources[name]
        if not resource.create or not resource.gives:
            missing = "gives" if resource.create else "create"
            raise _wrong(f"nothing says what {name} has for {missing!r}", here)
        for key, value in (
            ("create", resource.create),
            *(("then", each) for each in resource.then),
            *(("delete", each) for each in resource.delete),
            *(("wait", each.operation) for each in (resource.wait,) if each),
        ):
            self._operation(value, f"{here}/{key}")
        maker = companion(self._contract, resource.create)
        if "gives" in stated:
            for value, origin in own.gives.items():
                _stands(maker, origin, f"{here}/gives/{_escaped(value)}")
        if own.wait is not None:
            asked = companion(self._contract, own.wait.operation)
            _stands(asked, ("response", *own.wait.member), f"{here}/wait/member")
        # What is inferred beside it may be about another operation; nobody stated that.
        self._entry(maker, own, here)
        if "needs" in stated:
            around = self._around(self.service, name)
            if around:
                raise _wrong(f"{name} needs itself: {' → '.join(around)}", f"{here}/needs")

    def _entry(self, contract: Contract, entry: Hint | Resource, here: str) -> None:
        """Checks the names of resources and members in an entry about requests of a contract."""
        for name in entry.needs:
            self._resource(name, f"{here}/needs")
        for key, place in _places(entry):
            if contract.place("request", tuple(place.split("/"))) is None:
                near = nearest(place, {each: () for each in contract.members("request")})
                raise _wrong(
                    f"requests of {contract.operation} have no {place!r}",
                    f"{here}/{key}",
                    hint=hint_of(near, f"`awsconform show {contract.id}` has their members"),
                )
        for place, template in entry.values.items():
            pointer = f"{here}/values/{_escaped(place)}"
            check_value(contract, place, template, pointer)
            for name in names_in(template):
                self._value(name, entry, pointer)
        for place, name in entry.binds.items():
            self._value(name, entry, f"{here}/binds/{_escaped(place)}")

    def _value(self, name: str, entry: Hint | Resource, pointer: str) -> None:
        """Checks that something gives a value: a resource of the service, or one it needs."""
        whole = self._hints(self.service)
        entries = (entry, *whole.resources.values(), *whole.operations.values())
        others = {each.rpartition(":")[0] for one in entries for each in one.needs} - {""}
        known = {
            value
            for service in (self.service, *sorted(others))
            for resource in self._hints(service).resources.values()
            for value in resource.gives
        }
        if name not in known and name.rpartition(".")[2] not in known:
            near = nearest(name, {each: () for each in known})
            raise _wrong(
                f"nothing gives a value {name!r}",
                pointer,
                hint=hint_of(near, f"`awsconform plan {self.service}` has what is made"),
            )

    def _operation(self, name: str, pointer: str) -> None:
        service, separator, name = name.rpartition(".")
        service = service or self.service
        operations = self._operations_of(service, pointer) if separator else self.operations
        if name not in operations:
            near = nearest(name, {each: () for each in operations})
            raise _wrong(
                f"{service} has no operation {name!r}",
                pointer,
                hint=hint_of(near, f"`awsconform list {service}` names them"),
            )

    def _resource(self, name: str, pointer: str) -> None:
        service, _, noun = name.rpartition(":")
        service = service or self.service
        self._operations_of(service, pointer)
        known = self._hints(service).resources
        if noun not in known:
            near = nearest(noun, {each: () for each in known})
            raise _wrong(
                f"there is no resource {name!r}",
                pointer,
                hint=hint_of(near, f"`awsconform plan {service}` names them"),
            )

    def _operations_of(self, service: str, pointer: str) -> Sequence[str]:
        try:
            return catalog.operations(service)
        except AwsconformError as error:
            raise _wrong(error.message, pointer, hint=error.hint) from None

    def _hints(self, service: str) -> Hints:
        if service not in self._known:
            contract = catalog.load(service, catalog.operations(service)[0])
            self._known[service] = self._knowledge.hints(contract)
        return self._known[service]

    def _around(self, service: str, name: str) -> list[str]:
        """The way from a resource by what it needs back to itself; empty where there is none."""
        start = (service, name)
        seen = {start}
        ways = [(start, [name])]
        while ways:
            (home, noun), way = ways.pop()
            for each in self._needs(home, noun):
                owner, _, below = each.rpartition(":")
                following = (owner or home, below)
                if following == start:
                    return [*way, name]
                if following not in seen:
                    seen.add(following)
                    ways.append((following, [*way, each]))
        return []

    def _needs(self, service: str, noun: str) -> Iterable[str]:
        resource = self._hints(service).resources.get(noun)
        return resource.needs if resource else ()


def _stands(contract: Contract, origin: Origin, pointer: str) -> None:
    """Checks that an operation's request or response has the place a value comes from."""
    part, path = str(origin[0]), origin[1:]
    told = "/".join(map(str, path))
    if not path:
        raise _wrong(f"a member of the {part} is wanted behind {part!r}", pointer)
    for length in range(1, len(path) + 1):
        place = contract.place(part, contract.generalise(part, path[:length]))
        if place is None:
            near = nearest(str(path[0]), {each: () for each in contract.members(part)})
            raise _wrong(
                f"{part}s of {contract.operation} have no {told!r}",
                pointer,
                hint=hint_of(near, f"`awsconform show {contract.id}` has their members"),
            )
        if place.kind == "document":
            return


def _places(entry: Hint | Resource) -> Iterator[tuple[str, str]]:
    for key in ("binds", "values", "unique"):
        for place in getattr(entry, key):
            yield key, place
    if isinstance(entry, Hint):
        for name in entry.omit:
            yield "omit", name
        for group in entry.either:
            for name in group:
                yield "either", name


def _escaped(segment: Any) -> str:
    return str(segment).replace("~", "~0").replace("/", "~1")


def _wrong(message: str, pointer: str, *, hint: str | None = None) -> UsageError:
    return UsageError(message, hint=hint, location=Location("", pointer=pointer))
