"""Servers on this machine that are wrong below HTTP: they drop, keep waiting, or speak no HTTP."""

from __future__ import annotations

import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from awsconform.conformance.targets.locator import Options, open_target
from awsconform.conformance.targets.target import Target
from faulty.errors import NO_FAULT
from faulty.fault import Fault
from faulty.wire import ACCEPTED, EVERYTHING

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-amzn-RequestId: 1\r\n"
OPERATIONS = ("deadline.ListFarms", "lookoutequipment.ListInferenceSchedulers")
WAIT = 10.0

Answering = Callable[[socket.socket, threading.Event], None]


def faults() -> Iterator[Fault]:
    for operation in OPERATIONS:
        for name, answer, expects in (
            ("connections are closed", _close, (NO_FAULT, ACCEPTED)),
            ("connections are reset", _reset, (NO_FAULT, ACCEPTED)),
            ("nothing is ever answered", _wait, (NO_FAULT, ACCEPTED)),
            ("half an answer is sent", _send(HEAD + b"Content-Length: 90\r\n\r\n{}"), (ACCEPTED,)),
            ("bytes drip in without an end", _send(HEAD, wait=True), (NO_FAULT, ACCEPTED)),
            ("the answer is no HTTP", _send(b"220 mail.example.com ready\r\n"), (ACCEPTED,)),
            ("the answer is larger than read", _send(HEAD + b"\r\n" + b" " * 9000), (ACCEPTED,)),
        ):
            yield Fault(operation, name, lambda answer=answer: answer, expects, EVERYTHING,
                        serve=served)  # fmt: skip


@contextmanager
def served(build: Callable[[], Answering]) -> Iterator[Target]:
    """A server that reads each request and then does what `build` gives."""
    over = threading.Event()
    answer = build()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.settimeout(WAIT)
            # The client may hang up first.
            with suppress(OSError):
                self.request.recv(65536)
                answer(self.request, over)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        options = Options(timeout=0.1, response_limit=8000)
        target: Any = open_target(f"http://127.0.0.1:{server.server_address[1]}", options=options)
        try:
            yield target
        finally:
            target.close()
            over.set()
            server.shutdown()
            thread.join()


def _close(connection: socket.socket, over: threading.Event) -> None:
    """The handler's end closes the connection."""


def _reset(connection: socket.socket, over: threading.Event) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def _wait(connection: socket.socket, over: threading.Event) -> None:
    over.wait(WAIT)


def _send(data: bytes, *, wait: bool = False) -> Answering:
    def send(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(data)
        if wait:
            over.wait(WAIT)

    return send
