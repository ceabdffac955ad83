"""An implementation behind an HTTP address, spoken to with raw signed requests."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from collections.abc import Callable
from urllib.parse import urlsplit

from urllib3.exceptions import HTTPError

from awsconform.conformance.exchange import (
    Case,
    Exchange,
    HTTPRequest,
    HTTPResponse,
    Trouble,
    View,
)
from awsconform.conformance.targets.aws_hosts import is_aws, is_loopback
from awsconform.conformance.targets.connection import TLS, Connection, QuietStream, TooLarge
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.preparing import completed, encoded, on_virtual_host, signed
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.redaction import redact_text
from awsconform.errors import TargetError, TargetRefused, TargetUnreachable
from awsconform.specs.contract import Contract

# What the answers of an emulator of ours have, and what it holds.
CLOCK_HEADER = "X-Clock"
CLOCK_PATH = "/_awsconform/clock"
_DETAIL_LENGTH = 500


class HTTPTarget:
    """Sends to one address and to no other, without redirections, proxies or repetitions.

    `reset` is the method and path that empty the implementation, where they are known.

    Raises:
        TargetError: the address is malformed.
        TargetRefused: it is real AWS and the options do not allow that.
    """

    view = View.WIRE

    def __init__(
        self,
        url: str,
        *,
        options: Options | None = None,
        reset: tuple[str, str] | None = None,
    ) -> None:
        self.name = url
        self.address = url.rstrip("/")
        self.generation = 0
        self._reset = reset
        self.options = options or Options()
        self._scheme, self._host, self._port, self._base = _address(url)
        self.is_aws = is_aws(self._host)
        if self.is_aws and not self.options.allow_aws:
            raise TargetRefused(
                f"{self._host} is real AWS",
                hint="allow it in so many words (--allow-aws); operations that change something "
                "need --allow-writes as well",
            )
        self._credentials = self.options.keys()
        self._connections: dict[str, Connection] = {}
        self._clock_known = False
        self._clock: Callable[[float], None] | None = None

    @property
    def advance_clock(self) -> Callable[[float], None] | None:
        """Moves the clock of an emulator of ours that is served on this machine; None elsewhere."""
        if not self._clock_known:
            self._clock_known = True
            if is_loopback(self._host) and self._has_clock() and self._move_clock(0):
                self._clock = self._advance
        return self._clock

    @property
    def restart(self) -> Callable[[], None] | None:
        """Empties the implementation, where it can be and the options allow it."""
        return self._empty if self._reset is not None and self.options.allow_reset else None

    @property
    def tls(self) -> TLS | None:
        """How the last connection is encrypted; None where none is open or it is not."""
        return self._connection(self._host).tls

    def probe(self) -> None:
        """Opens a connection.

        Raises:
            TargetUnreachable: none comes about.
        """
        try:
            self._connection(self._host).connect(self.options.timeout)
        except (OSError, HTTPError) as error:
            raise TargetUnreachable(
                f"{self.name} cannot be reached: {_told(error)}",
                hint="is it running, and is the address right?",
            ) from None

    def send(self, contract: Contract, case: Case) -> Exchange:
        """Sends one case and returns the exchange; trouble is part of it."""
        if self.is_aws and not (contract.readonly or self.options.allow_writes):
            detail = f"{contract.operation} may change something in AWS and is not allowed to"
            return Exchange(case, None, None, trouble=Trouble.CLIENT_REFUSED, detail=detail)
        try:
            request = encoded(contract, case)
        except NotExpressible as error:
            return Exchange(case, None, None, trouble=Trouble.CLIENT_REFUSED, detail=error.message)
        # Only AWS has hosts for the prefixes of operations.
        host = f"{request.host_prefix}{self._host}" if self.is_aws else self._host
        origin = self._origin(host)
        if self.options.virtual_hosts:
            request, origin = on_virtual_host(contract, request, case.value, origin)
        prepared = signed(
            contract,
            request,
            origin=origin,
            region=self.options.region,
            credentials=self._credentials,
            base=self._base,
            headers=self.options.headers,
        )
        prepared = completed(prepared, self.options.before_send)
        response, trouble, detail = self._exchange(host, prepared.request)
        return Exchange(
            case,
            prepared.shown,
            response,
            trouble=trouble,
            detail=detail,
            secrets=prepared.secrets,
        )

    def close(self) -> None:
        """Closes the connections."""
        for connection in self._connections.values():
            connection.close()

    def call(self, method: str, path: str) -> bool:
        """Sends a request that is no operation's; whether it is answered with a success."""
        request = HTTPRequest(method, f"{self._base}{path}", self.options.headers)
        response, _, _ = self._exchange(self._host, request)
        return response is not None and response.status < 300

    def fetch(self, path: str) -> HTTPResponse | None:
        """A page that is no operation's answer, None where nothing comes."""
        request = HTTPRequest("GET", f"{self._base}{path}", self.options.headers)
        return self._exchange(self._host, request)[0]

    def _empty(self) -> None:
        assert self._reset is not None
        if not self.call(*self._reset):
            raise TargetError(f"{self.name} does not empty itself by {' '.join(self._reset)}")
        self.generation += 1

    def _origin(self, host: str) -> str:
        shown = f"[{host}]" if ":" in host else host
        return f"{self._scheme}://{shown}" + (f":{self._port}" if self._port else "")

    def _connection(self, host: str) -> Connection:
        if host not in self._connections:
            self._connections[host] = Connection(
                self._scheme, host, self._port, self.options.verify
            )
        return self._connections[host]

    def _exchange(
        self, host: str, request: HTTPRequest
    ) -> tuple[HTTPResponse | None, Trouble | None, str]:
        connection = self._connection(host)
        connection.deadline.start(self.options.timeout)
        used_before = connection.alive
        try:
            if not used_before:
                connection.connect(connection.deadline.left())
        except (OSError, HTTPError) as error:
            connection.close()
            return None, Trouble.UNREACHABLE, _told(error)
        try:
            try:
                response = connection.exchange(request, self.options.response_limit)
            except ConnectionError:
                # A server may close a kept connection just as a request is on its way. It has
                # answered nothing, so a new connection decides whether it drops this request.
                if not used_before or connection.received:
                    raise
                connection.connect(connection.deadline.left())
                response = connection.exchange(request, self.options.response_limit)
        except Exception as error:
            connection.close()
            return None, _trouble(error), _told(error)
        return response, None, ""

    def _advance(self, seconds: float) -> None:
        if not self._move_clock(seconds):
            raise TargetError(f"{self.name} does not move its clock by {seconds} s")

    def _has_clock(self) -> bool:
        """Whether the answer to a request like anybody's says that there is a clock."""
        response, _, _ = self._exchange(self._host, HTTPRequest("GET", f"{self._base}/", ()))
        return response is not None and response.header(CLOCK_HEADER) == CLOCK_PATH

    def _move_clock(self, seconds: float) -> bool:
        request = HTTPRequest(
            "POST",
            f"{self._base}{CLOCK_PATH}",
            (("Content-Type", "application/json"),),
            json.dumps({"advance": seconds}).encode(),
        )
        response, _, _ = self._exchange(self._host, request)
        return response is not None and response.status in (200, 204)


def _address(url: str) -> tuple[str, str, int | None, str]:
    """Scheme, host, port and base path of an address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise TargetError(f"{url!r} is no address: {error}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise TargetError(f"{url!r} is no address", hint="http://localhost:5000 is one")
    if parts.username or parts.password:
        raise TargetError("an address holds no user name and no password")
    if parts.query or parts.fragment:
        raise TargetError(f"{url!r}: an address of a target has no query string and no fragment")
    return parts.scheme, parts.hostname, port, parts.path.rstrip("/")


def _trouble(error: Exception) -> Trouble:
    if isinstance(error, TooLarge):
        return Trouble.TOO_LARGE
    if isinstance(error, QuietStream):
        return Trouble.QUIET
    if isinstance(error, TimeoutError | socket.timeout):
        return Trouble.TIMEOUT
    if isinstance(error, http.client.RemoteDisconnected | http.client.IncompleteRead):
        return Trouble.DROPPED
    if isinstance(error, OSError | ssl.SSLError | HTTPError):
        return Trouble.DROPPED
    return Trouble.NOT_HTTP


def _told(error: Exception) -> str:
    text = redact_text(str(error))
    text = text if len(text) <= _DETAIL_LENGTH else f"{text[: _DETAIL_LENGTH - 1]}…"
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
