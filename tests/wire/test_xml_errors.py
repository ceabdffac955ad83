"""Errors in XML: their forms, codes, places and faults; and what bytes of any kind come to."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from botocore.awsrequest import HeadersDict
from botocore.parsers import create_parser
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from awsconform.conformance.exchange import Case, Exchange, HTTPResponse, Intent, Purpose
from awsconform.conformance.wire.answers import Answer, AnswerKind, read
from awsconform.conformance.wire.classification import Reaction, classify
from awsconform.conformance.wire.requests import NotExpressible
from awsconform.conformance.wire.responding import write
from awsconform.generators.strategies import errors
from awsconform.specs.validation import failures
from wire.xml_samples import contract, operations, part_schema, shape, without_traceless

XML = (("Content-Type", "text/xml"), ("x-amz-request-id", "1"))
DECLARED = [(name, code) for name in operations() for code in list(contract(name).errors)[-3:]]
SENDER = "<Type>Sender</Type>"


def error(name: str, body: str | bytes, status: int = 400, headers: Any = XML) -> Answer:
    raw = body.encode() if isinstance(body, str) else body
    return read(contract(name), HTTPResponse(status, headers, raw))


def wrapped(inside: str, request_id: str = "<RequestId>1</RequestId>") -> str:
    return f"<ErrorResponse><Error>{inside}</Error>{request_id}</ErrorResponse>"


def listed(inside: str) -> str:
    errors_ = f"<Errors><Error>{inside}</Error></Errors>"
    return f"<Response>{errors_}<RequestID>1</RequestID></Response>"


def kinds(answer: Answer) -> list[str]:
    return [problem.kind for problem in answer.problems]


def reaction(name: str, response: HTTPResponse) -> Reaction:
    of = contract(name)
    case = Case(of.operation, Intent(Purpose.VALID), {})
    return classify(of, Exchange(case, None, response), read(of, response))


@pytest.mark.parametrize(("name", "code"), DECLARED)
@settings(max_examples=2, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_written_is_read_back_and_by_botocore_too(
    name: str, code: str, data: st.DataObject
) -> None:
    of = contract(name)
    value = data.draw(errors(of, code))
    # The member that old shapes have for the code says the code.
    value = {name: code if name == "Code" else item for name, item in value.items()}
    try:
        response = write(of, value, code=code)
    except NotExpressible as refused:
        assume("XML has no form for" in refused.reason)
        return
    expected = without_traceless(of, part_schema(of, code), value)
    answer = read(of, response)
    assert (answer.kind, answer.code, answer.code_place) == (AnswerKind.ERROR, code, "Code")
    assert answer.status == of.errors[code].status
    assert (answer.problems, answer.unknown) == ((), ())
    assert answer.value == expected or "Code" in {*expected, *(answer.value or {})}
    stated = {"status_code": response.status, "headers": HeadersDict(dict(response.headers)),
              "body": response.body}  # fmt: skip
    parsed = create_parser(of.protocol).parse(stated, None)
    assert parsed["Error"]["Code"] == code
    message = expected.get("Message", expected.get("message"))
    assert (parsed["Error"].get("Message") or "") == (message or "")
    if of.service == "sdb":
        # botocore finds the members of query's errors in query's own form only.
        return
    assert parsed["ResponseMetadata"]["RequestId"]
    modelled = create_parser(of.protocol).parse(stated, shape(of, of.errors[code].shape))
    lower = {name: item for name, item in expected.items() if name != "message"}
    assert {name: item for name, item in modelled.items() if name != "Code"} == {
        name: item for name, item in lower.items() if name != "Code"
    }


def test_an_error_has_one_code_even_where_its_shape_has_a_member_for_it() -> None:
    of = contract("cloudsearch.CreateDomain")
    value = {"Code": "BaseException", "Message": "m"}
    response = write(of, value, code="BaseException")
    assert response.body.count(b"<Code>") == 1
    assert read(of, response).value == value
    with pytest.raises(NotExpressible, match="another"):
        write(of, {"Code": "Other"}, code="BaseException")


@pytest.mark.parametrize(("code", "status"), [("InternalFailure", 500), ("Throttling", 400)])
def test_writes_errors_of_the_framework(code: str, status: int) -> None:
    of = contract("sns.Publish")
    response = write(of, {"Message": "m"}, code=code)
    answer = read(of, response)
    assert (answer.code, answer.status, answer.value) == (code, status, {"Message": "m"})
    fault = b"Receiver" if status == 500 else b"Sender"
    assert b"<Type>" + fault + b"</Type>" in response.body


@pytest.mark.parametrize(
    ("name", "body", "code", "value"),
    [
        ("sns.Publish", wrapped(f"{SENDER}<Code>NotFound</Code><Message>m</Message><Detail/>"),
         "NotFound", {"message": "m"}),
        ("sns.Publish", wrapped(f"{SENDER}<Code>NotFound</Code><Message>a</Message><message>b"
         "</message>"), "NotFound", {"message": "b"}),
        ("sns.Publish", wrapped(f"{SENDER}<Code> Strange.One </Code><Message>m</Message>"),
         "Strange.One", {"Message": "m"}),
        ("iam.CreateUser", wrapped(f"{SENDER}<Code>NoSuchEntityException</Code>"),
         "NoSuchEntity", {}),
        ("sdb.Select", listed("<Code>NoSuchDomain</Code><BoxUsage>0.5</BoxUsage>"),
         "NoSuchDomain", {"BoxUsage": 0.5}),
        ("ec2.RunInstances", listed("<Code>InvalidAMIID.Malformed</Code><Message>m</Message>"),
         "InvalidAMIID.Malformed", {"Message": "m"}),
        ("route53.ListHostedZones", wrapped(f"{SENDER}<Code>InvalidInput</Code><Message>m"
         "</Message>"), "InvalidInput", {"message": "m"}),
        ("route53.ChangeResourceRecordSets", "<InvalidChangeBatch><Messages><Message>a</Message>"
         "<Message>b</Message></Messages><RequestId>1</RequestId></InvalidChangeBatch>",
         "InvalidChangeBatch", {"messages": ["a", "b"]}),
        ("s3.GetObject", "<Error><Code>InvalidObjectState</Code><Message>m</Message><Key>k</Key>"
         "<StorageClass>GLACIER</StorageClass><RequestId>1</RequestId><HostId>h</HostId></Error>",
         "InvalidObjectState", {"StorageClass": "GLACIER", "Message": "m", "Key": "k",
                                "HostId": "h"}),
        ("s3.GetObject", "<Error><Code>PermanentRedirect</Code><Endpoint>e</Endpoint></Error>",
         "PermanentRedirect", {"Endpoint": "e"}),
    ],
)  # fmt: skip
def test_reads_the_errors_of_aws(name: str, body: str, code: str, value: dict[str, Any]) -> None:
    answer = error(name, body)
    assert (answer.kind, answer.code, kinds(answer)) == (AnswerKind.ERROR, code, [])
    assert (answer.value, answer.unknown) == (value, ())


def test_reads_route_53s_batch_error_by_the_name_of_its_root() -> None:
    body = ("<InvalidChangeBatch><Messages><Message>a</Message></Messages><RequestId>1</RequestId>"
            "</InvalidChangeBatch>")  # fmt: skip
    answer = error("route53.ChangeResourceRecordSets", body)
    assert answer.code_place == "root"
    strange = error("route53.ListHostedZones", "<InvalidInput><message>m</message></InvalidInput>")
    assert (strange.code, strange.value) == ("InvalidInput", {"message": "m"})
    assert error("cloudfront.CopyDistribution", "<AccessDenied/>", 403).code == "AccessDenied"
    assert "discriminator-place" in kinds(
        error("cloudfront.CopyDistribution", "<AccessDenied/>", 403)
    )


@pytest.mark.parametrize(
    ("name", "body", "expected"),
    [
        ("sns.Publish", listed("<Code>NotFound</Code>"), ["discriminator-place"]),
        ("sns.Publish", "<Error><Code>NotFound</Code><RequestId>1</RequestId></Error>",
         ["discriminator-place"]),
        ("ec2.RunInstances", wrapped("<Code>NotFound</Code>"), ["discriminator-place"]),
        ("s3.GetObject", wrapped("<Code>NoSuchKey</Code>"), ["discriminator-place"]),
        ("s3control.ListJobs", "<Error><Code>NotFound</Code></Error>", ["discriminator-place"]),
        ("sns.Publish", wrapped(SENDER), ["discriminator"]),
        ("sns.Publish", wrapped(f"{SENDER}<Code> </Code>"), ["discriminator"]),
        ("sns.Publish", wrapped("<Code>NotFound</Code>"), ["xml"]),
        ("sns.Publish", wrapped("<Type>Client</Type><Code>NotFound</Code>"), ["xml"]),
        ("sns.Publish", wrapped("<Type>Receiver</Type><Code>NotFound</Code>"), ["xml"]),
        ("sns.Publish", wrapped("<Type>Receiver</Type><Code>InternalError</Code>"), []),
        ("sns.Publish", wrapped(f"{SENDER}<Code>NotFound</Code>", ""), ["request-id"]),
        ("ec2.RunInstances", "<Response><Errors><Error><Code>A</Code></Error></Errors></Response>",
         ["request-id"]),
        ("sns.Publish", wrapped(f"{SENDER}<Code>NotFound</Code><Message/><Message/>"), ["xml"]),
    ],
)  # fmt: skip
def test_tells_what_is_wrong_with_the_form_of_an_error(
    name: str, body: str, expected: list[str]
) -> None:
    answer = error(name, body)
    assert answer.kind is AnswerKind.ERROR
    assert kinds(answer) == expected


def test_a_header_has_the_request_id_of_errors_without_one_in_rest_xml_only() -> None:
    body = "<Error><Code>NoSuchKey</Code></Error>"
    assert kinds(error("s3.GetObject", body, 404)) == []
    assert kinds(error("s3.GetObject", body, 404, XML[:1])) == ["request-id"]


def test_finds_members_of_an_error_nobody_knows() -> None:
    answer = error("sns.Publish", wrapped(f"{SENDER}<Code>NotFound</Code><Stray>1</Stray>"))
    assert answer.unknown == (("NotFound", "Stray"),)
    assert answer.value == {"Stray": "1"}
    assert ("NotFound",) in answer.present


def test_an_error_with_a_status_of_success_is_an_error() -> None:
    body = wrapped(f"{SENDER}<Code>NotFound</Code>")
    answer = error("sns.Publish", body, 200)
    assert (answer.kind, answer.code, kinds(answer)) == (AnswerKind.ERROR, "NotFound", ["status"])
    late = error("s3.CopyObject", "<Error><Code>InternalError</Code></Error>", 200)
    assert (late.kind, late.code, kinds(late)) == (AnswerKind.ERROR, "InternalError", [])


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "NotFound"), (403, "Forbidden"), (400, "BadRequest"), (412, "PreconditionFailed"),
     (301, "MovedPermanently"), (304, "NotModified"), (500, "InternalServerError"), (599, "599")],
)  # fmt: skip
def test_an_answer_to_head_has_its_code_from_the_status(status: int, code: str) -> None:
    answer = error("s3.HeadObject", b"", status)
    assert (answer.kind, answer.code, answer.code_place) == (AnswerKind.ERROR, code, "status")
    assert set(kinds(answer)) <= {"status"}
    assert answer.value == {}


def test_what_head_does_not_find_is_not_taken_for_unimplemented() -> None:
    assert reaction("s3.HeadObject", HTTPResponse(404, XML, b"")) is Reaction.REFUSED
    assert reaction("s3.HeadObject", HTTPResponse(400, XML, b"")) is Reaction.REJECTED


def test_an_error_without_a_body_has_no_type() -> None:
    answer = error("s3.GetObject", b"", 404)
    assert (answer.kind, answer.code, kinds(answer)) == (AnswerKind.ERROR, None, ["discriminator"])
    assert error("s3.GetObject", b"", 304).code == "NotModified"
    assert error("s3.GetObject", b"", 302).kind is AnswerKind.UNREADABLE


@pytest.mark.parametrize(
    ("name", "status", "body", "expected"),
    [
        ("sns.Publish", 400, wrapped(f"{SENDER}<Code>InvalidParameter</Code>"), Reaction.REJECTED),
        ("sns.Publish", 400, wrapped(f"{SENDER}<Code>InvalidAction</Code>"),
         Reaction.UNIMPLEMENTED),
        ("ec2.RunInstances", 400, listed("<Code>MissingParameter</Code>"), Reaction.REJECTED),
        ("ec2.RunInstances", 404, listed("<Message>m</Message>"), Reaction.UNTYPED),
        ("sns.Publish", 404, "<html><body>Not Found</body></html>", Reaction.UNIMPLEMENTED),
        ("s3.GetObject", 404, "<Error><Code>NoSuchKey</Code></Error>", Reaction.REFUSED),
        ("s3.GetObject", 501, "<Error><Code>NotImplemented</Code></Error>",
         Reaction.UNIMPLEMENTED),
        ("s3.GetObject", 500, "", Reaction.SERVER_FAULT),
    ],
)  # fmt: skip
def test_reactions_are_known_from_xml(
    name: str, status: int, body: str, expected: Reaction
) -> None:
    assert reaction(name, HTTPResponse(status, XML, body.encode())) is expected


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{i} "{f"&lol{i - 1 or str()};" * 10}">' for i in range(1, 10))
    + "]><lolz>&lol9;</lolz>"
)
HOSTILE = [
    b"", b" ", b"<", b"<a", b"<a>", b"</a>", b"<a></b>", b"<a/><b/>", b"\x00", b"<a>\x00</a>",
    b"<a>\xff\xfe</a>", b"\xff\xfe<\x00a\x00", b"<a>\xed\xa0\x80</a>", b"<a>&#0;</a>",
    b"<a>&#xd800;</a>", b"<a>&nbsp;</a>", b"<x:a/>", b"{}", b'{"a": 1}', b"null",
    b"<html><body>x</body></html>", b"<!DOCTYPE html><html/>", b"<HTML/>", LAUGHS.encode(),
    b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    b'<?xml version="1.0" encoding="utf-7"?><a/>', b'<?xml version="1.0" encoding="x"?><a/>',
    b'<?xml version="1.0" encoding="shift_jis"?><a>\x81</a>',
    b'<?xml version="1.0" encoding="hex"?><a>61</a>', b"<a>" * 10_000 + b"</a>" * 10_000,
    b"<a>" * 10_000, b'<a b="1" b="2"/>', b"<a" * 10_000,
]  # fmt: skip
NAMES = [
    "sns.GetTopicAttributes",
    "ec2.DescribeInstances",
    "s3.ListObjectsV2",
    "s3.GetBucketLocation",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("status", [200, 301, 400, 500])
@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_bytes_that_are_no_answer_are_unreadable(name: str, status: int, body: bytes) -> None:
    answer = error(name, body, status)
    if body:
        assert answer.kind is AnswerKind.UNREADABLE
        assert "xml" in kinds(answer)
    assert answer.value is None or answer.value == {}


@pytest.mark.parametrize("body", ["<a/>", "<Response><Errors/></Response>", "<ErrorResponse/>"])
def test_xml_that_is_no_error_is_unreadable_where_one_is_due(body: str) -> None:
    answer = error("sns.Publish", body)
    assert (answer.kind, kinds(answer)) == (AnswerKind.UNREADABLE, ["xml"])


def test_says_where_a_document_breaks_off() -> None:
    (problem,) = error("sns.Publish", "<a>\n<b>", 200).problems
    assert problem.message == "no element found at line 2, column 3"
    (problem,) = error("sns.Publish", b"<a>" * 300, 200).problems
    assert problem.message == "nested deeper than 200 levels"
    (problem,) = error("sns.Publish", LAUGHS, 200).problems
    assert problem.message == "it has a document type"


def survives(name: str, response: HTTPResponse) -> None:
    of = contract(name)
    answer = read(of, response)
    if answer.value is not None:
        json.dumps(answer.value, allow_nan=False, ensure_ascii=False).encode()
        part = answer.code if answer.code in of.errors else "response"
        failures(of, str(part), answer.value)
    else:
        assert answer.problems


@settings(max_examples=300)
@given(st.sampled_from(NAMES), st.binary(max_size=100), st.integers(100, 599))
@example("sns.GetTopicAttributes", b"<a>1e999</a>", 200)
def test_survives_any_bytes(name: str, body: bytes, status: int) -> None:
    survives(name, HTTPResponse(status, XML, body))


PIECES = [b"<", b">", b"/", b"&", b"&amp;", b"<a>", b"</a>", b"<member>", b"<entry/>", b"\x00",
          b"\xff", b"\xed\xa0\x80", b"text", b"1e999", b"9" * 5000, b"<![CDATA[", b"<!--", b"\r",
          b' a="b"', b' xmlns="x"', b"<Error>", b"<?p?>"]  # fmt: skip
VALUES: dict[str, dict[str, Any]] = {
    "sns.GetTopicAttributes": {"Attributes": {"k": "v", "l": ""}},
    "ec2.DescribeInstances": {"Reservations": [{"Groups": [{"GroupId": "g"}], "OwnerId": "1"}]},
    "s3.ListObjectsV2": {"Contents": [{"Key": "k", "Size": 1}], "IsTruncated": False},
    "s3.GetBucketLocation": {"LocationConstraint": "EU"},
}


@settings(max_examples=400)
@given(st.sampled_from(NAMES), st.integers(0, 2**32), st.integers(1, 4), st.booleans())
def test_survives_answers_that_were_tampered_with(
    name: str, seed: int, times: int, failed: bool
) -> None:
    of, chance = contract(name), random.Random(seed)
    code = next(iter(of.errors), "NoSuchKey") if failed else None
    response = write(of, {} if failed else VALUES[name], code=code)
    body = bytearray(response.body)
    for _ in range(times):
        start = chance.randrange(len(body) + 1)
        body[start : start + chance.choice((0, 0, 1, 7, 40))] = chance.choice((b"", *PIECES))
    survives(name, HTTPResponse(response.status, response.headers, bytes(body)))
