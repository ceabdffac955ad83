"""Requests and responses as SARIF has them: `webRequest` and `webResponse`."""

from __future__ import annotations

from typing import Any

from awsconform.conformance.reports.formats.parts import Document
from awsconform.conformance.reports.messages import printable, shortened

# A multiple of four, where a group of base64 ends.
LONGEST_BODY = 4000


def web_request(exchange: Document) -> Document:
    """The member of a result, or nothing where no request was seen on the wire."""
    request = exchange["request"]
    if request is None:
        return {}
    return {
        "webRequest": {
            "protocol": "http",
            "method": request["method"],
            "target": request["path"],
            "headers": _headers(request["headers"]),
            "body": _content(request["body"]),
        }
    }


def web_response(exchange: Document) -> Document:
    """The member of a result; that nothing came is said, and why.

    Nothing where a client was called and its raw response not seen.
    """
    response = exchange["response"]
    if response is None:
        why = exchange["trouble"]
        if why is None:
            return {}
        return {"webResponse": {"noResponseReceived": True, "properties": {"why": why}}}
    return {
        "webResponse": {
            "protocol": "http",
            "statusCode": response["status"],
            "headers": _headers(response["headers"]),
            "body": _content(response["body"]),
        }
    }


def without_surrogates(value: Any) -> Any:
    """JSON in which all texts are Unicode: halves of surrogate pairs are written as escapes."""
    if isinstance(value, str):
        return value if _is_unicode(value) else printable(value)
    if isinstance(value, list):
        return [without_surrogates(each) for each in value]
    if isinstance(value, dict):
        return {without_surrogates(name): without_surrogates(each) for name, each in value.items()}
    return value


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _headers(pairs: list[list[str]]) -> dict[str, str]:
    """One value a name: those of a name that came again stand in one, as HTTP has it."""
    headers: dict[str, str] = {}
    for name, value in pairs:
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _content(body: Document) -> Document:
    if "text" in body:
        return {"text": shortened(body["text"], LONGEST_BODY)}
    return {"binary": body["base64"][:LONGEST_BODY]}
