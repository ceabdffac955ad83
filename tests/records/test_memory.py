"""Neither writing a record nor reading it keeps what was sent in memory."""

from __future__ import annotations

import gc
import random
import tracemalloc
import weakref
from collections.abc import Iterable
from pathlib import Path

from awsconform.conformance.exchange import Case, Exchange, HTTPResponse, Intent, Purpose
from awsconform.conformance.known import NOTHING
from awsconform.conformance.records.numbering import Numbers
from awsconform.conformance.records.reading import document_of, read_record
from awsconform.conformance.records.recording import Recorder
from awsconform.conformance.records.writing import RecordFile
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.targets.target import Target
from awsconform.conformance.targets.wrapped import WrappedTarget
from awsconform.specs.contract import Contract
from records.recorded import conditions, contracts_of, lax
from reports.hand_made import LIST
from reports.hand_made import run as hand_made


class Watched(WrappedTarget):
    """Knows which of its exchanges somebody has."""

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self.sent: list[weakref.ref[Exchange]] = []

    def send(self, contract: Contract, case: Case) -> Exchange:
        exchange = super().send(contract, case)
        self.sent.append(weakref.ref(exchange))
        return exchange

    def left(self) -> list[Exchange]:
        return [each for known in self.sent if (each := known()) is not None]


def test_a_recorded_run_keeps_of_its_exchanges_what_findings_show(tmp_path: Path) -> None:
    target = Watched(lax())
    options = RunOptions(seed=3, examples=1)
    contracts = contracts_of(["deadline.ListFarms", "deadline.CreateFarm"])
    stated = conditions(target.name, options)
    recorder = Recorder(RecordFile.new(tmp_path / "record.jsonl"), lambda: stated)
    recorder.begin(contracts)
    made = run(contracts, recorder.target(target), options, watcher=recorder)
    recorder.end(made.seconds)
    recorder.file.close()
    shown = {
        id(exchange)
        for outcome in made.outcomes
        for finding in outcome.findings
        for exchange in (*finding.exchanges, *(finding.course.exchanges if finding.course else ()))
    }
    assert 0 < len(shown) < len(target.sent) / 2
    gc.collect()
    assert {id(each) for each in target.left()} == shown
    del made
    gc.collect()
    assert target.left() == []


def exchanges(number: int, size: int) -> Iterable[Exchange]:
    """Exchanges whose answers have nothing in common, and cannot be compressed."""
    drawn = random.Random(number)
    for _ in range(number):
        answer = HTTPResponse(200, (), drawn.randbytes(size))
        yield Exchange(Case(LIST.id, Intent(Purpose.VALID), {}), None, answer)


def test_a_record_is_written_and_read_with_little_of_it_in_memory(tmp_path: Path) -> None:
    """An index takes a small part of what is in the file, and the reading one line at a time."""
    path = tmp_path / "record.jsonl"
    [result] = hand_made(LIST).results
    stated = conditions("emulator:", RunOptions(seed=7))
    tracemalloc.start()
    try:
        recorder = Recorder(RecordFile.new(path), lambda: stated)
        recorder.begin([LIST])
        recorder.began(LIST)
        for each in exchanges(200, 50_000):
            recorder.sent(each)
        recorder.ended(result, NOTHING)
        recorder.end()
        recorder.file.close()
        written, _ = tracemalloc.get_traced_memory()
        record = read_record(path)
        document = document_of(record)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    length = path.stat().st_size
    assert len(record.exchanges) == 200
    assert document["complete"] is True
    assert length > 200 * 50_000
    assert written < length / 10
    assert most < length / 4


class Thing:
    """Anything."""


def test_numbers_are_those_of_things_that_are_still_there() -> None:
    numbers = Numbers()
    things = [Thing() for _ in range(20)]
    for number, thing in enumerate(things):
        numbers.note(thing, number)
    assert [numbers.of(thing) for thing in things] == list(range(20))
    kept = things[7]
    del things, thing
    gc.collect()
    assert len(numbers) == 1
    assert numbers.of(kept) == 7
    # Some of these are where others were.
    others = [Thing() for _ in range(20)]
    assert {numbers.of(other) for other in others} == {None}
