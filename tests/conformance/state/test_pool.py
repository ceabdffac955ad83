"""Which values live: what exchanges teach, where values serve, and when they are gone."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.state.pool import Pool
from awsconform.specs.producing import references
from awsconform.specs.producing.words import key
from state_bench import answered, contract

KEY_ARN = "arn:aws:kms:us-east-1:000011112222:key/1234abcd"
ROLE_ARN = "arn:aws:iam::000011112222:role/reader"
QUEUE = "http://localhost/000011112222/q1"


def taught(*exchanges: tuple[str, dict[str, Any], Any], pool: Pool | None = None) -> Pool:
    pool = pool or Pool()
    for name, request, answer in exchanges:
        of = contract(name)
        pool.learn(answered(of, request, answer), references(of))
    return pool


def found(pool: Pool, name: str, place: str, noun: str = "") -> list[str]:
    of = contract(name)
    at = of.place("request", tuple(place.split("/")))
    assert at is not None
    return pool.find(of, at, noun)


def created(number: int) -> tuple[str, dict[str, Any], Any]:
    metadata = {"KeyId": f"key-{number}", "Arn": f"{KEY_ARN}{number}"}
    return "kms.CreateKey", {}, {"KeyMetadata": metadata}


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("kms.DescribeKey", "KeyId"),
        ("kms.ReEncrypt", "SourceKeyId"),
        ("kms.CreateAlias", "TargetKeyId"),
    ],
)
def test_an_id_serves_every_request_that_takes_its_shape_the_newest_first(
    name: str, place: str
) -> None:
    assert found(taught(created(1), created(2)), name, place)[:2] == ["key-2", "key-1"]


def test_a_value_serves_members_of_its_name_where_shapes_say_nothing() -> None:
    pool = taught(("sqs.CreateQueue", {"QueueName": "q1"}, {"QueueUrl": QUEUE}))
    assert found(pool, "sqs.ReceiveMessage", "QueueUrl")[0] == QUEUE
    assert found(pool, "sqs.GetQueueUrl", "QueueName")[0] == "q1"


def test_a_bare_arn_is_of_the_structure_it_stands_in_and_serves_by_its_type_of_resource() -> None:
    role = {
        "Path": "/",
        "RoleName": "reader",
        "RoleId": "AROA1234567890123456",
        "Arn": ROLE_ARN,
        "CreateDate": "2026-01-01T00:00:00Z",
    }
    pool = taught(
        ("iam.CreateRole", {"RoleName": "reader", "AssumeRolePolicyDocument": "{}"}, {"Role": role})
    )
    assert ROLE_ARN in found(pool, "lambda.CreateFunction", "Role")
    assert pool.arns("role") == [ROLE_ARN]
    assert pool.place["account"] == "000011112222"


def test_nothing_is_learnt_from_what_was_refused() -> None:
    request = {"QueueName": "q1"}
    pool = taught(("sqs.CreateQueue", request, "QueueDeletedRecently"))
    assert not pool.knows("q1")


def test_a_name_that_is_only_mentioned_does_not_live_not_even_when_echoed() -> None:
    made_up = "arn:aws:kms:us-east-1:000011112222:key/nobody"
    request = {"AliasName": "alias/a", "TargetKeyId": made_up}
    echo = {"Aliases": [{"AliasName": "alias/a", "TargetKeyId": made_up}]}
    pool = taught(("kms.CreateAlias", request, {}), ("kms.ListAliases", {"KeyId": made_up}, echo))
    assert pool.knows("alias/a")
    assert not pool.knows(made_up)


def test_an_accepted_violation_teaches_no_names() -> None:
    pool = taught(("sqs.CreateQueue", {"QueueName": "q1", "Attributes": 7}, {"QueueUrl": QUEUE}))
    assert not pool.knows("q1")
    assert pool.knows(QUEUE)


def test_what_was_deleted_lives_no_more_nor_what_ends_with_its_name() -> None:
    pool = taught(
        ("sqs.CreateQueue", {"QueueName": "q1"}, {"QueueUrl": QUEUE}),
        ("sqs.DeleteQueue", {"QueueUrl": QUEUE}, {}),
    )
    assert not pool.knows(QUEUE)
    assert not pool.knows("q1")
    assert found(pool, "sqs.ReceiveMessage", "QueueUrl") == []


def test_a_refused_deletion_changes_nothing() -> None:
    pool = taught(
        ("sqs.CreateQueue", {"QueueName": "q1"}, {"QueueUrl": QUEUE}),
        ("sqs.DeleteQueue", {"QueueUrl": QUEUE}, "QueueDoesNotExist"),
    )
    assert pool.knows(QUEUE)


def test_the_queue_outlives_its_messages() -> None:
    pool = taught(
        ("sqs.CreateQueue", {"QueueName": "q1"}, {"QueueUrl": QUEUE}),
        ("sqs.DeleteMessage", {"QueueUrl": QUEUE, "ReceiptHandle": "r"}, {}),
    )
    assert pool.knows(QUEUE)


def test_nothing_lives_once_the_target_has_lost_its_state() -> None:
    lost = 0
    pool = taught(created(1), pool=Pool(generation=lambda: lost))
    assert pool.knows("key-1")
    assert not pool.renew()
    lost = 1
    assert pool.renew()
    assert not pool.knows("key-1")
    assert found(pool, "kms.DescribeKey", "KeyId") == []


def test_only_so_many_values_are_kept_of_a_kind_and_the_newest_are() -> None:
    pool = taught(*(created(number) for number in range(100)))
    kept = found(pool, "kms.DescribeKey", "KeyId")
    assert len(kept) < 100
    assert kept[0] == "key-99"


def test_what_a_place_is_known_to_name_helps_where_its_own_name_says_little() -> None:
    arn = "arn:aws:logs:us-east-1:1:log-group:g"
    groups = {"logGroups": [{"logGroupName": "g", "arn": arn}]}
    pool = taught(("logs.DescribeLogGroups", {}, groups))
    assert found(pool, "logs.ListTagsForResource", "resourceArn") == []
    noun = key(("log", "group"))
    assert found(pool, "logs.ListTagsForResource", "resourceArn", noun) == [arn]
