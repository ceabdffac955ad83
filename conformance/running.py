"""A run: every selected operation is brought up on the target, then judged clause by clause."""

from __future__ import annotations

import fnmatch
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from awsconform.conformance.known import BEGINNING, Earlier
from awsconform.conformance.ordering import in_order
from awsconform.conformance.outcomes import Outcome, exit_code
from awsconform.conformance.results import OperationResult
from awsconform.conformance.series import OperationSeries
from awsconform.conformance.state.knowledge import Knowledge
from awsconform.conformance.targets.target import Target
from awsconform.conformance.watching import NOBODY, Watcher
from awsconform.conformance.wire.secrets import Secrets
from awsconform.specs.clauses import Clause, Level
from awsconform.specs.contract import Contract

DEFAULT_EXAMPLES = 20


@dataclass(frozen=True)
class RunOptions:
    """How to run: `seed` decides every drawn value, `examples` how many requests are fuzzed.

    `levels` are the levels judged; `clauses` a pattern clause ids have to fit (a part of the id,
    or a glob over all of it). After `max_requests` nothing more is sent, if there is such a number.
    """

    seed: int = 0
    examples: int = DEFAULT_EXAMPLES
    levels: tuple[Level, ...] = tuple(Level)
    clauses: str | None = None
    max_requests: int | None = None

    def takes(self, clause: Clause) -> bool:
        """Whether a clause is judged."""
        if clause.level not in self.levels:
            return False
        wanted = self.clauses
        return wanted is None or wanted in clause.id or fnmatch.fnmatchcase(clause.id, wanted)


@dataclass(frozen=True)
class Run:
    """All that came of a run; `seconds` is wall time, `secrets` must not be told."""

    target: str
    options: RunOptions
    results: tuple[OperationResult, ...]
    seconds: float
    secrets: Secrets = field(default_factory=Secrets, repr=False, compare=False)

    @property
    def outcomes(self) -> list[Outcome]:
        """Every outcome, operation by operation."""
        return [outcome for result in self.results for outcome in result.outcomes]

    @property
    def exit_code(self) -> int:
        """0 conforms, 1 findings, 3 nothing was exercised or the suite itself failed."""
        return exit_code(outcome.verdict for outcome in self.outcomes)


@dataclass(frozen=True)
class Progress:
    """Where a run is: the operation being brought up and the requests sent so far."""

    operation: str
    done: int
    operations: int
    requests: int


def run(
    contracts: Sequence[Contract],
    target: Target,
    options: RunOptions,
    *,
    knowledge: Knowledge | None = None,
    progress: Callable[[Progress], None] = lambda progress: None,
    watcher: Watcher = NOBODY,
    earlier: Earlier = BEGINNING,
) -> Run:
    """Runs all operations one after the other, those that read first; gives them as they came.

    Those that an `earlier` part of the run was done with are left out. The evidence of an operation
    is let go when the next one begins.

    Raises:
        TargetUnreachable: nothing answered at all.
    """
    began = time.monotonic()
    series = OperationSeries(target, knowledge or Knowledge(), watcher, earlier.known)
    results: dict[int, OperationResult] = {}
    for number, place in enumerate(in_order(contracts)):
        contract = contracts[place]
        if contract.id in earlier.operations:
            continue
        sent = sum(result.requests for result in results.values())
        before = Progress(contract.id, number, len(contracts), sent)

        def tick(requests: int, before: Progress = before) -> None:
            progress(replace(before, requests=before.requests + requests))

        results[place] = series.judge(contract, options, tick=tick).result
    given = tuple(results[place] for place in sorted(results))
    return Run(target.name, options, given, time.monotonic() - began, series.secrets)
