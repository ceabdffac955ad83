"""The exchange of a finding as people see it everywhere, one line for each of its text."""

from __future__ import annotations

from collections.abc import Iterable

from awsconform.conformance.reports import messages
from awsconform.conformance.reports.formats.parts import Document
from awsconform.conformance.reports.messages import printable


def request_lines(exchange: Document) -> list[str]:
    """The request as it was sent; what was called, where there was none on the wire."""
    sent = messages.request_lines(exchange)
    return _lines(sent or [printable(f"a call of {exchange['operation']}")])


def answer_lines(exchange: Document) -> list[str]:
    """The answer as it came, or why there is none."""
    return _lines(messages.answer_lines(exchange))


def _lines(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in text.splitlines()]
