"""Secrets that an answer or a message repeats: a server may echo what it was sent.

Secret headers are hidden wherever they turn up; sensitive members of an answer wherever the answer
is shown or spoken of, but not in requests, whose values are random.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from awsconform.conformance.exchange import Exchange
from awsconform.conformance.reports.sensitive import sensitive_values
from awsconform.conformance.running import Run
from awsconform.conformance.wire.redaction import HIDDEN, SECRET_HEADERS

T = TypeVar("T")
# Shorter values are no secrets, and would be found in innocent text.
_SHORTEST = 12
# What stands where a text was cut off, and how much of a secret before it is worth hiding.
_CUT = "…"
_BEGINNING = 4


def secrets_of(exchanges: Iterable[Exchange]) -> frozenset[str]:
    """The values of the secret headers that were sent or came back."""
    return frozenset(value for each in exchanges for value in _secret_values(each))


def secrets_of_answer(exchange: Exchange) -> frozenset[str]:
    """What must not be shown of an answer: secret headers and sensitive members."""
    return secrets_of([exchange]) | sensitive_values(exchange)


def hide(text: str, secrets: frozenset[str]) -> str:
    """Text without any of the secrets, longer ones first, and without the beginnings of cut ones.

    A beginning counts where the text was cut off with an ellipsis just behind it.
    """
    for secret in sorted(secrets, key=lambda each: (-len(each), each)):
        text = text.replace(secret, HIDDEN)
        if _CUT in text:
            text = _without_beginning(text, secret)
    return text


def hide_bytes(body: bytes, secrets: frozenset[str]) -> bytes:
    """Bytes, of text or not, without any of the secrets."""
    for secret in sorted(secrets, key=lambda each: (-len(each), each)):
        try:
            written = secret.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            written = secret.encode("utf-8", "surrogatepass")
        body = body.replace(written, HIDDEN.encode())
    return body


def without_secrets(value: T, run: Run) -> T:
    """JSON in which nothing is left of the secret headers of a run's findings."""
    findings = [finding for outcome in run.outcomes for finding in outcome.findings]
    secrets = secrets_of([each for finding in findings for each in finding.exchanges])
    cleaned: T = _cleaned(value, secrets) if secrets else value
    return cleaned


def _without_beginning(text: str, secret: str) -> str:
    end = text.find(_CUT)
    start = text.find(secret[:_BEGINNING], 0, end)
    while start >= 0:
        if secret.startswith(text[start:end]):
            return f"{text[:start]}{HIDDEN}{text[end:]}"
        start = text.find(secret[:_BEGINNING], start + 1, end)
    return text


def _cleaned(value: Any, secrets: frozenset[str]) -> Any:
    if isinstance(value, str):
        return hide(value, secrets)
    if isinstance(value, list):
        return [_cleaned(item, secrets) for item in value]
    if isinstance(value, dict):
        return {hide(key, secrets): _cleaned(item, secrets) for key, item in value.items()}
    return value


def _secret_values(exchange: Exchange) -> Iterator[str]:
    for message in (exchange.request, exchange.response):
        for name, value in message.headers if message else ():
            if name.lower() in SECRET_HEADERS and len(value) >= _SHORTEST and value != HIDDEN:
                yield value
