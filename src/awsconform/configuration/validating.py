"""A table held against the schema: what is wrong is told by its key, with what was expected."""

from __future__ import annotations

import contextlib
import datetime
import difflib
import functools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NoReturn

from awsconform.configuration import errors
from awsconform.configuration.schema import (
    configuration_schema,
    expected,
    hook_keys,
    keys,
)
from awsconform.errors import Location

Steps = tuple[str, ...]
Place = Callable[[Steps], Location]
# As near to a known name as a slip of the fingers leaves it.
_NEAR = 0.6
_LONGEST = 80
# Said on the command line alone, and why.
_CALLED = {
    "allow-aws": "real AWS is contacted only where the command line says so",
    "allow-writes": "real AWS is changed only where the command line says so",
    "resume": "it is about one call",
    "update-baseline": "it is about one call",
    "output": "it is about one call",
    "format": "it is about one call",
}
# What a key is called elsewhere.
_OTHERWISE = {"levels": "level", "headers": "header", "k": "clauses", "clause": "clauses"}


def check(document: Mapping[str, Any], place: Place, prefix: str = "") -> None:
    """Finds what is wrong with a document.

    `place` tells where a key stands, and `prefix` what stands before it in its name.

    Raises:
        UnknownKey, WrongType, InvalidValue: what is wrong first, in the order of the file.
    """
    for steps, known in _tables(document):
        for name in _at(document, steps):
            if name not in known:
                _unknown(name, known, (*steps, name), place, prefix)
    for steps, value in _values(document):
        if isinstance(value, datetime.date | datetime.time):
            _wrong(errors.WrongType, steps, value, place, prefix)
        if isinstance(value, float) and not math.isfinite(value):
            _wrong(errors.InvalidValue, steps, value, place, prefix)
    for found in _validator().iter_errors(document):
        steps = tuple(str(step) for step in found.instance_path)
        _invalid(steps, document, found.schema_path, place, prefix)


def near(name: str, known: Iterable[str]) -> str | None:
    """The known name that was meant, None where none is near."""
    plain = name.lower().replace("_", "-")
    known = list(known)
    if plain in _OTHERWISE and _OTHERWISE[plain] in known:
        return _OTHERWISE[plain]
    return next(iter(difflib.get_close_matches(plain, known, n=1, cutoff=_NEAR)), None)


def _tables(document: Mapping[str, Any]) -> Iterator[tuple[Steps, list[str]]]:
    """Every table by its place, before anything is known of types, and the keys it may have."""
    yield (), list(configuration_schema()["properties"])
    if isinstance(document.get("hooks"), dict):
        yield ("hooks",), list(hook_keys())
    targets = document.get("targets")
    for name, each in targets.items() if isinstance(targets, dict) else ():
        if isinstance(each, dict):
            yield ("targets", name), list(keys())


def _at(document: Mapping[str, Any], steps: Steps) -> Mapping[str, Any]:
    return functools.reduce(lambda table, step: table[step], steps, document)


def _values(value: Any, steps: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _values(each, (*steps, name))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _values(each, (*steps, str(number)))
    else:
        yield steps, value


@functools.cache
def _validator() -> Any:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(configuration_schema())


def _unknown(name: str, known: Iterable[str], steps: Steps, place: Place, prefix: str) -> NoReturn:
    if name in _CALLED:
        raise errors.UnknownKey(
            f"{_named(steps, prefix)} is said on the command line alone",
            hint=f"take it out: {_CALLED[name]}",
            location=place(steps),
        )
    meant = near(name, known)
    hint = f"did you mean {meant}?" if meant else f"those known are {', '.join(known)}"
    raise errors.UnknownKey(
        f"the key {_named(steps, prefix)} means nothing", hint=hint, location=place(steps)
    )


def _invalid(
    steps: Steps, document: Mapping[str, Any], schema_path: Any, place: Place, prefix: str
) -> NoReturn:
    keyword = schema_path[-1]
    if keyword == "oneOf":
        raise errors.InvalidValue(
            f"{_named(steps, prefix)} names a target by target or by start, one of them",
            hint='as in target = "http://localhost:4566"',
            location=place(steps),
        )
    if "propertyNames" in schema_path:
        wrong = next(iter(name for name in _at(document, steps) if not _is_name(name)), "")
        raise errors.InvalidValue(
            f"{wrong!r} can be no name of a target",
            hint="names are letters, digits, hyphens, dots and underscores",
            location=place((*steps, wrong)),
        )
    value: Any = document
    for step in steps:
        value = value[int(step)] if isinstance(value, list) else value[step]
    kind = errors.WrongType if keyword == "type" else errors.InvalidValue
    _wrong(kind, steps, value, place, prefix)


def _is_name(name: str) -> bool:
    return bool(name) and all(each.isascii() and (each.isalnum() or each in "_.-") for each in name)


def _wrong(
    kind: type[errors.ConfigurationError], steps: Steps, value: Any, place: Place, prefix: str
) -> NoReturn:
    key = [step for step in steps if not step.isdecimal() or step in keys()]
    known = hook_keys() if steps[0] == "hooks" and len(steps) > 1 else keys()
    stated: dict[str, Any] = known.get(key[-1], {"type": "object"}) if key else {"type": "object"}
    if len(steps) == 2 and steps[0] == "targets":
        stated = {"type": "object"}
    if stated.get("type") == "array" and not isinstance(value, list) and key[-1] != steps[-1]:
        stated = {"type": "string", "x-secret": stated.get("x-secret")}
    shown = "" if stated.get("x-secret") else f", not {_told(value)}"
    raise kind(
        f"{_named(steps, prefix)} has to be {expected(stated)}{shown}", location=place(steps)
    )


def _named(steps: Steps, prefix: str) -> str:
    return ".".join((*([prefix] if prefix else []), *(_bare(step) for step in steps)))


def _bare(step: str) -> str:
    return step if _is_name(step) and "." not in step else repr(step)


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list" if value else "an empty one"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def typed(key: str, value: Any, name: str) -> Any:
    """What a variable of that name says of a key, in the type of the file.

    Raises:
        WrongType, InvalidValue: it is none that the key may have.
    """
    kind = keys()[key].get("type")
    if kind in ("integer", "number") and isinstance(value, str):
        with contextlib.suppress(ValueError):
            value = int(value) if kind == "integer" else float(value)
    check({key: value}, lambda steps: Location(name))
    return value
