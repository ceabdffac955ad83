"""Keeping secrets out of everything that is shown or stored."""

from __future__ import annotations

import re
from collections.abc import Iterator

from awsconform.conformance.exchange import Exchange, HTTPRequest, HTTPResponse

HIDDEN = "[hidden]"
SECRET_HEADERS = frozenset(
    (
        "authorization",
        "cookie",
        "proxy-authorization",
        "set-cookie",
        "x-amz-security-token",
        "x-amz-s3session-token",
        "x-api-key",
    )
)
# Shorter values are no secrets, and would be found in innocent text.
SHORTEST = 12
_SIGNATURE = re.compile(r"\bSignature=([0-9a-f]+)")
_SECRET_PARAMETERS = re.compile(
    r"(?i)((?:X-Amz-(?:Signature|Security-Token|Credential)|AWSAccessKeyId|Signature)=)[^&\s\"']+"
)
_SECRET_LINES = re.compile(
    r"(?im)^([ \t>\"']*(?:"
    + "|".join(sorted(re.escape(name) for name in SECRET_HEADERS))
    + r")[\"']?\s*[:=]\s*).+$"
)
_SECRET_WORDS = re.compile(
    r"(AWS4-HMAC-SHA256 )\S.*?(?=$|[\n\"'])|\b(Signature=)[0-9a-f]{16,}|(Credential=)[^,\s]+"
)


def redact_headers(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Headers with secrets replaced by `[hidden]`."""
    return tuple(
        (name, HIDDEN if name.lower() in SECRET_HEADERS else redact_text(value))
        for name, value in headers
    )


def redact_request(request: HTTPRequest) -> HTTPRequest:
    """A request that may be shown: no secret in its headers and its query string."""
    return HTTPRequest(
        request.method,
        redact_text(request.path),
        redact_headers(request.headers),
        request.body,
        request.host_prefix,
    )


def redact_response(response: HTTPResponse) -> HTTPResponse:
    """A response that may be shown: no cookies and no signatures in its headers."""
    return HTTPResponse(response.status, redact_headers(response.headers), response.body)


def hidden_values(sent: HTTPRequest, shown: HTTPRequest) -> frozenset[str]:
    """The values of the headers of a request that are hidden where it is shown."""
    hidden = {name.lower() for name, value in shown.headers if value == HIDDEN}
    return frozenset(
        each
        for name, value in sent.headers
        if name.lower() in hidden
        for each in secret_values(name, value)
    )


def secret_values(name: str, value: str) -> Iterator[str]:
    """A secret header's value, and what is secret in it by itself: signature, token, cookies."""
    if value == HIDDEN:
        return
    yield value
    if name.lower() in ("authorization", "proxy-authorization"):
        yield from _SIGNATURE.findall(value) or value.split(" ")[1:2]
    elif name.lower() in ("cookie", "set-cookie"):
        pairs = value.split(";") if name.lower() == "cookie" else value.split(";")[:1]
        yield from (pair.partition("=")[2].strip().strip('"') for pair in pairs)


def secrets_in(exchange: Exchange) -> Iterator[str]:
    """The values of the secret headers that were sent and came back."""
    for message in (exchange.request, exchange.response):
        for name, value in message.headers if message else ():
            if name.lower() in SECRET_HEADERS:
                yield from filter(_is_long, secret_values(name, value))
    yield from filter(_is_long, exchange.secrets)


def _is_long(value: str) -> bool:
    """Whether a value may be a secret."""
    return len(value) >= SHORTEST


def redact_text(text: str) -> str:
    """Free text (an exception's message, a log line) without signatures, tokens and cookies."""
    text = _SECRET_LINES.sub(rf"\1{HIDDEN}", text)
    text = _SECRET_PARAMETERS.sub(rf"\1{HIDDEN}", text)
    return _SECRET_WORDS.sub(lambda match: f"{match[1] or match[2] or match[3]}{HIDDEN}", text)
