"""Requests and answers for people to read: shortened and safe to print.

They are read from documents of exchanges, which have no secrets in them.
"""

from __future__ import annotations

from awsconform.conformance.reports.exchange_documents import Document, body_of

LONGEST_BODY = 600
LONGEST_LINE = 300
# Of no use to a reader, who has the signature made anew.
_UNINTERESTING = frozenset(
    ("authorization", "connection", "content-length", "date", "server", "x-amz-date", "host")
)


def request_lines(exchange: Document) -> list[str]:
    """The request as it was sent, or nothing where there was none on the wire."""
    request = exchange["request"]
    if request is None:
        return []
    return _lines(f"{request['method']} {request['path']}", request)


def answer_lines(exchange: Document) -> list[str]:
    """The answer as it came but for its sensitive values, or why there is none."""
    response = exchange["response"]
    if response is None:
        return [printable(shortened(_trouble(exchange), LONGEST_BODY))]
    return _lines(f"HTTP {response['status']}", response)


def printable(text: str) -> str:
    """Text with everything a terminal would act on written as an escape."""
    return "".join(
        each if each.isprintable() or each == "\n" else each.encode("unicode_escape").decode()
        for each in text
    )


def shortened(text: str, longest: int) -> str:
    """The beginning of a text, with its length where something is left out."""
    if len(text) <= longest:
        return text
    return f"{text[:longest]}… ({len(text)} characters in all)"


def _lines(first: str, message: Document) -> list[str]:
    lines = [first]
    lines += [
        f"{name}: {value}"
        for name, value in message["headers"]
        if name.lower() not in _UNINTERESTING
    ]
    shown = [shortened(_one_line(line), LONGEST_LINE) for line in lines]
    text = _body_text(message["body"])
    if message["body"].get("cut"):
        told = f"… ({message['body']['length']} bytes in all)"
        shown.append(f"{printable(text)[:LONGEST_BODY]}{told}")
    elif text:
        shown.append(shortened(printable(text), LONGEST_BODY))
    return shown


def _one_line(text: str) -> str:
    return printable(text).replace("\n", "\\n")


def _body_text(body: Document) -> str:
    """A body as text; bytes that are none are written as escapes."""
    return (
        str(body["text"]) if "text" in body else body_of(body).decode("utf-8", "backslashreplace")
    )


def _trouble(exchange: Document) -> str:
    parsed = exchange["parsed"]
    if parsed is not None:
        what = f"ClientError {parsed['code']}" if parsed["code"] else "returned"
        return f"{what}: {parsed['value']!r}"
    detail = f": {exchange['detail']}" if exchange["detail"] else ""
    return f"{exchange['trouble'] or 'nothing'}{detail}"
