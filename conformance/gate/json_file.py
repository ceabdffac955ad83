"""JSON files read strictly: what a person may have edited is not guessed at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from awsconform.errors import AwsconformError, Location


class FileUnreadable(AwsconformError):
    """A file is not there, or may not be read."""


class NotJSON(AwsconformError):
    """A file is no JSON: not UTF-8, cut off, or with a member twice."""


def read_json(path: Path) -> Any:
    """What a file holds.

    Raises:
        FileUnreadable: it cannot be read.
        NotJSON: it is no JSON; the error names the line, where there is one.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileUnreadable(
            f"cannot be read: {error.strerror}", location=Location(str(path))
        ) from None
    except UnicodeDecodeError as error:
        raise NotJSON(f"is not UTF-8: {error.reason}", location=Location(str(path))) from None
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        place = Location(str(path), line=error.lineno)
        raise NotJSON(f"is no JSON: {error.msg} at column {error.colno}", location=place) from None
    except RecursionError:
        raise NotJSON("is nested too deeply", location=Location(str(path))) from None
    except ValueError as error:
        raise NotJSON(f"is no JSON: {error}", location=Location(str(path))) from None


def pointer(*steps: str | int) -> str:
    """A JSON Pointer to what lies so many steps inside."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the member {twice!r} is there twice")
    return made


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")
