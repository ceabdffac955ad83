"""After the time of a run nothing more is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.state.pool import Pool
from awsconform.conformance.targets.locator import as_target, open_target
from awsconform.conformance.targets.options import Options
from awsconform.conformance.time_limit import LONGEST_GRACE, TimeLimited, TimeOver
from awsconform.specs.catalog import load

LIST_FARMS = load("deadline", "ListFarms")
CASE = Case(LIST_FARMS.id, Intent(Purpose.VALID), {})


def steps(step: float) -> Iterator[float]:
    now = 0.0
    while True:
        yield now
        now += step


def limited(seconds: float, step: float = 1.0) -> TimeLimited:
    clock = steps(step)
    return TimeLimited(open_target("emulator:"), seconds, clock=lambda: next(clock))


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
    assert Pool.of(TimeLimited(target, 1.0)).place["region"] == "eu-west-1"


def made_by(emulator: Emulator) -> int:
    request = Case(LIST_FARMS.id, Intent(Purpose.VALID), {"maxResults": 100})
    answer = as_target(emulator).send(LIST_FARMS, request).response
    assert answer is not None
    return len(json.loads(answer.body)["farms"])


@pytest.mark.parametrize(("seconds", "told"), [(20.0, False), (6.0, True)])
def test_what_was_made_is_removed_after_the_time_or_told(seconds: float, told: bool) -> None:
    emulator = Emulator()
    clock = steps(1.0)
    target = TimeLimited(as_target(emulator), seconds, clock=lambda: next(clock))
    [result] = run([LIST_FARMS], target, RunOptions(seed=1, examples=0)).results
    assert made_by(emulator) == len(result.left)
    assert bool(result.left) is told
    for each in result.left:
        assert each.startswith("farm farm-")
        assert each.endswith("s, was over")
