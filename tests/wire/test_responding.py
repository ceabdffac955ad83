"""What is written as an answer is read back whole, by our reader and by botocore's."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awsconform.conformance.wire.answers import AnswerKind, read
from awsconform.conformance.wire.bindings import bindings
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.responding import write
from awsconform.generators.choices import RandomChoices
from awsconform.generators.responses import errors, labelled
from awsconform.generators.strategies import responses
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract
from wire.parsing import reading
from wire.test_answers import comparable

OPERATIONS = [
    ("apigateway.GetResources", None),
    ("batch.DescribeJobs", None),
    ("cloudwatch.DescribeAlarms", "rpc-v2-cbor"),
    ("cloudwatch.GetMetricData", "rpc-v2-cbor"),
    ("cloudwatch.PutMetricAlarm", "rpc-v2-cbor"),
    ("deadline.GetSessionsStatisticsAggregation", None),
    ("dynamodb.GetItem", None),
    ("ecs.DescribeTasks", None),
    ("kms.Encrypt", None),
    ("lambda.GetFunction", None),
    ("lambda.Invoke", None),
    ("lex-runtime.PutSession", None),
    ("lookoutequipment.DescribeInferenceScheduler", None),
    ("mediastore-data.DescribeObject", None),
    ("oam.TagResource", None),
    ("sagemaker-edge.SendHeartbeat", None),
    ("sqs.GetQueueUrl", None),
    ("sqs.ReceiveMessage", None),
    ("workmailmessageflow.GetRawMessageContent", None),
]
IDS = [name for name, _ in OPERATIONS]
SQS = load("sqs", "GetQueueUrl")
HEARTBEAT = load("sagemaker-edge", "SendHeartbeat")
STATISTICS = load("deadline", "GetSessionsStatisticsAggregation")
INVOKE = load("lambda", "Invoke")


def of(name: str, protocol: str | None) -> Contract:
    return load(*name.split(".", 1), protocol=protocol)


def samples(contract: Contract) -> Iterator[tuple[str | None, dict[str, Any]]]:
    choices = RandomChoices(random.Random(7))
    for each in labelled(contract, choices):
        yield None, each.value
    # An answer to HEAD has no body, so nothing of an error but its status.
    for each in errors(contract, choices) if contract.method != "HEAD" else ():
        yield each.clause.split("/errors/")[1].partition("#")[0].split("/")[0], each.value


def expected(contract: Contract, value: dict[str, Any], code: str | None) -> dict[str, Any]:
    """The value and what an HTTP message says besides: status and headers that must be there."""
    if not contract.protocol.startswith("rest"):
        return value
    bound = bindings(contract, contract.output_shape if code is None else contract.part_shape(code))
    response = write(contract, value, code=code)
    said = {} if bound.status is None else {bound.status.name: response.status}
    for member in bound.headers:
        text = response.header(member.wire)
        if text is not None and (member.name not in value or member.wire == "x-amzn-ErrorType"):
            said[member.name] = text
    if bound.payload is not None and bound.payload.kind == "blob":
        said[bound.payload.name] = value.get(bound.payload.name, "")
    return {**value, **said}


@pytest.mark.parametrize(("name", "protocol"), OPERATIONS, ids=IDS)
def test_reads_what_it_wrote_and_so_does_botocore(name: str, protocol: str | None) -> None:
    contract = of(name, protocol)
    for code, value in samples(contract):
        response = write(contract, value, code=code)
        whole = expected(contract, value, code)
        answer = read(contract, response)
        assert (answer.problems, answer.unknown, answer.code) == ((), (), code)
        assert answer.kind is (AnswerKind.SUCCESS if code is None else AnswerKind.ERROR)
        assert comparable(answer.value) == comparable(whole)
        theirs = reading(contract, response, code)
        if theirs is not None and "lex-runtime" not in name:
            named = {} if code is None else {"the shape": contract.errors[code].shape}
            assert comparable(theirs) == comparable({**whole, **named})


@pytest.mark.parametrize(("name", "protocol"), OPERATIONS[:8], ids=IDS[:8])
@settings(max_examples=10, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_reads_drawn_answers_it_wrote(name: str, protocol: str | None, data: st.DataObject) -> None:
    contract = of(name, protocol)
    value = data.draw(responses(contract))
    answer = read(contract, write(contract, value))
    assert answer.problems == ()
    assert comparable(answer.value) == comparable(expected(contract, value, None))


def test_names_errors_as_the_protocols_want_it() -> None:
    described = load("lookoutequipment", "DescribeInferenceScheduler")
    in_body = write(described, {}, code="ValidationException")
    assert b'"__type": "com.amazonaws.lookoutequipment#ValidationException"' in in_body.body
    short = write(load("ecs", "DescribeTasks"), {}, code="ServerException")
    assert b'"__type": "ServerException"' in short.body
    assert short.status == 500
    in_header = write(STATISTICS, {}, code="ValidationException")
    assert in_header.header("X-Amzn-Errortype") == "ValidationException"
    assert (in_header.status, in_header.body) == (400, b"{}")


def test_says_the_code_of_the_protocol_spoken_before() -> None:
    [code] = [code for code in SQS.errors if code.endswith("NonExistentQueue")] or [
        "QueueDoesNotExist"
    ]
    response = write(SQS, {"message": "gone"}, code=code)
    assert response.header("x-amzn-query-error") == f"{code};Sender"
    assert read(SQS, response).code == code


def test_writes_errors_that_no_contract_declares() -> None:
    for code, status in (("SerializationException", 400), ("InternalFailure", 500)):
        response = write(HEARTBEAT, {"message": "no"}, code=code)
        answer = read(HEARTBEAT, response)
        assert (answer.code, answer.status, answer.value) == (code, status, {"message": "no"})


def test_refuses_what_has_no_form() -> None:
    with pytest.raises(NotExpressible, match="no HTTP status"):
        write(INVOKE, {"StatusCode": "fine"})
    with pytest.raises(NotExpressible, match="raw bytes"):
        write(INVOKE, {"StatusCode": 200, "Payload": 5})
    with pytest.raises(NotExpressible, match="printable ASCII"):
        write(INVOKE, {"FunctionError": "é"})


def test_gives_an_answer_that_may_not_have_a_body_none() -> None:
    deleted = load("lambda", "DeleteAlias")
    assert (deleted.status, write(deleted, {}).body) == (204, b"")
    with pytest.raises(NotExpressible, match="no body"):
        write(deleted, {"more": 1})


def test_writes_text_that_is_the_whole_body() -> None:
    policy = load("s3", "GetBucketPolicy")
    response = write(policy, {"Policy": "é"})
    assert (response.body, response.header("content-type")) == ("é".encode(), "text/plain")
    assert read(policy, response).value == {"Policy": "é"}
    with pytest.raises(NotExpressible, match="UTF-8"):
        write(policy, {"Policy": "\ud800"})
    with pytest.raises(NotExpressible, match="base64"):
        write(INVOKE, {"StatusCode": 200, "Payload": "not base64"})


def test_a_member_may_state_the_content_type() -> None:
    stored = load("s3", "GetObject")
    assert write(stored, {"Body": "AAEC"}).header("content-type") == "application/octet-stream"
    typed = write(stored, {"Body": "AAEC", "ContentType": "image/png"})
    assert [text for name, text in typed.headers if name.lower() == "content-type"] == ["image/png"]
