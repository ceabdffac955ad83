"""An exchange as JSON: what was asked and sent, what came back, and nothing secret.

Signatures, session tokens and cookies are hidden wherever they stand, sensitive members of the
answer wherever the answer is told.
"""

from __future__ import annotations

import base64
from typing import Any

from awsconform.conformance.exchange import Exchange, HTTPRequest, HTTPResponse, Parsed
from awsconform.conformance.reports.secrets import secrets_of_answer
from awsconform.conformance.wire.redaction import HIDDEN, redact_request, redact_response
from awsconform.conformance.wire.secrets import Secrets, hide, hide_bytes

LONGEST_REQUEST = 1024 * 1024
LONGEST_RESPONSE = 64 * 1024
# A character of UTF-8 has as many bytes at most.
_CHARACTER = 4

Document = dict[str, Any]


def exchange_document(exchange: Exchange, known: Secrets) -> Document:
    """The document of an exchange; `known` are the secrets of others that may turn up in it."""
    intent = exchange.case.intent
    secrets = secrets_of_answer(exchange)
    document = {
        "operation": exchange.case.operation,
        "intent": {
            "purpose": intent.purpose.value,
            "clause": intent.clause,
            "label": intent.label,
        },
        "value": exchange.case.value,
        "view": exchange.view.value,
        "request": _request(exchange.request, known),
        "response": _response(exchange.response, secrets, known),
        "parsed": _parsed(exchange.parsed, secrets),
        "trouble": exchange.trouble.value if exchange.trouble else None,
        "detail": hide(exchange.detail, secrets),
    }
    return known.value(document)


def body_document(body: bytes, longest: int) -> Document:
    """Text where the bytes are UTF-8, else base64; of a longer one the beginning and its length."""
    if len(body) <= longest:
        return _written(body)
    return {**_written(_beginning(body, longest)), "length": len(body), "cut": True}


def body_of(document: Document) -> bytes:
    """The bytes a body's document holds."""
    if "text" in document:
        return str(document["text"]).encode("utf-8")
    return base64.b64decode(document["base64"])


def _written(body: bytes) -> Document:
    try:
        return {"text": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode("ascii")}


def _beginning(body: bytes, longest: int) -> bytes:
    """So many bytes, or a few less so that no character of a text is cut."""
    for end in range(longest, longest - _CHARACTER, -1):
        try:
            body[:end].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return body[:end]
    return body[:longest]


def _request(request: HTTPRequest | None, known: Secrets) -> Document | None:
    if request is None:
        return None
    shown = redact_request(request)
    return {
        "method": shown.method,
        "path": shown.path,
        "hostPrefix": shown.host_prefix,
        "headers": [list(header) for header in shown.headers],
        "body": body_document(known.content(shown.body), LONGEST_REQUEST),
    }


def _response(
    response: HTTPResponse | None, secrets: frozenset[str], known: Secrets
) -> Document | None:
    if response is None:
        return None
    shown = redact_response(response)
    body = known.content(hide_bytes(shown.body, secrets))
    return {
        "status": shown.status,
        "headers": [[name, hide(text, secrets)] for name, text in shown.headers],
        "body": body_document(body, LONGEST_RESPONSE),
    }


def _parsed(parsed: Parsed | None, secrets: frozenset[str]) -> Document | None:
    if parsed is None:
        return None
    return {"value": _hidden(parsed.value, secrets), "code": parsed.code, "status": parsed.status}


def _hidden(value: Any, secrets: frozenset[str]) -> Any:
    """Logical JSON without secrets, of which some are numbers."""
    if isinstance(value, str):
        return hide(value, secrets)
    if isinstance(value, dict):
        return {hide(key, secrets): _hidden(item, secrets) for key, item in value.items()}
    if isinstance(value, list):
        return [_hidden(item, secrets) for item in value]
    if isinstance(value, int | float) and not isinstance(value, bool) and str(value) in secrets:
        return HIDDEN
    return value
