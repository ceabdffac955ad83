"""Secrets that were met, kept out of what is told later: a server may repeat what it was sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from awsconform.conformance.exchange import Exchange
from awsconform.conformance.wire.redaction import HIDDEN, SHORTEST, secrets_in

T = TypeVar("T")
# What stands where a text was cut off, and how much of a secret before it is worth hiding.
_CUT = "…"
_BEGINNING = 4
_FEW = 64
_LONG = 64
_SIGNATURE = re.compile(f"[0-9a-f]{{{_LONG}}}")
_SIGNED = re.compile("(.*Signature=)[0-9a-f]+", re.S)
# Shorter beginnings of signatures may stand anywhere by chance.
_CUT_SIGNATURE = re.compile(f"[0-9a-f]{{12,63}}(?={_CUT})")


class Secrets:
    """The values of secret headers that are known so far: what is told is without them.

    What is told later than a value was met is without it, whichever answer repeats it. All that
    goes with requests is met before anything is told of their answers; so no signature, token or
    key of ours is told at all, and no cookie once it was set. What cannot be known is that a
    server will set as a cookie what it told in an answer before.

    Every signed request has a signature of its own, so of those no more than their bytes is kept.
    """

    def __init__(self, exchanges: Iterable[Exchange] = ()) -> None:
        # There may be as many as answers, so a text is looked through for their beginnings alone.
        self._by_beginning: dict[str, set[str]] = {}
        self._signatures: set[bytes] = set()
        for each in exchanges:
            self.learn(each)

    def learn(self, exchange: Exchange) -> None:
        """Takes the secret headers that were sent and came back."""
        for secret in secrets_in(exchange):
            signed = _SIGNED.fullmatch(secret)
            if _SIGNATURE.fullmatch(secret):
                self._signatures.add(bytes.fromhex(secret))
            else:
                # What is before a signature is the same for many requests.
                known = signed[1] if signed else secret
                self._by_beginning.setdefault(known[:_BEGINNING], set()).add(known)

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
        if len(text) < SHORTEST and _CUT not in text:
            return frozenset()
        known = self._by_beginning
        if len(known) <= _FEW:
            beginnings = {each for each in known if each in text}
        else:
            places = range(len(text) - _BEGINNING + 1)
            beginnings = known.keys() & {text[at : at + _BEGINNING] for at in places}
        found = {secret for each in beginnings for secret in known[each]}
        for secret in [each for each in found if each.endswith("Signature=") and each in text]:
            found.update(re.findall(f"{re.escape(secret)}[0-9a-f]+", text))
        if self._signatures:
            found.update(self._signatures_in(text))
        return frozenset(found)

    def _signatures_in(self, text: str) -> Iterator[str]:
        if len(text) >= _LONG:
            for shown in _SIGNATURE.findall(text):
                if bytes.fromhex(shown) in self._signatures:
                    yield shown
        for shown in _CUT_SIGNATURE.findall(text) if _CUT in text else ():
            beginning = bytes.fromhex(shown[: len(shown) // 2 * 2])
            if any(each.startswith(beginning) for each in self._signatures):
                yield shown


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
