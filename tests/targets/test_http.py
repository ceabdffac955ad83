"""However a server misbehaves, an exchange ends in time and says what went wrong."""

from __future__ import annotations

import socket
import threading

import pytest

from awsconform.conformance.exchange import Case, Exchange, Intent, Purpose, Trouble, View
from awsconform.conformance.targets.http import HTTPTarget
from awsconform.conformance.targets.locator import Options, open_target
from awsconform.errors import TargetError, TargetRefused, TargetUnreachable
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract
from targets.misbehaving_server import (
    RIGHT,
    Behaviour,
    answering,
    dripping,
    dropping,
    flooding,
    hanging,
    serving,
)

LIST_FARMS = load("deadline", "ListFarms")
CREATE_FARM = load("deadline", "CreateFarm")
QUICK = Options(timeout=0.3, response_limit=100_000)
PATIENT = Options(timeout=20.0, response_limit=100_000)


def case(contract: Contract = LIST_FARMS, **value: object) -> Case:
    return Case(contract.operation, Intent(Purpose.VALID), value)


def exchange(behaviour: Behaviour, options: Options = PATIENT) -> Exchange:
    with serving(behaviour) as server:
        target = HTTPTarget(server.url, options=options)
        made = target.send(LIST_FARMS, case())
        target.close()
    return made


def test_returns_the_raw_response() -> None:
    made = exchange(answering(RIGHT))
    assert made.trouble is None
    assert made.view is View.WIRE
    assert made.response is not None
    assert (made.response.status, made.response.body) == (200, b'{"farms":[]}')
    assert made.response.header("X-AMZN-REQUESTID") == "1"


def test_sends_a_signed_request_and_shows_no_signature() -> None:
    with serving(answering(RIGHT)) as server:
        target = HTTPTarget(f"{server.url}/base/")
        made = target.send(LIST_FARMS, case(maxResults=5))
        target.close()
    head = server.requests[0].decode().split("\r\n")
    assert head[0] == "GET /base/2023-10-12/farms?maxResults=5 HTTP/1.1"
    assert f"Host: {server.url.removeprefix('http://')}" in head
    assert any("/us-east-1/deadline/aws4_request" in line for line in head)
    assert any(line.startswith("User-Agent: Botocore/") for line in head), "as of any SDK"
    assert made.request is not None
    assert dict(made.request.headers)["Authorization"] == "[hidden]"


def test_uses_one_connection_for_many_requests() -> None:
    with serving(answering(RIGHT)) as server:
        target = HTTPTarget(server.url)
        assert all(target.send(LIST_FARMS, case()).trouble is None for _ in range(5))
        target.close()
    assert (server.connections, len(server.requests)) == (1, 5)


@pytest.mark.parametrize(
    "behaviour",
    [
        hanging,
        dripping(b""),
        dripping(b"HTTP/1.1 200 OK\r\nX: "),
        dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n"),
        dripping(b"HTTP/1.1 200 OK\r\n\r\n"),
    ],
)
def test_ends_in_time_whatever_trickles_in(behaviour: Behaviour) -> None:
    assert exchange(behaviour, QUICK).trouble is Trouble.TIMEOUT


@pytest.mark.parametrize(
    "before",
    [
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff0\r\n",
    ],
)
def test_stops_reading_an_endless_answer(before: bytes) -> None:
    assert exchange(flooding(before)).trouble is Trouble.TOO_LARGE


@pytest.mark.parametrize("before", [b"", b"HTTP/1.1 200 OK\r\nX: "])
def test_stops_reading_an_endless_head(before: bytes) -> None:
    assert exchange(flooding(before)).trouble is Trouble.NOT_HTTP


@pytest.mark.parametrize(
    "behaviour",
    [
        dropping,
        answering(b"HTTP/1.1 200"),
        answering(b"HTTP/1.1 200 OK\r\nX: 1"),
        answering(b"HTTP/1.1 200 OK\r\nX: 1\r\n"),
    ],
)
def test_tells_a_connection_dropped_before_the_head_is_over(behaviour: Behaviour) -> None:
    assert exchange(behaviour).trouble is Trouble.DROPPED


def test_tells_a_body_that_is_cut_off() -> None:
    def behave(connection: socket.socket, request: bytes, over: threading.Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")
        connection.shutdown(socket.SHUT_RDWR)

    assert exchange(behave).trouble is Trouble.DROPPED


@pytest.mark.parametrize(
    "raw", [b"garbage\r\n\r\n", b"\x00\xff\r\n", b"220 smtp\r\n", b"HTTP/x\r\n"]
)
def test_tells_what_is_no_http(raw: bytes) -> None:
    assert exchange(answering(raw)).trouble is Trouble.NOT_HTTP


def test_follows_no_redirection() -> None:
    with serving(answering(RIGHT)) as elsewhere:
        raw = f"HTTP/1.1 307 X\r\nLocation: {elsewhere.url}/\r\nContent-Length: 0\r\n\r\n"
        made = exchange(answering(raw.encode()))
    assert made.response is not None
    assert made.response.status == 307
    assert elsewhere.requests == []


def test_uses_no_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answering(RIGHT)) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert exchange(answering(RIGHT)).trouble is None
    assert proxy.requests == []


def closing_after(answers: int) -> Behaviour:
    """Keeps a connection for some requests; the next one on it is dropped unanswered."""
    counts: dict[socket.socket, int] = {}

    def behave(connection: socket.socket, request: bytes, over: threading.Event) -> None:
        counts[connection] = counts.get(connection, 0) + 1
        if counts[connection] > answers:
            connection.shutdown(socket.SHUT_RDWR)
        else:
            connection.sendall(RIGHT)

    return behave


def test_takes_a_stale_connection_for_no_fault_of_the_server() -> None:
    with serving(closing_after(1)) as server:
        target = HTTPTarget(server.url)
        troubles = [target.send(LIST_FARMS, case()).trouble for _ in range(3)]
        target.close()
    assert troubles == [None, None, None]
    assert server.connections == 3


def test_repeats_nothing_on_a_fresh_connection() -> None:
    with serving(dropping) as server:
        target = HTTPTarget(server.url)
        assert target.send(LIST_FARMS, case()).trouble is Trouble.DROPPED
        target.close()
    assert len(server.requests) == 1


def test_repeats_nothing_that_was_answered_in_part() -> None:
    def behave(connection: socket.socket, request: bytes, over: threading.Event) -> None:
        if b"maxResults" in request:
            connection.sendall(b"HTTP/1.1 200")
            connection.shutdown(socket.SHUT_RDWR)
        else:
            connection.sendall(RIGHT)

    with serving(behave) as server:
        target = HTTPTarget(server.url)
        assert target.send(LIST_FARMS, case()).trouble is None
        assert target.send(LIST_FARMS, case(maxResults=5)).trouble is Trouble.DROPPED
        target.close()
    assert len(server.requests) == 2


def test_recovers_after_trouble() -> None:
    def behave(connection: socket.socket, request: bytes, over: threading.Event) -> None:
        if b"maxResults" in request:
            over.wait()
        connection.sendall(RIGHT)

    with serving(behave) as server:
        target = HTTPTarget(server.url, options=QUICK)
        assert target.send(LIST_FARMS, case(maxResults=5)).trouble is Trouble.TIMEOUT
        assert target.send(LIST_FARMS, case()).trouble is None
        target.close()


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def test_tells_that_nothing_is_there() -> None:
    target = HTTPTarget(f"http://127.0.0.1:{closed_port()}")
    assert target.send(LIST_FARMS, case()).trouble is Trouble.UNREACHABLE
    with pytest.raises(TargetUnreachable) as caught:
        target.probe()
    assert caught.value.exit_code == 3


def test_tells_plain_http_where_tls_is_due() -> None:
    with serving(answering(RIGHT)) as server:
        target = HTTPTarget(server.url.replace("http:", "https:"), options=QUICK)
        assert target.send(LIST_FARMS, case()).trouble is Trouble.UNREACHABLE
        target.close()


def test_sends_nothing_that_has_no_wire_form() -> None:
    with serving(answering(RIGHT)) as server:
        target = HTTPTarget(server.url)
        made = target.send(LIST_FARMS, case(maxResults="5"))
        target.close()
    assert (made.trouble, made.request) == (Trouble.CLIENT_REFUSED, None)
    assert "maxResults" in made.detail
    assert server.requests == []


@pytest.mark.parametrize(
    "url",
    [
        "https://deadline.us-east-1.amazonaws.com",
        "https://AMAZONAWS.com.",
        "http://x.amazonaws.com.cn:8080",
        "https://lambda.us-east-1.api.aws",
        "https://x.lambda-url.eu-west-1.on.aws",
    ],
)
def test_refuses_real_aws(url: str) -> None:
    with pytest.raises(TargetRefused, match="AWS"):
        open_target(url)


def test_lets_only_reading_operations_through_to_aws() -> None:
    target = HTTPTarget("https://deadline.us-east-1.amazonaws.com", options=Options(allow_aws=True))
    made = target.send(CREATE_FARM, case(CREATE_FARM, displayName="x"))
    assert (made.trouble, made.request) == (Trouble.CLIENT_REFUSED, None)
    assert "CreateFarm" in made.detail


@pytest.mark.parametrize("host", ["amazonaws.com.example.org", "myamazonaws.com", "localhost"])
def test_does_not_take_other_hosts_for_aws(host: str) -> None:
    assert not HTTPTarget(f"http://{host}").is_aws


@pytest.mark.parametrize(
    "url",
    ["http://", "http://:80", "http://h:port", "http://h:99999", "http://u:p@h", "http://h/?a=1"],
)
def test_refuses_a_malformed_address(url: str) -> None:
    with pytest.raises(TargetError):
        open_target(url)


def test_moves_the_clock_of_a_server_that_offers_it() -> None:
    def behave(connection: socket.socket, request: bytes, over: threading.Event) -> None:
        clock = b"X-Clock: /_awsconform/clock\r\n"
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + clock + b"Content-Length: 2\r\n\r\n{}")

    with serving(behave) as server:
        target = HTTPTarget(server.url)
        move = target.advance_clock
        assert move is not None
        move(60.5)
        assert target.advance_clock is move
        target.close()
    assert [request.split(b"\r\n\r\n")[1] for request in server.requests] == [
        b"",
        b'{"advance": 0}',
        b'{"advance": 60.5}',
    ]


def test_has_no_clock_where_the_server_offers_none() -> None:
    with serving(answering(b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n")) as server:
        target = HTTPTarget(server.url)
        assert target.advance_clock is None
        assert target.advance_clock is None
        target.close()
    assert len(server.requests) == 1
    assert b"awsconform" not in server.requests[0]


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254",
        "169.254.170.2",
        "169.254.170.23",
        "[fd00:ec2::254]",
        "[fd00:0ec2:0::0254]",
        "[::ffff:169.254.169.254]",
        "2852039166",
        "0xa9fea9fe",
        "169.254.43518",
    ],
)
def test_refuses_the_addresses_of_instance_metadata_in_every_form(host: str) -> None:
    with pytest.raises(TargetRefused):
        HTTPTarget(f"http://{host}:80/latest")


@pytest.mark.parametrize("host", ["169.254.1.1", "[fd00:ec3::254]", "127.0.0.1", "[::1]"])
def test_other_addresses_are_not_those_of_instance_metadata(host: str) -> None:
    assert not HTTPTarget(f"http://{host}").is_aws
