"""Where a command's result goes: the terminal, a pipe or a file."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from awsconform.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

# What is piped or kept is not read in a terminal of any known width.
PIPED_WIDTH = 120
# Below this a table shows nothing.
NARROWEST = 40
# Pseudo-terminals of unknown size say 0.
UNKNOWN_WIDTH = 80


class ClosedOutput(io.TextIOBase):
    """Stands for a standard output that was closed by whoever started this: nothing gets lost."""

    def write(self, text: str) -> int:
        """Takes nothing.

        Raises:
            OSError: there is something to write.
        """
        if text:
            raise OSError(errno.EBADF, CLOSED)
        return 0


CLOSED = "standard output is closed"


def check_writable(path: Path | None) -> None:
    """Finds out before anything takes its time whether `opened` will work; changes nothing.

    Raises:
        UsageError: the file cannot be written.
    """
    if path is None or str(path) == "-":
        if isinstance(sys.stdout, ClosedOutput):
            raise UsageError(CLOSED, hint="-o FILE writes to a file")
        return
    try:
        if not path.exists():
            with path.open("x"):
                pass
            path.unlink()
        elif path.is_file():
            with path.open("a"):
                pass
        # Opening a pipe and closing it again would end whoever reads it.
        elif not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise _unwritable(path, error) from None


@contextlib.contextmanager
def opened(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that is written anew.

    Raises:
        UsageError: the file cannot be written.
    """
    if path is None or str(path) == "-":
        yield sys.stdout
        return
    try:
        with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
            yield file
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"cannot write {path}: {error.strerror}")


def _console_class() -> type[Console]:
    from rich.console import Console

    class _Console(Console):
        """Leaves it to the command line what a broken pipe means."""

        def on_broken_pipe(self) -> None:
            self.quiet = True
            raise BrokenPipeError

    return _Console


def console_on(stream: TextIO) -> Console:
    """A console without colours and of fixed width where the stream is no terminal."""
    console = _console_class()
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    if stream.isatty():
        made = console(file=stream)
        made.width = max(made.width or UNKNOWN_WIDTH, NARROWEST)
        return made
    told = os.environ.get("COLUMNS", "")
    width = int(told) if told.isdecimal() else 0
    return console(file=stream, width=max(width, NARROWEST) if width else PIPED_WIDTH)
