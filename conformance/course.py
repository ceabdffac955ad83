"""The course of a finding: all that is sent again so that it can come up once more, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from awsconform.conformance.exchange import Exchange

# The fact of an exchange that says how many seconds of the session were waited before it.
CLOCK = "clock"


@dataclass(frozen=True)
class Step:
    """A request of a course, which its check looks at.

    `facts` are what the sender noted of it, as plain JSON. `suspects` are the numbers, from 0, of
    the earlier steps that this one is to show the doing of. Of a list that is read the pages after
    it are `followed`; of a walk, `sizes` are the sizes its pages are asked for with, in turn, and
    this is its first page. So many seconds have `passed` before it since the one before, by the
    target's clock or really.
    """

    exchange: Exchange
    facts: dict[str, Any] = field(default_factory=dict)
    suspects: tuple[int, ...] = ()
    followed: bool = False
    sizes: tuple[int | None, ...] = ()
    passed: float = 0.0


@dataclass(frozen=True)
class Course:
    """The accepted requests that made what the steps name, and the steps."""

    before: tuple[Step, ...]
    steps: tuple[Step, ...]

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """All of them, in order."""
        return tuple(each.exchange for each in (*self.before, *self.steps))
