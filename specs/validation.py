"""Which keywords of a contract a value fails, and where.

jsonschema-rs judges. Three rules are AWS's own and laid over it: the JSON protocols write the
special floating-point numbers as strings, a value of the wrong type fails `type` and nothing else
at that place, and a missing member fails `required` at the member's own place.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import jsonschema_rs

from awsconform.specs.contract import DIALECT, KEY, Contract, SegmentPath
from awsconform.specs.streams import stream_member

SPECIAL_FLOATS = ("NaN", "Infinity", "-Infinity")
FLOATS = ("float", "double")

Pointer = tuple[str | int, ...]


@dataclass(frozen=True)
class Failure:
    """One keyword a value fails at one pointer; `path` is the place in the contract."""

    pointer: Pointer
    path: SegmentPath
    keyword: str
    message: str

    @property
    def pointer_text(self) -> str:
        """The pointer as RFC 6901 writes it."""
        return "".join(f"/{str(p).replace('~', '~0').replace('/', '~1')}" for p in self.pointer)


@functools.lru_cache(maxsize=1024)
def _validator(contract: Contract, part: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(contract.part(part), validate_formats=True)


@functools.lru_cache(maxsize=64)
def _event_validator(contract: Contract, stream: str) -> jsonschema_rs.Draft202012Validator:
    output = contract.definitions[contract.output_shape or ""]
    event = contract.resolve(output["properties"][stream])
    # Some models require a kind of event; that does not make every event one of it.
    event.pop("required", None)
    schema = {"$schema": DIALECT, **event, "$defs": contract.definitions}
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def failures(contract: Contract, part: str, value: Any) -> list[Failure]:
    """What `value` fails in `request`, `response` or an error's code; empty when it is valid.

    The events of a stream are judged one by one; their paths do not tell them apart.
    """
    stream = stream_member(contract, contract.output_shape) if part == "response" else None
    if stream is None or not isinstance(value, dict) or stream not in value:
        return _found(contract, part, _validator(contract, part), value)
    rest = {**value, stream: {}}
    found = [
        each
        for each in _found(contract, part, _validator(contract, part), rest)
        if each.pointer[:1] != (stream,)
    ]
    events = value[stream]
    if not isinstance(events, list):
        return [*found, Failure((stream,), (stream,), "type", "no list of events")]
    validator = _event_validator(contract, stream)
    for number, event in enumerate(events):
        for each in _found(contract, part, validator, event, (stream,)):
            found.append(replace(each, pointer=(stream, number, *each.pointer)))
    return found


def _found(
    contract: Contract,
    part: str,
    validator: jsonschema_rs.Draft202012Validator,
    value: Any,
    around: Pointer = (),
) -> list[Failure]:
    """What a value fails that stands at the pointer `around`; pointers begin at the value."""
    if validator.is_valid(value):
        return []
    found: dict[tuple[Pointer, str], Failure] = {}
    mistyped: set[Pointer] = set()
    for error in _outermost(validator.iter_errors(value)):
        pointer: Pointer = tuple(error.instance_path)
        keyword = error.kind.name
        path = contract.generalise(part, (*around, *pointer))
        if keyword == "propertyNames":
            path = (*path, KEY)
            keyword = str(error.schema_path[-1])
        elif isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Required):
            pointer = (*pointer, str(error.kind.as_dict()["property"]))
            path = contract.generalise(part, (*around, *pointer))
        elif keyword == "type":
            place = contract.place(part, path)
            mistyped.add(pointer)
            if place is not None and place.kind in FLOATS and _at(value, pointer) in SPECIAL_FLOATS:
                continue
        message = error.message if len(error.message) <= 300 else error.message[:297] + "…"
        found.setdefault((pointer, keyword), Failure(pointer, path, keyword, message))
    return [
        failure
        for (pointer, keyword), failure in found.items()
        if keyword in ("type", "required") or pointer not in mistyped
    ]


def _outermost(errors: Iterable[Any]) -> Iterator[Any]:
    """The errors; of an item of a sparse collection those it has apart from not being null."""
    for error in errors:
        if error.kind.name == "anyOf":
            yield from _outermost(error.kind.as_dict()["context"][0])
        else:
            yield error


def is_valid(contract: Contract, part: str, value: Any) -> bool:
    """Whether `value` fails nothing."""
    return not failures(contract, part, value)


def _at(value: Any, pointer: Pointer) -> Any:
    for segment in pointer:
        value = value[segment]
    return value
