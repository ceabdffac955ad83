"""How what single exchanges say of a clause becomes one outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from awsconform.conformance.evidence import Observed
from awsconform.conformance.outcomes import JUDGED, Finding, Outcome, Verdict
from awsconform.specs.clauses import Clause


@dataclass(frozen=True)
class Word:
    """What one exchange says of a clause.

    `observation` is the class of what was observed, `detail` the same with this run's values.
    `later` is the exchange that shows it, where that is not the one it is said of.
    """

    verdict: Verdict
    observed: Observed
    observation: str = ""
    detail: str = ""
    later: Observed | None = None


def conforms(observed: Observed) -> Word:
    """The exchange keeps the clause."""
    return Word(Verdict.CONFORMS, observed)


def violates(
    observed: Observed, observation: str, detail: str = "", *, later: Observed | None = None
) -> Word:
    """The exchange breaks the clause."""
    return Word(Verdict.VIOLATES, observed, observation, detail or observation, later)


def silent(observed: Observed, why: str) -> Word:
    """The exchange says nothing of the clause."""
    return Word(Verdict.INCONCLUSIVE, observed, why, why)


def unimplemented(observed: Observed) -> Word:
    """The target does not have the operation."""
    return Word(Verdict.UNIMPLEMENTED, observed, "the target does not have the operation")


def conclude(
    clause: Clause,
    words: Iterable[Word],
    *,
    expected: str,
    unexercised: str = "never came up",
    most: int | None = None,
) -> Outcome:
    """One outcome: a violation outweighs all, then what conforms, then what is inconclusive.

    Each class of observation is a finding: one that is left out because of others would be missed
    by whoever knows those already. Only what names requests by the dozen has a limit, `most`.
    """
    said: dict[Verdict, list[Word]] = {}
    for word in words:
        said.setdefault(word.verdict, []).append(word)
    spoke = [word for verdict in JUDGED for word in said.get(verdict, ())]
    drawn = bool(spoke) and all(_is_drawn(word) for word in spoke)
    for verdict in (
        Verdict.VIOLATES,
        Verdict.CONFORMS,
        Verdict.INCONCLUSIVE,
        Verdict.UNIMPLEMENTED,
    ):
        if verdict not in said:
            continue
        first = said[verdict][0]
        findings = (
            tuple(_findings(clause, said[verdict], expected, most))
            if verdict is Verdict.VIOLATES
            else ()
        )
        reason = "" if verdict is Verdict.CONFORMS else first.detail or first.observation
        view = first.observed.exchange.view
        return Outcome(clause, verdict, reason, findings, len(spoke), view, drawn)
    return Outcome(clause, Verdict.UNEXERCISED, clause.apart or unexercised)


def _findings(
    clause: Clause, words: list[Word], expected: str, most: int | None
) -> Iterator[Finding]:
    """One finding a class of observation, at most so many.

    What was drawn shows classes of its own only where nothing else violates the clause: which it
    shows is decided by the seed, and findings are to be the same with every seed.
    """
    steady = [word for word in words if not _is_drawn(word)]
    classes: dict[str, Word] = {}
    for word in steady or words:
        classes.setdefault(word.observation, word)
    for word in list(classes.values())[:most]:
        label = word.observed.exchange.case.intent.label
        detail = f"{label}: {word.detail}" if label else word.detail
        shown_by = word.later.exchange if word.later else None
        yield Finding(clause, word.observation, expected, detail, word.observed.exchange, shown_by)


def _is_drawn(word: Word) -> bool:
    return word.observed.exchange.case.intent.drawn
