"""A process of ours: in a group of its own, its output kept, ended whatever happens to us."""

from __future__ import annotations

import atexit
import collections
import contextlib
import os
import shutil
import signal
import subprocess
import threading
import time
import weakref
from collections.abc import Mapping, Sequence
from types import FrameType
from typing import IO

from awsconform.conformance.targets.watching import SECONDS_TO_END, Watching
from awsconform.conformance.wire.redaction import redact_text
from awsconform.errors import TargetError

KEPT_OUTPUT = 64 * 1024
_CHUNK = 8192
_PAUSE = 0.02
_ENDING_SIGNALS = ("SIGTERM", "SIGHUP", "SIGQUIT")


class ServerProcess:
    """A started command; `stop` ends it and everything it started that stayed in its group.

    `data` is a folder of its own, which goes with it.

    Raises:
        TargetError: the command cannot be started, or this system has no process groups.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        folder: str,
        *,
        data: str | None = None,
    ) -> None:
        self._data = data
        if not hasattr(os, "killpg"):
            raise TargetError(
                "commands are started on systems with process groups only",
                hint="start it by hand, and give its address as the target",
            )
        self._watching = Watching(data)
        try:
            self._process = subprocess.Popen(
                list(command),
                env=dict(environment),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            self._remove_data()
            self._watching.close()
            told = getattr(error, "strerror", None) or str(error)
            raise TargetError(f"{command[0]} cannot be started: {told}") from None
        self._watching.watch(self._process.pid)
        self._ended: str | None = None
        self._stopped = False
        self._output: collections.deque[bytes] = collections.deque()
        self._kept = 0
        assert self._process.stdout is not None
        self._reader = threading.Thread(
            target=self._read, args=(self._process.stdout,), daemon=True
        )
        self._reader.start()
        _remember(self)

    @property
    def exit(self) -> str | None:
        """How the process ended by itself, `exit status 1` or `SIGSEGV`; None while it runs."""
        if self._ended is None and not self._stopped:
            self._ended = self._found_exit()
        return self._ended

    def exit_within(self, seconds: float) -> str | None:
        """How the process ended, waiting a little for an end that is under way."""
        until = time.monotonic() + seconds
        while self.exit is None and time.monotonic() < until:
            time.sleep(_PAUSE)
        return self.exit

    def tail(self, lines: int = 15) -> str:
        """The last lines of what it wrote, with no secret in them."""
        if self.exit is not None:
            # What it wrote last may still be on its way.
            self._reader.join(0.5)
        text = b"".join(list(self._output)).decode("utf-8", "replace")
        printed = (line.rstrip() for line in redact_text(text).splitlines())
        return "\n".join([line for line in printed if line][-lines:])

    def stop(self) -> None:
        """Ends the group, first kindly, after some seconds for good."""
        if self._stopped:
            return
        if self.exit is None:
            self._signal(signal.SIGTERM)
            self.exit_within(SECONDS_TO_END)
        self._stopped = True
        # Also where the first of the group has ended: until it is waited for, the group's id
        # is nobody else's.
        self._signal(signal.SIGKILL)
        self._watching.forget()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(SECONDS_TO_END)
        self._reader.join(1.0)
        if not self._reader.is_alive() and self._process.stdout is not None:
            self._process.stdout.close()
        self._remove_data()
        self._watching.close()

    def _remove_data(self) -> None:
        if self._data is not None:
            shutil.rmtree(self._data, ignore_errors=True)

    def _signal(self, number: signal.Signals) -> None:
        # PermissionError: what macOS answers for a group whose members have all ended.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)

    def _found_exit(self) -> str | None:
        """How the process ended; it stays to be waited for, so that its id stays its own."""
        if not hasattr(os, "waitid"):
            code = self._process.poll()
            return None if code is None else _told(code)
        try:
            found = os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return "an end nobody saw"
        if found is None:
            return None
        killed = found.si_code in (os.CLD_KILLED, os.CLD_DUMPED)
        return _told(-found.si_status if killed else found.si_status)

    def _read(self, stream: IO[bytes]) -> None:
        """Takes all that is written, so that the process never waits, and keeps the end of it."""
        with contextlib.suppress(OSError, ValueError):
            while part := os.read(stream.fileno(), _CHUNK):
                self._output.append(part)
                self._kept += len(part)
                while self._kept > KEPT_OUTPUT:
                    self._kept -= len(self._output.popleft())


def _told(code: int) -> str:
    if code >= 0:
        return f"exit status {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


_running: weakref.WeakSet[ServerProcess] = weakref.WeakSet()


def _remember(process: ServerProcess) -> None:
    _running.add(process)
    _end_on_signals()


@atexit.register
def _end_all() -> None:
    for process in list(_running):
        process.stop()


def _end_on_signals() -> None:
    """Where nobody else handles them, the signals that end us end what we started first."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in _ENDING_SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end_and_die)


def _end_and_die(number: int, frame: FrameType | None) -> None:
    _end_all()
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
