"""The words for published protocol test cases, whatever form they were published in.

A vector says what one value looks like on the wire, or what is wrong with one request. It comes
with the contract made of the model it was published with.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from awsconform.conformance.exchange import HTTPResponse
from awsconform.errors import Location
from awsconform.specs.contract import Contract

_EMPTY = HTTPResponse(200, (), b"")


class Kind(StrEnum):
    """What is held against a vector.

    REQUEST: our encoder. RESPONSE and ERROR: our strict reader. WRITTEN: our writer of answers.
    MALFORMED: what our violations can say.
    """

    REQUEST = "request"
    RESPONSE = "response"
    ERROR = "error"
    WRITTEN = "written answer"
    MALFORMED = "malformed request"


@dataclass(frozen=True)
class Vector:
    """One published test case.

    `applies_to` is "client" or "server" where the case is stated for one side only. `ignored` says
    that whoever published the case does not run it. `contract` is None where the protocol is not
    one of ours.
    """

    id: str
    kind: Kind
    protocol: str
    contract: Contract | None = field(repr=False)
    source: Location
    applies_to: str | None = None
    ignored: bool = False


@dataclass(frozen=True)
class RequestVector(Vector):
    """The request that `params` make.

    Expected facts that are None are not stated. `query` holds `name=value` texts, encoded;
    `exhaustive` says that there are no others.
    """

    params: dict[str, Any] = field(default_factory=dict)
    method: str | None = None
    path: str | None = None
    query: tuple[str, ...] = ()
    exhaustive: bool = True
    absent_query: tuple[str, ...] = ()
    required_query: tuple[str, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    absent_headers: tuple[str, ...] = ()
    required_headers: tuple[str, ...] = ()
    body: bytes | None = None
    media: str | None = None
    host: str | None = None
    address: str | None = None


@dataclass(frozen=True)
class ResponseVector(Vector):
    """A response and the value it says; `code` is the error's name, None for a success.

    `media` is the media type that tells how to compare written bodies.
    """

    params: dict[str, Any] = field(default_factory=dict)
    code: str | None = None
    response: HTTPResponse = _EMPTY
    media: str | None = None
    has_body: bool = True
    absent_headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class MalformedVector(Vector):
    """A raw request that servers reject with `status` and the error type `code`.

    `paths` are the JSON Pointers of the members at fault, None where the case does not state them.
    """

    method: str = "POST"
    path: str = "/"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    status: int = 400
    code: str | None = None
    paths: tuple[str, ...] | None = None
