"""What goes over the wire in a boto3 client's call, and what must not."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlsplit

from awsconform.conformance.exchange import HTTPRequest, HTTPResponse
from awsconform.conformance.targets.aws_hosts import is_aws
from awsconform.conformance.wire.redaction import hidden_values, redact_headers, redact_text

_GUARD = "x-awsconform-not-sent"


class Capture:
    """Listens to a client's events; its request shows no secret; those are kept beside it.

    A Stubber or a hand-written client makes no HTTP exchange, so both may stay None. `withheld`
    is the host of real AWS a request was kept from, where `guarded` says that it should be.
    """

    def __init__(self, client: Any) -> None:
        self.request: HTTPRequest | None = None
        self.secrets: frozenset[str] = frozenset()
        self.response: HTTPResponse | None = None
        self.withheld: str | None = None
        self.guarded = True
        events: Any = getattr(getattr(client, "meta", None), "events", None)
        if callable(getattr(events, "register_last", None)):
            events.register_last("before-send", self._leaving)
            events.register("before-parse", self._came)

    def begin(self, *, guarded: bool) -> None:
        """Begins anew, for a call that may reach real AWS or is guarded against it."""
        self.request = self.response = self.withheld = None
        self.secrets = frozenset()
        self.guarded = guarded

    def _leaving(self, request: Any, **_: Any) -> Any:
        parts = urlsplit(request.url)
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        headers = tuple((name, _text(value)) for name, value in request.headers.items())
        body = request.body or b""
        if isinstance(body, str):
            body = body.encode()
        content = bytes(body) if isinstance(body, bytes | bytearray) else b""
        sent = HTTPRequest(str(request.method), redact_text(path), headers, content)
        self.request = sent.with_headers(redact_headers(headers))
        # Retries are sent with signatures of their own.
        self.secrets |= hidden_values(sent, self.request)
        # botocore takes the first answer it is given here, and sends only where there is none.
        # This one is the last, so a mock's answer goes before it.
        return _stand_in(request.url) if self.guarded and is_aws(parts.hostname or "") else None

    def _came(self, response_dict: dict[str, Any], **_: Any) -> None:
        headers = tuple(
            (str(name), _text(value)) for name, value in response_dict["headers"].items()
        )
        self.withheld = next((value for name, value in headers if name == _GUARD), None)
        body = response_dict.get("body")
        if isinstance(body, bytes) and self.withheld is None:
            self.response = HTTPResponse(int(response_dict["status_code"]), headers, body)


class _Raw(io.BytesIO):
    """The body of an answer that nobody sent."""

    def stream(self, **_: Any) -> Any:
        """Nothing, in the way of urllib3."""
        return iter(())


def _stand_in(url: str) -> Any:
    from botocore.awsrequest import AWSResponse
    from botocore.compat import HTTPHeaders

    headers = HTTPHeaders.from_dict({_GUARD: urlsplit(url).hostname or ""})
    return AWSResponse(url, 400, headers, _Raw())


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
