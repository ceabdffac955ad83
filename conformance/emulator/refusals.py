"""Errors the emulator answers with, before they take a protocol's form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from awsconform.specs.contract import Contract
from awsconform.specs.validation import Failure, Pointer

SHOWN = 10
# Deadline's errors may say more of themselves; whoever reads them has to cope with that.
CONTEXT = {"answeredBy": "emulator"}
CONSTRAINTS = {
    "required": "Member must not be null",
    "type": "Member must have the documented type",
    "enum": "Member must be one of the documented values",
    "pattern": "Member must match the documented pattern",
    "format": "Member must be a date and time",
    "minimum": "Member must not be less than the documented minimum",
    "maximum": "Member must not be greater than the documented maximum",
    "minLength": "Member must not be shorter than documented",
    "maxLength": "Member must not be longer than documented",
    "minItems": "Member must not have fewer items than documented",
    "maxItems": "Member must not have more items than documented",
    "minProperties": "Member must not have fewer entries than documented",
    "maxProperties": "Member must not have more entries than documented",
}


class Refusal(Exception):
    """An error for the client.

    `members` are those of the error's shape apart from its message. `status` holds where the
    operation's contract does not declare the code.
    """

    def __init__(
        self, code: str, message: str, *, status: int = 400, members: dict[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.members = members or {}


def not_found(kind: str, identifier: str) -> Refusal:
    """The refusal of a request for something that is not there."""
    return Refusal(
        "ResourceNotFoundException",
        f"There is no {kind} {identifier}.",
        status=404,
        members={"resourceId": identifier, "resourceType": kind, "context": CONTEXT},
    )


def conflict(message: str) -> Refusal:
    """The refusal of a request that the state of things does not allow."""
    return Refusal("ConflictException", message, status=409)


def throttled(message: str) -> Refusal:
    """The refusal of a request that comes too early."""
    return Refusal(
        "ThrottlingException",
        message,
        status=429,
        members={"retryAfterSeconds": 1, "context": CONTEXT},
    )


def invalid(reason: str, message: str, fields: Sequence[tuple[str, str]] = ()) -> Refusal:
    """The refusal of a request for its content; `fields` are names and what is wrong with each.

    Raises nothing: what the operation's own ValidationException does not have is left out when
    the refusal takes its form.
    """
    members: dict[str, Any] = {"reason": reason, "context": CONTEXT}
    if fields:
        members["fieldList"] = [{"name": name, "message": text} for name, text in fields]
    return Refusal("ValidationException", message, members=members)


def failed_validation(failures: Sequence[Failure]) -> Refusal:
    """The refusal of a request for the keywords it fails."""
    fields = [
        (_dotted(failure.pointer), CONSTRAINTS.get(failure.keyword, "Member must be as documented"))
        for failure in failures[:SHOWN]
    ]
    details = "; ".join(
        f"Value at '{name}' failed to satisfy constraint: {text}" for name, text in fields
    )
    count = len(failures)
    noun = "error" if count == 1 else "errors"
    message = f"{count} validation {noun} detected: {details}"
    return invalid("FIELD_VALIDATION_FAILED", message[:2000], fields)


def unreadable(contract: Contract, detail: str) -> Refusal:
    """The refusal of a body that is no JSON object."""
    declared = contract.definitions.get("ValidationException", {}).get("properties", {})
    if "reason" in declared:
        return invalid("CANNOT_PARSE", detail)
    return Refusal("SerializationException", detail)


def unknown_operation(status: int) -> Refusal:
    """The refusal of a request that leads to no operation."""
    return Refusal("UnknownOperationException", "No operation answers this request.", status=status)


def _dotted(pointer: Pointer) -> str:
    return ".".join(str(segment)[:100] for segment in pointer) or "request"
