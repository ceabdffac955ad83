"""Where each member of a structure goes in an HTTP message: path, query, headers, status, body."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from awsconform.conformance.wire import timestamps
from awsconform.specs.contract import Contract, Schema, dense

RAW_PAYLOADS = ("blob", "string")
# What a timestamp of a body is where nothing is stated.
_BODY_TIMESTAMPS = {"rest-xml": timestamps.ISO8601}


@dataclass(frozen=True)
class Bound:
    """A member outside the body: its name, its name on the wire, its schema (resolved).

    `item` is the schema of a list's items or a map's values, None for anything else; `items` that
    of the lists in a map.
    """

    name: str
    wire: str
    schema: Schema
    item: Schema | None = None
    items: Schema | None = None

    @property
    def aws(self) -> dict[str, Any]:
        """The facts of the member and its shape."""
        facts: dict[str, Any] = self.schema["aws"]
        return facts

    @property
    def kind(self) -> str:
        """The AWS type."""
        return str(self.aws["type"])


@dataclass(frozen=True)
class Bindings:
    """The members of one structure by place; `body` are the schemas of those in the body.

    `payload` is the one member that is the whole body, if there is one.
    """

    uri: dict[str, Bound]
    query: tuple[Bound, ...]
    headers: tuple[Bound, ...]
    prefixed: tuple[Bound, ...]
    status: Bound | None
    payload: Bound | None
    body: Schema
    names: frozenset[str]


@functools.lru_cache(maxsize=4096)
def bindings(contract: Contract, shape: str | None) -> Bindings:
    """The bindings of a structure of the contract; those of an empty one for None."""
    schema = contract.resolve({"$ref": f"#/$defs/{shape}"}) if shape else {"properties": {}}
    found: dict[str, list[Bound]] = {}
    body: Schema = {}
    for name, member in schema.get("properties", {}).items():
        resolved = contract.resolve(member)
        aws = resolved.get("aws", {})
        place = aws.get("location") or ("payload" if aws.get("payload") else "")
        if place in ("uri", "querystring") and shape != contract.input_shape:
            # Answers have neither.
            place = ""
        if place:
            item = _below(contract, resolved, aws)
            items = _below(contract, item, aws) if item else None
            # Headers without a prefix of their own are all headers.
            wire = aws.get("locationName", "" if place == "headers" else name)
            bound = Bound(name, wire, resolved, item, items)
            found.setdefault(place, []).append(bound)
        else:
            body[name] = member
    return Bindings(
        uri={bound.wire: bound for bound in found.get("uri", [])},
        query=tuple(found.get("querystring", ())),
        headers=tuple(found.get("header", ())),
        prefixed=tuple(found.get("headers", ())),
        status=next(iter(found.get("statusCode", ())), None),
        payload=next(iter(found.get("payload", ())), None),
        body={**schema, "properties": body},
        names=frozenset(schema.get("properties", {})),
    )


def _below(contract: Contract, schema: Schema, aws: dict[str, Any]) -> Schema | None:
    """What a list or map holds; its timestamps take the form of the member's place."""
    below = schema.get("items") or schema.get("additionalProperties")
    if not isinstance(below, dict):
        return None
    reference = dense(below)
    resolved = contract.resolve(reference)
    facts = dict(resolved["aws"])
    form = _BODY_TIMESTAMPS.get(contract.protocol, timestamps.EPOCH)
    stated = "timestampFormat" in reference.get("aws", {})
    if (
        facts["type"] == "timestamp"
        and not stated
        and facts.get("timestampFormat", form) == form
        and aws.get("location")
    ):
        header = aws["location"] == "header"
        facts["timestampFormat"] = timestamps.HTTP_DATE if header else timestamps.ISO8601
    return {**resolved, "aws": facts}
