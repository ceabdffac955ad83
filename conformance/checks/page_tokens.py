"""Checks of tokens: what they are, where they are, and what made-up and expired ones get."""

from __future__ import annotations

from collections.abc import Iterator

from awsconform.conformance.checks.requests import (
    BROKEN,
    WHATEVER,
    fault_of,
    faults_of_the_smallest,
    neither,
    rejection,
)
from awsconform.conformance.checks.verdicts import Word, conclude, conforms, silent, violates
from awsconform.conformance.checks.walks import (
    CHANGING,
    LIMITED,
    NO_SECOND,
    WHOLE,
    pages_seen,
    token_text,
    walks,
)
from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.outcomes import Outcome
from awsconform.conformance.wire.answer import Answer
from awsconform.conformance.wire.classification import Reaction
from awsconform.conformance.wire.codes import THROTTLING
from awsconform.specs.clauses import Clause
from awsconform.specs.paging import given_tokens, is_opaque, items_of, more

# WAF was recorded to, as the last page's marker.
AWS_ANSWERS_EMPTY = "the token is an empty string, as AWS itself answers where no page forbids it"


def string(clause: Clause, evidence: Evidence) -> Outcome:
    """A token is a string."""

    def words() -> Iterator[Word]:
        for page in pages_seen(evidence):
            if not page.accepted or more(evidence.contract, page.value) is False:
                continue
            for token in given_tokens(evidence.contract, page.value).values():
                if token is None:
                    continue
                if isinstance(token, str):
                    yield conforms(page)
                else:
                    kind = type(token).__name__
                    yield violates(page, f"a token of type {kind}", f"token {token!r}")

    return conclude(clause, words(), expected="a string", unexercised=NO_SECOND)


def unique(clause: Clause, evidence: Evidence) -> Outcome:
    """Every page of a walk has a token of its own."""

    def words() -> Iterator[Word]:
        for walk in walks(evidence, WHOLE, LIMITED, CHANGING):
            seen: set[str] = set()
            for page in walk:
                token = token_text(page)
                if token is None:
                    continue
                if token in seen:
                    yield violates(page, "a token twice", f"token {token!r} was given before")
                else:
                    yield conforms(page)
                seen.add(token)

    return conclude(clause, words(), expected="a token not given before", unexercised=NO_SECOND)


def end(clause: Clause, evidence: Evidence) -> Outcome:
    """The last page has no token, or null; an empty one is neither, where a page says so."""

    def words() -> Iterator[Word]:
        for page in pages_seen(evidence):
            if not page.accepted:
                continue
            if more(evidence.contract, page.value) is False:
                # The flag has said that this page is the last one.
                yield conforms(page)
                continue
            tokens = given_tokens(evidence.contract, page.value).values()
            if all(token is None for token in tokens):
                yield conforms(page)
            elif all(token in (None, "") for token in tokens):
                if clause.facts:
                    yield violates(page, "an empty token", "the token is an empty string")
                else:
                    yield silent(page, AWS_ANSWERS_EMPTY)

    return conclude(
        clause, words(), expected="no token, or null", unexercised="no walk came to an end"
    )


def implies_token(clause: Clause, evidence: Evidence) -> Outcome:
    """A page with more results after it has a token, the last one has none."""

    def words() -> Iterator[Word]:
        for page in pages_seen(evidence):
            flag = more(evidence.contract, page.value) if page.accepted else None
            if not isinstance(flag, bool):
                continue
            given = [each for each in given_tokens(evidence.contract, page.value).values() if each]
            if flag and not given:
                yield violates(page, "no token", f"{clause.path[0]} is true, and there is no token")
            elif given and not flag and clause.facts.get("both"):
                detail = f"{clause.path[0]} is false, and there is the token {given[0]!r}"
                yield violates(page, "a token after the last page", detail)
            else:
                yield conforms(page)

    return conclude(clause, words(), expected="a token just where more is to come",
                    unexercised="no page had the flag")  # fmt: skip


def invalid_rejected(clause: Clause, evidence: Evidence) -> Outcome:
    """A made-up token gets a client error; where documented, with its status and code."""
    status, code = clause.facts.get("status"), clause.facts.get("code")
    whatever = faults_of_the_smallest(evidence)

    def words() -> Iterator[Word]:
        for each in evidence.of_clause(clause.id):
            answer = each.answer
            if fault_of(each) in whatever:
                yield silent(each, f"{WHATEVER}: {each.describe()}")
            elif answer is not None and answer.status in range(400, 500) and not answer.code:
                # A client error all the same; that it has no type is for other clauses to say.
                yield neither(each)
            elif each.reaction in BROKEN or answer is None or answer.status is None:
                yield rejection(each)
            elif each.accepted:
                yield _accepted_though_made_up(each, evidence, documented=code is not None)
            elif not _is_about_the_request(each, answer):
                yield neither(each)
            elif code is None or (answer.status, answer.code) == (status, code):
                yield conforms(each)
            else:
                yield violates(each, f"{answer.status} {answer.code}", each.describe())

    expected = f"HTTP {status} {code}" if code else "a client error"
    return conclude(clause, words(), expected=expected, unexercised=NO_SECOND)


def expires(clause: Clause, evidence: Evidence) -> Outcome:
    """A token is refused once its documented lifetime has passed."""

    def words() -> Iterator[Word]:
        for each in evidence.of_clause(clause.id):
            if each.reaction is Reaction.ACCEPTED:
                yield violates(each, "accepted", "a token past its lifetime was accepted")
            else:
                yield rejection(each)

    hours = clause.facts.get("hours")
    return conclude(
        clause,
        words(),
        expected=f"a rejection after {hours} hours",
        unexercised="the target's clock cannot be moved, or no page had a token",
    )


def _accepted_though_made_up(each: Observed, evidence: Evidence, *, documented: bool) -> Word:
    """What a success says of a token that nobody gave out."""
    if documented:
        return rejection(each)
    if not each.facts.get("owned"):
        return silent(each, "nobody documents what a made-up token gets")
    if not is_opaque(evidence.contract):
        return silent(each, "the token is a name to go on after, and any name may be one")
    if each.facts.get("altered") and not _is_the_first_page(each, evidence):
        return silent(each, "a real token with a letter changed may be another real one")
    return rejection(each)


def _is_the_first_page(page: Observed, evidence: Evidence) -> bool:
    """Whether a page begins as the walks do."""
    items = items_of(evidence.contract, page.value)
    firsts = (walk[0] for walk in walks(evidence, WHOLE, LIMITED))
    return bool(items) and any(
        items[:1] == items_of(evidence.contract, first.value)[:1] for first in firsts
    )


def _is_about_the_request(observed: Observed, answer: Answer) -> bool:
    """Whether a client error is about what was sent, not about who sent it or how often.

    The walks before were answered, so all but the token is there and good.
    """
    reactions = (Reaction.REJECTED, Reaction.REFUSED, Reaction.UNKNOWN_ERROR)
    code = answer.code or ""
    elsewhere = answer.status in (401, 403, 429) or "Denied" in code or "Unauthorized" in code
    return observed.reaction in reactions and not elsewhere and not THROTTLING.fullmatch(code)
