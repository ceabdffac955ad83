"""What is found in the evidence at once is what going through all of it would find."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.checks.registry import judge
from awsconform.conformance.evidence import Evidence
from awsconform.conformance.exchange import Purpose
from awsconform.conformance.wire.classification import Reaction
from awsconform.specs.clauses import clauses
from conformance_exchanges import GET, Story, error, ok

ITEM = {"count": "1", "costInUsd": {}, "runtimeInSeconds": {}, "usageType": "GPU"}
BODIES: tuple[dict[str, Any], ...] = (
    {"status": "COMPLETED", "statistics": []},
    {"status": "LOST", "statistics": [ITEM, {**ITEM, "Count": 2}], "more": 1},
    {"statistics": [{**ITEM, "aggregationStartTime": 1767225600}]},
)


def story() -> Story:
    told = Story(GET)
    for body in BODIES:
        told.tell(Purpose.VALID, ok(GET, body), "request#accepted")
    return told.tell(Purpose.VIOLATES, error(GET, "ValidationException"), "request#malformed")


def test_a_place_is_found_in_just_the_answers_it_is_present_in() -> None:
    evidence = story().evidence
    for part in ("response", "ValidationException"):
        answers = list(evidence.answers(part))
        places = {path for _, answer in answers for path in answer.present}
        assert places
        for path in (*places, ("nowhere",)):
            due = [(seen, answer) for seen, answer in answers if path in answer.present]
            assert list(evidence.answers_with(part, path)) == due


def test_what_is_added_later_is_found_too() -> None:
    told = story()
    before = len(told.evidence.answers_with("response", ("status",)))
    told.tell(Purpose.VALID, ok(GET, BODIES[0]), "request#accepted")
    assert len(told.evidence.answers_with("response", ("status",))) == before + 1


def test_failures_problems_and_unknown_members_are_found_by_their_place() -> None:
    for each in story().evidence.own():
        assert each.answer is not None
        for failure in each.failures:
            found = each.failure(failure.path, (failure.keyword,))
            assert found is not None
            assert (found.path, found.keyword) == (failure.path, failure.keyword)
        for problem in each.answer.problems:
            assert each.problem(problem.path, problem.kind) is not None
        for path in each.answer.unknown:
            assert path[-1] in each.unknown(path[:-1])
        assert each.failure(("nowhere",), ("type",)) is None
        assert not each.unknown(("nowhere",))


def test_reactions_are_those_of_the_operation_itself() -> None:
    evidence = story().evidence
    assert evidence.reactions == {Reaction.ACCEPTED, Reaction.REJECTED}
    assert Story(GET).evidence.reactions == frozenset()


def test_rereading_forgets_what_was_found_before() -> None:
    evidence = story().evidence
    assert evidence.answers_with("response", ("status",))
    kept = evidence.own()[-1]
    evidence.reconsider(lambda all_of_it, each: kept)
    assert evidence.reactions == {Reaction.REJECTED}
    assert not evidence.answers_with("response", ("status",))


def test_no_check_of_one_clause_goes_through_everything_that_was_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    evidence = story().evidence
    asked: list[str] = []
    right = Evidence.own

    def own(self: Evidence) -> Any:
        asked.append("own")
        return right(self)

    monkeypatch.setattr(Evidence, "own", own)
    for clause in clauses(GET):
        if clause.part in ("request", "response"):
            judge(clause, evidence)
    assert not asked
