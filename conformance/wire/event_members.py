"""The members of one event: in headers of its message, or in its payload."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from awsconform.conformance.wire import event_frames, timestamps
from awsconform.conformance.wire.event_content import Content, Readers
from awsconform.conformance.wire.event_frames import STRING, Header, Message
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.json_reader import At, Findings
from awsconform.conformance.wire.text import is_base64
from awsconform.specs.contract import Contract, Schema, SegmentPath

OCTETS, PLAIN = "application/octet-stream", "text/plain"
_HEADER_TYPES = {
    "boolean": (event_frames.TRUE, event_frames.FALSE),
    "byte": (event_frames.BYTE,),
    "short": (event_frames.SHORT,),
    "integer": (event_frames.INTEGER,),
    "long": (event_frames.LONG,),
    "blob": (event_frames.BYTES,),
    "string": (event_frames.STRING,),
    "timestamp": (event_frames.TIMESTAMP,),
}
Tell = Callable[[str], None]


def media_type_problem(message: Message, due: tuple[str, ...]) -> str | None:
    """What is wrong with the content type of a message, which need not state one."""
    if ":content-type" not in message.headers:
        return None
    stated = message.text(":content-type")
    if stated is None:
        return ":content-type is no string"
    if stated.partition(";")[0].strip().lower() in due:
        return None
    return f":content-type is {stated!r}, {due[0]} is due"


def _located(contract: Contract, schema: Schema, trait: str) -> Iterator[tuple[str, Schema, str]]:
    """The members with a trait: name, schema as it stands there, and type."""
    for name, member in schema.get("properties", {}).items():
        aws = contract.resolve(member).get("aws", {})
        if aws.get(trait):
            yield name, member, str(aws.get("type", "document"))


@dataclass(frozen=True)
class EventReader:
    """Reads the messages of one event; `path` is the event's place."""

    contract: Contract
    content: Content
    readers: Readers
    reference: Mapping[str, Any]
    path: SegmentPath

    def read(self, message: Message, at: At, findings: Findings, tell: Tell) -> dict[str, Any]:
        """The event's members in logical JSON; `tell` is told what is wrong with the message."""
        schema = self.contract.resolve(self.reference)
        value: dict[str, Any] = {}
        payload = next(_located(self.contract, schema, "eventpayload"), None)
        if payload is not None:
            value |= self._payload(payload, message, at, findings, tell)
        elif message.payload:
            made = self._structured(self.reference, self.path, message, at, findings, tell)
            value |= made if isinstance(made, dict) else {}
        for name, _, kind in _located(self.contract, schema, "eventheader"):
            header = message.headers.get(name)
            if header is not None:
                findings.present.add(self.readers.number((*self.path, name)))
                value[name] = _of_header(name, kind, header, tell)
        return value

    def _payload(
        self,
        payload: tuple[str, Schema, str],
        message: Message,
        at: At,
        findings: Findings,
        tell: Tell,
    ) -> dict[str, Any]:
        name, member, kind = payload
        path = (*self.path, name)
        raw = {"blob": OCTETS, "string": PLAIN}.get(kind)
        if raw is None:
            if not message.payload:
                return {}
            findings.present.add(self.readers.number(path))
            return {name: self._structured(member, path, message, (at, name), findings, tell)}
        wrong = media_type_problem(message, (raw,))
        if wrong:
            tell(wrong)
        findings.present.add(self.readers.number(path))
        if kind == "blob":
            return {name: base64.b64encode(message.payload).decode("ascii")}
        try:
            return {name: message.payload.decode()}
        except UnicodeDecodeError as error:
            tell(f"not UTF-8 at byte {error.start} of the payload")
            return {name: message.payload.decode(errors="replace")}

    def _structured(
        self,
        schema: Mapping[str, Any],
        path: SegmentPath,
        message: Message,
        at: At,
        findings: Findings,
        tell: Tell,
    ) -> Any:
        wrong = media_type_problem(message, self.content.media_types)
        if wrong:
            tell(wrong)
        try:
            parsed, told = self.content.parse(message.payload)
        except (ValueError, RecursionError) as error:
            tell(f"the payload cannot be read: {error}")
            return {}
        for each in told:
            tell(each)
        if not isinstance(parsed, self.content.container):
            tell("the payload is no structure")
            return {}
        read = self.readers.reader(schema, path)
        value = parsed if read is None else read(parsed, at, findings)
        return self.content.finish(value)


def _of_header(name: str, kind: str, header: Header, tell: Tell) -> Any:
    if header.type not in _HEADER_TYPES.get(kind, ()):
        tell(f"the header {name!r} is a {event_frames.TYPE_NAMES[header.type]}, {kind} is due")
    if isinstance(header.value, bytes):
        return base64.b64encode(header.value).decode("ascii")
    if header.type == event_frames.TIMESTAMP:
        return timestamps.from_epoch(header.value / 1000) or header.value
    return header.value


def message_of(
    contract: Contract, content: Content, reference: Mapping[str, Any], value: Any, path: str
) -> tuple[dict[str, Header], bytes]:
    """The headers, its content type among them, and the payload of an event's message.

    Raises:
        NotExpressible: a member has no form in a message.
    """
    if not isinstance(value, dict):
        raise NotExpressible(path, f"an event cannot be {type(value).__name__}")
    schema = contract.resolve(reference)
    headers = {
        name: _to_header(value[name], kind, f"{path}/{name}")
        for name, _, kind in _located(contract, schema, "eventheader")
        if name in value
    }
    rest = {name: item for name, item in value.items() if name not in headers}
    payload = next(_located(contract, schema, "eventpayload"), None)
    if payload is None:
        if not rest:
            return headers, b""
        written = content.write(contract, dict(reference), rest, path)
        media_type, body = content.media_types[0], written
    else:
        name, member, kind = payload
        if set(rest) - {name}:
            raise NotExpressible(path, "the payload belongs to one member alone")
        if name not in rest:
            return headers, b""
        media_type, body = _payload_of(
            contract, content, member, kind, rest[name], f"{path}/{name}"
        )
    return {":content-type": Header(STRING, media_type), **headers}, body


def _payload_of(
    contract: Contract, content: Content, member: Schema, kind: str, item: Any, path: str
) -> tuple[str, bytes]:
    if kind not in ("blob", "string"):
        return content.media_types[0], content.write(contract, member, item, path)
    if not isinstance(item, str) or (kind == "blob" and not is_base64(item)):
        raise NotExpressible(path, f"a payload of raw bytes cannot say {item!r:.80}")
    if kind == "blob":
        return OCTETS, base64.b64decode(item)
    try:
        return PLAIN, item.encode()
    except UnicodeEncodeError:
        raise NotExpressible(path, "half of a surrogate pair has no UTF-8") from None


def _to_header(item: Any, kind: str, path: str) -> Header:
    if kind == "boolean" and isinstance(item, bool):
        return Header(event_frames.TRUE if item else event_frames.FALSE, item)
    types = _HEADER_TYPES.get(kind, ())
    if kind == "timestamp" and isinstance(item, str):
        seconds = timestamps.to_wire(item, timestamps.EPOCH)
        if isinstance(seconds, int | float):
            return Header(types[0], round(seconds * 1000))
    elif kind == "blob" and isinstance(item, str) and is_base64(item):
        return Header(types[0], base64.b64decode(item))
    elif (kind == "string" and isinstance(item, str)) or (
        kind in ("byte", "short", "integer", "long") and type(item) is int
    ):
        return Header(types[0], item)
    raise NotExpressible(path, f"a header of a message cannot say {item!r:.80} for {kind}")
