"""Whole services of implementations by others: what a run is always to be, and the goals."""

from __future__ import annotations

from pathlib import Path

from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.targets.starting import MOST_RESTARTS, StartedTarget
from awsconform.specs import catalog
from emulators import shipped
from emulators.goals import SEED, Extent, goal
from emulators.measuring import keep, measured


def test_a_service_is_judged(
    implementation: StartedTarget, service: str, extent: Extent, results: Path
) -> None:
    name = implementation.name.removeprefix("start:")
    contracts = catalog.select([service])
    done = run(contracts, implementation, RunOptions(seed=SEED, examples=extent.examples))
    numbers = measured(done, name, service, restarts=implementation.generation)
    keep(numbers, results)
    errors = [
        f"{outcome.clause.id}: {outcome.reason}"
        for outcome in done.outcomes
        if outcome.verdict is Verdict.ERROR
    ]
    assert errors == []
    assert done.exit_code in (0, 1)
    assert implementation.crashes <= MOST_RESTARTS
    if shipped.covers(name, service):
        # Where this is meant: cd tests && python -m emulators.shipped
        assert shipped.unknown(name, shipped.found(done)) == []
    wanted = goal(name, service)
    if wanted.succeeded is not None and numbers.success is not None:
        assert numbers.success >= wanted.succeeded, numbers.failed
    if wanted.walked is not None and numbers.walks is not None:
        assert numbers.walks >= wanted.walked, numbers.unwalked
