"""Which places of a request name something that exists, and which only look like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from awsconform.specs import catalog
from awsconform.specs.hints import Hints, Origin, Resource
from awsconform.specs.producing import Reference, hints_for, inferring, references
from model_miniatures import write_model
from service_miniatures import Parts, service_model

THINGS: dict[str, Parts] = {
    "CreateThing": (
        {
            "Name!": "Text",
            "Description": "Text",
            "ClientRequestToken": "Text",
            "RoleArn": "Arn",
            "KmsKeyId": "Text",
            "VpcId": "Text",
            "SubnetIds": ["Text"],
            "SourceArn": "Text",
            "GroupTag": "Text",
            "MessageGroupId": "Text",
            "Logging": {"Bucket": "Text", "Prefix": "Text"},
            "Tags": [{"Key": "Text", "Value": "Text"}],
            "ExternalId": "Text",
            "DisplayName": "Text",
        },
        {"ThingId": "ThingId"},
    ),
    "UpdateThing": ({"ThingId!": "ThingId", "Name!": "Text", "ParentThingId": "ThingId"}, {}),
    "LinkThings": (
        {"Pairs!": [{"FirstThingId!": "ThingId", "Note": "Text"}], "OwnerAccountId": "Text"},
        {},
    ),
    "ListThings": ({"nextToken": "Token"}, {"Things": [{"ThingId": "ThingId"}]}),
    "GetOddity": ({"OddityId!": "Text", "Target!": "Text"}, {"Other": [{"OddityId": "Text"}]}),
}


@pytest.fixture
def things(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A service that only this test's models have."""
    write_model(tmp_path, "things", service_model(THINGS, {"Arn": "arn:aws:iam::.*"}))
    monkeypatch.setenv("AWS_DATA_PATH", str(tmp_path))
    return "things"


def named(service: str, operation: str) -> dict[str, Reference]:
    contract = catalog.load(service, operation)
    return {"/".join(path): each for path, each in references(contract).items()}


def test_names_of_new_things_texts_and_tokens_are_no_references(things: str) -> None:
    found = named(things, "CreateThing")
    assert not found.keys() & {
        "Name",
        "Description",
        "ClientRequestToken",
        "GroupTag",
        "MessageGroupId",
        "Logging/Prefix",
        "Tags/*/Key",
        "Tags/*/Value",
        "ExternalId",
        "DisplayName",
    }


def test_what_other_services_make_is_named_with_its_service_and_value(things: str) -> None:
    found = named(things, "CreateThing")
    assert found["RoleArn"] == Reference("iam:role", "RoleArn")
    assert found["KmsKeyId"] == Reference("kms:key", "KeyId")
    assert found["VpcId"] == Reference("ec2:vpc", "VpcId")
    assert found["SubnetIds/*"] == Reference("ec2:subnet", "SubnetId")
    assert found["Logging/Bucket"] == Reference("s3:bucket", "Bucket")


def test_an_arn_of_nobody_knows_what_still_names_something(things: str) -> None:
    assert named(things, "CreateThing")["SourceArn"] == Reference()


def test_what_the_service_makes_is_found_behind_other_words_and_in_lists(things: str) -> None:
    found = named(things, "UpdateThing")
    assert found["ThingId"] == found["ParentThingId"] == Reference("thing", "ThingId")
    assert named(things, "LinkThings")["Pairs/*/FirstThingId"] == Reference("thing", "ThingId")


def test_the_new_name_of_an_update_is_no_reference(things: str) -> None:
    assert "Name" not in named(things, "UpdateThing")


def test_what_is_created_by_part_of_a_request_is_named_anew() -> None:
    found = named("dynamodb", "UpdateTable")
    part = "GlobalSecondaryIndexUpdates/*"
    assert f"{part}/Create/IndexName" not in found
    assert {f"{part}/Update/IndexName", f"{part}/Delete/IndexName"} <= found.keys()
    assert "ReplicaUpdates/*/Create/KMSMasterKeyId" in found, "of a key that is there"
    hint = hints_for(catalog.load("dynamodb", "UpdateTable")).operations["UpdateTable"]
    assert f"{part}/Create/IndexName" in hint.unique
    assert "ReplicaUpdates/*/Create/RegionName" not in hint.unique, "regions are not made"


def test_accounts_exist_although_nobody_makes_them(things: str) -> None:
    assert named(things, "LinkThings")["OwnerAccountId"] == Reference()


def test_tokens_of_pages_are_none(things: str) -> None:
    assert named(things, "ListThings") == {}


@pytest.mark.parametrize(
    ("operation", "place", "resource"),
    [
        ("sqs.SendMessage", "QueueUrl", "queue"),
        ("dynamodb.PutItem", "TableName", "table"),
        ("events.PutTargets", "Rule", "rule"),
        ("kms.CreateAlias", "TargetKeyId", "key"),
        ("s3.GetObject", "Bucket", "bucket"),
        ("s3.GetObject", "Key", "object"),
        ("sns.Publish", "TopicArn", "topic"),
        ("secretsmanager.GetSecretValue", "SecretId", "secret"),
        ("stepfunctions.StartExecution", "stateMachineArn", "state-machine"),
        ("logs.PutLogEvents", "logStreamName", "log-stream"),
        ("iam.GetUserPolicy", "PolicyName", "user-policy"),
        ("ssm.GetParameter", "Name", "parameter"),
        ("cloudwatch.DeleteAlarms", "AlarmNames/*", "metric-alarm"),
    ],
)
def test_knows_what_requests_of_real_services_name(
    operation: str, place: str, resource: str
) -> None:
    service, _, name = operation.partition(".")
    found = named(service, name)[place]
    assert found.resource == resource
    assert found.value in hints_for(catalog.load(service, name)).resources[resource].gives


def test_a_value_is_called_as_what_is_written_calls_it(
    things: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gives: dict[str, Origin] = {"ParentThingId": ("response", "ThingId")}
    written = Hints({"thing": Resource("thing", "CreateThing", gives)})
    monkeypatch.setattr(inferring, "hints_of", lambda service: written)
    found = named(things, "UpdateThing")
    assert found["ParentThingId"] == Reference("thing", "ParentThingId")
    assert found["ThingId"] == Reference("thing", None)


@pytest.mark.parametrize(
    "operation",
    ["sqs.CreateQueue", "dynamodb.CreateTable", "ssm.PutParameter", "s3.CreateBucket"],
)
def test_required_members_of_creations_name_nothing_yet(operation: str) -> None:
    service, _, name = operation.partition(".")
    contract = catalog.load(service, name)
    required = {place.path for place in contract.members("request").values() if place.required}
    assert not required & references(contract).keys()
