"""The failure to put a value where a protocol wants it."""

from __future__ import annotations

from awsconform.errors import AwsconformError


class NotExpressible(AwsconformError):
    """A value has no wire form at its place, so sending it would send something else."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}", hint="choose another violation for this place")
        self.path = path
        self.reason = reason
