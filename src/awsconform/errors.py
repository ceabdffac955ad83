"""Every error awsconform raises for its users' sake derives from `AwsconformError`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Location:
    """Where in a document something is wrong: a file, a line (from 1), a JSON Pointer."""

    file: str
    line: int | None = None
    pointer: str | None = None

    def __str__(self) -> str:
        text = self.file
        if self.line is not None:
            text += f":{self.line}"
        if self.pointer is not None:
            text += f"#{self.pointer}"
        return text


class AwsconformError(Exception):
    """Something the user can put right: what was wrong, where, and what to do.

    The command line prints it without a traceback and ends with `exit_code`.
    """

    exit_code = 2

    def __init__(
        self, message: str, *, hint: str | None = None, location: Location | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.location = location

    def __str__(self) -> str:
        text = f"{self.location}: {self.message}" if self.location else self.message
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class UsageError(AwsconformError):
    """The call itself is wrong: an argument, an option, a combination of them."""


class PageError(AwsconformError):
    """A reference page is no such page, is cut off, or contradicts itself."""


class ModelError(AwsconformError):
    """A service model is missing, unreadable, or of a kind that is not supported."""


class ContractError(AwsconformError):
    """A contract file is missing, unreadable, or not of the expected form."""


class PatternError(AwsconformError):
    """A pattern cannot be expressed in JSON Schema's dialect."""


class TargetError(AwsconformError):
    """A target's name is malformed, or what it names cannot be loaded."""


class TargetRefused(TargetError):
    """The target is not contacted: it is real AWS, or not on the list of what was named."""


class TargetUnreachable(TargetError):
    """Nothing answered at the target, so nothing could be judged."""

    exit_code = 3
