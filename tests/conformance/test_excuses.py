"""What is no target's fault: what AWS itself does, and what a target was made to take."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.exchange import HTTPResponse, Purpose
from awsconform.specs import catalog
from awsconform.specs.contract import Contract
from conformance_exchanges import DESCRIBE, GET, Story, error, ok

ITEM = {"count": 1, "costInUsd": {}, "runtimeInSeconds": {}, "usageType": "COMPUTE"}
TAGS = catalog.load("logs", "ListTagsForResource")
CLUSTER = catalog.load("eks", "DescribeClusterVersions")
ROLE = catalog.load("iam", "GetRole")
CREATE_ROLE = catalog.load("iam", "CreateRole")
EXPORTS = catalog.load("logs", "DescribeExportTasks")


def answered(contract: Contract, *answers: HTTPResponse) -> Story:
    story = Story(contract)
    for answer in answers:
        story.tell(Purpose.VALID, answer, "request#accepted")
    return story


def page(item: dict[str, Any]) -> HTTPResponse:
    return ok(GET, {"status": "COMPLETED", "statistics": [item]})


@pytest.mark.parametrize(
    ("answer", "clause"),
    [
        (ok(TAGS, {"tags": {}}), "response/tags#minProperties"),
        (ok(TAGS, {"tags": {"k": ""}}), "response/tags/@value#pattern"),
    ],
)
def test_empty_values_for_absent_ones_are_no_finding(answer: HTTPResponse, clause: str) -> None:
    assert answered(TAGS, answer).verdict(clause) != "violates"


def test_an_empty_value_is_told_to_be_the_reason() -> None:
    outcome = answered(GET, page({**ITEM, "jobName": ""})).outcome(
        "response/statistics/*/jobName#minLength"
    )
    assert outcome.verdict.value == "inconclusive"
    assert "empty" in outcome.reason


@pytest.mark.parametrize(
    ("status", "verdict"),
    [("STANDARD_SUPPORT", "inconclusive"), ("standard-support", "conforms"), ("x", "violates")],
)
def test_an_undocumented_value_is_excused_if_aws_was_recorded_to_answer_it(
    status: str, verdict: str
) -> None:
    story = answered(CLUSTER, ok(CLUSTER, {"clusterVersions": [{"status": status}]}))
    assert story.verdict("response/clusterVersions/*/status#enum") == verdict


def test_the_evidence_is_told() -> None:
    story = answered(CLUSTER, ok(CLUSTER, {"clusterVersions": [{"status": "UNSUPPORTED"}]}))
    reason = story.outcome("response/clusterVersions/*/status#enum").reason
    assert "AWS itself was recorded" in reason
    assert "DescribeClusterVersions" in reason


@pytest.mark.parametrize("purpose", [Purpose.VALID, Purpose.VIOLATES])
def test_what_an_accepted_violation_gives_back_is_no_finding_of_the_answer(
    purpose: Purpose,
) -> None:
    story = Story(GET).tell(
        purpose,
        ok(GET, {"status": "NEW"}),
        "request/maxResults#maximum",
    )
    kept = "violates" if purpose is Purpose.VALID else "unexercised"
    assert story.verdict("response/status#enum") == kept


@pytest.mark.parametrize(
    ("stored", "name", "verdict"),
    [
        ("!?", "!?", "inconclusive"),
        ("!?", "arn:aws:iam::123456789012:role/!?", "inconclusive"),
        ("!?", "?!", "violates"),
    ],
)
def test_what_was_wrongly_stored_is_no_finding_of_the_read_that_shows_it(
    stored: str, name: str, verdict: str
) -> None:
    body = (
        "<GetRoleResponse xmlns='https://iam.amazonaws.com/doc/2010-05-08/'><GetRoleResult><Role>"
        f"<RoleName>{name}</RoleName></Role></GetRoleResult>"
        "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetRoleResponse>"
    )
    answer = ok(ROLE, body.encode(), **{"content-type": "text/xml"})
    story = Story(ROLE)
    clause = "request/RoleName#pattern"
    story.tell(Purpose.VIOLATES, answer, clause, of=CREATE_ROLE, value={"RoleName": stored})
    story.tell(Purpose.VALID, answer, "request#accepted")
    assert story.verdict("response/Role/RoleName#pattern") == verdict


def test_a_policy_is_measured_without_its_percent_encoding() -> None:
    document = "%7B" * 50_000
    body = (
        "<GetRoleResponse xmlns='https://iam.amazonaws.com/doc/2010-05-08/'><GetRoleResult><Role>"
        f"<AssumeRolePolicyDocument>{document}</AssumeRolePolicyDocument></Role></GetRoleResult>"
        "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetRoleResponse>"
    )
    story = answered(ROLE, ok(ROLE, body.encode(), **{"content-type": "text/xml"}))
    clause = "response/Role/AssumeRolePolicyDocument#maxLength"
    assert story.verdict(clause) == "inconclusive"


@pytest.mark.parametrize(
    ("contract", "answer", "verdict"),
    [
        # json: the status says nothing to its clients.
        (EXPORTS, error(EXPORTS, "InvalidParameterException", 404), "inconclusive"),
        # Its contract is kept with the suite, and the documentation has a status of each error.
        (DESCRIBE, error(DESCRIBE, "ResourceNotFoundException", 404), "violates"),
        (DESCRIBE, error(DESCRIBE, "ResourceNotFoundException", 400), "conforms"),
        (DESCRIBE, error(DESCRIBE, "InternalServerException", 400), "violates"),
        (GET, error(GET, "ResourceNotFoundException", 400), "violates"),
    ],
)
def test_another_status_of_an_error_matters_where_clients_look_at_it(
    contract: Contract, answer: HTTPResponse, verdict: str
) -> None:
    assert answered(contract, answer).verdict("errors#status") == verdict


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        ("ResourceNotFoundException", "inconclusive"),
        ("InvalidParameterException", "conforms"),
        ("InvalidOperationException", "violates"),
        ("FarmOnFireException", "violates"),
    ],
)
def test_an_error_of_the_service_may_come_from_an_operation_that_has_none_for_it(
    code: str, verdict: str
) -> None:
    """DescribeExportTasks declares an error for invalid parameters, none for missing resources."""
    assert answered(EXPORTS, error(EXPORTS, code)).verdict("errors#code") == verdict


def test_a_redirection_is_no_success_and_its_page_is_not_judged() -> None:
    page = HTTPResponse(308, (("content-type", "text/html"), ("location", "/")), b"<!doctype html>")
    story = answered(GET, page)
    assert story.verdict("request#accepted") == "inconclusive"
    assert story.verdict("wire#content-type") == "unexercised"
    assert story.verdict("wire#json") == "unexercised"
    assert story.verdict("wire#status") == "violates"


def test_the_smallest_request_is_not_to_be_redirected() -> None:
    story = Story(GET).tell(
        Purpose.VALID, HTTPResponse(302, (), b""), "request#accepted", label="minimal"
    )
    assert story.verdict("request#accepted") == "violates"


def test_an_answer_to_a_violation_says_nothing_of_the_status_of_successes() -> None:
    story = Story(GET).tell(
        Purpose.VIOLATES, ok(GET, {"status": "COMPLETED"}, 202), "request/maxResults#maximum"
    )
    assert story.verdict("wire#status") == "inconclusive"
    assert answered(GET, ok(GET, {}, 202)).verdict("wire#status") == "violates"
