"""Words, nouns and kinds of identifiers in AWS's names; what operations do by their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsconform.specs.producing.verbs import Role, action
from awsconform.specs.producing.words import (
    ARN,
    ID,
    NAME,
    URL,
    WHOLE,
    is_account,
    is_plural,
    key,
    named,
    one_of,
    words,
)


@pytest.mark.parametrize(
    ("name", "taken_apart"),
    [
        ("QueueUrl", "queue url"),
        ("stateMachineArn", "state machine arn"),
        ("DBInstanceIdentifier", "db instance identifier"),
        ("KMSKeyARNs", "kms key arns"),
        ("SSHPublicKeyId", "ssh public key id"),
        ("S3BucketName", "s3 bucket name"),
        ("VpcIDs", "vpc ids"),
        ("ID", "id"),
    ],
)
def test_finds_the_words_of_a_name(name: str, taken_apart: str) -> None:
    assert words(name) == tuple(taken_apart.split())


@pytest.mark.parametrize(
    ("name", "noun", "kind"),
    [
        ("QueueUrl", "queue", URL),
        ("stateMachineArn", "state machine", ARN),
        ("SubnetIds", "subnet", ID),
        ("clusterIdentifier", "cluster", ID),
        ("PolicyNameOrArn", "policy", NAME),
        ("Bucket", "bucket", WHOLE),
        ("Arn", "", ARN),
        ("Name", "", NAME),
        ("UUID", "", ID),
    ],
)
def test_tells_the_noun_and_the_kind_of_an_identifier(name: str, noun: str, kind: str) -> None:
    assert named(name).words == tuple(noun.split())
    assert named(name).kind == kind


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("EventBus", "EventBuses"),
        ("Alias", "Aliases"),
        ("Policy", "Policies"),
        ("Database", "Databases"),
        ("Address", "Addresses"),
        ("Queue", "Queues"),
        ("Branch", "Branches"),
        ("Index", "Indexes"),
        ("DataSet", "Datasets"),
        ("App", "Applications"),
    ],
)
def test_compares_nouns_without_plural_and_word_boundaries(one: str, many: str) -> None:
    assert key(words(one)) == key(words(many))


@pytest.mark.parametrize(
    ("one", "other"), [("Class", "Clas"), ("Queue", "QueueUrl"), ("Access", "Acces")]
)
def test_keeps_different_nouns_apart(one: str, other: str) -> None:
    assert key(words(one)) != key(words(other))


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("Instances", "instance"),
        ("LogEvents", "log event"),
        ("Policies", "policy"),
        ("Addresses", "address"),
        ("Alias", "alias"),
        ("EventBus", "event bus"),
        ("Analysis", "analysis"),
        ("Access", "access"),
    ],
)
def test_names_one_of_many_as_people_do(many: str, one: str) -> None:
    assert one_of(words(many)) == tuple(one.split())


@pytest.mark.parametrize(
    ("name", "plural"), [("Keys", True), ("Key", False), ("Access", False), ("Status", False)]
)
def test_tells_plurals(name: str, plural: bool) -> None:
    assert is_plural(name) is plural


@pytest.mark.parametrize(
    ("name", "account"),
    [("AwsAccountId", True), ("accountIds", True), ("Account", True), ("AccountAlias", False)],
)
def test_tells_the_names_of_accounts(name: str, account: bool) -> None:
    assert is_account(name) is account


@given(st.lists(st.from_regex(r"[A-Z][a-z]{1,8}", fullmatch=True), min_size=1, max_size=5))
def test_takes_apart_what_was_put_together(parts: list[str]) -> None:
    assert words("".join(parts)) == tuple(part.lower() for part in parts)


@pytest.mark.parametrize(
    ("operation", "role", "noun", "beyond"),
    [
        ("CreateQueue", Role.CREATE, "queue", ""),
        ("PutRule", Role.CREATE, "rule", ""),
        ("RunInstances", Role.CREATE, "instances", ""),
        ("StartExecution", Role.CREATE, "execution", ""),
        ("DeleteQueue", Role.DELETE, "queue", ""),
        ("DeregisterTaskDefinition", Role.DELETE, "task definition", ""),
        ("ScheduleKeyDeletion", Role.DELETE, "key", ""),
        ("CancelKeyDeletion", Role.CHANGE, "key", ""),
        ("ListTagsForResource", Role.LIST, "tags", "resource"),
        ("AddUserToGroup", Role.CREATE, "user", "group"),
        ("DescribeTable", Role.READ, "table", ""),
        ("UpdateFunctionCode", Role.CHANGE, "function code", ""),
        ("AdminCreateUser", Role.CREATE, "user", ""),
        ("SubscribeToShard", Role.CREATE, "", "shard"),
        ("Publish", Role.CREATE, "", ""),
        ("AcceptInvitation", Role.END, "invitation", ""),
    ],
)
def test_tells_what_an_operation_does_to_what(
    operation: str, role: Role, noun: str, beyond: str
) -> None:
    done = action(operation)
    assert (done.role, done.noun, done.beyond) == (
        role,
        tuple(noun.split()),
        tuple(beyond.split()),
    )


def test_tells_operations_on_many_things_at_once() -> None:
    assert action("BatchDeleteImage").many
    assert action("BatchDeleteImage").role is Role.DELETE
    assert not action("DeleteImage").many
    assert not action("AdminDeleteUser").many
