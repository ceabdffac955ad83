"""Bodies that are no CBOR data item, or no map."""

from __future__ import annotations

from awsconform.generators.choices import Choices

LABELS = ("truncated", "not CBOR", "invalid UTF-8", "reserved length", "break alone")
WRONG_KINDS = ("array", "string")
_BREAK = b"\xff"
# Major types (RFC 8949, section 3.1) in the upper three bits of a data item's first byte.
_TEXT, _ARRAY, _MAP = 0x60, 0x80, 0xA0


def body(label: str, word: str, number: int, choices: Choices) -> bytes:
    """A body that is malformed in the way the label says; `word` is nobody's name."""
    name = bytes([_TEXT | len(word)]) + word.encode()
    whole = bytes([_MAP | 1]) + name + b"\x1a" + number.to_bytes(4, "big")
    match label:
        case "truncated":
            return whole[: choices.integer(1, len(whole) - 1)]
        case "not CBOR":
            # To a reader of CBOR, a text string of 28 bytes, which is more than there are.
            return b"<request>%d</request>" % number
        case "invalid UTF-8":
            return bytes([_MAP | 1]) + name + bytes([_TEXT | 2]) + b"\xff\xfe"
        case "reserved length":
            return bytes([_MAP | 28]) + name
        case "break alone":
            return _BREAK
        case "array":
            return bytes([_ARRAY | 1]) + name
        case _:
            return name
