"""The emulator over HTTP."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.emulator.message import Answer, Incoming
from awsconform.conformance.emulator.serving import CLOCK_PATH, is_this_machine, serve, start
from awsconform.errors import UsageError

FARMS = "/2023-10-12/farms"
DEVICE = b'{"DeviceName":"a","DeviceFleetName":"b"}'
PROGRAM = "from awsconform.conformance.emulator.serving import serve; serve()"


@pytest.fixture
def served(emulator: Emulator) -> Iterator[http.client.HTTPConnection]:
    with start(emulator) as url:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
        yield connection
        connection.close()


def ask(
    connection: http.client.HTTPConnection, method: str, path: str, body: Any = None, **more: Any
) -> tuple[int, bytes]:
    connection.request(method, path, body, **more)
    response = connection.getresponse()
    return response.status, response.read()


def test_one_connection_serves_requests_of_all_kinds(served: http.client.HTTPConnection) -> None:
    served.connect()
    here = served.sock
    assert ask(served, "POST", "/elsewhere", b"GET / HTTP/1.1\r\n\r\n")[0] == 404
    assert ask(served, "HEAD", FARMS) == (404, b"")
    assert ask(served, "GET", FARMS) == (200, b'{"farms":[]}')
    in_parts = iter([DEVICE[:9], DEVICE[9:]])
    assert ask(served, "POST", "/GetDeployments", in_parts, encode_chunked=True)[0] == 200
    assert (
        ask(served, "POST", "/GetDeployments", DEVICE, headers={"Expect": "100-continue"})[0] == 200
    )
    assert ask(served, "GET", FARMS)[0] == 200
    assert served.sock is here


def test_requests_sent_in_one_go_are_answered_in_turn(served: http.client.HTTPConnection) -> None:
    served.connect()
    lost = b"POST /elsewhere HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"
    served.sock.sendall(lost + b"GET /2023-10-12/farms HTTP/1.1\r\nConnection: close\r\n\r\n")
    with served.sock.makefile("rb") as stream:
        answers = stream.read()
    assert answers.count(b"HTTP/1.1 ") == 2
    assert answers.index(b"HTTP/1.1 404") < answers.index(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 2\r\nContent-Length: 3",
        b"Content-Length: -1",
        b"Content-Length: 99999999999",
        b"Content-Length: 2\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: chunked\r\nX: y",
    ],
)
def test_a_body_without_a_clear_end_ends_the_connection(
    served: http.client.HTTPConnection, headers: bytes
) -> None:
    served.connect()
    served.sock.sendall(b"POST /SendHeartbeat HTTP/1.1\r\n" + headers + b"\r\n\r\nno chunk\r\n\r\n")
    with served.sock.makefile("rb") as stream:
        answers = stream.read()
    assert answers.startswith(b"HTTP/1.1 400")
    assert answers.count(b"HTTP/1.1 ") == 1


def test_an_encoded_slash_is_part_of_its_label(served: http.client.HTTPConnection) -> None:
    status, body = ask(served, "GET", f"{FARMS}/a%2Fsessions-statistics-aggregation")
    assert status == 400
    assert json.loads(body)["fieldList"][0]["name"] == "farmId"


def test_the_host_makes_no_difference(served: http.client.HTTPConnection) -> None:
    headers = {"Host": "management.deadline.us-east-1.amazonaws.com"}
    assert ask(served, "GET", FARMS, headers=headers)[0] == 200


def test_the_clock_is_moved_over_http(
    served: http.client.HTTPConnection, emulator: Emulator
) -> None:
    before = emulator.clock.now()
    status, body = ask(served, "POST", CLOCK_PATH, b'{"advance": 90000.5}')
    now = json.loads(body)
    assert status == 200
    assert before + 90_000.5 <= now["epoch"] <= emulator.clock.now()
    assert json.loads(ask(served, "GET", CLOCK_PATH)[1])["epoch"] >= now["epoch"]
    for wrong in (b"", b"{}", b"[]", b'{"advance": "1"}', b'{"advance": -1}', b'{"advance": true}'):
        assert ask(served, "POST", CLOCK_PATH, wrong)[0] == 400
    assert ask(served, "PUT", CLOCK_PATH, b"{}")[0] == 405
    assert emulator.clock.now() < before + 90_060


def test_an_exception_is_a_server_error_and_the_connection_goes_on() -> None:
    class Broken(Emulator):
        def answer(self, incoming: Incoming) -> Answer:
            if incoming.method == "POST":
                raise RuntimeError("broken on purpose")
            return super().answer(incoming)

    with start(Broken()) as url:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
        assert ask(connection, "POST", FARMS, b"{}") == (500, b"")
        assert ask(connection, "GET", FARMS)[0] == 200
        connection.close()


def test_ending_closes_the_connections() -> None:
    with start() as url:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
        assert ask(connection, "GET", FARMS)[0] == 200
        still_open = connection.sock
    assert still_open.recv(1) == b""
    connection.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com", ""])
def test_listens_on_this_machine_alone_unless_told_otherwise(host: str) -> None:
    assert not is_this_machine(host)
    with pytest.raises(UsageError, match="other machines"):
        serve(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_loopback_is_this_machine(host: str) -> None:
    assert is_this_machine(host)


def test_a_port_that_is_taken_or_none_is_the_users_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for port in (taken.getsockname()[1], 70_000):
            with pytest.raises(UsageError, match="cannot listen"):
                serve(port=port)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Whoever started the tests may have switched the signal off.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL) and None,
    ) as process:
        assert process.stdout
        assert process.stderr
        url = process.stdout.readline().strip()
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
        assert ask(connection, "GET", FARMS)[0] == 200
        process.send_signal(number)
        assert process.wait(20) == 0
        assert process.stderr.read() == ""
        connection.close()
