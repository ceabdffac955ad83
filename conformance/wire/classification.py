"""How a target reacted to a request: accepted, rejected for validation, or something else."""

from __future__ import annotations

from enum import StrEnum

from awsconform.conformance.exchange import Exchange, Trouble
from awsconform.conformance.wire import codes
from awsconform.conformance.wire.answer import Answer, AnswerKind
from awsconform.conformance.wire.codes_of_services import OF_SERVICES
from awsconform.conformance.wire.lacking import form_of, says_so
from awsconform.specs.contract import Contract
from awsconform.specs.streams import stream_member


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
    Trouble.QUIET: Reaction.UNTYPED,
    Trouble.TOO_LARGE: Reaction.UNREADABLE,
    Trouble.NOT_HTTP: Reaction.UNREADABLE,
    Trouble.CLIENT_REFUSED: Reaction.CLIENT_REFUSED,
    Trouble.CRASHED: Reaction.CRASHED,
}


def classify(contract: Contract, exchange: Exchange, answer: Answer | None) -> Reaction:
    """The reaction an exchange shows; `answer` is what was read from it, None where nothing was."""
    if exchange.trouble is not None:
        crashed = exchange.trouble is Trouble.CRASHED
        if crashed and exchange.detail.startswith(codes.UNIMPLEMENTED_EXCEPTION):
            return Reaction.UNIMPLEMENTED
        if exchange.trouble is Trouble.TIMEOUT and stream_member(contract, contract.output_shape):
            # A stream of events may stay open for as long as anybody listens.
            return Reaction.UNTYPED
        return _TROUBLES[exchange.trouble]
    if answer is None:
        return Reaction.UNREADABLE
    if form_of(contract, exchange, answer) is not None:
        return Reaction.UNIMPLEMENTED
    if answer.code is None and _redirects(contract, answer.status):
        return Reaction.UNTYPED
    if answer.kind is AnswerKind.SUCCESS:
        return Reaction.ACCEPTED
    if answer.code is not None and codes.THROTTLING.fullmatch(answer.code):
        return Reaction.REFUSED
    if answer.status is not None and answer.status >= 500:
        return Reaction.SERVER_FAULT
    if answer.kind is AnswerKind.UNREADABLE:
        return Reaction.UNREADABLE
    return Reaction.UNTYPED if answer.code is None else _by_code(contract, answer.code)


def _redirects(contract: Contract, status: int | None) -> bool:
    """Whether a status sends the client elsewhere, which is no success unless it is documented."""
    return status is not None and 300 <= status < 400 and status != contract.status


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
    groups = (codes.COMMON, codes.SERVER, codes.THROTTLING)
    known = any(group.fullmatch(code) for group in groups)
    return known or is_validation(code) or says_so(code)


def is_common_code(code: str, service: str) -> bool:
    """Whether any operation of a service may answer the code without declaring it."""
    return is_framework_code(code) or _is_of_service(code, service)


def _is_of_service(code: str, service: str) -> bool:
    own = OF_SERVICES.get(service)
    return own is not None and own.fullmatch(code) is not None
