"""Which requests a finding rests on, so that its own check can judge it again from them alone.

Most findings are shown by one answer. Whether a wrong request is rejected is told only beside one
that is not, a list is judged by all walks over it, and what a request leaves behind by reads before
and after it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from awsconform.conformance.checks.reading import AFTER, BEFORE, READS
from awsconform.conformance.checks.requests import SMALLEST
from awsconform.conformance.course import CLOCK, Course, Step
from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Exchange, Purpose
from awsconform.conformance.needing import Needs
from awsconform.conformance.outcomes import Finding, Outcome
from awsconform.conformance.wire.classification import Reaction
from awsconform.generators.overlay import texts
from awsconform.specs.clauses import Clause

# Clauses on pages that one request shows, which is sent for them.
_OF_ONE_REQUEST = ("out-of-range-rejected", "invalid-rejected", "expires")
# Walks change their page size in so many turns.
_TURNS = 3
_NOT_SAID = (CLOCK, "suspects", "doubt", "written")


class Coursing:
    """The courses of one operation's findings."""

    def __init__(self, evidence: Evidence, needs: Needs) -> None:
        self.evidence = evidence
        self.needs = needs
        self._by_exchange = {id(each.exchange): each for each in evidence.observed}
        self._place = {id(each): place for place, each in enumerate(evidence.observed)}

    def told(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """The outcomes, whose findings have their courses."""
        return [
            replace(each, findings=tuple(replace(f, course=self.of(f)) for f in each.findings))
            for each in outcomes
        ]

    def of(self, finding: Finding) -> Course:
        """The course of one finding."""
        steps = self._steps(finding)
        sent = [each.exchange for each in steps]
        # What was listed shows what a walk needs, on whichever page it was.
        walked = {each.exchange.case.intent.group for each in steps if each.sizes}
        pages = self.evidence.groups(Purpose.PAGE)
        sent += [page.exchange for name in walked for page in pages.get(name or "", ())]
        # What cannot be recognised on a page has to be there all the same.
        names = {text for each in steps for own in each.facts.get("marks", ()) for text in own}
        for each in steps:
            read = self._by_exchange.get(id(each.exchange))
            if read is not None and read.exchange.case.intent.group == READS:
                names |= set(texts(read.value))
        before = [Step(each) for each in self.needs.of_course(sent, names)]
        timed = _timed([*before, *steps])
        return Course(timed[: len(before)], timed[len(before) :])

    def _steps(self, finding: Finding) -> tuple[Step, ...]:
        clause, shown = finding.clause, self._by_exchange.get(id(finding.exchange))
        if shown is None:
            # It came up only when something else was sent.
            return (step(finding.exchange),)
        if clause.kind == "keeps-reads" and finding.shown_by is not None:
            return self._around_a_write(shown, finding.shown_by)
        if clause.kind == "rejected-changes-nothing":
            return self._between_snapshots(clause, finding)
        if clause.kind == "documented-values":
            # What is asked while the other scenario is played counts as well.
            return _scenario(self._of_kinds("error-while", "documented-values"))
        if clause.kind == "deleted-is-gone" or clause.part == "behaviour":
            return _scenario(self.evidence.of_clause(clause.id))
        if clause.part == "pagination" and clause.kind not in _OF_ONE_REQUEST:
            return self._walks()
        beside = self._walks() if clause.kind == "invalid-rejected" else ()
        if clause.part == "request" or clause.kind == "out-of-range-rejected":
            beside = self._beside(shown)
        if clause.part == "request" and shown.purpose is Purpose.PAGE:
            # A walk of another size may have a second page where this one needs none.
            return (*beside, *self._walks())
        if clause.part == "request" and self._is_of_token(clause):
            # Which tokens there are is decided by the walks before.
            beside = (*self._walks(), *beside)
        if clause.part == "response" and shown.purpose is not Purpose.PAGE:
            # It need not be a success at all, as the smallest request is.
            beside = self._beside(shown)
        if clause.part == "errors":
            # It need not be refused at all, or with another code.
            beside = self._refused(clause, shown)
        return (*beside, *self._one(shown))

    def _one(self, shown: Observed) -> tuple[Step, ...]:
        """A request by itself, or the walk or the scenario that it is a step of."""
        intent = shown.exchange.case.intent
        if shown.purpose is Purpose.PAGE and intent.group is not None:
            return (_walk(self.evidence.groups(Purpose.PAGE)[intent.group]),)
        if shown.purpose is Purpose.SCENARIO and intent.clause is not None:
            earlier = self.evidence.of_clause(intent.clause)
            return _scenario(earlier[: earlier.index(shown) + 1])
        return (step(shown.exchange),)

    def _walks(self) -> tuple[Step, ...]:
        groups = self.evidence.groups(Purpose.PAGE).values()
        return tuple(_walk(pages) for pages in groups if pages[0].accepted)

    def _beside(self, shown: Observed) -> tuple[Step, ...]:
        """The smallest valid request, and one that gets past validation if that does not."""
        evidence = self.evidence
        valid = [e for e in evidence.own() if e.purpose is Purpose.VALID and e is not shown]
        of_smallest = f"{evidence.contract.id}/request#accepted"
        smallest = [
            each
            for each in valid
            if each.exchange.case.intent.label == SMALLEST
            and each.exchange.case.intent.clause == of_smallest
        ][:1]
        past = (Reaction.ACCEPTED, Reaction.REFUSED)
        found = list(smallest)
        if not any(each.reaction in past for each in smallest):
            found += [each for each in valid if each.reaction in past][:1]
        return tuple(step(each.exchange) for each in found)

    def _refused(self, clause: Clause, shown: Observed) -> tuple[Step, ...]:
        """A request of another kind that is refused, with the code that a clause is about."""
        kinds = {Purpose.VALID, Purpose.VIOLATES, Purpose.SCENARIO} - {shown.purpose}
        if not clause.path and shown.purpose is Purpose.VIOLATES:
            return ()
        code = next(iter(clause.path), None)
        fitting = (
            each
            for each in self.evidence.own()
            if each.purpose in kinds
            and each.answer is not None
            and (each.answer.code == code if code else each.purpose is Purpose.VIOLATES)
        )
        # What is wrong is refused with it also where what is right no longer is.
        found = sorted(fitting, key=lambda each: each.purpose is not Purpose.VIOLATES)
        return tuple(step(each.exchange) for each in found[:1])

    def _of_kinds(self, *kinds: str) -> list[Observed]:
        """The exchanges for clauses of some kinds, in the order they were sent."""
        return [
            each
            for each in self.evidence.observed
            if (each.exchange.case.intent.clause or "").rpartition("#")[2] in kinds
        ]

    def _is_of_token(self, clause: Clause) -> bool:
        pages = self.evidence.contract.pagination
        return pages is not None and clause.path[:1] in {(each,) for each in pages.input_token}

    def _around_a_write(self, shown: Observed, read: Exchange) -> tuple[Step, ...]:
        seen = self._by_exchange.get(id(read))
        suspects = self._in_order(seen.facts.get("suspects", ()) if seen else (), shown)
        facts = plain(read.case.intent.facts)
        return (
            Step(read, {**facts, "step": BEFORE}),
            *(step(each.exchange) for each in suspects),
            Step(read, {**facts, "step": AFTER}, tuple(range(1, len(suspects) + 1))),
        )

    def _between_snapshots(self, clause: Clause, finding: Finding) -> tuple[Step, ...]:
        """The reads twice, which shows what changes by itself, what was rejected, and the reads."""
        last = self._by_exchange.get(id(finding.shown_by or finding.exchange))
        if last is None or "snapshot" not in last.facts:
            return (step(finding.exchange),)
        reads = [
            each
            for each in self.evidence.of_clause(clause.id)
            if each.facts.get("snapshot") == last.facts["snapshot"]
        ]
        first: dict[str, Observed] = {}
        for each in reads:
            first.setdefault(each.contract.id, each)
        suspects = self._in_order(last.facts.get("suspects", ()), None)

        def snapshot(number: int, *rejected: int, still: bool = False) -> Iterable[Step]:
            facts = {"snapshot": number, "still": still, "quiet": still}
            for each in first.values():
                stated = {**plain(each.facts), **facts}
                yield Step(each.exchange, stated, tuple(rejected), followed=True)

        begun = [*snapshot(0), *snapshot(1, still=True)]
        sent = [step(each.exchange) for each in suspects]
        numbers = range(len(begun), len(begun) + len(sent))
        return (*begun, *sent, *snapshot(2, *numbers))

    def _in_order(self, suspects: Iterable[Observed], shown: Observed | None) -> list[Observed]:
        """The requests that may have done it, in the order they were sent."""
        found = list(suspects) or ([shown] if shown is not None else [])
        return sorted(found, key=lambda each: self._place.get(id(each), len(self._place)))


def step(exchange: Exchange) -> Step:
    """A request by itself."""
    return Step(exchange, plain(exchange.case.intent.facts))


def plain(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts of a step that can be written down; what depends on answers is found out anew."""
    found: dict[str, Any] = json.loads(
        json.dumps({name: each for name, each in facts.items() if name not in _NOT_SAID})
    )
    return found


def _timed(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps, with the time that passes before each."""
    now = _clock_of(steps[0].exchange) if steps else 0.0
    timed: list[Step] = []
    for each in steps:
        at = _clock_of(each.exchange)
        timed.append(replace(each, passed=max(0.0, at - now)))
        now = max(now, at)
    return tuple(timed)


def _clock_of(exchange: Exchange) -> float:
    return float(exchange.case.intent.facts.get(CLOCK, 0.0))


def _walk(pages: Sequence[Observed]) -> Step:
    sizes = tuple(page.facts.get("size") for page in pages[:_TURNS])
    return Step(pages[0].exchange, plain(pages[0].facts), sizes=sizes)


def _scenario(seen: Iterable[Observed]) -> tuple[Step, ...]:
    """The steps of a scenario; of the pages of one read the first, which leads to the others."""
    steps: list[Step] = []
    before: tuple[Any, ...] | None = None
    for each in seen:
        if each.purpose is not Purpose.SCENARIO:
            continue
        facts = each.facts
        read = (each.contract.id, facts.get("step"), facts.get("poll"))
        paged = "poll" in facts and each.contract.pagination is not None
        if not (paged and read == before):
            made = step(each.exchange)
            steps.append(replace(made, followed=paged))
        before = read
    return tuple(steps)
