"""Values that hints write as templates: filled with live values, fresh names, archives.

In strings `${NAME}` stands for a live value, `${unique}` for a new name, `${region}` and
`${account}` for where the target is, `${now}`, `${earlier}` (an hour ago) and `${later}` (in a day)
for the time, as RFC 3339 writes it; `${now.seconds}` and `${now.millis}` are numbers since 1970. An
object with the one key `$json` stands for its content as
JSON text, `$base64` for a text in base64, `$zip` for an archive of files in base64.
"""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

UNIQUE = "unique"
_NAME = re.compile(r"\$\{([^}]+)\}")
# The date an archive's files have by the format's own reckoning, so that it is always the same.
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Unfilled(Exception):
    """A template names a value that nothing has given; its text is the name."""


_MOMENTS = {"now": timedelta(), "earlier": timedelta(hours=-1), "later": timedelta(days=1)}


def moments(now: datetime | None = None) -> dict[str, Any]:
    """The values of the templates that stand for times, around this one."""
    present = (now or datetime.now(UTC)).replace(microsecond=0)
    found: dict[str, Any] = {}
    for name, distance in _MOMENTS.items():
        moment = present + distance
        seconds = int(moment.timestamp())
        found[name] = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
        found |= {f"{name}.seconds": seconds, f"{name}.millis": seconds * 1000}
    return found


def filled(template: Any, values: Mapping[str, Any], unique: Callable[[], str]) -> Any:
    """The value a template stands for.

    A string that is nothing but one `${NAME}` becomes the value as it is, of whatever type.

    Raises:
        Unfilled: a name is not among `values`.
    """
    if isinstance(template, str):
        return _text(template, values, unique)
    if isinstance(template, list):
        return [filled(each, values, unique) for each in template]
    if not isinstance(template, Mapping):
        return template
    if len(template) == 1:
        (form, content), *_ = template.items()
        if form in _FORMS:
            return _FORMS[form](filled(content, values, unique))
    return {name: filled(each, values, unique) for name, each in template.items()}


def _text(template: str, values: Mapping[str, Any], unique: Callable[[], str]) -> Any:
    def value(name: str) -> Any:
        if name == UNIQUE:
            return unique()
        if values.get(name) is None:
            raise Unfilled(name)
        return values[name]

    whole = _NAME.fullmatch(template)
    if whole:
        return value(whole[1])
    return _NAME.sub(lambda found: str(value(found[1])), template)


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _zip(files: Mapping[str, str]) -> str:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            opened.writestr(entry, text)
    return base64.b64encode(archive.getvalue()).decode()


_FORMS: dict[str, Callable[[Any], str]] = {
    "$json": lambda content: json.dumps(content),
    "$base64": _base64,
    "$zip": _zip,
}
