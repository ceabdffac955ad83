"""Checks of request clauses: what conforms is accepted, what violates one clause is rejected."""

from __future__ import annotations

from awsconform.conformance.checks.verdicts import (
    Word,
    conclude,
    conforms,
    silent,
    unimplemented,
    violates,
)
from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Purpose
from awsconform.conformance.outcomes import Outcome
from awsconform.conformance.wire.classification import Reaction
from awsconform.specs.clauses import Clause
from awsconform.specs.hints import hints_of

SMALLEST = "minimal"
BROKEN = (
    Reaction.SERVER_FAULT,
    Reaction.DROPPED,
    Reaction.TIMEOUT,
    Reaction.CRASHED,
    Reaction.UNREADABLE,
)


def rejected(clause: Clause, evidence: Evidence) -> Outcome:
    """A request that violates the clause gets a rejection for validation.

    A target that rejects every request, valid ones too, shows no validation by it.
    """
    told_apart = _gets_past_validation(evidence)
    words = (
        rejection(each)
        if told_apart or each.reaction is not Reaction.REJECTED
        else silent(each, "every request is rejected, valid ones too")
        for each in evidence.of_clause(clause.id)
        if each.purpose is Purpose.VIOLATES
    )
    return conclude(clause, words, expected="a 4xx that rejects the request for validation")


def accepted(clause: Clause, evidence: Evidence) -> Outcome:
    """A valid request that brings the clause up is accepted.

    Where nothing but its model is known of an operation, the smallest request may be rejected for
    a rule that no model states. Then no member is to blame, and the operation only if it accepts
    other requests.
    """
    known = evidence.contract.operation in hints_of(evidence.contract.service).operations
    excused = not known and _smallest_is_rejected(evidence)
    if clause.id == f"{evidence.contract.id}/request#accepted":
        excused = excused and not _gets_past_validation(evidence)
    words = (
        silent(each, "the smallest request is rejected too")
        if excused and each.reaction is Reaction.REJECTED
        else acceptance(each)
        for each in evidence.of_clause(clause.id)
        if each.purpose in (Purpose.VALID, Purpose.PAGE)
    )
    return conclude(clause, words, expected="a success, since the request is valid")


def _gets_past_validation(evidence: Evidence) -> bool:
    """Whether any request was accepted, or refused for the state of things."""
    return not evidence.reactions.isdisjoint((Reaction.ACCEPTED, Reaction.REFUSED))


def _smallest_is_rejected(evidence: Evidence) -> bool:
    return any(
        each.reaction is Reaction.REJECTED and each.exchange.case.intent.label == SMALLEST
        for each in evidence.of_clause(f"{evidence.contract.id}/request#accepted")
    )


def rejection(observed: Observed) -> Word:
    """What one violating request says."""
    reaction = observed.reaction
    if reaction is Reaction.REJECTED:
        return conforms(observed)
    if reaction is Reaction.ACCEPTED:
        return violates(observed, "accepted", f"accepted with {observed.describe()}")
    if reaction in BROKEN:
        return violates(observed, reaction.value, observed.describe())
    return neither(observed)


def acceptance(observed: Observed) -> Word:
    """What one valid request says."""
    reaction = observed.reaction
    if reaction is Reaction.ACCEPTED:
        return conforms(observed)
    if reaction is Reaction.REJECTED:
        return violates(observed, "rejected", f"rejected with {observed.describe()}")
    if reaction in BROKEN:
        return violates(observed, reaction.value, observed.describe())
    return neither(observed)


def neither(observed: Observed) -> Word:
    """An answer that says nothing about validation: not found, denied, throttled, refused."""
    if observed.reaction is Reaction.UNIMPLEMENTED:
        return unimplemented(observed)
    return silent(observed, f"{observed.reaction.value}: {observed.describe()}")
