"""Answers that are streams of events: messages to logical JSON and back.

The value of the stream's member is a list of objects with one member each, the event's, in the
order in which the events came. An exception in the stream makes the answer an error.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Any

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.wire.answer import Answer, AnswerKind, Problem
from awsconform.conformance.wire.event_content import Content, Readers
from awsconform.conformance.wire.event_frames import (
    STRING,
    Header,
    Message,
    decode,
    encode,
)
from awsconform.conformance.wire.event_members import EventReader, media_type_problem, message_of
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.json_reader import Findings, JsonReader
from awsconform.conformance.wire.part_reader import Forms, part_reader
from awsconform.conformance.wire.responses import content_type_problem, declared_code, wire_problem
from awsconform.specs.contract import Contract, Schema
from awsconform.specs.streams import MEDIA_TYPE, stream_member

INITIAL = "initial-response"


@dataclass
class _Stream:
    """What is known of a stream while its messages are read."""

    contract: Contract
    content: Content
    member: str
    readers: Readers
    initial: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    problems: list[Problem] = field(default_factory=list)

    def tell(self, number: int, message: str) -> None:
        self.problems.append(wire_problem("eventstream", f"message {number}: {message}"))


def read(
    contract: Contract,
    response: HTTPResponse,
    problems: list[Problem],
    content: Content,
    *,
    located: bool,
    forms: Forms = JsonReader,
) -> Answer:
    """A successful answer whose output is a stream.

    `located` says whether the other members stand in headers, as in REST protocols; else they are
    in a first message.
    """
    member = stream_member(contract, contract.output_shape)
    assert member is not None
    problems += content_type_problem(response, MEDIA_TYPE)
    messages, told = decode(response.body)
    problems += [wire_problem("eventstream", message) for message in told]
    if told and not messages:
        return Answer(AnswerKind.UNREADABLE, response.status, problems=tuple(problems))
    stream = _Stream(contract, content, member, content.readers(contract, "response", ()))
    failed = _read_messages(stream, messages, located=located)
    problems += stream.problems
    if failed is not None:
        return _failure(contract, failed, content, problems)
    head = part_reader(contract, "response", wire=True, located=located, forms=forms)
    reading = head.read(stream.initial, response if located else None)
    paths, findings = stream.readers.paths, stream.findings
    return Answer(
        AnswerKind.SUCCESS,
        response.status,
        {**reading.value, member: stream.events},
        None,
        None,
        (*problems, *reading.problems, *findings.problems),
        reading.present | {(member,)} | {paths[number] for number in findings.present},
        (*reading.nulls, *(paths[number] for number in sorted(findings.nulls))),
        (*reading.unknown, *findings.unknown),
    )


def body(contract: Contract, value: dict[str, Any], content: Content, *, located: bool) -> bytes:
    """The messages of a response, with the one for the other members where there is to be one.

    Raises:
        NotExpressible: the stream is no list of events, or a member has no form in a message.
    """
    member = stream_member(contract, contract.output_shape)
    assert member is not None
    output = contract.definitions[contract.output_shape or ""]
    events = contract.resolve(output["properties"][member])["properties"]
    written = b""
    if not located:
        rest = {name: item for name, item in value.items() if name != member}
        schema: Schema = {"$ref": f"#/$defs/{contract.output_shape}"}
        payload = content.write(contract, schema, rest, "response")
        media_type = Header(STRING, content.media_types[0])
        written = _framed(INITIAL, {":content-type": media_type}, payload, "response")
    stated = value.get(member, [])
    if not isinstance(stated, list):
        raise NotExpressible(f"response/{member}", "a stream is a list of events")
    for event in stated:
        if not isinstance(event, dict) or len(event) != 1 or next(iter(event)) not in events:
            raise NotExpressible(f"response/{member}", "an event has one member that is documented")
        ((name, inside),) = event.items()
        path = f"response/{member}/{name}"
        headers, payload = message_of(contract, content, events[name], inside, path)
        written += _framed(name, headers, payload, path)
    return written


def _framed(name: str, headers: dict[str, Header], payload: bytes, path: str) -> bytes:
    kind = {":message-type": Header(STRING, "event"), ":event-type": Header(STRING, name)}
    try:
        return encode(Message({**kind, **headers}, payload))
    except (ValueError, struct.error) as error:
        raise NotExpressible(path, str(error)) from None


def _read_messages(stream: _Stream, messages: list[Message], *, located: bool) -> Message | None:
    """Reads all messages up to the first that is an error, which is given back."""
    if not located and (not messages or messages[0].text(":event-type") != INITIAL):
        stream.tell(0, f"the first event is to be {INITIAL}")
    for number, message in enumerate(messages):
        kind = message.text(":message-type")
        if kind in ("exception", "error"):
            if number + 1 < len(messages):
                stream.tell(number + 1, f"it follows an {kind}, which ends the stream")
            return message
        if kind != "event":
            stream.tell(number, f":message-type is {kind!r}, not event, exception or error")
            continue
        name = message.text(":event-type")
        if name == INITIAL and number == 0 and not located:
            _read_initial(stream, message)
        elif name is None:
            stream.tell(number, "an event without the string :event-type")
        else:
            _read_event(stream, number, name, message)
    return None


def _read_initial(stream: _Stream, message: Message) -> None:
    if not message.payload:
        return
    wrong = media_type_problem(message, stream.content.media_types)
    if wrong:
        stream.tell(0, wrong)
    try:
        value, told = stream.content.parse(message.payload)
    except (ValueError, RecursionError) as error:
        stream.tell(0, str(error))
        return
    for each in told:
        stream.tell(0, each)
    if not isinstance(value, dict):
        stream.tell(0, "the payload is no structure")
        return
    if stream.member in value:
        stream.tell(0, f"{stream.member!r} is the stream, and no member of its first message")
    stream.initial = value


def _read_event(stream: _Stream, number: int, name: str, message: Message) -> None:
    contract, member = stream.contract, stream.member
    output = contract.definitions[contract.output_shape or ""]
    events = contract.resolve(output["properties"][member])["properties"]
    if name not in events:
        stream.tell(number, f"the event {name!r} is not documented")
        return
    path, at = (member, name), ((((), member), len(stream.events)), name)
    reader = EventReader(contract, stream.content, stream.readers, events[name], path)
    stream.findings.present.add(stream.readers.number(path))
    value = reader.read(message, at, stream.findings, lambda wrong: stream.tell(number, wrong))
    stream.events.append({name: value})


def _failure(
    contract: Contract, message: Message, content: Content, problems: list[Problem]
) -> Answer:
    """The error that an exception in a stream is; it has no HTTP status of its own."""

    def tell(wrong: str) -> None:
        problems.append(wire_problem("eventstream", wrong))

    if message.text(":message-type") == "error":
        code = message.text(":error-code")
        if code is None:
            tell("an error without the string :error-code")
        value = {"message": message.text(":error-message") or ""}
        return Answer(AnswerKind.ERROR, None, value, code, ":error-code", tuple(problems))
    stated = message.text(":exception-type")
    if stated is None:
        tell("an exception without the string :exception-type")
    shape = _exception_shape(contract, stated)
    code = declared_code(contract, shape or stated)
    if shape is None or code is None:
        tell(f"the exception {stated!r} is not documented")
        return Answer(AnswerKind.ERROR, None, {}, code, ":exception-type", tuple(problems))
    declared = code in contract.errors
    root = (code,) if declared else ()
    readers = content.readers(contract, "errors", root)
    findings = Findings()
    findings.present.add(readers.number(root))
    reference = {"$ref": f"#/$defs/{shape}"}
    value = EventReader(contract, content, readers, reference, root).read(
        message, (), findings, tell
    )
    paths = readers.paths
    return Answer(
        AnswerKind.ERROR,
        None,
        value,
        code,
        ":exception-type",
        (*problems, *(findings.problems if declared else ())),
        frozenset(paths[number] for number in findings.present) if declared else frozenset(),
        tuple(paths[number] for number in sorted(findings.nulls)) if declared else (),
        tuple(findings.unknown) if declared else (),
    )


def _exception_shape(contract: Contract, stated: str | None) -> str | None:
    """The shape of the stream's member that an exception names."""
    member = stream_member(contract, contract.output_shape)
    output = contract.definitions[contract.output_shape or ""]
    events = contract.resolve(output["properties"][member])["properties"]
    reference = events.get(stated, {}).get("$ref")
    return reference.removeprefix("#/$defs/") if reference else None
