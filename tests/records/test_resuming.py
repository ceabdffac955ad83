"""A run that was cut off ends, once it is gone on with, as if nothing had been."""

from __future__ import annotations

import functools
import random
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from awsconform.conformance.evidence import observe
from awsconform.conformance.exchange import Case, Exchange, Intent, Purpose
from awsconform.conformance.known import Known
from awsconform.conformance.planning.guarding import Poison
from awsconform.conformance.records.errors import RecordInUse
from awsconform.conformance.records.reading import document_of, read_document, read_record
from awsconform.conformance.records.recording import Recorder
from awsconform.conformance.records.resuming import reopened, resumed
from awsconform.conformance.records.writing import RecordFile
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.targets.locator import open_target
from awsconform.conformance.targets.target import Target
from awsconform.conformance.targets.wrapped import WrappedTarget
from awsconform.errors import UsageError
from awsconform.specs.clauses import Level
from awsconform.specs.contract import Contract
from records.recorded import (
    NAMES,
    Silent,
    conditions,
    contracts_of,
    lax,
    outcomes_in,
    record_run,
)
from reports.hand_made import CREATE, LIST, exchange
from reports.hand_made import run as hand_made

OPTIONS = RunOptions(seed=3, examples=1)
TARGETS = {"emulator:": lambda: open_target("emulator:"), "lax": lax}


@functools.cache
def unbroken(name: str) -> tuple[bytes, dict[str, str]]:
    """A record's bytes and its outcomes, of a run that nobody broke."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.jsonl"
        record_run(path, contracts_of(), TARGETS[name](), OPTIONS)
        return path.read_bytes(), outcomes_in(read_document(path))


def go_on(path: Path, target: Target, names: list[str] = NAMES) -> None:
    record, contracts = read_record(path), contracts_of(names)
    before = resumed(record, conditions(target.name, OPTIONS), contracts)
    record_run(path, contracts, target, OPTIONS, file=reopened(record), resumed=before)


@pytest.mark.parametrize("name", list(TARGETS))
@pytest.mark.parametrize("draw", range(6))
def test_ends_as_if_it_had_not_been_cut_off(name: str, draw: int, tmp_path: Path) -> None:
    """At drawn places; not by Hypothesis, which the run uses itself and does not let be nested."""
    text, outcomes = unbroken(name)
    kept = random.Random(f"{name} {draw}").randrange(text.index(b"\n") + 1, len(text))
    path = tmp_path / "record.jsonl"
    path.write_bytes(text[:kept])
    ended = list(read_record(path).operations)
    go_on(path, TARGETS[name]())
    record = read_record(path)
    assert list(record.operations)[: len(ended)] == ended
    assert path.read_bytes().startswith(text[: _end_of_operations(text[:kept])])
    assert not record.cut
    assert document_of(record)["complete"] is True
    assert outcomes_in(document_of(record)) == outcomes


def _end_of_operations(text: bytes) -> int:
    lines = [line for line in text.splitlines(keepends=True) if line.endswith(b"\n")]
    ends = [at + 1 for at, line in enumerate(lines) if b'"kind":"operation"' in line[:20]]
    return sum(map(len, lines[: max(ends, default=1)]))


def test_an_operation_that_ended_is_not_asked_again(tmp_path: Path) -> None:
    text, _ = unbroken("emulator:")
    path = tmp_path / "record.jsonl"
    lines = text.splitlines(keepends=True)
    last = max(at for at, line in enumerate(lines) if line.startswith(b'{"kind":"operation"'))
    path.write_bytes(b"".join(lines[: last + 1]))
    silent = _Counting(open_target("emulator:"))
    go_on(path, silent)
    assert silent.asked == 0
    assert read_document(path)["complete"] is True


class _Counting(WrappedTarget):
    asked = 0

    def send(self, contract: Contract, case: Case) -> Exchange:
        self.asked += 1
        return super().send(contract, case)


def test_seconds_and_numbers_go_on(tmp_path: Path) -> None:
    text, _ = unbroken("emulator:")
    path = tmp_path / "record.jsonl"
    first = text.index(b'{"kind":"operation"')
    path.write_bytes(text[: text.index(b"\n", first) + 200])
    [kept] = read_record(path).operations.values()
    sent = set(read_record(path).exchanges)
    go_on(path, open_target("emulator:"))
    record = read_record(path)
    assert record.footer is not None
    assert (
        record.footer["seconds"]
        >= sum(each["seconds"] for each in record.operations.values()) - 0.01
    )
    assert record.footer["seconds"] > kept["seconds"]
    assert sorted(record.exchanges) == list(record.exchanges)
    assert sent <= set(record.exchanges)


def test_a_target_that_was_given_up_is_not_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    contracts = contracts_of()
    record_run(path, contracts, Silent(open_target("emulator:"), 5), OPTIONS)
    whole = read_document(path)
    lines = path.read_bytes().splitlines(keepends=True)
    ends = [at for at, line in enumerate(lines) if line.startswith(b'{"kind":"operation"')]
    path.write_bytes(b"".join(lines[: ends[1] + 1]))
    asked = _Counting(open_target("emulator:"))
    go_on(path, asked)
    assert asked.asked == 0
    assert outcomes_in(read_document(path)) == outcomes_in(whole)


def test_what_later_operations_are_judged_by_is_known_again(tmp_path: Path) -> None:
    """Reads that were broken for good, and what was accepted though it was wrong."""
    path = tmp_path / "record.jsonl"
    contracts = [CREATE, LIST]
    broken = exchange(LIST, {}, answer=b'{"farms": 3}', status=500)
    wrong = replace(
        exchange(CREATE, {"displayName": ["echo echo"]}),
        case=Case(
            CREATE.id,
            Intent(Purpose.VIOLATES, f"{CREATE.id}/request/displayName#type", "a list"),
            {"displayName": ["echo echo"]},
        ),
    )
    known = Known(
        given_up=1,
        shown={},
        poisoned={LIST.id: Poison("CreateFarm (name)", observe(LIST, broken))},
        wrong=((CREATE, wrong.case),),
    )
    stated = conditions("emulator:", RunOptions(seed=7))
    recorder = Recorder(RecordFile.new(path), lambda: stated)
    recorder.begin(contracts)
    recorder.began(CREATE)
    for each in (wrong, broken):
        recorder.sent(each)
    [result] = hand_made(CREATE).results
    recorder.ended(result, known)
    recorder.file.close()
    again = resumed(read_record(path), stated, contracts)
    assert again.earlier.operations == {CREATE.id}
    found = again.earlier.known
    assert found.given_up == 1
    assert found.wrong == known.wrong
    assert found.poisoned[LIST.id].by == "CreateFarm (name)"
    assert found.poisoned[LIST.id].fault == known.poisoned[LIST.id].fault is not None
    # And once more: what is named again keeps its number.
    recorder = Recorder(reopened(read_record(path)), lambda: stated, again)
    [result] = hand_made(LIST).results
    recorder.ended(result, replace(found, given_up=2, wrong=()))
    recorder.end()
    recorder.file.close()
    record = read_record(path)
    states = [each["state"] for each in record.operations.values()]
    assert [each["wrong"] for each in states] == [[1], []]
    assert [each["poisoned"][LIST.id]["exchange"] for each in states] == [2, 2]
    assert len(record.exchanges) == 2


def test_what_is_shown_once_for_a_service_is_shown_by_the_same_operation(tmp_path: Path) -> None:
    text, outcomes = unbroken("emulator:")
    path = tmp_path / "record.jsonl"
    first = text.index(b'{"kind":"operation"')
    path.write_bytes(text[: text.index(b"\n", first) + 1])
    before = resumed(read_record(path), conditions("emulator:", OPTIONS), contracts_of())
    [shown] = before.earlier.known.shown.items()
    assert shown == (("deadline", "rest-json", "unknown-operation"), "deadline.ListFarms")
    assert outcomes["deadline.ListFarms/errors#unknown-operation"] == "conforms"


def test_the_state_a_series_goes_on_with_is_that_of_an_unbroken_one() -> None:
    """What is known after the last operation, with the wrong requests that were told before."""
    seen: list[Known] = []

    class Watcher:
        def began(self, contract: Contract) -> None: ...

        def ended(self, result: Any, known: Known) -> None:
            seen.append(known)

    contracts = contracts_of(["deadline.CreateFarm", "deadline.ListFarms"])
    run(contracts, lax(), RunOptions(seed=1, examples=0), watcher=Watcher())
    first, last = seen
    assert first.shown.keys() <= last.shown.keys()
    assert all(case.intent.purpose is Purpose.VIOLATES for _, case in (*first.wrong, *last.wrong))
    assert {contract.id for contract, _ in last.wrong} == {"deadline.CreateFarm"}
    assert first.wrong == (), "what only reads leaves nothing"


CHANGES: list[tuple[str, Any]] = [
    ("target was emulator: and is http://localhost:1", {"target": "http://localhost:1"}),
    ("seed was 3 and is 4", {"options": replace(OPTIONS, seed=4)}),
    ("examples was 1 and is 0", {"options": replace(OPTIONS, examples=0)}),
    ("clauses was none and is #enum", {"options": replace(OPTIONS, clauses="#enum")}),
    ("levels was MUST SHOULD MAY and is MUST", {"options": replace(OPTIONS, levels=(Level.MUST,))}),
    ("region was us-east-1 and is eu-west-1", {"region": "eu-west-1"}),
    ("options was none and is --timeout 3.0", {"flags": ("--timeout 3.0",)}),
    ("deadline.DeleteFarm not asked for now", {"names": NAMES[:-1]}),
    ("deadline.UpdateFarm not asked for then", {"names": [*NAMES, "deadline.UpdateFarm"]}),
    ("deadline.GetFarm of another contract now", {"contract": "changed"}),
    ("the operations were in another order", {"names": NAMES[::-1]}),
    ("botocore was 0.1 and is ", {"botocore": "0.1"}),
]


@pytest.mark.parametrize(("told", "change"), CHANGES, ids=[told for told, _ in CHANGES])
def test_a_run_that_was_begun_otherwise_is_not_gone_on_with(
    told: str, change: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "record.jsonl"
    path.write_bytes(unbroken("emulator:")[0][:-10])
    record = read_record(path)
    if "botocore" in change:
        record.header["versions"]["botocore"] = change["botocore"]
    stated = conditions("emulator:", change.get("options", OPTIONS))
    stated = replace(stated, target=change.get("target", "emulator:"))
    endpoint = replace(
        stated.endpoint,
        region=change.get("region", stated.endpoint.region),
        flags=change.get("flags", ()),
    )
    contracts = contracts_of(change.get("names", NAMES))
    if "contract" in change:
        contracts[0] = Contract({**contracts[0].document, "title": change["contract"]})
    with pytest.raises(UsageError) as wrong:
        resumed(record, replace(stated, endpoint=endpoint), contracts)
    assert told in wrong.value.message
    assert wrong.value.message.count(";") == 0
    assert str(path) in str(wrong.value)
    assert wrong.value.hint


def test_all_that_differs_is_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    path.write_bytes(unbroken("emulator:")[0])
    stated = conditions("moto:", RunOptions(seed=9, examples=9))
    with pytest.raises(UsageError) as wrong:
        resumed(read_record(path), stated, contracts_of())
    for each in ("target was", "seed was", "examples was"):
        assert each in wrong.value.message


def test_a_record_is_written_by_one_process_at_a_time(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    path = tmp_path / "record.jsonl"
    path.write_bytes(unbroken("emulator:")[0][:-10])
    record = read_record(path)
    before = path.read_bytes()
    first = reopened(record)
    with pytest.raises(RecordInUse):
        reopened(record)
    first.close()
    assert before.startswith(path.read_bytes())
    reopened(record).close()
