"""Disagreements that are the renderer's doing, each with its reason.

They are kept as data beside this module. An explanation names pages, kind and paths by globs and,
where they are not left out, the exact values; it explains nothing else. The kind `page` explains
that a page was refused, `read` is then a part of the refusal.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from awsconform.specs.auditing.comparing import Disagreement

FILE = Path(__file__).parent / "explained.json"
_ANY = object()


@dataclass(frozen=True)
class Explanation:
    """Why pages of `formats` say something else than the model, at `paths` of `pages`."""

    formats: tuple[str, ...]
    pages: tuple[str, ...]
    kind: str
    paths: tuple[str, ...]
    reason: str
    expected: object = _ANY
    read: object = _ANY

    def explains(self, form: str, page: str, found: Disagreement) -> bool:
        """Whether this is the reason for a disagreement; `page` is `service.Operation`."""
        return (
            form in self.formats
            and fnmatchcase(found.kind, self.kind)
            and any(fnmatchcase(page, each) for each in self.pages)
            and any(fnmatchcase(found.path, each) for each in self.paths)
            and self.expected in (_ANY, found.expected)
            and self._reads(found)
        )

    def _reads(self, found: Disagreement) -> bool:
        if self.read is _ANY:
            return True
        if found.kind == "page":
            return str(self.read) in str(found.read)
        return self.read == found.read


@functools.cache
def explanations(file: Path = FILE) -> tuple[Explanation, ...]:
    """The explanations of a file."""
    return tuple(
        Explanation(
            formats=tuple(entry["formats"]),
            pages=tuple(entry["pages"]),
            kind=entry["kind"],
            paths=tuple(entry["paths"]),
            reason=entry["reason"],
            expected=_value(entry, "expected"),
            read=_value(entry, "read"),
        )
        for entry in json.loads(file.read_text(encoding="utf-8"))
    )


def explanation(form: str, page: str, found: Disagreement) -> str | None:
    """The reason for a disagreement, None where nobody knows one."""
    for each in explanations():
        if each.explains(form, page, found):
            return each.reason
    return None


def _value(entry: dict[str, object], key: str) -> object:
    value = entry.get(key, _ANY)
    return tuple(value) if isinstance(value, list) else value
