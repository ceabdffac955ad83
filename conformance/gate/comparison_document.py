"""Comparisons as one JSON document, in the form comparison.schema.json publishes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from awsconform.conformance.gate.comparing import Change, Compared, Comparison, Difference
from awsconform.conformance.gate.found import Ended

SCHEMA_FILE = Path(__file__).parent / "comparison.schema.json"
FORMAT_VERSION = 1


def comparison_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the document."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


def comparison_document(comparisons: Sequence[Comparison]) -> dict[str, Any]:
    """The document of comparisons with one first run."""
    runs = [comparisons[0].before, *(each.after for each in comparisons)]
    return {
        "format": "awsconform-comparison",
        "version": FORMAT_VERSION,
        "reports": [_report(each) for each in runs],
        "comparisons": [_comparison(each) for each in comparisons],
    }


def to_text(document: dict[str, Any]) -> str:
    """The document as it is written: ASCII, indented by two, ending with a line's end."""
    return json.dumps(document, indent=2) + "\n"


def _report(run: Compared) -> dict[str, Any]:
    numbers = {name: dict(run.document[name]) for name in ("conformance", "coverage")}
    stated = {name: run.document[name] for name in ("target", "made", "seed", "complete")}
    return {"label": run.label, **stated, **numbers}


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "before": comparison.before.label,
        "after": comparison.after.label,
        "worse": comparison.worse(),
        "counts": {change.value: len(comparison.of(change)) for change in Change},
        "differences": [_difference(each) for each in comparison.differences],
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "clause": difference.clause,
        "change": difference.change.value,
        "before": _standing(difference.before),
        "after": _standing(difference.after),
        "worse": difference.worse,
        "uncertain": difference.uncertain,
    }


def _standing(ended: Ended | None) -> dict[str, Any] | None:
    if ended is None:
        return None
    return {
        "verdict": ended.verdict.value,
        "reason": ended.reason,
        "findings": [
            {
                "fingerprint": each.fingerprint,
                "observation": each.observation,
                "observed": each.observed,
                "flaky": each.flaky,
                "drawn": each.drawn,
            }
            for each in ended.findings
        ],
    }
