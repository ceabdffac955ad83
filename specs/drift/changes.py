"""A change: what was stated before, what is stated now, where, and what that means."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

CLASSIFICATIONS = (
    "breaking for both",
    "breaking for callers",
    "breaking for implementers",
    "compatible",
)


class Side(StrEnum):
    """Who sends what a change is about; `OPERATION` is the exchange as a whole."""

    REQUEST = "request"
    RESPONSE = "response"
    ERROR = "error"
    OPERATION = "operation"


@dataclass(frozen=True)
class Found:
    """One change at one place.

    `at` is the place as clause ids write it, with the keyword: `…/usageType#enum`. `shape` is the
    shape that was changed, where it has a name, and `subject` the member, value or fact of it.
    `before` and `after` are None for what was not stated.
    """

    service: str
    kind: str
    side: Side
    at: str
    shape: str | None
    subject: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Consequence:
    """For whom a kind of change breaks something, and why."""

    callers: bool
    implementers: bool
    reason: str

    @property
    def classification(self) -> str:
        """One of `CLASSIFICATIONS`."""
        return CLASSIFICATIONS[3 - 2 * self.callers - self.implementers]


@dataclass(frozen=True)
class Change:
    """A change with every place it shows at; the first stands for the others."""

    found: Found
    consequence: Consequence
    places: tuple[str, ...]

    @property
    def classification(self) -> str:
        """For whom it breaks something."""
        return self.consequence.classification


@dataclass
class Drift:
    """All changes between two sources, and how much was compared.

    `services` and `operations` were held against each other; `same` counts the services whose
    models say the same to the letter.
    """

    old: str
    new: str
    changes: list[Change] = field(default_factory=list)
    services: int = 0
    same: int = 0
    operations: int = 0

    def breaking(self, whom: str) -> bool:
        """Whether something breaks for `callers`, `implementers` or `any` of them."""
        return any(
            (each.consequence.callers and whom in ("callers", "any"))
            or (each.consequence.implementers and whom in ("implementers", "any"))
            for each in self.changes
        )
