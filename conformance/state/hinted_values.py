"""Whether a value that a hint gives a member can be one: by its form, and by the contract."""

from __future__ import annotations

from typing import Any

from awsconform.conformance.state.templates import Malformed, Sketch, sketched
from awsconform.errors import Location, UsageError
from awsconform.specs.contract import Contract
from awsconform.specs.places import ITEM, KEY, VALUE
from awsconform.specs.validation import Failure, Pointer, failures

_SOME_KEY = "key"


def check_value(contract: Contract, place: str, template: Any, pointer: str) -> None:
    """Checks a template for a place of a contract's requests; `pointer` leads to it.

    What only live values decide is left open.

    Raises:
        UsageError: nothing can be made of it, or nothing that the place takes.
    """
    try:
        sketch = sketched(template)
    except Malformed as error:
        raise _wrong(str(error), pointer, error.pointer) from None
    *path, last = place.split("/")
    if last == KEY:
        if not isinstance(sketch.value, str):
            raise _wrong("a key is a text", pointer, ())
        request, around = _nested((*path,), {sketch.value: None})
        found = [
            each for each in failures(contract, "request", request) if each.path[-1:] == (KEY,)
        ]
    else:
        request, around = _nested((*path, last), sketch.value)
        found = [
            each
            for each in failures(contract, "request", request)
            if each.pointer[: len(around)] == around
        ]
    for each in found:
        below = each.pointer[len(around) :]
        if not _is_open(sketch, each, below):
            raise _wrong(f"{place} does not take it: {each.message}", pointer, below)


def _nested(path: tuple[str, ...], value: Any) -> tuple[Any, Pointer]:
    """A request with nothing but a value at a path, and the pointer to that."""
    pointer: Pointer = ()
    for step in path:
        pointer = (*pointer, 0 if step == ITEM else _SOME_KEY if step == VALUE else step)
    made = value
    for segment in reversed(pointer):
        made = [made] if isinstance(segment, int) else {segment: made}
    return made, pointer


def _is_open(sketch: Sketch, failure: Failure, pointer: Pointer) -> bool:
    """Whether a live value may mend a failure, because something else stands in for it."""
    if any(pointer[: len(each)] == each for each in sketch.unknown):
        return True
    return failure.keyword != "type" and any(pointer[: len(each)] == each for each in sketch.typed)


def _wrong(message: str, pointer: str, below: Pointer) -> UsageError:
    steps = (str(each).replace("~", "~0").replace("/", "~1") for each in below)
    return UsageError(message, location=Location("", pointer="/".join((pointer, *steps))))
