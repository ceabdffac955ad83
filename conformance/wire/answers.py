"""Responses to answers: strictly from the wire, or from what an SDK made of them."""

from __future__ import annotations

import re

from awsconform.conformance.exchange import HTTPResponse, Parsed
from awsconform.conformance.wire.answer import Answer, AnswerKind, Problem
from awsconform.conformance.wire.part_reader import part_reader
from awsconform.conformance.wire.protocols import protocol
from awsconform.conformance.wire.responses import declared_code, short_code, status_name
from awsconform.specs.contract import Contract

_STATUS = re.compile(r"[1-5]\d\d", re.ASCII)

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
        # An SDK that finds no code in an answer to HEAD gives the status.
        named = status_name(int(parsed.code)) if _STATUS.fullmatch(parsed.code) else parsed.code
        code = declared_code(contract, named, short_code(named))
        if code is None or code not in contract.errors:
            return Answer(kind, parsed.status, parsed.value, code, "sdk")
        part = code
    reading = part_reader(contract, part, wire=False, located=False).read(parsed.value, None)
    return reading.answer(kind, parsed.status, (), code, "sdk" if code else None)
