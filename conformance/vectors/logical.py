"""Values as test cases state them, and as logical JSON.

Both forms of test cases write timestamps as seconds since 1970, blobs as their bytes in UTF-8, and
structures under the model's member names. Null members are members that are not set.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from awsconform.conformance.wire import timestamps
from awsconform.specs.contract import Contract, dense

# AWS's float is of single precision.
_PRECISION = {"float": 1e-6, "double": 1e-12, "bigdecimal": 1e-12}


def to_logical(contract: Contract, schema: Mapping[str, Any], value: Any) -> Any:
    """A stated value of `schema` as logical JSON; what does not fit is left as it is."""
    resolved = contract.resolve(schema)
    kind = resolved.get("aws", {}).get("type")
    if kind == "structure" and isinstance(value, dict):
        properties = resolved["properties"]
        return {
            name: to_logical(contract, properties[name], item) if name in properties else item
            for name, item in value.items()
            if item is not None
        }
    if resolved.get("aws", {}).get("eventstream") and isinstance(value, list):
        return [to_logical(contract, _event(resolved), item) for item in value]
    if kind == "list" and isinstance(value, list):
        return [to_logical(contract, dense(resolved["items"]), item) for item in value]
    if kind == "map" and isinstance(value, dict):
        below = dense(resolved["additionalProperties"])
        return {key: to_logical(contract, below, item) for key, item in value.items()}
    if kind == "timestamp" and isinstance(value, int | float) and not isinstance(value, bool):
        made = timestamps.from_epoch(value)
        return value if made is None else made
    if kind == "blob" and isinstance(value, str):
        return base64.b64encode(value.encode()).decode("ascii")
    if kind == "string" and resolved["aws"].get("jsonvalue") and not isinstance(value, str):
        return value if value is None else json.dumps(value, separators=(",", ":"))
    return value


def known(contract: Contract, schema: Mapping[str, Any], value: Any) -> Any:
    """A value without the members that no structure has, which whoever reads it ignores."""
    resolved = contract.resolve(schema)
    kind = resolved.get("aws", {}).get("type")
    if kind == "structure" and isinstance(value, dict):
        properties = resolved["properties"]
        if resolved["aws"].get("union") and len(value) > 1:
            # More than one member, whatever they are called, is the value of no union.
            return value
        return {
            name: known(contract, properties[name], item)
            for name, item in value.items()
            if name in properties
        }
    if kind == "list" and isinstance(value, list):
        return [known(contract, dense(resolved["items"]), item) for item in value]
    if kind == "map" and isinstance(value, dict):
        below = dense(resolved["additionalProperties"])
        return {key: known(contract, below, item) for key, item in value.items()}
    return value


def differences(
    contract: Contract, schema: Mapping[str, Any], expected: Any, actual: Any, path: str = ""
) -> list[str]:
    """How two logical values differ, each with its JSON Pointer; equal ones give nothing.

    Members of `actual` that no structure has are passed over: clients ignore them.
    """
    resolved = contract.resolve(schema)
    aws = resolved.get("aws", {})
    kind = aws.get("type")
    here = path or "/"
    if kind == "structure" and isinstance(expected, dict) and isinstance(actual, dict):
        known = {name: item for name, item in actual.items() if name in resolved["properties"]}
        return _entries(contract, resolved["properties"], expected, known, path)
    if kind == "map" and isinstance(expected, dict) and isinstance(actual, dict):
        below = dict.fromkeys({*expected, *actual}, dense(resolved["additionalProperties"]))
        return _entries(contract, below, expected, actual, path)
    stream = bool(aws.get("eventstream"))
    if (kind == "list" or stream) and isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            return [f"{here}: {_shown(expected)} expected, got {_shown(actual)}"]
        item = _event(resolved) if stream else dense(resolved["items"])
        pairs = enumerate(zip(expected, actual, strict=True))
        return [
            each for n, (a, b) in pairs for each in differences(contract, item, a, b, f"{path}/{n}")
        ]
    if _equal(kind, aws, expected, actual):
        return []
    return [f"{here}: {_shown(expected)} expected, got {_shown(actual)}"]


def _event(stream: Mapping[str, Any]) -> dict[str, Any]:
    """One event of a stream: a structure with one of its members."""
    facts = {key: item for key, item in stream["aws"].items() if key != "eventstream"}
    return {**stream, "aws": facts}


def _entries(
    contract: Contract,
    schemas: Mapping[str, Any],
    expected: dict[str, Any],
    actual: dict[str, Any],
    path: str,
) -> list[str]:
    found = []
    for name in [*expected, *(name for name in actual if name not in expected)]:
        below = f"{path}/{name}"
        if name not in actual:
            found.append(f"{below}: {_shown(expected[name])} expected, got nothing")
        elif name not in expected:
            found.append(f"{below}: nothing expected, got {_shown(actual[name])}")
        else:
            found += differences(
                contract, schemas.get(name, {}), expected[name], actual[name], below
            )
    return found


def _equal(kind: str | None, aws: Mapping[str, Any], expected: Any, actual: Any) -> bool:
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    if kind == "timestamp" and isinstance(expected, str) and isinstance(actual, str):
        first, second = timestamps.to_datetime(expected), timestamps.to_datetime(actual)
        return first is not None and second is not None and _same_instant(first, second)
    if aws.get("jsonvalue") and isinstance(expected, str) and isinstance(actual, str):
        try:
            return bool(json.loads(expected) == json.loads(actual))
        except ValueError:
            return expected == actual
    if kind in _PRECISION and all(isinstance(each, int | float) for each in (expected, actual)):
        return math.isclose(expected, actual, rel_tol=_PRECISION[kind])
    return bool(expected == actual)


def _same_instant(first: datetime, second: datetime) -> bool:
    # Stated as a double, a point in time of our days is good to a microsecond or so.
    return abs((first - second).total_seconds()) < 5e-6


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else f"{text[:199]}…"
