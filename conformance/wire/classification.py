"""How a target reacted to a request: accepted, rejected for validation, or something else."""

from __future__ import annotations

import re
from enum import StrEnum

from awsconform.conformance.exchange import Exchange, HTTPResponse, Trouble
from awsconform.conformance.wire import codes
from awsconform.conformance.wire.answer import Answer, AnswerKind
from awsconform.conformance.wire.codes_of_services import OF_SERVICES
from awsconform.specs.contract import Contract


class Reaction(StrEnum):
    """What an exchange says of the request that was sent.

    `REJECTED` is a rejection for validation; `REFUSED` a refusal for another reason (not found,
    denied, throttled, conflict), `UNTYPED` one without an error code, `UNKNOWN_ERROR` one with a
    code that neither the operation nor AWS's framework has. The last seven have no answer to read.
    """

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REFUSED = "refused for another reason"
    UNTYPED = "refused without an error type"
    UNKNOWN_ERROR = "refused with an unknown error"
    SERVER_FAULT = "server fault"
    UNIMPLEMENTED = "not implemented"
    UNREADABLE = "unreadable answer"
    DROPPED = "dropped connection"
    TIMEOUT = "time-out"
    CRASHED = "exception in the target"
    UNREACHABLE = "unreachable"
    CLIENT_REFUSED = "refused by the client"


_TROUBLES = {
    Trouble.UNREACHABLE: Reaction.UNREACHABLE,
    Trouble.DROPPED: Reaction.DROPPED,
    Trouble.TIMEOUT: Reaction.TIMEOUT,
    Trouble.TOO_LARGE: Reaction.UNREADABLE,
    Trouble.NOT_HTTP: Reaction.UNREADABLE,
    Trouble.CLIENT_REFUSED: Reaction.CLIENT_REFUSED,
    Trouble.CRASHED: Reaction.CRASHED,
}

# HTML, XHTML with its declaration too.
_PAGE = re.compile(rb"(?is)(<\?xml[^>]*>|<!--.*?-->|\s)*<(!doctype\s+html|html)\b")

_ERROR_ROOTS = (b"<Error", b"<Response>", b"<Response ")


def classify(contract: Contract, exchange: Exchange, answer: Answer | None) -> Reaction:
    """The reaction an exchange shows; `answer` is what was read from it, None where nothing was."""
    if exchange.trouble is not None:
        crashed = exchange.trouble is Trouble.CRASHED
        if crashed and exchange.detail.startswith(codes.UNIMPLEMENTED_EXCEPTION):
            return Reaction.UNIMPLEMENTED
        return _TROUBLES[exchange.trouble]
    if answer is None:
        return Reaction.UNREADABLE
    if _is_unimplemented(contract, exchange, answer):
        return Reaction.UNIMPLEMENTED
    if answer.kind is AnswerKind.SUCCESS:
        return Reaction.ACCEPTED
    if answer.code is not None and codes.THROTTLING.fullmatch(answer.code):
        return Reaction.REFUSED
    if answer.status is not None and answer.status >= 500:
        return Reaction.SERVER_FAULT
    if answer.kind is AnswerKind.UNREADABLE:
        return Reaction.UNREADABLE
    return Reaction.UNTYPED if answer.code is None else _by_code(contract, answer.code)


def _by_code(contract: Contract, code: str) -> Reaction:
    declared = contract.errors.get(code)
    if codes.SERVER.fullmatch(code) or (declared is not None and declared.fault == "server"):
        return Reaction.SERVER_FAULT
    if codes.REFUSAL.fullmatch(code):
        return Reaction.REFUSED
    if is_validation(code):
        return Reaction.REJECTED
    if declared is None and not _is_of_service(code, contract.service):
        return Reaction.UNKNOWN_ERROR
    return Reaction.REJECTED if codes.DECLARED_VALIDATION.fullmatch(code) else Reaction.REFUSED


def is_validation(code: str) -> bool:
    """Whether a code says that the request's form was at fault, declared or not."""
    return bool(codes.VALIDATION.fullmatch(code)) and not codes.REFUSAL.fullmatch(code)


def is_framework_code(code: str) -> bool:
    """Whether any operation may answer the code without declaring it."""
    groups = (codes.COMMON, codes.SERVER, codes.THROTTLING, codes.UNIMPLEMENTED)
    return is_validation(code) or any(group.fullmatch(code) for group in groups)


def is_common_code(code: str, service: str) -> bool:
    """Whether any operation of a service may answer the code without declaring it."""
    return is_framework_code(code) or _is_of_service(code, service)


def _is_of_service(code: str, service: str) -> bool:
    own = OF_SERVICES.get(service)
    return own is not None and own.fullmatch(code) is not None


def is_web_page(response: HTTPResponse) -> bool:
    """Whether a response is a web server's own page, or empty: no error form AWS has."""
    kind = (response.header("content-type") or "").partition(";")[0].strip().lower()
    if "json" in kind or "cbor" in kind or response.header("x-amzn-errortype") is not None:
        return False
    text = response.body.lstrip()
    if _PAGE.match(text):
        return True
    # Errors in XML come with all sorts of content types, pages also in pieces.
    return not ("xml" in kind and text) and not text.startswith((b"{", b"<?xml", *_ERROR_ROOTS))


def _is_unimplemented(contract: Contract, exchange: Exchange, answer: Answer) -> bool:
    if answer.kind is AnswerKind.SUCCESS:
        return False
    if answer.status == codes.UNIMPLEMENTED_STATUS:
        return True
    if answer.code is not None:
        declared = answer.code in contract.errors
        if codes.UNIMPLEMENTED.fullmatch(answer.code) and not declared:
            return True
        reason = (answer.value or {}).get("reason")
        return isinstance(reason, str) and reason in codes.UNKNOWN_OPERATION_REASONS
    response = exchange.response
    return (
        response is not None and response.status in codes.ROUTER_STATUSES and is_web_page(response)
    )
