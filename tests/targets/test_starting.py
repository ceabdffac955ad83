"""A command is started on a free port, watched, started again after a crash, and always ended."""

from __future__ import annotations

import contextlib
import os
import select
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from awsconform.conformance.exchange import Case, Exchange, Intent, Purpose, Trouble, View
from awsconform.conformance.targets import process, starting, watching
from awsconform.conformance.targets.locator import Options, open_target
from awsconform.conformance.targets.process import ServerProcess
from awsconform.conformance.targets.starting import StartedTarget
from awsconform.errors import TargetError, TargetUnreachable
from awsconform.specs.catalog import load

SCRIPT = Path(__file__).with_name("adversaries.py")
LIST_FARMS = load("deadline", "ListFarms")
PATIENT = Options(timeout=20.0, start_timeout=30.0)
# For what never answers.
HASTY = Options(timeout=0.2, start_timeout=0.5)


def command(behaviour: str, *more: object) -> str:
    """The line that starts a server which misbehaves so."""
    words = [sys.executable, "-S", "-E", str(SCRIPT), behaviour, "{port}", *map(str, more)]
    return " ".join(word if word == "{port}" else shlex.quote(word) for word in words)


@contextlib.contextmanager
def started(behaviour: str, *more: object, options: Options = PATIENT) -> Iterator[StartedTarget]:
    target = StartedTarget(command(behaviour, *more), options=options)
    try:
        yield target
    finally:
        target.close()


def send(target: StartedTarget, **value: object) -> Exchange:
    return target.send(LIST_FARMS, Case(LIST_FARMS.id, Intent(Purpose.VALID), value))


def pids(path: Path) -> list[int]:
    return [int(line) for line in path.read_text(encoding="ascii").split()]


def is_running(pid: int) -> bool:
    """Whether a process is there and does something; one that is only not waited for does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    with contextlib.suppress(OSError):
        return stat.read_text(encoding="ascii", errors="replace").rpartition(") ")[2][0] != "Z"
    return stat.parent.parent.joinpath("self").exists() is False


def test_starts_a_server_before_the_first_request_and_ends_it(tmp_path: Path) -> None:
    file = tmp_path / "pids"
    with started("right", file) as target:
        assert not file.exists()
        exchange = send(target)
        assert exchange.trouble is None
        assert exchange.response is not None
        assert (exchange.response.status, target.view) == (200, View.WIRE)
        (pid,) = pids(file)
        assert is_running(pid)
        assert target.address == f"http://127.0.0.1:{target.port}"
    assert not is_running(pid)


def test_the_locator_starts_what_a_name_says(tmp_path: Path) -> None:
    target = open_target(f"start:{command('right')}", options=PATIENT)
    assert isinstance(target, StartedTarget)
    target.probe()
    assert target.name == f"start:{command('right')}"
    target.close()
    target.close()


def has_ended(pid: int) -> bool:
    """Whether a process ends within the seconds that a loaded machine may take to do it."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], 20)[0])
    finally:
        os.close(descriptor)


def test_ends_all_of_the_process_group(tmp_path: Path) -> None:
    file = tmp_path / "pids"
    with started("has-children", file) as target:
        target.probe()
        while len(pids(file)) < 2:
            send(target)
        found = pids(file)
    assert [has_ended(pid) for pid in found] == [True, True]


def test_ends_what_ignores_the_kind_signal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS_TO_END", 0.2)
    file = tmp_path / "pids"
    with started("ignores-sigterm", file) as target:
        target.probe()
        (pid,) = pids(file)
    assert not is_running(pid)


def test_a_page_is_no_answer_and_a_server_that_still_starts_is_waited_for() -> None:
    with started("page-then-right") as target:
        exchange = send(target)
    assert exchange.response is not None
    assert exchange.response.status == 200


def test_a_typed_error_is_an_answer() -> None:
    with started("typed-404") as target:
        target.probe()
        assert target.generation == 0


def test_says_that_a_server_never_answers_and_ends_it(tmp_path: Path) -> None:
    file = tmp_path / "pids"
    with (
        started("never-listens", file, options=HASTY) as target,
        pytest.raises(TargetUnreachable, match=r"answered no operation within 0\.5 s") as caught,
    ):
        send(target)
    assert "unreachable" in caught.value.message
    assert caught.value.exit_code == 3
    assert not any(is_running(pid) for pid in pids(file))


def test_shows_what_a_server_that_dies_at_its_start_wrote() -> None:
    with started("dies") as target, pytest.raises(TargetUnreachable) as caught:
        target.probe()
    assert "ended (exit status 3) before it answered" in caught.value.message
    assert "cannot start" in caught.value.message
    assert "0123456789abcdef" not in str(caught.value)


def test_keeps_only_the_end_of_what_is_written() -> None:
    with started("chatty") as target:
        target.probe()
        assert target._process is not None
        while "the last line" not in target._process.tail():
            send(target)
        assert len(target._process.tail().encode()) <= process.KEPT_OUTPUT
        assert send(target).trouble is None


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [("crashes-on-fifth", "exit status 7"), ("killed-on-third", "SIGKILL")],
)
def test_a_crash_is_the_fault_of_the_request_it_came_with(behaviour: str, told: str) -> None:
    with started(behaviour) as target:
        exchanges = [send(target)]
        while exchanges[-1].trouble is None:
            exchanges.append(send(target))
        crashed = exchanges[-1]
        assert (crashed.trouble, crashed.response) == (Trouble.DROPPED, None)
        assert f"the server ended ({told}) while it had the request" in crashed.detail
        assert target.generation == 0
        assert send(target).trouble is None
        assert (target.generation, target.crashes) == (1, 1)


def test_what_did_not_answer_in_time_is_started_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "MOST_HANGS", 1)
    file = tmp_path / "pids"
    with started("hangs-later", file, options=Options(timeout=1.0, start_timeout=30.0)) as target:
        hung = 0
        while hung < 2:
            hung += send(target).trouble is Trouble.TIMEOUT
        assert (target.generation, target.hangs, target.crashes) == (1, 1, 0)
        first, second = pids(file)
        assert has_ended(first)
        assert is_running(second), "not again and again: each time it takes a time-out"


def test_a_dropped_connection_alone_is_no_crash() -> None:
    with started("drops-later") as target:
        exchanges = [send(target) for _ in range(6)]
    assert exchanges[-1].trouble is Trouble.DROPPED
    assert "the server ended" not in exchanges[-1].detail
    assert target.generation == 0


def test_is_given_up_after_many_crashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "MOST_RESTARTS", 2)
    with started("crashes-on-count") as target:
        exchanges = [send(target, maxResults=1) for _ in range(5)]
        assert target.restart is not None
        target.restart()
        after = send(target)
    assert [each.trouble for each in exchanges] == [
        *[Trouble.DROPPED] * 3,
        *[Trouble.UNREACHABLE] * 2,
    ]
    assert "started again 2 times and ended again (exit status 9)" in exchanges[-1].detail
    assert after.trouble is Trouble.UNREACHABLE


def test_restarting_gives_another_process_at_the_same_address(tmp_path: Path) -> None:
    file = tmp_path / "pids"
    with started("right", file) as target:
        target.probe()
        address = target.address
        assert target.restart is not None
        target.restart()
        assert send(target).trouble is None
        assert (target.generation, target.address) == (1, address)
        first, second = pids(file)
        assert not is_running(first)
        assert is_running(second)


def test_takes_another_port_where_somebody_took_its_own() -> None:
    with started("right") as target:
        target.probe()
        before = target.port
        assert target._process is not None
        os.killpg(target._process._process.pid, signal.SIGKILL)
        assert target._process.exit_within(20.0) == "SIGKILL"
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", before))
            listener.listen()
            assert send(target).trouble is None
            assert target.port != before


def test_gives_the_port_a_folder_and_no_credentials_of_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "mine")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-real-secret")
    line = f"PORT={{port}} FOLDER={{data}} {command('tells-environment')}"
    target = StartedTarget(line, options=PATIENT)
    try:
        target.probe()
        assert target._process is not None
        while "SECRET" not in target._process.tail():
            send(target)
        told = dict(line.split(" is ") for line in target._process.tail().splitlines())
        assert told["PORT"] == str(target.port)
        assert Path(told["FOLDER"]).is_dir()
        assert told["AWS_PROFILE"] == "None"
        assert "a-real-secret" not in told.values()
    finally:
        target.close()
    assert not Path(told["FOLDER"]).exists()


@pytest.mark.parametrize("line", ["no-such-program-anywhere {port}", "/nowhere/program {port}"])
def test_says_that_a_program_is_missing(line: str) -> None:
    with pytest.raises(TargetError, match="there is no command") as caught:
        StartedTarget(line)
    assert caught.value.exit_code == 2


def test_says_that_a_program_is_none(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_bytes(b"\x00\x01")
    program.chmod(0o755)
    with pytest.raises(TargetError, match="cannot be started"):
        StartedTarget(f"{program} {{port}}", options=HASTY).probe()


ENDINGS = {
    "exception": "raise LookupError",
    "exit": "sys.exit(4)",
    **{
        name: f"os.kill(os.getpid(), signal.{name}); threading.Event().wait()"
        for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGKILL")
    },
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_ends_the_server_however_we_end(tmp_path: Path, ending: str) -> None:
    file, data = tmp_path / "pids", tmp_path / "data"
    data.mkdir()
    (data / "kept").write_text("x", encoding="ascii")
    words = [sys.executable, "-S", "-E", str(SCRIPT), "has-children", "0", str(file)]
    program = "\n".join(
        [
            "import os, pathlib, resource, signal, sys, threading",
            "from awsconform.conformance.targets.process import ServerProcess",
            "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))",
            # Who runs these tests in the background of a shell has them ignored.
            "signal.signal(signal.SIGINT, signal.default_int_handler)",
            "signal.signal(signal.SIGQUIT, signal.SIG_DFL)",
            f"server = ServerProcess({words!r}, os.environ, os.getcwd(), data={str(data)!r})",
            "print(server._watching.pid, flush=True)",
            f"file = pathlib.Path({str(file)!r})",
            "while not file.exists() or file.read_text().count('\\n') < 2: pass",
            ENDINGS[ending],
        ]
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert ended.returncode != 0
    if ending.startswith("SIG"):
        assert -ended.returncode == getattr(signal, ending)
    assert [has_ended(pid) for pid in (*pids(file), int(ended.stdout))] == [True] * 3
    assert not data.exists()


def watching_over(folder: Path) -> int:
    """The process that watches a server with this folder."""
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = os.fsdecode(each.read_bytes()).split("\0")
            if words[-3:-1] == [os.path.abspath(watching.__file__), str(folder)]:
                return int(each.parent.name)
    raise AssertionError(f"nobody watches over {folder}")


def test_ends_the_server_where_the_command_is_killed(tmp_path: Path) -> None:
    file, folders = tmp_path / "pids", tmp_path / "folders"
    os.mkfifo(file)
    folders.mkdir()
    words = ["run", "deadline.ListFarms", "--start", command("never-listens", file, "{data}")]
    with (
        open(os.open(file, os.O_RDONLY | os.O_NONBLOCK), encoding="ascii") as started_pids,
        subprocess.Popen(
            [sys.executable, "-m", "awsconform", *words],
            env={**os.environ, "TMPDIR": str(folders)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # As a shell does with jobs; a whole group may be killed at once.
            start_new_session=True,
        ) as suite,
    ):
        assert select.select([started_pids], [], [], 60)[0]
        pid = int(started_pids.readline())
        (folder,) = folders.glob("server-*")
        guard = watching_over(folder)
        os.killpg(suite.pid, signal.SIGKILL)
    assert [has_ended(pid), has_ended(guard)] == [True, True]
    assert not folder.exists()


def test_says_how_a_process_ended() -> None:
    server = ServerProcess([sys.executable, "-S", "-c", "raise SystemExit(5)"], os.environ, ".")
    assert server.exit_within(20.0) == "exit status 5"
    server.stop()
    assert server.exit == "exit status 5"


def test_what_it_kept_in_its_folder_goes_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    words = [sys.executable, "-S", "-E", str(SCRIPT), "never-listens", "0"]
    server = ServerProcess(words, os.environ, ".", data=str(folder))
    (folder / "file").write_text("x", encoding="ascii")
    server.stop()
    assert not folder.exists()


def installed(folder: Path, name: str, behaviour: str, port: str) -> None:
    """A program of that name that starts a server which misbehaves so."""
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(
        f"#!/bin/sh\nexec {shlex.quote(sys.executable)} -S -E {shlex.quote(str(SCRIPT))} "
        f'{behaviour} "{port}" {shlex.quote(str(folder / "pids"))}\n',
        encoding="utf-8",
    )
    program.chmod(0o755)


def test_a_preset_is_emptied_by_its_own_means_while_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(tmp_path / "bin", "ministack", "right", "$GATEWAY_PORT")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    target = StartedTarget("ministack", options=PATIENT)
    try:
        assert send(target).trouble is None
        assert target.restart is not None
        target.restart()
        assert (target.generation, send(target).trouble) == (1, None)
        assert target.first.endswith("/ministack")
        assert f"GATEWAY_PORT={target.port}" in target.first
    finally:
        target.close()
    assert len(pids(tmp_path / "bin" / "pids")) == 1


def test_what_writes_its_credentials_is_not_asked_before_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(tmp_path / "bin", "aws-emulator", "right", "$2")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("HOME", str(tmp_path))
    target = StartedTarget("aws-emulator", options=HASTY)
    with contextlib.closing(target), pytest.raises(TargetUnreachable, match="not there yet"):
        target.probe()
    assert target.address == f"https://127.0.0.1:{target.port}"
