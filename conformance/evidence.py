"""The exchanges of one operation, each with what it shows: the answer read, the faults in it.

Reading an answer is a pure function of contract and exchange, so it is done once here and shared
by all checks.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from awsconform.conformance.echoes import Echoes
from awsconform.conformance.exchange import Exchange, Purpose, View
from awsconform.conformance.wire.answer import Problem
from awsconform.conformance.wire.answers import Answer, AnswerKind, read, read_parsed
from awsconform.conformance.wire.classification import Reaction, classify
from awsconform.specs.contract import Contract, SegmentPath
from awsconform.specs.validation import Failure, failures

Present = dict[SegmentPath, list[tuple["Observed", Answer]]]


@dataclass(frozen=True)
class Observed:
    """An exchange, the answer read from it, how the target reacted, and what the answer fails.

    `part` is the part of the contract the answer's value belongs to: `response`, an error's code,
    or None where there is nothing to hold it against.
    """

    contract: Contract
    exchange: Exchange
    answer: Answer | None
    reaction: Reaction
    part: str | None
    failures: tuple[Failure, ...]

    @property
    def purpose(self) -> Purpose:
        """Why the request was sent."""
        return self.exchange.case.intent.purpose

    @property
    def facts(self) -> dict[str, Any]:
        """What the sender noted of the step."""
        return self.exchange.case.intent.facts

    @property
    def value(self) -> dict[str, Any]:
        """The answer's value in logical JSON, empty where there is none."""
        return (self.answer.value or {}) if self.answer else {}

    @property
    def accepted(self) -> bool:
        """Whether the request was answered with a success."""
        return self.reaction is Reaction.ACCEPTED

    def failure(self, path: SegmentPath, keywords: tuple[str, ...]) -> Failure | None:
        """The first of some keywords that the answer fails at a place."""
        return next((each for each in self._failed.get(path, ()) if each.keyword in keywords), None)

    def problem(self, path: SegmentPath, kind: str) -> Problem | None:
        """The first problem of a kind on the wire at a place."""
        return self._problems.get((path, kind))

    def unknown(self, path: SegmentPath) -> Sequence[str]:
        """The members of a structure in the answer that the contract does not know."""
        return self._unknown.get(path, ())

    @functools.cached_property
    def faults(self) -> frozenset[str]:
        """What the answer itself breaks, as places: path and keyword, or problem of the wire."""
        failed = {f"{self.part}/{'/'.join(each.path)}#{each.keyword}" for each in self.failures}
        problems = self.answer.problems if self.answer else ()
        return frozenset(failed | {f"{p.part}/{'/'.join(p.path)}#{p.kind}" for p in problems})

    @functools.cached_property
    def _failed(self) -> dict[SegmentPath, list[Failure]]:
        found: dict[SegmentPath, list[Failure]] = {}
        for each in self.failures:
            found.setdefault(each.path, []).append(each)
        return found

    @functools.cached_property
    def _problems(self) -> dict[tuple[SegmentPath, str], Problem]:
        found: dict[tuple[SegmentPath, str], Problem] = {}
        for each in self.answer.problems if self.answer else ():
            found.setdefault((each.path, each.kind), each)
        return found

    @functools.cached_property
    def _unknown(self) -> dict[SegmentPath, list[str]]:
        found: dict[SegmentPath, list[str]] = {}
        for each in self.answer.unknown if self.answer else ():
            found.setdefault(each[:-1], []).append(each[-1])
        return found

    def describe(self) -> str:
        """What came back in few words: `200`, `400 ValidationException`, `dropped connection`."""
        if self.answer is None:
            detail = f" ({self.exchange.detail})" if self.exchange.detail else ""
            return f"{self.exchange.trouble or 'nothing'}{detail}"
        status = "success" if self.answer.status is None else str(self.answer.status)
        if self.answer.code:
            # Inside a stream an error has no status.
            code = self.answer.code
            return code if self.answer.status is None else f"{status} {code}"
        if self.reaction is Reaction.UNREADABLE and self.answer.problems:
            return f"{status}, unreadable: {self.answer.problems[0].message}"
        return status


def observe(contract: Contract, exchange: Exchange) -> Observed:
    """Reads one exchange."""
    answer: Answer | None = None
    if exchange.view is View.WIRE and exchange.response is not None:
        answer = read(contract, exchange.response)
    elif exchange.parsed is not None:
        answer = read_parsed(contract, exchange.parsed)
    part: str | None = None
    found: tuple[Failure, ...] = ()
    reaction = classify(contract, exchange, answer)
    if answer is not None:
        if reaction is Reaction.ACCEPTED:
            part = "response"
        elif answer.kind is AnswerKind.ERROR and answer.code in contract.errors:
            part = answer.code
        if part is not None and answer.value is not None:
            found = tuple(failures(contract, part, answer.value))
    return Observed(contract, exchange, answer, reaction, part, found)


@dataclass
class Evidence:
    """The exchanges of one operation and of those its scenarios needed, in order.

    `echoes` are what the target was wrongly made to take, by this operation or an earlier one.
    """

    contract: Contract
    observed: list[Observed] = field(default_factory=list)
    echoes: Echoes = field(default_factory=Echoes)
    _own: list[Observed] = field(default_factory=list, repr=False)
    _by_clause: dict[str, list[Observed]] = field(default_factory=dict, repr=False)
    _by_part: dict[str, list[Observed]] = field(default_factory=dict, repr=False)
    _present: dict[str, Present] = field(default_factory=dict, repr=False)
    _reactions: set[Reaction] = field(default_factory=set, repr=False)

    def add(self, observed: Observed) -> None:
        """Adds what was seen last."""
        self.observed.append(observed)
        if observed.accepted:
            self.echoes.learn(observed.contract, observed.exchange.case)
        clause = observed.exchange.case.intent.clause
        if clause is not None:
            self._by_clause.setdefault(clause, []).append(observed)
        if observed.contract.id == self.contract.id:
            self._own.append(observed)
            self._reactions.add(observed.reaction)
            if observed.part is not None:
                self._by_part.setdefault(observed.part, []).append(observed)
                self._present.pop(observed.part, None)

    def reconsider(self, reread: Callable[[Evidence, Observed], Observed]) -> None:
        """Reads every exchange again, now that all of them are known."""
        seen = [reread(self, each) for each in self.observed]
        self.observed.clear()
        self._own.clear()
        self._reactions.clear()
        for kept in (self._by_clause, self._by_part, self._present):
            kept.clear()
        for each in seen:
            self.add(each)

    def of_clause(self, clause_id: str) -> list[Observed]:
        """What was sent to bring up one clause."""
        return self._by_clause.get(clause_id, [])

    def own(self) -> list[Observed]:
        """What was sent to the operation itself."""
        return self._own

    @property
    def reactions(self) -> frozenset[Reaction]:
        """How the operation itself reacted, in every way it did."""
        return frozenset(self._reactions)

    def answers(self, part: str) -> Iterator[tuple[Observed, Answer]]:
        """The operation's own answers that belong to a part: `response` or an error's code."""
        for each in self._by_part.get(part, ()):
            if each.answer is not None:
                yield each, each.answer

    def answers_with(self, part: str, path: SegmentPath) -> Sequence[tuple[Observed, Answer]]:
        """The answers of a part in which a place is present; an error's path has its code first.

        All places are found at once, since each has a clause or several that ask.
        """
        if part not in self._present:
            found: Present = {}
            for observed, answer in self.answers(part):
                for each in answer.present:
                    found.setdefault(each, []).append((observed, answer))
            self._present[part] = found
        return self._present[part].get(path, ())

    def groups(self, purpose: Purpose) -> dict[str, list[Observed]]:
        """The page walks, or the scenarios, by name, each in order."""
        groups: dict[str, list[Observed]] = {}
        for each in self.observed:
            group = each.exchange.case.intent.group
            if group is not None and each.purpose is purpose:
                groups.setdefault(group, []).append(each)
        return groups
