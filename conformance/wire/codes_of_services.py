"""Error codes that every operation of a service may answer though its model declares none of them.

S3 and EC2 keep lists of their own for all operations: the lists of error codes in the Amazon S3 API
Reference and the Amazon EC2 API Reference.
"""

from __future__ import annotations

import re

_S3 = re.compile(
    r"NoSuch\w+|\w+NotFoundError|Invalid\w+|Malformed\w+|Missing\w+|TooMany\w+|Unsupported\w+"
    r"|Unexpected\w+|\w+Mismatch|\w*(Temporary|Permanent)?Redirect|KMS\.\w+|Illegal\w+|Access\w+"
    r"|Authorization(HeaderMalformed|QueryParametersError)|Bucket\w+|\w+TooLarge|\w+TooSmall"
    r"|\w+TooLong(Error)?|Account(Problem)?|AllAccessDisabled|AmbiguousGrantByEmailAddress|BadDigest"
    r"|ClientTokenConflict|ConditionalRequestConflict|ConnectionClosedByRequester"
    r"|CredentialsNotSupported|CrossLocationLoggingProhibited|DeviceNotActiveError|EndpointNotFound"
    r"|Expired\w+|IncompleteBody|Incorrect\w+|InternalError|Max\w+Exceeded(Error)?|MethodNotAllowed"
    r"|NoLoggingStatusForKey|NotDeviceOwnerError|NotImplemented|NotModified|NotSignedUp"
    r"|Object(AlreadyInActiveTier|NotInActiveTier)Error|OperationAborted|PreconditionFailed"
    r"|Request\w+|ResponseInterrupted|RestoreAlreadyInProgress|ServiceUnavailable|SlowDown"
    r"|SignatureDoesNotMatch|Token\w+|UnresolvableGrantByEmailAddress|UserKeyMustBeSpecified"
)
_EC2 = re.compile(
    r"Invalid\w+(\.\w+)*|Missing\w+|Malformed\w+|Incorrect\w+(\.\w+)*|Insufficient\w+|Unsupported\w*"
    r"|\w+(\.\w+)*\.(Duplicate\w*|InUse|NotFound|Malformed|AlreadyAssociated|AlreadyExists)"
    r"|\w*(Limit|Quota|Count)(Exceeded|Surpassed)|\w+InUse|\w+Violation|Unknown\w+|Unavailable"
    r"|Idempotent\w+|\w*NotSupported\w*|\w*NotPermitted|\w*AlreadyExists|\w*Mismatch|\w*NotReady"
    r"|AuthFailure|Blocked|ConcurrentCreateImageNoRebootLimitExceeded|DryRunOperation|Gateway\.\w+"
    r"|EncryptedVolumesNotSupported|\w+AlreadyRunning|\w+AlreadyAttached|\w+NotAttached|Default\w+"
    r"|InstanceTpmEkPubNotFound|\w+Busy|\w+NotCompleted|MaxIOPSLimitExceeded|Non\w+|Nat\w+"
    r"|OptInRequired|PendingVerification|PrivateIpAddressLimitExceeded|Reserved\w+|Resource\w*"
    r"|RulesPerSecurityGroupLimitExceeded|Security\w+|Signature\w+|Snapshot\w+|Spot\w+|Subnet\w+"
    r"|TagPolicyViolation|UnfulfillableCapacity|Volume\w+|Vpc\w+|Vpn\w+|Zone\w+|Address\w+"
)

OF_SERVICES = {"s3": _S3, "s3control": _S3, "ec2": _EC2}
