"""What models do not say: how to bring a service into a state where an operation has an answer.

Hints are data, `specs/data/<service>/hints.json`. A *resource* is something an operation needs; it
is made by an operation, gives values that are bound to request members of the same name, and may
need other resources first.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from awsconform.errors import ContractError, Location

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Wait:
    """Poll `operation` until `member` has none of the values `while_in`."""

    operation: str
    member: str
    while_in: tuple[str, ...]


@dataclass(frozen=True)
class Resource:
    """How something an operation needs is made and removed.

    `gives` maps a member name to where its value is: `("response", name)` or `("request", name)`.
    `values` are request members with fixed values. `then` are operations called after `create`,
    `delete` those that remove it, in order.
    """

    name: str
    create: str
    gives: dict[str, tuple[str, str]]
    needs: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    delete: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    wait: Wait | None = None


@dataclass(frozen=True)
class Hint:
    """What one operation needs.

    `needs` are resources whose values are bound; with `fresh` every accepted request uses them up.
    `unique` are request members that must not repeat. `owns` is the resource whose items a list
    operation returns, made `count` times before its pages are walked. `observe` are operations
    that read what this one could change, `ignore` members of their answers that change on their
    own.
    """

    needs: tuple[str, ...] = ()
    fresh: bool = False
    unique: tuple[str, ...] = ()
    owns: str | None = None
    count: int = 0
    observe: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hints:
    """The hints of one service; an operation without one needs nothing."""

    resources: dict[str, Resource] = field(default_factory=dict)
    operations: dict[str, Hint] = field(default_factory=dict)

    def of(self, operation: str) -> Hint:
        """The hint of an operation."""
        return self.operations.get(operation, Hint())


@functools.cache
def hints_of(service: str) -> Hints:
    """The hints kept for a service; empty ones where there are none.

    Raises:
        ContractError: the file cannot be read as hints.
    """
    path = DATA / service / "hints.json"
    if not path.exists():
        return Hints()
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return Hints(
            {name: _resource(name, each) for name, each in document["resources"].items()},
            {name: _hint(each) for name, each in document["operations"].items()},
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ContractError(f"not a file of hints: {error}", location=Location(str(path))) from None


def _resource(name: str, stated: dict[str, Any]) -> Resource:
    wait = stated.get("wait")
    return Resource(
        name,
        stated["create"],
        {member: (origin[0], origin[1]) for member, origin in stated["gives"].items()},
        tuple(stated.get("needs", ())),
        tuple(stated.get("unique", ())),
        tuple(stated.get("then", ())),
        tuple(stated.get("delete", ())),
        dict(stated.get("values", {})),
        Wait(wait["operation"], wait["member"], tuple(wait["whileIn"])) if wait else None,
    )


def _hint(stated: dict[str, Any]) -> Hint:
    return Hint(
        tuple(stated.get("needs", ())),
        bool(stated.get("fresh", False)),
        tuple(stated.get("unique", ())),
        stated.get("owns"),
        int(stated.get("count", 0)),
        tuple(stated.get("observe", ())),
        tuple(stated.get("ignore", ())),
    )
