"""Logical JSON to the values of boto3 and back."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from awsconform.conformance.wire import timestamps
from awsconform.conformance.wire.text import is_base64
from awsconform.specs.contract import Contract, Schema, dense


class TooMuch(Exception):
    """A stream holds more than is read."""


def to_client(contract: Contract, schema: Mapping[str, Any], value: Any) -> Any:
    """A value of `schema` as boto3 takes it: datetimes and bytes, all else as it is."""
    resolved = contract.resolve(schema)
    kind = resolved.get("aws", {}).get("type")
    if isinstance(value, str):
        return _string_to_client(kind, value)
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


def _string_to_client(kind: str | None, value: str) -> Any:
    if kind == "timestamp":
        when = timestamps.to_datetime(value)
        return value if when is None else when
    if kind == "blob" and is_base64(value):
        return base64.b64decode(value)
    if kind in ("float", "double") and value in ("NaN", "Infinity", "-Infinity"):
        return float(value)
    return value


def from_client(value: Any, limit: int) -> Any:
    """What a client returned as logical JSON: RFC 3339 in UTC, base64, the rest as it is.

    A stream is read up to `limit` bytes; of what has no JSON the text is taken.

    Raises:
        TooMuch: a stream holds more than `limit` bytes.
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, datetime):
        return timestamps.rfc3339(value)
    if isinstance(value, bytes | bytearray):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, Mapping):
        return {str(key): from_client(item, limit) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [from_client(item, limit) for item in value]
    if callable(getattr(value, "read", None)):
        content = value.read(limit + 1)
        if isinstance(content, str | bytes):
            if len(content) > limit:
                raise TooMuch(f"more than {limit} bytes")
            return from_client(content, limit)
    return str(value)
