"""Error codes and what they say about a request, as data.

Codes are compared without namespace. Where two groups fit, the order of `classification` decides.
"""

from __future__ import annotations

import re

# Where servers must say an error's type, in words.
TYPE_PLACES = {
    "json": "__type in the body",
    "rest-json": "the header X-Amzn-Errortype",
    "query": "ErrorResponse/Error/Code",
    "ec2": "Response/Errors/Error/Code",
    "rest-xml": "Error/Code",
    "rpc-v2-cbor": "__type in the body, as the absolute id of its shape",
}

# A rejection for validation, declared by the operation or not.
# - ValidationException, SerializationException: Smithy's framework errors, of which services model
#   the first at most.
# - ValidationError, Missing…, InvalidParameter…, InvalidQueryParameter, MalformedQueryString,
#   MalformedHttpRequestException: AWS's list of errors common to all services, and EC2's.
# - InvalidInput…, InvalidRequest…, BadRequest…, InvalidArgument…: the older services' own.
# - MissingAction, UnknownParameter, …ID.Malformed: EC2 and other query services.
# - Malformed…: S3, IAM. …NextToken, …PaginationToken: services with a code for bad tokens.
VALIDATION = re.compile(
    r"Validation(Exception|Error|Failed\w*)?|Serialization(Exception|Error)|ParseException"
    r"|(Missing|Invalid)(Required)?(Parameter|QueryParameter|Argument|Attribute)\w*(\.\w+)?"
    r"|Invalid(Input|Request|Value|Format|Length|Type|JSON|Json|Arn|ARN)\w*"
    r"|(Invalid|Expired)(NextToken|PaginationToken|ContinuationToken)\w*"
    r"|BadRequest\w*|Malformed\w+|UnprocessableEntity\w*|ConstraintViolation\w*"
    r"|Missing(Action|Version)|\w+\.Malformed|InvalidCharacter|UnknownParameter"
)

# Also a rejection, where the operation declares the code: services name their own.
DECLARED_VALIDATION = re.compile(
    r"(Invalid|Malformed|Missing|Bad|Unprocessable)\w*|ParameterValueInvalid|\w*InvalidParameter\w*"
    r"|\w*TooLong\w*|EmptyBatchRequest|BatchEntryIdsNotDistinct|UnexpectedContent|MetadataTooLarge"
)

# Refused for another reason than the form of the request: what is addressed, who asks, how often,
# the state of things. From the codes of all service models and AWS's common errors.
REFUSAL = re.compile(
    r"\w*NotFound\w*|.*\.NotFound|NoSuch\w+|\w*(DoesNotExist|NotExists?)(Exception|Fault|Error)?"
    r"|AccessDenied\w*|\w*(Unauthorized|NotAuthorized|Forbidden)\w*|OptInRequired"
    r"|SubscriptionRequired\w*|UnauthorizedOperation"
    r"|\w*Conflict\w*|\w*AlreadyExists\w*|\w*InUse\w*|\w*(Invalid|Incorrect|Illegal)\w*State\w*"
    r"|\w*(Quota|LimitExceeded|TooMany)\w*|PreconditionFailed\w*|Idempotent\w*Mismatch\w*"
    r"|(Expired|Invalid|Unrecognized)(Token|Client|ClientTokenId|AccessKeyId|Signature|Security)"
    r"(Id|Exception)?|RequestExpired|IncompleteSignature\w*|SignatureDoesNotMatch"
    r"|MissingAuthenticationToken\w*|RequestTimeTooSkewed|AuthFailure|Blocked|PendingVerification"
    # S3: checksums, conditions, places that do not exist; EC2: what would have been done.
    r"|BadDigest|InvalidDigest|XAmzContent\w+Mismatch|InvalidPart|InvalidRange|InvalidPayer|NotModified"
    r"|(Temporary|Permanent)?Redirect|MissingSecurity\w+|InvalidTargetBucketForLogging"
    r"|InvalidHostHeader|OperationAborted|DryRunOperation|\w+\.(Duplicate\w*|InUse)"
)

# Refused for the rate of requests; some services answer this with a 503.
THROTTLING = re.compile(
    r"\w*Throttl\w*|TooManyRequests\w*|RequestLimitExceeded|SlowDown|BandwidthLimitExceeded"
    r"|ProvisionedThroughputExceeded\w*|PriorRequestNotComplete|RequestThrottled\w*"
)

# A fault of the server's, whatever the status says: AWS's common errors.
SERVER = re.compile(r"Internal(Server|Service|Failure|Error)\w*|Service(Unavailable|Failure)\w*")

# The exception that moto raises for an operation it has not; seen where it runs in-process.
UNIMPLEMENTED_EXCEPTION = "NotImplementedError"

# Codes any operation may answer without declaring them, besides those above.
# AWS's common errors and Smithy's protocol errors.
COMMON = re.compile(
    r"RequestAborted\w*|RequestEntityTooLarge\w*|RequestTimeout\w*|NotAcceptable\w*"
    r"|UnsupportedMediaType\w*|MethodNotAllowed\w*|InvalidSignature\w*|ExpiredToken\w*"
    r"|AccessDenied\w*|Unrecognized\w+|MissingAuthenticationToken\w*|SignatureDoesNotMatch"
    r"|IncompleteSignature\w*|InvalidClientTokenId|OptInRequired|NotAuthorized\w*|RequestExpired"
    r"|AuthFailure"
    r"|SubscriptionRequired\w*|UnauthorizedOperation"
)
