"""What the findings of one operation have to show; an exchange that several show is there once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_OF_AN_EXCHANGE = ("operation", "intent", "request", "response", "trouble", "detail")


def finding_block(operation: dict[str, Any], numbers: Mapping[str, int]) -> dict[str, Any]:
    """The findings by the number of their clause, and the exchanges they name; empty without any.

    Values in logical JSON are texts here: a browser would round their numbers.
    """
    exchanges: dict[str, int] = {}

    def number_of(exchange: dict[str, Any]) -> int:
        text = json.dumps(_exchange(exchange))
        return exchanges.setdefault(text, len(exchanges))

    findings = {
        str(numbers[clause["id"]]): [
            {
                "exchange": number_of(finding),
                "before": [number_of(each) for each in finding["before"]],
                "shownBy": number_of(finding["shownBy"]) if finding["shownBy"] else None,
                "reproduction": finding["reproduction"],
            }
            for finding in clause["findings"]
        ]
        for clause in operation["clauses"]
        if clause["findings"]
    }
    if not findings:
        return {}
    return {"findings": findings, "exchanges": [json.loads(text) for text in exchanges]}


def _exchange(exchange: dict[str, Any]) -> dict[str, Any]:
    parsed = exchange.get("parsed")
    return {
        **{name: exchange[name] for name in _OF_AN_EXCHANGE},
        "value": json.dumps(exchange["value"], ensure_ascii=False),
        "parsed": parsed and {**parsed, "value": json.dumps(parsed["value"], ensure_ascii=False)},
    }
