"""What a deletion takes away is gone; what it was part of is still there."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.checks.deletions import DELETE, Deletion
from awsconform.conformance.checks.not_found import says_not_found
from awsconform.conformance.checks.reading import AFTER, BEFORE, READS
from awsconform.conformance.checks.state import deleted_is_gone
from awsconform.conformance.evidence import Evidence, Observed, observe
from awsconform.conformance.exchange import Case, Exchange, Intent, Parsed, Purpose, View
from awsconform.conformance.outcomes import Outcome, Verdict
from awsconform.conformance.running import RunOptions
from awsconform.conformance.series import OperationSeries
from awsconform.conformance.targets.locator import open_target
from awsconform.specs.catalog import load
from awsconform.specs.clauses import clauses

# An answer's value, an error's code, or its code, status and message.
Answer = dict[str, Any] | str | tuple[str, int, str]

USER, KEY, OTHER = "heiner", "AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE"


class Steps:
    """One deletion, told read by read."""

    def __init__(self, name: str, around: list[str], *identity: str) -> None:
        service, _, operation = name.partition(".")
        self.contract = load(service, operation)
        kind = "deleted-is-gone"
        self.clause = next(each for each in clauses(self.contract) if each.kind == kind)
        self.evidence = Evidence(self.contract)
        self.facts = {"identity": list(identity), "around": around}

    def read(
        self, step: str, operation: str, request: dict[str, Any], answer: Answer, poll: int = 0
    ) -> Steps:
        self._add(operation, request, answer, {"step": step, "poll": poll})
        return self

    def before(self, operation: str, request: dict[str, Any], answer: Answer) -> Steps:
        return self.read(BEFORE, operation, request, answer)

    def deleted(self, answer: Answer | None = None, *, polls: int = 1) -> Steps:
        facts = {"step": DELETE, "polls": polls, **self.facts}
        self._add(self.contract.operation, {}, answer or {}, facts)
        return self

    def after(
        self, operation: str, request: dict[str, Any], answer: Answer, poll: int = 0
    ) -> Outcome:
        self.read(AFTER, operation, request, answer, poll)
        return deleted_is_gone(self.clause, self.evidence)

    def _add(
        self, operation: str, request: dict[str, Any], answer: Answer, facts: dict[str, Any]
    ) -> None:
        contract = load(self.contract.service, operation)
        intent = Intent(Purpose.SCENARIO, self.clause.id, group=READS, facts=facts)
        if isinstance(answer, dict):
            parsed = Parsed(answer, None, 200)
        else:
            code, status, message = answer if isinstance(answer, tuple) else (answer, 404, "No.")
            parsed = Parsed({"message": message}, code, status)
        case = Case(contract.id, intent, request)
        self.evidence.add(observe(contract, Exchange(case, None, None, View.SDK, parsed=parsed)))


def keys(*ids: str) -> dict[str, Any]:
    found = [{"UserName": USER, "AccessKeyId": each, "Status": "Active"} for each in ids]
    return {"AccessKeyMetadata": found, "IsTruncated": False}


def access_key() -> Steps:
    steps = Steps("iam.DeleteAccessKey", ["user"], KEY)
    return steps.before("ListAccessKeys", {"UserName": USER}, keys(OTHER, KEY)).deleted()


def test_what_is_still_there_before_time_is_up_may_go_yet() -> None:
    steps = Steps("iam.DeleteAccessKey", ["user"], KEY)
    steps.before("ListAccessKeys", {"UserName": USER}, keys(OTHER, KEY)).deleted(polls=3)
    for poll in (0, 1):
        found = steps.after("ListAccessKeys", {"UserName": USER}, keys(OTHER, KEY), poll)
        assert found.verdict is Verdict.INCONCLUSIVE
        assert "no time was left to wait" in found.reason
    found = steps.after("ListAccessKeys", {"UserName": USER}, keys(OTHER, KEY), 2)
    assert found.verdict is Verdict.VIOLATES


def test_others_of_the_same_owner_stay() -> None:
    found = access_key().after("ListAccessKeys", {"UserName": USER}, keys(OTHER))
    assert found.verdict is Verdict.CONFORMS


def test_what_is_listed_on_was_not_deleted() -> None:
    found = access_key().after("ListAccessKeys", {"UserName": USER}, keys(OTHER, KEY))
    assert found.verdict is Verdict.VIOLATES
    assert KEY in found.reason


def test_a_list_that_is_refused_says_nothing() -> None:
    found = access_key().after("ListAccessKeys", {"UserName": USER}, "NoSuchEntity")
    assert found.verdict is Verdict.INCONCLUSIVE


def bucket_policy() -> Steps:
    steps = Steps("s3.DeleteBucketPolicy", ["bucket"])
    return steps.before("GetBucketPolicy", {"Bucket": "b"}, {"Policy": "{}"}).deleted()


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("NoSuchBucketPolicy", Verdict.CONFORMS),
        ({}, Verdict.CONFORMS),
        ({"Policy": ""}, Verdict.CONFORMS),
        # Its bucket is gone with it: no deletion of a policy.
        ("NoSuchBucket", Verdict.INCONCLUSIVE),
        # It may be what holds where nobody has set anything.
        ({"Policy": "{}"}, Verdict.INCONCLUSIVE),
    ],
)
def test_a_setting_is_known_by_the_read_of_it_alone(answer: Answer, verdict: Verdict) -> None:
    assert bucket_policy().after("GetBucketPolicy", {"Bucket": "b"}, answer).verdict is verdict


def test_what_else_a_read_of_a_setting_says_may_stay() -> None:
    steps = Steps("secretsmanager.DeleteResourcePolicy", ["secret"])
    asked, rest = {"SecretId": "s"}, {"Name": "s"}
    gone = steps.before("GetResourcePolicy", asked, {**rest, "ResourcePolicy": "{}"}).deleted()
    assert gone.after("GetResourcePolicy", asked, rest).verdict is Verdict.CONFORMS


def test_the_key_that_s3_does_not_find_is_the_object() -> None:
    steps = Steps("s3.DeleteObjectTagging", ["object", "bucket"])
    asked = {"Bucket": "b", "Key": "k"}
    tags = {"TagSet": [{"Key": "a", "Value": "b"}]}
    gone = steps.before("GetObjectTagging", asked, tags).deleted()
    assert gone.after("GetObjectTagging", asked, "NoSuchKey").verdict is Verdict.INCONCLUSIVE


def stream(status: str) -> dict[str, Any]:
    return {"StreamDescription": {"StreamName": "brook", "StreamStatus": status}}


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (stream("ACTIVE"), Verdict.VIOLATES),
        (stream("DELETING"), Verdict.INCONCLUSIVE),
        ("ResourceNotFoundException", Verdict.CONFORMS),
    ],
)
def test_who_asks_for_just_what_was_deleted_is_told(answer: Answer, verdict: Verdict) -> None:
    steps = Steps("kinesis.DeleteStream", [], "brook")
    asked = {"StreamName": "brook"}
    gone = steps.before("DescribeStream", asked, stream("ACTIVE")).deleted()
    assert gone.after("DescribeStream", asked, answer).verdict is verdict


@pytest.mark.parametrize(
    ("operation", "read", "answer"),
    [
        ("sqs.DeleteQueue", "GetQueueAttributes", ("QueueDoesNotExist", 400, "No.")),
        ("sqs.DeleteQueue", "GetQueueAttributes",
         ("AWS.SimpleQueueService.NonExistentQueue", 400, "No.")),
        ("kinesis.DeleteStream", "DescribeStream", ("ResourceNotFoundException", 400, "No.")),
        ("kms.ScheduleKeyDeletion", "DescribeKey", ("NotFoundException", 400, "No.")),
        ("kms.ScheduleKeyDeletion", "DescribeKey",
         ("KMSInvalidStateException", 400, "arn:key is pending deletion.")),
        ("cloudformation.DeleteStack", "DescribeStacks",
         ("ValidationError", 400, "Stack with id brook does not exist")),
        ("elasticbeanstalk.DeleteApplication", "DescribeApplications",
         ("InvalidParameterValue", 400, "No Application named 'brook' found.")),
        ("logs.DeleteLogGroup", "ListTagsForResource", ("ResourceNotFoundException", 400, "No.")),
        ("s3.DeleteBucket", "GetBucketLocation", ("NoSuchBucket", 404, "No.")),
        ("s3.DeleteBucket", "HeadBucket", ("404", 404, "Not Found")),
        ("iam.DeleteUser", "GetUser", ("NoSuchEntity", 404, "No.")),
        ("ssm.DeleteParameter", "GetParameter", ("ParameterNotFound", 400, "No.")),
        ("ssm.DeleteDocument", "DescribeDocument",
         ("InvalidDocument", 400, "Document with name brook does not exist.")),
        ("sns.DeleteTopic", "GetTopicAttributes", ("NotFound", 404, "No.")),
        ("stepfunctions.DeleteStateMachine", "DescribeStateMachine",
         ("StateMachineDoesNotExist", 400, "No.")),
        ("ecs.DeleteCluster", "ListServices", ("ClusterNotFoundException", 400, "No.")),
        ("ec2.DeleteVpc", "DescribeVpcs", ("InvalidVpcID.NotFound", 400, "No.")),
        ("wafv2.DeleteWebACL", "GetWebACL", ("WAFNonexistentItemException", 400, "No.")),
        ("swf.DeprecateDomain", "DescribeDomain", ("UnknownResourceFault", 400, "No.")),
        ("apigateway.DeleteRestApi", "GetRestApi", ("GoneException", 410, "No.")),
    ],
)  # fmt: skip
def test_an_error_says_in_many_ways_that_a_thing_is_not_there(
    operation: str, read: str, answer: Answer
) -> None:
    assert says_not_found(refused(operation.partition(".")[0], read, answer))


@pytest.mark.parametrize(
    "answer",
    [
        ("AccessDeniedException", 400, "The stream does not exist, or you may not see it."),
        ("AccessDenied", 403, "No."),
        ("ThrottlingException", 400, "No."),
        ("Strange", 429, "No."),
        ("UnrecognizedClientException", 400, "No."),
        ("ExpiredTokenException", 403, "No."),
        ("ResourceInUseException", 400, "It is being used."),
        ("LimitExceededException", 400, "No."),
        ("ValidationException", 400, "The name is too long."),
        ("InvalidArgumentException", 400, "No."),
        ("KMSInvalidStateException", 400, "The key is disabled."),
        ("SomethingElse", 400, "It does not exist."),
        ("InternalFailure", 500, "It does not exist."),
    ],
)
def test_any_other_refusal_is_no_proof_of_a_deletion_and_is_waited_out(answer: Answer) -> None:
    steps = Steps("kinesis.DeleteStream", [], "brook")
    asked = {"StreamName": "brook"}
    gone = steps.before("DescribeStream", asked, stream("ACTIVE")).deleted()
    found = gone.after("DescribeStream", asked, answer)
    assert found.verdict is Verdict.INCONCLUSIVE
    is_refused = isinstance(answer, tuple) and answer[1] < 500
    assert Deletion(gone.evidence.of_clause(gone.clause.id)).is_over is not is_refused


def test_a_setting_nobody_may_see_is_not_gone() -> None:
    found = bucket_policy().after("GetBucketPolicy", {"Bucket": "b"}, ("AccessDenied", 403, "No."))
    assert found.verdict is Verdict.INCONCLUSIVE


def refused(service: str, operation: str, answer: Answer) -> Observed:
    assert isinstance(answer, tuple)
    code, status, message = answer
    contract = load(service, operation)
    parsed = Parsed({"message": message}, code, status)
    case = Case(contract.id, Intent(Purpose.SCENARIO), {})
    return observe(contract, Exchange(case, None, None, View.SDK, parsed=parsed))


def test_a_deletion_with_a_time_to_recover_is_none_yet() -> None:
    name = "arn:aws:secretsmanager:us-east-1:123456789012:secret:s-AbCdEf"
    steps = Steps("secretsmanager.DeleteSecret", [], name)
    asked, answer = {"SecretId": name}, {"ARN": name, "Name": "s"}
    gone = steps.before("DescribeSecret", asked, answer)
    gone.deleted({"ARN": name, "DeletionDate": "2026-01-02T03:04:05Z"})
    assert gone.after("DescribeSecret", asked, answer).verdict is Verdict.INCONCLUSIVE


def test_what_no_read_worked_for_before_is_told() -> None:
    steps = Steps("iam.DeleteAccessKey", ["user"], KEY)
    steps.before("ListAccessKeys", {"UserName": USER}, "AccessDenied").deleted()
    found = deleted_is_gone(steps.clause, steps.evidence)
    assert found.verdict is Verdict.INCONCLUSIVE
    assert "ListAccessKeys did not work before" in found.reason


@pytest.mark.parametrize(("operation", "played"), [("GetFarm", False), ("DeleteFarm", True)])
def test_a_deletion_is_played_for_operations_that_delete_only(operation: str, played: bool) -> None:
    made = OperationSeries(open_target("emulator:")).judge(
        load("deadline", operation), RunOptions(examples=0)
    )
    steps = [each.facts.get("step") for each in made.evidence.observed]
    assert (DELETE in steps) is played
