"""Logical JSON to the CBOR of a body: byte strings, tagged timestamps, all else as it is."""

from __future__ import annotations

import base64
from typing import Any

from awsconform.conformance.wire import cbor_data, timestamps
from awsconform.conformance.wire.cbor_data import EPOCH_TAG, Tagged
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.text import FLOATS, is_base64
from awsconform.specs.contract import Contract, Schema, dense

SPECIAL_FLOATS = ("NaN", "Infinity", "-Infinity")


def body_bytes(value: Any, path: str) -> bytes:
    """The CBOR of a value.

    Raises:
        NotExpressible: the value has something in it that CBOR has not.
    """
    try:
        return cbor_data.encode(value)
    except (TypeError, UnicodeEncodeError, RecursionError) as error:
        raise NotExpressible(path, str(error)) from None


def wire_value(contract: Contract, schema: Schema, value: Any) -> Any:
    """A value of `schema` as data items.

    Members go by their own names: the protocol has no others. Values of a wrong kind and members
    the schema does not know go out as they are.
    """
    resolved = contract.resolve(schema)
    if isinstance(value, dict):
        properties = resolved.get("properties", {})
        values = resolved.get("additionalProperties")
        below = dict(dense(values)) if isinstance(values, dict) else {}
        return {
            name: wire_value(contract, properties.get(name, below), item)
            for name, item in value.items()
        }
    if isinstance(value, list):
        items = dict(dense(resolved.get("items", {})))
        return [wire_value(contract, items, item) for item in value]
    kind = resolved.get("aws", {}).get("type")
    if isinstance(value, str):
        return _of_string(kind, value)
    if kind in FLOATS and isinstance(value, int) and not isinstance(value, bool):
        # A float that is whole may be an integer of 64 bits, no larger one.
        return value if -(1 << 64) <= value < 1 << 64 else float(value)
    return value


def _of_string(kind: str | None, value: str) -> Any:
    if kind == "timestamp":
        seconds = timestamps.to_wire(value, timestamps.EPOCH)
        return value if seconds is None else Tagged(EPOCH_TAG, seconds)
    if kind == "blob" and is_base64(value):
        return base64.b64decode(value)
    if kind in FLOATS and value in SPECIAL_FLOATS:
        return float(value)
    return value
