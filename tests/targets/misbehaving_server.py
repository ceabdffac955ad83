"""A server on loopback that misbehaves in the way the path of a request names."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

Behaviour = Callable[[socket.socket, bytes, threading.Event], None]
RIGHT = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-amzn-RequestId: 1\r\n"
    b"Content-Length: 12\r\n\r\n" + b'{"farms":[]}'
)


class Server:
    """Answers every request by a behaviour; counts connections and keeps the requests."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.requests: list[bytes] = []
        self.connections = 0
        self.over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []
        self._start(self._accept)

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                self._sockets.append(connection)
                self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            while request := read_request(connection):
                self.requests.append(request)
                self.behaviour(connection, request, self.over)

    def close(self) -> None:
        self.over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._sockets:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for connection in self._sockets:
            connection.close()


def read_request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return b""
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            while len(body) < int(line.partition(b":")[2]):
                body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@contextlib.contextmanager
def serving(behaviour: Behaviour) -> Iterator[Server]:
    server = Server(behaviour)
    try:
        yield server
    finally:
        server.close()


def answering(raw: bytes) -> Behaviour:
    """Answers the same bytes each time, and closes unless they say how long they are."""

    def behave(connection: socket.socket, request: bytes, over: threading.Event) -> None:
        connection.sendall(raw)
        if b"content-length" not in raw.lower() and b"chunked" not in raw.lower():
            connection.shutdown(socket.SHUT_RDWR)

    return behave


def hanging(connection: socket.socket, request: bytes, over: threading.Event) -> None:
    over.wait()


def dropping(connection: socket.socket, request: bytes, over: threading.Event) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def dripping(before: bytes) -> Behaviour:
    """After some bytes one more byte now and then, for ever."""

    def behave(connection: socket.socket, request: bytes, over: threading.Event) -> None:
        connection.sendall(before)
        while not over.wait(0.02):
            connection.sendall(b"x")

    return behave


def flooding(before: bytes) -> Behaviour:
    """After some bytes more without end, as fast as they are taken."""

    def behave(connection: socket.socket, request: bytes, over: threading.Event) -> None:
        connection.sendall(before)
        while not over.is_set():
            connection.sendall(b"x" * 65536)

    return behave
