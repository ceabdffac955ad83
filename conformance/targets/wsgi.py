"""A WSGI application as a target, called in this process without a socket."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from awsconform.conformance.exchange import (
    Case,
    Exchange,
    HTTPRequest,
    HTTPResponse,
    Trouble,
    View,
)
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.preparing import (
    Prepared,
    completed,
    encoded,
    signed,
    with_own_headers,
    without_secrets,
)
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.redaction import redact_text
from awsconform.specs.contract import Contract

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

HOST = "localhost"
_DETAIL_LENGTH = 500


class TooLarge(Exception):
    """The application answers with more than is read."""


class WSGITarget:
    """Calls a WSGI application; an exception of the application's is trouble, never raised.

    `signed` says whether requests are signed, which most applications do not look at. `fresh`
    makes the application empty and returns the one to call from then on.
    """

    view = View.WIRE

    def __init__(
        self,
        application: WSGIApplication,
        *,
        name: str,
        options: Options | None = None,
        signed: bool = True,
        advance_clock: Callable[[float], None] | None = None,
        fresh: Callable[[], WSGIApplication] | None = None,
    ) -> None:
        self.application = application
        self.generation = 0
        self._fresh = fresh
        self.name = name
        self.options = options or Options()
        self.signed = signed
        self.advance_clock = advance_clock
        self._credentials = self.options.keys()

    @property
    def restart(self) -> Callable[[], None] | None:
        """Makes the application empty, where it was said how."""
        return self._restart if self._fresh is not None else None

    def probe(self) -> None:
        """Nothing to find out: the application is here."""

    def send(self, contract: Contract, case: Case) -> Exchange:
        """Sends one case and returns the exchange; trouble is part of it."""
        try:
            request = encoded(contract, case)
        except NotExpressible as error:
            return Exchange(case, None, None, trouble=Trouble.CLIENT_REFUSED, detail=error.message)
        request = with_own_headers(request, self.options.headers)
        prepared = Prepared(request, without_secrets(request, self.options.headers))
        if self.signed:
            prepared = signed(
                contract,
                request,
                origin=f"http://{HOST}",
                region=self.options.region,
                credentials=self._credentials,
                headers=self.options.headers,
            )
        prepared = completed(prepared, self.options.before_send)
        exchange = Exchange(case, prepared.shown, None, secrets=prepared.secrets)
        try:
            response = call(self.application, prepared.request, self.options.response_limit)
        except TooLarge as error:
            return replace(exchange, trouble=Trouble.TOO_LARGE, detail=str(error))
        except (Exception, SystemExit) as error:
            detail = f"{last_line(error)}{place_of(error)}"
            return replace(exchange, trouble=Trouble.CRASHED, detail=detail)
        return replace(exchange, response=response)

    def close(self) -> None:
        """Nothing is held open."""

    def _restart(self) -> None:
        assert self._fresh is not None
        self.application = self._fresh()
        if self.advance_clock is not None:
            self.advance_clock = clock_of(self.application)
        self.generation += 1


def clock_of(application: object) -> Callable[[float], None] | None:
    """How to move the clock of an application that has one: `application.clock.advance`."""
    advance = getattr(getattr(application, "clock", None), "advance", None)
    if not callable(advance):
        return None

    def move(seconds: float) -> None:
        advance(seconds)

    return move


def call(application: WSGIApplication, request: HTTPRequest, limit: int) -> HTTPResponse:
    """What an application answers.

    Raises:
        TooLarge: the body is larger than `limit` bytes.
        Exception: whatever the application raises, or RuntimeError where it breaks WSGI.
    """
    begun: list[tuple[str, list[tuple[str, str]]]] = []
    body = io.BytesIO()

    def write(data: bytes) -> object:
        if body.tell() + len(data) > limit:
            raise TooLarge(f"more than {limit} bytes")
        return body.write(data)

    def start_response(
        status: str, headers: list[tuple[str, str]], exc_info: Any = None, /
    ) -> Callable[[bytes], object]:
        if begun and exc_info is None:
            raise RuntimeError("the application called start_response twice")
        begun[:] = [(status, list(headers))]
        return write

    parts: Iterable[bytes] = application(environ(request), start_response)
    try:
        for part in parts:
            write(part)
    finally:
        close = getattr(parts, "close", None)
        if close is not None:
            close()
    if not begun:
        raise RuntimeError("the application did not call start_response")
    status, headers = begun[0]
    # Servers keep the body of an answer to HEAD to themselves.
    content = b"" if request.method == "HEAD" else body.getvalue()
    return HTTPResponse(int(status.split(None, 1)[0]), tuple(headers), content)


def environ(request: HTTPRequest) -> dict[str, Any]:
    """The WSGI environment of a request (PEP 3333), with the path as it was sent besides."""
    path, _, query = request.path.partition("?")
    made: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "REQUEST_URI": request.path,
        "RAW_URI": request.path,
        "SERVER_NAME": HOST,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": HOST,
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.headers:
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        made[key] = f"{made[key]},{value}" if key in made and key != "HTTP_HOST" else value
    return made


def last_line(error: BaseException) -> str:
    """What the last line of a traceback says, with no secret in it."""
    text = redact_text(f"{type(error).__name__}: {error}".strip().removesuffix(":"))
    return text if len(text) <= _DETAIL_LENGTH else f"{text[: _DETAIL_LENGTH - 1]}…"


def place_of(error: BaseException) -> str:
    """Where an exception was raised, ` (app.py:12)`; empty where nobody knows."""
    frames = traceback.extract_tb(error.__traceback__)
    return f" ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""
