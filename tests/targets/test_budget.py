"""After the time of a run, or its requests, nothing more is sent; and no faster than it may."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsconform.conformance.budget import (
    LEAST_GRACE,
    LONGEST_GRACE,
    Budget,
    Limited,
    RequestsSent,
    TimeOver,
)
from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.exchange import Case, Exchange, Intent, Purpose
from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.state.pool import Pool
from awsconform.conformance.targets.locator import as_target, open_target
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.wrapped import WrappedTarget
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract

LIST_FARMS = load("deadline", "ListFarms")
CASE = Case(LIST_FARMS.id, Intent(Purpose.VALID), {})


def steps(step: float) -> Iterator[float]:
    now = 0.0
    while True:
        yield now
        now += step


def limited(seconds: float, step: float = 1.0) -> Limited:
    clock = steps(step)
    return Limited(open_target("emulator:"), Budget(seconds), clock=lambda: next(clock))


def test_sends_until_the_time_is_over() -> None:
    target = limited(3.0)
    assert all(target.send(LIST_FARMS, CASE).response is not None for _ in range(3))
    with pytest.raises(TimeOver, match="3 s"):
        target.send(LIST_FARMS, CASE)


def test_is_the_target_in_all_else() -> None:
    target = limited(3.0)
    target.probe()
    assert (target.name, target.view, target.generation) == ("emulator:", "wire", 0)
    assert target.advance_clock is not None
    assert target.restart is not None
    target.close()


def test_what_was_not_reached_is_unexercised_and_says_why() -> None:
    done = run(
        [LIST_FARMS, load("deadline", "GetFarm")],
        limited(20.0),
        RunOptions(seed=1, examples=0),
    )
    first, second = done.results
    assert any(each.verdict is Verdict.CONFORMS for each in first.outcomes)
    left = [each for each in second.outcomes if not each.clause.apart]
    assert {each.verdict for each in left} == {Verdict.UNEXERCISED}
    assert {each.reason for each in left} == {"the time for the run, 20 s, was over"}
    assert sum(each.requests for each in done.results) <= 20 + LONGEST_GRACE


def test_speaks_as_the_target_does() -> None:
    """What is made up for it has the region that requests are signed for."""
    target = open_target("emulator:", options=Options(region="eu-west-1"))
    assert Pool.of(Limited(target, Budget(1.0))).place["region"] == "eu-west-1"


def made_by(emulator: Emulator) -> int:
    request = Case(LIST_FARMS.id, Intent(Purpose.VALID), {"maxResults": 100})
    answer = as_target(emulator).send(LIST_FARMS, request).response
    assert answer is not None
    return len(json.loads(answer.body)["farms"])


@pytest.mark.parametrize(("seconds", "told"), [(20.0, False), (6.0, True)])
def test_what_was_made_is_removed_after_the_time_or_told(seconds: float, told: bool) -> None:
    emulator = Emulator()
    clock = steps(1.0)
    target = Limited(as_target(emulator), Budget(seconds), clock=lambda: next(clock))
    [result] = run([LIST_FARMS], target, RunOptions(seed=1, examples=0)).results
    assert made_by(emulator) == len(result.left)
    assert bool(result.left) is told
    for each in result.left:
        assert each.startswith("farm farm-")
        assert each.endswith("s, was over")


def test_sends_no_more_requests_than_it_may() -> None:
    target = Limited(open_target("emulator:"), Budget(requests=3))
    assert all(target.send(LIST_FARMS, CASE).response is not None for _ in range(3))
    with pytest.raises(RequestsSent, match="requests for the run, 3, were sent"):
        target.send(LIST_FARMS, CASE)


def test_what_no_request_was_left_for_is_unexercised_and_says_why() -> None:
    target = Limited(open_target("emulator:"), Budget(requests=20))
    done = run(
        [LIST_FARMS, load("deadline", "GetFarm")],
        target,
        RunOptions(seed=1, examples=0, max_requests=20),
    )
    first, second = done.results
    assert any(each.verdict is Verdict.CONFORMS for each in first.outcomes)
    left = [each for each in second.outcomes if not each.clause.apart]
    assert {each.verdict for each in left} == {Verdict.UNEXERCISED}
    assert {each.reason for each in left} == {"the requests for the run, 20, were sent"}


@pytest.mark.parametrize("requests", [1, 5, 20])
def test_what_was_made_is_removed_though_no_request_is_left(requests: int) -> None:
    emulator = Emulator()
    target = Limited(as_target(emulator), Budget(requests=requests))
    [result] = run([LIST_FARMS], target, RunOptions(seed=1, examples=0)).results
    assert made_by(emulator) == len(result.left) == 0
    assert target.sent <= requests + LEAST_GRACE


def test_an_earlier_part_of_the_run_counts() -> None:
    target = Limited(open_target("emulator:"), Budget(requests=3), sent=2)
    target.send(LIST_FARMS, CASE)
    with pytest.raises(RequestsSent):
        target.send(LIST_FARMS, CASE)


class Clock:
    """A clock that sleeping moves, and what is done besides."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds


@given(
    rate=st.floats(0.001, 1000),
    pauses=st.lists(st.floats(0, 100), min_size=1, max_size=10),
)
def test_requests_are_as_far_apart_as_the_rate_wants(rate: float, pauses: list[float]) -> None:
    clock, sent = Clock(), []

    class Noting(WrappedTarget):
        def send(self, contract: Contract, case: Case) -> Exchange:
            sent.append(clock.now)
            return Exchange(case, None, None)

    noting = Noting(open_target("emulator:"))
    target = Limited(noting, Budget(rate=rate), clock=clock, sleep=clock.sleep)
    for pause in pauses:
        target.send(LIST_FARMS, CASE)
        clock.now += pause
    for number, (before, after) in enumerate(itertools.pairwise(sent)):
        # No sooner than is due, and no later than that or than it was asked for.
        assert after - before == pytest.approx(max(1 / rate, pauses[number]))


def test_nobody_waits_for_a_request_that_comes_after_the_time() -> None:
    clock = Clock()
    target = Limited(
        open_target("emulator:"), Budget(seconds=5.0, rate=0.1), clock=clock, sleep=clock.sleep
    )
    target.send(LIST_FARMS, CASE)
    with pytest.raises(TimeOver):
        target.send(LIST_FARMS, CASE)
    assert clock.now == 0.0
