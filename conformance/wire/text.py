"""Single values as text, for the places that have no JSON: path, query string, headers.

On the way out a value must stay as right or as wrong as it is: the number 5 at a string's place
would arrive as a proper string, so it is refused rather than sent. On the way in, text that is no
value of the place's kind stays as it is, for the validator to judge.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from typing import Any

from awsconform.conformance.wire import timestamps
from awsconform.conformance.wire.expressing import NotExpressible

INTEGERS = frozenset(("integer", "long", "short", "byte"))
FLOATS = frozenset(("float", "double", "bigdecimal"))
_INTEGER = re.compile(r"[+-]?\d{1,4000}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def is_base64(text: str) -> bool:
    """Whether `text` is base64 of RFC 4648, section 4, with its padding and nothing else."""
    try:
        binascii.a2b_base64(text, strict_mode=True)
    except ValueError:
        return False
    return len(text) % 4 == 0


def to_text(value: Any, aws: dict[str, Any], path: str) -> str:
    """The text of a value at a place with the facts `aws`.

    Raises:
        NotExpressible: text cannot say this value, or would say a proper one in its stead.
    """
    kind = aws.get("type", "string")
    if isinstance(value, str):
        return _string_to_text(value, kind, aws, path)
    if kind == "boolean" and isinstance(value, bool):
        return "true" if value else "false"
    if kind in INTEGERS or kind in FLOATS or kind == "boolean":
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return str(value)
        if isinstance(value, float) and math.isfinite(value):
            if kind in INTEGERS and value.is_integer():
                raise NotExpressible(path, f"{value!r} may be read as an integer")
            return repr(value)
    raise NotExpressible(path, f"{type(value).__name__} has no text of its own where {kind} goes")


def _string_to_text(value: str, kind: str, aws: dict[str, Any], path: str) -> str:
    if kind == "timestamp":
        wire = timestamps.to_wire(value, aws.get("timestampFormat", timestamps.ISO8601))
        text = value if wire is None else str(wire)
        if wire is None and not isinstance(from_text(value, aws), str):
            raise NotExpressible(path, f"{value!r} would arrive as a proper timestamp")
        return text
    if aws.get("jsonvalue") and aws.get("location") == "header":
        return base64.b64encode(value.encode()).decode("ascii")
    if kind in ("string", "blob") or value == from_text(value, aws):
        return value
    raise NotExpressible(path, f"the string {value!r} would arrive as a proper {kind}")


def from_text(text: str, aws: dict[str, Any]) -> Any:
    """The logical value of a text at a place with the facts `aws`; the text where it has none."""
    kind = aws.get("type", "string")
    if kind in INTEGERS:
        return int(text) if _INTEGER.fullmatch(text) else text
    if kind in FLOATS:
        value = float(text) if _NUMBER.fullmatch(text) else math.inf
        return value if math.isfinite(value) else text
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if kind == "timestamp" and aws.get("timestampFormat") == timestamps.EPOCH:
        return float(text) if _NUMBER.fullmatch(text) else text
    if kind == "string" and aws.get("jsonvalue") and is_base64(text):
        try:
            return base64.b64decode(text).decode()
        except UnicodeDecodeError:
            return text
    return text
