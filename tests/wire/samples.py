"""Values of a contract's parts by type alone, for comparisons with botocore."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from awsconform.conformance.wire.timestamps import rfc3339
from awsconform.specs.contract import Contract, dense

BEGINNING = datetime(1971, 1, 1, tzinfo=UTC)
LOCATED_TEXT = "abcXYZ019-_.~ /+&=?%:,\"'"

TIMESTAMPS = st.integers(0, 2**31).map(lambda seconds: rfc3339(BEGINNING + timedelta(0, seconds)))
SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "boolean": st.booleans(),
    "integer": st.integers(-(2**31), 2**31 - 1),
    "long": st.integers(-(2**63), 2**63 - 1),
    "float": st.floats(-1e6, 1e6, width=32),
    "double": st.floats(-1e12, 1e12),
    "timestamp": TIMESTAMPS,
    "blob": st.binary(max_size=8).map(lambda raw: base64.b64encode(raw).decode()),
    "document": st.recursive(
        st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=4),
        lambda below: st.lists(below, max_size=2) | st.dictionaries(st.text(max_size=3), below),
        max_leaves=4,
    ),
}


def values(contract: Contract, schema: Mapping[str, Any], depth: int = 0) -> st.SearchStrategy[Any]:
    """Values of a schema's type; patterns and ranges do not matter here."""
    resolved = contract.resolve(schema)
    aws = resolved["aws"]
    kind = aws["type"]
    if kind == "structure":
        return structures(contract, resolved, depth)
    if kind == "list":
        items = values(contract, dense(resolved["items"]), depth + 1)
        return st.lists(items, min_size=1, max_size=2)
    if kind == "map":
        below = values(contract, dense(resolved["additionalProperties"]), depth + 1)
        return st.dictionaries(_text("located"), below, min_size=1, max_size=2)
    if kind == "string":
        return _text(aws.get("location", ""))
    return SCALARS[kind]


def structures(
    contract: Contract, schema: Mapping[str, Any], depth: int = 0
) -> st.SearchStrategy[dict[str, Any]]:
    members = {
        name: values(contract, member, depth + 1)
        for name, member in schema["properties"].items()
        if depth < 6 or name in schema.get("required", ())
    }
    if schema["aws"].get("union"):
        arms = [st.fixed_dictionaries({name: each}) for name, each in members.items()]
        return st.one_of(arms)
    needed = set(schema.get("required", ()))
    return st.fixed_dictionaries(
        {name: each for name, each in members.items() if name in needed},
        optional={name: each for name, each in members.items() if name not in needed},
    )


def _text(location: str) -> st.SearchStrategy[str]:
    if not location:
        return st.text(st.characters(codec="utf-8"), max_size=8)
    text = st.text(LOCATED_TEXT, min_size=1, max_size=8)
    return text.filter(lambda each: each.strip() == each and each not in (".", ".."))
