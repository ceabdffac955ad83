"""What is the same in the responses of every protocol: status, request id, error codes."""

from __future__ import annotations

from typing import Any

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.wire.answer import Problem
from awsconform.specs.contract import Contract

REQUEST_ID_HEADERS = ("x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id")


def wire_problem(kind: str, message: str) -> Problem:
    """A problem of the message as a whole."""
    return Problem("wire", (), kind, "", message)


def request_id_problem(response: HTTPResponse) -> list[Problem]:
    """The problem of having no request id, in none of the headers AWS uses for it."""
    if any(name.lower() in REQUEST_ID_HEADERS for name, _ in response.headers):
        return []
    return [wire_problem("request-id", f"none of the headers {', '.join(REQUEST_ID_HEADERS)}")]


def status_problem(contract: Contract, response: HTTPResponse) -> list[Problem]:
    """The problem of a success status that is not the contract's; redirections are one as well."""
    bound = any(
        member.get("aws", {}).get("location") == "statusCode"
        for member in contract.definitions.get(contract.output_shape or "", {})
        .get("properties", {})
        .values()
    )
    fits = response.status == contract.status or (bound and 200 <= response.status < 300)
    if fits:
        return []
    return [wire_problem("status", f"{response.status}, {contract.status} is due")]


def short_code(stated: Any) -> str | None:
    """An error's code without namespace and address: cut at `:`, then what follows `#`.

    None for anything that is no text or leaves nothing.
    """
    if not isinstance(stated, str):
        return None
    return stated.partition(":")[0].rpartition("#")[2].strip() or None


def declared_code(contract: Contract, *codes: str | None) -> str | None:
    """The first of the codes the contract declares, as its key; else the first that is one.

    A server may say the name of the error's shape where the contract knows a code of its own.
    """
    stated = [code for code in codes if code]
    for code in stated:
        if code in contract.errors:
            return code
        for error in contract.errors.values():
            if error.shape == code:
                return error.code
    return stated[0] if stated else None
