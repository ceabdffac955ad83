"""Secrets that an answer or a message repeats: a server may echo what it was sent.

Secret headers are hidden wherever they turn up; sensitive members of an answer wherever the answer
is shown or spoken of, but not in requests, whose values are random.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from awsconform.conformance.exchange import Exchange
from awsconform.conformance.reports.sensitive import sensitive_values
from awsconform.conformance.wire.redaction import HIDDEN, secrets_in

T = TypeVar("T")
# What stands where a text was cut off, and how much of a secret before it is worth hiding.
_CUT = "…"
_BEGINNING = 4
_FEW = 64
_SIGNATURE = re.compile("[0-9a-f]{64}")


class Secrets:
    """The values of secret headers that are known so far: what is told is without them.

    What is told later than a value was met is without it, whichever answer repeats it. All that
    goes with requests is met before anything is told of their answers; so no signature, token or
    key of ours is told at all, and no cookie once it was set. What cannot be known is that a
    server will set as a cookie what it told in an answer before.
    """

    def __init__(self, exchanges: Iterable[Exchange] = (), values: Iterable[str] = ()) -> None:
        # There are as many as requests, so a text is looked through for their beginnings alone.
        self._by_beginning: dict[str, set[str]] = {}
        self._signatures: set[str] = set()
        self._take(values)
        for each in exchanges:
            self.learn(each)

    def learn(self, exchange: Exchange) -> None:
        """Takes the secret headers that were sent and came back."""
        self._take(secrets_in(exchange))

    def _take(self, secrets: Iterable[str]) -> None:
        for secret in secrets:
            if _SIGNATURE.fullmatch(secret):
                self._signatures.add(secret)
            else:
                self._by_beginning.setdefault(secret[:_BEGINNING], set()).add(secret)

    def text(self, text: str) -> str:
        """A text without them."""
        return hide(text, self._near(text))

    def content(self, body: bytes) -> bytes:
        """Bytes, of text or not, without them."""
        return hide_bytes(body, self._near(body.decode("utf-8", "replace")))

    def value(self, value: T) -> T:
        """JSON without them, the names of members too."""
        cleaned: T = self._cleaned(value) if self._by_beginning or self._signatures else value
        return cleaned

    def _cleaned(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self._cleaned(item) for item in value]
        if isinstance(value, dict):
            return {self.text(key): self._cleaned(item) for key, item in value.items()}
        return value

    def _near(self, text: str) -> frozenset[str]:
        """Those whose beginnings stand in a text, and the signatures in it."""
        if len(text) < _BEGINNING:
            return frozenset()
        known = self._by_beginning
        if len(known) <= _FEW:
            beginnings = {each for each in known if each in text}
        else:
            places = range(len(text) - _BEGINNING + 1)
            beginnings = known.keys() & {text[at : at + _BEGINNING] for at in places}
        found = frozenset(secret for each in beginnings for secret in known[each])
        if not self._signatures:
            return found
        return found | self._signatures.intersection(_SIGNATURE.findall(text))


def secrets_of(exchanges: Iterable[Exchange]) -> frozenset[str]:
    """The values of the secret headers that were sent or came back."""
    return frozenset(value for each in exchanges for value in secrets_in(each))


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
        body = body.replace(_written(secret), HIDDEN.encode())
    return body


def _written(secret: str) -> bytes:
    try:
        return secret.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return secret.encode("utf-8", "surrogatepass")


def _without_beginning(text: str, secret: str) -> str:
    end = text.find(_CUT)
    start = text.find(secret[:_BEGINNING], 0, end)
    while start >= 0:
        if secret.startswith(text[start:end]):
            return f"{text[:start]}{HIDDEN}{text[end:]}"
        start = text.find(secret[:_BEGINNING], start + 1, end)
    return text
