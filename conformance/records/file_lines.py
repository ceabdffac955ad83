"""The lines of a file, read one after the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from awsconform.conformance.records.errors import (
    NotJSON,
    NotUTF8,
    RecordError,
    RecordMissing,
    RecordUnreadable,
)


class BrokenEnd(Exception):
    """The last line is not whole: whoever wrote it was killed."""


@dataclass(frozen=True)
class FileLine:
    """A line: its number from 1 on, its bytes, how much of the file it ends, whether it is last."""

    path: Path
    number: int
    text: bytes
    end: int
    last: bool

    @property
    def start(self) -> int:
        """How much of the file is before it."""
        return self.end - len(self.text)

    def document(self) -> Any:
        """The JSON it is.

        Raises:
            BrokenEnd: it is not whole, and the last.
            NotUTF8: it is no UTF-8.
            NotJSON: it is no JSON.
        """
        try:
            if self.last and not self.text.endswith(b"\n"):
                raise BrokenEnd
            return json.loads(self.text.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise self._broken(NotUTF8, f"is no UTF-8: {error.reason}") from None
        except (ValueError, RecursionError) as error:
            raise self._broken(NotJSON, f"is no JSON: {error}") from None

    def wrong(
        self, kind: type[RecordError], message: str, pointer: str | None = None
    ) -> RecordError:
        """The error that it is wrong."""
        return kind(self.path, message, line=self.number, pointer=pointer)

    def _broken(self, kind: type[RecordError], message: str) -> Exception:
        return BrokenEnd() if self.last else self.wrong(kind, message)


def file_lines(path: Path) -> Iterator[FileLine]:
    """The lines of a file.

    Raises:
        RecordMissing: there is none.
        RecordUnreadable: the machine refuses to read it, or it is a pipe: what is in a file is read
            more than once.
    """
    if path.is_fifo():
        raise RecordUnreadable(path, "is a pipe, which can be read only once")
    try:
        with path.open("rb") as file:
            end, before = 0, b""
            number = 0
            for number, text in enumerate(file):
                if number:
                    yield FileLine(path, number, before, end, last=False)
                end, before = end + len(text), text
            if before:
                yield FileLine(path, number + 1, before, end, last=True)
    except FileNotFoundError:
        raise RecordMissing(path, "there is no such file") from None
    except OSError as error:
        raise RecordUnreadable(path, f"cannot be read: {error.strerror}") from None
