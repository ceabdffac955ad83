"""Which keywords of a contract a value fails, and where.

jsonschema-rs judges. Three rules are AWS's own and laid over it: the JSON protocols write the
special floating-point numbers as strings, a value of the wrong type fails `type` and nothing else
at that place, and a missing member fails `required` at the member's own place.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from awsconform.specs.contract import KEY, Contract, SegmentPath

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


def failures(contract: Contract, part: str, value: Any) -> list[Failure]:
    """What `value` fails in `request`, `response` or an error's code; empty when it is valid."""
    validator = _validator(contract, part)
    if validator.is_valid(value):
        return []
    found: dict[tuple[Pointer, str], Failure] = {}
    mistyped: set[Pointer] = set()
    for error in _outermost(validator.iter_errors(value)):
        pointer: Pointer = tuple(error.instance_path)
        keyword = error.kind.name
        path = contract.generalise(part, pointer)
        if keyword == "propertyNames":
            path = (*path, KEY)
            keyword = str(error.schema_path[-1])
        elif isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Required):
            pointer = (*pointer, str(error.kind.as_dict()["property"]))
            path = contract.generalise(part, pointer)
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
