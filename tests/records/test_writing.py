"""What is written is whole lines, also where somebody or something gets in the way."""

from __future__ import annotations

import errno
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.records.errors import RecordExists, RecordUnwritable
from awsconform.conformance.records.reading import read_record
from awsconform.conformance.records.recording import Recorder
from awsconform.conformance.records.writing import RecordFile
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.targets.locator import as_target
from awsconform.specs.contract import Contract
from records.recorded import conditions, contracts_of


class Interrupted(io.FileIO):
    """A file that Ctrl-C comes to within its second write, when half of it is there."""

    writes = 0

    def write(self, content: Any) -> int:
        self.writes += 1
        if self.writes == 2:
            super().write(bytes(content)[: len(content) // 2])
            raise KeyboardInterrupt
        return super().write(content)


class Full(io.FileIO):
    """A file on a disk that has room for so many bytes."""

    room = 100_000

    def write(self, content: Any) -> int:
        fits = bytes(content)[: self.room]
        self.room -= len(fits)
        if not fits:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(fits)


class Counting(Emulator):
    """Knows which farms there are."""

    def __init__(self) -> None:
        super().__init__()
        self.farms = 0

    def invoke(self, contract: Contract, request: Any) -> Any:
        value = super().invoke(contract, request)
        self.farms += contract.operation == "CreateFarm"
        self.farms -= contract.operation == "DeleteFarm"
        return value


def test_a_line_that_was_interrupted_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    file = RecordFile(path, Interrupted(path, "xb"))
    file.line({"number": 1})
    with pytest.raises(KeyboardInterrupt):
        file.content(b"interrupted")
    # What is removed after Ctrl-C is written down too.
    file.line({"number": 2})
    file.content(b"interrupted")
    file.close()
    first, second, third = map(json.loads, path.read_bytes().splitlines())
    assert (first, second) == ({"number": 1}, {"number": 2})
    assert third["text"] == "interrupted"


def test_a_machine_that_takes_no_more_ends_the_run_and_what_was_made_is_removed(
    tmp_path: Path,
) -> None:
    path = tmp_path / "record.jsonl"
    emulator, options = Counting(), RunOptions(seed=3, examples=0)
    contracts = contracts_of(["deadline.ListFarms", "deadline.CreateFarm"])
    recorder = Recorder(
        RecordFile(path, Full(path, "xb")), lambda: conditions("emulator:", options)
    )
    recorder.begin(contracts)
    target = recorder.target(as_target(emulator))
    with pytest.raises(RecordUnwritable, match="No space left"):
        run(contracts, target, options, watcher=recorder)
    recorder.file.close()
    assert emulator.farms == 0
    assert path.stat().st_size == Full.room
    record = read_record(path)
    assert record.cut
    assert len(record.exchanges) > 5


def test_a_file_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    path.write_text("precious")
    with pytest.raises(RecordExists):
        RecordFile.new(path)
    assert path.read_text() == "precious"


def test_a_machine_that_takes_nothing_is_told_again_and_again() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("there is no device that is always full")
    file = RecordFile(full, io.FileIO(full, "wb"))
    for _ in range(2):
        with pytest.raises(RecordUnwritable, match="No space left"):
            file.line({"kind": "header"})
        assert file.failed
    with pytest.raises(RecordUnwritable, match="cannot be written"):
        RecordFile.new(Path("/no/such/folder/record.jsonl"))
    file.close()
