"""One case sent to a target and what came back, before any SDK leniency.

These are the words of the suite's middle: an `Intent` says why a request is sent, a `Case` adds the
request, an `Exchange` adds the raw request and response. They are plain data; whoever made them (a
run, a recording, a watched test suite) makes no difference to the checks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Purpose(StrEnum):
    """Why a request is sent."""

    VALID = "valid"
    VIOLATES = "violates"
    PAGE = "page"
    SETUP = "set-up"
    SCENARIO = "scenario"
    PROBE = "probe"


@dataclass(frozen=True)
class Intent:
    """Why a request is sent.

    `clause` is the id of the clause the request brings up (for a violation, the one it breaks).
    `label` tells the variants apart ("omitted", "null", "value IN_PROGRESS"). `group` ties the
    steps of one page walk or scenario together, in the order they were sent; `facts` are what a
    check needs to know of the step (the page size asked for, whether the data is owned). What is
    `drawn` was fuzzed: another seed may draw something else.
    """

    purpose: Purpose
    clause: str | None = None
    label: str = ""
    group: str | None = None
    facts: dict[str, Any] = field(default_factory=dict, compare=False)
    drawn: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Case:
    """An intent and the request made for it.

    `value` is the request in logical JSON (what the contract's request schema describes). `body`
    replaces the encoded body where the intent is a malformed one. `recorded` is the request that
    was sent for the case before, unsigned and below no address: it is sent again as it is.
    """

    operation: str
    intent: Intent
    value: dict[str, Any]
    body: bytes | None = None
    recorded: HTTPRequest | None = None


@dataclass(frozen=True)
class HTTPRequest:
    """A request as it goes over the wire; `path` includes the query string."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    host_prefix: str = ""

    def with_headers(self, headers: tuple[tuple[str, str], ...]) -> HTTPRequest:
        """The same request with other headers."""
        return replace(self, headers=headers)


@dataclass(frozen=True)
class HTTPResponse:
    """A response as it came over the wire."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case of letters."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


class Trouble(StrEnum):
    """Why there is no response to read."""

    UNREACHABLE = "unreachable"
    DROPPED = "dropped connection"
    TIMEOUT = "time-out"
    QUIET = "a stream that stays open without events"
    TOO_LARGE = "response too large"
    NOT_HTTP = "not HTTP"
    CLIENT_REFUSED = "refused by the client"
    CRASHED = "exception in the target"


class View(StrEnum):
    """Which side of the SDK was looked at."""

    WIRE = "wire"
    SDK = "sdk"


@dataclass(frozen=True)
class Parsed:
    """What an SDK made of a response: the value in logical JSON, or an error's code and members."""

    value: dict[str, Any]
    code: str | None = None
    status: int | None = None


@dataclass(frozen=True)
class Exchange:
    """A case with what was sent and what came back.

    In the wire view `response` is there or `trouble` says why not; in the SDK view `parsed` holds
    what the client returned or raised, and `request` and `response` the raw ones where they could
    be captured. `detail` says more of the trouble, never a secret. `secrets` are the values of the
    headers that the request was sent with and does not show: an answer may repeat them.
    """

    case: Case
    request: HTTPRequest | None
    response: HTTPResponse | None
    view: View = View.WIRE
    trouble: Trouble | None = None
    detail: str = ""
    parsed: Parsed | None = None
    secrets: frozenset[str] = field(default=frozenset(), repr=False, compare=False)
