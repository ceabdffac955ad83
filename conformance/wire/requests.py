"""A case to the request that goes over the wire, by the contract alone."""

from __future__ import annotations

from awsconform.conformance.exchange import Case, HTTPRequest
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.protocols import protocol
from awsconform.specs.contract import Contract

__all__ = ["NotExpressible", "encode"]


def encode(contract: Contract, case: Case) -> HTTPRequest:
    """The request of a case: unsigned, without a host, violations as they are.

    Nothing is filled in (no idempotency tokens) and nothing is put right. `case.body` replaces the
    encoded body.

    Raises:
        NotExpressible: a value has no wire form at its place, or only one that says another value.
        ContractError: the contract's protocol is not supported.
    """
    return protocol(contract).encode(contract, case)
