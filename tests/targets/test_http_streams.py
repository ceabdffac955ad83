"""A stream of events that does not end is read as far as it comes in time."""

from __future__ import annotations

import socket
import threading

from awsconform.conformance.exchange import Case, Exchange, Intent, Purpose, Trouble
from awsconform.conformance.targets.http import HTTPTarget
from awsconform.conformance.targets.options import Options
from awsconform.conformance.wire.answers import read
from awsconform.conformance.wire.responding import write
from awsconform.specs.catalog import load
from targets.misbehaving_server import Behaviour, serving

SUBSCRIBE = load("kinesis", "SubscribeToShard")
EVENT = {"Records": [], "ContinuationSequenceNumber": "1", "MillisBehindLatest": 0}
VALUE = {"EventStream": [{"SubscribeToShardEvent": EVENT}]}
BODY = write(SUBSCRIBE, VALUE).body
HEAD = b"HTTP/1.1 200 OK\r\nx-amzn-RequestId: 1\r\nContent-Type: %s\r\n\r\n"
STREAM = HEAD % b"application/vnd.amazon.eventstream"
JSON = HEAD % b"application/x-amz-json-1.1"


def going_on(sent: bytes) -> Behaviour:
    def behave(connection: socket.socket, request: bytes, over: threading.Event) -> None:
        connection.sendall(sent)
        over.wait()

    return behave


def exchanges(sent: bytes, count: int = 1) -> list[Exchange]:
    with serving(going_on(sent)) as server:
        target = HTTPTarget(server.url, options=Options(timeout=0.3))
        case = Case(SUBSCRIBE.id, Intent(Purpose.VALID), {})
        made = [target.send(SUBSCRIBE, case) for _ in range(count)]
        target.close()
    return made


def test_what_came_of_a_stream_is_its_answer() -> None:
    for made in exchanges(STREAM + BODY + BODY[:20], count=2):
        assert made.trouble is None
        assert made.response is not None
        answer = read(SUBSCRIBE, made.response)
        assert (answer.value, answer.problems) == (VALUE, ())


def test_a_stream_of_which_nothing_came_timed_out() -> None:
    [made] = exchanges(STREAM)
    assert made.trouble is Trouble.TIMEOUT


def test_anything_else_that_goes_on_timed_out() -> None:
    [made] = exchanges(JSON + BODY)
    assert made.trouble is Trouble.TIMEOUT
