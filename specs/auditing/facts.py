"""Facts: what a page can state of an operation, one by one, named by kind and path."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Fact(NamedTuple):
    """One thing stated: its kind and where.

    `path` is that of clauses: `request/farmId`, `response/statistics/*/usageType`, `@key` and
    `@value` of maps; `errors/<name>` for an error.
    """

    kind: str
    path: str


# Kinds in the order of reports, with the values their facts have:
# response: whether there is one; member: True; type: the type's word; required: whether it is;
# enum: the values in their order; min, max, pattern: as the model has them; union, recursive,
# streaming, eventstream: True, stated only where it is so; error: True.
KINDS = (
    "response",
    "member",
    "type",
    "required",
    "enum",
    "min",
    "max",
    "pattern",
    "union",
    "recursive",
    "streaming",
    "eventstream",
    "error",
)

Facts = dict[Fact, object]


def stated(facts: Iterable[tuple[Fact, object]], states: Callable[[Fact], bool]) -> Facts:
    """Facts by what they are on, only those of which `states` holds."""
    return {fact: value for fact, value in facts if states(fact)}
