"""The protocols AWS JSON 1.0 and 1.1: one address, the operation in a header, all else in the body.

Smithy: aws.protocols#awsJson1_0 and aws.protocols#awsJson1_1.
"""

from __future__ import annotations

from typing import Any

from awsconform.conformance.exchange import Case, HTTPRequest, HTTPResponse
from awsconform.conformance.wire import event_streams, json_answers
from awsconform.conformance.wire.answer import Answer
from awsconform.conformance.wire.event_content import JSON
from awsconform.conformance.wire.host_prefix import host_prefix
from awsconform.conformance.wire.json_answers import Dialect
from awsconform.conformance.wire.json_writer import body_bytes, wire_value
from awsconform.conformance.wire.responses import (
    REQUEST_ID,
    REQUEST_ID_HEADER,
    absolute_id,
    error_shape,
    error_status,
    query_error,
    query_mode,
)
from awsconform.specs.contract import Contract
from awsconform.specs.streams import MEDIA_TYPE, stream_member

_CODE_PLACES = ("__type", "code", "Code", "header")


def encode(contract: Contract, case: Case) -> HTTPRequest:
    """The request of a case.

    Raises:
        NotExpressible: a value has no wire form at its place.
    """
    if case.body is None:
        shape: dict[str, Any] = {}
        if contract.input_shape:
            shape = {"$ref": f"#/$defs/{contract.input_shape}"}
        body = body_bytes(wire_value(contract, shape, case.value, "request"))
    else:
        body = case.body
    headers = (
        ("X-Amz-Target", f"{contract.aws['targetPrefix']}.{contract.operation}"),
        ("Content-Type", content_type(contract)),
        *query_mode(contract),
    )
    prefix = host_prefix(contract, case.value)
    return HTTPRequest(contract.method, contract.uri, headers, body, prefix)


def read(contract: Contract, response: HTTPResponse) -> Answer:
    """A response, read strictly."""
    dialect = Dialect(content_type(contract), False, "__type", _CODE_PLACES)
    return json_answers.read(contract, response, dialect)


def write(contract: Contract, value: dict[str, Any], *, code: str | None = None) -> HTTPResponse:
    """A correct answer with this value, or the error of `code` with these members.

    JSON 1.0 names an error by the absolute id of its shape, 1.1 by its short name.

    Raises:
        NotExpressible: a value has no wire form at its place.
    """
    if code is None and stream_member(contract, contract.output_shape) is not None:
        stream = event_streams.body(contract, value, JSON, located=False)
        typed = ((REQUEST_ID_HEADER, REQUEST_ID), ("Content-Type", MEDIA_TYPE))
        return HTTPResponse(contract.status, typed, stream)
    part = "response" if code is None else code
    shape = contract.output_shape if code is None else error_shape(contract, code)
    schema: dict[str, Any] = {"$ref": f"#/$defs/{shape}"} if shape else {}
    written = wire_value(contract, schema, value, part)
    headers = [(REQUEST_ID_HEADER, REQUEST_ID), ("Content-Type", content_type(contract))]
    if code is None:
        return HTTPResponse(contract.status, tuple(headers), body_bytes(written, part))
    name = shape or code
    if contract.aws.get("jsonVersion") == "1.0":
        name = absolute_id(contract, code)
    headers += query_error(contract, code)
    body = body_bytes({"__type": name, **written}, part)
    return HTTPResponse(error_status(contract, code), tuple(headers), body)


def content_type(contract: Contract) -> str:
    """The content type of both directions."""
    return f"application/x-amz-json-{contract.aws.get('jsonVersion') or '1.1'}"
