"""Runs that are recorded, and what a record has of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.exchange import Case, Exchange, Trouble
from awsconform.conformance.known import NOTHING
from awsconform.conformance.records.reading import Record
from awsconform.conformance.records.recording import Recorder
from awsconform.conformance.records.resuming import NOT_RESUMED, Resumed
from awsconform.conformance.records.writing import RecordFile
from awsconform.conformance.reports.conditions import Conditions
from awsconform.conformance.reports.document import report_document
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.running import Run, RunOptions, run
from awsconform.conformance.targets.target import Target
from awsconform.conformance.targets.wrapped import WrappedTarget
from awsconform.specs import catalog
from awsconform.specs.contract import Contract
from faulty.fault import in_process

# An operation that reads, one that is walked, one that makes and one that deletes.
NAMES = ["deadline.GetFarm", "deadline.ListFarms", "deadline.CreateFarm", "deadline.DeleteFarm"]


class Lax(Emulator):
    """An implementation that rejects nothing."""

    def validate(self, contract: Any, request: Any) -> Any:
        return []


class Kept(Emulator):
    """An implementation that removes no farm."""

    def invoke(self, contract: Contract, request: Any) -> Any:
        if contract.operation == "DeleteFarm":
            raise RuntimeError("kept")
        return super().invoke(contract, request)


class Silent(WrappedTarget):
    """A target that answers no more after some requests."""

    def __init__(self, target: Target, answers: int) -> None:
        super().__init__(target)
        self.left = answers

    def send(self, contract: Contract, case: Case) -> Exchange:
        self.left -= 1
        if self.left < 0:
            return Exchange(case, None, None, trouble=Trouble.TIMEOUT)
        return super().send(contract, case)


def lax() -> Target:
    """A target that is judged with findings."""
    return in_process(Lax(), "wsgi:package.module:lax")


def contracts_of(names: Sequence[str] = NAMES) -> list[Contract]:
    return catalog.select(names)


def conditions(target: str, options: RunOptions) -> Conditions:
    return Conditions(target, options, endpoint_of(target))


def record_run(
    path: Path,
    contracts: Sequence[Contract],
    target: Target,
    options: RunOptions,
    *,
    file: RecordFile | None = None,
    resumed: Resumed = NOT_RESUMED,
    wrapped: Callable[[Target], Target] = lambda target: target,
) -> Run:
    """Runs and records; what was resumed is gone on with in its `file`.

    The target is `wrapped` around what records it.
    """
    stated = conditions(target.name, options)
    recorder = Recorder(file or RecordFile.new(path), lambda: stated, resumed)
    if file is None:
        recorder.begin(contracts)
    try:
        made = run(
            contracts,
            wrapped(recorder.target(target)),
            options,
            watcher=recorder,
            earlier=resumed.earlier,
        )
        recorder.end(made.seconds)
    finally:
        recorder.file.close()
    return made


def record_results(path: Path, made: Run) -> None:
    """Records what a run came to of which nothing was sent by way of the recorder."""
    recorder = Recorder(RecordFile.new(path), lambda: conditions(made.target, made.options))
    recorder.begin([result.contract for result in made.results])
    for result in made.results:
        recorder.ended(result, NOTHING)
    recorder.end(made.seconds)
    recorder.file.close()


def reported(made: Run) -> dict[str, Any]:
    """The report of a run, as a program reads it."""
    document = report_document(made, endpoint_of(made.target))
    return without_date(json.loads(json.dumps(document)))


def without_date(document: dict[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in document.items() if name != "made"}


def outcomes_in(document: dict[str, Any]) -> dict[str, str]:
    """The verdict on each clause."""
    return {
        clause["id"]: clause["verdict"]
        for operation in document["operations"]
        for clause in operation["clauses"]
    }


def everything_in(record: Record) -> Iterator[bytes]:
    """All lines of a record, and all bytes they hold in other forms."""
    yield record.path.read_bytes()
    for digest in record.bodies:
        yield record.content(digest)
