"""Streams of events are read message by message, and no frame is taken on trust."""

from __future__ import annotations

import base64
import copy
import json
import struct
from typing import Any
from zlib import crc32

import pytest
from botocore.eventstream import EventStreamBuffer
from hypothesis import example, given
from hypothesis import strategies as st

from awsconform.conformance.exchange import Case, HTTPResponse, Intent, Parsed, Purpose
from awsconform.conformance.wire import event_frames
from awsconform.conformance.wire.answers import Answer, AnswerKind, read, read_parsed
from awsconform.conformance.wire.event_frames import (
    STRING,
    Header,
    Message,
    decode,
    encode,
    whole_messages,
)
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.requests import encode as encode_request
from awsconform.conformance.wire.responding import write
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract
from awsconform.specs.streams import MEDIA_TYPE
from awsconform.specs.validation import failures
from wire.parsing import reading

SUBSCRIBE = load("kinesis", "SubscribeToShard")
TAIL = load("logs", "StartLiveTail")
SELECT = load("s3", "SelectObjectContent")
INVOKE = load("lambda", "InvokeWithResponseStream")
AGENT = load("bedrock-agent-runtime", "InvokeAgent")
DATA = base64.b64encode(b"\x00\xff data").decode()
WHEN = "2026-01-02T03:04:05Z"


def records(count: int) -> dict[str, Any]:
    one = {
        "SequenceNumber": "1",
        "Data": DATA,
        "PartitionKey": "k",
        "ApproximateArrivalTimestamp": WHEN,
    }
    shard = {"Records": [one] * count, "ContinuationSequenceNumber": "2", "MillisBehindLatest": 0}
    return {"SubscribeToShardEvent": shard}


STREAMS: list[tuple[Contract, dict[str, Any]]] = [
    (SUBSCRIBE, {"EventStream": [records(1), records(0), records(2)]}),
    (TAIL, {"responseStream": [{"sessionStart": {"requestId": "r", "logStreamNames": ["a"]}}]}),
    (
        SELECT,
        {
            "Payload": [
                {"Records": {"Payload": DATA}},
                {"Stats": {"Details": {"BytesScanned": 5, "BytesReturned": 2}}},
                {"Cont": {}},
                {"End": {}},
            ]
        },
    ),
    (
        INVOKE,
        {
            "StatusCode": 200,
            "ResponseStreamContentType": MEDIA_TYPE,
            "EventStream": [
                {"PayloadChunk": {"Payload": DATA}},
                {"InvokeComplete": {"ErrorCode": "x"}},
            ],
        },
    ),
    (
        AGENT,
        {
            "contentType": "text/plain",
            "sessionId": "s1",
            "completion": [{"chunk": {"bytes": DATA}}],
        },
    ),
]
IDS = [contract.id for contract, _ in STREAMS]
HEADERS = (("Content-Type", MEDIA_TYPE), ("x-amzn-RequestId", "1"))


def text(**headers: str) -> dict[str, Header]:
    return {f":{name.replace('_', '-')}": Header(STRING, value) for name, value in headers.items()}


def event(name: str, payload: bytes = b"", **more: str) -> Message:
    return Message(text(message_type="event", event_type=name, **more), payload)


INITIAL = event("initial-response", b"{}", content_type="application/json")


def answer(*messages: Message | bytes, contract: Contract = SUBSCRIBE) -> Answer:
    body = b"".join(each if isinstance(each, bytes) else encode(each) for each in messages)
    return read(contract, HTTPResponse(200, HEADERS, body))


def complaints(given: Answer) -> str:
    return " ".join(p.message for p in given.problems if p.kind == "eventstream")


@pytest.mark.parametrize(("contract", "value"), STREAMS, ids=IDS)
def test_reads_what_it_wrote_and_so_does_botocore(
    contract: Contract, value: dict[str, Any]
) -> None:
    response = write(contract, value)
    assert response.header("content-type") == MEDIA_TYPE
    given = read(contract, response)
    assert (given.kind, given.problems, given.unknown) == (AnswerKind.SUCCESS, (), ())
    assert given.value == value
    assert failures(contract, "response", given.value) == []
    assert reading(contract, response) == value


@pytest.mark.parametrize(("contract", "value"), STREAMS, ids=IDS)
def test_reads_what_an_sdk_gives_likewise(contract: Contract, value: dict[str, Any]) -> None:
    wire, sdk = read(contract, write(contract, value)), read_parsed(contract, Parsed(value))
    assert sdk.value == value
    inside = {path for path in wire.present if len(path) > 1}
    assert inside <= sdk.present


HEADER = st.one_of(
    st.sampled_from([Header(event_frames.TRUE, True), Header(event_frames.FALSE, False)]),
    st.integers(-128, 127).map(lambda n: Header(event_frames.BYTE, n)),
    st.integers(-(2**15), 2**15 - 1).map(lambda n: Header(event_frames.SHORT, n)),
    st.integers(-(2**31), 2**31 - 1).map(lambda n: Header(event_frames.INTEGER, n)),
    st.integers(-(2**63), 2**63 - 1).map(lambda n: Header(event_frames.LONG, n)),
    st.binary(max_size=9).map(lambda raw: Header(event_frames.BYTES, raw)),
    st.text(max_size=9).map(lambda string: Header(event_frames.STRING, string)),
    st.integers(0, 2**40).map(lambda n: Header(event_frames.TIMESTAMP, n)),
    st.binary(min_size=16, max_size=16).map(lambda raw: Header(event_frames.UUID, raw)),
)
MESSAGES = st.builds(
    Message, st.dictionaries(st.text(min_size=1, max_size=9), HEADER, max_size=4), st.binary()
)


@given(st.lists(MESSAGES, max_size=4))
def test_frames_are_those_botocore_reads(messages: list[Message]) -> None:
    body = b"".join(encode(message) for message in messages)
    assert decode(body) == (messages, [])
    buffer = EventStreamBuffer()
    buffer.add_data(body)
    theirs = [(each.headers, each.payload) for each in buffer]
    ours = [({n: h.value for n, h in each.headers.items()}, each.payload) for each in messages]
    assert theirs == ours


@given(st.sampled_from(STREAMS), st.data())
def test_survives_mutated_bytes(
    stream: tuple[Contract, dict[str, Any]], data: st.DataObject
) -> None:
    contract, value = stream
    body = bytearray(write(contract, value).body)
    for _ in range(data.draw(st.integers(0, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    body = body[: data.draw(st.integers(0, len(body)))]
    given = read(contract, HTTPResponse(200, HEADERS, bytes(body)))
    if bytes(body) != write(contract, value).body:
        assert given.problems or given.value != value
    if given.value is not None:
        json.dumps(given.value, allow_nan=False).encode()
        failures(contract, "response", given.value)


@given(st.sampled_from(STREAMS), MESSAGES, st.binary(max_size=50))
@example(STREAMS[0], Message(text(message_type="exception")), b"{")
@example(STREAMS[0], Message(text(message_type="exception", exception_type="x"), b"\xff"), b"")
def test_survives_whole_messages_of_any_content(
    stream: tuple[Contract, dict[str, Any]], message: Message, payload: bytes
) -> None:
    contract, value = stream
    name = next(iter(value[next(reversed(value))][0]))
    for each in (message, event(name, payload), Message({**INITIAL.headers}, payload)):
        given = read(contract, HTTPResponse(200, HEADERS, encode(each)))
        if given.value is not None:
            failures(contract, "response", given.value)


@given(st.binary(max_size=80))
@example(
    struct.pack(">II", 2**32 - 1, 0) + struct.pack(">I", crc32(struct.pack(">II", 2**32 - 1, 0)))
)
def test_survives_any_bytes(body: bytes) -> None:
    given = read(SELECT, HTTPResponse(200, HEADERS, body))
    assert given.kind is (AnswerKind.UNREADABLE if body else AnswerKind.SUCCESS)


def damaged(position: int) -> bytes:
    body = bytearray(encode(event("SubscribeToShardEvent", b"{}")))
    body[position] ^= 1
    return bytes(body)


def framed(headers: bytes, payload: bytes = b"") -> bytes:
    lengths = struct.pack(">II", 16 + len(headers) + len(payload), len(headers))
    whole = lengths + struct.pack(">I", crc32(lengths)) + headers + payload
    return whole + struct.pack(">I", crc32(whole))


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (damaged(0), "checksum of the prelude"),
        (damaged(8), "checksum of the prelude"),
        (damaged(20), "checksum of the message"),
        (damaged(-1), "checksum of the message"),
        (encode(INITIAL)[:-1], "are announced"),
        (encode(INITIAL)[:9], "cut off in the prelude"),
        (framed(b"\x01a\x0a"), "type 10"),
        (framed(b"\x05a"), "cut off"),
        (framed(b"\x01\xff\x00"), "not UTF-8"),
        (framed(b"\x01a\x07\x00\x05b"), "cut off"),
        (framed(b"\x00\x00"), "without a name"),
        (framed(b"\x01a\x00\x01a\x01"), "stands twice"),
        (struct.pack(">III", 15, 0, crc32(struct.pack(">II", 15, 0))), "no room"),
        (framed(b"", b""), ":message-type is None"),
    ],
)
def test_finds_what_is_wrong_with_a_frame(part: bytes, told: str) -> None:
    given = answer(INITIAL, event("SubscribeToShardEvent", b"{}"), part)
    assert told in complaints(given)
    assert given.value == {"EventStream": [{"SubscribeToShardEvent": {}}]}


def test_a_first_message_that_cannot_be_trusted_leaves_nothing_to_read() -> None:
    assert answer(damaged(0)).kind is AnswerKind.UNREADABLE


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (event("Unheard"), "not documented"),
        (Message(text(message_type="event")), "without the string :event-type"),
        (
            Message({**text(message_type="event"), ":event-type": Header(4, 1)}),
            "without the string",
        ),
        (Message({":message-type": Header(4, 1)}), ":message-type"),
        (Message(text(message_type="surprise")), "'surprise'"),
        (event("SubscribeToShardEvent", b"{}", content_type="text/xml"), "'text/xml'"),
        (event("SubscribeToShardEvent", b"{"), "cannot be read"),
        (event("SubscribeToShardEvent", b"[]"), "no structure"),
        (event("SubscribeToShardEvent", b'{"a":1,"a":2}'), "twice"),
    ],
)
def test_finds_what_is_wrong_with_a_message(message: Message, told: str) -> None:
    assert told in complaints(answer(INITIAL, message))


def test_an_rpc_stream_begins_with_the_other_members() -> None:
    assert "initial-response" in complaints(answer(event("SubscribeToShardEvent", b"{}")))
    assert "initial-response" in complaints(answer())
    assert complaints(answer(INITIAL)) == ""
    wrong = event("initial-response", b"[]", content_type="text/plain")
    assert "text/plain" in complaints(answer(wrong))
    assert "no structure" in complaints(answer(wrong))
    assert "Unterminated" in complaints(answer(event("initial-response", b'{"a')))


def test_a_stream_of_another_content_type_is_told() -> None:
    headers = (("Content-Type", "application/json"), HEADERS[1])
    given = read(SUBSCRIBE, HTTPResponse(200, headers, encode(INITIAL)))
    assert [problem.kind for problem in given.problems] == ["content-type"]


def test_an_exception_in_the_stream_is_an_error_answer() -> None:
    thrown = text(
        message_type="exception",
        exception_type="ResourceInUseException",
        content_type="application/json",
    )
    given = answer(INITIAL, Message(thrown, b'{"message":"busy","more":1}'))
    assert (given.kind, given.code, given.status) == (
        AnswerKind.ERROR,
        "ResourceInUseException",
        None,
    )
    assert given.value == {"message": "busy", "more": 1}
    assert given.present == {("ResourceInUseException",), ("ResourceInUseException", "message")}
    assert given.unknown == (("ResourceInUseException", "more"),)


def test_messages_behind_an_exception_are_told() -> None:
    thrown = Message(text(message_type="exception", exception_type="ResourceInUseException"), b"{}")
    assert "follows" not in complaints(answer(INITIAL, thrown))
    late = event("SubscribeToShardEvent", b"{}")
    assert "message 2: it follows an exception" in complaints(answer(INITIAL, thrown, late))


def test_a_stream_inside_the_first_message_is_told() -> None:
    doubled = event("initial-response", b'{"EventStream":[]}', content_type="application/json")
    given = answer(doubled)
    assert "'EventStream' is the stream" in complaints(given)
    assert given.value == {"EventStream": []}


def test_an_exception_only_the_stream_has_goes_by_its_shapes_name() -> None:
    thrown = text(message_type="exception", exception_type="SessionTimeoutException")
    given = answer(INITIAL, Message(thrown, b'{"message":"late"}'), contract=TAIL)
    assert (given.code, given.value, complaints(given)) == (
        "SessionTimeoutException", {"message": "late"}, "",
    )  # fmt: skip


def test_an_error_without_a_model_is_an_error_answer() -> None:
    headers = text(message_type="error", error_code="InternalError", error_message="oh")
    given = answer(INITIAL, Message(headers))
    assert (given.kind, given.code, given.value) == (
        AnswerKind.ERROR, "InternalError", {"message": "oh"},
    )  # fmt: skip
    for kind in ("error", "exception"):
        nameless = answer(INITIAL, Message(text(message_type=kind)))
        assert nameless.code is None
        assert "without the string" in complaints(nameless)
    unheard = Message(text(message_type="exception", exception_type="Odd"))
    assert "'Odd' is not documented" in complaints(answer(INITIAL, unheard))


def test_events_are_held_against_their_own_schemas() -> None:
    wrong = records(1)
    wrong["SubscribeToShardEvent"]["Records"][0]["PartitionKey"] = 5
    del wrong["SubscribeToShardEvent"]["MillisBehindLatest"]
    found = failures(SUBSCRIBE, "response", {"EventStream": [records(1), wrong]})
    shard = ("EventStream", "SubscribeToShardEvent")
    assert {(failure.path, failure.keyword) for failure in found} == {
        ((*shard, "Records", "*", "PartitionKey"), "type"),
        ((*shard, "MillisBehindLatest"), "required"),
    }
    assert found[0].pointer[:2] == ("EventStream", 1)
    [mistaken] = failures(SUBSCRIBE, "response", {"EventStream": {}})
    assert (mistaken.path, mistaken.keyword) == (("EventStream",), "type")


def placed(members: dict[str, tuple[str, dict[str, Any]]]) -> Contract:
    """SelectObjectContent with an event whose members stand where `members` says."""
    document = copy.deepcopy(SELECT.document)
    definitions = document["$defs"]
    schema: dict[str, Any] = {"type": "object", "properties": {}, "aws": {"type": "structure"}}
    schema["aws"]["event"] = True
    for name, (trait, target) in members.items():
        definitions[f"Of{name}"] = target
        schema["properties"][name] = {"$ref": f"#/$defs/Of{name}", "aws": {trait: True}}
    definitions["Placed"] = schema
    reference = definitions["SelectObjectContentOutput"]["properties"]["Payload"]["$ref"]
    definitions[reference.rpartition("/")[2]]["properties"]["Placed"] = {"$ref": "#/$defs/Placed"}
    return Contract(document)


def of(kind: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "aws": {"type": kind, "timestampFormat": "iso8601"}}


TYPES = {
    "boolean": ({"type": "boolean"}, True),
    "byte": ({"type": "integer"}, -3),
    "short": ({"type": "integer"}, 300),
    "integer": ({"type": "integer"}, 70000),
    "long": ({"type": "integer"}, 2**40),
    "blob": ({"type": "string"}, DATA),
    "string": ({"type": "string"}, "é"),
    "timestamp": ({"type": "string"}, "2026-01-02T03:04:05.25Z"),
}


def test_members_may_stand_in_headers_of_their_type() -> None:
    contract = placed({k: ("eventheader", of(k, schema)) for k, (schema, _) in TYPES.items()})
    value = {"Payload": [{"Placed": {kind: sample for kind, (_, sample) in TYPES.items()}}]}
    given = read(contract, write(contract, value))
    assert (given.value, given.problems) == (value, ())
    wrong = encode(Message({**event("Placed").headers, "byte": Header(event_frames.LONG, 5)}))
    told = read(contract, HTTPResponse(200, HEADERS, wrong))
    assert "'byte' is a long" in complaints(told)
    for kind in TYPES:
        with pytest.raises(NotExpressible):
            write(contract, {"Payload": [{"Placed": {kind: {}}}]})
    with pytest.raises(NotExpressible):
        write(contract, {"Payload": [{"Placed": {"byte": 1000}}]})
    with pytest.raises(NotExpressible):
        write(contract, {"Payload": [{"Placed": {"string": "x" * 40_000}}]})


def test_a_member_that_is_text_may_be_the_payload() -> None:
    contract = placed({"Words": ("eventpayload", of("string", {"type": "string"}))})
    value = {"Payload": [{"Placed": {"Words": "é"}}, {"Placed": {"Words": ""}}]}
    given = read(contract, write(contract, value))
    assert (given.value, given.problems) == (value, ())
    broken = answer(event("Placed", b"\xff", content_type="text/html"), contract=contract)
    assert "not UTF-8" in complaints(broken)
    assert "'text/html'" in complaints(broken)


@pytest.mark.parametrize(
    "events",
    [
        {},
        ["x"],
        [{}],
        [{"Records": {}, "End": {}}],
        [{"Unheard": {}}],
        [{"End": 5}],
        [{"Records": {"Payload": 5}}],
        [{"Records": {"Payload": "not base64"}}],
        [{"Records": {"Payload": DATA, "More": 1}}],
    ],
)
def test_refuses_to_write_what_is_no_stream(events: Any) -> None:
    with pytest.raises(NotExpressible):
        write(SELECT, {"Payload": events})


def test_a_stream_that_goes_on_is_cut_after_its_last_whole_message() -> None:
    whole = encode(INITIAL) * 2
    for rest in (b"", b"\x00", encode(INITIAL)[:-1]):
        assert whole_messages(whole + rest) == whole
    assert whole_messages(bytes(20)) == bytes(20)


def test_cbor_streams_are_asked_for_and_read() -> None:
    document = copy.deepcopy(SUBSCRIBE.document)
    document["aws"] |= {"protocol": "rpc-v2-cbor", "targetPrefix": "Kinesis"}
    contract = Contract(document)
    request = encode_request(contract, Case(contract.id, Intent(Purpose.VALID), {}))
    assert dict(request.headers)["Accept"] == MEDIA_TYPE
    value = {"EventStream": [records(2)]}
    response = write(contract, value)
    given = read(contract, response)
    assert (given.value, given.problems) == (value, ())
    assert reading(contract, response) == value
