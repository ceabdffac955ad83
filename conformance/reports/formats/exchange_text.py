"""The exchange of a finding for people: shortened, safe to show, read from the document alone."""

from __future__ import annotations

import base64
import binascii

from awsconform.conformance.reports.formats.parts import Document
from awsconform.conformance.reports.messages import printable, shortened

LONGEST_BODY = 600
LONGEST_LINE = 300
# Of no use to a reader, who has the signature made anew.
_UNINTERESTING = frozenset(
    ("authorization", "connection", "content-length", "date", "server", "x-amz-date", "host")
)


def request_lines(exchange: Document) -> list[str]:
    """The request as it was sent; what was called, where there was none on the wire."""
    request = exchange["request"]
    if request is None:
        return [printable(f"a call of {exchange['operation']}")]
    return _lines(f"{request['method']} {request['path']}", request)


def answer_lines(exchange: Document) -> list[str]:
    """The answer as it came, or why there is none."""
    response = exchange["response"]
    if response is None:
        return [printable(shortened(_instead(exchange), LONGEST_BODY))]
    return _lines(f"HTTP {response['status']}", response)


def body_text(body: Document) -> str:
    """A body as text; bytes that are none are written as escapes."""
    if "text" in body:
        return str(body["text"])
    try:
        decoded = base64.b64decode(body["base64"])
    except (binascii.Error, ValueError):
        return str(body["base64"])
    return decoded.decode("utf-8", "backslashreplace")


def _lines(first: str, message: Document) -> list[str]:
    lines = [first]
    lines += [
        f"{name}: {value}"
        for name, value in message["headers"]
        if name.lower() not in _UNINTERESTING
    ]
    shown = [_one_line(shortened(line, LONGEST_LINE)) for line in lines]
    text = body_text(message["body"])
    if message["body"].get("cut"):
        text = f"{text[:LONGEST_BODY]}… ({message['body']['length']} bytes in all)"
    elif text:
        text = shortened(text, LONGEST_BODY)
    return shown + printable(text).splitlines()


def _one_line(text: str) -> str:
    return printable(text).replace("\n", "\\n")


def _instead(exchange: Document) -> str:
    """What there is in place of a response: what a client returned, or why nothing came."""
    parsed = exchange.get("parsed")
    if parsed is not None:
        what = f"ClientError {parsed['code']}" if parsed["code"] else "returned"
        return f"{what}: {parsed['value']!r}"
    detail = f": {exchange['detail']}" if exchange["detail"] else ""
    return f"{exchange['trouble'] or 'nothing'}{detail}"
