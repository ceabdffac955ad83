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

# Refused since what is addressed is not there. From the codes of all service models; WAF says
# Nonexistent, SQS NonExistent, SWF and others Unknown.
NOT_FOUND = re.compile(
    r"\w*NotFound\w*|(\w+\.)+NotFound|NoSuch\w+|\w*(DoesNot|Not)Exists?\w*|(\w+\.)*\w*Non[Ee]xist\w*"
    r"|Unknown(Resource|Monitor|Subscription|TopicOrPartition)(Fault|Exception)"
    r"|(Pipeline|Directory|Comment)DeletedException|(Resource)?Gone(Exception)?"
)

# What a message says of it under a code for any wrong value, and of what is about to be deleted.
SAID_NOT_FOUND = re.compile(
    r"(?i)\b(do|does|did) ?(not|n't) exist|\bnot exist|\bnot (be )?found\b|\bno such\b"
    r"|\bnon-?existent\b|\bno longer (exists?|available)\b"
    r"|\b(cannot|can't|could not|unable to) find\b"
    r"|\bno \w+( \w+)? (named|found|with (the )?(name|id|arn))\b|\bthere is no\b"
)
SAID_DELETED = re.compile(
    r"(?i)\bpending deletion\b|\b(is|was|has been|been|being|already) deleted\b"
)
WRONG_STATE = re.compile(r"\w*(Invalid|Incorrect|Illegal)\w*State\w*")

# Refused for who asks.
DENIAL = re.compile(
    r"Access_?Denied\w*|\w*(Unauthorized|NotAuthorized|Forbidden|AuthorizationError)\w*"
    r"|OptInRequired|SubscriptionRequired\w*|AuthFailure|InvalidSecurity|SignatureDoesNotMatch"
    r"|(Expired|Unrecognized)(Token|Client)\w*|(Invalid|Missing)(Client|AccessKey|Authentication)\w*"
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
