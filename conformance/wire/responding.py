"""Logical JSON to the bytes of a correct answer: what a server that keeps the contract sends."""

from __future__ import annotations

from typing import Any

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.wire.protocols import protocol
from awsconform.specs.contract import Contract

__all__ = ["write"]


def write(contract: Contract, value: dict[str, Any], *, code: str | None = None) -> HTTPResponse:
    """The answer that says `value`: a success, or the error of `code` with `value` as its members.

    A `code` the contract does not declare makes an error of the framework's, with `value` in its
    body as it is. The request id is the same in every answer.

    Raises:
        NotExpressible: a value has no wire form at its place, or only one that says another value.
        ContractError: the contract's protocol is not supported.
    """
    return protocol(contract).write(contract, value, code=code)
