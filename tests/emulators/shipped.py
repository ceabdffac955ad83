"""The baselines that come with awsconform: `cd tests && python -m emulators.shipped` writes them.

Each is made of whole services of one release of an implementation. It has what every seed shows,
and no clauses: who extends it need not judge all of them.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from awsconform.conformance.gate.baseline import Baseline, Entry
from awsconform.conformance.gate.found import Found, found_in
from awsconform.conformance.gate.reading import SHIPPED, known_of, read_baseline
from awsconform.conformance.gate.writing import write_baseline
from awsconform.conformance.reports.document import report_document
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.running import Run, RunOptions, run
from awsconform.conformance.targets.starting import StartedTarget
from awsconform.specs import catalog
from emulators.goals import SEED

SERVICES: Mapping[str, tuple[str, ...]] = {"moto": ("secretsmanager", "sns", "sqs")}


def found(made: Run) -> Found:
    """What a run found."""
    return found_in(report_document(made, endpoint_of(made.target)))


def baseline(name: str, made: Iterable[Found]) -> Baseline:
    """The findings of runs that every seed shows."""
    entries = [
        Entry(each.clause, each.observation, each.flaky)
        for run_of_service in made
        for each in run_of_service.findings.values()
        if not each.drawn
    ]
    comment = f"{_release(name)}: {', '.join(SERVICES[name])}"
    ordered = tuple(sorted(entries, key=lambda each: each.order))
    return Baseline(findings=ordered, written={"comment": comment})


def covers(name: str, service: str) -> bool:
    """Whether there is a baseline of a service and of the release that is installed."""
    if service not in SERVICES.get(name, ()):
        return False
    comment = read_baseline(_file(name)).written.get("comment", "")
    return str(comment).startswith(f"{_release(name)}:")


def unknown(name: str, seen: Found) -> list[str]:
    """The findings every seed shows that the baseline of an implementation has not."""
    known = known_of(read_baseline(_file(name)), _file(name)).tolerated(datetime.date.min)
    return [
        f"{each.clause}: {each.observation}"
        for key, each in seen.findings.items()
        if key not in known and not each.drawn and not each.flaky
    ]


def _file(name: str) -> Path:
    return SHIPPED / f"{name}.json"


def _release(name: str) -> str:
    return f"{name} {version(name)}"


def main() -> int:
    """Judges the services and writes the baselines."""
    SHIPPED.mkdir(exist_ok=True)
    for name, services in SERVICES.items():
        made = []
        for service in services:
            target = StartedTarget(name)
            try:
                options = RunOptions(seed=SEED, examples=0)
                made.append(found(run(catalog.select([service]), target, options)))
            finally:
                target.close()
            print(f"{name} {service}: {len(made[-1].findings)} findings")
        write_baseline(_file(name), baseline(name, made))
    return 0


if __name__ == "__main__":
    sys.exit(main())
