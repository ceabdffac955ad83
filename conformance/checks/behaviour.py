"""Checks of what a page states in prose about operations together, over scripted scenarios.

Each step of a scenario notes in its facts what it is: `step` is the scenario's own name for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from awsconform.conformance.checks.requests import BROKEN, neither
from awsconform.conformance.checks.verdicts import Word, conclude, conforms, silent, violates
from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Purpose
from awsconform.conformance.outcomes import Outcome
from awsconform.conformance.wire.classification import Reaction
from awsconform.specs.clauses import Clause

REFUSALS = (Reaction.REJECTED, Reaction.REFUSED)


def requires_call(clause: Clause, evidence: Evidence) -> Outcome:
    """Without the call that has to come first there is no success."""
    words = (_refused(each, "answered without it") for each in _steps(clause, evidence))
    first = clause.facts["operation"]
    return conclude(clause, words, expected=f"a client error, since {first} was never called")


def same_argument(clause: Clause, evidence: Evidence) -> Outcome:
    """With another argument than the first call's there is no success."""
    words = (_refused(each, "answered all the same") for each in _steps(clause, evidence))
    return conclude(clause, words, expected=f"a client error for another {clause.path[0]}")


def available_for(clause: Clause, evidence: Evidence) -> Outcome:
    """Results are there within the documented time and gone after it."""

    def words() -> Iterator[Word]:
        for each in _steps(clause, evidence):
            if each.facts["step"] == "after":
                yield _refused(each, "still there")
            elif each.accepted:
                yield conforms(each)
            elif each.reaction in REFUSALS:
                yield violates(each, "gone too early", each.describe())
            else:
                yield neither(each)

    return conclude(
        clause,
        words(),
        expected=f"results for {clause.facts['hours']} hours and none after",
        unexercised="the target's clock cannot be moved, or nothing was there to expire",
    )


def error_while(clause: Clause, evidence: Evidence) -> Outcome:
    """While a status holds, the other operation answers with the documented error."""
    member, value, code = (clause.facts[key] for key in ("member", "value", "code"))

    def words() -> Iterator[Word]:
        steps = _steps(clause, evidence)
        holds = any(
            each.accepted and each.value.get(member) == value
            for each in steps
            if each.facts["step"] == "status"
        )
        for each in steps:
            if each.facts["step"] != "again":
                continue
            if not holds:
                yield silent(each, f"{member} was not {value} at the time")
            elif each.answer is not None and each.answer.code == code:
                yield conforms(each)
            elif each.reaction is Reaction.UNIMPLEMENTED or each.answer is None:
                yield neither(each)
            else:
                yield violates(each, "another answer", each.describe())

    return conclude(clause, words(), expected=f"{code} while {member} is {value}")


def documented_values(clause: Clause, evidence: Evidence) -> Outcome:
    """A status takes documented values only, and does not go back once it has left the first."""
    member, value = clause.facts["member"], clause.facts["value"]
    place = evidence.contract.place("response", (member,))
    documented = place.schema.get("enum", []) if place else []

    def words() -> Iterator[Word]:
        left = False
        for each in _steps(clause, evidence):
            seen = each.value.get(member)
            if not each.accepted or seen is None:
                continue
            if seen not in documented:
                yield violates(each, "undocumented value", f"{member} became {seen!r}")
            elif left and seen == value:
                yield violates(each, "went back", f"{member} went back to {value}")
            else:
                yield conforms(each)
            left = left or seen != value

    return conclude(clause, words(), expected=f"{member} among {', '.join(documented)}")


def _steps(clause: Clause, evidence: Evidence) -> list[Observed]:
    return [each for each in evidence.of_clause(clause.id) if each.purpose is Purpose.SCENARIO]


def _refused(observed: Observed, otherwise: str) -> Word:
    if observed.reaction in REFUSALS:
        return conforms(observed)
    if observed.accepted:
        return violates(observed, otherwise, observed.describe())
    if observed.reaction in BROKEN:
        return violates(observed, observed.reaction.value, observed.describe())
    return neither(observed)
