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
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from awsconform.specs.validation import Pointer

UNIQUE = "unique"
_PLACE = ("region", "account")
_NAME = re.compile(r"\$\{([^}]+)\}")
# The date an archive's files have by the format's own reckoning, so that it is always the same.
_EPOCH = (1980, 1, 1, 0, 0, 0)


# No service takes a request this deep, and Python would not get to the end of a much deeper one.
_DEEPEST = 64
_STANDING_IN = "x"


class Unfilled(Exception):
    """A template names a value that nothing has given; its text is the name."""


class Malformed(Exception):
    """A template that nothing can be made of, whatever values are given; `pointer` says where."""

    def __init__(self, message: str, pointer: Pointer) -> None:
        super().__init__(message)
        self.pointer = pointer


@dataclass
class Sketch:
    """What a template stands for as far as that is known before anything is.

    In `value` something else stands in for each live part: at the pointers `typed` something of
    the type it will have, at those in `unknown` it may be anything.
    """

    value: Any = None
    typed: list[Pointer] = field(default_factory=list)
    unknown: list[Pointer] = field(default_factory=list)


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


def sketched(template: Any) -> Sketch:
    """What is known of a value before there are live ones.

    Raises:
        Malformed: nothing can be made of the template.
    """
    sketch = Sketch()
    sketch.value = _sketched(template, (), sketch)
    return sketch


def names_in(template: Any) -> Iterator[str]:
    """The names of the values that a template asks for, but for those that are always known."""
    if isinstance(template, str):
        known = {UNIQUE, *_PLACE, *moments()}
        yield from (name for name in _NAME.findall(template) if name not in known)
    elif isinstance(template, list):
        for each in template:
            yield from names_in(each)
    elif isinstance(template, Mapping):
        for each in template.values():
            yield from names_in(each)


def _sketched(template: Any, here: Pointer, sketch: Sketch) -> Any:
    if len(here) > _DEEPEST:
        raise Malformed(f"it is deeper than {_DEEPEST} levels", here)
    if isinstance(template, str):
        return _sketched_text(template, here, sketch)
    if isinstance(template, list):
        return [_sketched(each, (*here, n), sketch) for n, each in enumerate(template)]
    if not isinstance(template, Mapping):
        return template
    form = next(iter(template)) if len(template) == 1 else ""
    if form not in _FORMS:
        return {name: _sketched(each, (*here, name), sketch) for name, each in template.items()}
    inside = Sketch()
    content = _sketched(template[form], (*here, form), inside)
    wanted = _CONTENTS.get(form)
    if wanted is not None and not wanted.fits(content):
        raise Malformed(f"{form} takes {wanted.told}", (*here, form))
    if inside.typed or inside.unknown:
        sketch.typed.append(here)
    try:
        return _FORMS[form](content)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"{form} cannot be made of it: {error}", (*here, form)) from None


def _sketched_text(template: str, here: Pointer, sketch: Sketch) -> Any:
    whole = _NAME.fullmatch(template)
    if whole is None:
        if _NAME.search(template):
            sketch.typed.append(here)
        return _NAME.sub(_STANDING_IN, template)
    known = {UNIQUE: _STANDING_IN, **moments()}
    (sketch.typed if whole[1] in known else sketch.unknown).append(here)
    return known.get(whole[1], _STANDING_IN)


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


def _base64(text: Any) -> str:
    return base64.b64encode(str(text).encode()).decode()


def _zip(files: Mapping[str, Any]) -> str:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            opened.writestr(entry, str(text))
    return base64.b64encode(archive.getvalue()).decode()


_FORMS: dict[str, Callable[[Any], str]] = {
    "$json": lambda content: json.dumps(content),
    "$base64": _base64,
    "$zip": _zip,
}


@dataclass(frozen=True)
class _Content:
    """What a form is made of: whether something is that, and how to say it."""

    fits: Callable[[Any], bool]
    told: str


def _are_files(content: Any) -> bool:
    return isinstance(content, Mapping) and all(isinstance(each, str) for each in content.values())


_CONTENTS = {
    "$base64": _Content(lambda content: isinstance(content, str), "a text"),
    "$zip": _Content(_are_files, "an object of texts by the names of files"),
}
