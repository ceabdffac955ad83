"""Only a rejection for validation is one; what lacks the operation says so."""

from __future__ import annotations

import pytest

from awsconform.conformance.exchange import (
    Case,
    Exchange,
    HTTPResponse,
    Intent,
    Parsed,
    Purpose,
    Trouble,
    View,
)
from awsconform.conformance.wire.answers import read, read_parsed
from awsconform.conformance.wire.classification import (
    Reaction,
    classify,
    is_framework_code,
    is_validation,
)
from awsconform.specs.catalog import load

GET_FARM = load("deadline", "GetFarm")
DESCRIBE = load("lookoutequipment", "DescribeInferenceScheduler")
CASE = Case("GetFarm", Intent(Purpose.VALID), {})

# What moto's server (werkzeug), Go's net/http and nginx answer for a path they do not route.
ROUTER_PAGES = [
    (404, "text/html; charset=utf-8", b"<!doctype html>\n<title>404 Not Found</title>\n"),
    (405, "text/html; charset=utf-8", b"<!doctype html>\n<title>405 Method Not Allowed</title>\n"),
    (404, "text/plain; charset=utf-8", b"404 page not found\n"),
    (404, "text/html", b"<html>\r\n<head><title>404 Not Found</title></head></html>"),
]


def reaction(
    status: int,
    code: str | None = None,
    body: bytes = b"{}",
    content_type: str = "application/json",
) -> Reaction:
    headers = [("Content-Type", content_type)]
    if code is not None:
        headers.append(("X-Amzn-Errortype", code))
    response = HTTPResponse(status, tuple(headers), body)
    exchange = Exchange(CASE, None, response)
    return classify(GET_FARM, exchange, read(GET_FARM, response))


@pytest.mark.parametrize(
    "code",
    [
        "ValidationException",
        "ValidationError",
        "SerializationException",
        "MissingParameter",
        "MissingRequiredParameter",
        "InvalidParameterValue",
        "InvalidParameterValueException",
        "InvalidParameterCombination",
        "InvalidRequestException",
        "BadRequestException",
        "InvalidInputException",
        "InvalidArgument",
        "InvalidArgumentException",
        "InvalidNextTokenException",
        "ExpiredNextTokenException",
        "MalformedXML",
        "MalformedQueryString",
        "InvalidParameter.Name",
    ],
)
def test_sees_a_rejection_for_validation(code: str) -> None:
    assert reaction(400, code) is Reaction.REJECTED
    assert is_validation(code)
    assert is_framework_code(code)


@pytest.mark.parametrize(
    "code",
    [
        "ResourceNotFoundException",
        "NoSuchEntity",
        "QueueDoesNotExist",
        "InvalidInstanceID.NotFound",
        "AccessDeniedException",
        "UnauthorizedOperation",
        "ThrottlingException",
        "TooManyRequestsException",
        "ConflictException",
        "ResourceInUseException",
        "BucketAlreadyExists",
        "ServiceQuotaExceededException",
        "LimitExceededException",
        "ExpiredTokenException",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "MissingAuthenticationTokenException",
        "UnrecognizedClientException",
        "InvalidStateException",
    ],
)
def test_learns_nothing_of_validation_from_another_refusal(code: str) -> None:
    assert reaction(400, code) is Reaction.REFUSED
    assert not is_validation(code)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (500, None),
        (500, "ValidationException"),
        (503, "ServiceUnavailable"),
        (599, "Odd"),
        (400, "InternalFailure"),
        (400, "InternalServerErrorException"),
    ],
)
def test_sees_a_server_fault(status: int, code: str | None) -> None:
    assert reaction(status, code) is Reaction.SERVER_FAULT


def test_sees_a_server_fault_in_a_crash_page() -> None:
    assert reaction(500, None, b"<title>500</title>", "text/html") is Reaction.SERVER_FAULT


def test_takes_throttling_for_what_it_is_whatever_the_status() -> None:
    assert reaction(503, "SlowDown") is Reaction.REFUSED


@pytest.mark.parametrize("code", ["Odd", "TeapotException"])
def test_sees_an_error_nobody_declares(code: str) -> None:
    assert reaction(418, code) is Reaction.UNKNOWN_ERROR
    assert not is_framework_code(code)


@pytest.mark.parametrize("body", [b"{}", b'{"message":"Not Found"}'])
@pytest.mark.parametrize("status", [400, 404, 405])
def test_sees_a_refusal_without_a_type(status: int, body: bytes) -> None:
    assert reaction(status, None, body) is Reaction.UNTYPED


@pytest.mark.parametrize(("status", "content_type", "body"), ROUTER_PAGES)
def test_sees_a_missing_operation_in_a_routers_page(
    status: int, content_type: str, body: bytes
) -> None:
    assert reaction(status, None, body, content_type) is Reaction.UNIMPLEMENTED


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (404, "UnknownOperationException"),
        (400, "UnknownOperationException"),
        (501, None),
        (501, "InternalFailure"),
        (400, "InvalidAction"),
        (500, "NotImplementedError"),
        (400, "ActionNotImplemented"),
    ],
)
def test_sees_a_missing_operation_in_a_code_or_status(status: int, code: str | None) -> None:
    assert reaction(status, code) is Reaction.UNIMPLEMENTED


def test_sees_a_missing_operation_in_the_reason_of_a_validation_error() -> None:
    body = b'{"message":"x","reason":"UNKNOWN_OPERATION"}'
    assert reaction(400, "ValidationException", body) is Reaction.UNIMPLEMENTED
    body = b'{"message":"x","reason":"CANNOT_PARSE"}'
    assert reaction(400, "ValidationException", body) is Reaction.REJECTED


def test_does_not_take_a_page_that_is_no_routers_for_an_answer() -> None:
    assert reaction(400, None, b"<html>", "text/html") is Reaction.UNREADABLE
    assert reaction(200, None, b"<html>", "text/html") is Reaction.UNREADABLE
    assert reaction(302, None, b"") is Reaction.UNTYPED


def test_sees_acceptance() -> None:
    assert reaction(200) is Reaction.ACCEPTED
    assert reaction(201) is Reaction.ACCEPTED


@pytest.mark.parametrize("trouble", Trouble)
def test_never_takes_trouble_for_a_rejection(trouble: Trouble) -> None:
    shown = classify(GET_FARM, Exchange(CASE, None, None, trouble=trouble, detail="x"), None)
    assert shown not in (Reaction.ACCEPTED, Reaction.REJECTED, Reaction.REFUSED)


def test_tells_a_missing_operation_from_a_crash() -> None:
    def shown(detail: str) -> Reaction:
        exchange = Exchange(CASE, None, None, trouble=Trouble.CRASHED, detail=detail)
        return classify(GET_FARM, exchange, None)

    assert shown("NotImplementedError: the get_farm action") is Reaction.UNIMPLEMENTED
    assert shown("KeyError: 'NotImplementedError'") is Reaction.CRASHED


def test_reads_reactions_from_what_an_sdk_made_of_them() -> None:
    def shown(parsed: Parsed) -> Reaction:
        exchange = Exchange(CASE, None, None, View.SDK, parsed=parsed)
        return classify(DESCRIBE, exchange, read_parsed(DESCRIBE, parsed))

    assert shown(Parsed({})) is Reaction.ACCEPTED
    assert shown(Parsed({}, "ValidationException", 400)) is Reaction.REJECTED
    assert shown(Parsed({}, "ResourceNotFoundException", None)) is Reaction.REFUSED
    assert shown(Parsed({}, "InternalServerException", 500)) is Reaction.SERVER_FAULT


def test_knows_every_declared_error_of_the_committed_contracts() -> None:
    kinds = {
        code: classify(
            contract,
            Exchange(CASE, None, None, View.SDK, parsed=Parsed({}, code, error.status)),
            read_parsed(contract, Parsed({}, code, error.status)),
        )
        for contract in (GET_FARM, DESCRIBE, load("deadline", "CreateFarm"))
        for code, error in contract.errors.items()
    }
    assert {code for code, kind in kinds.items() if kind is Reaction.REJECTED} == {
        "ValidationException"
    }
    assert Reaction.UNKNOWN_ERROR not in kinds.values()
