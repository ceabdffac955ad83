"""Bytes to CBOR data items and back (RFC 8949), as far as Smithy RPC v2 CBOR goes.

A library would decode more than the protocol has and hide what matters here: which tag stood where,
keys that stand twice, byte strings next to text strings, what follows the item. Byte strings are
`bytes`, text strings `str`, tagged items `Tagged`; `undefined` is None.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import Any

MAX_DEPTH = 200
EPOCH_TAG = 1
_UNSIGNED_BIGNUM, _NEGATIVE_BIGNUM = 2, 3
_INDEFINITE, _BREAK = 31, 0xFF
_FLOATS = {25: (">e", 2), 26: (">f", 4), 27: (">d", 8)}
_SIMPLE = {20: False, 21: True, 22: None}
_UNDEFINED = 23


class Unreadable(ValueError):
    """The bytes are no CBOR data item."""


@dataclass(frozen=True)
class Tagged:
    """A data item with a tag."""

    number: int
    value: Any


def decode(body: bytes) -> tuple[Any, list[str]]:
    """The data item of a body, and what is wrong with it where it can be read all the same.

    Of equal keys the last one counts; a key that is no text string is taken for its JSON text.

    Raises:
        Unreadable: cut off, not well-formed, text that is not UTF-8, or nested deeper than
            `MAX_DEPTH`.
    """
    reader = _Reader(body)
    value = reader.item(0)
    if reader.position < len(body):
        reader.told.append(f"{len(body) - reader.position} more bytes follow the data item")
    return value, reader.told


class _Reader:
    def __init__(self, body: bytes) -> None:
        self.body = body
        self.position = 0
        self.told: list[str] = []

    def item(self, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise Unreadable(f"nested deeper than {MAX_DEPTH} levels")
        major, detail = self._head()
        if major == 7:
            return self._simple(detail)
        if major in (2, 3):
            content = self._chunks(major) if detail == _INDEFINITE else self._string(detail)
            return content if major == 2 else self._text(content)
        if major == 4:
            return self._array(detail, depth)
        if major == 5:
            return self._map(detail, depth)
        number = self._argument(detail)
        if major == 6:
            if number != EPOCH_TAG:
                self.told.append(f"the tag {number} is none of the protocol's")
            return Tagged(number, self.item(depth + 1))
        return number if major == 0 else -1 - number

    def _head(self) -> tuple[int, int]:
        first = self._take(1)[0]
        return first >> 5, first & 31

    def _take(self, count: int) -> bytes:
        end = self.position + count
        if end > len(self.body):
            raise Unreadable(f"cut off at byte {len(self.body)}")
        taken = self.body[self.position : end]
        self.position = end
        return taken

    def _argument(self, detail: int) -> int:
        if detail < 24:
            return detail
        if detail > 27:
            raise Unreadable(f"no length or number of kind {detail} at byte {self.position - 1}")
        return int.from_bytes(self._take(1 << (detail - 24)), "big")

    def _string(self, detail: int) -> bytes:
        return self._take(self._argument(detail))

    def _chunks(self, major: int) -> bytes:
        chunks = []
        while not self._ended():
            inner, detail = self._head()
            if inner != major or detail == _INDEFINITE:
                raise Unreadable(f"a string with another item inside at byte {self.position - 1}")
            chunk = self._string(detail)
            # Each chunk of a text string is text by itself (RFC 8949, section 3.2.3).
            chunks.append(chunk if major == 2 else self._text(chunk).encode())
        return b"".join(chunks)

    def _text(self, content: bytes) -> str:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            raise Unreadable(f"a text string that is not UTF-8 before byte {self.position}") from (
                None
            )

    def _ended(self) -> bool:
        if self._take(1)[0] == _BREAK:
            return True
        self.position -= 1
        return False

    def _array(self, detail: int, depth: int) -> list[Any]:
        if detail == _INDEFINITE:
            items = []
            while not self._ended():
                items.append(self.item(depth + 1))
            return items
        return [self.item(depth + 1) for _ in range(self._count(detail))]

    def _map(self, detail: int, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        if detail == _INDEFINITE:
            while not self._ended():
                self._pair(made, depth)
        else:
            for _ in range(self._count(detail)):
                self._pair(made, depth)
        return made

    def _count(self, detail: int) -> int:
        count = self._argument(detail)
        if count > len(self.body) - self.position:
            raise Unreadable(f"{count} items are announced before byte {self.position}, too many")
        return count

    def _pair(self, made: dict[str, Any], depth: int) -> None:
        key = self.item(depth + 1)
        if not isinstance(key, str):
            self.told.append(f"a key is {kind(key)}, not a text string")
            key = str(key) if isinstance(key, int | float | bytes) else kind(key)
        if key in made:
            self.told.append(f"the key {key[:80]!r} stands twice in one map")
        made[key] = self.item(depth + 1)

    def _simple(self, detail: int) -> Any:
        if detail in _SIMPLE:
            return _SIMPLE[detail]
        if detail in _FLOATS:
            form, size = _FLOATS[detail]
            value: float = struct.unpack(form, self._take(size))[0]
            return value
        if detail == _UNDEFINED:
            self.told.append("a value is undefined")
            return None
        if detail >= 28 or (detail == 24 and self._take(1)[0] < 32):
            raise Unreadable(f"no simple value of kind {detail} at byte {self.position - 1}")
        self.told.append("a simple value that has no meaning")
        return None


def kind(value: Any) -> str:
    """What a data item is, in words."""
    if isinstance(value, Tagged):
        return f"an item with tag {value.number}"
    names = {
        bytes: "a byte string",
        str: "a text string",
        list: "an array",
        dict: "a map",
        bool: "a boolean",
        int: "an integer",
        float: "a float",
    }
    return names.get(type(value), "null")


def encode(value: Any) -> bytes:
    """The data item of a value, with definite lengths and the shortest form of every number.

    Floats are single or double precision, whichever keeps them.

    Raises:
        TypeError: the value has something in it that has no CBOR.
        UnicodeEncodeError: half of a surrogate pair.
    """
    out = bytearray()
    _encode(value, out)
    return bytes(out)


def _encode(value: Any, out: bytearray) -> None:
    if value is None:
        out.append(0xF6)
    elif isinstance(value, bool):
        out.append(0xF5 if value else 0xF4)
    elif isinstance(value, int):
        _encode_integer(value, out)
    elif isinstance(value, float):
        out += _float(value)
    elif isinstance(value, bytes):
        _begin(2, len(value), out)
        out += value
    elif isinstance(value, str):
        content = value.encode()
        _begin(3, len(content), out)
        out += content
    elif isinstance(value, list):
        _begin(4, len(value), out)
        for item in value:
            _encode(item, out)
    elif isinstance(value, dict):
        _begin(5, len(value), out)
        for key, item in value.items():
            _encode(key, out)
            _encode(item, out)
    elif isinstance(value, Tagged):
        _begin(6, value.number, out)
        _encode(value.value, out)
    else:
        raise TypeError(f"{type(value).__name__} has no CBOR")


def _begin(major: int, argument: int, out: bytearray) -> None:
    if argument < 24:
        out.append(major << 5 | argument)
        return
    power = next(power for power in range(4) if argument < 1 << (8 << power))
    out.append(major << 5 | 24 + power)
    out += argument.to_bytes(1 << power, "big")


def _encode_integer(value: int, out: bytearray) -> None:
    major, argument = (0, value) if value >= 0 else (1, -1 - value)
    if argument < 1 << 64:
        _begin(major, argument, out)
        return
    tag = _UNSIGNED_BIGNUM if major == 0 else _NEGATIVE_BIGNUM
    content = argument.to_bytes((argument.bit_length() + 7) // 8, "big")
    _encode(Tagged(tag, content), out)


def _float(value: float) -> bytes:
    if math.isnan(value):
        return b"\xfa" + struct.pack(">f", value)
    try:
        single = struct.pack(">f", value)
    except OverflowError:
        single = b""
    if single and struct.unpack(">f", single)[0] == value:
        return b"\xfa" + single
    return b"\xfb" + struct.pack(">d", value)
