"""What the two REST protocols put around a body alike: address, query string and headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from awsconform.conformance.exchange import HTTPRequest
from awsconform.conformance.wire.addresses import address, query_pairs, stray
from awsconform.conformance.wire.bindings import bindings
from awsconform.conformance.wire.checksums import checksum_lines
from awsconform.conformance.wire.headers import header_lines
from awsconform.conformance.wire.host_prefix import host_prefix
from awsconform.specs.contract import Contract


def rest_request(
    contract: Contract,
    value: dict[str, Any],
    body: bytes,
    content_type: str | None,
    strays: Mapping[str, Any],
) -> HTTPRequest:
    """The request with a body and everything that stands outside it.

    `strays` are members the contract does not know, for the query string. A member bound to the
    header `Content-Type` says what the body is, and `content_type` then counts for nothing.

    Raises:
        NotExpressible: a value has no wire form at its place.
    """
    bound = bindings(contract, contract.input_shape)
    query = query_pairs(bound, value)
    query += [(name, stray(name, item)) for name, item in strays.items()]
    lines = header_lines(bound, value)
    if content_type and not any(name.lower() == "content-type" for name, _ in lines):
        lines.insert(0, ("Content-Type", content_type))
    lines += checksum_lines(contract, bound, value, body)
    return HTTPRequest(
        contract.method,
        address(contract, bound, value, query),
        tuple(lines),
        body,
        host_prefix(contract, value),
    )
