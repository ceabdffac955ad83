"""The JSON Schema of a configuration, and what it says of each key."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

SCHEMA_FILE = Path(__file__).parent / "configuration.schema.json"
# Keys that name a table and no value.
TABLES = ("hooks", "targets")


@functools.cache
def configuration_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the file."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


@functools.cache
def keys() -> dict[str, dict[str, Any]]:
    """What is said of each key that has a value: all keywords of its schema."""
    stated = configuration_schema()["properties"]
    return {name: _whole(each) for name, each in stated.items() if name not in TABLES}


@functools.cache
def hook_keys() -> dict[str, dict[str, Any]]:
    """The same for the hooks."""
    hooks = configuration_schema()["$defs"]["hooks"]["properties"]
    return {name: _whole(each) for name, each in hooks.items()}


def is_secret(key: str) -> bool:
    """Whether the value of a key is not to be shown."""
    return bool(keys().get(key, {}).get("x-secret"))


def is_path(key: str) -> bool:
    """Whether the value of a key is a path, relative to the file it stands in."""
    return bool(keys().get(key, {}).get("x-path"))


def expected(stated: dict[str, Any]) -> str:
    """What a value has to be, in words."""
    kind = stated.get("type")
    if "enum" in stated:
        return f"one of {', '.join(stated['enum'])}"
    if stated.get("x-function"):
        return "a function, as package.module:function or path/of/file.py:function"
    if kind == "array":
        return "a list of texts, not empty" if "minItems" in stated else "a list of texts"
    if kind in ("integer", "number"):
        return f"{'a whole number' if kind == 'integer' else 'a number'}{_bounds(stated)}"
    return {"boolean": "true or false", "object": "a table"}.get(str(kind), "a text, not empty")


def _bounds(stated: dict[str, Any]) -> str:
    text = ""
    if "minimum" in stated:
        text += f" from {stated['minimum']} on"
    if "exclusiveMinimum" in stated:
        text += f" above {stated['exclusiveMinimum']}"
    if "maximum" in stated:
        text += f", up to {stated['maximum']}"
    return text


def _whole(stated: dict[str, Any]) -> dict[str, Any]:
    reference = stated.get("$ref")
    if reference is None:
        return stated
    named = configuration_schema()["$defs"][reference.rpartition("/")[2]]
    return {**_whole(named), **stated}
