"""A record's file while it is written: whole lines, each at once, so that a killed process leaves
what it did, and a broken last line at most."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable
from pathlib import Path

from awsconform.conformance.records.bodies import body_line, digest
from awsconform.conformance.records.errors import RecordExists, RecordInUse, RecordUnwritable
from awsconform.conformance.records.format import written
from awsconform.conformance.reports.exchange_documents import Document


class RecordFile:
    """Appends lines to a file of a `length`, and the bodies they name, once each."""

    def __init__(
        self, path: Path, file: io.FileIO, bodies: Iterable[str] = (), *, length: int = 0
    ) -> None:
        self.path = path
        self._file = file
        self._bodies = set(bodies)
        self._whole = length
        self._within_a_line = False
        self._failed: OSError | None = None

    @property
    def failed(self) -> bool:
        """Whether the machine takes nothing more."""
        return self._failed is not None

    @classmethod
    def new(cls, path: Path) -> RecordFile:
        """A file that was not there before.

        Raises:
            RecordExists: it was.
            RecordUnwritable: it cannot be made.
        """
        try:
            return cls(path, _locked(path, io.FileIO(path, "xb")))
        except FileExistsError:
            raise RecordExists(path, "there is such a file already") from None
        except OSError as error:
            raise RecordUnwritable(path, f"cannot be written: {error.strerror}") from None

    @classmethod
    def reopened(cls, path: Path, length: int, bodies: Iterable[str]) -> RecordFile:
        """A file that is gone on with behind so many bytes, in which are those bodies.

        Raises:
            RecordInUse: another process is writing to it.
            RecordUnwritable: it cannot be written.
        """
        try:
            file = _locked(path, io.FileIO(path, "r+b"))
            file.truncate(length)
            file.seek(length)
        except OSError as error:
            raise RecordUnwritable(path, f"cannot be written: {error.strerror}") from None
        return cls(path, file, bodies, length=length)

    def line(self, line: Document) -> None:
        """Writes a line.

        Raises:
            RecordUnwritable: the machine does not take it; nothing is written from then on.
        """
        self._write(written(line))

    def content(self, content: bytes) -> None:
        """Writes the line of some bytes, unless it is there.

        Raises:
            RecordUnwritable: see `line`.
        """
        name = digest(content)
        if name not in self._bodies:
            self._write(written(body_line(content)))
            self._bodies.add(name)

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def _write(self, text: bytes) -> None:
        # Unbuffered: what was written is with the system.
        left = memoryview(text)
        try:
            if self._failed is not None:
                raise self._failed
            if self._within_a_line:
                # Ctrl-C came, and something is written all the same.
                self._file.truncate(self._whole)
                self._file.seek(self._whole)
            self._within_a_line = True
            while left:
                left = left[self._file.write(left) :]
            self._whole += len(text)
            self._within_a_line = False
        except OSError as error:
            self._failed = error
            raise RecordUnwritable(self.path, f"cannot be written: {error.strerror}") from None


def _locked(path: Path, file: io.FileIO) -> io.FileIO:
    """The file, kept from other processes where the system can do that."""
    with contextlib.suppress(ImportError):
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if not isinstance(error, BlockingIOError):
                # Some file systems have no locks.
                return file
            file.close()
            raise RecordInUse(path, "another process is writing to it") from None
    return file
