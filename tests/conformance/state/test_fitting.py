"""Generated requests made to fit: what is put in, what is left alone, what is left out."""

from __future__ import annotations

import random
from typing import Any

import pytest

from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.planning.violations import violating_case
from awsconform.conformance.state.fitting import Fitting, Names
from awsconform.generators.choices import RandomChoices
from awsconform.generators.requests import labelled as valid
from awsconform.generators.samples import maximal, minimal
from awsconform.generators.violations import labelled as violations
from awsconform.specs.validation import failures, is_valid
from conformance_exchanges import Story, error, ok
from state_bench import Bench, contract, knowing

CHOICES = RandomChoices(random.Random(3))


def service(operation: str, request: dict[str, Any]) -> dict[str, Any] | str:
    """Makes keys, and refuses all else."""
    if operation == "CreateKey":
        return {"KeyMetadata": {"KeyId": "key-1"}}
    return "InternalError"


def bench(name: str, **hint: Any) -> Bench:
    """A bench that knows a hint for the operation, and nothing else."""
    of, operation = name.split(".")
    return Bench(name, service, knowing(**{of: {"operations": {operation: hint}}}))


def prepared(at: Bench, value: dict[str, Any], bound: dict[str, Any] | None = None) -> Any:
    return at.resources.prepare(at.contract, value, bound or {})


@pytest.mark.parametrize(
    ("name", "hint", "bound"),
    [
        ("sqs.SendMessage", {"omit": ["DelaySeconds"]}, {"QueueUrl": "http://localhost/1/q"}),
        ("kms.CreateAlias", {"values": {"AliasName": "alias/${unique}"}}, {"TargetKeyId": "k"}),
        (
            "events.PutTargets",
            {"binds": {"Targets/*/Arn": "QueueArn", "Rule": "RuleName"}},
            {"QueueArn": "arn:aws:sqs:us-east-1:000011112222:q", "RuleName": "r"},
        ),
        (
            "dynamodb.BatchGetItem",
            {"binds": {"RequestItems/@key": "TableName"}},
            {"TableName": "table1"},
        ),
        (
            "dynamodb.CreateTable",
            {
                "values": {
                    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                }
            },
            {},
        ),
    ],
)
def test_a_violation_among_live_values_still_breaks_its_clause_alone(
    name: str, hint: dict[str, Any], bound: dict[str, Any]
) -> None:
    at = bench(name, **hint)
    made = kept = 0
    for each in violations(at.contract, CHOICES):
        made += 1
        case = violating_case(at.contract, at.resources, bound, each)
        if case is None:
            continue
        kept += 1
        assert case.intent.purpose is Purpose.VIOLATES
        if each.body is None:
            (only,) = failures(at.contract, "request", case.value)
            place = at.contract.generalise("request", each.pointer)
            assert at.contract.generalise("request", only.pointer) == place
            assert only.keyword == each.keyword
    assert made > 10
    assert kept >= 0.9 * made


@pytest.mark.parametrize("name", ["sqs.CreateQueue", "kms.CreateGrant", "events.PutTargets"])
def test_a_valid_request_stays_valid_and_keeps_the_place_it_is_about(name: str) -> None:
    at = bench(name)
    for each in valid(at.contract, CHOICES):
        path = tuple(each.clause.partition("/request")[2].partition("#")[0].strip("/").split("/"))
        about = path if path != ("",) else ()
        value = at.resources.prepare(at.contract, each.value, {}, about)
        assert is_valid(at.contract, "request", value)
        if len(about) == 1:
            assert value[about[0]] == each.value[about[0]]


def test_live_values_are_bound_by_name_and_at_the_places_told() -> None:
    at = bench(
        "events.PutTargets",
        binds={"Targets/*/Arn": "sqs:queue.QueueArn", "Targets/*/Id": "TargetId"},
    )
    arn = "arn:aws:sqs:us-east-1:000011112222:q"
    generated = maximal(at.contract, CHOICES)
    bound = {"Rule": "r", "TargetId": "t", "sqs:queue.QueueArn": arn, "EventBusName": "bus"}
    value = prepared(at, generated, bound)
    assert (value["Rule"], value["EventBusName"]) == ("r", "bus")
    assert {target["Arn"] for target in value["Targets"]} == {arn}
    assert generated["Rule"] != "r"


def test_the_same_live_item_stands_in_a_list_once() -> None:
    at = bench("ssm.GetParameters", binds={"Names/*": "Name"})
    assert prepared(at, {"Names": ["a", "b", "c"]}, {"Name": "live"}) == {"Names": ["live"]}


def test_a_live_name_becomes_the_key_of_a_map() -> None:
    at = bench("dynamodb.BatchGetItem", binds={"RequestItems/@key": "TableName"})
    value = prepared(at, minimal(at.contract, CHOICES), {"TableName": "table1"})
    assert list(value["RequestItems"]) == ["table1"]


def test_templates_are_filled_and_those_without_a_value_left_alone() -> None:
    at = bench(
        "sqs.SendMessage", values={"MessageBody": "to ${QueueUrl}", "MessageGroupId": "${X}"}
    )
    value = prepared(at, {"QueueUrl": "u", "MessageBody": "generated"}, {"QueueUrl": "http://l/q"})
    assert value == {"QueueUrl": "http://l/q", "MessageBody": "to http://l/q"}


def test_of_members_that_exclude_each_other_the_one_asked_for_stays_else_the_live_one() -> None:
    of = contract("secretsmanager.CreateSecret")
    group = ["SecretString", "SecretBinary", "KmsKeyId"]
    every = {"SecretString": "s", "SecretBinary": "Yg==", "KmsKeyId": "k"}
    for asked, bound, left in (
        (("SecretBinary",), {}, {"SecretBinary"}),
        ((), {"KmsKeyId": "live"}, {"KmsKeyId"}),
        ((), {}, {"SecretString"}),
    ):
        fitting = Fitting(of, dict(every), asked=asked)
        fitting.bind(bound, {})
        fitting.choose([group])
        assert set(fitting.value) == left


def test_what_is_omitted_comes_back_in_requests_about_it() -> None:
    at = bench("sqs.SendMessage", omit=["DelaySeconds"])
    value = {"QueueUrl": "u", "MessageBody": "b", "DelaySeconds": 1}
    assert "DelaySeconds" not in prepared(at, value)
    asked = at.resources.prepare(at.contract, value, {}, asked=("DelaySeconds",))
    assert asked["DelaySeconds"] == 1


def test_made_up_names_that_may_be_missing_are_left_out_and_the_others_told() -> None:
    at = bench("events.PutTargets")
    whole = maximal(at.contract, CHOICES)
    value = prepared(at, whole)
    assert all("RoleArn" in target for target in whole["Targets"])
    assert not any("RoleArn" in target for target in value["Targets"])
    assert is_valid(at.contract, "request", value)
    assert "Rule" in at.resources.facts(at.contract, value)["made_up"]


def test_a_made_up_name_is_replaced_by_one_that_lives() -> None:
    at = bench("kms.Encrypt")
    at.send(contract("kms.CreateKey"), Case("kms.CreateKey", Intent(Purpose.SETUP), {}))
    value = prepared(at, minimal(at.contract, CHOICES))
    assert value["KeyId"] == "key-1"
    assert at.resources.facts(at.contract, value) == {}


def test_made_up_names_are_asked_for_where_the_point_is_that_nothing_lives() -> None:
    at = bench("kms.Encrypt")
    value = minimal(at.contract, CHOICES)
    assert at.resources.prepare(at.contract, value, {}, refer=False) == value


def test_tokens_of_pages_are_left_out() -> None:
    at = bench("kms.ListKeys")
    assert prepared(at, {"Marker": "m", "Limit": 3}) == {"Limit": 3}


def test_names_are_plain_and_never_the_same_twice_and_fit_the_contract() -> None:
    names = Names(RandomChoices(random.Random(1)))
    of = contract("sqs.CreateQueue")
    drawn = [next(names.of(of, ("QueueName",))) for _ in range(200)]
    assert len(set(drawn)) == 200
    assert all(name.isalnum() and name[0].isalpha() and name.islower() for name in drawn)
    assert "awsconform" not in "".join(drawn)


def test_a_place_with_a_pattern_of_its_own_gets_a_new_name_that_fits_it() -> None:
    at = bench("secretsmanager.CreateSecret", unique=["Name", "ClientRequestToken"])
    value = {"Name": "a", "ClientRequestToken": "x" * 40}
    one, other = prepared(at, value), prepared(at, value)
    assert is_valid(at.contract, "request", one)
    assert one["Name"] != other["Name"]
    assert one["ClientRequestToken"] != other["ClientRequestToken"]


@pytest.mark.parametrize(
    ("made_up", "verdict"), [([], "violates"), (["aggregationId"], "inconclusive")]
)
def test_a_rejection_says_nothing_where_what_is_named_may_not_exist(
    made_up: list[str], verdict: str
) -> None:
    get = contract("deadline.GetSessionsStatisticsAggregation")
    rejected = error(get, "ValidationException", 400, reason="OTHER")
    story = Story(get).tell(
        Purpose.VALID, rejected, "request#accepted", label="random 1", made_up=made_up
    )
    assert story.verdict("request#accepted") == verdict
    assert not made_up or "aggregationId" in story.outcome("request#accepted").reason


def test_a_success_counts_whatever_is_named() -> None:
    get = contract("deadline.GetSessionsStatisticsAggregation")
    page = ok(get, {"status": "COMPLETED", "statistics": []})
    story = Story(get).tell(Purpose.VALID, page, "request#accepted", made_up=["aggregationId"])
    assert story.verdict("request#accepted") == "conforms"


def test_values_are_laid_beside_the_place_that_is_wrong() -> None:
    definitions = [{"AttributeName": "id", "AttributeType": "S"}]
    at = bench("dynamodb.CreateTable", values={"AttributeDefinitions": definitions})
    clause = "/AttributeDefinitions/*/AttributeType#type"
    wrong = [each for each in violations(at.contract, CHOICES) if each.clause.endswith(clause)]
    assert wrong
    for each in wrong:
        case = violating_case(at.contract, at.resources, {}, each)
        assert case is not None
        [item] = case.value["AttributeDefinitions"]
        assert item["AttributeName"] == "id"
        assert item["AttributeType"] == each.value["AttributeDefinitions"][0]["AttributeType"]
