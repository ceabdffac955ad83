"""What models do not say: how to bring a service into a state where an operation has an answer.

Hints are data, `specs/data/<service>/hints.json`, and a user's own. A *resource* is something an
operation needs; it is made by an operation, gives values that are bound to request members, and
may need other resources first. What can be told from the models alone is inferred
(`specs.producing`), in the same words; what is written is laid over it.

Places in requests are written as in clause ids: `Targets/*/Arn`, `RequestItems/@key`.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from awsconform.errors import ContractError, Location

DATA = Path(__file__).parent / "data"

Origin = tuple[str | int, ...]


@dataclass(frozen=True)
class Wait:
    """Poll `operation` until `member` has none of the values `while_in`.

    `member` leads into the answer, step by step: ("KeyMetadata", "KeyState").
    """

    operation: str
    member: Origin
    while_in: tuple[str, ...]


@dataclass(frozen=True)
class Resource:
    """How something an operation needs is made and removed.

    `create` is an operation of the service, or of another one: `iam.CreateRole`. `gives` maps the
    name of a value to where it is: `("response" or "request", *path)`. `needs` names resources,
    `iam:role` is one of another service's hints. `binds` maps places of the request to values that
    needed resources give, `unique` are members drawn anew for each, `values` members with fixed
    values or templates of them. `then` are operations called after `create`, `delete` those that
    remove it, in order. `written` says that somebody wrote it, or some of it, down.
    """

    name: str
    create: str
    gives: Mapping[str, Origin]
    needs: tuple[str, ...] = ()
    binds: Mapping[str, str] = field(default_factory=dict)
    unique: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    delete: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    wait: Wait | None = None
    written: bool = False


@dataclass(frozen=True)
class Hint:
    """What one operation needs.

    `needs` are resources whose values are bound: to members of the same names, and to the places
    of `binds`. With `fresh` every accepted request uses them up. `values` are members with fixed
    values or templates, `omit` members left out of requests that are not about them, `either`
    groups of members of which a request has one. `unique` are request members that must not
    repeat. `owns` is the resource whose items a list operation returns, made `count` times before
    its pages are walked. `observe` are operations that read what this one could change, `ignore`
    members of their answers that change on their own.
    """

    needs: tuple[str, ...] = ()
    binds: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    omit: tuple[str, ...] = ()
    either: tuple[tuple[str, ...], ...] = ()
    fresh: bool = False
    unique: tuple[str, ...] = ()
    owns: str | None = None
    count: int = 0
    observe: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    written: bool = False


Entry = TypeVar("Entry", Resource, Hint)


@dataclass(frozen=True)
class Hints:
    """The hints of one service; an operation without one needs nothing.

    `stated` are the keys that were written of an entry, by its name, and `alone` the entries of
    which nothing inferred is kept.
    """

    resources: Mapping[str, Resource] = field(default_factory=dict)
    operations: Mapping[str, Hint] = field(default_factory=dict)
    stated: Mapping[str, frozenset[str]] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()

    def of(self, operation: str) -> Hint:
        """The hint of an operation."""
        return self.operations.get(operation, Hint())


@functools.cache
def hints_of(service: str) -> Hints:
    """The hints written down for a service; empty ones where there are none.

    Raises:
        ContractError: the file cannot be read as hints.
    """
    path = DATA / service / "hints.json"
    if not path.exists():
        return Hints()
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ContractError(f"not a file of hints: {error}", location=Location(str(path))) from None
    return parse(document, str(path))


def parse(document: Any, file: str) -> Hints:
    """The hints a document states; `file` is where it stands, for errors.

    A resource has to say how it is made and what it gives, unless it is laid over one that does.

    Raises:
        ContractError: it is no document of hints; the place in it is told.
    """
    if not isinstance(document, dict):
        raise _wrong("hints are one JSON object", file, "")
    _known_keys(document, {"resources", "operations"}, file, "")
    stated: dict[str, frozenset[str]] = {}
    alone: set[str] = set()
    made: dict[str, dict[str, Any]] = {"resources": {}, "operations": {}}
    for group, kind, read in (
        ("resources", Resource, _resource),
        ("operations", Hint, _hint),
    ):
        entries = document.get(group, {})
        if not isinstance(entries, dict):
            raise _wrong(f"{group} is an object of entries by name", file, f"/{group}")
        for name, entry in entries.items():
            pointer = f"/{group}/{name}"
            if not isinstance(entry, dict):
                raise _wrong("an entry is an object", file, pointer)
            _known_keys(entry, {*_KEYS[kind], "alone"}, file, pointer)
            try:
                made[group][name] = read(name, entry)
            except _Unusable as error:
                key, message = error.args
                raise _wrong(message, file, f"{pointer}/{key}") from None
            except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
                told = f"this says nothing that can be used: {error!r}"
                raise _wrong(told, file, pointer) from None
            stated[f"{group}/{name}"] = frozenset(entry) - {"alone"}
            if entry.get("alone"):
                alone.add(f"{group}/{name}")
    return Hints(made["resources"], made["operations"], stated, frozenset(alone))


def overlay(below: Hints, above: Hints) -> Hints:
    """Hints with others laid over them: what an entry above states replaces what is below."""
    return Hints(
        _overlaid("resources", below.resources, above.resources, above),
        _overlaid("operations", below.operations, above.operations, above),
        {
            name: below.stated.get(name, frozenset()) | above.stated.get(name, frozenset())
            for name in {**below.stated, **above.stated}
        },
        below.alone | above.alone,
    )


def _overlaid(
    group: str, below: Mapping[str, Entry], above: Mapping[str, Entry], hints: Hints
) -> dict[str, Entry]:
    entries = dict(below)
    for name, entry in above.items():
        key = f"{group}/{name}"
        under = entries.get(name)
        if under is None or key in hints.alone:
            entries[name] = entry
        else:
            stated = hints.stated.get(key) or frozenset(each.name for each in fields(entry))
            changed = {each: getattr(entry, each) for each in stated & _NAMES[type(entry)]}
            entries[name] = replace(under, **changed, written=True)
    return entries


class _Unusable(Exception):
    """What is wrong with a key; its arguments are that key and the message."""


_KEYS = {
    kind: {each.name for each in fields(kind)} - {"name", "written"} for kind in (Resource, Hint)
}
_NAMES = {kind: frozenset(each.name for each in fields(kind)) for kind in (Resource, Hint)}


def _resource(name: str, stated: Mapping[str, Any]) -> Resource:
    wait = stated.get("wait")
    return Resource(
        name,
        str(stated.get("create", "")),
        {member: _origin(origin) for member, origin in stated.get("gives", {}).items()},
        _names(stated, "needs"),
        _binds(stated),
        _names(stated, "unique"),
        _names(stated, "then"),
        _names(stated, "delete"),
        _values(stated),
        _wait(wait) if wait else None,
        written=True,
    )


def _hint(name: str, stated: Mapping[str, Any]) -> Hint:
    return Hint(
        _names(stated, "needs"),
        _binds(stated),
        _values(stated),
        _names(stated, "omit"),
        tuple(_names({"either": group}, "either") for group in stated.get("either", ())),
        bool(stated.get("fresh", False)),
        _names(stated, "unique"),
        _owned(stated),
        _count(stated),
        _names(stated, "observe"),
        _names(stated, "ignore"),
        written=True,
    )


def _names(stated: Mapping[str, Any], key: str) -> tuple[str, ...]:
    names = stated.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise TypeError(f"{key} is a list of names")
    return tuple(names)


def _binds(stated: Mapping[str, Any]) -> dict[str, str]:
    binds = stated.get("binds", {})
    if not isinstance(binds, dict) or not all(isinstance(name, str) for name in binds.values()):
        raise _Unusable("binds", "binds is an object of names of values by places")
    return binds


def _values(stated: Mapping[str, Any]) -> dict[str, Any]:
    values = stated.get("values", {})
    if not isinstance(values, dict):
        raise _Unusable("values", "values is an object of values by places")
    return dict(values)


def _owned(stated: Mapping[str, Any]) -> str | None:
    name = stated.get("owns")
    if name is None or isinstance(name, str):
        return name
    raise _Unusable("owns", "owns is the name of a resource")


def _count(stated: Mapping[str, Any]) -> int:
    count = stated.get("count", 0)
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        raise _Unusable("count", f"count is a whole number from 0 on, not {count!r}")
    return count


def _origin(stated: Any) -> Origin:
    part, *path = stated
    if part not in ("request", "response"):
        raise ValueError(f"a value comes from a request or a response, not {part!r}")
    return (part, *_steps(path))


def _steps(path: list[Any]) -> Origin:
    if not all(isinstance(step, str | int) for step in path):
        raise ValueError("the way to a value is made of names and numbers")
    return tuple(path)


def _wait(stated: Mapping[str, Any]) -> Wait:
    member = stated["member"]
    path = [member] if isinstance(member, str) else list(member)
    return Wait(str(stated["operation"]), _steps(path), _names(stated, "whileIn"))


def _known_keys(entry: Mapping[str, Any], known: set[str], file: str, pointer: str) -> None:
    for key in entry:
        if key not in known:
            raise _wrong(
                f"there is no key {key!r} here, only {', '.join(sorted(known))}",
                file,
                f"{pointer}/{key}",
            )


def _wrong(message: str, file: str, pointer: str) -> ContractError:
    return ContractError(message, location=Location(file, pointer=pointer or "/"))
