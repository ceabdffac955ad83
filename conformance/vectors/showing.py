"""Bytes in messages."""

from __future__ import annotations

_LONGEST = 300


def shown(body: bytes) -> str:
    """A body as text if it is one, else as Python writes bytes; shortened."""
    if not body:
        return "nothing"
    try:
        text = body.decode().strip()
    except UnicodeDecodeError:
        text = repr(body)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
