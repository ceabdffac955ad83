"""Messages of `application/vnd.amazon.eventstream`: bytes to messages and back.

Amazon Event Stream Specification: each message is a prelude (lengths and a checksum), headers with
typed values, a payload, and a checksum of it all.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any
from zlib import crc32

LARGEST_PAYLOAD = 24 * 1024 * 1024
LARGEST_HEADERS = 128 * 1024
TRUE, FALSE, BYTE, SHORT, INTEGER, LONG, BYTES, STRING, TIMESTAMP, UUID = range(10)
_PRELUDE, _CHECKSUM = 12, 4
_NUMBERS = {BYTE: ">b", SHORT: ">h", INTEGER: ">i", LONG: ">q", TIMESTAMP: ">q"}
TYPE_NAMES = (
    "true",
    "false",
    "byte",
    "short",
    "integer",
    "long",
    "byte array",
    "string",
    "timestamp",
    "uuid",
)


@dataclass(frozen=True)
class Header:
    """A header's value with its type: a number, a boolean, text, bytes (a uuid's too).

    A timestamp is milliseconds of the epoch.
    """

    type: int
    value: Any


@dataclass(frozen=True)
class Message:
    """One message of a stream."""

    headers: dict[str, Header]
    payload: bytes = b""

    def text(self, name: str) -> str | None:
        """The value of a header that is a string; None where there is none, or another type."""
        header = self.headers.get(name)
        return header.value if header is not None and header.type == STRING else None


class _Broken(ValueError):
    """Bytes that are no message."""


def decode(body: bytes) -> tuple[list[Message], list[str]]:
    """The messages of a stream, and what is wrong with their frames.

    Where a frame cannot be trusted reading ends, as the specification wants it to.
    """
    messages: list[Message] = []
    told: list[str] = []
    position = 0
    while position < len(body):
        try:
            message, position = _message(body, position, told)
        except _Broken as broken:
            told.append(f"message {len(messages)}: {broken}")
            break
        messages.append(message)
    return messages, told


def whole_messages(body: bytes) -> bytes:
    """The bytes without a last message that is not all there."""
    position = 0
    while position + _PRELUDE <= len(body):
        (total,) = struct.unpack_from(">I", body, position)
        if total < _PRELUDE + _CHECKSUM:
            # No frame to go by: all of it is kept, for the reader to complain of.
            return body
        if position + total > len(body):
            break
        position += total
    return body[:position]


def _message(body: bytes, start: int, told: list[str]) -> tuple[Message, int]:
    if start + _PRELUDE > len(body):
        raise _Broken(f"cut off in the prelude, at byte {len(body)}")
    total, length, checksum = struct.unpack_from(">III", body, start)
    if crc32(body[start : start + 8]) != checksum:
        raise _Broken("the checksum of the prelude does not match")
    if total < _PRELUDE + length + _CHECKSUM:
        raise _Broken(f"{total} bytes with {length} bytes of headers leave no room for the rest")
    end = start + total
    if end > len(body):
        raise _Broken(f"{total} bytes are announced, {len(body) - start} are there")
    (whole,) = struct.unpack_from(">I", body, end - _CHECKSUM)
    if crc32(body[start : end - _CHECKSUM]) != whole:
        raise _Broken("the checksum of the message does not match")
    if length > LARGEST_HEADERS:
        told.append(f"{length} bytes of headers, at most {LARGEST_HEADERS} may be sent")
    payload = body[start + _PRELUDE + length : end - _CHECKSUM]
    if len(payload) > LARGEST_PAYLOAD:
        told.append(f"a payload of {len(payload)} bytes, at most {LARGEST_PAYLOAD} may be sent")
    headers = _headers(body[start + _PRELUDE : start + _PRELUDE + length], told)
    return Message(headers, payload), end


def _headers(content: bytes, told: list[str]) -> dict[str, Header]:
    found: dict[str, Header] = {}
    position = 0
    while position < len(content):
        try:
            size = content[position]
            name = _exactly(content, position + 1, size).decode()
            kind = _exactly(content, position + 1 + size, 1)[0]
            value, position = _value(content, position + 2 + size, kind)
        except UnicodeDecodeError:
            raise _Broken("a header that is not UTF-8") from None
        if not name:
            told.append("a header without a name")
        if name in found:
            told.append(f"the header {name!r} stands twice")
        found[name] = Header(kind, value)
    return found


def _value(content: bytes, position: int, kind: int) -> tuple[Any, int]:
    if kind in (TRUE, FALSE):
        return kind == TRUE, position
    if kind in _NUMBERS:
        form = _NUMBERS[kind]
        size = struct.calcsize(form)
        return struct.unpack(form, _exactly(content, position, size))[0], position + size
    if kind == UUID:
        return _exactly(content, position, 16), position + 16
    if kind not in (BYTES, STRING):
        raise _Broken(f"a header of the type {kind}, which there is not")
    size = int.from_bytes(_exactly(content, position, 2), "big")
    raw = _exactly(content, position + 2, size)
    return raw.decode() if kind == STRING else raw, position + 2 + size


def _exactly(content: bytes, position: int, count: int) -> bytes:
    taken = content[position : position + count]
    if len(taken) != count:
        raise _Broken("a header that is cut off")
    return taken


def encode(message: Message) -> bytes:
    """The bytes of a message.

    Raises:
        ValueError: a header's name or value is longer than the frame can say.
        struct.error: a number is beyond its type.
    """
    headers = b"".join(_header(name, header) for name, header in message.headers.items())
    total = _PRELUDE + len(headers) + len(message.payload) + _CHECKSUM
    lengths = struct.pack(">II", total, len(headers))
    framed = lengths + struct.pack(">I", crc32(lengths)) + headers + message.payload
    return framed + struct.pack(">I", crc32(framed))


def _header(name: str, header: Header) -> bytes:
    named = name.encode()
    if not 0 < len(named) < 1 << 8:
        raise ValueError(f"{name!r} is no name of a header")
    begun = bytes((len(named),)) + named + bytes((header.type,))
    if header.type in (TRUE, FALSE):
        return begun
    if header.type in _NUMBERS:
        return begun + struct.pack(_NUMBERS[header.type], header.value)
    value: bytes = header.value.encode() if header.type == STRING else header.value
    if header.type == UUID:
        return begun + value
    if len(value) >= 1 << 15:
        raise ValueError(f"{name} is longer than a header may be")
    return begun + struct.pack(">H", len(value)) + value
