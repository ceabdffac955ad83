"""What work costs is measured, and where the system does not tell it is not made up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from awsconform.specs import measuring
from awsconform.specs.measuring import Stopwatch, peak_memory

MIB = 1024 * 1024


PROGRAM = """
from awsconform.specs.measuring import peak_memory

before = peak_memory()
held = b"x" * (64 * 1024 * 1024)
print(before, peak_memory())
del held
print(peak_memory(), 0)
"""


def test_peak_memory_is_the_most_that_was_ever_held() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    before, during, after, _ = map(int, ended.stdout.split())
    assert before < 60 * MIB
    assert during >= before + 60 * MIB
    # The kernel adds up what its processors counted, now and then.
    assert after >= during - MIB


def test_a_stopwatch_counts_from_when_it_is_made() -> None:
    stopwatch = Stopwatch()
    first = stopwatch.cost()
    assert sum(range(200_000)) > 0
    second = stopwatch.cost()
    assert 0 <= first.wall <= second.wall
    assert 0 <= first.cpu < second.cpu


@pytest.fixture
def without_status(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: Any, **options: Any) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", refuse)


@pytest.mark.usefixtures("without_status")
def test_peak_memory_is_asked_of_the_system_in_its_own_units(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resource = pytest.importorskip("resource")

    class Usage:
        ru_maxrss = 5 * MIB

    monkeypatch.setattr(resource, "getrusage", lambda who: Usage)
    monkeypatch.setattr(measuring.sys, "platform", "darwin")
    assert peak_memory() == 5 * MIB
    monkeypatch.setattr(measuring.sys, "platform", "linux")
    assert peak_memory() == 5 * MIB * 1024


@pytest.mark.usefixtures("without_status")
def test_peak_memory_is_unknown_where_the_system_does_not_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    assert peak_memory() is None
