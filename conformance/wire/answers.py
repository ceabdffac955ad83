"""Responses to answers: strictly from the wire, or from what an SDK made of them."""

from __future__ import annotations

from awsconform.conformance.exchange import HTTPResponse, Parsed
from awsconform.conformance.wire.answer import Answer, AnswerKind, Problem
from awsconform.conformance.wire.part_reader import part_reader
from awsconform.conformance.wire.protocols import protocol
from awsconform.conformance.wire.responses import declared_code, short_code
from awsconform.specs.contract import Contract

__all__ = ["Answer", "AnswerKind", "Problem", "read", "read_parsed"]


def read(contract: Contract, response: HTTPResponse) -> Answer:
    """A response, read strictly; any bytes will do, and no bytes raise.

    Raises:
        ContractError: the contract's protocol is not supported.
    """
    return protocol(contract).read(contract, response)


def read_parsed(contract: Contract, parsed: Parsed) -> Answer:
    """What an SDK made of a response; there are no problems of wire form to find in it."""
    if parsed.code is None:
        kind, code, part = AnswerKind.SUCCESS, None, "response"
    else:
        kind = AnswerKind.ERROR
        code = declared_code(contract, parsed.code, short_code(parsed.code))
        if code is None or code not in contract.errors:
            return Answer(kind, parsed.status, parsed.value, code, "sdk")
        part = code
    reading = part_reader(contract, part, wire=False, located=False).read(parsed.value, None)
    return Answer(
        kind,
        parsed.status,
        reading.value,
        code,
        "sdk" if code else None,
        reading.problems,
        reading.present,
        reading.nulls,
        reading.unknown,
    )
