"""What scenarios say of the rules a page states about operations together."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.exchange import Purpose
from conformance_exchanges import GET, START, Story, error, ok

AGAIN = "behaviour/StartSessionsStatisticsAggregation#error-while"
FIRST = "behaviour/StartSessionsStatisticsAggregation#requires-call"
GONE = "behaviour/StartSessionsStatisticsAggregation#available-for"
VALUES = "behaviour/status#documented-values"
OTHER = "behaviour/farmId#same-argument"

RUNNING = ok(GET, {"status": "IN_PROGRESS"})
DONE = ok(GET, {"status": "COMPLETED"})
NOT_FOUND = error(GET, "ResourceNotFoundException", 404, resourceId="x", resourceType="y")
THROTTLED = error(START, "ThrottlingException", 429)
STARTED = ok(START, {"aggregationId": "0" * 32})


def step(story: Story, clause: str, answer: Any, name: str, of: Any = None) -> Story:
    return story.tell(Purpose.SCENARIO, answer, clause, of=of, label=name, step=name)


@pytest.mark.parametrize(
    ("status", "again", "verdict"),
    [
        (RUNNING, THROTTLED, "conforms"),
        (RUNNING, STARTED, "violates"),
        (RUNNING, error(START, "ConflictException", 409), "violates"),
        (DONE, STARTED, "inconclusive"),
    ],
)
def test_starting_again_is_throttled_while_in_progress(
    status: Any, again: Any, verdict: str
) -> None:
    story = step(Story(GET), AGAIN, status, "status")
    step(story, AGAIN, again, "again", of=START)
    assert story.verdict(AGAIN) == verdict


@pytest.mark.parametrize(("answer", "verdict"), [(NOT_FOUND, "conforms"), (DONE, "violates")])
def test_results_need_the_call_that_comes_first(answer: Any, verdict: str) -> None:
    assert step(Story(GET), FIRST, answer, "without").verdict(FIRST) == verdict


@pytest.mark.parametrize(("answer", "verdict"), [(NOT_FOUND, "conforms"), (DONE, "violates")])
def test_another_farm_has_other_results(answer: Any, verdict: str) -> None:
    assert step(Story(GET), OTHER, answer, "another").verdict(OTHER) == verdict


@pytest.mark.parametrize(
    ("within", "after", "verdict"),
    [
        (DONE, NOT_FOUND, "conforms"),
        (NOT_FOUND, NOT_FOUND, "violates"),
        (DONE, DONE, "violates"),
    ],
)
def test_results_are_there_for_their_time_and_no_longer(
    within: Any, after: Any, verdict: str
) -> None:
    story = step(Story(GET), GONE, within, "within")
    step(story, GONE, after, "after")
    assert story.verdict(GONE) == verdict


@pytest.mark.parametrize(
    ("statuses", "verdict"),
    [
        (["IN_PROGRESS", "IN_PROGRESS", "COMPLETED"], "conforms"),
        (["IN_PROGRESS", "DONE"], "violates"),
        (["COMPLETED", "IN_PROGRESS"], "violates"),
    ],
)
def test_a_status_moves_along_documented_values(statuses: list[str], verdict: str) -> None:
    story = Story(GET)
    for status in statuses:
        step(story, VALUES, ok(GET, {"status": status}), "status")
    assert story.verdict(VALUES) == verdict
