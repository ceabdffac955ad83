"""Whether a document somebody hands in has the form of a contract or of a page's document.

`sources.schema.json` states the form, as far as what is compared; beyond it every `$ref` has to
lead to a definition of the document's own.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs

_FILE = Path(__file__).with_name("sources.schema.json")
_DEFINITIONS = "#/$defs/"
_COLLECTIONS = ("items", "propertyNames", "additionalProperties")


def flaw(document: Any) -> str | None:
    """The first thing wrong with a document, with its place; None where it can be compared."""
    error = next(_schema().iter_errors(document), None)
    if error is not None:
        told = error.message if len(error.message) <= 200 else f"{error.message[:199]}…"
        return f"{_place(error.instance_path)}: {told}"
    known = document.get("$defs", {})
    named = [("properties", each) for each in document["properties"].values()]
    named += [(f"$defs/{name}", each) for name, each in known.items()]
    for place, schema in named:
        for reference in _references(schema):
            if reference.removeprefix(_DEFINITIONS) not in known:
                return f"/{place}: {reference} leads nowhere"
    aws = document["aws"]
    shapes = [aws.get("input"), aws.get("output")]
    if isinstance(aws["errors"], dict):
        shapes += [error["shape"] for error in aws["errors"].values()]
    lost = next((shape for shape in shapes if shape is not None and shape not in known), None)
    return None if lost is None else f"/aws: there is no definition of {lost}"


@functools.cache
def _schema() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json.loads(_FILE.read_text(encoding="utf-8")))


def _place(path: list[str | int]) -> str:
    return "".join(f"/{segment}" for segment in path) or "/"


def _references(node: dict[str, Any]) -> Iterator[str]:
    """The `$ref` of a node and of all below it."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if "$ref" in node:
            yield node["$ref"]
        waiting += [*node.get("properties", {}).values(), *node.get("anyOf", ())]
        waiting += [node[name] for name in _COLLECTIONS if name in node]
