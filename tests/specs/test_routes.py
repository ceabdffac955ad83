"""Which requests are one operation's for want of what marks them as another's."""

from __future__ import annotations

import pytest

from awsconform.generators.violations import unprovokable
from awsconform.specs import catalog
from awsconform.specs.error_codes import error_codes_of
from awsconform.specs.routes import taken_for


@pytest.mark.parametrize(
    ("operation", "member", "other"),
    [
        ("UploadPart", "UploadId", "PutObject"),
        ("CopyObject", "CopySource", "PutObject"),
        ("ListParts", "UploadId", "GetObject"),
        ("AbortMultipartUpload", "UploadId", "DeleteObject"),
        ("GetBucketMetricsConfiguration", "Id", "ListBucketMetricsConfigurations"),
        # No other operation is at this path with this parameter.
        ("DeleteBucketMetricsConfiguration", "Id", None),
        # In the path, and in the body.
        ("GetObject", "Key", None),
        ("PutBucketCors", "CORSConfiguration", None),
    ],
)
def test_a_request_without_its_mark_is_for_another_operation(
    operation: str, member: str, other: str | None
) -> None:
    assert taken_for(catalog.load("s3", operation), (member,)) == other


def test_no_violation_is_made_of_such_a_request() -> None:
    contract = catalog.load("s3", "UploadPart")
    reasons = unprovokable(contract)
    assert "PutObject" in reasons["s3.UploadPart/request/UploadId#required"]


def test_protocols_with_one_path_have_no_such_marks() -> None:
    for service, operation in (("sqs", "SendMessage"), ("iam", "GetRole")):
        contract = catalog.load(service, operation)
        assert all(taken_for(contract, (name,)) is None for name in contract.members("request"))


def test_the_codes_of_a_service_are_those_of_all_its_operations() -> None:
    codes = error_codes_of("cloudwatch")
    assert {"ResourceNotFound", "DashboardNotFoundError", "InvalidFormat"} <= codes
    assert "QueueDoesNotExist" not in codes


def test_an_unknown_service_has_no_codes_and_no_routes() -> None:
    assert error_codes_of("no-such-service") == frozenset()
