"""Lines of a file that are read when they are asked for: all of a run would take much memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from awsconform.conformance.records.errors import RecordUnreadable
from awsconform.conformance.reports.exchange_documents import Document

K = TypeVar("K")


class KeptLines(Mapping[K, Document]):
    """Lines by what they are named by, in the order they were added.

    Raises:
        RecordUnreadable: the file cannot be read any more, or is another one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: dict[K, int] = {}

    def add(self, name: K, place: int) -> None:
        """Takes the line that begins behind so many bytes of the file."""
        self._places[name] = place

    def __getitem__(self, name: K) -> Document:
        place = self._places[name]
        try:
            with self._path.open("rb") as file:
                file.seek(place)
                line: Document = json.loads(file.readline())
        except OSError as error:
            raise RecordUnreadable(self._path, f"cannot be read: {error.strerror}") from None
        except ValueError:
            raise RecordUnreadable(self._path, "was changed while it was read") from None
        return line

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[K]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
