"""What a clause rests on, in words, as far as the document of its operation tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def sources_in_words(operation: dict[str, Any], sources: Sequence[str]) -> list[str]:
    """One text a source: `page (boto3-text, 2026-11-21)`, `model (botocore 1.44.5)`."""
    return [_words(operation, source) for source in sources]


def _words(operation: dict[str, Any], source: str) -> str:
    if source == "protocol":
        return f"protocol (AWS {operation['protocol']})"
    stated = operation["documents"].get(source)
    if not isinstance(stated, dict):
        return source
    kind = stated.get("format") or f"botocore {stated.get('botocore')}"
    date = stated.get("date")
    return f"{source} ({kind}, {date})" if date else f"{source} ({kind})"
