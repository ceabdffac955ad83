"""What is a doubt and no finding: faults and answers that may have another cause."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.exchange import HTTPResponse, Purpose, Trouble
from awsconform.specs.contract import Contract
from awsconform.specs.models import compile_contract
from conformance_exchanges import LIST, Story, error, ok

ALARMS = Contract(compile_contract("cloudwatch", "PutMetricAlarm"))
FAULT = HTTPResponse(500, (("content-type", "text/html"),), b"<h1>Internal Server Error</h1>")
OTHER_FAULT = HTTPResponse(500, (("content-type", "text/html"),), b"<h1>Bad Gateway</h1>")
INSIDE = "request/Metrics/*/MetricStat/Metric/MetricName#maxLength"


def metrics(**metric: str) -> list[dict[str, Any]]:
    return [{"Id": "m", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Sum"}}]


NAMED = metrics(MetricName="n" * 255)
LONGER = metrics(MetricName="n" * 256)
BARE = metrics()


def alarms(around: HTTPResponse, clause: str) -> Story:
    """An operation whose smallest request works; one with `Metrics`; one for a bound inside."""
    story = Story(ALARMS).tell(Purpose.VALID, ok(ALARMS, {}), "request#accepted", label="minimal")
    story.tell(Purpose.VALID, around, "request/Metrics#accepted", value={"Metrics": BARE})
    accepted = clause.endswith(".accepted")
    purpose, value = (Purpose.VALID, NAMED) if accepted else (Purpose.VIOLATES, LONGER)
    return story.tell(purpose, FAULT, clause, value={"Metrics": value})


@pytest.mark.parametrize(
    ("around", "verdict"),
    [(FAULT, "inconclusive"), (OTHER_FAULT, "violates"), (ok(ALARMS, {}), "violates")],
)
@pytest.mark.parametrize("clause", [INSIDE, f"{INSIDE}.accepted"])
def test_a_fault_at_whatever_is_in_a_member_is_not_blamed_on_a_bound_inside(
    clause: str, around: HTTPResponse, verdict: str
) -> None:
    assert alarms(around, clause).verdict(clause) == verdict


def quoting(name: str) -> HTTPResponse:
    return HTTPResponse(500, FAULT.headers, f"<h1>cannot understand {name}</h1>".encode())


@pytest.mark.parametrize(
    ("around", "fault"),
    [
        (
            (quoting("Requests"), "told so"),
            (quoting("Latency"), "told so"),
        ),
        (
            (Trouble.CRASHED, "ValueError: no metric Re: quests (metrics.py:12)"),
            (Trouble.CRASHED, "ValueError: no metric La(tency (metrics.py:12)"),
        ),
    ],
    ids=["answer", "exception"],
)
def test_a_fault_that_quotes_the_request_is_one_fault(
    around: tuple[Any, str], fault: tuple[Any, str]
) -> None:
    story = Story(ALARMS).tell(Purpose.VALID, ok(ALARMS, {}), "request#accepted", label="minimal")
    for (answer, detail), name, clause, purpose in (
        (around, "Requests", "request/Metrics#accepted", Purpose.VALID),
        (fault, "Latency", INSIDE, Purpose.VIOLATES),
    ):
        value = {"Metrics": metrics(MetricName=name)}
        story.tell(purpose, answer, clause, value=value, detail=detail)
    assert story.verdict(INSIDE) == "inconclusive"


def test_an_exception_raised_elsewhere_is_another_fault() -> None:
    story = Story(ALARMS).tell(Purpose.VALID, ok(ALARMS, {}), "request#accepted", label="minimal")
    for line, clause, purpose in (
        (12, "request/Metrics#accepted", Purpose.VALID),
        (90, INSIDE, Purpose.VIOLATES),
    ):
        detail = f"ValueError: no metric (metrics.py:{line})"
        value = {"Metrics": NAMED}
        story.tell(purpose, Trouble.CRASHED, clause, value=value, detail=detail)
    assert story.verdict(INSIDE) == "violates"


def test_the_member_itself_is_to_blame() -> None:
    story = alarms(FAULT, INSIDE)
    assert story.verdict("request/Metrics#accepted") == "violates"
    assert "Metrics" in story.outcome(INSIDE).reason


def test_one_success_with_the_member_leaves_the_blame_where_the_fault_is() -> None:
    story = alarms(FAULT, INSIDE)
    story.tell(Purpose.VALID, ok(ALARMS, {}), "request/Metrics#minItems.accepted",
               value={"Metrics": BARE})  # fmt: skip
    assert story.verdict(INSIDE) == "violates"


def test_what_cannot_take_any_value_of_a_member_has_not_looked_at_its_bounds() -> None:
    story = alarms(ok(ALARMS, {}), f"{INSIDE}.accepted")
    story.tell(Purpose.VIOLATES, FAULT, INSIDE, value={"Metrics": LONGER})
    assert story.verdict(f"{INSIDE}.accepted") == "violates"
    assert story.verdict(INSIDE) == "inconclusive"


@pytest.mark.parametrize(
    ("smallest", "verdict"), [(FAULT, "inconclusive"), (ok(LIST, {"farms": []}), "violates")]
)
@pytest.mark.parametrize(
    ("sent", "judged"),
    [
        ("request/maxResults#minimum", "pagination/maxResults#out-of-range-rejected"),
        ("pagination/nextToken#invalid-rejected", "pagination/nextToken#invalid-rejected"),
    ],
)
def test_a_list_that_always_fails_has_looked_at_neither_limit_nor_token(
    sent: str, judged: str, smallest: HTTPResponse, verdict: str
) -> None:
    story = Story(LIST).tell(Purpose.VALID, smallest, "request#accepted", label="minimal")
    assert story.tell(Purpose.VIOLATES, FAULT, sent, owned=True).verdict(judged) == verdict


@pytest.mark.parametrize(
    ("member", "named", "verdict"),
    [
        ("Id", "abcdefghijklmnopqrst-abc", "inconclusive"),
        ("ARN", "arn:aws:kinesis:us-east-1:123456789012:stream/a", "violates"),
    ],
)
def test_a_member_documented_to_be_reserved_may_be_refused(
    member: str, named: str, verdict: str
) -> None:
    split = Contract(compile_contract("kinesis", "SplitShard"))
    refused = error(
        split,
        "ValidationException",
        message="1 validation error detected: Value null at 'streamName' failed to satisfy "
        "constraint: Member must not be null",
    )
    clause = f"request/Stream{member}#accepted"
    value = {"ShardToSplit": "s", "NewStartingHashKey": "1", f"Stream{member}": named}
    story = Story(split).tell(Purpose.VALID, ok(split, {}), "request#accepted", label="minimal")
    story.tell(Purpose.VALID, refused, clause, label="alone", value=value)
    assert story.verdict(clause) == verdict


@pytest.mark.parametrize(("status", "verdict"), [(416, "inconclusive"), (200, "violates")])
def test_a_clients_error_that_cannot_be_read_may_have_its_reason(status: int, verdict: str) -> None:
    """As S3 has for a part that an object does not have."""
    lists = Contract(compile_contract("s3", "ListObjectsV2"))
    page = HTTPResponse(status, (("content-type", "text/html"),), b"<!doctype html>no such part")
    story = Story(lists).tell(Purpose.VALID, page, "request/MaxKeys#accepted", label="alone")
    assert story.verdict("request/MaxKeys#accepted") == verdict


@pytest.mark.parametrize(("units", "verdict"), [(0, "inconclusive"), (-1, "violates")])
def test_zero_stands_for_none_in_an_answer(units: int, verdict: str) -> None:
    backup = Contract(compile_contract("dynamodb", "DescribeBackup"))
    capacity = {"ReadCapacityUnits": units, "WriteCapacityUnits": 1}
    answer = {"BackupDescription": {"SourceTableDetails": {"ProvisionedThroughput": capacity}}}
    story = Story(backup).tell(Purpose.VALID, ok(backup, answer), "request#accepted")
    clause = "response/BackupDescription/SourceTableDetails/ProvisionedThroughput"
    assert story.verdict(f"{clause}/ReadCapacityUnits#minimum") == verdict


@pytest.mark.parametrize(
    ("spec", "verdict"), [("ECC_NIST_EDWARDS25519", "inconclusive"), ("RSA_1", "violates")]
)
def test_a_deprecated_member_may_say_what_the_one_says_that_replaced_it(
    spec: str, verdict: str
) -> None:
    key = Contract(compile_contract("kms", "CreateKey"))
    answer = {"KeyMetadata": {"KeyId": "k", "CustomerMasterKeySpec": spec, "KeySpec": spec}}
    story = Story(key).tell(Purpose.VALID, ok(key, answer), "request#accepted")
    assert story.verdict("response/KeyMetadata/CustomerMasterKeySpec#enum") == verdict


def farms(*changes: dict[str, Any]) -> HTTPResponse:
    made = {"farmId": "farm-1", "displayName": "a", "createdAt": 1, "createdBy": "b"}
    return ok(LIST, {"farms": [{**made, **each} for each in changes]})


def test_what_one_write_left_wrong_in_a_read_is_not_said_of_the_next() -> None:
    clause = "request#keeps-reads"
    create = Contract(compile_contract("deadline", "CreateFarm"))
    story = Story(create)
    written = [
        ("request/displayName#type", {"displayName": 1}),
        ("request/description#type", {"displayName": 1, "createdBy": 2}),
    ]
    story.tell(Purpose.SCENARIO, farms({}), clause, of=LIST, step="before")
    for violated, left in written:
        story.tell(Purpose.VIOLATES, ok(create, {"farmId": "farm-1"}), violated)
        suspects = [story.evidence.observed[-1]]
        story.tell(Purpose.SCENARIO, farms(left), clause, of=LIST, step="after", suspects=suspects)
    (finding,) = story.outcome(clause).findings
    assert "displayName#type" in finding.observation
