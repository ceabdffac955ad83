"""Errors of the query and XML services are told apart as those of JSON are."""

from __future__ import annotations

import pytest

from awsconform.conformance.exchange import Case, Exchange, HTTPResponse, Intent, Purpose
from awsconform.conformance.wire.answers import read
from awsconform.conformance.wire.classification import (
    Reaction,
    classify,
    is_common_code,
)
from awsconform.conformance.wire.lacking import is_web_page
from awsconform.conformance.wire.responding import write
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract

VPCS = load("ec2", "DescribeVpcs")
BUCKETS = load("s3", "ListBuckets")
USERS = load("iam", "ListUsers")
METRICS = load("cloudwatch", "ListMetrics", protocol="rpc-v2-cbor")
CONTRACTS = {"ec2": VPCS, "s3": BUCKETS, "iam": USERS, "cloudwatch": METRICS}


def reaction(contract: Contract, response: HTTPResponse) -> Reaction:
    exchange = Exchange(Case(contract.id, Intent(Purpose.VALID), {}), None, response)
    return classify(contract, exchange, read(contract, response))


@pytest.mark.parametrize(
    ("service", "code", "seen"),
    [
        ("ec2", "InvalidParameterValue", Reaction.REJECTED),
        ("ec2", "MissingParameter", Reaction.REJECTED),
        ("ec2", "InvalidParameterCombination", Reaction.REJECTED),
        ("ec2", "InvalidVpcID.Malformed", Reaction.REJECTED),
        ("ec2", "InvalidInstanceType", Reaction.REJECTED),
        ("ec2", "UnknownParameter", Reaction.REJECTED),
        ("ec2", "InvalidVpcID.NotFound", Reaction.REFUSED),
        ("ec2", "InvalidGroup.Duplicate", Reaction.REFUSED),
        ("ec2", "DryRunOperation", Reaction.REFUSED),
        ("ec2", "AuthFailure", Reaction.REFUSED),
        ("ec2", "VpcLimitExceeded", Reaction.REFUSED),
        ("ec2", "IncorrectInstanceState", Reaction.REFUSED),
        ("ec2", "RequestLimitExceeded", Reaction.REFUSED),
        ("ec2", "InvalidAction", Reaction.UNIMPLEMENTED),
        ("ec2", "Surprise", Reaction.UNKNOWN_ERROR),
        ("s3", "MalformedXML", Reaction.REJECTED),
        ("s3", "InvalidBucketName", Reaction.REJECTED),
        ("s3", "KeyTooLongError", Reaction.REJECTED),
        ("s3", "InvalidArgument", Reaction.REJECTED),
        ("s3", "NoSuchBucket", Reaction.REFUSED),
        ("s3", "BadDigest", Reaction.REFUSED),
        ("s3", "PermanentRedirect", Reaction.REFUSED),
        ("s3", "BucketAlreadyOwnedByYou", Reaction.REFUSED),
        ("s3", "SlowDown", Reaction.REFUSED),
        ("s3", "NotImplemented", Reaction.UNIMPLEMENTED),
        ("iam", "ValidationError", Reaction.REJECTED),
        ("iam", "MissingAction", Reaction.REJECTED),
        ("iam", "InvalidClientTokenId", Reaction.REFUSED),
        ("iam", "NoSuchEntity", Reaction.REFUSED),
        ("iam", "InvalidVpcID", Reaction.UNKNOWN_ERROR),
        ("iam", "InternalFailure", Reaction.SERVER_FAULT),
        ("cloudwatch", "InvalidParameterValue", Reaction.REJECTED),
        ("cloudwatch", "UnknownOperationException", Reaction.UNIMPLEMENTED),
    ],
)
def test_sees_what_a_code_says(service: str, code: str, seen: Reaction) -> None:
    contract = CONTRACTS[service]
    assert reaction(contract, write(contract, {}, code=code)) is seen


@pytest.mark.parametrize(
    ("service", "code"),
    [
        ("s3", "NoSuchBucket"),
        ("s3", "KMS.NotFoundException"),
        ("s3control", "InvalidRequest"),
        ("ec2", "InvalidSubnetID.NotFound"),
        ("ec2", "InsufficientInstanceCapacity"),
        ("iam", "Throttling"),
        ("iam", "AuthFailure"),
    ],
)
def test_knows_the_codes_no_operation_declares(service: str, code: str) -> None:
    assert is_common_code(code, service)


@pytest.mark.parametrize(
    ("service", "code"), [("iam", "NoSuchBucket"), ("s3", "Oops"), ("ec2", "HTTPException")]
)
def test_knows_a_services_codes_as_that_services_alone(service: str, code: str) -> None:
    assert not is_common_code(code, service)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/xml", b"<Response><Errors/></Response>"),
        ("application/xml", b"<?xml version='1.0'?>\n<ErrorResponse/>"),
        ("", b"<Error><Code>NoSuchKey</Code></Error>"),
        ("application/cbor", b"\xa0"),
        ("", b'{"__type":"x"}'),
    ],
)
def test_an_error_of_a_protocol_is_no_web_page(kind: str, body: bytes) -> None:
    assert not is_web_page(HTTPResponse(404, (("Content-Type", kind),), body))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"404 page not found",
        b"<!DOCTYPE HTML><title>404</title>",
        b"  <html>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">',
        b"<!-- no --><HTML lang=en>",
        b"<h1>Not Found</h1>",
    ],
)
def test_a_page_is_one_in_any_spelling(body: bytes) -> None:
    response = HTTPResponse(404, (("Content-Type", "text/html"),), body)
    assert is_web_page(response)
    assert reaction(USERS, response) is Reaction.UNIMPLEMENTED
