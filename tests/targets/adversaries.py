"""`python adversaries.py BEHAVIOUR PORT [PID-FILE]`: a server that is wrong in the way it is told.

A program of its own, so that its end is a process's end.
"""

from __future__ import annotations

import os
import signal
import socket
import socketserver
import subprocess
import sys
import threading

# The neighbour in this folder: this program is started by its path.
from misbehaving_server import read_request

BODY = b'{"farms":[],"QueueUrls":[]}'
RIGHT = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-amzn-RequestId: 1\r\n"
    b"Server: adversary/1\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)
)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
PAGE = b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<html>no</html>"
counted = 0


def behave(behaviour: str, connection: socket.socket, request: bytes) -> None:
    forever = threading.Event()
    if behaviour == "crashes-on-fifth" and counted >= 5:
        print("fatal: out of luck", flush=True)
        os._exit(7)
    elif behaviour == "killed-on-third" and counted >= 3:
        os.kill(os.getpid(), signal.SIGKILL)
    elif behaviour == "crashes-on-count" and b"maxResults" in request:
        os._exit(9)
    elif behaviour == "hangs" or (behaviour == "hangs-later" and counted > 3):
        forever.wait()
    elif behaviour == "gigabytes":
        connection.sendall(HEAD + b"\r\n")
        while True:
            connection.sendall(b" " * 1_000_000)
    elif behaviour == "drips":
        connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
        while True:
            connection.sendall(b" ")
            forever.wait(0.05)
    elif behaviour == "redirects":
        connection.sendall(
            b"HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
        )
    elif behaviour == "banner":
        connection.sendall(b"220 mail.example.com ESMTP ready\r\n")
        connection.shutdown(socket.SHUT_RDWR)
    elif behaviour == "http2":
        connection.sendall(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18))
        connection.shutdown(socket.SHUT_RDWR)
    elif behaviour == "tls":
        connection.sendall(b"\x15\x03\x01\x00\x02\x02\x16")
        connection.shutdown(socket.SHUT_RDWR)
    elif behaviour == "page-404":
        connection.sendall(PAGE % b"404 Not Found")
    elif behaviour == "page-500":
        connection.sendall(PAGE % b"500 Broken")
    elif behaviour == "typed-404":
        connection.sendall(
            b"HTTP/1.1 404 X\r\nx-amzn-ErrorType: ResourceNotFoundException\r\n"
            b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
        )
    elif behaviour == "page-then-right" and counted < 4:
        connection.sendall(PAGE % b"503 Starting")
    elif behaviour == "drops-later" and counted > 3:
        connection.shutdown(socket.SHUT_RDWR)
    else:
        connection.sendall(RIGHT)


class Handler(socketserver.BaseRequestHandler):
    behaviour = ""

    def handle(self) -> None:
        global counted
        try:
            while request := read_request(self.request):
                counted += 1
                behave(self.behaviour, self.request, request)
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def main() -> None:
    behaviour, port = sys.argv[1], int(sys.argv[2])
    if len(sys.argv) > 3:
        with open(sys.argv[3], "a", encoding="ascii") as file:
            file.write(f"{os.getpid()}\n")
    if behaviour == "dies":
        print("cannot start: AWS_SECRET_ACCESS_KEY=", file=sys.stderr)
        print("Signature=0123456789abcdef0123", file=sys.stderr)
        sys.exit(3)
    if behaviour == "never-listens":
        threading.Event().wait()
    if behaviour == "ignores-sigterm":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if behaviour == "has-children":
        words = [sys.executable, __file__, "never-listens", "0", *sys.argv[3:]]
        subprocess.Popen(words)
    if behaviour == "chatty":
        sys.stdout.write("x" * 1_000_000 + "\nthe last line\n")
        sys.stdout.flush()
    if behaviour == "tells-environment":
        for name in ("PORT", "FOLDER", "AWS_PROFILE", "AWS_SECRET_ACCESS_KEY"):
            print(f"{name} is {os.environ.get(name)}", flush=True)
    Handler.behaviour = behaviour
    with Server(("127.0.0.1", port), Handler) as server:
        server.serve_forever(0.05)


if __name__ == "__main__":
    main()
