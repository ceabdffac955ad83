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

BROKEN = (
    Reaction.SERVER_FAULT,
    Reaction.DROPPED,
    Reaction.TIMEOUT,
    Reaction.CRASHED,
    Reaction.UNREADABLE,
)


def rejected(clause: Clause, evidence: Evidence) -> Outcome:
    """A request that violates the clause gets a rejection for validation."""
    words = (
        rejection(each)
        for each in evidence.of_clause(clause.id)
        if each.purpose is Purpose.VIOLATES
    )
    return conclude(clause, words, expected="a 4xx that rejects the request for validation")


def accepted(clause: Clause, evidence: Evidence) -> Outcome:
    """A valid request that brings the clause up is accepted."""
    words = (
        acceptance(each)
        for each in evidence.of_clause(clause.id)
        if each.purpose in (Purpose.VALID, Purpose.PAGE)
    )
    return conclude(clause, words, expected="a success, since the request is valid")


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
