"""Differences that are known, each with its reason: `explained.json`, next to this file.

Each entry has `cases`, a pattern of ids; `kinds` of vectors; `protocols`, where not all are meant;
`differences`, a pattern that every single difference must fit; `judged`, false where the case is
about something that no codec does; and `reason`. Patterns are regular expressions for the whole.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from awsconform.conformance.vectors.cases import Vector

_FILE = Path(__file__).with_name("explained.json")


@dataclass(frozen=True)
class Explanation:
    """Why vectors with certain ids differ."""

    cases: re.Pattern[str]
    kinds: frozenset[str]
    protocols: frozenset[str]
    differences: re.Pattern[str]
    judged: bool
    reason: str

    def fits(self, vector: Vector) -> bool:
        """Whether this speaks of the vector."""
        return (
            vector.kind in self.kinds
            and (not self.protocols or vector.protocol in self.protocols)
            and self.cases.fullmatch(vector.id) is not None
        )


@functools.cache
def explanations() -> tuple[Explanation, ...]:
    """All that is known."""
    return tuple(
        Explanation(
            re.compile(entry["cases"]),
            frozenset(entry["kinds"]),
            frozenset(entry.get("protocols", ())),
            re.compile(entry["differences"], re.DOTALL),
            entry.get("judged", True),
            entry["reason"],
        )
        for entry in json.loads(_FILE.read_text(encoding="utf-8"))
    )


def explanation(vector: Vector, differences: Sequence[str]) -> Explanation | None:
    """The explanation of all of a vector's differences, None where some remain without."""
    for each in explanations():
        if each.fits(vector) and all(map(each.differences.fullmatch, differences)):
            return each
    return None
