"""What answers of the REST protocols have outside a structured body: status, headers, raw bytes."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from awsconform.conformance.wire.bindings import RAW_PAYLOADS, Bindings, Bound
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.headers import header_lines
from awsconform.conformance.wire.responses import REQUEST_ID, REQUEST_ID_HEADER
from awsconform.conformance.wire.text import INTEGERS, is_base64
from awsconform.specs.contract import Contract

WITHOUT_BODY = (204, 304)
RAW_CONTENT_TYPES = {"blob": "application/octet-stream", "string": "text/plain"}


@dataclass(frozen=True)
class Head:
    """The status and the headers of an answer; its content type only where a member states it."""

    status: int
    headers: tuple[tuple[str, str], ...]

    def with_content_type(self, content_type: str) -> tuple[tuple[str, str], ...]:
        """The headers with this content type, unless a member states another."""
        if any(name.lower() == "content-type" for name, _ in self.headers):
            return self.headers
        return (("Content-Type", content_type), *self.headers)

    def of_type(self, content_type: str) -> tuple[tuple[str, str], ...]:
        """The headers with this content type, whatever a member states."""
        others = (each for each in self.headers if each[0].lower() != "content-type")
        return (("Content-Type", content_type), *others)


def head(
    bound: Bindings,
    value: dict[str, Any],
    *,
    status: int,
    part: str = "response",
    request_id_header: str = REQUEST_ID_HEADER,
) -> Head:
    """The status and the headers of a value; `status` unless a member is bound to it.

    Raises:
        NotExpressible: a value has no form in a header, or is no status.
    """
    lines = header_lines(bound, value, part)
    if not any(name.lower() == request_id_header for name, _ in lines):
        lines.insert(0, (request_id_header, REQUEST_ID))
    if bound.status is not None and bound.status.name in value:
        stated = value[bound.status.name]
        if type(stated) is not int or not 100 <= stated <= 999 or bound.status.kind not in INTEGERS:
            raise NotExpressible(f"{part}/{bound.status.name}", f"{stated!r} is no HTTP status")
        status = stated
    return Head(status, tuple(lines))


def may_have_body(contract: Contract, status: int) -> bool:
    """Whether HTTP lets an answer have a body (RFC 9110, section 6.4.1)."""
    return contract.method != "HEAD" and status not in WITHOUT_BODY


def raw_payload(payload: Bound, item: Any, part: str = "response") -> bytes:
    """The body that a blob or a string makes by itself.

    Raises:
        NotExpressible: raw bytes cannot say the value.
    """
    assert payload.kind in RAW_PAYLOADS
    path = f"{part}/{payload.name}"
    if not isinstance(item, str):
        raise NotExpressible(path, f"a body of raw bytes cannot say {type(item).__name__}")
    if payload.kind == "blob":
        if not is_base64(item):
            raise NotExpressible(path, "a body of raw bytes needs base64 to be made of")
        return base64.b64decode(item)
    try:
        return item.encode()
    except UnicodeEncodeError:
        raise NotExpressible(path, "half of a surrogate pair has no UTF-8") from None


def body_members(bound: Bindings, value: dict[str, Any]) -> dict[str, Any]:
    """The members that go into a structured body, those the contract does not know among them."""
    return {
        name: item
        for name, item in value.items()
        if name in bound.body["properties"] or name not in bound.names
    }
