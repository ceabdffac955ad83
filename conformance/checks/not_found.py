"""What an error says of the thing it was asked for: that it is not there, or nothing.

Most services have codes of their own for it. Others answer with the code for any wrong value and
say it in the message: CloudFormation (`ValidationError`, "Stack with id … does not exist"), Elastic
Beanstalk, Auto Scaling. KMS says of a key whose deletion is due that it is in the wrong state.
"""

from __future__ import annotations

from awsconform.conformance.checks.grounds import message_of
from awsconform.conformance.evidence import Observed
from awsconform.conformance.wire import codes
from awsconform.conformance.wire.classification import Reaction, is_validation

_REFUSALS = (Reaction.REFUSED, Reaction.REJECTED, Reaction.UNTYPED, Reaction.UNKNOWN_ERROR)
_DENIED = (401, 403, 429)
_GONE = (404, 410)


def is_refused(observed: Observed) -> bool:
    """Whether it was answered with a client's error, of whatever kind."""
    return observed.reaction in _REFUSALS


def says_not_found(observed: Observed) -> bool:
    """Whether an answer says that what was asked for is not there, or is as good as deleted.

    That somebody may not see it, has asked too often, or in the wrong moment, says nothing of it.
    """
    answer = observed.answer
    if answer is None or not is_refused(observed):
        return False
    code = answer.code or ""
    if answer.status in _DENIED or codes.DENIAL.fullmatch(code) or codes.THROTTLING.fullmatch(code):
        return False
    if answer.status in _GONE or codes.NOT_FOUND.fullmatch(code):
        return True
    said = message_of(observed)
    if is_validation(code) or codes.DECLARED_VALIDATION.fullmatch(code):
        return bool(codes.SAID_NOT_FOUND.search(said) or codes.SAID_DELETED.search(said))
    return bool(codes.WRONG_STATE.fullmatch(code) and codes.SAID_DELETED.search(said))
