"""Shapes of a service model as JSON Schema definitions, under one protocol.

What a member states lies beside its `$ref` and overlays what the shape states, as botocore does it.
Which form a timestamp has in which place is Smithy's rule (`aws.protocols`), as botocore's
serializers apply it: what the shape or member states, else what its location asks for.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any

from awsconform.errors import PatternError
from awsconform.specs.broken_patterns import broken
from awsconform.specs.contract import Schema
from awsconform.specs.model_form import (
    INTEGERS,
    NUMBERS,
    UNEXPECTED,
    check_shape,
    is_shape,
    misformed,
    references,
    unexpected,
)
from awsconform.specs.patterns import translate
from awsconform.specs.protocols import CBOR, JSON, XML

SOURCE = "model"
_BOUNDS = {
    "string": ("minLength", "maxLength"),
    "list": ("minItems", "maxItems"),
    "map": ("minProperties", "maxProperties"),
    **dict.fromkeys((*INTEGERS, *NUMBERS), ("minimum", "maximum")),
}
_KEYWORD_TRAITS = ("min", "max", "pattern", "enum")
_LOCATED_TIMESTAMPS = {"header": "rfc822", "querystring": "iso8601", "uri": "iso8601"}
_BODY_TIMESTAMPS = {
    **dict.fromkeys((*JSON, *CBOR), "unixTimestamp"),
    **dict.fromkeys(XML, "iso8601"),
}
_NAMES = ("location", "locationName")
_MEMBER_TRAITS = (
    "idempotencyToken",
    "streaming",
    "hostLabel",
    "jsonvalue",
    "eventstream",
    "eventheader",
    "eventpayload",
    "deprecated",
)
_SHAPE_TRAITS = ("sensitive", "eventstream", "event")
_XML_TRAITS = ("flattened", "xmlAttribute")
_STATED = frozenset(
    (*_NAMES, *_MEMBER_TRAITS, *_XML_TRAITS, *_KEYWORD_TRAITS, "xmlNamespace", "queryName")
)
_RESERVED = re.compile(
    r"(?i)(?:<[^>]*>|\s)*"
    r"(?:not (?:yet )?implemented\b|reserved for (?:future|internal) use\b"
    r"|(?:this (?:parameter|member|field|option) )?(?:is )?"
    r"(?:(?:isn.t|not) (?:currently |yet )?|currently not )supported\s*\.)"
)
# The same patterns stand in many shapes.
_translated = functools.lru_cache(maxsize=4096)(translate)


class Definitions:
    """The schemas of a model's shapes, each made once and when it is wanted.

    `origin` names the model's file in messages.
    """

    def __init__(self, shapes: dict[str, Any], protocol: str, *, origin: str) -> None:
        self.shapes = shapes
        self.protocol = protocol
        self.origin = origin
        self.made: dict[str, Schema] = {}
        self._references: dict[str, list[str]] = {}

    def reached(self, names: Iterable[str]) -> dict[str, Schema]:
        """Those shapes and all they refer to, depth first; the schemas are shared, not copied.

        Raises:
            ModelError: one of them is not defined, or not as botocore's models have it.
        """
        schemas: dict[str, Schema] = {}
        for root in names:
            waiting = [root]
            while waiting:
                name = waiting.pop()
                if name not in schemas:
                    if name not in self.made:
                        self._make(name)
                    schemas[name] = self.made[name]
                    waiting += self._references[name]
        return schemas

    def _make(self, name: str) -> None:
        shape = self.shapes.get(name)
        if not is_shape(shape):
            raise misformed("there is no shape of a known type here", self.origin, "shapes", name)
        assert shape is not None
        try:
            referred = references(shape)
            for place, other in referred.items():
                if not is_shape(self.shapes.get(other)):
                    message = f"{other!r} is no shape of a known type"
                    raise misformed(message, self.origin, "shapes", name, *place)
            self.made[name] = self._schema(shape)
        except UNEXPECTED as error:
            raise misformed(unexpected(error), self.origin, "shapes", name) from None
        self._references[name] = list(reversed(referred.values()))

    def _schema(self, shape: dict[str, Any]) -> Schema:
        check_shape(shape)
        kind = shape["type"]
        if kind == "structure" and shape.get("document"):
            return {"aws": {"type": "document"}}
        schema: Schema = getattr(self, f"_{kind}", self._number)(shape)
        low, high = _BOUNDS.get(kind, (None, None))
        for keyword, key in ((low, "min"), (high, "max")):
            if keyword is not None and key in shape:
                schema[keyword] = shape[key]
        schema["aws"] = {"type": kind, **schema.pop("aws", {})}
        schema["aws"] |= {trait: True for trait in _SHAPE_TRAITS if shape.get(trait)}
        schema["aws"] |= self._names(shape)
        schema["sources"] = _sources(schema)
        return schema

    def _structure(self, shape: dict[str, Any]) -> Schema:
        payload = shape.get("payload")
        schema: Schema = {
            "type": "object",
            "properties": {
                name: self._reference(member, payload=name == payload)
                for name, member in shape.get("members", {}).items()
            },
        }
        if shape.get("required"):
            schema["required"] = list(shape["required"])
        if shape.get("union"):
            schema |= {"minProperties": 1, "maxProperties": 1, "aws": {"union": True}}
        return schema

    def _reference(self, reference: dict[str, Any], *, payload: bool = False) -> Schema:
        """A `$ref`, and beside it what the model states of this place."""
        name = reference["shape"]
        shape = self.shapes[name]
        schema: Schema = {"$ref": f"#/$defs/{name}"}
        reserved = _is_reserved(reference.get("documentation") or shape.get("documentation", ""))
        # Most references state nothing but their documentation.
        plain = shape["type"] != "timestamp" and not reference.keys() & _STATED
        if plain and not payload and not reserved:
            return schema
        facts = self._names(reference)
        facts |= {trait: reference[trait] for trait in _MEMBER_TRAITS if reference.get(trait)}
        if payload:
            facts["payload"] = True
        if reserved:
            facts["reserved"] = True
        if shape["type"] == "timestamp" and self.protocol not in CBOR:
            form = reference.get("timestampFormat") or shape.get("timestampFormat")
            form = form or _LOCATED_TIMESTAMPS.get(reference.get("location", ""))
            if form:
                facts["timestampFormat"] = form
        beside = {trait: reference[trait] for trait in _KEYWORD_TRAITS if trait in reference}
        if beside:
            own, whole = self._schema(shape), self._schema({**shape, **beside})
            schema |= {
                keyword: value
                for keyword, value in whole.items()
                if keyword != "aws" and value != own.get(keyword)
            }
        return {**schema, "aws": facts} if facts else schema

    def _names(self, stated: dict[str, Any]) -> dict[str, Any]:
        """Names and places on the wire; those of XML only where XML is spoken."""
        facts = {key: stated[key] for key in _NAMES if key in stated}
        if self.protocol in XML:
            facts |= {trait: True for trait in _XML_TRAITS if stated.get(trait)}
            if "xmlNamespace" in stated:
                facts["xmlNamespace"] = namespace(stated["xmlNamespace"])
            if "queryName" in stated:
                facts["queryName"] = stated["queryName"]
        return facts

    def _list(self, shape: dict[str, Any]) -> Schema:
        items = self._reference(shape["member"])
        return {"type": "array"} | self._sparse(shape, "items", items)

    def _map(self, shape: dict[str, Any]) -> Schema:
        keys = self._reference(shape["key"])
        values = self._reference(shape["value"])
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
                schema["pattern"] = _pattern(shape)
            except PatternError as error:
                schema["aws"] = {"untranslated": str(error)}
        return schema

    def _timestamp(self, shape: dict[str, Any]) -> Schema:
        form = _BODY_TIMESTAMPS[self.protocol]
        if self.protocol not in CBOR:
            form = shape.get("timestampFormat", form)
        return {"type": "string", "format": "date-time", "aws": {"timestampFormat": form}}

    def _blob(self, shape: dict[str, Any]) -> Schema:
        facts = {key: shape[key] for key in ("min", "max", "streaming") if key in shape}
        schema: Schema = {"type": "string", "contentEncoding": "base64"}
        return {**schema, "aws": facts} if facts else schema

    def _boolean(self, shape: dict[str, Any]) -> Schema:
        return {"type": "boolean"}

    def _number(self, shape: dict[str, Any]) -> Schema:
        return {"type": "integer" if shape["type"] in INTEGERS else "number"}


def _is_reserved(documentation: str) -> bool:
    """Whether a member is documented to be of no use yet, as Kinesis' `StreamId` is."""
    return _RESERVED.match(documentation) is not None


def _pattern(shape: dict[str, Any]) -> str:
    """The translated pattern, which depends on bounds only where it is known to be broken."""
    stated, bounds = shape["pattern"], (shape.get("min"), shape.get("max"))
    return translate(stated, bounds) if broken(stated, bounds) else _translated(stated)


def namespace(stated: str | dict[str, Any] | None) -> dict[str, Any] | None:
    """An XML namespace as `{"uri", "prefix"?}`, which older models write as its URI alone."""
    if not stated:
        return None
    if isinstance(stated, str):
        return {"uri": stated}
    return {key: stated[key] for key in ("uri", "prefix") if stated.get(key)}


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
