"""What a target was wrongly made to take, and may give back in later answers.

A value of the wrong form that a write accepted is a finding of that write. Where a read shows it
again, that says nothing of the read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from awsconform.conformance.exchange import Case, Purpose
from awsconform.generators.overlay import at, pointers
from awsconform.specs.contract import SegmentPath

# A text this short may stand by chance in another.
_TELLING = 3


@dataclass
class Echoes:
    """The wrong parts of accepted requests: texts, other values, and members that were missing."""

    _texts: set[str] = field(default_factory=set)
    _values: list[Any] = field(default_factory=list)
    _written: set[str] = field(default_factory=set)
    _missing: set[str] = field(default_factory=set)
    # By identity: a case is learnt again when its evidence is read again.
    _learnt: dict[int, Case] = field(default_factory=dict)

    @property
    def learnt(self) -> tuple[Case, ...]:
        """The accepted requests that something was wrong with, in the order they were learnt."""
        return tuple(self._learnt.values())

    def learn(self, case: Case) -> None:
        """Takes what was wrong with an accepted request."""
        intent = case.intent
        if intent.purpose is not Purpose.VIOLATES or intent.clause is None:
            return
        self._learnt.setdefault(id(case), case)
        path = _broken_place(intent.clause)
        if not path:
            return
        if intent.clause.endswith("#required"):
            self._missing.add(path[-1].lower())
        for pointer in pointers(case.value, path):
            self._take(at(case.value, pointer))

    def has(self, value: Any, path: SegmentPath) -> bool:
        """Whether a value at a place of an answer may be such an echo; None is a missing member."""
        if value is None:
            return bool(path) and path[-1].lower() in self._missing
        if value in self._values:
            return True
        if not isinstance(value, str):
            return False
        plain = unquote(value)
        if value in self._texts or plain in self._texts or value in self._written:
            return True
        if not self._texts.isdisjoint(re.split("[:/]", plain)):
            return True
        return any(len(each) >= _TELLING and each in plain for each in self._texts)

    def _take(self, value: Any) -> None:
        if isinstance(value, str):
            self._texts.add(value)
        elif value is not None and value not in self._values:
            self._values.append(value)
            # Kept as a text by some: 579 as "579", true as "True".
            self._written.add(str(value))
        if isinstance(value, dict):
            for each in (*value, *value.values()):
                self._take(each)
        elif isinstance(value, list):
            for each in value:
                self._take(each)


def _broken_place(clause: str) -> SegmentPath:
    """The place of the request that a clause is about; a member's name has neither `/` nor `#`."""
    below = clause.partition("/request/")[2].partition("#")[0]
    return tuple(below.split("/")) if below else ()
