"""Examples are valid, plausible, and the same for the same seed."""

from __future__ import annotations

import base64
import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml

from awsconform.commands.example import for_cli
from awsconform.commands.yaml_text import to_yaml
from awsconform.generators.examples import Example, example, is_event_stream
from awsconform.generators.shapes import Fill, Unsatisfiable
from awsconform.specs import catalog, installed
from awsconform.specs.contract import Contract
from awsconform.specs.models import contract_document
from awsconform.specs.validation import failures
from generation_oracles import complaints, refusals

TODAY = datetime(2026, 11, 21, tzinfo=UTC)
# Operations of every protocol, drawn once and for all.
SAMPLED = [
    "deadline.CreateJob", "deadline.CreateQueue", "deadline.GetSessionsStatisticsAggregation",
    "sagemaker-edge.SendHeartbeat", "lookoutequipment.DescribeInferenceScheduler",
    "dynamodb.PutItem", "ecs.RegisterTaskDefinition", "secretsmanager.CreateSecret",
    "sqs.SendMessage", "logs.PutLogEvents", "kms.Encrypt", "lambda.CreateFunction",
    "apigateway.PutIntegration", "iot.CreateThing", "bedrock-runtime.Converse",
    "rds-data.ExecuteStatement", "iam.CreateRole", "sns.Publish", "sts.AssumeRole",
    "cloudformation.CreateStack", "rds.CreateDBInstance", "ec2.RunInstances",
    "ec2.CreateVpcEndpoint", "s3.PutBucketLifecycleConfiguration", "s3.CreateMultipartUpload",
    "route53.ChangeResourceRecordSets", "cloudfront.CreateInvalidation", "cloudwatch.PutMetricData",
    "lex-runtime.PostText", "kendra.Query",
]  # fmt: skip


def contract(name: str) -> Contract:
    return catalog.load(*name.split("."))


def made(name: str, part: str = "request", fill: Fill = Fill.RANDOM, seed: int = 0) -> Example:
    return example(contract(name), part, fill=fill, seed=seed, today=TODAY)


def thing(members: dict[str, Any], shapes: dict[str, Any], *required: str) -> Contract:
    """A contract of one operation with these members."""
    structure = {"type": "structure", "required": list(required), "members": members}
    model = {
        "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "things",
                     "protocol": "rest-json", "serviceId": "Things"},
        "operations": {"GetThing": {"name": "GetThing", "input": {"shape": "Request"},
                                    "http": {"method": "POST", "requestUri": "/"}}},
        "shapes": {"Request": structure, "Text": {"type": "string"}, **shapes},
    }  # fmt: skip
    return Contract(contract_document("things", "GetThing", model, {}))


def value_of(name: str, seed: int = 0, **shape: Any) -> Any:
    stated = {"type": "string", **shape}
    contract = thing({name: {"shape": "It"}}, {"It": stated}, name)
    return example(contract, "request", fill=Fill.MINIMAL, seed=seed, today=TODAY).value[name]


@pytest.mark.parametrize("name", SAMPLED)
@pytest.mark.parametrize("fill", Fill)
def test_requests_and_responses_are_valid_to_three_validators(name: str, fill: Fill) -> None:
    for part in ("request", "response"):
        found = made(name, part, fill)
        assert failures(found.contract, part, found.value) == []
        assert complaints(found.contract, part, found.value) == []
        if not found.streams:
            assert refusals(found.contract, part, for_native(found, part)) == ""


def for_native(found: Example, part: str) -> Any:
    return for_cli(found.contract, part, found.value)


@pytest.mark.parametrize("seed", range(3))
def test_sampled_operations_of_the_whole_catalog_have_valid_examples(seed: int) -> None:
    services = installed.models().services
    source = random.Random(seed)
    for service in source.sample(services, 8):
        operation = source.choice(catalog.operations(service))
        for part in ("request", "response"):
            try:
                found = made(f"{service}.{operation}", part, seed=seed)
            except Unsatisfiable:
                continue
            assert failures(found.contract, part, found.value) == []
            value = for_native(found, part)
            assert yaml.safe_load(to_yaml(value)) == json.loads(json.dumps(value)) == value


def test_errors_have_examples() -> None:
    found = made("deadline.GetFarm", "ValidationException", Fill.MAXIMAL)
    assert set(found.value) == {"message", "reason", "fieldList", "context"}
    assert failures(found.contract, "ValidationException", found.value) == []


@pytest.mark.parametrize("name", ["deadline.CreateJob", "dynamodb.PutItem", "ec2.RunInstances"])
def test_the_same_seed_gives_the_same_and_others_give_others(name: str) -> None:
    assert made(name).value == made(name).value
    assert len({json.dumps(made(name, seed=seed).value) for seed in range(6)}) > 1


def test_minimal_is_what_is_required_and_maximal_is_everything() -> None:
    farm = contract("deadline.CreateFarm")
    members = farm.definitions[str(farm.input_shape)]["properties"]
    assert set(made("deadline.CreateFarm", fill=Fill.MINIMAL).value) == {"displayName"}
    assert set(made("deadline.CreateFarm", fill=Fill.MAXIMAL).value) == set(members)


@pytest.mark.parametrize(
    ("name", "part", "streams", "events"),
    [
        ("s3.PutObject", "request", ("Body",), False),
        ("s3.GetObject", "response", ("Body",), False),
        ("kinesis.SubscribeToShard", "response", ("EventStream",), True),
        ("lexv2-runtime.StartConversation", "request", ("requestEventStream",), True),
    ],
)
def test_streams_are_left_out_and_named(
    name: str, part: str, streams: tuple[str, ...], events: bool
) -> None:
    found = made(name, part, Fill.MAXIMAL)
    assert found.streams == streams
    assert not set(streams) & set(found.value)
    assert [is_event_stream(contract(name), part, each) for each in streams] == [events]


def test_an_operation_without_input_has_an_empty_example() -> None:
    assert made("sts.GetCallerIdentity").value == {}


@pytest.mark.parametrize(
    ("name", "shape", "value"),
    [
        ("RoleArn", {}, "arn:aws:iam::123456789012:role/example-role"),
        ("TopicArn", {}, "arn:aws:sns:us-east-1:123456789012:example-topic"),
        ("AccountId", {}, "123456789012"),
        ("accountId", {"pattern": r"\d{12}"}, "123456789012"),
        ("Bucket", {}, "example-bucket"),
        ("EmailAddress", {}, "person@example.com"),
        ("Region", {}, "us-east-1"),
        ("CidrBlock", {}, "192.0.2.0/24"),
        ("Description", {}, "An example of a description."),
        ("Description", {"max": 12}, "An example"),
        ("UserName", {}, "example-user"),
        ("UserName", {"pattern": "[a-z_]+"}, "example_user"),
        ("UserName", {"pattern": "[A-Za-z]+"}, "ExampleUser"),
        ("Colour", {}, "example-colour"),
    ],
)
def test_a_text_is_what_its_name_lets_people_expect(
    name: str, shape: dict[str, Any], value: str
) -> None:
    assert value_of(name, **shape) == value


def test_what_a_name_lets_expect_yields_to_the_contract() -> None:
    assert value_of("Region", enum=["north", "south"]) in ("north", "south")
    assert len(value_of("Region", max=3)) <= 3
    assert value_of("UserName", pattern="[0-9]{4}").isdigit()


def test_identifiers_look_like_identifiers_and_differ() -> None:
    found = {value_of("SnapshotId", seed) for seed in range(5)}
    assert len(found) == 5
    assert all(text.startswith("snapshot-0") for text in found)


def test_an_arn_of_an_unknown_form_keeps_the_usual_parts() -> None:
    pattern = r"arn:[a-z]+:zoo:[a-z0-9-]{5,20}:\d{12}:cage/[a-z]+/[a-z]+"
    assert value_of("CageArn", pattern=pattern).startswith(
        "arn:aws:zoo:us-east-1:123456789012:cage/"
    )


@pytest.mark.parametrize(
    ("name", "later"), [("StartTime", False), ("ExpiresAt", True), ("CreatedAt", False)]
)
def test_times_are_near_today(name: str, later: bool) -> None:
    for seed in range(10):
        told = datetime.fromisoformat(value_of(name, seed, type="timestamp"))
        away = told - TODAY if later else TODAY - told
        assert timedelta(0) < away <= timedelta(days=15)


def test_bytes_are_text_of_a_length_that_fits() -> None:
    found = base64.b64decode(value_of("Data", type="blob", min=20, max=20))
    assert found == b"example data example"


def test_what_is_met_again_is_numbered_where_that_fits() -> None:
    shapes = {
        "Tags": {"type": "list", "member": {"shape": "Tag"}, "min": 3, "max": 3},
        "Tag": {"type": "structure", "required": ["Key"], "members": {"Key": {"shape": "Text"}}},
        "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}, "min": 3},
    }
    whole = thing({"Tags": {"shape": "Tags"}, "Map": {"shape": "Map"}}, shapes, "Tags", "Map")
    value = example(whole, "request", fill=Fill.MINIMAL, seed=0, today=TODAY).value
    assert [tag["Key"] for tag in value["Tags"]] == [
        "example-key", "example-key-2", "example-key-3",
    ]  # fmt: skip
    assert len(value["Map"]) >= 3


def test_json_in_text_is_given_to_the_cli_as_json() -> None:
    found = made("lex-runtime.PostContent", fill=Fill.MAXIMAL)
    value = for_native(found, "request")
    assert isinstance(found.value["sessionAttributes"], str)
    assert value["sessionAttributes"] == json.loads(found.value["sessionAttributes"])


def test_a_contract_without_valid_values_says_why() -> None:
    impossible = thing({"A": {"shape": "It"}}, {"It": {"type": "integer", "min": 2, "max": 1}}, "A")
    with pytest.raises(Unsatisfiable, match="bounds"):
        example(impossible, "request", fill=Fill.MINIMAL, seed=0, today=TODAY)
