"""Checks of walks: limits, changing ones, tokens that are accepted, completeness and the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from awsconform.conformance.checks.requests import (
    WHATEVER,
    fault_of,
    faults_of_the_smallest,
    neither,
    rejection,
)
from awsconform.conformance.checks.surroundings import Surroundings, whole_walks
from awsconform.conformance.checks.verdicts import Word, conclude, conforms, silent, violates
from awsconform.conformance.checks.walked_items import items_of_walk
from awsconform.conformance.checks.walks import (
    CHANGING,
    LIMITED,
    NO_SECOND,
    NO_WALK,
    WHOLE,
    goes_in_circles,
    has_ended,
    is_owned,
    pages_seen,
    token_text,
    walks,
)
from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Purpose
from awsconform.conformance.outcomes import Outcome, Verdict
from awsconform.conformance.wire.classification import Reaction
from awsconform.specs.clauses import Clause
from awsconform.specs.paging import items_of, pages_of

_KINDS = (WHOLE, LIMITED, CHANGING)
_MOVES = "but what is listed changes on its own"


def limit_respected(clause: Clause, evidence: Evidence) -> Outcome:
    """No page holds more items than the limit asked for; of several lists the first counts.

    A page keeps a limit only if there was more to list than that.
    """

    def words() -> Iterator[Word]:
        there = _most_listed(evidence)
        for page in pages_seen(evidence):
            size = page.facts.get("size")
            if size is None or not page.accepted or not pages_of(page.contract).result:
                continue
            count = len(items_of(evidence.contract, page.value))
            if count > size:
                yield violates(page, "more than asked for", f"{count} items for a limit of {size}")
            elif size < there:
                yield conforms(page)
            else:
                yield silent(page, f"a limit of {size} says nothing of a list of {there}")

    return conclude(
        clause, words(), expected="at most as many items as asked for", unexercised=NO_WALK
    )


def _most_listed(evidence: Evidence) -> int:
    """How many items are known to be there; a walk without an end may have had some twice."""
    found = ((walk, items_of_walk(walk).counted) for walk in walks(evidence, *_KINDS))
    return max((held.total() if has_ended(walk) else len(held) for walk, held in found), default=0)


def out_of_range_rejected(clause: Clause, evidence: Evidence) -> Outcome:
    """A limit below its minimum or above its maximum is rejected.

    A target that fails in the same way at the smallest request has not looked at the limit.
    """
    base = f"{evidence.contract.id}/request/{clause.path[0]}"
    whatever = faults_of_the_smallest(evidence)

    def word(each: Observed) -> Word:
        if fault_of(each) in whatever:
            return silent(each, f"{WHATEVER}: {each.describe()}")
        return rejection(each)

    words = (
        word(each)
        for kind in ("minimum", "maximum")
        for each in evidence.of_clause(f"{base}#{kind}")
        if each.purpose is Purpose.VIOLATES
    )
    return conclude(clause, words, expected="a 4xx that rejects the limit")


def page_size_may_change(clause: Clause, evidence: Evidence) -> Outcome:
    """A walk that changes its page size midway is answered and yields the same items."""

    def words() -> Iterator[Word]:
        around = Surroundings.of(evidence)
        for walk in walks(evidence, CHANGING):
            if len(walk) < 2:
                continue
            broken = next((page for page in walk if not page.accepted), None)
            if broken is not None:
                yield _refused(broken, walk)
            elif not is_owned(walk):
                yield conforms(walk[-1])
            elif around.before is not None and has_ended(walk):
                yield _compared(walk, around)

    return conclude(clause, _doubted(words()), expected="the same items", unexercised=NO_SECOND)


def accepted(clause: Clause, evidence: Evidence) -> Outcome:
    """A returned token is accepted with otherwise identical arguments."""

    def words() -> Iterator[Word]:
        for walk in walks(evidence, WHOLE, LIMITED):
            for page in walk[1:]:
                yield conforms(page) if page.accepted else _refused(page, walk)

    return conclude(clause, words(), expected="the next page", unexercised=NO_SECOND)


def terminates(clause: Clause, evidence: Evidence) -> Outcome:
    """A walk over data that nobody changes comes to an end."""

    def words() -> Iterator[Word]:
        for walk in walks(evidence, *_KINDS):
            last = walk[-1]
            if not last.accepted:
                yield silent(last, f"the walk broke off: {last.describe()}")
            elif goes_in_circles(walk) and not is_owned(walk):
                # Operations that follow a log give the same token until there is more.
                yield silent(last, "a token came back, on data that others may change")
            elif goes_in_circles(walk):
                yield violates(
                    last, "a token came back", f"token {token_text(last)!r} was given before"
                )
            elif has_ended(walk):
                yield conforms(last)
            elif is_owned(walk) and _has_seen_all(walk):
                yield violates(last, "no end", f"still a token after {len(walk)} pages")
            else:
                yield silent(last, f"not walked to the end, {len(walk)} pages")

    return conclude(clause, words(), expected="a page without a token", unexercised=NO_WALK)


def complete(clause: Clause, evidence: Evidence) -> Outcome:
    """The pages of a walk together hold every item once.

    What is wrong with one walk is no less in doubt for another's being right.
    """

    def words() -> Iterator[Word]:
        around = Surroundings.of(evidence)
        for walk in (*walks(evidence, LIMITED), *whole_walks(evidence)):
            if walk and has_ended(walk) and is_owned(walk):
                yield _compared(walk, around)

    return conclude(
        clause, _doubted(words()), expected="every item exactly once", unexercised=NO_WALK
    )


def _doubted(words: Iterable[Word]) -> list[Word]:
    """The words, without those that say conforms where one cannot tell if it is violated."""
    said = list(words)
    if not any(word.observation.endswith(_MOVES) for word in said):
        return said
    return [word for word in said if word.verdict is not Verdict.CONFORMS]


def _compared(walk: list[Observed], around: Surroundings) -> Word:
    """What a walk on owned data that came to its end says of the items."""
    word = _judged(walk, around)
    if word.verdict is Verdict.VIOLATES and around.moved:
        return silent(walk[-1], f"{word.detail}, {_MOVES}")
    return word


def _judged(walk: list[Observed], around: Surroundings) -> Word:
    last, facts = walk[-1], walk[0].facts
    items = around.items_of(walk)
    repeated = around.repeated(items)
    if repeated:
        return violates(last, "an item twice", f"{repeated} items came twice")
    marks, made = facts.get("marks"), facts.get("made")
    if marks:
        lost = around.lost(items, marks, sure=bool(facts.get("sure")))
        if lost:
            detail = f"{len(lost)} of the {len(marks)} items made are missing"
            return violates(last, "items missing", detail)
    elif made is not None and items.counted.total() < made:
        return violates(last, "items missing", f"{items.counted.total()} of {made} items")
    missing, extra = around.differences(items)
    if missing or extra:
        return violates(last, "other items", f"{missing} items missing, {extra} too many")
    if marks and not items.made:
        return silent(last, "none of the items made is among those listed")
    return conforms(last)


def _has_seen_all(walk: list[Observed]) -> bool:
    """Whether a walk without an end is longer than the data can be.

    Pages may be short or empty, so it is when no page brings anything new for long.
    """
    before = items_of_walk(walk[: len(walk) // 2]).keys()
    return bool(before) and items_of_walk(walk[len(walk) // 2 :]).keys() <= before


def _refused(page: Observed, walk: list[Observed]) -> Word:
    """A step of a walk that was not answered with a page."""
    if page.reaction is Reaction.UNIMPLEMENTED or page.answer is None:
        return neither(page)
    if page.answer.status is not None and page.answer.status == 429:
        return neither(page)
    if any(each.facts.get("alone") and each.accepted for each in walk):
        return silent(page, "the token is accepted without the other arguments only")
    return violates(page, "the walk was refused", page.describe())
