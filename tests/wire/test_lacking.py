"""What known implementations say when they lack something is told from all they say else."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.exchange import (
    Case,
    Exchange,
    HTTPRequest,
    HTTPResponse,
    Intent,
    Purpose,
)
from awsconform.conformance.wire.answers import read
from awsconform.conformance.wire.classification import Reaction, classify
from awsconform.conformance.wire.lacking import Form, forms, says_so
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract

EXAMPLES = [(form, example) for form in forms() for example in form.examples]


def contract_of(operation: str) -> Contract:
    service, _, name = operation.partition(".")
    return load(service, name)


def exchange(example: Any, *, path: str | None = None) -> Exchange:
    method, _, sent = example["request"].partition(" ")
    kind = example["contentType"]
    headers = (("Content-Type", kind),) if kind else ()
    body = example["body"]
    encoded = body.encode("latin-1" if kind and "cbor" in kind else "utf-8")
    case = Case(example["operation"], Intent(Purpose.VALID), {})
    request = HTTPRequest(method, path or sent, ())
    return Exchange(case, request, HTTPResponse(example["status"], headers, encoded))


def reaction(contract: Contract, seen: Exchange) -> Reaction:
    assert seen.response is not None
    return classify(contract, seen, read(contract, seen.response))


@pytest.mark.parametrize(("form", "example"), EXAMPLES)
def test_every_answer_that_was_seen_has_its_form(form: Form, example: Any) -> None:
    contract, seen = contract_of(example["operation"]), exchange(example)
    assert seen.response is not None
    assert form.fits(contract, seen, read(contract, seen.response))
    assert reaction(contract, seen) is Reaction.UNIMPLEMENTED


@pytest.mark.parametrize("form", forms())
def test_every_form_says_who_has_it_and_what_shows_it(form: Form) -> None:
    assert form.implementation
    assert form.evidence
    assert form.examples
    assert form.lacks in ("operation", "service", "either")


@pytest.mark.parametrize(
    ("form", "example"), [each for each in EXAMPLES if "{operation}" in (each[0].text or "")]
)
def test_a_message_on_another_operation_says_nothing(form: Form, example: Any) -> None:
    name = example["operation"].partition(".")[2]
    other = {**example, "body": example["body"].replace(name, "SomethingElse")}
    assert reaction(contract_of(example["operation"]), exchange(other)) is not (
        Reaction.UNIMPLEMENTED
    )


@pytest.mark.parametrize(
    ("form", "example"), [each for each in EXAMPLES if "{path}" in (each[0].text or "")]
)
def test_a_message_on_another_path_says_nothing(form: Form, example: Any) -> None:
    seen = exchange(example, path="/somewhere/else")
    assert reaction(contract_of(example["operation"]), seen) is not Reaction.UNIMPLEMENTED


def answered(operation: str, status: int, body: str, kind: str = "application/xml") -> Reaction:
    example = {
        "operation": operation,
        "request": "GET /b",
        "status": status,
        "contentType": kind,
        "body": body,
    }
    return reaction(contract_of(operation), exchange(example))


ERROR = "<?xml version='1.0'?><Error><Code>{}</Code><Message>m</Message></Error>"
LISTING = '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name>{}'


def test_what_s3_says_of_its_own_is_no_sign_of_absence() -> None:
    gone = ERROR.format("NoSuchBucket")
    assert answered("s3.GetBucketTagging", 404, gone) is Reaction.REFUSED
    listing = LISTING.format("<IsTruncated>false</IsTruncated></ListBucketResult>")
    assert answered("s3.ListObjects", 200, listing) is Reaction.ACCEPTED
    assert answered("s3.GetBucketTagging", 200, listing) is Reaction.UNIMPLEMENTED


def test_an_object_may_hold_what_looks_like_a_listing() -> None:
    assert answered("s3.GetObject", 200, LISTING.format("</ListBucketResult>")) is Reaction.ACCEPTED


def test_a_declared_code_means_what_the_operation_declares() -> None:
    body = '{"__type": "UnsupportedOperationException", "message": "no such key"}'
    kind = "application/x-amz-json-1.1"
    assert "UnsupportedOperationException" in contract_of("kms.CreateKey").errors
    assert answered("kms.CreateKey", 400, body, kind) is not Reaction.UNIMPLEMENTED
    assert "UnsupportedOperationException" not in contract_of("kms.ListKeys").errors
    assert answered("kms.ListKeys", 400, body, kind) is Reaction.UNIMPLEMENTED


def test_a_validation_error_in_the_words_of_a_router_is_still_one() -> None:
    for message in ("Unknown parameter in input", "Unsupported value: ListKeys", "No such path"):
        body = f'{{"__type": "ValidationException", "message": "{message}"}}'
        assert answered("kms.ListKeys", 400, body, "application/x-amz-json-1.1") is (
            Reaction.REJECTED
        )


def test_codes_alone_are_known_from_the_forms() -> None:
    assert says_so("InvalidAction")
    assert says_so("UnknownOperationException")
    assert not says_so("ValidationException")
    assert not says_so("ResourceNotFoundException")
