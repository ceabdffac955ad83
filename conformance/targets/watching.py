"""A process that outlives us by a moment: it ends what we started, however we ended.

Nothing of ours runs after SIGKILL. The watching process reads a pipe whose writing end only we
hold; when that closes, the server's group is ended and its folder removed. This file is its script
as well, so it imports nothing but the standard library.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time

SECONDS_TO_END = 5.0
_NOBODY = 0
_PAUSE = 0.02


class Watching:
    """What one server is watched by; where it cannot be started, nobody watches."""

    def __init__(self, data: str | None) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        with contextlib.suppress(OSError, ValueError):
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", os.path.abspath(__file__), data or ""],
                bufsize=0,
                cwd="/",
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # Signals for our group, from a terminal for instance, are not meant for it.
                start_new_session=True,
            )

    @property
    def pid(self) -> int | None:
        """The process that watches."""
        return self._process.pid if self._process is not None else None

    def watch(self, group: int) -> None:
        """From now on this group is ended when we end."""
        self._tell(group)

    def forget(self) -> None:
        """The group's id may soon be somebody else's."""
        self._tell(_NOBODY)

    def close(self) -> None:
        """Ends the watching, and what is still watched."""
        if self._process is None:
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(2 * SECONDS_TO_END)

    def _tell(self, group: int) -> None:
        if self._process is None:
            return
        assert self._process.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            self._process.stdin.write(f"{group}\n".encode())


def _watch(data: str) -> None:
    """Reads which group is watched until nobody can say any more, then ends that."""
    group = _NOBODY
    for line in sys.stdin:
        group = int(line)
    if group != _NOBODY:
        _end(group)
    if data:
        shutil.rmtree(data, ignore_errors=True)


def _end(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGTERM)
        until = time.monotonic() + SECONDS_TO_END
        while time.monotonic() < until:
            os.killpg(group, 0)
            time.sleep(_PAUSE)
        os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    _watch(sys.argv[1])
