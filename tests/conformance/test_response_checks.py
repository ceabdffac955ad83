"""What answers say of the response, error and wire clauses."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.exchange import HTTPResponse, Purpose
from conformance_exchanges import DESCRIBE, GET, LIST, Story, error, ok

ITEM = {"count": 1, "costInUsd": {}, "runtimeInSeconds": {}, "usageType": "COMPUTE"}


def after(answer: HTTPResponse, contract: Any = GET) -> Story:
    return Story(contract).tell(Purpose.VALID, answer, "request#accepted")


def page(*items: dict[str, Any], **members: Any) -> HTTPResponse:
    return ok(GET, {"status": "COMPLETED", "statistics": list(items), **members})


@pytest.mark.parametrize(
    ("answer", "clause", "verdict"),
    [
        (page(ITEM), "response/statistics/*/count#required", "conforms"),
        (page({**ITEM, "count": None}), "response/statistics/*/count#required", "violates"),
        (page(), "response/statistics/*/count#required", "unexercised"),
        (page({**ITEM, "count": "1"}), "response/statistics/*/count#type", "violates"),
        (page({**ITEM, "usageType": "GPU"}), "response/statistics/*/usageType#enum", "violates"),
        (page({**ITEM, "usageType": 1}), "response/statistics/*/usageType#enum", "conforms"),
        (page(ITEM), "response/statistics/*/usageType#enum", "conforms"),
        (page(ITEM), "response/statistics/*/jobName#minLength", "unexercised"),
        (
            page({**ITEM, "jobName": "x" * 513}),
            "response/statistics/*/jobName#maxLength",
            "violates",
        ),
        (page(statusmessage="x"), "response#members", "violates"),
        (page({**ITEM, "Count": 2}), "response/statistics/*#members", "violates"),
        (page(ITEM), "response/statistics/*#members", "conforms"),
        (
            page({**ITEM, "aggregationStartTime": 1767225600}),
            "response/statistics/*/aggregationStartTime#timestamp",
            "violates",
        ),
        (
            page({**ITEM, "aggregationStartTime": "2026-01-01T00:00:00Z"}),
            "response/statistics/*/aggregationStartTime#timestamp",
            "conforms",
        ),
        (ok(GET, {"statistics": []}), "response/status#required", "violates"),
        (page(status="DONE"), "response/status#enum", "violates"),
    ],
)
def test_a_response_is_held_against_each_clause(
    answer: HTTPResponse, clause: str, verdict: str
) -> None:
    assert after(answer).verdict(clause) == verdict


def test_a_finding_says_where_and_what() -> None:
    outcome = after(page(ITEM, {**ITEM, "usageType": "GPU"})).outcome(
        "response/statistics/*/usageType#enum"
    )
    (finding,) = outcome.findings
    assert "/statistics/1/usageType" in finding.observed
    assert "GPU" in finding.observed
    assert "PERSISTENT_VOLUME" in finding.expected


@pytest.mark.parametrize(
    ("answer", "clause", "verdict"),
    [
        (error(GET, "ValidationException", 400, reason="OTHER"), "errors#status", "conforms"),
        (error(GET, "ValidationException", 404, reason="OTHER"), "errors#status", "violates"),
        (error(GET, "ResourceNotFoundException", 404), "errors#status", "conforms"),
        (error(GET, "ValidationException", 400), "errors#discriminator", "conforms"),
        (ok(GET, {"message": "no"}, 400), "errors#discriminator", "violates"),
        (error(GET, "ValidationException", 400), "errors#discriminator-place", "conforms"),
        (ok(GET, {"__type": "ValidationException"}, 400), "errors#discriminator", "conforms"),
        (ok(GET, {"__type": "ValidationException"}, 400), "errors#discriminator-place", "violates"),
        (error(GET, "ValidationException", 400), "errors#code", "conforms"),
        (error(GET, "SerializationException", 400), "errors#code", "conforms"),
        (error(GET, "FarmOnFireException", 400), "errors#code", "violates"),
        (
            error(GET, "ValidationException", 400, reason="MOOD"),
            "errors/ValidationException/reason#enum",
            "violates",
        ),
        (
            error(GET, "ValidationException", 400),
            "errors/ValidationException/reason#required",
            "violates",
        ),
        (
            error(GET, "ValidationException", 400, reason="OTHER"),
            "errors/ValidationException/reason#required",
            "conforms",
        ),
        (error(GET, "InternalServerErrorException", 500), "errors#no-server-fault", "violates"),
        (error(GET, "ValidationException", 400), "errors#no-server-fault", "conforms"),
        (page(ITEM), "errors#status", "unexercised"),
    ],
)
def test_an_error_is_held_against_each_clause(
    answer: HTTPResponse, clause: str, verdict: str
) -> None:
    assert after(answer).verdict(clause) == verdict


def test_json_errors_have_their_type_in_the_body() -> None:
    good = error(DESCRIBE, "ValidationException", 400, Message="no")
    bad = ok(DESCRIBE, {"Message": "no"}, 400)
    assert after(good, DESCRIBE).verdict("errors#discriminator") == "conforms"
    assert after(bad, DESCRIBE).verdict("errors#discriminator") == "violates"


@pytest.mark.parametrize(
    ("answer", "clause", "verdict"),
    [
        (ok(LIST, {"farms": []}), "wire#status", "conforms"),
        (ok(LIST, {"farms": []}, 201), "wire#status", "violates"),
        (error(LIST, "ValidationException", 400), "wire#status", "unexercised"),
        (ok(LIST, {"farms": []}, **{"content-type": "text/html"}), "wire#content-type", "violates"),
        (ok(LIST, b"<html></html>"), "wire#json", "violates"),
        (ok(LIST, b"[]"), "wire#json", "violates"),
        (ok(LIST, b'{"farms": [NaN]}'), "wire#json", "violates"),
        (ok(LIST, {"farms": []}), "wire#json", "conforms"),
        (HTTPResponse(200, (("content-type", "application/json"),), b'{"farms": []}'),
         "wire#request-id", "violates"),
    ],
)  # fmt: skip
def test_the_wire_is_held_against_each_clause(
    answer: HTTPResponse, clause: str, verdict: str
) -> None:
    assert after(answer, LIST).verdict(clause) == verdict


def test_answers_of_other_operations_say_nothing() -> None:
    story = Story(GET).tell(Purpose.SCENARIO, ok(LIST, {"farms": 5}), of=LIST)
    assert story.verdict("wire#json") == "unexercised"


def test_every_class_of_observation_is_a_finding_however_many_there_are() -> None:
    story, statuses = Story(GET), range(404, 411)
    for status in statuses:
        story.tell(Purpose.VIOLATES, error(GET, "ValidationException", status), "request#type")
    found = [each.observation for each in story.outcome("errors#status").findings]
    assert found == [f"ValidationException with {status}" for status in statuses]
