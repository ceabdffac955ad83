"""Who states a clause, in words: the page, the model, or the protocol both are written for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from awsconform.specs.contract import Contract


def source_texts(contract: Contract, sources: Iterable[str]) -> list[str]:
    """One text a source: `page (boto3-text, 2026-11-21)`, `model (botocore 1.44.5, …)`."""
    return [_text(contract, source) for source in sources]


def _text(contract: Contract, source: str) -> str:
    stated: dict[str, Any] | None = contract.aws.get("documents", {}).get(source)
    if source == "protocol":
        return f"protocol (AWS {contract.protocol})"
    if source == "inferred":
        return "inferred (members of these names page alike everywhere)"
    if stated is None:
        return source
    kind = stated.get("format") or f"botocore {stated.get('botocore')}"
    date = stated.get("date")
    return f"{source} ({kind}, {date})" if date else f"{source} ({kind})"
