"""Which module speaks which protocol."""

from __future__ import annotations

from typing import Any, Protocol

from awsconform.conformance.exchange import Case, HTTPRequest, HTTPResponse
from awsconform.conformance.wire import (
    ec2,
    json_protocol,
    query,
    rest_json,
    rest_xml,
    rpc_v2_cbor,
)
from awsconform.conformance.wire.answer import Answer
from awsconform.errors import ContractError, Location
from awsconform.specs.contract import Contract


class WireProtocol(Protocol):
    """What the module of a protocol offers."""

    def encode(self, contract: Contract, case: Case) -> HTTPRequest:
        """The request of a case."""
        ...

    def read(self, contract: Contract, response: HTTPResponse) -> Answer:
        """A response, read strictly; whatever its bytes are, nothing is raised."""
        ...

    def write(
        self, contract: Contract, value: dict[str, Any], *, code: str | None = None
    ) -> HTTPResponse:
        """A correct answer with this value, or the error of `code` with these members."""
        ...


PROTOCOLS: dict[str, WireProtocol] = {
    "json": json_protocol,
    "rest-json": rest_json,
    "query": query,
    "ec2": ec2,
    "rest-xml": rest_xml,
    "rpc-v2-cbor": rpc_v2_cbor,
}


def protocol(contract: Contract) -> WireProtocol:
    """The module of the contract's protocol.

    Raises:
        ContractError: the protocol is not supported.
    """
    try:
        return PROTOCOLS[contract.protocol]
    except KeyError:
        raise ContractError(
            f"{contract.id} speaks {contract.protocol}",
            hint=f"supported are {', '.join(PROTOCOLS)}",
            location=Location(contract.origin),
        ) from None
