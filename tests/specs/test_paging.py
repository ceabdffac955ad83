"""Where pages have items, tokens and flags, and which members are taken for tokens."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.paginate import PageIterator
from hypothesis import given
from hypothesis import strategies as st
from jmespath import compile as expression

from awsconform.specs import catalog
from awsconform.specs.clauses import Level, clauses
from awsconform.specs.contract import Contract
from awsconform.specs.paging import (
    is_opaque,
    items_of,
    limits_items,
    lists_of,
    more,
    next_tokens,
)
from awsconform.specs.paging_habits import inferred_tokens

KEYS = catalog.load("kms", "ListKeys")
OBJECTS = catalog.load("s3", "ListObjects")
VERSIONS = catalog.load("s3", "ListObjectVersions")
STREAM = catalog.load("kinesis", "DescribeStream")
RECORDS = catalog.load("route53", "ListResourceRecordSets")
SCAN = catalog.load("dynamodb", "Scan")


@pytest.mark.parametrize(
    ("contract", "page", "tokens"),
    [
        (KEYS, {"NextMarker": "a", "Truncated": True}, {"Marker": "a"}),
        (KEYS, {"NextMarker": "a"}, {"Marker": "a"}),
        (KEYS, {"NextMarker": "a", "Truncated": False}, {}),
        (KEYS, {"NextMarker": "", "Truncated": True}, {}),
        (OBJECTS, {"Contents": [{"Key": "a"}, {"Key": "b"}], "IsTruncated": True}, {"Marker": "b"}),
        (OBJECTS, {"Contents": [{"Key": "a"}], "NextMarker": "x"}, {"Marker": "x"}),
        (
            VERSIONS,
            {"NextKeyMarker": "a", "NextVersionIdMarker": "1", "IsTruncated": True},
            {"KeyMarker": "a", "VersionIdMarker": "1"},
        ),
        (VERSIONS, {"NextKeyMarker": "a", "IsTruncated": True}, {"KeyMarker": "a"}),
        (
            STREAM,
            {"StreamDescription": {"Shards": [{"ShardId": "0"}], "HasMoreShards": True}},
            {"ExclusiveStartShardId": "0"},
        ),
        (STREAM, {"StreamDescription": {"Shards": [{"ShardId": "0"}], "HasMoreShards": False}}, {}),
        (SCAN, {"LastEvaluatedKey": {"k": {"S": "a"}}}, {"ExclusiveStartKey": {"k": {"S": "a"}}}),
        (SCAN, {"LastEvaluatedKey": {}}, {}),
    ],
)
def test_the_next_page_is_asked_for_as_botocore_does(
    contract: Contract, page: dict[str, Any], tokens: dict[str, Any]
) -> None:
    assert next_tokens(contract, page) == tokens


PAGES = st.fixed_dictionaries(
    {},
    optional={
        "IsTruncated": st.booleans(),
        "NextRecordName": st.sampled_from(["", "a.example."]),
        "NextRecordType": st.sampled_from(["", "A"]),
        "NextRecordIdentifier": st.sampled_from(["", "one"]),
    },
)


@given(PAGES)
def test_several_tokens_are_those_of_botocores_paginator(page: dict[str, Any]) -> None:
    stated = RECORDS.pagination
    assert stated is not None
    # Without its flag botocore takes a page for the last one; a walk goes on with its token.
    page.setdefault("IsTruncated", True)
    sent: list[dict[str, Any]] = []

    def method(**arguments: Any) -> dict[str, Any]:
        sent.append(arguments)
        return page if len(sent) == 1 else {}

    iterator = PageIterator(
        method, list(stated.input_token), [expression(each) for each in stated.output_token],
        expression(str(stated.more_results)), [expression(each) for each in stated.result],
        [], stated.limit, None, None, None, {},
    )  # fmt: skip
    list(iterator)
    assert next_tokens(RECORDS, page) == (sent[1] if len(sent) > 1 else {})


def test_the_items_of_several_lists_are_kept_apart() -> None:
    page = {"Versions": [{"Key": "a"}], "DeleteMarkers": [{"Key": "b"}], "IsTruncated": False}
    assert lists_of(VERSIONS, page)[:2] == [[{"Key": "a"}], [{"Key": "b"}]]
    assert items_of(VERSIONS, page) == [{"Key": "a"}]
    assert more(VERSIONS, page) is False


def test_the_entries_of_a_map_are_items() -> None:
    usage = catalog.load("apigateway", "GetUsage")
    assert items_of(usage, {"items": {"key": [[1, 2]]}}) == [["key", [[1, 2]]]]


@pytest.mark.parametrize(
    ("service", "operation", "opaque"),
    [
        ("sqs", "ListQueues", True),
        ("iam", "ListUsers", True),
        ("s3", "ListObjectsV2", True),
        ("s3", "ListObjects", False),
        ("s3", "ListObjectVersions", False),
        ("dynamodb", "ListTables", False),
        ("dynamodb", "Scan", False),
        ("kinesis", "DescribeStream", False),
        ("route53", "ListResourceRecordSets", False),
        ("cloudfront", "ListDistributions", True),
    ],
)
def test_a_name_to_go_on_after_is_no_opaque_token(
    service: str, operation: str, opaque: bool
) -> None:
    assert is_opaque(catalog.load(service, operation)) is opaque


@pytest.mark.parametrize(
    ("taken", "given", "tokens"),
    [
        (("nextToken", "maxResults"), ("nextToken", "items"), [("nextToken", "nextToken")]),
        (("Marker",), ("NextMarker", "Marker"), [("Marker", "NextMarker")]),
        (("PageToken",), ("NextPageToken",), [("PageToken", "NextPageToken")]),
        (
            ("ContinuationToken",),
            ("ContinuationToken", "NextContinuationToken"),
            [("ContinuationToken", "NextContinuationToken")],
        ),
        (("ExclusiveStartX",), ("LastEvaluatedX",), [("ExclusiveStartX", "LastEvaluatedX")]),
        (
            ("AMarker", "BMarker"),
            ("AMarker", "BMarker"),
            [("AMarker", "AMarker"), ("BMarker", "BMarker")],
        ),
        (("nextToken",), ("nextForwardToken", "nextBackwardToken"), []),
        (("ChangeToken",), ("ChangeToken",), []),
        (("LockToken",), ("NextLockToken",), []),
        (("ShardIterator",), ("NextShardIterator",), []),
        (("nextToken",), (), []),
        ((), ("nextToken",), []),
    ],
)
def test_tokens_are_inferred_from_the_names_of_both_sides(
    taken: tuple[str, ...], given: tuple[str, ...], tokens: list[tuple[str, str]]
) -> None:
    assert inferred_tokens(taken, given) == tokens


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        ("logs", "GetLogEvents"),
        ("kinesis", "GetRecords"),
        ("dynamodbstreams", "GetRecords"),
        ("waf", "CreateIPSet"),
    ],
)
def test_what_follows_a_log_or_guards_a_change_has_no_pages(service: str, operation: str) -> None:
    assert catalog.load(service, operation).pagination is None


def levels(service: str, operation: str) -> dict[str, Level]:
    found = clauses(catalog.load(service, operation))
    return {
        clause.id.partition("/")[2]: clause.level for clause in found if clause.part == "pagination"
    }


def test_inferred_pages_bind_less_and_have_no_paginator() -> None:
    stated = levels("waf-regional", "ListByteMatchSets")
    for kind in ("accepted", "terminates", "complete", "string"):
        assert stated[f"pagination/NextMarker#{kind}"] is Level.SHOULD
    assert "pagination#paginator" not in stated


def test_stated_pages_have_a_paginator_and_their_flag() -> None:
    stated = levels("kms", "ListKeys")
    assert stated["pagination#paginator"] is Level.MUST
    assert stated["pagination/Truncated#implies-token"] is Level.MUST


def test_a_limit_of_something_else_than_items_is_not_held_against_them() -> None:
    assert not limits_items(catalog.load("cloudwatch", "GetMetricData"))
    stated = levels("cloudwatch", "GetMetricData")
    assert "pagination/MaxDatapoints#limit-respected" not in stated
    assert "pagination/MaxDatapoints#out-of-range-rejected" in stated
