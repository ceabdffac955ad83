"""The protocols AWS JSON 1.0 and 1.1: one address, the operation in a header, all else in the body.

Smithy: aws.protocols#awsJson1_0 and aws.protocols#awsJson1_1.
"""

from __future__ import annotations

from typing import Any

from awsconform.conformance.exchange import Case, HTTPRequest, HTTPResponse
from awsconform.conformance.wire import json_answers
from awsconform.conformance.wire.answer import Answer
from awsconform.conformance.wire.host_prefix import host_prefix
from awsconform.conformance.wire.json_answers import Dialect
from awsconform.conformance.wire.json_writer import body_bytes, wire_value
from awsconform.specs.contract import Contract

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
    )
    prefix = host_prefix(contract, case.value)
    return HTTPRequest(contract.method, contract.uri, headers, body, prefix)


def read(contract: Contract, response: HTTPResponse) -> Answer:
    """A response, read strictly."""
    dialect = Dialect(content_type(contract), False, "__type", _CODE_PLACES)
    return json_answers.read(contract, response, dialect)


def content_type(contract: Contract) -> str:
    """The content type of both directions."""
    return f"application/x-amz-json-{contract.aws.get('jsonVersion') or '1.1'}"
