"""Hints that users write themselves, for services the suite knows less of than they do.

A document has hints by service: `{"sqs": {"resources": {…}, "operations": {…}}}`, each in the form
of the committed ones. They are checked against the contracts before anything is sent.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from awsconform.conformance.state.knowledge import Knowledge
from awsconform.errors import AwsconformError, Location, UsageError
from awsconform.specs import catalog
from awsconform.specs.companions import companion
from awsconform.specs.contract import Contract
from awsconform.specs.hints import Hint, Hints, Resource, overlay, parse
from awsconform.specs.nearest import hint as hint_of
from awsconform.specs.nearest import nearest


def read(file: Path) -> Knowledge:
    """What a file of hints says, laid over all that is known without it.

    Raises:
        UsageError: it cannot be read, or is no JSON.
        AwsconformError: it says something that cannot be used; the place in it is told.
    """
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        location = Location(str(file), line=error.lineno)
        raise UsageError(f"not JSON: {error.msg}", location=location) from None
    except (OSError, ValueError) as error:
        raise UsageError(f"hints cannot be read: {error}", location=Location(str(file))) from None
    return Knowledge(parsed(document, str(file)).get)


def parsed(document: Any, file: str) -> dict[str, Hints]:
    """The hints of a document by service; `file` is what it is called in errors.

    Raises:
        AwsconformError: it says something that cannot be used; the place in it is told.
    """
    if not isinstance(document, dict):
        raise UsageError("hints are one JSON object, by service", location=Location(file))
    return {service: of_service(service, stated, file) for service, stated in document.items()}


def of_service(service: str, stated: Any, file: str) -> Hints:
    """The hints of one service.

    Raises:
        AwsconformError: they say something that cannot be used; the place is told.
    """
    try:
        operations = catalog.operations(service)
        hints = parse(stated, file)
        _check(catalog.load(service, operations[0]), operations, hints)
    except AwsconformError as error:
        below = (error.location and error.location.pointer) or ""
        location = Location(file, pointer=f"/{service}{below.rstrip('/')}")
        raise UsageError(error.message, hint=error.hint, location=location) from None
    return hints


def together(service: str, documents: Iterable[Any], file: str) -> Hints | None:
    """Several documents on one service, each laid over those before; None where there is none.

    Raises:
        AwsconformError: one says something that cannot be used; the place in it is told.
    """
    several = [of_service(service, each, file) for each in documents]
    return functools.reduce(overlay, several) if several else None


def _check(contract: Contract, operations: list[str], hints: Hints) -> None:
    known = Knowledge({contract.service: hints}.get).hints(contract)
    for name in hints.operations:
        here = f"/operations/{name}"
        _operation(contract, operations, name, here)
        _names(companion(contract, name), known, hints.operations[name], here)
    for name in hints.resources:
        here = f"/resources/{name}"
        resource = known.resources[name]
        if not resource.create or not resource.gives:
            missing = "gives" if resource.create else "create"
            raise _wrong(f"nothing says what {name} has for {missing!r}", here)
        for key, value in (
            ("create", resource.create),
            *(("then", each) for each in resource.then),
            *(("delete", each) for each in resource.delete),
            *(("wait", each.operation) for each in (resource.wait,) if each),
        ):
            _operation(contract, operations, value, f"{here}/{key}")
        _names(companion(contract, resource.create), known, resource, here)


def _operation(contract: Contract, operations: list[str], name: str, pointer: str) -> None:
    if "." in name:
        service, _, name = name.rpartition(".")
        operations = catalog.operations(service)
    else:
        service = contract.service
    if name not in operations:
        near = nearest(name, {each: () for each in operations})
        raise _wrong(
            f"{service} has no operation {name!r}",
            pointer,
            hint=hint_of(near, f"`awsconform list {service}` names them"),
        )


def _names(contract: Contract, known: Hints, entry: Hint | Resource, pointer: str) -> None:
    """Checks the names of resources and members in an entry about requests of a contract."""
    for name in entry.needs:
        if ":" not in name and name not in known.resources:
            raise _wrong(f"there is no resource {name!r}", f"{pointer}/needs")
    if isinstance(entry, Hint) and entry.owns and entry.owns not in known.resources:
        raise _wrong(f"there is no resource {entry.owns!r}", f"{pointer}/owns")
    for key, place in _places(entry):
        if contract.place("request", tuple(place.split("/"))) is None:
            near = nearest(place, {each: () for each in contract.members("request")})
            raise _wrong(
                f"requests of {contract.operation} have no {place!r}",
                f"{pointer}/{key}",
                hint=hint_of(near, f"`awsconform show {contract.id}` has their members"),
            )


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


def _wrong(message: str, pointer: str, *, hint: str | None = None) -> UsageError:
    return UsageError(message, hint=hint, location=Location("", pointer=pointer))
