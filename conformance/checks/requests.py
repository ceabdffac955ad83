"""Checks of request clauses: what conforms is accepted, what violates one clause is rejected."""

from __future__ import annotations

import re
from collections.abc import Iterator

from awsconform.conformance.absence import Signature, signature
from awsconform.conformance.checks.blaming import whatever_is_in
from awsconform.conformance.checks.grounds import UNSAID, grounds, is_tried
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
from awsconform.conformance.wire.answers import AnswerKind
from awsconform.conformance.wire.classification import Reaction
from awsconform.specs.clauses import Clause
from awsconform.specs.validation import failures

Fault = tuple[Reaction, Signature | str]

SMALLEST = "minimal"
LIVES_INSTEAD = "what the target has stood in the value's place"
_RAISED = re.compile(r"(?s)(?P<type>[\w.]+)(?::.*)? \((?P<place>[^()]+:\d+)\)")
WHATEVER = "the smallest request gets the same fault"
BROKEN = (
    Reaction.SERVER_FAULT,
    Reaction.DROPPED,
    Reaction.TIMEOUT,
    Reaction.CRASHED,
    Reaction.UNREADABLE,
)


def rejected(clause: Clause, evidence: Evidence) -> Outcome:
    """A request that violates the clause gets a rejection for validation.

    A target that rejects every request, valid ones too, shows no validation by it; and one that
    fails in the same way at the smallest valid request, or at whatever is in the member around,
    has not looked at what was wrong.
    """
    told_apart = _gets_past_validation(evidence)
    whatever = faults_of_the_smallest(evidence)

    def word(each: Observed) -> Word:
        if fault_of(each) in whatever:
            return silent(each, f"{WHATEVER}: {each.describe()}")
        around = _whatever_is_in(clause, evidence, each)
        if around is not None:
            return silent(each, f"{around}: {each.describe()}")
        if told_apart or each.reaction is not Reaction.REJECTED:
            return rejection(each)
        return silent(each, "every request is rejected, valid ones too")

    sent = (each for each in evidence.of_clause(clause.id) if each.purpose is Purpose.VIOLATES)
    words = (word(each) for each in sent)
    return conclude(clause, words, expected="a 4xx that rejects the request for validation")


def accepted(clause: Clause, evidence: Evidence) -> Outcome:
    """A valid request that brings the clause up is accepted.

    A rejection counts where it speaks against the contract (`grounds`); else it may be for a rule
    that no model states. What the smallest request already brings to a fault is found there alone.
    What was put into a request, by hints or from what lives on the target, may break the contract.
    """
    whatever = faults_of_the_smallest(evidence)
    if clause.id == f"{evidence.contract.id}/request#accepted":
        whatever = frozenset()
    smallest_accepted = any(each.accepted for each in _smallest(evidence))

    def word(each: Observed) -> Word:
        if fault_of(each) in whatever:
            return silent(each, f"{WHATEVER}: {each.describe()}")
        wrong = _breach_of(each) if each.reaction in (Reaction.REJECTED, *BROKEN) else None
        if wrong is not None:
            return silent(each, f"{each.describe()}, and {wrong}")
        around = _whatever_is_in(clause, evidence, each)
        if around is not None:
            return silent(each, f"{around}: {each.describe()}")
        if each.exchange.case.intent.label == SMALLEST and is_sent_elsewhere(each):
            # What else a request has may make up an address that web servers correct.
            return violates(each, "sent elsewhere", each.describe())
        if _is_refused_unreadably(each):
            return silent(each, f"{each.describe()}, for what nobody can read")
        if clause.kind == "unknown-member" and _is_answered_unreadably(each, 200):
            return silent(each, f"{each.describe()}, which is no refusal of the member")
        refused = each.reaction in (Reaction.REJECTED, Reaction.REFUSED)
        if each.accepted and not is_tried(clause, each):
            return silent(each, LIVES_INSTEAD)
        if each.reaction is Reaction.REJECTED and grounds(
            clause, each, smallest_accepted=smallest_accepted
        ):
            return acceptance(each)
        if each.facts.get("made_up") and refused:
            names = ", ".join(each.facts["made_up"])
            return silent(each, f"{each.describe()}: {names} names nothing that is known to exist")
        if each.reaction is Reaction.REJECTED:
            return silent(each, f"{each.describe()}, {UNSAID}")
        return acceptance(each)

    valid = (Purpose.VALID, Purpose.PAGE)
    words = (word(each) for each in evidence.of_clause(clause.id) if each.purpose in valid)
    return conclude(clause, words, expected="a success, since the request is valid")


def fault_of(observed: Observed) -> Fault | None:
    """What tells one fault from another, None where there is none.

    Of an exception it is where it was raised: what it says has much of the request in it.
    """
    if observed.reaction not in BROKEN:
        return None
    raised = _RAISED.fullmatch(observed.exchange.detail)
    if observed.reaction is Reaction.CRASHED and raised is not None:
        return observed.reaction, f"{raised['type']} at {raised['place']}"
    return observed.reaction, signature(observed, deep=True) or observed.exchange.detail


def faults_of_the_smallest(evidence: Evidence) -> frozenset[Fault]:
    """The faults that the smallest valid request of the operation gets."""
    smallest = (fault_of(each) for each in _smallest(evidence))
    return frozenset(fault for fault in smallest if fault is not None)


def _whatever_is_in(clause: Clause, evidence: Evidence, observed: Observed) -> str | None:
    """Whose fault it is where every valid request with the member around gets the same."""
    fault = fault_of(observed)
    if fault is None:
        return None
    around = whatever_is_in(clause, evidence, lambda each: fault_of(each) == fault)
    return f"every valid request with {around} gets this or is refused" if around else None


def _breach_of(observed: Observed) -> str | None:
    """How a request that ought to be valid breaks its contract; None where it does not."""
    first = next(iter(failures(observed.contract, "request", observed.exchange.case.value)), None)
    return f"what was sent breaks {'/'.join(first.path)}#{first.keyword}" if first else None


def _smallest(evidence: Evidence) -> Iterator[Observed]:
    for each in evidence.of_clause(f"{evidence.contract.id}/request#accepted"):
        if each.purpose is Purpose.VALID and each.exchange.case.intent.label == SMALLEST:
            yield each


def _gets_past_validation(evidence: Evidence) -> bool:
    """Whether any request was accepted, or refused for the state of things."""
    return not evidence.reactions.isdisjoint((Reaction.ACCEPTED, Reaction.REFUSED))


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


def _is_refused_unreadably(observed: Observed) -> bool:
    """Whether a client's error says nothing that can be read; that it does not is found there."""
    return _is_answered_unreadably(observed, 400)


def _is_answered_unreadably(observed: Observed, first: int) -> bool:
    """Whether an answer cannot be read, with a status of the hundred that begins with `first`."""
    status = observed.answer.status if observed.answer else None
    unreadable = observed.reaction is Reaction.UNREADABLE
    return unreadable and status is not None and first <= status < first + 100


def is_sent_elsewhere(observed: Observed) -> bool:
    """Whether a web server answers by itself that the client has to look elsewhere."""
    answer = observed.answer
    if observed.reaction is not Reaction.UNTYPED or answer is None:
        return False
    return answer.kind is not AnswerKind.ERROR


def neither(observed: Observed) -> Word:
    """An answer that says nothing about validation: not found, denied, throttled, refused."""
    if observed.reaction is Reaction.UNIMPLEMENTED:
        return unimplemented(observed)
    return silent(observed, f"{observed.reaction.value}: {observed.describe()}")
