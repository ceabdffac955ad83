"""The protocol REST JSON 1: members in path, query, headers and a JSON body.

Smithy: aws.protocols#restJson1 and the HTTP binding traits.
"""

from __future__ import annotations

import base64
import re
from typing import Any
from urllib.parse import quote

from awsconform.conformance.exchange import Case, HTTPRequest, HTTPResponse
from awsconform.conformance.wire import json_answers
from awsconform.conformance.wire.answer import Answer
from awsconform.conformance.wire.bindings import RAW_PAYLOADS, Bindings, Bound, bindings
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.headers import header_lines
from awsconform.conformance.wire.host_prefix import host_prefix
from awsconform.conformance.wire.json_answers import Dialect
from awsconform.conformance.wire.json_writer import body_bytes, members, wire_value
from awsconform.conformance.wire.text import is_base64, to_text
from awsconform.specs.contract import Contract

CONTENT_TYPE = "application/json"
_DIALECT = Dialect(CONTENT_TYPE, True, "header", ("header", "__type", "code", "Code"))
_LABEL = re.compile(r"\{([^}+]+)(\+?)\}")
_UNRESERVED = "-._~"
_WITHOUT_BODY = ("GET", "HEAD", "DELETE")


def encode(contract: Contract, case: Case) -> HTTPRequest:
    """The request of a case.

    Members the contract does not know go into the body, or into the query string where the
    operation has no body.

    Raises:
        NotExpressible: a value has no wire form at its place.
    """
    bound = bindings(contract, contract.input_shape)
    unknown = {name: item for name, item in case.value.items() if name not in bound.names}
    has_body = bool(bound.body["properties"])
    strays_in_query = contract.method in _WITHOUT_BODY and not has_body and not bound.payload
    body, content = _body(contract, bound, case.value, {} if strays_in_query else unknown)
    if case.body is not None:
        body, content = case.body, content or CONTENT_TYPE
    query = _query(bound, case.value)
    if strays_in_query:
        query += [(name, _stray(name, item)) for name, item in unknown.items()]
    headers = [("Content-Type", content)] if content else []
    headers += header_lines(bound, case.value)
    return HTTPRequest(
        contract.method,
        _address(contract, bound, case.value, query),
        tuple(headers),
        body,
        host_prefix(contract, case.value),
    )


def read(contract: Contract, response: HTTPResponse) -> Answer:
    """A response, read strictly."""
    return json_answers.read(contract, response, _DIALECT)


def _body(
    contract: Contract, bound: Bindings, value: dict[str, Any], unknown: dict[str, Any]
) -> tuple[bytes, str | None]:
    """The body and its content type; no content type where the operation has no body."""
    payload = bound.payload
    if payload is not None:
        if unknown:
            raise NotExpressible(next(iter(unknown)), "the body belongs to one member alone")
        return _payload(contract, payload, value)
    if not bound.body["properties"] and not unknown:
        return b"", None
    inside = {
        name: item
        for name, item in value.items()
        if name in bound.body["properties"] or name in unknown
    }
    return body_bytes(members(contract, bound.body, inside, "request")), CONTENT_TYPE


def _payload(contract: Contract, payload: Bound, value: dict[str, Any]) -> tuple[bytes, str | None]:
    path = f"request/{payload.name}"
    if payload.name not in value:
        absent = b"" if payload.kind in (*RAW_PAYLOADS, "document") else b"{}"
        return absent, CONTENT_TYPE if absent else None
    item = value[payload.name]
    if payload.kind not in RAW_PAYLOADS:
        return body_bytes(wire_value(contract, payload.schema, item, path), path), CONTENT_TYPE
    if not isinstance(item, str):
        raise NotExpressible(path, f"a body of raw bytes cannot say {type(item).__name__}")
    if payload.kind == "string":
        return _utf8(item, path), "text/plain"
    if not is_base64(item):
        raise NotExpressible(path, "a body of raw bytes needs base64 to be made of")
    return base64.b64decode(item), "application/octet-stream"


def _address(
    contract: Contract, bound: Bindings, value: dict[str, Any], query: list[tuple[str, str]]
) -> str:
    path, _, constant = contract.uri.partition("?")

    def label(match: re.Match[str]) -> str:
        name, greedy = match.groups()
        place = f"request/{name}"
        if name not in bound.uri or bound.uri[name].name not in value:
            raise NotExpressible(place, "the path has no form without it")
        member = bound.uri[name]
        text = to_text(value[member.name], member.aws, place)
        if not text:
            raise NotExpressible(place, "an empty segment is another path")
        return _quoted(text, place, safe=_UNRESERVED + "/" if greedy else _UNRESERVED)

    written = "&".join(
        f"{_quoted(name, name)}={_quoted(text, f'request/{name}')}" for name, text in query
    )
    address = _LABEL.sub(label, path)
    parts = [part for part in (constant, written) if part]
    return f"{address}?{'&'.join(parts)}" if parts else address


def _query(bound: Bindings, value: dict[str, Any]) -> list[tuple[str, str]]:
    named = {member.wire for member in bound.query if member.kind != "map"}
    found: list[tuple[str, str]] = []
    for member in bound.query:
        if member.name not in value:
            continue
        item, path = value[member.name], f"request/{member.name}"
        if member.kind == "map" and isinstance(item, dict) and item:
            for key, entry in item.items():
                if key in named:
                    raise NotExpressible(path, f"a member of its own is called {key!r}")
                found += [(key, text) for text in _texts(entry, member.item, member.items, path)]
        else:
            found += [(member.wire, text) for text in _listed(item, member, path)]
    return found


def _listed(item: Any, member: Bound, path: str) -> list[str]:
    if member.kind in ("map", "structure"):
        raise NotExpressible(path, f"a query string cannot say {type(item).__name__} here")
    return _texts(item, member.schema, member.item, path)


def _texts(
    item: Any, schema: dict[str, Any] | None, below: dict[str, Any] | None, path: str
) -> list[str]:
    """The texts of one value, or of each item where the schema is a list's."""
    assert schema is not None
    if schema["aws"]["type"] != "list":
        return [to_text(item, schema["aws"], path)]
    if not isinstance(item, list):
        raise NotExpressible(path, "a query string has no form for what is not a list")
    if not item:
        raise NotExpressible(path, "an empty list leaves no trace in a query string")
    assert below is not None
    return [to_text(each, below["aws"], path) for each in item]


def _stray(name: str, item: Any) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, bool | int | float):
        return str(item).lower()
    raise NotExpressible(f"request/{name}", "only a single value can be a stray query parameter")


def _quoted(text: str, path: str, safe: str = _UNRESERVED) -> str:
    try:
        return quote(text, safe=safe)
    except UnicodeEncodeError:
        raise NotExpressible(path, "half of a surrogate pair has no UTF-8") from None


def _utf8(text: str, path: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise NotExpressible(path, "half of a surrogate pair has no UTF-8") from None
