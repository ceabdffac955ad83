"""Laying live values over a generated request: the farm that exists, the token just received."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
        if keep is None or not _touches(pointer, keep):
            result = _set(result, pointer, bound)
    return result


def _touches(one: Pointer, other: Pointer) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


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
