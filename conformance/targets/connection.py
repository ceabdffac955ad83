"""One HTTP connection on which a whole exchange has a deadline, however slowly bytes drip in."""

from __future__ import annotations

import contextlib
import functools
import http.client
import io
import socket
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from urllib3.connection import HTTPConnection, HTTPSConnection

from awsconform.conformance.exchange import HTTPRequest, HTTPResponse
from awsconform.conformance.wire.event_frames import whole_messages
from awsconform.specs.streams import MEDIA_TYPE

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 64 * 1024
# How long a stream of events is listened to, and how long after its first ones for the next.
STREAM_SECONDS = 2.0
PAUSE_SECONDS = 0.5


@functools.cache
def user_agent() -> str:
    """What botocore calls itself: a target sees the requests of some SDK and no more."""
    from botocore.useragent import UserAgentString

    return str(UserAgentString.from_environment().to_string())


def _headers(request: HTTPRequest) -> dict[str, str]:
    named = any(name.lower() == "user-agent" for name, _ in request.headers)
    return {**({} if named else {"User-Agent": user_agent()}), **dict(request.headers)}


class TooLarge(Exception):
    """The server sends a larger body than is read."""


class QuietStream(Exception):
    """The server began a stream of events, keeps it open and sends none."""


@dataclass(frozen=True)
class TLS:
    """How a connection is encrypted and who the server says it is; what is unknown is empty."""

    version: str
    cipher: str
    subject: str = ""
    issuer: str = ""
    expires: str = ""

    def __str__(self) -> str:
        text = f"{self.version}, {self.cipher}"
        if not self.subject:
            return f"{text}, certificate not verified"
        return f"{text}, {self.subject} by {self.issuer} until {self.expires}"


class Deadline:
    """A point in time all waiting ends at."""

    def __init__(self) -> None:
        self._ends = 0.0

    def start(self, seconds: float) -> None:
        """Sets the deadline that many seconds from now."""
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds left.

        Raises:
            TimeoutError: none are.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time for the whole exchange is over")
        return left


class _Paced(io.RawIOBase):
    """The bytes of a socket; each wait for more is no longer than what is left."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, deadline: Deadline) -> None:
        self._raw = raw
        self._sock = sock
        self._deadline = deadline
        self.received = 0
        self.ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        self._sock.settimeout(self._deadline.left())
        count = self._raw.readinto(buffer)
        self.received += count or 0
        self.ended = self.ended or count == 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _PacedResponse(http.client.HTTPResponse):
    """A response read through `_Paced`."""

    def __init__(
        self,
        sock: socket.socket,
        debuglevel: int = 0,
        method: str | None = None,
        url: str | None = None,
        *,
        owner: Connection,
    ) -> None:
        super().__init__(sock, debuglevel, method, url)
        # http.client made a reader of its own, which counts as a user of the socket until closed.
        raw: Any = self.fp.raw
        owner.paced = _Paced(raw, sock, owner.deadline)
        self.fp.detach()
        self.fp = io.BufferedReader(owner.paced)


class _Listening:
    """How long a stream of events is listened to."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._until = time.monotonic() + min(deadline.left(), STREAM_SECONDS)
        self._begun = False
        deadline.start(self._until - time.monotonic())

    def heard(self, body: io.BytesIO) -> None:
        """Waits for the next bytes, no longer than a pause once a whole event is there."""
        self._begun = self._begun or bool(whole_messages(body.getvalue()))
        left = self._until - time.monotonic()
        self._deadline.start(min(left, PAUSE_SECONDS) if self._begun else left)


class Connection:
    """A connection to one server, opened when it is needed and kept alive between exchanges.

    It follows no redirection, uses no proxy and does not try again.
    """

    def __init__(self, scheme: str, host: str, port: int | None, verify: bool | str) -> None:
        self._scheme = scheme
        self._host = host
        self._port = port
        self._verify = verify
        self._http: HTTPConnection | None = None
        self.deadline = Deadline()
        self.paced: _Paced | None = None

    @property
    def alive(self) -> bool:
        """Whether a connection is open and the server has not closed it, as far as is known."""
        return self._http is not None and self._http.is_connected

    @property
    def tls(self) -> TLS | None:
        """How the open connection is encrypted; None where none is open or it is not."""
        sock = self._http.sock if self._http is not None else None
        if not isinstance(sock, ssl.SSLSocket):
            return None
        cipher = sock.cipher()
        stated: Any = sock.getpeercert() or {}
        return TLS(
            sock.version() or "",
            cipher[0] if cipher else "",
            _common_name(stated.get("subject", ())),
            _common_name(stated.get("issuer", ())),
            str(stated.get("notAfter", "")),
        )

    @property
    def received(self) -> int:
        """How many bytes of the last response came in."""
        return self.paced.received if self.paced else 0

    def connect(self, timeout: float) -> None:
        """Opens the connection anew.

        Raises:
            OSError: no connection comes about (urllib3's errors are kept as the cause).
        """
        self.close()
        if self._scheme == "https":
            made: HTTPConnection = HTTPSConnection(
                self._host,
                self._port,
                timeout=timeout,
                cert_reqs="CERT_REQUIRED" if self._verify else "CERT_NONE",
                ca_certs=self._verify if isinstance(self._verify, str) else None,
                ssl_context=ssl.create_default_context() if self._verify is True else None,
            )
        else:
            made = HTTPConnection(self._host, self._port, timeout=timeout)
        made.response_class = functools.partial(  # type: ignore[assignment]
            _PacedResponse, owner=self
        )
        made.connect()
        self._http = made

    def exchange(self, request: HTTPRequest, limit: int) -> HTTPResponse:
        """Sends a request and reads the response before the deadline.

        A stream of events may go on for hours: what came of it before it paused, or within
        `STREAM_SECONDS`, is the answer.

        Raises:
            TooLarge: the body is larger than `limit` bytes.
            QuietStream: a stream of events began and nothing came of it.
            TimeoutError: the deadline passed, and what came until then is no stream of events.
            OSError: the connection broke.
            http.client.HTTPException: what came is no HTTP.
        """
        connection = self._http
        assert connection is not None
        assert connection.sock is not None
        self.paced = None
        connection.sock.settimeout(self.deadline.left())
        # The plain request of http.client: urllib3's adds a User-Agent and may use chunks.
        # A pipe that breaks is no end: the server may have answered before it had read all.
        with contextlib.suppress(BrokenPipeError):
            http.client.HTTPConnection.request(
                connection, request.method, request.path, request.body, _headers(request)
            )
        response = http.client.HTTPConnection.getresponse(connection)
        if self.paced is not None and self.paced.ended:
            # http.client takes the end of the connection for the end of the head.
            raise http.client.RemoteDisconnected("the head of the response is cut off")
        headers = tuple(response.getheaders())
        body = io.BytesIO()
        stream = _Listening(self.deadline) if _is_stream(response) else None
        try:
            while part := response.read1(_CHUNK):
                if body.tell() + len(part) > limit:
                    raise TooLarge(f"more than {limit} bytes")
                body.write(part)
                if stream is not None:
                    stream.heard(body)
        except TimeoutError:
            if stream is None:
                raise
            self.close()
            if not body.tell():
                raise QuietStream("the stream stays open and sends no event") from None
            return HTTPResponse(response.status, headers, whole_messages(body.getvalue()))
        if response.length:
            raise http.client.IncompleteRead(body.getvalue(), response.length)
        # Read to its end, which http.client has to be told before the next exchange.
        response.close()
        return HTTPResponse(response.status, headers, body.getvalue())

    def close(self) -> None:
        """Closes the connection."""
        if self._http is not None:
            self._http.close()
            self._http = None


def _is_stream(response: http.client.HTTPResponse) -> bool:
    return response.headers.get_content_type() == MEDIA_TYPE


def _common_name(stated: Any) -> str:
    """The name among a certificate's pairs that people know its holder by."""
    named = {key: value for part in stated for key, value in part}
    for key in ("commonName", "organizationName"):
        if key in named:
            return str(named[key])
    return ""
