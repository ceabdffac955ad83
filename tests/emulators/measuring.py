"""The numbers of a run, operation by operation and together."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from awsconform.conformance.achieving import Achievement
from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.results import OperationResult
from awsconform.conformance.running import Run
from emulators.goals import Goal


@dataclass(frozen=True)
class Numbers:
    """What one service on one implementation came to; lists hold names of operations."""

    implementation: str
    service: str
    operations: int
    unimplemented: list[str]
    succeeded: list[str]
    failed: list[str]
    walked: list[str]
    undivided: list[str]
    unwalked: list[str]
    conforming: int
    judged: int
    clauses: int
    inconclusive: dict[str, int]
    requests: int
    seconds: float
    restarts: int
    findings: int = 0
    flaky: int = field(default=0)

    @property
    def success(self) -> float | None:
        """Share of the implemented operations with a success."""
        return share(self.succeeded, self.failed)

    @property
    def walks(self) -> float | None:
        """Share of the walkable lists that were walked, or shown to be undivided."""
        return share(self.walked + self.undivided, self.unwalked)


def share(good: list[str], bad: list[str]) -> float | None:
    """The share of the good ones, None where there is nothing to share."""
    return len(good) / (len(good) + len(bad)) if good or bad else None


def measured(run: Run, implementation: str, service: str, *, restarts: int) -> Numbers:
    """The numbers of a run of one service."""
    judged = {_name(each): each.achievement for each in run.results if each.requests}

    def names(fits: Callable[[Achievement], bool]) -> list[str]:
        return [name for name, done in judged.items() if fits(done)]

    outcomes = run.outcomes
    verdicts = Counter(outcome.verdict for outcome in outcomes)
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    return Numbers(
        implementation,
        service,
        len(run.results),
        names(lambda done: not done.implemented),
        names(lambda done: done.implemented and done.accepted > 0),
        names(lambda done: done.implemented and not done.accepted),
        names(lambda done: done.walked),
        names(lambda done: done.walkable and not done.walked and done.undivided),
        names(lambda done: done.walkable and not done.walked and not done.undivided),
        conforming=verdicts[Verdict.CONFORMS],
        judged=verdicts[Verdict.CONFORMS] + verdicts[Verdict.VIOLATES],
        clauses=len(outcomes),
        inconclusive=_reasons(run),
        requests=sum(each.requests for each in run.results),
        seconds=run.seconds,
        restarts=restarts,
        findings=len(findings),
        flaky=sum(bool(getattr(each, "flaky", False)) for each in findings),
    )


def _name(result: OperationResult) -> str:
    return str(result.contract.operation)


def _reasons(run: Run) -> dict[str, int]:
    """How often each reason keeps clauses inconclusive, the most frequent ones."""
    told = Counter(
        outcome.reason[:80] for outcome in run.outcomes if outcome.verdict is Verdict.INCONCLUSIVE
    )
    return dict(told.most_common(12))


def keep(numbers: Numbers, folder: Path) -> None:
    """Writes the numbers where `table` finds them."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{numbers.implementation}-{numbers.service}.json"
    path.write_text(json.dumps(asdict(numbers), indent=2) + "\n", encoding="utf-8")


def kept(folder: Path) -> list[Numbers]:
    """All numbers that were written."""
    paths = sorted(folder.glob("*-*.json"))
    return [Numbers(**json.loads(path.read_text(encoding="utf-8"))) for path in paths]


def missed(rows: Iterable[Numbers], wanted: Goal) -> list[str]:
    """The goals that an implementation's services together do not reach."""
    told = []
    for name, group in by_implementation(rows).items():
        success = share(
            [each for numbers in group for each in numbers.succeeded],
            [each for numbers in group for each in numbers.failed],
        )
        walks = share(
            [each for numbers in group for each in numbers.walked + numbers.undivided],
            [each for numbers in group for each in numbers.unwalked],
        )
        for what, came, goal in (
            ("succeeded", success, wanted.succeeded),
            ("walked", walks, wanted.walked),
        ):
            if goal is not None and came is not None and came < goal:
                told.append(f"{name}: {what} {came:.1%}, the goal is {goal:.0%}")
    return told


def by_implementation(rows: Iterable[Numbers]) -> dict[str, list[Numbers]]:
    """The numbers of each implementation."""
    found: dict[str, list[Numbers]] = {}
    for each in rows:
        found.setdefault(each.implementation, []).append(each)
    return found


HEADING = (
    "implementation", "service", "operations", "unimplemented", "succeeded", "walked", "undivided",
    "conformance", "coverage", "findings", "inconclusive", "requests", "per second",
)  # fmt: skip


def table(rows: Iterable[Numbers]) -> str:
    """The numbers as a table in Markdown, the totals of each implementation at its end."""
    lines = [f"| {' | '.join(HEADING)} |", f"|{'---|' * len(HEADING)}"]
    for name, group in by_implementation(rows).items():
        lines += [_row(name, each.service, [each]) for each in group]
        if len(group) > 1:
            lines.append(_row(name, "all", group))
    return "\n".join(lines) + "\n"


def _row(name: str, service: str, group: list[Numbers]) -> str:
    succeeded = sum(len(each.succeeded) for each in group)
    implemented = succeeded + sum(len(each.failed) for each in group)
    walked = sum(len(each.walked) for each in group)
    undivided = sum(len(each.undivided) for each in group)
    lists = walked + undivided + sum(len(each.unwalked) for each in group)
    judged = sum(each.judged for each in group)
    requests, seconds = sum(each.requests for each in group), sum(each.seconds for each in group)
    cells = (
        name,
        service,
        sum(each.operations for each in group),
        sum(len(each.unimplemented) for each in group),
        _of(succeeded, implemented),
        _of(walked, lists),
        undivided,
        _of(sum(each.conforming for each in group), judged),
        _of(judged, sum(each.clauses for each in group)),
        sum(each.findings for each in group),
        sum(sum(each.inconclusive.values()) for each in group),
        requests,
        round(requests / seconds) if seconds else 0,
    )
    return f"| {' | '.join(map(str, cells))} |"


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.0%})" if whole else "none"
