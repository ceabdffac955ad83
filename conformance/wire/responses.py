"""What is the same in the responses of every protocol: status, request id, error codes."""

from __future__ import annotations

import http
from typing import Any

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.wire import codes
from awsconform.conformance.wire.answer import Problem
from awsconform.specs.contract import Contract

QUERY_ERROR_HEADER = "x-amzn-query-error"
QUERY_MODE_HEADER = "x-amzn-query-mode"
FRAMEWORK_NAMESPACE = "com.amazon.coral.service"
REQUEST_ID = "7a62c49f-347e-4fc4-9331-6e8e7a96aa73"
REQUEST_ID_HEADER = "x-amzn-requestid"
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


def error_status(contract: Contract, code: str) -> int:
    """The HTTP status of an error, declared or of the framework's."""
    if code in contract.errors:
        return contract.errors[code].status
    return 500 if codes.SERVER.fullmatch(code) else 400


def error_shape(contract: Contract, code: str) -> str | None:
    """The shape of an error's members, None where the contract does not declare the code."""
    return contract.errors[code].shape if code in contract.errors else None


def query_error(contract: Contract, code: str) -> list[tuple[str, str]]:
    """The header with the code AWS Query had, for services that spoke it before.

    Smithy: aws.protocols#awsQueryCompatible.
    """
    if not contract.aws.get("queryCompatible"):
        return []
    fault = "Receiver" if error_status(contract, code) >= 500 else "Sender"
    return [(QUERY_ERROR_HEADER, f"{code};{fault}")]


def absolute_id(contract: Contract, code: str) -> str:
    """The absolute id of an error's shape: `com.amazonaws.sqs#QueueDoesNotExist`.

    Namespaces are not in the models; AWS makes them of the service's name.
    """
    shape = error_shape(contract, code)
    if shape is None:
        return f"{FRAMEWORK_NAMESPACE}#{code}"
    name = str(contract.aws.get("serviceId") or contract.service)
    return f"com.amazonaws.{''.join(filter(str.isalnum, name)).lower()}#{shape}"


def query_mode(contract: Contract) -> list[tuple[str, str]]:
    """The header by which clients of such services ask for that code."""
    return [(QUERY_MODE_HEADER, "true")] if contract.aws.get("queryCompatible") else []


def content_type_problem(response: HTTPResponse, due: str) -> list[Problem]:
    """The problem of another content type than the one that is due, whatever its parameters."""
    stated = response.header("content-type")
    if stated is None:
        return [wire_problem("content-type", f"none, {due} is due")]
    if stated.partition(";")[0].strip().lower() != due:
        return [wire_problem("content-type", f"{stated!r}, {due} is due")]
    return []


def status_name(status: int) -> str:
    """What an error is called that has a status only: `NotFound`."""
    try:
        phrase = http.HTTPStatus(status).phrase
    except ValueError:
        phrase = str(status)
    return "".join(filter(str.isalnum, phrase))
