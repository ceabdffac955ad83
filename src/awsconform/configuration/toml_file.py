"""TOML files: what they hold, and on which line each key stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from awsconform.configuration.errors import ConfigurationUnreadable, NotTOML
from awsconform.errors import Location

Steps = tuple[str, ...]
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def text_of(path: Path) -> str:
    """The text of a file.

    Raises:
        ConfigurationUnreadable: it cannot be read.
        NotTOML: it is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTOML(f"is not UTF-8: {error.reason}", location=Location(str(path))) from None
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or str(error)
        raise ConfigurationUnreadable(
            f"cannot be read: {told}", location=Location(str(path))
        ) from None


def parsed(text: str, path: Path) -> dict[str, Any]:
    """What a text holds that stands in the file `path`.

    Raises:
        NotTOML: it is no TOML; the error names line and column.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _broken(str(error), text, path) from None
    except RecursionError:
        raise NotTOML("is nested too deeply", location=Location(str(path))) from None
    except ValueError as error:
        raise NotTOML(f"is no TOML: {error}", location=Location(str(path))) from None


def lines(text: str) -> dict[Steps, int]:
    """The line, from 1, on which each key of a text begins; `text` is TOML.

    Every statement is read by itself, so that nothing is known here of TOML but that a statement
    ends where it can be read.
    """
    found: dict[Steps, int] = {}
    table: Steps = ()
    begins, statement = 1, ""
    for number, line in enumerate(text.split("\n"), start=1):
        statement += f"{line}\n"
        try:
            stated = tomllib.loads(statement)
        except (ValueError, RecursionError):
            continue
        header = statement.lstrip().startswith("[")
        paths = list(_paths(stated))
        if header:
            table = max(paths, key=len, default=())
        for path in paths:
            found.setdefault(path if header else (*table, *path), begins)
        begins, statement = number + 1, ""
    return found


def _paths(stated: Mapping[str, Any], above: Steps = ()) -> Iterator[Steps]:
    for name, value in stated.items():
        yield (*above, name)
        inner = value[0] if isinstance(value, list) and len(value) == 1 else value
        if isinstance(inner, dict):
            yield from _paths(inner, (*above, name))


def _broken(message: str, text: str, path: Path) -> NotTOML:
    place = _PLACE.search(message)
    told = message[: place.start()] if place else message
    line, column = text.rstrip("\n").count("\n") + 1, None
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    where = f"at column {column}" if column else "at the end of the file"
    return NotTOML(f"is no TOML {where}: {told}", location=Location(str(path), line=line))
