"""What one operation is told and what surrounds it: places, alternatives, items, reads."""

from __future__ import annotations

import pytest

from awsconform.specs.producing.recipes import OWNED
from service_miniatures import Parts, hints

STREAMS: dict[str, Parts] = {
    "CreateStream": ({"StreamName!": "Name"}, {"StreamARN": "Arn"}),
    "DescribeStream": ({"StreamName": "Name", "StreamARN": "Arn"}, {"Status": "Text"}),
    "ListStreams": ({"nextToken": "Token"}, {"StreamNames": ["Name"], "nextToken": "Token"}),
    "PutRecord": ({"StreamName": "Name", "StreamARN": "Arn", "Data!": "Text"}, {}),
    "DeleteStream": ({"StreamName": "Name", "StreamARN": "Arn"}, {}),
}
FUNCTIONS: dict[str, Parts] = {
    "CreateFunction": ({"FunctionName!": "Name"}, {"FunctionArn": "Arn"}),
    "GetFunction": ({"/FunctionName!": "Name"}, {"Handler": "Text"}),
    "UpdateFunctionCode": ({"/FunctionName!": "Name"}, {}),
    "ListFunctions": ({"nextToken": "Token"}, {"Functions": [{"FunctionName": "Name"}]}),
    "DeleteFunction": ({"/FunctionName!": "Name"}, {}),
    "CreateAlias": ({"/FunctionName!": "Name", "Name!": "Alias"}, {"AliasArn": "Arn"}),
    "GetAlias": ({"/FunctionName!": "Name", "/Name!": "Alias"}, {}),
    "ListAliases": ({"/FunctionName!": "Name"}, {"Aliases": [{"Name": "Alias"}]}),
    "DeleteAlias": ({"/FunctionName!": "Name", "/Name!": "Alias"}, {}),
    "TagResource": ({"ResourceArn!": "Arn", "Tags!": ("Key", "Value")}, {}),
    "ListTags": ({"ResourceArn!": "Arn"}, {"Tags": ("Key", "Value")}),
}


def test_of_several_ways_to_name_one_thing_a_request_has_one() -> None:
    made = hints(STREAMS, paged=("ListStreams",))
    for operation in ("DescribeStream", "PutRecord", "DeleteStream"):
        assert made.of(operation).needs == ("stream",), operation
        assert made.of(operation).either == (("StreamARN", "StreamName"),), operation


def test_a_way_that_is_not_given_is_not_bound() -> None:
    without_arn = STREAMS | {"CreateStream": ({"StreamName!": "Name"}, {})}
    made = hints(without_arn)
    assert made.of("PutRecord").needs == ("stream",)
    assert "StreamARN" not in made.of("PutRecord").binds


def test_a_list_owns_what_can_be_created() -> None:
    made = hints(FUNCTIONS, paged=("ListFunctions", "ListAliases"))
    assert (made.of("ListFunctions").owns, made.of("ListFunctions").count) == ("function", OWNED)
    assert made.of("ListFunctions").needs == ()


def test_the_items_of_a_list_lie_in_the_parent_it_is_told() -> None:
    made = hints(FUNCTIONS, paged=("ListFunctions", "ListAliases"))
    assert made.of("ListAliases").owns == "alias"
    assert made.of("ListAliases").needs == ("function",)
    assert made.resources["alias"].needs == ("function",)


def test_a_list_is_not_said_to_own_what_does_not_make_it_longer() -> None:
    made = hints(
        {
            **FUNCTIONS,
            "CreateConfig": ({}, {"ConfigArn": "Arn"}),
            "ListFunctionsByConfig": (
                {"/ConfigArn!": "Arn"},
                {"Functions": [{"FunctionName": "Name"}]},
            ),
            "AttachPolicy": ({"/FunctionName!": "Name", "PolicyArn!": "Arn"}, {}),
            "ListAttachedPolicies": ({"/FunctionName!": "Name"}, {"Policies": ["Arn"]}),
        }
    )
    assert made.of("ListFunctionsByConfig").owns is None
    assert made.of("ListFunctionsByConfig").needs == ("config",)
    assert made.of("ListAttachedPolicies").owns is None


def test_items_are_told_by_the_list_in_the_answer_where_the_name_does_not() -> None:
    made = hints(
        {
            "CreateTable": ({"TableName!": "Name"}, {}),
            "DeleteTable": ({"TableName!": "Name"}, {}),
            "SearchEverything": ({}, {"TableSummaries": [{"Name": "Text"}]}),
        },
        paged=("SearchEverything",),
    )
    assert made.of("SearchEverything").owns == "table"


def test_what_making_and_listing_can_both_be_told_is_the_parent() -> None:
    made = hints(
        {
            "CreateUser": ({"UserName!": "Name"}, {}),
            "CreateAccessKey": ({"UserName": "Name"}, {"AccessKey": {"AccessKeyId": "Id"}}),
            "ListAccessKeys": ({"UserName": "Name"}, {"Keys": [{"AccessKeyId": "Id"}]}),
            "DeleteAccessKey": ({"UserName": "Name", "AccessKeyId!": "Id"}, {}),
        }
    )
    assert made.resources["access-key"].needs == ("user",)
    assert made.of("ListAccessKeys").needs == ("user",)
    assert made.of("ListAccessKeys").owns == "access-key"


@pytest.mark.parametrize(
    ("operation", "fresh"),
    [
        ("DeleteFunction", True),
        ("DeleteAlias", True),
        ("GetFunction", False),
        ("CreateFunction", False),
        ("UpdateFunctionCode", False),
    ],
)
def test_what_removes_needs_something_new_each_time(operation: str, fresh: bool) -> None:
    assert hints(FUNCTIONS).of(operation).fresh is fresh


@pytest.mark.parametrize(
    ("operation", "read"),
    [
        ("CreateFunction", "ListFunctions"),
        ("DeleteFunction", "ListFunctions"),
        ("UpdateFunctionCode", "GetFunction"),
        ("GetFunction", "GetFunction"),
        ("ListFunctions", "ListFunctions"),
        ("CreateAlias", "ListAliases"),
        ("DeleteAlias", "ListAliases"),
    ],
)
def test_a_cheap_read_shows_what_an_operation_could_change(operation: str, read: str) -> None:
    assert hints(FUNCTIONS, paged=("ListFunctions", "ListAliases")).of(operation).observe == (read,)


def test_any_resource_is_the_one_most_operations_are_about() -> None:
    made = hints(FUNCTIONS)
    for operation in ("TagResource", "ListTags"):
        assert made.of(operation).needs == ("function",), operation
        assert made.of(operation).binds == {"ResourceArn": "FunctionArn"}, operation


def test_an_optional_member_takes_what_is_there_anyway() -> None:
    made = hints(
        {
            **FUNCTIONS,
            "PutPermission": ({"/FunctionName!": "Name", "AliasArn": "Arn"}, {}),
            "GetMapping": ({"/FunctionName!": "Name", "FunctionArn": "Arn"}, {}),
        }
    )
    assert made.of("PutPermission").needs == ("function",)
    assert made.of("PutPermission").binds == {}
    assert made.of("GetMapping").needs == ("function",)


def test_the_keys_of_maps_are_told_by_their_shapes() -> None:
    made = hints(
        {
            "CreateTable": ({"TableName!": "TableName"}, {}),
            "DeleteTable": ({"TableName!": "TableName"}, {}),
            "BatchGetItem": ({"RequestItems!": ("TableName", {"Keys!": ["Text"]})}, {}),
        }
    )
    assert made.of("BatchGetItem").binds == {"RequestItems/@key": "TableName"}
    assert made.of("BatchGetItem").needs == ("table",)


def test_an_operation_on_nothing_needs_nothing() -> None:
    made = hints(
        {"DescribeLimits": ({}, {"Limit": "Text"}), "PutEvents": ({"Detail!": "Text"}, {})}
    )
    for operation in ("DescribeLimits", "PutEvents"):
        assert made.of(operation).needs == ()
    assert made.resources == {}
