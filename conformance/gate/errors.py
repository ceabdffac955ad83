"""What can be wrong with a baseline: a class for each way."""

from __future__ import annotations

from awsconform.errors import AwsconformError


class BaselineError(AwsconformError):
    """A baseline cannot be used."""


class BaselineMissing(BaselineError):
    """There is no baseline at a path."""


class NotABaseline(BaselineError):
    """A file is JSON, but no baseline."""


class UnknownVersion(BaselineError):
    """A baseline has a version that this awsconform does not know."""


class UnknownMember(BaselineError):
    """A member means nothing where it stands, or is a known one misspelt."""


class MissingMember(BaselineError):
    """A member that has to be there is not."""


class WrongType(BaselineError):
    """A value is of another type than it has to be."""


class InvalidValue(BaselineError):
    """A value is of the right type, and none of those that are possible."""


class BadFingerprint(BaselineError):
    """A fingerprint is not that of the clause and the observation beside it."""


class BadDate(BaselineError):
    """A date is none of the calendar, or not written as 2030-01-31."""


class BadURL(BaselineError):
    """An issue is no http or https address."""


class DuplicateEntry(BaselineError):
    """A finding or a clause is there twice."""


class ExtendedMissing(BaselineError):
    """A baseline extends one that is not there."""


class ExtendsCycle(BaselineError):
    """A baseline extends itself, by way of others or not."""


class RunNotEnded(BaselineError):
    """A run did not end, so that no baseline can be made of it."""


class NothingJudged(BaselineError):
    """A run judged nothing, or failed, so that no baseline can be made of it."""

    exit_code = 3
