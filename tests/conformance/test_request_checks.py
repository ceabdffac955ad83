"""What answers to valid and violating requests say."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.exchange import HTTPResponse, Purpose, Trouble
from awsconform.specs.contract import Contract
from awsconform.specs.models import compile_contract
from conformance_exchanges import DESCRIBE, GET, Story, error, ok

VALIDATION = error(GET, "ValidationException", 400, reason="OTHER")
PAGE = ok(GET, {"status": "COMPLETED", "statistics": []})
REQUIRED = "request/farmId#required"


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (VALIDATION, "conforms"),
        (PAGE, "violates"),
        (ok(GET, b"<html>Traceback</html>", 500), "violates"),
        (Trouble.DROPPED, "violates"),
        (Trouble.CRASHED, "violates"),
        (Trouble.TIMEOUT, "violates"),
        (Trouble.CLIENT_REFUSED, "inconclusive"),
        (error(GET, "ResourceNotFoundException", 404), "inconclusive"),
        (error(GET, "AccessDeniedException", 403), "inconclusive"),
        (error(GET, "ThrottlingException", 429), "inconclusive"),
        (error(GET, "SomethingElse", 400), "inconclusive"),
        (ok(GET, {"message": "no"}, 400), "inconclusive"),
        (error(GET, "UnknownOperationException", 404), "unimplemented"),
        (HTTPResponse(501, (), b""), "unimplemented"),
    ],
)
def test_only_a_rejection_for_validation_is_a_pass(
    answer: HTTPResponse | Trouble, verdict: str
) -> None:
    story = Story(GET).tell(Purpose.VALID, PAGE, "request#accepted", label="minimal")
    story.tell(Purpose.VIOLATES, answer, REQUIRED, label="omitted")
    assert story.verdict(REQUIRED) == verdict


def test_a_target_that_rejects_everything_shows_no_validation() -> None:
    story = Story(GET).tell(Purpose.VALID, VALIDATION, "request#accepted", label="minimal")
    story.tell(Purpose.VIOLATES, VALIDATION, REQUIRED, label="omitted")
    assert story.verdict(REQUIRED) == "inconclusive"
    assert story.verdict("request#accepted") == "violates"


def test_a_member_is_not_blamed_where_the_smallest_request_is_rejected_too() -> None:
    clause = "request/ClientRequestToken#accepted"
    put = Contract(compile_contract("secretsmanager", "PutSecretValue"))
    rejected = error(put, "InvalidRequestException", 400, message="no")
    story = Story(put).tell(Purpose.VALID, ok(put, {}), "request#accepted", label="maximal")
    story.tell(Purpose.VALID, rejected, "request#accepted", label="minimal")
    story.tell(Purpose.VALID, rejected, clause, label="alone")
    assert story.verdict(clause) == "inconclusive"
    assert story.verdict("request#accepted") == "conforms"


def test_a_rule_no_model_states_may_reject_all_of_an_operation() -> None:
    put = Contract(compile_contract("secretsmanager", "PutSecretValue"))
    story = Story(put)
    for label in ("minimal", "maximal"):
        rejected = error(put, "InvalidRequestException", 400, Message="no")
        story.tell(Purpose.VALID, rejected, "request#accepted", label=label)
    assert story.verdict("request#accepted") == "inconclusive"


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (PAGE, "conforms"),
        (VALIDATION, "violates"),
        (ok(GET, b"<html></html>"), "violates"),
        (ok(GET, {}, 500), "violates"),
        (error(GET, "ResourceNotFoundException", 404), "inconclusive"),
    ],
)
def test_a_valid_request_has_to_be_accepted(answer: HTTPResponse, verdict: str) -> None:
    story = Story(GET).tell(Purpose.VALID, answer, "request#accepted")
    assert story.verdict("request#accepted") == verdict


def test_what_was_never_sent_is_unexercised() -> None:
    assert Story(GET).verdict(REQUIRED) == "unexercised"


def test_one_violation_outweighs_any_number_of_rejections() -> None:
    story = Story(GET)
    for answer in (VALIDATION, PAGE, VALIDATION):
        story.tell(Purpose.VIOLATES, answer, REQUIRED, label="omitted")
    outcome = story.outcome(REQUIRED)
    assert outcome.verdict.value == "violates"
    (finding,) = outcome.findings
    assert finding.clause.id.endswith(REQUIRED)
    assert "accepted" in finding.observed


def test_findings_of_one_class_are_one_with_a_steady_fingerprint() -> None:
    twice = Story(GET)
    for label in ("omitted", "null"):
        twice.tell(Purpose.VIOLATES, PAGE, REQUIRED, label=label)
    once = Story(GET).tell(Purpose.VIOLATES, PAGE, REQUIRED, label="omitted")
    (one,), (other,) = twice.outcome(REQUIRED).findings, once.outcome(REQUIRED).findings
    assert one.fingerprint == other.fingerprint
    crashed = Story(GET).tell(Purpose.VIOLATES, Trouble.CRASHED, REQUIRED)
    assert crashed.outcome(REQUIRED).findings[0].fingerprint != one.fingerprint


def test_what_is_drawn_adds_no_class_to_what_is_found_with_every_seed() -> None:
    story = Story(GET).tell(Purpose.VIOLATES, PAGE, REQUIRED, label="omitted")
    steady = story.outcome(REQUIRED).findings
    story.tell(Purpose.VIOLATES, Trouble.CRASHED, REQUIRED, label="null", drawn=True)
    assert story.outcome(REQUIRED).findings == steady
    assert story.outcome(REQUIRED).exchanges == 2


def test_what_only_a_drawn_request_shows_is_a_finding() -> None:
    story = Story(GET).tell(Purpose.VALID, PAGE, "request#accepted", label="minimal")
    story.tell(Purpose.VIOLATES, VALIDATION, REQUIRED, label="omitted")
    assert story.verdict(REQUIRED) == "conforms"
    story.tell(Purpose.VIOLATES, Trouble.CRASHED, REQUIRED, label="null", drawn=True)
    (finding,) = story.outcome(REQUIRED).findings
    assert finding.observed.startswith("null: ")


def test_an_outcome_says_whether_drawn_requests_alone_brought_it_up() -> None:
    story = Story(GET).tell(Purpose.VALID, PAGE, "request#accepted", label="minimal")
    assert not story.outcome(REQUIRED).drawn
    story.tell(Purpose.VIOLATES, Trouble.CRASHED, REQUIRED, label="null", drawn=True)
    assert story.outcome(REQUIRED).drawn
    story.tell(Purpose.VIOLATES, VALIDATION, REQUIRED, label="omitted")
    outcome = story.outcome(REQUIRED)
    assert (outcome.verdict, outcome.drawn) == ("violates", False)


def test_judging_twice_gives_the_same() -> None:
    story = Story(DESCRIBE).tell(Purpose.VALID, ok(DESCRIBE, {"Status": "ACTIVE"}))
    assert story.outcome("response/Status#enum") == story.outcome("response/Status#enum")


def test_a_read_that_changed_after_rejected_requests_only_is_a_violation() -> None:
    clause = "request#rejected-changes-nothing"
    farm = ok(GET, {"status": "COMPLETED", "statusMessage": "a"})
    other = ok(GET, {"status": "COMPLETED", "statusMessage": "b"})
    for after, quiet, verdict in (
        (farm, True, "conforms"),
        (other, True, "violates"),
        (other, False, "unexercised"),
        (error(GET, "ResourceNotFoundException", 404), True, "inconclusive"),
    ):
        story = Story(GET)
        story.tell(Purpose.SCENARIO, farm, clause, snapshot=0, quiet=True)
        story.tell(Purpose.SCENARIO, after, clause, snapshot=1, quiet=quiet)
        assert story.verdict(clause) == verdict


def test_members_that_change_on_their_own_are_not_compared() -> None:
    clause = "request#rejected-changes-nothing"
    story = Story(GET)
    for number, message in enumerate(("a", "b")):
        page = ok(GET, {"status": "COMPLETED", "statusMessage": message})
        story.tell(
            Purpose.SCENARIO, page, clause, snapshot=number, quiet=True, ignore=["statusMessage"]
        )
    assert story.verdict(clause) == "conforms"


def test_a_declared_code_is_no_sign_of_absence() -> None:
    rotation = Contract(compile_contract("kms", "EnableKeyRotation"))
    refused = error(rotation, "UnsupportedOperationException", 400, message="no")
    story = Story(rotation).tell(Purpose.VALID, refused, "request#accepted", label="minimal")
    assert story.verdict("request#accepted") == "inconclusive"


@pytest.mark.parametrize(
    ("name", "clause", "value", "verdict"),
    [
        ("events.PutRule", "request/Name#maxLength.accepted", {"Name": "n" * 64}, "conforms"),
        ("events.PutRule", "request/Name#maxLength.accepted", {"Name": "n"}, "inconclusive"),
        ("events.PutRule", "request/Name#maxLength.accepted", {}, "inconclusive"),
        ("events.ListRules", "request/Limit#maximum.accepted", {"Limit": 100}, "conforms"),
        ("events.ListRules", "request/Limit#maximum.accepted", {"Limit": 7}, "inconclusive"),
        ("kinesis.CreateStream", "request/Tags/@key#maxLength.accepted",
         {"Tags": {"k": "", "k" * 128: ""}}, "conforms"),
        ("kinesis.CreateStream", "request/Tags/@key#maxLength.accepted",
         {"Tags": {"k": "v" * 128}}, "inconclusive"),
        ("kinesis.CreateStream", "request/Tags/@value#maxLength.accepted",
         {"Tags": {"k": "v" * 256}}, "conforms"),
        ("kms.CreateKey", "request/Description#accepted", {"Description": "d"}, "conforms"),
    ],
)  # fmt: skip
def test_a_bound_is_accepted_only_where_it_was_sent(
    name: str, clause: str, value: dict[str, Any], verdict: str
) -> None:
    asked = Contract(compile_contract(*name.split(".")))
    story = Story(asked).tell(Purpose.VALID, ok(asked, {}), "request#accepted", label="minimal")
    story.tell(Purpose.VALID, ok(asked, {}), clause, label="length", value=value)
    assert story.verdict(clause) == verdict


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (PAGE, "conforms"),
        (ok(GET, b"{not JSON"), "inconclusive"),
        (ok(GET, b"<html>Traceback</html>", 500), "violates"),
        (VALIDATION, "violates"),
    ],
)
def test_an_unknown_member_is_not_blamed_for_a_success_that_cannot_be_read(
    answer: HTTPResponse, verdict: str
) -> None:
    clause = "request#unknown-member"
    story = Story(GET).tell(Purpose.VALID, PAGE, "request#accepted", label="minimal")
    story.tell(Purpose.VALID, answer, clause, label="unknown member")
    assert story.verdict(clause) == verdict
