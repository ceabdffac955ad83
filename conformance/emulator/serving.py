"""The emulator over HTTP, on this machine only unless told otherwise."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import signal
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.emulator.clock import Clock
from awsconform.conformance.emulator.connections import PersistentServer
from awsconform.conformance.emulator.encoding import REST, to_bytes
from awsconform.conformance.emulator.message import Answer, Incoming
from awsconform.conformance.emulator.timestamps import text_of
from awsconform.errors import UsageError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CLOCK_PATH = "/_awsconform/clock"
# Every answer says where the clock is: nobody else is asked for one.
CLOCK_HEADER = "X-Clock"


class ClockControl:
    """A WSGI application with one path more: `POST {"advance": seconds}` moves the clock.

    The answer is `{"now": RFC 3339, "epoch": seconds}`; so is that of a GET, which moves nothing.
    """

    def __init__(self, application: WSGIApplication, clock: Clock) -> None:
        self.application = application
        self.clock = clock

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request as WSGI wants it."""
        if environ.get("PATH_INFO") != CLOCK_PATH:

            def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
                return start_response(status, [*headers, (CLOCK_HEADER, CLOCK_PATH)], *more)

            return self.application(environ, start)
        return self.answer(Incoming.from_environ(environ)).send(start_response)

    def answer(self, incoming: Incoming) -> Answer:
        """The answer to a request at the clock's path."""
        headers = [("Content-Type", REST)]
        if incoming.method not in ("GET", "POST"):
            return Answer(405, [*headers, ("Allow", "GET, POST")], b"{}")
        try:
            if incoming.method == "POST":
                self.clock.advance(_seconds(incoming.body))
        except (ValueError, RecursionError) as error:
            return Answer(400, headers, to_bytes({"message": str(error)}))
        now = self.clock.now()
        return Answer(200, headers, to_bytes({"now": text_of(now), "epoch": now}))


def _seconds(body: bytes | None) -> float:
    value: Any = json.loads(body or b"")
    seconds = value.get("advance") if isinstance(value, dict) else None
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise ValueError('send {"advance": seconds}')
    return seconds


def say(text: str) -> None:
    """Prints at once, for whoever waits for the URL at the other end of a pipe."""
    print(text, flush=True)


def serve(
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    emulator: Emulator | None = None,
    allow_remote: bool = False,
    announce: Callable[[str], None] = say,
) -> None:
    """Serves until Ctrl-C or SIGTERM, and returns then; `announce` gets the URL once it listens.

    Port 0 takes any free one.

    Raises:
        UsageError: `host` is not this machine and `allow_remote` is not set, or the address
            cannot be listened on.
    """
    server, url = _server(host, port, emulator or Emulator(), allow_remote)
    with _sigterm_as_interrupt():
        try:
            announce(url)
            # Ctrl-C ends this without a word, and closes the server.
            server.serve_forever()
        except KeyboardInterrupt:
            server.server_close()


@contextlib.contextmanager
def start(
    emulator: Emulator | None = None, *, host: str = "127.0.0.1", port: int = 0
) -> Iterator[str]:
    """Serves from a thread while the context lasts, and gives the URL.

    Raises:
        UsageError: `host` is not this machine, or the address cannot be listened on.
    """
    server, url = _server(host, port, emulator or Emulator(), False)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield url
    finally:
        server.shutdown()
        thread.join()


def _server(
    host: str, port: int, emulator: Emulator, allow_remote: bool
) -> tuple[PersistentServer, str]:
    if not allow_remote and not is_this_machine(host):
        raise UsageError(
            f"{host} can be reached from other machines",
            hint="listen on 127.0.0.1, or say that others may use the emulator",
        )
    if not 0 <= port <= 65_535:
        raise UsageError(f"cannot listen on {host}, port {port}: ports go from 0 to 65535")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"cannot listen on {host}, port {port}: {reason}") from None
    server = PersistentServer(listener, ClockControl(emulator, emulator.clock))
    shown = f"[{host}]" if ":" in host else host
    return server, f"http://{shown}:{server.port}"


def is_this_machine(host: str) -> bool:
    """Whether an address is one of this machine's own, that no other can reach."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextlib.contextmanager
def _sigterm_as_interrupt() -> Iterator[None]:
    """Lets SIGTERM end the program as Ctrl-C does; only the main thread may say so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
