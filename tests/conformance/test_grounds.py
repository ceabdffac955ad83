"""Which rejections of valid requests are held against a target."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.exchange import Purpose
from awsconform.specs.contract import Contract
from awsconform.specs.models import compile_contract
from conformance_exchanges import GET, Story, error, ok


def contract(name: str) -> Contract:
    return Contract(compile_contract(*name.split(".")))


def verdict(
    name: str,
    clause: str,
    message: str,
    *,
    label: str = "alone",
    code: str = "ValidationException",
    value: dict[str, Any] | None = None,
    smallest: bool = True,
) -> str:
    """The verdict on a clause whose one valid request was rejected with a message."""
    asked = contract(name)
    story = Story(asked)
    if smallest:
        story.tell(Purpose.VALID, ok(asked, {}), "request#accepted", label="minimal")
    rejected = error(asked, code, 400, message=message)
    story.tell(Purpose.VALID, rejected, clause, label=label, value=value or {})
    return story.verdict(clause)


def stated(place: str, constraint: str) -> str:
    return (
        f"1 validation error detected: Value 'x' at '{place}' failed to satisfy constraint: "
        f"Member must {constraint}"
    )


@pytest.mark.parametrize(
    ("name", "clause", "message"),
    [
        ("kms.CreateKey", "request/KeySpec#enum.accepted",
         "KeyUsage ENCRYPT_DECRYPT is not compatible with KeySpec HMAC_224."),
        ("kms.ListGrants", "request/Limit#maximum.accepted", "Limit must be between 1 and 100."),
        ("kms.CreateAlias", "request/AliasName#minLength.accepted", "It must start with alias/"),
        ("secretsmanager.ListSecrets", "request/Filters/*/Key#enum.accepted",
         "Invalid filter values for key: name"),
        ("dynamodb.Scan", "request/Segment#accepted",
         "The TotalSegments parameter is required when Segment is present"),
        ("kms.DescribeKey", "request#unknown-member", "KeyId is malformed"),
    ],
)  # fmt: skip
def test_a_rule_that_no_model_states_is_nobodys_fault(name: str, clause: str, message: str) -> None:
    assert verdict(name, clause, message) == "inconclusive"


@pytest.mark.parametrize(
    ("name", "clause", "message", "value"),
    [
        ("kms.CreateKey", "request/KeySpec#enum.accepted",
         stated("keySpec", "satisfy enum value set: [RSA_2048]"), {"KeySpec": "HMAC_224"}),
        ("kinesis.DescribeStream", "request/StreamARN#accepted",
         stated("streamName", "not be null"), {}),
        ("kms.CreateKey", "request/Tags/*/TagValue#maxLength.accepted",
         stated("tags.1.member.tagValue", "have length less than or equal to 128"),
         {"Tags": [{"TagKey": "k", "TagValue": "v" * 256}]}),
        ("kms.ListKeys", "request/Limit#maximum.accepted",
         stated("limit", "be less than or equal to 100"), {"Limit": 1000}),
        ("sqs.ListQueues", "request/QueueNamePrefix#accepted", "Unknown parameter QueueNamePrefix",
         {}),
        ("kms.CreateKey", "request/Description#maxLength.accepted", "That is too much.",
         {"Description": "d" * 8192}),
    ],
)  # fmt: skip
def test_a_rejection_that_contradicts_the_contract_is_a_violation(
    name: str, clause: str, message: str, value: dict[str, Any]
) -> None:
    assert verdict(name, clause, message, value=value) == "violates"


@pytest.mark.parametrize("sent", [{}, {"KeySpec": "NO_SPEC"}])
def test_a_place_meets_what_it_is_rejected_for_only_by_what_was_sent_there(
    sent: dict[str, Any],
) -> None:
    message = stated("keySpec", "satisfy enum value set: [RSA_2048]")
    assert verdict("kms.CreateKey", "request/Origin#accepted", message, value=sent) == (
        "inconclusive"
    )


@pytest.mark.parametrize("answer", [("SerializationException", 400), ("InternalFailure", 500)])
@pytest.mark.parametrize(("body", "expected"), [(5, "inconclusive"), ("five", "violates")])
def test_a_request_is_valid_only_if_what_was_sent_at_last_keeps_the_contract(
    answer: tuple[str, int], body: Any, expected: str
) -> None:
    """Whatever a hint has put in it."""
    send = contract("sqs.SendMessage")
    code, status = answer
    rejected = error(send, code, status, message="no")
    value = {"QueueUrl": "http://localhost/1/q", "MessageBody": body}
    story = Story(send).tell(Purpose.VALID, rejected, "request#accepted", value=value)
    assert story.verdict("request#accepted") == expected


def test_a_bound_is_not_judged_by_a_request_that_is_not_at_it() -> None:
    message = stated("limit", "be less than or equal to 100")
    clause = "request/Limit#maximum.accepted"
    assert verdict("kms.ListKeys", clause, message, value={"Limit": 999}) == "inconclusive"


def test_a_bound_that_answers_state_otherwise_is_in_doubt() -> None:
    message = stated("tableName", "have length greater than or equal to 3")
    clause = "request/TableName#minLength.accepted"
    value = {"TableName": "t"}
    assert verdict("dynamodb.CreateTable", clause, message, value=value) == "inconclusive"


def test_a_constraint_the_contract_does_not_have_contradicts_nothing() -> None:
    message = stated("queueName", "have length less than or equal to 80")
    assert verdict("sqs.CreateQueue", "request#accepted", message, smallest=False) == "inconclusive"
    message = stated("keyId", "not be null")
    assert verdict("kms.DescribeKey", "request#accepted", message, smallest=False) == "inconclusive"


def test_a_valid_request_that_cannot_be_read_is_a_violation() -> None:
    found = verdict("kms.ListKeys", "request/Limit#accepted", "no", code="SerializationException")
    assert found == "violates"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Unknown Attribute RedriveAllowPolicy.", "violates"),
        ("RedriveAllowPolicy is not a valid attribute.", "violates"),
        ("RedriveAllowPolicy is not supported on this queue", "inconclusive"),
        ("Unknown Attribute", "inconclusive"),
    ],
)
def test_one_of_the_contracts_values_is_not_unknown(message: str, expected: str) -> None:
    clause = "request/AttributeNames/*#enum.accepted"
    assert verdict(
        "sqs.GetQueueAttributes", clause, message, label="RedriveAllowPolicy",
        code="InvalidAttributeName",
    ) == expected  # fmt: skip


def test_a_value_that_has_to_suit_what_the_request_is_about_says_nothing() -> None:
    message = stated("signingAlgorithm", "satisfy enum value set: [RSASSA_PSS_SHA_256]")
    clause = "request/SigningAlgorithm#enum.accepted"
    assert verdict("kms.Sign", clause, message, label="ECDSA_SHA_256") == "inconclusive"


@pytest.mark.parametrize(
    ("message", "expected"),
    [("Unexpected: Zfg", "violates"), ("KeyId is malformed", "inconclusive")],
)
def test_a_member_nobody_knows_may_not_be_blamed(message: str, expected: str) -> None:
    found = verdict(
        "kms.DescribeKey", "request#unknown-member", message, label="unknown member",
        value={"KeyId": "k", "Zfg": "x"},
    )  # fmt: skip
    assert found == expected


def test_a_description_is_to_blame_only_if_the_request_is_accepted_without() -> None:
    clause = "request/Description#accepted"
    assert verdict("kms.CreateKey", clause, "no") == "violates"
    assert verdict("kms.CreateKey", clause, "no", smallest=False) == "inconclusive"


def test_every_rejection_counts_where_nothing_is_unsaid() -> None:
    rejected = error(GET, "ValidationException", 400, reason="OTHER")
    story = Story(GET).tell(Purpose.VALID, rejected, "request/maxResults#accepted", label="alone")
    assert story.verdict("request/maxResults#accepted") == "violates"
