"""HTTP/1.1 with connections that persist, for werkzeug's threaded server.

Werkzeug's own handler closes the connection after every answer because it does not know whether
the application has read the whole request. This one reads it before the application is asked.
"""

from __future__ import annotations

import io
import socket
import traceback
from typing import TYPE_CHECKING, Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from awsconform.conformance.emulator.message import LARGEST_BODY

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

IDLE_SECONDS = 300


class PersistentHandler(WSGIRequestHandler):
    """Answers one request after another on a connection."""

    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    # A small answer must not wait for the acknowledgement of an earlier one.
    disable_nagle_algorithm = True
    wbufsize = -1

    def run_wsgi(self) -> None:
        """Answers one request."""
        if self.headers.get("Expect", "").strip().lower() == "100-continue":
            self.send_response_only(100)
            self.end_headers()
            self.wfile.flush()
        environ = self.make_environ()
        body = self._body(environ["wsgi.input"])
        if body is None:
            self.close_connection = True
            self._send("400 Bad Request", [("Content-Length", "0"), ("Connection", "close")], b"")
            return
        environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
            begun[:] = [(status, headers)]
            return None

        try:
            answer = b"".join(self.server.app(environ, start_response))
        except Exception:
            self.log_error("%s", traceback.format_exc())
            begun[:] = [("500 Internal Server Error", [("Content-Length", "0")])]
            answer = b""
        self._send(*begun[0], answer)

    def _send(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _body(self, stream: Any) -> bytes | None:
        """The whole body; None where its end cannot be found or lies too far away."""
        lengths = set(self.headers.get_all("Content-Length", ()))
        try:
            if "Transfer-Encoding" in self.headers:
                body: bytes = stream.read(LARGEST_BODY + 1) if not lengths else b""
                return body if not lengths and len(body) <= LARGEST_BODY else None
            stated = lengths.pop().strip() if lengths else "0"
            if lengths or not (stated.isascii() and stated.isdigit() and len(stated) < 12):
                return None
            length = int(stated)
            return self.rfile.read(length) if length <= LARGEST_BODY else None
        except OSError:
            return None

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Says nothing of single requests."""


class PersistentServer(ThreadedWSGIServer):
    """Takes the listening socket over and ends its connections when it is closed."""

    def __init__(self, listener: socket.socket, app: WSGIApplication) -> None:
        self._open: set[socket.socket] = set()
        host, port = listener.getsockname()[:2]
        with listener:
            super().__init__(host, port, app, PersistentHandler, fd=listener.fileno())

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answers a connection's requests in a thread of its own."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Closes a connection that has ended."""
        super().shutdown_request(request)
        self._open.discard(request)

    def server_close(self) -> None:
        """Closes the listening socket and whatever connection is still open."""
        super().server_close()
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                # The other side was faster.
                continue
