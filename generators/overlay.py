"""Laying live values over a generated request: the farm that exists, the token just received."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from awsconform.specs.places import ITEM, KEY, VALUE, SegmentPath
from awsconform.specs.validation import Pointer


def bind(
    value: dict[str, Any], bindings: Mapping[Pointer, Any], keep: Pointer | None = None
) -> dict[str, Any]:
    """A copy of `value` with every bound member set, `value` itself unchanged.

    `bindings` maps pointers, `("farmId",)` or `("filter", "ids", 0)`, to values. A binding at,
    above or below `keep` is left out: that is where the request is meant to be wrong. So is one
    whose enclosing structure or list item `value` does not have.
    """
    result = value
    for pointer, bound in bindings.items():
        if keep is None or not touches(pointer, keep):
            result = _set(result, pointer, bound)
    return result


def touches(one: Pointer, other: Pointer) -> bool:
    """Whether two pointers, or two paths, lead to the same place, or one of them by the other."""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def pointers(value: Any, path: SegmentPath) -> list[Pointer]:
    """Where a place of a contract stands in a value: every list item, every entry of a map.

    A last member that is missing from its structure has a pointer as well, so that it can be set;
    what lies in a missing structure, and the keys of a map, have none.
    """
    if not path:
        return [()]
    first, rest = path[0], path[1:]
    steps: list[tuple[str | int, Any]] = []
    if first == ITEM and isinstance(value, list):
        steps = list(enumerate(value))
    elif first == VALUE and isinstance(value, dict):
        steps = list(value.items())
    elif first not in (ITEM, KEY, VALUE) and isinstance(value, dict):
        steps = [(first, value.get(first))] if first in value or not rest else []
    return [(step, *below) for step, each in steps for below in pointers(each, rest)]


def texts(value: Any) -> list[str]:
    """Every string in a value, keys too."""
    found: list[str] = []
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, str):
            found.append(each)
        elif isinstance(each, dict):
            left.extend(each)
            left.extend(each.values())
        elif isinstance(each, list):
            left.extend(each)
    return found


def at(value: Any, pointer: Pointer) -> Any:
    """What stands at a pointer, None where nothing does."""
    for segment in pointer:
        if isinstance(value, dict):
            value = value.get(str(segment))
        elif isinstance(value, list) and isinstance(segment, int) and segment < len(value):
            value = value[segment]
        else:
            return None
    return value


def without(value: Any, pointer: Pointer) -> Any:
    """A copy of `value` without the member, list item or map entry at a pointer."""
    first, rest = pointer[0], pointer[1:]
    if isinstance(value, dict) and first in value:
        if not rest:
            return {name: each for name, each in value.items() if name != first}
        return {**value, first: without(value[first], rest)}
    if isinstance(value, list) and isinstance(first, int) and first < len(value):
        below = [without(value[first], rest)] if rest else []
        return [*value[:first], *below, *value[first + 1 :]]
    return value


def _set(value: Any, pointer: Pointer, bound: Any) -> Any:
    """`value` with `bound` at the pointer, sharing all that did not change."""
    if not pointer:
        return bound
    first, rest = pointer[0], pointer[1:]
    if isinstance(value, dict) and isinstance(first, str):
        if rest and first not in value:
            return value
        return {**value, first: _set(value.get(first), rest, bound)}
    if isinstance(value, list) and isinstance(first, int) and 0 <= first < len(value):
        return [*value[:first], _set(value[first], rest, bound), *value[first + 1 :]]
    return value
