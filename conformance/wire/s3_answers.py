"""How Amazon S3 answers where its model says nothing, or something else.

From S3's API reference: the response syntax, and the examples of the operations named here.
"""

from __future__ import annotations

from awsconform.conformance.exchange import HTTPResponse
from awsconform.specs.contract import Contract

LOCATION = "LocationConstraint"
ROOTS = {
    "CompleteMultipartUpload": "CompleteMultipartUploadResult",
    "CreateMultipartUpload": "InitiateMultipartUploadResult",
    "CreateSession": "CreateSessionResult",
    "DeleteObjects": "DeleteResult",
    "GetBucketAccelerateConfiguration": "AccelerateConfiguration",
    "GetBucketAcl": "AccessControlPolicy",
    "GetBucketCors": "CORSConfiguration",
    "GetBucketLifecycle": "LifecycleConfiguration",
    "GetBucketLifecycleConfiguration": "LifecycleConfiguration",
    "GetBucketLocation": LOCATION,
    "GetBucketLogging": "BucketLoggingStatus",
    "GetBucketNotification": "NotificationConfiguration",
    "GetBucketNotificationConfiguration": "NotificationConfiguration",
    "GetBucketRequestPayment": "RequestPaymentConfiguration",
    "GetBucketTagging": "Tagging",
    "GetBucketVersioning": "VersioningConfiguration",
    "GetBucketWebsite": "WebsiteConfiguration",
    "GetObjectAcl": "AccessControlPolicy",
    "GetObjectAttributes": "GetObjectAttributesResponse",
    "GetObjectTagging": "Tagging",
    "ListBucketAnalyticsConfigurations": "ListBucketAnalyticsConfigurationResult",
    "ListBucketInventoryConfigurations": "ListInventoryConfigurationsResult",
    "ListBucketMetricsConfigurations": "ListMetricsConfigurationsResult",
    "ListBuckets": "ListAllMyBucketsResult",
    "ListDirectoryBuckets": "ListAllMyDirectoryBucketsResult",
    "ListMultipartUploads": "ListMultipartUploadsResult",
    "ListObjectVersions": "ListVersionsResult",
    "ListObjects": "ListBucketResult",
    "ListObjectsV2": "ListBucketResult",
    "ListParts": "ListPartsResult",
}
# What the reference's syntax calls them, where S3 itself was seen to send the names above.
OTHER_ROOTS = {
    "CreateSession": "CreateSessionOutput",
    "GetObjectAttributes": "GetObjectAttributesOutput",
}
# Operations that answer 200 before they know how they end.
_FAIL_LATE = ("CompleteMultipartUpload", "CopyObject", "UploadPartCopy")
_WITHOUT_CONTENT = ("PutBucketPolicy", "PutBucketTagging")


def is_bare_location(contract: Contract) -> bool:
    """Whether the root element itself is the one member: GetBucketLocation."""
    return _is(contract, "GetBucketLocation")


def may_fail_late(contract: Contract) -> bool:
    """Whether an error may come with a status of success."""
    return _is(contract, *_FAIL_LATE)


def is_other_success(contract: Contract, response: HTTPResponse) -> bool:
    """Whether the status is one of success that the model does not have.

    206 comes with a part of an object (RFC 9110, section 15.3.7), 204 where nothing is to be said,
    and 202 where the restoration of an object begins (the API Reference of RestoreObject).
    """
    if contract.service != "s3":
        return False
    if response.status == 206:
        return response.header("content-range") is not None
    if response.body:
        return False
    begun = response.status == 202 and _is(contract, "RestoreObject")
    return begun or (response.status == 204 and _is(contract, *_WITHOUT_CONTENT))


def _is(contract: Contract, *operations: str) -> bool:
    return contract.service == "s3" and contract.operation in operations
