"""Successes in XML: what is written is read back, by botocore too, and nothing wrong is hidden."""

from __future__ import annotations

import base64
import functools
from datetime import datetime
from typing import Any

import pytest
from botocore.awsrequest import HeadersDict
from botocore.parsers import create_parser
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.targets.client_values import from_client
from awsconform.conformance.wire.answers import Answer, AnswerKind, read
from awsconform.conformance.wire.bindings import bindings
from awsconform.conformance.wire.event_streams import stream_member
from awsconform.conformance.wire.requests import NotExpressible
from awsconform.conformance.wire.responding import write
from awsconform.generators.shapes import Unsatisfiable
from awsconform.generators.strategies import responses
from awsconform.specs.contract import Contract, Schema
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

ID = "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>"


def respond(
    name: str,
    body: str | bytes,
    *,
    status: int | None = None,
    content_type: str | None = "text/xml",
) -> Answer:
    of = contract(name)
    raw = body.encode() if isinstance(body, str) else body
    headers = [("x-amz-request-id", "1")] if of.protocol == "rest-xml" else []
    headers += [("Content-Type", content_type)] if content_type else []
    return read(of, HTTPResponse(of.status if status is None else status, tuple(headers), raw))


def topic(inside: str) -> str:
    result = f"<GetTopicAttributesResult>{inside}</GetTopicAttributesResult>"
    return f"<GetTopicAttributesResponse>{result}{ID}</GetTopicAttributesResponse>"


def told(answer: Answer) -> list[tuple[str, str, str]]:
    return [(each.kind, each.pointer, each.message) for each in answer.problems]


@functools.cache
def parser(protocol: str) -> Any:
    return create_parser(protocol)


def botocore_reads(of: Contract, response: HTTPResponse, shape: Any) -> Any:
    headers = HeadersDict(dict(response.headers))
    made = {"status_code": response.status, "headers": headers, "body": response.body}
    parsed = parser(of.protocol).parse(made, shape)
    parsed.pop("ResponseMetadata", None)
    return from_client(parsed, 10**6)


def comparable(value: Any) -> Any:
    """Timestamps as points in time, everything else as it is."""
    if isinstance(value, dict):
        return {name: comparable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, str) and value.endswith("Z") and value[10:11] == "T":
        try:
            return datetime.fromisoformat(value).timestamp()
        except ValueError:
            return value
    return value


@pytest.mark.parametrize("name", operations())
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_written_is_read_back_and_by_botocore_too(name: str, data: st.DataObject) -> None:
    of = contract(name)
    try:
        value = data.draw(responses(of))
        response = write(of, value)
    except (NotExpressible, Unsatisfiable) as error:
        assume("XML has no form for" in str(error) or "streams" in str(error))
        return
    answer = read(of, response)
    bound = bindings(of, of.output_shape)
    expected = without_traceless(of, part_schema(of, "response"), value)
    if bound.payload is not None and bound.payload.kind == "blob":
        # A body of no bytes is an empty blob.
        expected.setdefault(bound.payload.name, "")
    stated = dict(response.headers).get("Content-Type")
    if stated and any(member.name == "ContentType" for member in bound.headers):
        expected.setdefault("ContentType", stated)
    assert (answer.kind, answer.problems) == (AnswerKind.SUCCESS, ())
    assert (answer.unknown, answer.nulls) == ((), ())
    assert comparable(answer.value) == comparable(expected)
    modelled = operation_model(of)
    streams = modelled.has_streaming_output or modelled.has_event_stream_output
    if name == "s3.GetBucketLocation" or streams:
        # botocore reads these by other means than its parsers.
        return
    parsed = botocore_reads(of, response, modelled.output_shape)
    if bound.payload is not None and isinstance(parsed[bound.payload.name], str):
        text = parsed[bound.payload.name].encode()
        raw = bound.payload.kind == "blob"
        parsed[bound.payload.name] = base64.b64encode(text).decode() if raw else text.decode()
    left = {name: item for name, item in parsed.items() if item not in ("", {}) or name in expected}
    assert comparable(left) == comparable(expected)


@pytest.mark.parametrize("name", operations())
def test_an_answer_without_members_is_read_without_complaint(name: str) -> None:
    of = contract(name)
    if stream_member(of, of.output_shape) is None:
        answer = read(of, write(of, {}))
        assert (answer.kind, answer.problems, answer.unknown) == (AnswerKind.SUCCESS, (), ())


GRANT = (
    '<Grant><Grantee xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="Group">'
    "<URI>u</URI></Grantee><Permission>READ</Permission></Grant>"
)


@pytest.mark.parametrize(
    ("name", "body", "value"),
    [
        ("sns.Publish",
         '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>'
         f"<MessageId>m</MessageId></PublishResult>{ID}</PublishResponse>", {"MessageId": "m"}),
        ("sns.DeleteTopic", f"<DeleteTopicResponse>{ID}</DeleteTopicResponse>", {}),
        ("sns.DeleteTopic", f"<DeleteTopicResponse><DeleteTopicResult/>{ID}</DeleteTopicResponse>",
         {}),
        ("sns.GetTopicAttributes",
         topic("<Attributes><entry><key>a</key><value>b</value></entry><entry><value/><key>c</key>"
               "</entry></Attributes>"), {"Attributes": {"a": "b", "c": ""}}),
        ("sns.GetTopicAttributes", topic("<Attributes/>"), {"Attributes": {}}),
        ("sns.GetTopicAttributes", topic(" \n "), {}),
        ("sns.Publish", f"<a:PublishResponse xmlns:a='urn:a'><a:PublishResult>"
         f"<MessageId><![CDATA[<m>]]>&amp;&#33;</MessageId></a:PublishResult>{ID}"
         "</a:PublishResponse>", {"MessageId": "<m>&!"}),
        ("iam.GetAccountSummary",
         "<GetAccountSummaryResponse><GetAccountSummaryResult><SummaryMap><entry><key>Users</key>"
         f"<value>5</value></entry></SummaryMap></GetAccountSummaryResult>{ID}"
         "</GetAccountSummaryResponse>", {"SummaryMap": {"Users": 5}}),
        ("sdb.Select",
         "<SelectResponse><SelectResult><Item><Name>1</Name><Attribute><Name>a</Name><Value>v"
         "</Value></Attribute></Item><Item><Name>2</Name></Item></SelectResult><ResponseMetadata>"
         "<RequestId>1</RequestId><BoxUsage>0.1</BoxUsage></ResponseMetadata></SelectResponse>",
         {"Items": [{"Name": "1", "Attributes": [{"Name": "a", "Value": "v"}]}, {"Name": "2"}]}),
        ("ec2.DescribeSpotPriceHistory",
         "<DescribeSpotPriceHistoryResponse><requestId>1</requestId><nextToken/>"
         "<spotPriceHistorySet><item><timestamp>2026-01-02T03:04:05.000Z</timestamp></item>"
         "<item/></spotPriceHistorySet></DescribeSpotPriceHistoryResponse>",
         {"NextToken": "", "SpotPriceHistory": [{"Timestamp": "2026-01-02T03:04:05.000Z"}, {}]}),
        ("ec2.DeleteVpc",
         "<DeleteVpcResponse><requestId>1</requestId><return>true</return></DeleteVpcResponse>",
         {}),
        ("s3.GetBucketAcl",
         f"<AccessControlPolicy><AccessControlList>{GRANT}</AccessControlList>"
         "</AccessControlPolicy>",
         {"Grants": [{"Grantee": {"URI": "u", "Type": "Group"}, "Permission": "READ"}]}),
        ("s3.GetBucketAcl", "", {}),
        ("s3.GetBucketLocation", "<LocationConstraint>eu-west-1</LocationConstraint>",
         {"LocationConstraint": "eu-west-1"}),
        ("s3.GetBucketLocation", "<LocationConstraint/>", {}),
        ("s3.ListObjectsV2",
         "<ListBucketResult><KeyCount>2</KeyCount><Contents><Key>1</Key></Contents><IsTruncated>"
         "false</IsTruncated><Contents><Size>0</Size></Contents></ListBucketResult>",
         {"KeyCount": 2, "IsTruncated": False, "Contents": [{"Key": "1"}, {"Size": 0}]}),
        ("s3.CopyObject", "<CopyObjectResult><ETag>e</ETag></CopyObjectResult>",
         {"CopyObjectResult": {"ETag": "e"}}),
        ("s3.GetObjectAttributes", "<GetObjectAttributesResponse><ETag>e</ETag>"
         "</GetObjectAttributesResponse>", {"ETag": "e"}),
        ("s3.GetObjectAttributes", "<GetObjectAttributesOutput/>", {}),
        ("s3.GetObjectRetention", "<Retention><Mode>GOVERNANCE</Mode></Retention>",
         {"Retention": {"Mode": "GOVERNANCE"}}),
    ],
)  # fmt: skip
def test_reads_what_aws_answers(name: str, body: str, value: dict[str, Any]) -> None:
    answer = respond(name, body)
    assert (answer.kind, answer.value, told(answer)) == (AnswerKind.SUCCESS, value, [])
    assert answer.unknown == ()


def test_finds_what_is_present() -> None:
    body = "<ListBucketResult><Contents><Key>1</Key></Contents></ListBucketResult>"
    answer = respond("s3.ListObjectsV2", body)
    assert answer.present == {
        (), ("Contents",), ("Contents", "*"), ("Contents", "*", "Key"),
    }  # fmt: skip
    entry = "<Attributes><entry><key>a</key><value>b</value></entry></Attributes>"
    assert respond("sns.GetTopicAttributes", topic(entry)).present == {
        (), ("Attributes",), ("Attributes", "@key"), ("Attributes", "@value"),
    }  # fmt: skip
    assert respond("sns.GetTopicAttributes", topic("<Attributes/>")).present == {
        (), ("Attributes",),
    }  # fmt: skip


def test_reads_headers_and_status_beside_the_body() -> None:
    of = contract("s3.GetObject")
    headers = (("x-amz-request-id", "1"), ("Last-Modified", "Tue, 29 Apr 2014 18:30:38 GMT"),
               ("x-amz-meta-a", "b"), ("x-amz-missing-meta", "many"))  # fmt: skip
    answer = read(of, HTTPResponse(200, headers, b"\x00\xff"))
    assert answer.value == {
        "Body": "AP8=", "LastModified": "2014-04-29T18:30:38Z", "Metadata": {"a": "b"},
        "MissingMeta": "many",
    }  # fmt: skip
    assert told(answer) == []
    assert [each.keyword for each in failures(of, "response", answer.value)] == ["type"]
    assert ("Metadata", "@key") in answer.present


@pytest.mark.parametrize(
    ("name", "body", "unknown", "value"),
    [
        ("sns.GetTopicAttributes", topic("<Stray>1</Stray><Stray>2</Stray>"), [("Stray",)],
         {"Stray": "1"}),
        ("sns.GetTopicAttributes", topic("<Stray><a>1</a><a>2</a><a>3</a><b/></Stray>"),
         [("Stray",)], {"Stray": {"a": ["1", "2", "3"], "b": ""}}),
        ("s3.GetBucketAcl", '<AccessControlPolicy id="1"><Owner a="2" xml:lang="en"><ID b="3"/>'
         "</Owner></AccessControlPolicy>", [("Owner", "ID", "b"), ("Owner", "a"), ("id",)],
         {"Owner": {"ID": ""}}),
        ("s3.GetBucketAcl", "<AccessControlPolicy><RequestCharged>1</RequestCharged><Grants/>"
         '<AccessControlList c="4"/></AccessControlPolicy>',
         [("Grants",), ("Grants", "c")], None),
        ("ec2.DeleteVpc", "<DeleteVpcResponse><requestId>1</requestId><a/></DeleteVpcResponse>",
         [("a",)], {"a": ""}),
        ("s3.PutBucketTagging", "<Tagging><TagSet/></Tagging>", [("TagSet",)], {"TagSet": ""}),
    ],
)  # fmt: skip
def test_finds_elements_and_attributes_nobody_knows(
    name: str, body: str, unknown: list[tuple[str, ...]], value: Any
) -> None:
    answer = respond(name, body)
    assert sorted(answer.unknown) == unknown or value is None
    assert set(unknown) <= set(answer.unknown)
    assert value is None or answer.value == value


def test_finds_members_that_are_null() -> None:
    nil = 'xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:nil="true"'
    answer = respond(
        "s3.ListObjectsV2", f"<ListBucketResult><Name {nil}/><Contents {nil}/></ListBucketResult>"
    )
    assert (answer.value, answer.unknown) == ({}, ())
    assert sorted(answer.nulls) == [("Contents",), ("Name",)]
    of = contract("ec2.DescribeSpotPriceHistory")
    answer = respond(
        "ec2.DescribeSpotPriceHistory",
        "<DescribeSpotPriceHistoryResponse><requestId>1</requestId><spotPriceHistorySet>"
        f"<item {nil}/></spotPriceHistorySet></DescribeSpotPriceHistoryResponse>",
    )
    assert [each.keyword for each in failures(of, "response", answer.value)] == ["type"]


@pytest.mark.parametrize(
    ("inside", "value", "paths"),
    [
        ("<KeyCount>many</KeyCount>", {"KeyCount": "many"}, [("KeyCount", "type")]),
        ("<KeyCount> 1</KeyCount>", {"KeyCount": " 1"}, [("KeyCount", "type")]),
        ("<KeyCount>1.5</KeyCount>", {"KeyCount": "1.5"}, [("KeyCount", "type")]),
        ("<KeyCount/>", {"KeyCount": ""}, [("KeyCount", "type")]),
        ("<KeyCount><a>1</a></KeyCount>", {"KeyCount": {"a": "1"}}, [("KeyCount", "type")]),
        ("<IsTruncated>True</IsTruncated>", {"IsTruncated": "True"}, [("IsTruncated", "type")]),
        ("<Name><a/></Name>", {"Name": {"a": ""}}, [("Name", "type")]),
        ("<Contents>x</Contents>", {"Contents": ["x"]}, [("Contents/*", "type")]),
        ("<Contents><Owner>x</Owner></Contents>", {"Contents": [{"Owner": "x"}]},
         [("Contents/*/Owner", "type")]),
    ],
)  # fmt: skip
def test_leaves_values_of_a_wrong_kind_to_the_validator(
    inside: str, value: dict[str, Any], paths: list[tuple[str, str]]
) -> None:
    answer = respond("s3.ListObjectsV2", f"<ListBucketResult>{inside}</ListBucketResult>")
    assert (answer.value, told(answer)) == (value, [])
    found = failures(contract("s3.ListObjectsV2"), "response", answer.value)
    assert [("/".join(each.path), each.keyword) for each in found] == paths


def test_text_where_a_list_belongs_stays_text() -> None:
    answer = respond("sns.GetTopicAttributes", topic("<Attributes>x</Attributes>"))
    assert answer.value == {"Attributes": "x"}


@pytest.mark.parametrize(
    ("name", "body", "kind", "path", "pointer"),
    [
        ("ec2.DescribeSpotPriceHistory",
         "<DescribeSpotPriceHistoryResponse><requestId>1</requestId><spotPriceHistorySet><item>"
         "<timestamp>1767323045</timestamp></item></spotPriceHistorySet>"
         "</DescribeSpotPriceHistoryResponse>", "timestamp",
         ("SpotPriceHistory", "*", "Timestamp"), "/SpotPriceHistory/0/Timestamp"),
        ("iam.GetCredentialReport",
         "<GetCredentialReportResponse><GetCredentialReportResult><Content>?</Content>"
         f"</GetCredentialReportResult>{ID}</GetCredentialReportResponse>", "blob", ("Content",),
         "/Content"),
    ],
)  # fmt: skip
def test_finds_text_that_is_no_timestamp_and_no_blob(
    name: str, body: str, kind: str, path: tuple[str, ...], pointer: str
) -> None:
    (problem,) = respond(name, body).problems
    assert (problem.part, problem.path, problem.kind, problem.pointer) == (
        "response", path, kind, pointer,
    )  # fmt: skip


WRONG_FORMS = [
    ("sns.GetTopicAttributes", topic("x<Attributes/>"), "", "text among"),
    ("sns.GetTopicAttributes", topic("<Attributes/><Attributes/>"), "", "more than once"),
    ("sns.GetTopicAttributes", topic("<Attributes><item><key/><value/></item></Attributes>"),
     "/Attributes", "<entry> is due"),
    ("sns.GetTopicAttributes", topic("<Attributes><entry><key/></entry></Attributes>"),
     "/Attributes", "is not one"),
    ("sns.GetTopicAttributes",
     topic(f"<Attributes>{'<entry><key>k</key><value/></entry>' * 2}</Attributes>"),
     "/Attributes", "'k' stands twice"),
    ("sns.GetTopicAttributes", topic("").replace("AttributesResponse>", "AttributesReply>"), "",
     "<GetTopicAttributesResponse> is due"),
    ("sns.GetTopicAttributes", f"<GetTopicAttributesResponse>{ID}</GetTopicAttributesResponse>", "",
     "no <GetTopicAttributesResult>"),
    ("sns.GetTopicAttributes", f"<GetTopicAttributesResponse><Attributes/>{topic('')[28:]}", "",
     "beside"),
    ("sns.DeleteTopic", f"<DeleteTopicResponse>x{ID}</DeleteTopicResponse>", "", "text among"),
    ("s3.GetBucketAcl", "<GetBucketAclOutput/>", "", "<AccessControlPolicy> is due"),
    ("s3.GetBucketAcl", "<AccessControlPolicy>x</AccessControlPolicy>", "", "has members"),
    ("s3.GetBucketAcl", "<AccessControlPolicy><AccessControlList><member/></AccessControlList>"
     "</AccessControlPolicy>", "/Grants", "<Grant> is due"),
    ("route53.ListHostedZones", "<ListHostedZonesResult/>", "", "ListHostedZonesResponse> is due"),
    ("cloudfront.CopyDistribution", "<CopyDistributionResult/>", "", "<Distribution> is due"),
    ("ec2.DeleteVpc", "<Response><requestId>1</requestId></Response>", "",
     "<DeleteVpcResponse> is due"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "pointer", "message"), WRONG_FORMS)
def test_tells_what_is_wrong_with_the_form(
    name: str, body: str, pointer: str, message: str
) -> None:
    answer = respond(name, body)
    assert answer.kind is AnswerKind.SUCCESS
    (problem,) = answer.problems
    assert (problem.part, problem.kind, problem.pointer) == ("wire", "xml", pointer)
    assert message in problem.message


def test_keeps_the_items_whose_elements_have_a_wrong_name() -> None:
    answer = respond(
        "s3.GetBucketAcl",
        "<AccessControlPolicy><AccessControlList><member><Permission>READ</Permission></member>"
        "</AccessControlList></AccessControlPolicy>",
    )
    assert answer.value == {"Grants": [{"Permission": "READ"}]}


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("sns.DeleteTopic", "<DeleteTopicResponse/>"),
        ("sns.DeleteTopic", "<DeleteTopicResponse><ResponseMetadata/></DeleteTopicResponse>"),
        ("sns.DeleteTopic", f"<DeleteTopicResponse>{ID.replace('1', ' ')}</DeleteTopicResponse>"),
        ("ec2.DeleteVpc", "<DeleteVpcResponse/>"),
        ("ec2.DeleteVpc", "<DeleteVpcResponse><requestId/></DeleteVpcResponse>"),
    ],
)
def test_tells_that_the_request_id_is_missing(name: str, body: str) -> None:
    assert [kind for kind, _, _ in told(respond(name, body))] == ["request-id"]


def test_looks_for_the_request_id_in_a_header_where_bodies_have_none() -> None:
    answer = read(contract("s3.PutBucketTagging"), HTTPResponse(200, (), b""))
    assert [kind for kind, _, _ in told(answer)] == ["request-id"]


@pytest.mark.parametrize(
    ("content_type", "fits"),
    [
        ("text/xml", True), ("application/xml;charset=utf-8", True), ("Text/XML ; a=b", True),
        ("text/html", False), ("application/json", False), ("", False), (None, False),
    ],
)  # fmt: skip
def test_knows_the_content_types_of_xml(content_type: str | None, fits: bool) -> None:
    for name, body in (
        ("sns.GetTopicAttributes", topic("")),
        ("s3.GetBucketAcl", "<AccessControlPolicy/>"),
    ):
        answer = respond(name, body, content_type=content_type)
        assert [kind for kind, _, _ in told(answer)] == ([] if fits else ["content-type"])


def test_tells_a_success_status_that_is_not_the_documented_one() -> None:
    answer = respond("cloudfront.CopyDistribution", "<Distribution/>", status=200)
    assert [kind for kind, _, _ in told(answer)] == ["status"]


@pytest.mark.parametrize(
    ("name", "status", "headers", "body", "fits"),
    [
        ("s3.GetObject", 206, (("Content-Range", "bytes 0-1/5"),), b"hi", True),
        ("s3.GetObject", 206, (), b"hi", False),
        ("s3.PutBucketTagging", 204, (), b"", True),
        ("s3.RestoreObject", 202, (), b"", True),
        ("s3.PutObject", 202, (), b"", False),
        ("s3.CreateBucket", 204, (), b"", False),
        ("s3control.TagResource", 206, (("Content-Range", "bytes 0-1/5"),), b"", False),
    ],
)
def test_knows_the_other_statuses_of_s3s_successes(
    name: str, status: int, headers: tuple[tuple[str, str], ...], body: bytes, fits: bool
) -> None:
    response = HTTPResponse(status, (("x-amz-request-id", "1"), *headers), body)
    found = [kind for kind, _, _ in told(read(contract(name), response))]
    assert found == ([] if fits else ["status"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_reads_the_encoding_a_document_declares(encoding: str) -> None:
    stated = "utf-8" if encoding == "utf-8-sig" else encoding
    body = f'<?xml version="1.0" encoding="{stated}"?>' + topic("<Stray>ü</Stray>")
    answer = respond("sns.GetTopicAttributes", body.encode(encoding))
    assert answer.value == {"Stray": "ü"}


def test_recursion_is_read_as_deep_as_it_goes() -> None:
    below = {"Below": {"$ref": "#/$defs/Trees"}, "Name": {"$ref": "#/$defs/Name"}}
    shapes: dict[str, Schema] = {
        "Tree": {"properties": below, "aws": {"type": "structure"}},
        "Trees": {"items": {"$ref": "#/$defs/Tree"}, "aws": {"type": "list"}},
        "Name": {"type": "string"},
    }
    made = made_contract("query", shapes, "Tree")
    value: dict[str, Any] = {"Name": "leaf"}
    for _ in range(50):
        value = {"Below": [value, {"Name": "x"}]}
    answer = read(made, write(made, value))
    assert (answer.value, answer.problems) == (value, ())
    assert answer.present == {(), ("Below",), ("Below", "*"), ("Name",)}


def test_flattened_maps_have_no_element_around_their_entries() -> None:
    made = made_contract("ec2", FLATTENED, "Shelf")
    value = {"Books": {"a": 1, "b": 2}}
    response = write(made, value)
    books = b"<Book><T>a</T><value>1</value></Book><Book><T>b</T><value>2</value></Book>"
    assert books in response.body
    answer = read(made, response)
    assert (answer.value, answer.problems) == (value, ())
    assert ("Books", "@value") in answer.present
    assert read(made, write(made, {"Books": {}})).value == {}


def test_reads_and_writes_streams_of_events() -> None:
    of = contract("s3.SelectObjectContent")
    events = [
        {"Records": {"Payload": "aGk="}},
        {"Stats": {"Details": {"BytesScanned": 5}}},
        {"End": {}},
    ]
    answer = read(of, write(of, {"Payload": events}))
    assert (answer.kind, answer.problems) == (AnswerKind.SUCCESS, ())
    assert answer.value == {"Payload": events}


@pytest.mark.parametrize("name", ["s3.HeadObject", "s3.GetBucketAcl"])
def test_writes_a_body_only_where_there_may_be_one(name: str) -> None:
    of = contract(name)
    assert (write(of, {}).body == b"") is (name == "s3.HeadObject")
    with pytest.raises(NotExpressible):
        write(contract("s3.HeadObject"), {"Stray": "x"})
    raw = contract("s3.GetBucketPolicy")
    assert write(raw, {}).body == b""
    assert dict(write(raw, {"Policy": "{}"}).headers)["Content-Type"] == "text/plain"


@pytest.mark.parametrize("member", [{"Event": "s3:ObjectCreated:*"}, {"Events": []}])
def test_members_that_share_a_name_on_the_wire_cannot_be_told_apart_in_an_answer(
    member: dict[str, Any],
) -> None:
    of = contract("s3.GetBucketNotification")
    with pytest.raises(NotExpressible, match="same name on the wire"):
        write(of, {"TopicConfiguration": {"Topic": "t", **member}})
    assert read(of, write(of, {"TopicConfiguration": {"Topic": "t"}})).problems == ()
