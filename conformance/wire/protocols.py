"""Which module speaks which protocol."""

from __future__ import annotations

from typing import Protocol

from awsconform.conformance.exchange import Case, HTTPRequest, HTTPResponse
from awsconform.conformance.wire import json_protocol, rest_json
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


PROTOCOLS: dict[str, WireProtocol] = {"json": json_protocol, "rest-json": rest_json}


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
