"""Shapes of a service model as JSON Schema definitions.

Which form a timestamp has in which place is Smithy's rule (`aws.protocols`), as botocore's
serializers apply it: what the shape or member states, else what its location asks for.
"""

from __future__ import annotations

from typing import Any

from awsconform.errors import PatternError
from awsconform.specs.contract import Schema
from awsconform.specs.patterns import translate

SOURCE = "model"
_BOUNDS = {
    "string": ("minLength", "maxLength"),
    "list": ("minItems", "maxItems"),
    "map": ("minProperties", "maxProperties"),
    "integer": ("minimum", "maximum"),
    "long": ("minimum", "maximum"),
    "float": ("minimum", "maximum"),
    "double": ("minimum", "maximum"),
}
_LOCATED_TIMESTAMPS = {"header": "rfc822", "querystring": "iso8601", "uri": "iso8601"}
_MEMBER_TRAITS = (
    "idempotencyToken",
    "streaming",
    "hostLabel",
    "jsonvalue",
    "eventstream",
    "deprecated",
)


class Definitions:
    """Turns the shapes an operation reaches into `schemas`, each once, recursion as `$ref`."""

    def __init__(self, shapes: dict[str, Any]) -> None:
        self.shapes = shapes
        self.schemas: dict[str, Schema] = {}

    def define(self, name: str) -> None:
        """Adds a shape and all it refers to."""
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current in self.schemas:
                continue
            shape = self.shapes[current]
            self.schemas[current] = self._schema(shape)
            waiting.extend(reversed(_references(shape)))

    def _schema(self, shape: dict[str, Any]) -> Schema:
        kind = shape["type"]
        if kind == "structure" and shape.get("document"):
            return {"aws": {"type": "document"}}
        make = {
            "structure": self._structure,
            "list": self._list,
            "map": self._map,
            "string": self._string,
            "timestamp": self._timestamp,
            "blob": self._blob,
            "boolean": self._boolean,
        }.get(kind, self._number)
        schema = make(shape)
        low, high = _BOUNDS.get(kind, (None, None))
        for keyword, key in ((low, "min"), (high, "max")):
            if keyword is not None and key in shape:
                schema[keyword] = shape[key]
        schema["aws"] = {"type": kind, **schema.pop("aws", {})}
        for trait in ("sensitive", "eventstream"):
            if shape.get(trait):
                schema["aws"][trait] = True
        schema["sources"] = _sources(schema)
        return schema

    def _structure(self, shape: dict[str, Any]) -> Schema:
        schema: Schema = {
            "type": "object",
            "properties": {
                name: self._member(member, payload=shape.get("payload") == name)
                for name, member in shape.get("members", {}).items()
            },
        }
        if shape.get("required"):
            schema["required"] = list(shape["required"])
        if shape.get("union"):
            schema |= {"minProperties": 1, "maxProperties": 1, "aws": {"union": True}}
        return schema

    def _member(self, member: dict[str, Any], *, payload: bool) -> Schema:
        facts: dict[str, Any] = {
            key: member[key] for key in ("location", "locationName") if key in member
        }
        facts |= {trait: member[trait] for trait in _MEMBER_TRAITS if member.get(trait)}
        if payload:
            facts["payload"] = True
        shape = self.shapes[member["shape"]]
        if shape["type"] == "timestamp":
            stated = member.get("timestampFormat") or shape.get("timestampFormat")
            placed = _LOCATED_TIMESTAMPS.get(member.get("location", ""))
            if stated or placed:
                facts["timestampFormat"] = stated or placed
        reference: Schema = {"$ref": f"#/$defs/{member['shape']}"}
        return {**reference, "aws": facts} if facts else reference

    def _list(self, shape: dict[str, Any]) -> Schema:
        items: Schema = {"$ref": f"#/$defs/{shape['member']['shape']}"}
        return {"type": "array"} | self._sparse(shape, "items", items)

    def _map(self, shape: dict[str, Any]) -> Schema:
        keys: Schema = {"$ref": f"#/$defs/{shape['key']['shape']}"}
        values: Schema = {"$ref": f"#/$defs/{shape['value']['shape']}"}
        return {"type": "object", "propertyNames": keys} | self._sparse(
            shape, "additionalProperties", values
        )

    def _sparse(self, shape: dict[str, Any], keyword: str, item: Schema) -> Schema:
        if shape.get("sparse"):
            return {keyword: {"anyOf": [item, {"type": "null"}]}, "aws": {"sparse": True}}
        return {keyword: item}

    def _string(self, shape: dict[str, Any]) -> Schema:
        schema: Schema = {"type": "string"}
        if "enum" in shape:
            schema["enum"] = list(dict.fromkeys(shape["enum"]))
        if "pattern" in shape:
            try:
                schema["pattern"] = translate(shape["pattern"])
            except PatternError as error:
                schema["aws"] = {"untranslated": str(error)}
        return schema

    def _timestamp(self, shape: dict[str, Any]) -> Schema:
        form = shape.get("timestampFormat", "unixTimestamp")
        return {"type": "string", "format": "date-time", "aws": {"timestampFormat": form}}

    def _blob(self, shape: dict[str, Any]) -> Schema:
        facts = {key: shape[key] for key in ("min", "max", "streaming") if key in shape}
        schema: Schema = {"type": "string", "contentEncoding": "base64"}
        return {**schema, "aws": facts} if facts else schema

    def _boolean(self, shape: dict[str, Any]) -> Schema:
        return {"type": "boolean"}

    def _number(self, shape: dict[str, Any]) -> Schema:
        return {
            "type": "integer" if shape["type"] in ("integer", "long", "short", "byte") else "number"
        }


def _references(shape: dict[str, Any]) -> list[str]:
    members = [member["shape"] for member in shape.get("members", {}).values()]
    return members + [shape[key]["shape"] for key in ("member", "key", "value") if key in shape]


def _sources(schema: Schema) -> dict[str, Any]:
    """Who states each keyword; for lists of values, who states each value."""
    sources: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword in ("aws", "sources", "items", "propertyNames", "additionalProperties"):
            continue
        if keyword in ("enum", "required", "properties"):
            sources[keyword] = {entry: [SOURCE] for entry in value}
        else:
            sources[keyword] = [SOURCE]
    return sources
