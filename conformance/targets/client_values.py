"""Logical JSON to the values of boto3 and back."""

from __future__ import annotations

import base64
import contextlib
import json
import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from urllib3.exceptions import HTTPError

from awsconform.conformance.wire import timestamps
from awsconform.conformance.wire.text import FLOATS, is_base64
from awsconform.specs.contract import Contract, Schema, dense

MOST_EVENTS = 10_000


class TooMuch(Exception):
    """A stream holds more than is read."""


def to_client(contract: Contract, schema: Mapping[str, Any], value: Any) -> Any:
    """A value of `schema` as boto3 takes it: datetimes, bytes, what JSON says, else as it is."""
    resolved = contract.resolve(schema)
    aws = resolved.get("aws", {})
    if isinstance(value, str):
        return _string_to_client(aws, value)
    if isinstance(value, dict) and "properties" in resolved:
        known: Schema = resolved["properties"]
        return {
            name: to_client(contract, known[name], item) if name in known else item
            for name, item in value.items()
        }
    below = resolved.get("additionalProperties")
    if isinstance(value, dict) and isinstance(below, dict):
        return {key: to_client(contract, dense(below), item) for key, item in value.items()}
    if isinstance(value, list) and "items" in resolved:
        return [to_client(contract, dense(resolved["items"]), item) for item in value]
    return value


def _string_to_client(aws: Mapping[str, Any], value: str) -> Any:
    kind = aws.get("type")
    if kind == "timestamp":
        when = timestamps.to_datetime(value)
        return value if when is None else when
    if kind == "blob" and is_base64(value):
        return base64.b64decode(value)
    if kind in FLOATS and value in ("NaN", "Infinity", "-Infinity"):
        return float(value)
    if kind == "string" and aws.get("jsonvalue"):
        # boto3 takes what the JSON says, and writes the text itself.
        with contextlib.suppress(ValueError):
            return json.loads(value)
    return value


@dataclass
class Reading:
    """How much of what a client returns is read: bytes of one stream, seconds of all."""

    limit: int
    seconds: float = math.inf
    began: float = field(default_factory=time.monotonic)

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() - self.began > self.seconds


def from_client(value: Any, limit: int, *, seconds: float = math.inf) -> Any:
    """What a client returned as logical JSON: RFC 3339 in UTC, base64, the rest as it is.

    A stream of bytes is read up to `limit` bytes, one of events for `seconds`; of what has no JSON
    the text is taken.

    Raises:
        TooMuch: a stream holds more than `limit` bytes, or `MOST_EVENTS` events.
    """
    return _logical(value, Reading(limit, seconds))


def _logical(value: Any, reading: Reading) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, Decimal):
        whole = value.is_finite() and value == value.to_integral_value()
        return _logical(int(value) if whole else float(value), reading)
    if isinstance(value, datetime):
        return timestamps.rfc3339(value)
    if isinstance(value, bytes | bytearray):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, Mapping):
        return {str(key): _logical(item, reading) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_logical(item, reading) for item in value]
    if callable(getattr(value, "read", None)):
        content = value.read(reading.limit + 1)
        if isinstance(content, str | bytes):
            if len(content) > reading.limit:
                raise TooMuch(f"more than {reading.limit} bytes")
            return _logical(content, reading)
    if isinstance(value, Iterable):
        return _events(value, reading)
    return str(value)


def _events(stream: Iterable[Any], reading: Reading) -> list[Any]:
    """The events of a stream, which may go on for hours, as far as they come in time."""
    events: list[Any] = []
    try:
        for event in stream:
            events.append(_logical(event, reading))
            if reading.over:
                break
            if len(events) > MOST_EVENTS:
                raise TooMuch(f"more than {MOST_EVENTS} events")
    except HTTPError:
        # The connection ended or fell silent; what came is the answer, if anything did.
        if not events:
            raise
    finally:
        close = getattr(stream, "close", None)
        if callable(close):
            close()
    return events


def as_text(contract: Contract, schema: Mapping[str, Any], value: Any) -> Any:
    """A value of `schema` in which what the wire has as JSON text is text again."""
    resolved = contract.resolve(schema)
    if isinstance(value, dict) and "properties" in resolved:
        known: Schema = resolved["properties"]
        return {
            name: as_text(contract, known[name], item) if name in known else item
            for name, item in value.items()
        }
    if resolved.get("aws", {}).get("jsonvalue") and not isinstance(value, str):
        return json.dumps(value)
    return value
