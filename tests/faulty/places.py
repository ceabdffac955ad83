"""JSON values changed at every position of a clause path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from awsconform.specs.contract import ITEM, VALUE

ABSENT = object()
Change = Callable[[Any], Any]


def changed(value: Any, path: Sequence[str], change: Change) -> Any:
    """A copy of a value with `change` made wherever there is something; ABSENT takes it away."""
    if not path:
        return change(value)
    step, below = path[0], path[1:]
    if step == ITEM and isinstance(value, list):
        return [changed(item, below, change) for item in value]
    if step == VALUE and isinstance(value, dict):
        return {key: changed(item, below, change) for key, item in value.items()}
    if not isinstance(value, dict) or step not in value:
        return value
    new = changed(value[step], below, change)
    rest = {key: item for key, item in value.items() if key != step}
    return rest if new is ABSENT else {**rest, step: new}


def put(path: str, new: Any) -> Change:
    """Another value at `farms/*/farmId`; ABSENT for none."""
    return lambda value: changed(value, path.split("/"), lambda old: new)


def found(value: Any, path: Sequence[str]) -> list[Any]:
    """All that a value has at a clause path."""
    seen: list[Any] = []

    def note(each: Any) -> Any:
        seen.append(each)
        return each

    changed(value, path, note)
    return seen
