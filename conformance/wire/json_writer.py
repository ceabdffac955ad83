"""Logical JSON to the JSON of a body: names and timestamps of the wire, all else as it is."""

from __future__ import annotations

import functools
import json
from typing import Any

from awsconform.conformance.wire import timestamps
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.specs.contract import Contract, Schema, dense


def body_bytes(value: Any, path: str = "request") -> bytes:
    """A JSON text for a value.

    Raises:
        NotExpressible: the value has something JSON has not (a float that is no number).
    """
    try:
        return json.dumps(value, allow_nan=False).encode("ascii")
    except (TypeError, ValueError, RecursionError) as error:
        raise NotExpressible(path, str(error)) from None


def wire_value(contract: Contract, schema: Schema, value: Any, path: str) -> Any:
    """A value of `schema` as the body writes it.

    Members go by their `locationName`, timestamps in the form of their place. Values of a wrong
    kind and members the schema does not know go out as they are.

    Raises:
        NotExpressible: a violation would turn into a proper value.
    """
    resolved = _resolved(contract, schema)
    if "properties" in resolved and isinstance(value, dict):
        return members(contract, resolved, value, path)
    if isinstance(value, list) and "items" in resolved:
        items = dense(resolved["items"])
        return [wire_value(contract, dict(items), item, f"{path}/*") for item in value]
    if isinstance(value, dict) and isinstance(resolved.get("additionalProperties"), dict):
        below = dict(dense(resolved["additionalProperties"]))
        return {key: wire_value(contract, below, item, path) for key, item in value.items()}
    aws = resolved.get("aws", {})
    if aws.get("type") == "timestamp":
        return _timestamp(value, aws.get("timestampFormat", timestamps.EPOCH), path)
    return value


def members(contract: Contract, schema: Schema, value: dict[str, Any], path: str) -> dict[str, Any]:
    """The members of a structure under the names of the wire."""
    properties = schema["properties"]
    named = {name: _wire_name(member, name) for name, member in properties.items()}
    taken = set(named.values())
    written: dict[str, Any] = {}
    for name, item in value.items():
        if name in properties:
            written[named[name]] = wire_value(contract, properties[name], item, f"{path}/{name}")
        elif name in taken:
            raise NotExpressible(f"{path}/{name}", "the wire has a known member of that name")
        else:
            written[name] = item
    return written


def _wire_name(member: Schema, name: str) -> str:
    return str(member.get("aws", {}).get("locationName", name))


def _timestamp(value: Any, form: str, path: str) -> Any:
    if isinstance(value, str):
        wire = timestamps.to_wire(value, form)
        return value if wire is None else wire
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and form == timestamps.EPOCH:
        raise NotExpressible(path, f"{value!r} would arrive as a proper timestamp")
    return value


def _resolved(contract: Contract, schema: Schema) -> Schema:
    name = schema.get("$ref")
    if name is None:
        return schema
    if len(schema) == 1:
        return _definition(contract, name)
    return contract.resolve(schema)


@functools.lru_cache(maxsize=4096)
def _definition(contract: Contract, reference: str) -> Schema:
    return contract.resolve({"$ref": reference})
