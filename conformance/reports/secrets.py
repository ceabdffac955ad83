"""Secrets that an answer or a message repeats: a server may echo what it was sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from awsconform.conformance.exchange import Exchange
from awsconform.conformance.running import Run
from awsconform.conformance.wire.redaction import HIDDEN, SECRET_HEADERS

T = TypeVar("T")
# Shorter values are no secrets, and would be found in innocent text.
_SHORTEST = 12


def secrets_of(exchanges: Iterable[Exchange]) -> frozenset[str]:
    """The values of the secret headers that were sent or came back."""
    return frozenset(value for each in exchanges for value in _secret_values(each))


def hide(text: str, secrets: frozenset[str]) -> str:
    """Text without any of the secrets."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return text


def without_secrets(value: T, run: Run) -> T:
    """JSON in which nothing is left of the secret headers of a run's findings."""
    shown = (finding.exchange for outcome in run.outcomes for finding in outcome.findings)
    secrets = secrets_of(shown)
    cleaned: T = _cleaned(value, secrets) if secrets else value
    return cleaned


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
