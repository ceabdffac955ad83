"""A stream of events that does not end is read as far as it comes in time."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest

from awsconform.conformance.bringing_up import SILENCES_BEFORE_GIVING_UP, OperationRun
from awsconform.conformance.evidence import observe
from awsconform.conformance.exchange import Case, Exchange, Intent, Purpose, Trouble
from awsconform.conformance.targets import connection
from awsconform.conformance.targets.http import HTTPTarget
from awsconform.conformance.targets.options import Options
from awsconform.conformance.wire.answers import read
from awsconform.conformance.wire.classification import Reaction
from awsconform.conformance.wire.responding import write
from awsconform.specs.catalog import load
from targets.misbehaving_server import Behaviour, serving

SUBSCRIBE = load("kinesis", "SubscribeToShard")
EVENT = {"Records": [], "ContinuationSequenceNumber": "1", "MillisBehindLatest": 0}
VALUE = {"EventStream": [{"SubscribeToShardEvent": EVENT}]}
BODY = write(SUBSCRIBE, VALUE).body
# The event alone, without the message a stream begins with.
FURTHER = BODY[len(write(SUBSCRIBE, {"EventStream": []}).body) :]
HEAD = b"HTTP/1.1 200 OK\r\nx-amzn-RequestId: 1\r\nContent-Type: %s\r\n\r\n"
STREAM = HEAD % b"application/vnd.amazon.eventstream"
JSON = HEAD % b"application/x-amz-json-1.1"


def going_on(sent: bytes) -> Behaviour:
    def behave(connection: socket.socket, request: bytes, over: threading.Event) -> None:
        connection.sendall(sent)
        over.wait()

    return behave


def exchanges(behave: Behaviour, count: int = 1, timeout: float = 60.0) -> list[Exchange]:
    with serving(behave) as server:
        target = HTTPTarget(server.url, options=Options(timeout=timeout))
        case = Case(SUBSCRIBE.id, Intent(Purpose.VALID), {})
        made = [target.send(SUBSCRIBE, case) for _ in range(count)]
        target.close()
    return made


@pytest.fixture(autouse=True)
def _listens_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "STREAM_SECONDS", 0.5)
    monkeypatch.setattr(connection, "PAUSE_SECONDS", 0.1)


def told(made: Exchange) -> list[Any]:
    assert made.trouble is None
    assert made.response is not None
    answer = read(SUBSCRIBE, made.response)
    assert answer.problems == ()
    assert answer.value is not None
    events: list[Any] = answer.value["EventStream"]
    return events


def test_what_came_of_a_stream_is_its_answer_long_before_the_time_is_over() -> None:
    for made in exchanges(going_on(STREAM + BODY + BODY[:20]), count=2):
        assert told(made) == VALUE["EventStream"]


def test_a_stream_that_never_pauses_is_listened_to_no_longer() -> None:
    def behave(connection: socket.socket, request: bytes, over: threading.Event) -> None:
        connection.sendall(STREAM + BODY)
        while not over.wait(0.02):
            connection.sendall(FURTHER)

    [made] = exchanges(behave)
    assert len(told(made)) > 1


def test_a_stream_that_ends_is_read_to_its_end() -> None:
    def behave(connection: socket.socket, request: bytes, over: threading.Event) -> None:
        connection.sendall(STREAM + BODY + FURTHER * 50)
        connection.shutdown(socket.SHUT_RDWR)

    [made] = exchanges(behave)
    assert len(told(made)) == 51


def test_a_stream_of_which_nothing_comes_is_quiet_and_not_hanging() -> None:
    [made] = exchanges(going_on(STREAM))
    assert made.trouble is Trouble.QUIET
    assert observe(SUBSCRIBE, made).reaction is Reaction.UNTYPED


def test_quiet_streams_are_no_reason_to_give_a_target_up() -> None:
    with serving(going_on(STREAM)) as server:
        target = HTTPTarget(server.url, options=Options(timeout=60.0))
        session = OperationRun(SUBSCRIBE, target, [], 0, 0)
        case = Case(SUBSCRIBE.id, Intent(Purpose.VALID), {})
        for _ in range(SILENCES_BEFORE_GIVING_UP + 1):
            session.send(SUBSCRIBE, case)
        target.close()
    assert session.silences == 0


def test_anything_else_that_goes_on_timed_out() -> None:
    [made] = exchanges(going_on(JSON + BODY), timeout=0.3)
    assert made.trouble is Trouble.TIMEOUT
