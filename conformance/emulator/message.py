"""A request and its answer as they are on the wire, apart from any server."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LARGEST_BODY = 8 * 1024 * 1024
STATUS_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


@dataclass(frozen=True)
class Incoming:
    """A request: `path` still percent-encoded, `body` None where it is too large to read."""

    method: str
    path: str
    query: str
    environ: dict[str, Any]
    body: bytes | None

    @classmethod
    def from_environ(cls, environ: WSGIEnvironment) -> Incoming:
        """The request of a WSGI environment; its body is read to the end."""
        return cls(
            environ["REQUEST_METHOD"],
            _path(environ),
            environ.get("QUERY_STRING", ""),
            environ,
            _body(environ),
        )

    def header(self, name: str) -> str | None:
        """The header of that name, in any case of letters; None where it is absent."""
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        value = self.environ.get(key)
        return None if value is None else _text(value)


def _path(environ: WSGIEnvironment) -> str:
    """The path still percent-encoded, so that an encoded slash is part of its label."""
    raw: str | None = environ.get("REQUEST_URI") or environ.get("RAW_URI")
    if raw is None:
        # PATH_INFO is decoded already: a percent sign in it stands for itself.
        return _text(environ.get("PATH_INFO", "")).replace("%", "%25") or "/"
    if "://" in raw and not raw.startswith("/"):
        raw = "/" + raw.partition("://")[2].partition("/")[2]
    return _text(raw.partition("?")[0]) or "/"


def _text(value: str) -> str:
    """Text that WSGI hands over as Latin-1 though clients write UTF-8."""
    if value.isascii():
        return value
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value.encode("utf-8", "replace").decode("utf-8")


def _body(environ: WSGIEnvironment) -> bytes | None:
    stream = environ.get("wsgi.input") or io.BytesIO()
    stated = environ.get("CONTENT_LENGTH") or ""
    if stated.isascii() and stated.isdigit():
        length = int(stated[:20])
        return stream.read(length) if length <= LARGEST_BODY else None
    if environ.get("wsgi.input_terminated"):
        body = stream.read(LARGEST_BODY + 1)
        return body if len(body) <= LARGEST_BODY else None
    return b""


class Answer(NamedTuple):
    """What goes back: an HTTP status, headers, and the body's bytes."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def send(self, start_response: StartResponse) -> Iterable[bytes]:
        """Hands the answer to a WSGI server, with its length."""
        line = STATUS_LINES.get(self.status, f"{self.status} Unknown")
        start_response(line, [*self.headers, ("Content-Length", str(len(self.body)))])
        return [self.body]
