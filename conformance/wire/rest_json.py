"""The protocol REST JSON 1: members in path, query, headers and a JSON body.

Smithy: aws.protocols#restJson1 and the HTTP binding traits.
"""

from __future__ import annotations

from typing import Any

from awsconform.conformance.exchange import Case, HTTPRequest, HTTPResponse
from awsconform.conformance.wire import event_streams, json_answers
from awsconform.conformance.wire.answer import Answer
from awsconform.conformance.wire.bindings import RAW_PAYLOADS, Bindings, Bound, bindings
from awsconform.conformance.wire.event_content import JSON
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.json_answers import ERROR_HEADER, Dialect
from awsconform.conformance.wire.json_writer import body_bytes, members, wire_value
from awsconform.conformance.wire.responses import error_shape, error_status, query_error
from awsconform.conformance.wire.rest_answers import (
    RAW_CONTENT_TYPES,
    Head,
    body_members,
    head,
    may_have_body,
    raw_payload,
)
from awsconform.conformance.wire.rest_requests import rest_request
from awsconform.specs.contract import Contract
from awsconform.specs.streams import MEDIA_TYPE, stream_member

CONTENT_TYPE = "application/json"
_DIALECT = Dialect(CONTENT_TYPE, True, "header", ("header", "__type", "code", "Code"))
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
    strays = unknown if strays_in_query else {}
    return rest_request(contract, case.value, body, content, strays)


def read(contract: Contract, response: HTTPResponse) -> Answer:
    """A response, read strictly."""
    return json_answers.read(contract, response, _DIALECT)


def write(contract: Contract, value: dict[str, Any], *, code: str | None = None) -> HTTPResponse:
    """A correct answer with this value, or the error of `code` with these members.

    Raises:
        NotExpressible: a value has no wire form at its place.
    """
    if code is None:
        part, status, shape = "response", contract.status, contract.output_shape
    else:
        part, status, shape = code, error_status(contract, code), error_shape(contract, code)
    bound = bindings(contract, shape)
    made = head(bound, value, status=status, part=part)
    if code is None and stream_member(contract, shape) is not None:
        stream = event_streams.body(contract, value, JSON, located=True)
        return HTTPResponse(made.status, made.of_type(MEDIA_TYPE), stream)
    headers, body = _answer_body(contract, bound, made, value, part)
    if code is not None:
        # A member may be bound to that header too; it says nothing but the type.
        others = tuple(each for each in headers if each[0].lower() != ERROR_HEADER)
        headers = (*others, (ERROR_HEADER, shape or code), *query_error(contract, code))
    return HTTPResponse(made.status, headers, body)


def _answer_body(
    contract: Contract, bound: Bindings, made: Head, value: dict[str, Any], part: str
) -> tuple[tuple[tuple[str, str], ...], bytes]:
    """The headers, with the content type of the body, and the body."""
    payload = bound.payload
    inside = body_members(bound, value)
    if not may_have_body(contract, made.status):
        if inside or (payload and payload.name in value):
            raise NotExpressible(part, f"an answer with status {made.status} has no body")
        return made.headers, b""
    if payload is None:
        if contract.output_shape is None and not inside and part == "response":
            return made.headers, b""
        body = body_bytes(members(contract, bound.body, inside, part), part)
        return made.with_content_type(CONTENT_TYPE), body
    if payload.name not in value:
        return made.headers, b""
    item = value[payload.name]
    if payload.kind in RAW_PAYLOADS:
        content_type = RAW_CONTENT_TYPES[payload.kind]
        return made.with_content_type(content_type), raw_payload(payload, item, part)
    written = wire_value(contract, payload.schema, item, f"{part}/{payload.name}")
    return made.with_content_type(CONTENT_TYPE), body_bytes(written, part)


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
        nothing = payload.kind in (*RAW_PAYLOADS, "document") or payload.aws.get("union")
        absent = b"" if nothing else b"{}"
        return absent, CONTENT_TYPE if absent else None
    item = value[payload.name]
    if payload.kind not in RAW_PAYLOADS:
        return body_bytes(wire_value(contract, payload.schema, item, path), path), CONTENT_TYPE
    return raw_payload(payload, item, "request"), RAW_CONTENT_TYPES[payload.kind]
