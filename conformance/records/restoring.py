"""Exchanges as they were, from the lines of a record: to be sent again, or to be judged by."""

from __future__ import annotations

from typing import Any

from awsconform.conformance.exchange import (
    Case,
    Exchange,
    HTTPRequest,
    HTTPResponse,
    Intent,
    Parsed,
    Purpose,
    Trouble,
    View,
)
from awsconform.conformance.records.exchange_lines import value_in
from awsconform.conformance.records.reading import Record
from awsconform.conformance.reports.exchange_documents import Document


def restored(record: Record, number: int) -> Exchange:
    """The exchange of a number, without its secrets and what its planning noted of it.

    Of a long body it has what was kept.
    """
    line = record.exchanges[number]
    trouble, parsed = line["trouble"], line["parsed"]
    return Exchange(
        restored_case(record, number),
        _request(record, line["request"]),
        _response(record, line["response"]),
        View(line["view"]),
        Trouble(trouble) if trouble is not None else None,
        line["detail"],
        _parsed(record, parsed) if parsed is not None else None,
    )


def restored_case(record: Record, number: int) -> Case:
    """The case of an exchange: what has to be known to send it again."""
    line = record.exchanges[number]
    stated = line["intent"]
    intent = Intent(
        Purpose(stated["purpose"]),
        stated["clause"],
        stated["label"],
        stated["group"],
        drawn=stated["drawn"],
    )
    malformed = line["malformed"]
    body = None if malformed is None else record.content(malformed["sha256"])
    return Case(line["operation"], intent, value_in(line, record.content), body)


def _request(record: Record, message: Document | None) -> HTTPRequest | None:
    if message is None:
        return None
    headers, body = _content(record, message)
    return HTTPRequest(message["method"], message["path"], headers, body, message["hostPrefix"])


def _response(record: Record, message: Document | None) -> HTTPResponse | None:
    if message is None:
        return None
    headers, body = _content(record, message)
    return HTTPResponse(message["status"], headers, body)


def _content(record: Record, message: Document) -> tuple[tuple[tuple[str, str], ...], bytes]:
    headers = tuple((name, value) for name, value in message["headers"])
    return headers, record.content(message["body"]["sha256"])


def _parsed(record: Record, parsed: Document) -> Parsed:
    value: dict[str, Any] = value_in(parsed, record.content)
    return Parsed(value, parsed["code"], parsed["status"])
