"""Checks of pagination: limits, tokens, completeness and the end, over walked pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from awsconform.conformance.checks.requests import neither, rejection
from awsconform.conformance.checks.verdicts import Word, conclude, conforms, silent, violates
from awsconform.conformance.checks.walks import (
    CHANGING,
    LIMITED,
    WHOLE,
    collected,
    has_ended,
    items_by,
    lists_of,
    pages_of,
    pages_seen,
    token_of,
    token_text,
    walks,
)
from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Purpose
from awsconform.conformance.outcomes import Outcome
from awsconform.conformance.wire.answer import Answer
from awsconform.conformance.wire.classification import Reaction
from awsconform.specs.clauses import Clause

NO_WALK = "no pages were walked"
NO_SECOND = "no page had a token"


def limit_respected(clause: Clause, evidence: Evidence) -> Outcome:
    """No page holds more items than the limit asked for."""

    def words() -> Iterator[Word]:
        for page in pages_seen(evidence):
            size = page.facts.get("size")
            if size is None or not page.accepted or not pages_of(evidence.contract).result:
                continue
            count = max(len(each) for each in lists_of(evidence.contract, page.value))
            if count <= size:
                yield conforms(page)
            else:
                yield violates(page, "more than asked for", f"{count} items for a limit of {size}")

    return conclude(
        clause, words(), expected="at most as many items as asked for", unexercised=NO_WALK
    )


def out_of_range_rejected(clause: Clause, evidence: Evidence) -> Outcome:
    """A limit below its minimum or above its maximum is rejected."""
    base = f"{evidence.contract.id}/request/{clause.path[0]}"
    words = (
        rejection(each)
        for kind in ("minimum", "maximum")
        for each in evidence.of_clause(f"{base}#{kind}")
        if each.purpose is Purpose.VIOLATES
    )
    return conclude(clause, words, expected="a 4xx that rejects the limit")


def page_size_may_change(clause: Clause, evidence: Evidence) -> Outcome:
    """A walk that changes its page size midway is answered and yields the same items."""

    def words() -> Iterator[Word]:
        whole = items_by(evidence, WHOLE)
        for walk in walks(evidence, CHANGING):
            if len(walk) < 2:
                continue
            broken = next((page for page in walk if not page.accepted), None)
            if broken is not None:
                yield _refused(broken)
            elif not walk[-1].facts.get("owned"):
                yield conforms(walk[-1])
            elif whole is not None and has_ended(evidence, walk):
                missing = whole - collected(evidence, walk)
                extra = collected(evidence, walk) - whole
                yield _compared(walk[-1], missing, extra)

    return conclude(clause, words(), expected="the same items", unexercised=NO_SECOND)


def accepted(clause: Clause, evidence: Evidence) -> Outcome:
    """A returned token is accepted with otherwise identical arguments."""

    def words() -> Iterator[Word]:
        for walk in walks(evidence, WHOLE, LIMITED):
            for page in walk[1:]:
                yield conforms(page) if page.accepted else _refused(page)

    return conclude(clause, words(), expected="the next page", unexercised=NO_SECOND)


def terminates(clause: Clause, evidence: Evidence) -> Outcome:
    """A walk over data that nobody changes comes to an end."""

    def words() -> Iterator[Word]:
        for walk in walks(evidence, WHOLE, LIMITED, CHANGING):
            last = walk[-1]
            if not last.accepted:
                yield silent(last, f"the walk broke off: {last.describe()}")
                continue
            tokens = [token_text(evidence, page) for page in walk]
            given = [token for token in tokens if token is not None]
            repeated = len(given) != len(set(given))
            if repeated and not last.facts.get("owned"):
                # Operations that follow a log give the same token until there is more.
                yield silent(last, "a token came back, on data that others may change")
            elif repeated:
                yield violates(last, "a token came back", f"token {given[-1]!r} was given before")
            elif has_ended(evidence, walk):
                yield conforms(last)
            elif last.facts.get("owned"):
                yield violates(last, "no end", f"still a token after {len(walk)} pages")
            else:
                yield silent(last, f"not walked to the end, {len(walk)} pages")

    return conclude(clause, words(), expected="a page without a token", unexercised=NO_WALK)


def complete(clause: Clause, evidence: Evidence) -> Outcome:
    """The pages of a walk together hold every item once."""

    def words() -> Iterator[Word]:
        whole = items_by(evidence, WHOLE)
        for walk in walks(evidence, WHOLE, LIMITED):
            if not has_ended(evidence, walk) or not walk[-1].facts.get("owned"):
                continue
            items = collected(evidence, walk)
            twice = [item for item, count in items.items() if count > 1]
            made = walk[-1].facts.get("made")
            if twice:
                yield violates(walk[-1], "an item twice", f"{len(twice)} items came twice")
            elif made is not None and len(items) < made:
                yield violates(walk[-1], "items missing", f"{len(items)} of {made} items")
            elif whole is not None:
                yield _compared(walk[-1], whole - items, items - whole)

    return conclude(clause, words(), expected="every item exactly once", unexercised=NO_WALK)


def string(clause: Clause, evidence: Evidence) -> Outcome:
    """A token is a string."""

    def words() -> Iterator[Word]:
        for page in pages_seen(evidence):
            token = token_of(evidence.contract, page.value)
            if not page.accepted or token is None:
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
                token = token_text(evidence, page)
                if token is None:
                    continue
                if token in seen:
                    yield violates(page, "a token twice", f"token {token!r} was given before")
                else:
                    yield conforms(page)
                seen.add(token)

    return conclude(clause, words(), expected="a token not given before", unexercised=NO_SECOND)


def end(clause: Clause, evidence: Evidence) -> Outcome:
    """The last page has no token, or null; an empty one is neither."""

    def words() -> Iterator[Word]:
        for page in pages_seen(evidence):
            if not page.accepted:
                continue
            token = token_of(evidence.contract, page.value)
            if token is None:
                yield conforms(page)
            elif token == "":
                yield violates(page, "an empty token", "the token is an empty string")

    return conclude(
        clause, words(), expected="no token, or null", unexercised="no walk came to an end"
    )


def invalid_rejected(clause: Clause, evidence: Evidence) -> Outcome:
    """A made-up token gets a client error; where documented, with its status and code."""
    status, code = clause.facts.get("status"), clause.facts.get("code")

    def words() -> Iterator[Word]:
        for each in evidence.of_clause(clause.id):
            answer = each.answer
            refused = answer is not None and answer.status is not None
            if code is None and not each.facts.get("owned"):
                yield silent(each, "nobody documents what a made-up token gets")
            elif each.reaction is Reaction.ACCEPTED or answer is None or not refused:
                yield rejection(each)
            elif code is not None and _is_about_the_request(each, answer):
                fits = answer.status == status and answer.code == code
                yield (
                    conforms(each)
                    if fits
                    else violates(each, f"{answer.status} {answer.code}", each.describe())
                )
            elif code is None and answer.status is not None and 400 <= answer.status < 500:
                yield conforms(each) if answer.code else neither(each)
            else:
                yield rejection(each)

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


def _is_about_the_request(observed: Observed, answer: Answer) -> bool:
    """Whether a client error is about what was sent, not about who sent it or how often.

    The walks before were answered, so all but the token is there and good.
    """
    reactions = (Reaction.REJECTED, Reaction.REFUSED, Reaction.UNKNOWN_ERROR)
    return observed.reaction in reactions and answer.status not in (401, 403, 429)


def _compared(last: Observed, missing: Counter[str], extra: Counter[str]) -> Word:
    if not missing and not extra:
        return conforms(last)
    detail = f"{missing.total()} items missing, {extra.total()} too many"
    return violates(last, "other items", detail)


def _refused(page: Observed) -> Word:
    """A step of a walk that was not answered with a page."""
    if page.reaction is Reaction.UNIMPLEMENTED or page.answer is None:
        return neither(page)
    if page.answer.status is not None and page.answer.status == 429:
        return neither(page)
    return violates(page, "the walk was refused", page.describe())
