"""Whatever is started, a run ends in time with a clear verdict, and ends what it started."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from awsconform.conformance.targets import process, starting
from cli.calling import Call, caller
from targets.test_starting import command, is_running, pids


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    return caller(capsys)


@pytest.fixture(autouse=True)
def _ends_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS_TO_END", 0.2)
    monkeypatch.setattr(starting, "MOST_RESTARTS", 2)


FEW = ("--max-time", "300", "--examples", "0")
# Hardly any time for what never answers, as much as a busy machine needs for all others.
SILENT = ("--timeout", "0.2", "--start-timeout", "1")
HANGING = ("--timeout", "1", "--start-timeout", "30")
ANSWERING = ("--timeout", "20", "--start-timeout", "30")
NEVER = "answered no operation within 1 s"
LATER = "time-out"


def started(file: Path) -> list[int]:
    """The servers that came as far as to write down who they are."""
    return pids(file) if file.exists() else []


@pytest.mark.parametrize(
    ("behaviour", "codes", "told"),
    [
        ("crashes-on-fifth", (1,), "the server ended (exit status 7) while it had the request"),
        ("killed-on-third", (1,), "the server ended (SIGKILL) while it had the request"),
        ("hangs", (3,), NEVER),
        ("hangs-later", (1, 3), LATER),
        ("drops-later", (1,), "dropped connection"),
        ("gigabytes", (3,), NEVER),
        ("drips", (3,), NEVER),
        ("redirects", (3,), NEVER),
        ("banner", (3,), NEVER),
        ("http2", (3,), NEVER),
        ("tls", (3,), NEVER),
        ("page-500", (3,), NEVER),
        ("dies", (3,), "ended (exit status 3) before it answered"),
        ("never-listens", (3,), NEVER),
        ("ignores-sigterm", (0, 1), "deadline.ListFarms"),
    ],
)
def test_a_run_ends_with_a_clear_verdict(
    call: Call, tmp_path: Path, behaviour: str, codes: tuple[int, ...], told: str
) -> None:
    file = tmp_path / "pids"
    line = command(behaviour, file)
    words = {NEVER: SILENT, LATER: HANGING}.get(told, ANSWERING)
    ended = call("run", "deadline.ListFarms", "--start", line, "--seed", "1", "-v", *FEW, *words)
    assert ended.code in codes
    assert told in " ".join((ended.out + ended.err).split())
    assert told == NEVER or pids(file)
    assert not any(is_running(pid) for pid in started(file))


def test_doctor_says_so_too(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "pids"
    ended = call("doctor", "deadline", "--start", command("page-404", file), *SILENT)
    assert ended.code == 3
    assert NEVER in ended.err
    assert not any(is_running(pid) for pid in started(file))


def test_a_command_that_is_none_is_a_wrong_call(call: Call) -> None:
    ended = call("run", "deadline.ListFarms", "--start", f"{sys.executable} -c pass")
    assert ended.code == 2
    assert "where the port goes" in ended.err


def test_doctor_starts_what_it_looks_at_and_ends_it(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "pids"
    ended = call("doctor", "deadline", "--start", command("right", file))
    assert ended.code == 0
    assert "header          server: adversary/1" in ended.out
    assert "implementation  not known" in ended.out
    assert "address         http://127.0.0.1:" in ended.out
    assert not any(is_running(pid) for pid in pids(file))
