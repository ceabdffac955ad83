"""A change in words, for tables."""

from __future__ import annotations

import json
from typing import Any

from awsconform.specs.drift.changes import Change, Found
from awsconform.specs.drift.consequences import words

_LONGEST = 60
# Kinds that say little without the keyword, member or fact they are about.
_OF_A_KEYWORD = (
    "bound-",
    "binding-",
    "stream-",
    "wire-",
    "http-",
    "signing-",
    "pagination-changed",
)


def what(change: Change) -> str:
    """What changed: `bound widened: maxLength 128 → 512`."""
    found = change.found
    told = " ".join(filter(None, (_subject(found), _values(found))))
    name = words(found.kind, found.side)
    return f"{name}: {told}" if told else name


def elsewhere(change: Change) -> str | None:
    """What is to be said of the places besides the first."""
    others = len(change.places) - 1
    if not others:
        return None
    shape = f" of shape {change.found.shape}" if change.found.shape else ""
    return f"…and {others:,} more place{'s' if others > 1 else ''}{shape}"


def _subject(found: Found) -> str:
    adds = found.kind.endswith(("-added", "-removed"))
    return found.subject if adds or found.kind.startswith(_OF_A_KEYWORD) else ""


def _values(found: Found) -> str:
    before, after = found.before, found.after
    if isinstance(before, bool) and isinstance(after, bool):
        return ""
    if found.kind.endswith(("-added", "-removed")):
        return f"({_shown(before or after)})" if "member" in found.kind else ""
    if found.kind.startswith(_OF_A_KEYWORD) or (before is not None and after is not None):
        return f"{_shown(before)} → {_shown(after)}"
    return _shown(after if before is None else before)


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        text = ", ".join(value)
    else:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
