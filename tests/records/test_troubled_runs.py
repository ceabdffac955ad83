"""What a record has of runs in which not everything went well is what their reports have."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from awsconform.conformance import series
from awsconform.conformance.budget import Budget, Limited
from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.exchange import Case, Exchange
from awsconform.conformance.known import Known
from awsconform.conformance.records.reading import read_document, read_record
from awsconform.conformance.records.recording import Recorder
from awsconform.conformance.records.writing import RecordFile
from awsconform.conformance.reports.operation_documents import operation_document
from awsconform.conformance.reports.totals import verdicts_of
from awsconform.conformance.results import OperationResult
from awsconform.conformance.running import Progress, RunOptions, run
from awsconform.conformance.targets.locator import open_target
from awsconform.conformance.targets.target import Target
from awsconform.conformance.targets.wrapped import WrappedTarget
from awsconform.conformance.watching import Watcher
from awsconform.conformance.wire.secrets import Secrets
from awsconform.specs.contract import Contract
from faulty.breaking import paging
from faulty.fault import in_process
from faulty.pagers import LimitIgnored
from records.recorded import (
    Kept,
    Silent,
    conditions,
    contracts_of,
    lax,
    record_run,
    reported,
    without_date,
)


def kept() -> Target:
    return in_process(Kept(), "wsgi:package.module:kept")


def undivided() -> Target:
    return in_process(paging(LimitIgnored)(), "wsgi:package.module:undivided")


def test_the_report_is_in_the_record_where_things_are_left_behind(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    contracts = contracts_of(["deadline.ListFarms", "deadline.CreateFarm"])
    done = record_run(path, contracts, kept(), RunOptions(seed=3, examples=0))
    document = read_document(path)
    assert without_date(document) == reported(done)
    left = [each["leftBehind"] for each in document["operations"]]
    assert left == [list(result.left) for result in done.results]
    assert all("farm-" in name for each in left for name in each)
    assert all(left)


def test_the_report_is_in_the_record_where_a_list_is_not_divided_into_pages(
    tmp_path: Path,
) -> None:
    path = tmp_path / "record.jsonl"
    contracts = contracts_of(["deadline.ListFarms"])
    done = record_run(path, contracts, undivided(), RunOptions(seed=3, examples=0))
    document = read_document(path)
    assert without_date(document) == reported(done)
    [operation] = document["operations"]
    assert (operation["walkable"], operation["undivided"]) == (True, True)
    assert document["achievements"]["undivided"] == 1


def test_the_report_is_in_the_record_where_the_target_falls_silent(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    target = Silent(open_target("emulator:"), 40)
    done = record_run(path, contracts_of(), target, RunOptions(seed=3, examples=0))
    document = read_document(path)
    assert without_date(document) == reported(done)
    told = [each["trouble"] for each in document["operations"]]
    assert told == [result.trouble for result in done.results]
    assert len(set(filter(None, told))) > 1
    assert document["complete"] is True


class Restarting(WrappedTarget):
    """A target that can be started afresh, and once loses what it had by itself."""

    def __init__(self, build: Callable[[], Target]) -> None:
        super().__init__(build())
        self.build = build
        self.restarts = self.sent = 0

    @property
    def restart(self) -> Callable[[], None]:
        return self.afresh

    @property
    def generation(self) -> int:
        return self.restarts

    def afresh(self) -> None:
        self.restarts += 1
        self.target = self.build()

    def send(self, contract: Contract, case: Case) -> Exchange:
        self.sent += 1
        if self.sent == 30:
            self.afresh()
        return super().send(contract, case)


class Careless(Emulator):
    """Takes farms without a name, and cannot list farms from then on."""

    def validate(self, contract: Contract, request: Any) -> Any:
        found = super().validate(contract, request)
        nameless = (("displayName",), "required")
        if contract.operation != "CreateFarm":
            return found
        return [each for each in found if (each.path, each.keyword) != nameless]


def test_the_report_is_in_the_record_where_the_target_is_started_afresh(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    contracts = contracts_of(["deadline.ListFarms", "deadline.CreateFarm"])
    target = Restarting(lambda: in_process(Careless(), "wsgi:package.module:careless"))
    done = record_run(path, contracts, target, RunOptions(seed=3, examples=3))
    assert target.restarts > 1
    document = read_document(path)
    assert without_date(document) == reported(done)
    assert document["exitCode"] == 1


@pytest.mark.parametrize("seconds", [6.0, 60.0])
def test_the_report_is_in_the_record_where_the_time_was_over(
    seconds: float, tmp_path: Path
) -> None:
    path = tmp_path / "record.jsonl"
    clock = itertools.count()

    def limited(target: Target) -> Target:
        return Limited(target, Budget(seconds), clock=lambda: float(next(clock)))

    contracts = contracts_of()
    target, options = open_target("emulator:"), RunOptions(seed=3, examples=0)
    done = record_run(path, contracts, target, options, wrapped=limited)
    document = read_document(path)
    assert without_date(document) == reported(done)
    assert document["complete"] is True
    assert len(document["operations"]) == len(contracts)
    told = {each["trouble"] for each in document["operations"]}
    assert f"the time for the run, {seconds:g} s, was over" in told
    assert any(each["leftBehind"] for each in document["operations"])


@pytest.mark.parametrize("broken", ["judge", "confirmed", "excused"])
def test_the_report_is_in_the_record_where_the_suite_itself_failed(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> Any:
        raise RuntimeError("a bug")

    path = tmp_path / "record.jsonl"
    monkeypatch.setattr(series, broken, fails)
    contracts = contracts_of(["deadline.ListFarms", "deadline.CreateFarm"])
    done = record_run(path, contracts, lax(), RunOptions(seed=3, examples=0))
    document = read_document(path)
    assert without_date(document) == reported(done)
    assert document["exitCode"] == done.exit_code == (1 if broken == "confirmed" else 3)
    assert all("RuntimeError: a bug" in each["trouble"] for each in document["operations"])


class Ended:
    """Tells another of operations and keeps what they came to, until something fails."""

    def __init__(self, watcher: Watcher, error: BaseException) -> None:
        self.watcher = watcher
        self.error = error
        self.results: list[OperationResult] = []

    @property
    def sent(self) -> int:
        return sum(each.requests for each in self.results)

    def progress(self, place: Progress) -> None:
        """The error comes while the third operation is brought up, as Ctrl-C does."""
        if place.done == 2 and place.requests > self.sent + 10:
            raise self.error

    def began(self, contract: Contract) -> None:
        self.watcher.began(contract)

    def ended(self, result: OperationResult, known: Known) -> None:
        """A fault of the suite that came while it was brought up was caught."""
        if len(self.results) == 2:
            raise self.error
        self.watcher.ended(result, known)
        self.results.append(result)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("a bug"), SystemExit()])
def test_what_ended_before_a_run_was_broken_off_is_in_its_report(
    error: BaseException, tmp_path: Path
) -> None:
    path = tmp_path / "record.jsonl"
    contracts, options = contracts_of(), RunOptions(seed=3, examples=0)
    target, stated = lax(), conditions("wsgi:package.module:lax", options)
    recorder = Recorder(RecordFile.new(path), lambda: stated)
    recorder.begin(contracts)
    ended = Ended(recorder, error)
    with pytest.raises(type(error)):
        run(
            contracts,
            recorder.target(target),
            options,
            watcher=ended,
            progress=ended.progress,
        )
    recorder.file.close()
    document, known = read_document(path), Secrets()
    expected = {
        result.contract.id: json.loads(json.dumps(operation_document(result, stated, known)))
        for result in ended.results
    }
    assert len(expected) == 2
    assert {each["id"]: each for each in document["operations"]} == expected
    assert document["verdicts"] == verdicts_of(expected.values())
    assert document["exitCode"] == 1
    assert document["complete"] is False
    assert len(document["contracts"]) == len(contracts)
    assert len(read_record(path).exchanges) > ended.sent
