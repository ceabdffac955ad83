"""How what single exchanges say of a clause becomes one outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from awsconform.conformance.evidence import Observed
from awsconform.conformance.outcomes import Finding, Outcome, Verdict
from awsconform.specs.clauses import Clause

FINDINGS_KEPT = 3


@dataclass(frozen=True)
class Word:
    """What one exchange says of a clause.

    `observation` is the class of what was observed, `detail` the same with this run's values.
    """

    verdict: Verdict
    observed: Observed
    observation: str = ""
    detail: str = ""


def conforms(observed: Observed) -> Word:
    """The exchange keeps the clause."""
    return Word(Verdict.CONFORMS, observed)


def violates(observed: Observed, observation: str, detail: str = "") -> Word:
    """The exchange breaks the clause."""
    return Word(Verdict.VIOLATES, observed, observation, detail or observation)


def silent(observed: Observed, why: str) -> Word:
    """The exchange says nothing of the clause."""
    return Word(Verdict.INCONCLUSIVE, observed, why, why)


def unimplemented(observed: Observed) -> Word:
    """The target does not have the operation."""
    return Word(Verdict.UNIMPLEMENTED, observed, "the target does not have the operation")


def conclude(
    clause: Clause, words: Iterable[Word], *, expected: str, unexercised: str = "never came up"
) -> Outcome:
    """One outcome: a violation outweighs all, then what conforms, then what is inconclusive."""
    said: dict[Verdict, list[Word]] = {}
    for word in words:
        said.setdefault(word.verdict, []).append(word)
    spoke = len(said.get(Verdict.CONFORMS, [])) + len(said.get(Verdict.VIOLATES, []))
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
            tuple(_findings(clause, said[verdict], expected)) if verdict is Verdict.VIOLATES else ()
        )
        reason = "" if verdict is Verdict.CONFORMS else first.detail or first.observation
        return Outcome(clause, verdict, reason, findings, spoke, first.observed.exchange.view)
    return Outcome(clause, Verdict.UNEXERCISED, clause.apart or unexercised)


def _findings(clause: Clause, words: list[Word], expected: str) -> Iterator[Finding]:
    """One finding a class of observation, at most a few."""
    classes: dict[str, Word] = {}
    for word in words:
        classes.setdefault(word.observation, word)
    for word in list(classes.values())[:FINDINGS_KEPT]:
        label = word.observed.exchange.case.intent.label
        detail = f"{label}: {word.detail}" if label else word.detail
        yield Finding(clause, word.observation, expected, detail, word.observed.exchange)
