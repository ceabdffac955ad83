"""What a check says of a clause, and the findings it has to show for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from awsconform.conformance.course import Course
from awsconform.conformance.exchange import Exchange, View
from awsconform.specs.clauses import Clause, Level


class Verdict(StrEnum):
    """No verdict is ever folded into another; only `CONFORMS` is a pass."""

    CONFORMS = "conforms"
    VIOLATES = "violates"
    INCONCLUSIVE = "inconclusive"
    UNIMPLEMENTED = "unimplemented"
    UNEXERCISED = "unexercised"
    ERROR = "error"


JUDGED = (Verdict.CONFORMS, Verdict.VIOLATES)


def fingerprint_of(clause: str, observation: str) -> str:
    """Twelve hex digits that name a clause, by its id, and a class of observation."""
    # What was written by hand may have half a character.
    content = f"{clause}\n{observation}".encode(errors="surrogatepass")
    return hashlib.sha256(content).hexdigest()[:12]


@dataclass(frozen=True)
class Finding:
    """A violation: what was expected, what came, and the exchange that shows it.

    `observation` is the class of what was observed ("accepted", "HTTP 500"), the same on every
    run; `observed` says it with the values of this one. `shown_by` is a later exchange that shows
    it, where the answer to the request itself does not; `before` are the accepted requests that
    made what these name. A `flaky` finding did not come up again
    when it was tried again. Its `course` is all that has to be sent so that it can come up.
    """

    clause: Clause
    observation: str
    expected: str
    observed: str
    exchange: Exchange
    shown_by: Exchange | None = None
    before: tuple[Exchange, ...] = ()
    flaky: bool = False
    course: Course | None = field(default=None, repr=False, compare=False)

    @property
    def drawn(self) -> bool:
        """Whether only a drawn request shows it, so that a run with another seed may not."""
        return self.exchange.case.intent.drawn

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """All it rests on, in the order they were sent."""
        later = () if self.shown_by is None else (self.shown_by,)
        return (*self.before, self.exchange, *later)

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits that name clause and class of observation, stable over runs."""
        return fingerprint_of(self.clause.id, self.observation)


@dataclass(frozen=True)
class Outcome:
    """The verdict on one clause, with the reason and the number of exchanges that spoke to it.

    One that is `drawn` was judged by drawn requests alone: with another seed it may not be.
    """

    clause: Clause
    verdict: Verdict
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    exchanges: int = 0
    view: View | None = None
    drawn: bool = False


@dataclass(frozen=True)
class Score:
    """Two numbers, never summed: conformance of what was judged, coverage of all clauses.

    Each is a count and what it is out of. Clauses no client can bring about are counted `apart`
    and are in neither.
    """

    conforming: int
    judged: int
    clauses: int
    apart: int

    @property
    def conformance(self) -> float | None:
        """Share of the judged clauses that conform; None when nothing was judged."""
        return self.conforming / self.judged if self.judged else None

    @property
    def coverage(self) -> float | None:
        """Share of the clauses that were judged; None when there are none."""
        return self.judged / self.clauses if self.clauses else None


def score(outcomes: Iterable[Outcome], *, levels: Sequence[Level] = tuple(Level)) -> Score:
    """The two numbers of some outcomes."""
    conforming = judged = clauses = apart = 0
    for outcome in outcomes:
        if outcome.clause.level not in levels:
            continue
        if outcome.clause.apart and outcome.verdict not in JUDGED:
            apart += 1
            continue
        clauses += 1
        judged += outcome.verdict in JUDGED
        conforming += outcome.verdict is Verdict.CONFORMS
    return Score(conforming, judged, clauses, apart)


def exit_code(verdicts: Iterable[Verdict]) -> int:
    """0 conforms, 1 findings, 3 nothing was judged or the suite itself failed."""
    came = set(verdicts)
    if Verdict.VIOLATES in came:
        return 1
    if Verdict.ERROR in came or Verdict.CONFORMS not in came:
        return 3
    return 0
