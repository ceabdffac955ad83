"""Drift as one JSON document, in the form drift.schema.json publishes."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from awsconform.specs.drift.changes import CLASSIFICATIONS, Change, Drift

SCHEMA_FILE = Path(__file__).parent / "drift.schema.json"
FORMAT_VERSION = 1

Document = dict[str, Any]


def drift_schema() -> Document:
    """The JSON Schema (2020-12) of the document."""
    schema: Document = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


def drift_document(drift: Drift) -> Document:
    """The document of a comparison; the same for the same sources, wherever and whenever."""
    return {
        "format": "awsconform-drift",
        "version": FORMAT_VERSION,
        "old": drift.old,
        "new": drift.new,
        "compared": {
            "services": drift.services,
            "operations": drift.operations,
            "equalServices": drift.same,
        },
        "counts": counts(drift),
        "changes": [_change(each) for each in drift.changes],
    }


def counts(drift: Drift) -> dict[str, int]:
    """How many changes there are of each classification, the gravest first."""
    counted = Counter(each.classification for each in drift.changes)
    return {name: counted[name] for name in CLASSIFICATIONS}


def _change(change: Change) -> Document:
    found = change.found
    return {
        "service": found.service,
        "kind": found.kind,
        "side": found.side.value,
        "classification": change.classification,
        "reason": change.consequence.reason,
        "shape": found.shape,
        "subject": found.subject,
        "before": found.before,
        "after": found.after,
        "places": list(change.places),
    }
