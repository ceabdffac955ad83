"""One value of a key, and who says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any


class Source(StrEnum):
    """Who can say something, the strongest first."""

    FLAG = "flag"
    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


@dataclass(frozen=True)
class Origin:
    """Who says a value: a flag, a variable by its `name`, or a place in a file."""

    source: Source
    name: str = ""
    file: Path | None = None
    line: int | None = None

    def __str__(self) -> str:
        if self.file is not None:
            return f"{self.file}:{self.line}" if self.line else str(self.file)
        return self.name or self.source.value


@dataclass(frozen=True)
class Value:
    """What is said, in the form of the file: text, number, truth, or a list of texts."""

    value: Any
    origin: Origin


Layer = Mapping[str, Value]
