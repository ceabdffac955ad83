"""Requests and answers for people to read: shortened, without secrets, safe to print."""

from __future__ import annotations

from awsconform.conformance.exchange import Exchange, HTTPRequest, HTTPResponse
from awsconform.conformance.outcomes import Finding
from awsconform.conformance.reports.secrets import hide, secrets_of, secrets_of_answer
from awsconform.conformance.wire.redaction import redact_request, redact_response

LONGEST_BODY = 600
LONGEST_LINE = 300
# Of no use to a reader, who has the signature made anew.
_UNINTERESTING = frozenset(
    ("authorization", "connection", "content-length", "date", "server", "x-amz-date", "host")
)


def request_lines(exchange: Exchange) -> list[str]:
    """The request as it was sent, or nothing where there was none on the wire."""
    if exchange.request is None:
        return []
    request: HTTPRequest = redact_request(exchange.request)
    first = f"{request.method} {request.path}"
    return _lines(secrets_of([exchange]), first, request.headers, request.body)


def answer_lines(exchange: Exchange) -> list[str]:
    """The answer as it came but for its sensitive values, or why there is none."""
    secrets = secrets_of_answer(exchange)
    if exchange.response is None:
        return [printable(shortened(hide(_trouble(exchange), secrets), LONGEST_BODY))]
    response: HTTPResponse = redact_response(exchange.response)
    return _lines(secrets, f"HTTP {response.status}", response.headers, response.body)


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


def observed_text(finding: Finding) -> str:
    """What was observed, but for the sensitive values of the answer."""
    return hide(finding.observed, secrets_of_answer(finding.exchange))


def _lines(
    secrets: frozenset[str], first: str, headers: tuple[tuple[str, str], ...], body: bytes
) -> list[str]:
    lines = [first]
    lines += [f"{name}: {value}" for name, value in headers if name.lower() not in _UNINTERESTING]
    shown = [shortened(printable(hide(line, secrets)), LONGEST_LINE) for line in lines]
    if body:
        text = hide(body.decode("utf-8", "backslashreplace"), secrets)
        shown.append(shortened(printable(text), LONGEST_BODY))
    return shown


def _trouble(exchange: Exchange) -> str:
    if exchange.parsed is not None:
        code = exchange.parsed.code
        what = f"ClientError {code}" if code else "returned"
        return f"{what}: {exchange.parsed.value!r}"
    detail = f": {exchange.detail}" if exchange.detail else ""
    return f"{exchange.trouble or 'nothing'}{detail}"
