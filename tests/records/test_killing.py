"""A run that is killed leaves a record that can be read, and that can be gone on with."""

from __future__ import annotations

import functools
import json
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from awsconform.conformance.records.reading import document_of, read_document, read_record
from records.recorded import NAMES, outcomes_in

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no process can be killed")

CALL = [sys.executable, "-m", "awsconform", "run", *NAMES]
OPTIONS = ["--seed", "3", "--examples", "1"]
# Longer than any run takes; the process is waited for, a little at a time.
MOST_LOOKS, LOOK_SECONDS = 30_000, 0.01


def run(*words: str) -> dict[str, Any]:
    """The report of a run that ends."""
    done = subprocess.run(
        [*CALL, *OPTIONS, "--format", "json", *words], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    document: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == document["exitCode"]
    return document


@functools.cache
def unbroken() -> tuple[int, dict[str, str]]:
    """How many lines the record of a run has, and the outcomes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.jsonl"
        document = run("--record", str(path))
        assert document == read_document(path)
        return path.read_bytes().count(b"\n"), outcomes_in(document)


def killed_after(lines: int, path: Path) -> None:
    """Starts a run that is recorded, and kills it when so many lines are there."""
    with subprocess.Popen(
        [*CALL, *OPTIONS, "--record", str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        for _ in range(MOST_LOOKS):
            if path.exists() and path.read_bytes().count(b"\n") >= lines:
                break
            try:
                process.wait(LOOK_SECONDS)
                break
            except subprocess.TimeoutExpired:
                continue
        process.kill()


@pytest.mark.parametrize("draw", range(4))
def test_a_killed_run_is_gone_on_with_as_if_it_had_not_been(draw: int, tmp_path: Path) -> None:
    lines, outcomes = unbroken()
    path = tmp_path / "record.jsonl"
    killed_after(random.Random(draw).randrange(1, lines), path)
    record = read_record(path)
    document = document_of(record)
    assert document["complete"] == (record.footer is not None)
    assert outcomes_in(document).items() <= outcomes.items()
    again = run("--record", str(path), "--resume")
    assert again["complete"] is True
    ended = {each["id"]: each for each in document["operations"]}
    assert ended == {each["id"]: each for each in again["operations"] if each["id"] in ended}
    assert outcomes_in(again) == outcomes
    assert again == read_document(path)


def test_it_can_be_killed_again_and_again(tmp_path: Path) -> None:
    lines, outcomes = unbroken()
    path = tmp_path / "record.jsonl"
    killed_after(lines // 3, path)
    before = read_record(path)
    call = [*CALL, *OPTIONS, "--record", str(path), "--resume"]
    with subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        process.kill()
    assert list(read_record(path).operations) == list(before.operations)
    assert outcomes_in(run("--record", str(path), "--resume")) == outcomes
