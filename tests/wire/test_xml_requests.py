"""Requests of the query and XML protocols are those botocore makes; violations stay violations."""

from __future__ import annotations

import base64
import copy
import functools
import re
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import pytest
from botocore.serialize import create_serializer
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from awsconform.conformance.exchange import Case, HTTPRequest, HTTPResponse, Intent, Purpose
from awsconform.conformance.targets.client_values import to_client
from awsconform.conformance.wire.requests import NotExpressible, encode
from awsconform.conformance.wire.xml_part import XmlPart
from awsconform.conformance.wire.xml_text import parse
from awsconform.generators.strategies import requests
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures
from wire.xml_samples import (
    FLATTENED,
    contract,
    made_contract,
    operation_model,
    operations,
    part_schema,
    without_traceless,
)

FORM = "application/x-www-form-urlencoded; charset=utf-8"
WRONG = [
    5,
    1.5,
    True,
    "",
    " ",
    "5",
    "true",
    "x",
    None,
    [],
    {},
    [5],
    ["x"],
    [[]],
    {"a": 5},
    {"b": []},
]


def request(name: str, value: dict[str, Any], body: bytes | None = None) -> HTTPRequest:
    made = contract(name)
    return encode(made, Case(made.operation, Intent(Purpose.VALID), value, body))


def pairs(sent: HTTPRequest) -> list[tuple[str, str]]:
    return parse_qsl(sent.body.decode(), keep_blank_values=True, strict_parsing=True)


def members(sent: HTTPRequest) -> dict[str, str]:
    return {name: text for name, text in pairs(sent) if name not in ("Action", "Version")}


@functools.cache
def serializer(protocol: str) -> Any:
    return create_serializer(protocol, include_validation=False)


def botocore_request(of: Contract, value: dict[str, Any]) -> dict[str, Any]:
    native = to_client(of, part_schema(of, "request"), value)
    made: dict[str, Any] = serializer(of.protocol).serialize_to_request(native, operation_model(of))
    return made


def alike(text: Any) -> str:
    """Text without what two writers may do differently: zeros of a fraction, space after commas."""
    text = text.decode() if isinstance(text, bytes) else str(text)
    return re.sub(r",\s+", ",", re.sub(r"(:\d\d)\.?(\d*?)0*Z", r"\1.\2Z", text))


def whole(text: str) -> str:
    """Text with whole seconds, which are all that botocore has in headers."""
    return re.sub(r"(:\d\d)\.\d*( GMT|Z)$", r"\1\2", text)


def canonical(body: bytes | str) -> str:
    return alike(ElementTree.canonicalize(body))


def sorted_pairs(found: Any) -> list[tuple[str, str]]:
    return sorted((name, alike(text)) for name, text in found)


def query_of(made: dict[str, Any]) -> list[tuple[str, str]]:
    query = made["query_string"]
    stated = query.items() if isinstance(query, dict) else query
    return [
        (name, str(each))
        for name, item in stated
        for each in (item if isinstance(item, list) else [item])
    ]


@pytest.mark.parametrize("name", operations())
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_writes_valid_requests_as_botocore_does(name: str, data: st.DataObject) -> None:
    of = contract(name)
    value = data.draw(requests(of))
    try:
        sent = request(name, value)
    except NotExpressible as error:
        # botocore leaves out what is empty; a request that has it is another one.
        if not re.search("leaves no trace|only a .* with", error.reason):
            raise
        return
    # SimpleDB's empty lists: botocore writes them under a name the service does not know.
    schema = part_schema(of, "request")
    assume(of.service != "sdb" or without_traceless(of, schema, value) == value)
    made = botocore_request(of, value)
    path, _, query = sent.path.partition("?")
    made_path, _, constant = made["url_path"].partition("?")
    assert (sent.method, path) == (made["method"], made_path)
    theirs = query_of(made) + parse_qsl(constant, keep_blank_values=True)
    assert sorted_pairs(parse_qsl(query, keep_blank_values=True)) == sorted_pairs(theirs)
    headers = {name.lower(): whole(alike(text)) for name, text in sent.headers}
    stated = {name.lower(): whole(alike(text)) for name, text in made["headers"].items()}
    assert {**headers, **stated} == headers
    assert {"content-type", "content-md5"} >= {
        name for name in headers if name not in stated and "-checksum-" not in name
    }
    if of.protocol != "rest-xml":
        assert sorted_pairs(pairs(sent)) == sorted_pairs(made["body"].items())
    elif headers.get("content-type") == "application/xml" and sent.body.startswith(b"<?xml"):
        assert canonical(sent.body) == canonical(made["body"])
    else:
        body = made["body"]
        assert sent.body == (body.encode() if isinstance(body, str) else body)


def test_names_the_operation_and_its_version_in_the_form() -> None:
    sent = request("sns.DeleteTopic", {"TopicArn": "a b&c"})
    assert sent == HTTPRequest(
        "POST",
        "/",
        (("Content-Type", FORM),),
        b"Action=DeleteTopic&Version=2010-03-31&TopicArn=a%20b%26c",
    )


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("iam.CreateUser", {"Tags": [{"Key": "k", "Value": ""}]},
         {"Tags.member.1.Key": "k", "Tags.member.1.Value": ""}),
        ("iam.CreateUser", {"Tags": []}, {"Tags": ""}),
        ("rds.DescribeDBInstances", {"Filters": [{"Name": "n", "Values": ["a", "b"]}]},
         {"Filters.Filter.1.Name": "n", "Filters.Filter.1.Values.Value.1": "a",
          "Filters.Filter.1.Values.Value.2": "b"}),
        ("sdb.Select", {"SelectExpression": "s", "ConsistentRead": True},
         {"SelectExpression": "s", "ConsistentRead": "true"}),
        ("sdb.BatchPutAttributes", {"Items": [{"Name": "n", "Attributes": [{"Name": "a"}]}]},
         {"Item.1.ItemName": "n", "Item.1.Attribute.1.Name": "a"}),
        ("sns.Publish", {"MessageAttributes": {"k": {"DataType": "d", "BinaryValue": "aGk="}}},
         {"MessageAttributes.entry.1.Name": "k", "MessageAttributes.entry.1.Value.DataType": "d",
          "MessageAttributes.entry.1.Value.BinaryValue": "aGk="}),
        ("cloudwatch.GetMetricData", {"StartTime": "2026-01-02T05:04:05.500+02:00"},
         {"StartTime": "2026-01-02T03:04:05.5Z"}),
        ("ec2.RunInstances", {"NetworkInterfaces": [{"Ipv6Addresses": [{"Ipv6Address": "::1"}]}]},
         {"NetworkInterface.1.Ipv6Addresses.1.Ipv6Address": "::1"}),
        ("ec2.DescribeInstances", {"DryRun": False, "InstanceIds": ["i-1"]},
         {"DryRun": "false", "InstanceId.1": "i-1"}),
    ],
)  # fmt: skip
def test_writes_a_form_by_the_rules_of_its_protocol(
    name: str, value: dict[str, Any], written: dict[str, str]
) -> None:
    assert members(request(name, value)) == written


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("iam.CreateUser", {"UserName": ["x"]}, {"UserName.member.1": "x"}),
        ("iam.CreateUser", {"UserName": {"a": 5}}, {"UserName.a": "5"}),
        ("iam.CreateUser", {"Tags": "x"}, {"Tags": "x"}),
        ("iam.CreateUser", {"Tags": ["x"]}, {"Tags.member.1": "x"}),
        ("iam.CreateUser", {"Stray": [True, {"a": ["b"]}]},
         {"Stray.member.1": "true", "Stray.member.2.a.member.1": "b"}),
        ("ec2.RunInstances", {"MinCount": "many"}, {"MinCount": "many"}),
        ("ec2.RunInstances", {"MinCount": 1.5}, {"MinCount": "1.5"}),
        ("ec2.RunInstances", {"MinCount": [1]}, {"MinCount.1": "1"}),
        ("ec2.RunInstances", {"EbsOptimized": 5}, {"EbsOptimized": "5"}),
        ("cloudwatch.GetMetricData", {"StartTime": "yesterday"}, {"StartTime": "yesterday"}),
    ],
)  # fmt: skip
def test_says_in_a_form_what_is_wrong(
    name: str, value: dict[str, Any], written: dict[str, str]
) -> None:
    assert members(request(name, value)) == written


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("iam.CreateUser", {"UserName": None}, "null"),
        ("iam.CreateUser", {"UserName": 5}, "no text of its own"),
        ("iam.CreateUser", {"UserName": []}, "leaves no trace"),
        ("iam.CreateUser", {"UserName": "\ud800"}, "surrogate"),
        ("iam.CreateUser", {"Tags": ""}, "without text"),
        ("iam.CreateUser", {"Tags": {"a": 1}}, "read as proper"),
        ("iam.CreateUser", {"Tags": [None]}, "null"),
        ("iam.CreateUser", {"Tags": [{}]}, "leaves no trace"),
        ("iam.CreateUser", {"Action": "DeleteUser"}, "known member"),
        ("iam.CreateUser", {"Stray": float("nan")}, "no text of its own"),
        ("sdb.BatchPutAttributes", {"Item": "x"}, "known member"),
        ("sdb.BatchPutAttributes", {"Item.1.ItemName": "x"}, "known member"),
        ("sns.Publish", {"MessageAttributes": {}}, "leaves no trace"),
        ("ec2.RunInstances", {"MinCount": "5"}, "proper integer"),
        ("ec2.RunInstances", {"EbsOptimized": "true"}, "proper boolean"),
        ("ec2.DescribeInstances", {"InstanceIds": []}, "leaves no trace"),
        ("ec2.RunInstances", {"Monitoring": [1]}, "read as proper"),
    ],
)
def test_refuses_what_a_form_cannot_say(name: str, value: dict[str, Any], reason: str) -> None:
    with pytest.raises(NotExpressible, match=reason):
        request(name, value)


@pytest.mark.parametrize("name", ["iam.CreateUser", "ec2.RunInstances", "s3.PutBucketTagging"])
@pytest.mark.parametrize("body", [b"", b"<", b"Action=&=&&%", b"\xff\x00"])
def test_sends_a_malformed_body_untouched(name: str, body: bytes) -> None:
    sent = request(name, {"Bucket": "b"} if name.startswith("s3.") else {}, body)
    assert sent.body == body
    assert dict(sent.headers)["Content-Type"] in (FORM, "application/xml")


ACL = {
    "Bucket": "b",
    "AccessControlPolicy": {
        "Grants": [
            {"Grantee": {"Type": "Group", "URI": "u"}, "Permission": "READ"},
            {"Permission": "WRITE"},
        ]
    },
}


def test_writes_attributes_and_namespaces() -> None:
    sent = request("s3.PutBucketAcl", ACL)
    assert sent.path == "/b?acl"
    assert sent.body == (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b'<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
        b'<AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        b' xsi:type="Group"><URI>u</URI></Grantee><Permission>READ</Permission></Grant>'
        b"<Grant><Permission>WRITE</Permission></Grant></AccessControlList></AccessControlPolicy>"
    )


def test_writes_flattened_lists_without_an_element_around_them() -> None:
    sent = request(
        "s3.DeleteObjects", {"Bucket": "b", "Delete": {"Objects": [{"Key": "1"}, {"Key": "2"}]}}
    )
    written = [(element.name, element.child("Key")) for element in parse(sent.body).children]
    assert [(name, key.text) for name, key in written if key] == [("Object", "1"), ("Object", "2")]


def test_calls_the_root_what_the_model_calls_the_input() -> None:
    value = {"HostedZoneId": "Z", "ChangeBatch": {"Changes": []}}
    sent = request("route53.ChangeResourceRecordSets", value)
    root = parse(sent.body)
    assert sent.path == "/2013-04-01/hostedzone/Z/rrset/"
    assert root.name == "ChangeResourceRecordSetsRequest"
    assert root.namespace == "https://route53.amazonaws.com/doc/2013-04-01/"


def test_keeps_text_as_it_is_through_xml() -> None:
    text = " <&>\"'\r\n\t\x85\u2028ü\U0001f600]]>"
    value = {"Bucket": "b", "Tagging": {"TagSet": [{"Key": text, "Value": text}]}}
    tag = parse(request("s3.PutBucketTagging", value).body).children[0].children[0]
    assert [child.text for child in tag.children] == [text, text]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"Tagging": {"TagSet": [{"Key": "\x00"}]}}, "no form"),
        ({"Tagging": {"TagSet": [{"Key": "\ud800"}]}}, "no form"),
        ({"Tagging": {"TagSet": [{"Key": 5}]}}, "no text of its own"),
        ({"Tagging": {"TagSet": [{"Key": []}]}}, "empty element"),
        ({"Tagging": {"TagSet": [None]}}, "null"),
        ({"Tagging": {"TagSet": {"Tag": 1}}}, "read as proper"),
        ({"Tagging": {"TagSet": ""}}, "empty element"),
        ({"Tagging": None}, "null"),
        ({"Tagging": {"a b": "x"}}, "no name"),
        ({"Tagging": {}, "Stray": "x"}, "one member alone"),
        ({}, "without it"),
    ],
)
def test_refuses_what_xml_cannot_say(value: dict[str, Any], reason: str) -> None:
    bucket = {"Bucket": "b"} if value else {}
    with pytest.raises(NotExpressible, match=reason):
        request("s3.PutBucketTagging", {**bucket, **value})


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({"And": {"Tags": "x", "Prefix": ""}}, "read as an item"),
        ({"And": {"Tags": []}}, "leaves no trace"),
    ],
)
def test_refuses_what_flattened_lists_cannot_say(rule: dict[str, Any], reason: str) -> None:
    with pytest.raises(NotExpressible, match=reason):
        request(
            "s3.PutBucketLifecycleConfiguration",
            {"Bucket": "b", "LifecycleConfiguration": {"Rules": [{"Filter": rule}]}},
        )


def test_refuses_two_members_under_one_name() -> None:
    stray = {"Bucket": "b", "Delete": {"Object": "x"}}
    with pytest.raises(NotExpressible, match="known member of that name"):
        request("s3.DeleteObjects", stray)
    topic = {"TopicConfiguration": {"Event": "s3:TestEvent", "Events": ["s3:TestEvent"]}}
    with pytest.raises(NotExpressible, match="same name on the wire"):
        request("s3.PutBucketNotification", {"Bucket": "b", "NotificationConfiguration": topic})


def test_refuses_what_is_nested_too_deeply() -> None:
    deep: Any = "x"
    for _ in range(5000):
        deep = {"a": deep}
    for name in ("s3.PutBucketTagging", "iam.CreateUser"):
        with pytest.raises(NotExpressible, match="deeply"):
            request(name, {"Bucket": "b", "Tagging": {"Stray": deep}})


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize(
    "path",
    [
        ("AccessControlPolicy",),
        ("AccessControlPolicy", "Grants"),
        ("AccessControlPolicy", "Grants", 0),
        ("AccessControlPolicy", "Grants", 0, "Grantee"),
        ("AccessControlPolicy", "Grants", 0, "Grantee", "Type"),
        ("AccessControlPolicy", "Grants", 0, "Permission"),
    ],
)
def test_what_is_wrong_in_a_body_is_still_wrong_when_it_is_read(
    path: tuple[str | int, ...], wrong: Any
) -> None:
    of = contract("s3.PutBucketAcl")
    value: dict[str, Any] = {"Bucket": "b", **_replaced(ACL["AccessControlPolicy"], path, wrong)}
    try:
        sent = request("s3.PutBucketAcl", value)
    except NotExpressible:
        return
    arrived = read_back(of, sent)
    expected = failures(of, "request", value)
    found = failures(of, "request", {"Bucket": "b", "AccessControlPolicy": arrived})
    assert [(each.path, each.keyword) for each in found] == [
        (each.path, each.keyword) for each in expected
    ]


def _replaced(value: Any, path: tuple[str | int, ...], wrong: Any) -> Any:
    made: Any = {"AccessControlPolicy": copy.deepcopy(value)}
    here = made
    for segment in path[:-1]:
        here = here[segment]
    here[path[-1]] = wrong
    return made


def read_back(of: Contract, sent: HTTPRequest) -> Any:
    """The payload of a request, read as if it were that of a response."""
    document = {**of.document, "aws": {**of.aws, "output": of.input_shape}}
    part = XmlPart(Contract(document), "response", located=True)
    reading = part.read(parse(sent.body), HTTPResponse(200, (), b""))
    assert part.payload is not None
    return reading.value[part.payload.name]


def test_puts_unknown_members_where_the_operation_has_room() -> None:
    assert request("s3.ListObjectsV2", {"Bucket": "b", "stray": "x y"}).path.endswith(
        "&stray=x%20y"
    )
    sent = request("s3control.CreateJob", {"AccountId": "1", "Priority": 1, "Stray": ["x"]})
    stray = parse(sent.body).child("Stray")
    assert stray is not None
    assert [child.text for child in stray.children] == ["x"]


def test_sends_raw_payloads_as_they_are_under_the_content_type_asked_for() -> None:
    sent = request(
        "s3.PutObject", {"Bucket": "b", "Key": "a/ü", "Body": "AP8=", "ContentType": "c/d"}
    )
    assert (sent.path, sent.body) == ("/b/a/%C3%BC", b"\x00\xff")
    assert sent.headers == (("Content-Type", "c/d"),)
    policy = request("s3.PutBucketPolicy", {"Bucket": "b", "Policy": "{}"})
    assert policy.body == b"{}"
    assert dict(policy.headers)["Content-Type"] == "text/plain"
    assert request("s3.PutObject", {"Bucket": "b", "Key": "k"}).body == b""


def test_numbers_the_entries_of_flattened_maps() -> None:
    made = made_contract("query", FLATTENED, "Shelf")
    case = Case("Make", Intent(Purpose.VALID), {"Books": {"a": 1, "b": 2}})
    assert members(encode(made, case)) == {
        "Book.1.T": "a", "Book.1.value": "1", "Book.2.T": "b", "Book.2.value": "2",
    }  # fmt: skip


def test_asks_for_the_host_prefix() -> None:
    sent = request("s3control.ListJobs", {"AccountId": "123456789012"})
    assert sent.host_prefix == "123456789012."


@pytest.mark.parametrize("name", ["sns.Publish", "ec2.RunInstances", "s3.PutObject"])
def test_an_empty_request_has_nothing_filled_in(name: str) -> None:
    value = {"Bucket": "b", "Key": "k"} if name.startswith("s3.") else {}
    sent = request(name, value)
    assert sent.body == b"" or members(sent) == {}


def test_binary_text_is_base64() -> None:
    sent = request("ec2.ImportKeyPair", {"KeyName": "k", "PublicKeyMaterial": "aGk="})
    assert base64.b64decode(members(sent)["PublicKeyMaterial"]) == b"hi"
