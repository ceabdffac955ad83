"""A file of test cases as JSON, with the places in it that are missing or of a wrong kind told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from awsconform.errors import Location, ModelError

Wanted = TypeVar("Wanted")
_REQUIRED: Any = object()
_NAMES = {
    dict: "an object",
    list: "an array",
    str: "a string",
    int: "an integer",
    bool: "a boolean",
}


@dataclass(frozen=True)
class Node:
    """A value in a file: where it stands, and what it is."""

    file: str
    pointer: str
    value: Any

    @property
    def location(self) -> Location:
        """Where the value stands."""
        return Location(self.file, pointer=self.pointer)

    def fail(self, message: str) -> ModelError:
        """The error that something is wrong here."""
        return ModelError(message, location=self.location)

    def get(self, key: str | int, kind: type[Wanted], default: Any = _REQUIRED) -> Wanted:
        """What is below, which is of `kind`; `default` where there is nothing.

        Raises:
            ModelError: it is of another kind, or not there without a default.
        """
        return self.at(key).of(kind) if default is _REQUIRED or self.has(key) else default

    def at(self, key: str | int) -> Node:
        """The node below.

        Raises:
            ModelError: there is none.
        """
        if not self.has(key):
            raise self.fail(f"{key!r} is missing")
        escaped = str(key).replace("~", "~0").replace("/", "~1")
        return Node(self.file, f"{self.pointer}/{escaped}", self.value[key])

    def has(self, key: str | int) -> bool:
        """Whether there is something below which is not null."""
        if isinstance(key, int):
            return isinstance(self.value, list) and key < len(self.value)
        return isinstance(self.value, dict) and self.value.get(key) is not None

    def of(self, kind: type[Wanted]) -> Wanted:
        """The value, which is of `kind`.

        Raises:
            ModelError: it is not.
        """
        if isinstance(self.value, kind) and (kind is bool or not isinstance(self.value, bool)):
            return self.value
        raise self.fail(f"{_NAMES[kind]} is due here, this is {_shown(self.value)}")

    def items(self) -> list[Node]:
        """The nodes of an array.

        Raises:
            ModelError: it is none.
        """
        return [self.at(n) for n in range(len(self.of(list)))]

    def entries(self) -> dict[str, Node]:
        """The nodes of an object by key, without the null ones.

        Raises:
            ModelError: it is none.
        """
        return {key: self.at(key) for key in self.of(dict) if self.has(key)}

    def texts(self, key: str) -> tuple[str, ...]:
        """The strings of an array below; empty where there is none."""
        return tuple(each.of(str) for each in self.at(key).items()) if self.has(key) else ()

    def headers(self, key: str) -> dict[str, str]:
        """The strings of an object below; empty where there is none."""
        if not self.has(key):
            return {}
        return {name: each.of(str) for name, each in self.at(key).entries().items()}


def read(path: Path, name: str) -> Node:
    """The whole of a file, which messages call `name`.

    Raises:
        ModelError: it cannot be read, or is no JSON.
    """
    try:
        return Node(name, "", json.loads(path.read_bytes().decode("utf-8-sig")))
    except json.JSONDecodeError as error:
        raise ModelError(
            f"no JSON: {error.msg}", location=Location(name, line=error.lineno)
        ) from None
    except UnicodeDecodeError as error:
        raise ModelError(f"not UTF-8 at byte {error.start}", location=Location(name)) from None
    except RecursionError:
        raise ModelError("nested too deeply", location=Location(name)) from None
    except OSError as error:
        raise ModelError(f"cannot be read: {error.strerror}", location=Location(name)) from None


def _shown(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
