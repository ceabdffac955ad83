"""A file that was read: what it says by key, in its tables of targets, and where."""

from __future__ import annotations

import functools
import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from awsconform.configuration import toml_file
from awsconform.configuration.errors import ConfigurationMissing, WrongType
from awsconform.configuration.finding import SHARED
from awsconform.configuration.schema import is_path, keys
from awsconform.configuration.validating import check
from awsconform.errors import Location

_TABLE = ("tool", "awsconform")
# Words of a command that name a file.
_RELATIVE = re.compile(r"(?<!\S)(?=\.\.?/)")


@dataclass(frozen=True)
class File:
    """A file: what its keys say, paths made to hold for the current folder."""

    path: Path
    text: str
    values: Mapping[str, Any]
    targets: Mapping[str, Mapping[str, Any]]
    hooks: Mapping[str, str]
    prefix: tuple[str, ...]
    passed_over: Path | None = None

    @property
    def folder(self) -> Path:
        """What its paths are relative to."""
        return self.path.parent

    def line_of(self, *steps: str) -> int | None:
        """The line on which a key stands, or the table it is in."""
        wanted = (*self.prefix, *steps)
        lines = _lines(self.text)
        while wanted and wanted not in lines:
            wanted = wanted[:-1]
        return lines.get(wanted)


def read_file(path: Path, passed_over: Path | None = None) -> File:
    """What a file says; in one called pyproject.toml that is [tool.awsconform].

    Raises:
        ConfigurationError: it cannot be read, or says what cannot be meant; one class for each way.
    """
    text = toml_file.text_of(path)
    document = toml_file.parsed(text, path)
    prefix: tuple[str, ...] = ()
    if path.name == SHARED:
        prefix = _TABLE
        document = _table(document, path)

    def place(steps: tuple[str, ...]) -> Location:
        made = File(path, text, {}, {}, {}, prefix)
        return Location(str(path), line=made.line_of(*steps))

    if not isinstance(document, dict):
        raise WrongType("tool.awsconform has to be a table", location=place(()))
    check(document, place, ".".join(prefix))
    folder = path.parent
    own = {name: each for name, each in document.items() if name not in ("targets", "hooks")}
    return File(
        path,
        text,
        _placed(own, folder),
        {name: _placed(each, folder) for name, each in document.get("targets", {}).items()},
        document.get("hooks", {}),
        prefix,
        passed_over,
    )


def _table(document: Mapping[str, Any], path: Path) -> Any:
    tool = document.get(_TABLE[0])
    if not isinstance(tool, dict) or _TABLE[1] not in tool:
        raise ConfigurationMissing(
            "has no [tool.awsconform]",
            hint="put the keys there, or into a file of their own",
            location=Location(str(path)),
        )
    return tool[_TABLE[1]]


def _placed(stated: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The values, with what is relative to the file's folder said from the current one."""
    stated = {name: _whole(name, value) for name, value in stated.items()}
    if _is_current(folder):
        return stated
    made = {}
    for name, value in stated.items():
        if is_path(name):
            made[name] = os.path.normpath(folder.absolute() / value)
        elif name == "start" or (name == "target" and value.startswith("start:")):
            made[name] = _in_folder(value, folder)
        else:
            made[name] = value
    return made


def _whole(key: str, value: Any) -> Any:
    """A value, but for whole numbers that are written as 5.0, which is allowed."""
    whole = isinstance(value, float) and keys()[key].get("type") == "integer"
    return int(value) if whole else value


def _in_folder(command: str, folder: Path) -> str:
    scheme = "start:" if command.startswith("start:") else ""
    quoted = shlex.quote(str(folder.absolute()))
    words = _RELATIVE.sub(lambda _: f"{quoted}/", command.removeprefix(scheme))
    return f"{scheme}{words}"


def _is_current(folder: Path) -> bool:
    try:
        return folder.samefile(".")
    except (OSError, ValueError):
        return False


@functools.lru_cache(maxsize=4)
def _lines(text: str) -> dict[tuple[str, ...], int]:
    return toml_file.lines(text)
