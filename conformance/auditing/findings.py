"""What an audit of an operation's cases found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Disagreement:
    """Something two judges do not agree on, or that failed, with the case it is about.

    `judge` is who disagrees, `case` the clause and label, `told` what was said.
    """

    operation: str
    judge: str
    case: str
    told: str


@dataclass
class AuditedOperation:
    """What came of one operation.

    `counts` are the comparisons made, by what was compared; `apart` the cases that nobody can be
    asked about, by the reason; `seconds` CPU time.
    """

    name: str
    protocol: str
    seed: int
    counts: Counter[str] = field(default_factory=Counter)
    apart: Counter[str] = field(default_factory=Counter)
    disagreements: list[Disagreement] = field(default_factory=list)
    seconds: float = 0.0

    def disagree(self, judge: str, case: str, told: str) -> None:
        """Notes a disagreement."""
        short = told if len(told) <= 600 else f"{told[:599]}…"
        self.disagreements.append(Disagreement(self.name, judge, case, short))
