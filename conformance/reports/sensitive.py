"""Sensitive values of an answer: of members marked so, or named like credentials."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from awsconform.conformance.exchange import Exchange, HTTPResponse
from awsconform.conformance.reports.answer_bodies import bodies_of, payloads_of
from awsconform.conformance.wire.cbor_data import Tagged
from awsconform.errors import AwsconformError
from awsconform.specs import catalog
from awsconform.specs.contract import ITEM, KEY, VALUE

# Shorter values are no secrets, and would be found in innocent text.
_SHORTEST = 4
# The ends of names without their separators, in small letters.
_CREDENTIALS = (
    "secretaccesskey",
    "secretkey",
    "secretstring",
    "secretbinary",
    "clientsecret",
    "sessiontoken",
    "accesstoken",
    "refreshtoken",
    "authtoken",
    "authorizationtoken",
    "idtoken",
    "password",
    "passphrase",
    "privatekey",
)
_TEXT_MEMBER = re.compile(r'"([^"\\]{1,256})"\s*:\s*"((?:[^"\\]|\\.)*)')

_TEXT_ELEMENT = re.compile(r"<([\w.-]{1,256})[^<>]*>([^<>]+)")


def sensitive_values(exchange: Exchange) -> frozenset[str]:
    """Sensitive values of what came back, as they are and as JSON and Python write them.

    The names are those in the contract of the exchange's operation, its request's too, wherever in
    the answer they turn up: an answer that violates the contract has them elsewhere.
    """
    names = _names(exchange.case.operation)
    found: set[str] = set()
    if exchange.parsed is not None:
        found |= set(_below(exchange.parsed.value, names, inside=False))
    if exchange.response is not None:
        found |= set(_of_response(exchange.response, names))
        if exchange.response.status < 300 and _is_sensitive_as_a_whole(exchange.case.operation):
            for payload in payloads_of(exchange.response):
                found |= set(_below(payload, names, inside=True))
    return frozenset(form for value in found for form in _forms(value) if len(form) >= _SHORTEST)


@cache
def _names(operation: str) -> frozenset[str]:
    """The names, on the wire too, of an operation's sensitive members, in small letters."""
    try:
        contract = catalog.load(*operation.split(".", 1))
    except (AwsconformError, TypeError):
        return frozenset()
    names: set[str] = set()
    for part in ("request", "response", *contract.errors):
        for place in contract.places(part):
            named = [segment for segment in place.path if segment not in (ITEM, KEY, VALUE)]
            if place.aws.get("sensitive") and named:
                names |= {named[-1].lower(), str(place.aws.get("locationName", named[-1])).lower()}
    return frozenset(names)


@cache
def _is_sensitive_as_a_whole(operation: str) -> bool:
    """Whether a sensitive member is all of the body, or of the payloads of events, of an answer."""
    try:
        contract = catalog.load(*operation.split(".", 1))
    except (AwsconformError, TypeError):
        return False
    return any(
        place.aws.get("sensitive") and (place.aws.get("payload") or place.aws.get("eventpayload"))
        for place in contract.places("response")
    )


@lru_cache(maxsize=4096)
def _is_sensitive(name: str, names: frozenset[str]) -> bool:
    bare = re.sub(r"[^a-z0-9]", "", name.lower())
    return name.lower() in names or bare.endswith(_CREDENTIALS)


def _of_response(response: HTTPResponse, names: frozenset[str]) -> Iterator[str]:
    for name, value in response.headers:
        if _is_sensitive(name, names):
            yield value
    read = bodies_of(response)
    if read:
        for value in read:
            yield from _below(value, names, inside=False)
        return
    text = response.body.decode("utf-8", "backslashreplace")
    try:
        yield from _below(json.loads(text), names, inside=False)
    except (ValueError, RecursionError):
        for match in _TEXT_MEMBER.finditer(text):
            if _is_sensitive(match[1], names):
                yield match[2]
        for match in _TEXT_ELEMENT.finditer(text):
            if _is_sensitive(match[1], names):
                yield html.unescape(match[2])


def _below(value: Any, names: frozenset[str], *, inside: bool) -> Iterator[str]:
    """The texts and numbers in a value, where `inside` something sensitive or below a name."""
    if isinstance(value, dict):
        for name, item in value.items():
            sensitive = inside or _is_sensitive(name, names)
            if inside:
                yield name
            yield from _below(item, names, inside=sensitive)
    elif isinstance(value, list):
        for item in value:
            yield from _below(item, names, inside=inside)
    elif isinstance(value, Tagged):
        yield from _below(value.value, names, inside=inside)
    elif inside and isinstance(value, bytes):
        yield value.decode("utf-8", "backslashreplace")
        yield value.decode("utf-8", "surrogateescape")
        yield base64.b64encode(value).decode("ascii")
    elif inside and isinstance(value, str):
        yield value
    elif inside and isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


def _forms(value: str) -> set[str]:
    written = {json.dumps(value, ensure_ascii=ascii)[1:-1] for ascii in (True, False)}
    escaped = html.escape(value, quote=False)
    return {value, escaped, repr(value)[1:-1], value.replace("/", "\\/"), *written}
