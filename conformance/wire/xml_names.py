"""What elements are called: the rules AWS's query and XML protocols share for names of members.

A member goes by its `locationName`, else by its own. Items of a list are called `member`, entries
of a map `entry` with `key` and `value`, unless the shape names them; a flattened list or map has no
element of its own. In the query protocols the list's name for its items then comes before the
member's, in REST XML the member's stands (where models have both, they are the same).
"""

from __future__ import annotations

from typing import Any

from awsconform.specs.contract import Contract, Schema, dense

ENTRY = "entry"


def is_flattened(resolved: Schema) -> bool:
    """Whether a list or map stands without an element around it."""
    aws = resolved.get("aws", {})
    return bool(aws.get("flattened")) and aws.get("type") in ("list", "map")


def member_name(contract: Contract, name: str, resolved: Schema) -> str:
    """The name of a member, or of the items of a flattened list."""
    aws = resolved.get("aws", {})
    if contract.protocol != "rest-xml" and is_flattened(resolved) and aws["type"] == "list":
        stated = _stated(contract, resolved["items"])
        if stated is not None:
            return stated
    return str(aws.get("locationName", name))


def item_name(contract: Contract, resolved: Schema) -> str:
    """The name of the items of a list that is not flattened."""
    return _stated(contract, resolved["items"]) or "member"


def entry_names(contract: Contract, resolved: Schema) -> tuple[str, str]:
    """The names of a map's keys and values."""
    key = _stated(contract, resolved["propertyNames"]) or "key"
    value = _stated(contract, resolved["additionalProperties"]) or "value"
    return key, value


def _stated(contract: Contract, schema: Any) -> str | None:
    name = contract.resolve(dense(schema)).get("aws", {}).get("locationName")
    return None if name is None else str(name)
