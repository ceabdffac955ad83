"""What each location of an HTTP message can carry.

Paths, queries and headers hold nothing but text: there is no null in them, an empty path segment
is another path, and an empty header cannot be told from an absent one (RFC 9110, section 5.5).
"""

from __future__ import annotations

import string
from enum import StrEnum

from awsconform.specs.contract import Contract, SegmentPath

_WORD = string.ascii_lowercase + string.digits + string.ascii_uppercase
# Just above 128 KiB, a bound that is often stated.
_BODY_ROOM = 132_000
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


class Location(StrEnum):
    """Where a member travels; `RAW` is a body that is the member's own bytes or text."""

    BODY = "body"
    RAW = "raw body"
    HOST = "host name"
    PATH = "path"
    QUERY = "query string"
    HEADER = "header"
    STATUS = "status line"

    @property
    def room(self) -> int:
        """How many characters of one member the suite sends there at most.

        Servers commonly take 8 KiB of request line and headers.
        """
        return {Location.BODY: _BODY_ROOM, Location.RAW: _BODY_ROOM, Location.HOST: 63}.get(
            self, 6000
        )

    @property
    def alphabet(self) -> str:
        """The characters that cause no misunderstanding there."""
        if self in (Location.BODY, Location.RAW):
            return _PRINTABLE
        if self is Location.HEADER:
            return _WORD + "-_.~:/+=@ "
        return _WORD + "-" if self is Location.HOST else _WORD + "-_.~"

    def carries(self, text: str) -> bool:
        """Whether the text arrives there as it was sent."""
        if self in (Location.BODY, Location.RAW):
            return True
        if self is Location.QUERY:
            return True
        if self is Location.PATH:
            return text not in ("", ".", "..") and text.isprintable()
        if self is Location.HOST:
            return text.isascii() and text.replace("-", "a").isalnum() and text.strip("-") == text
        return bool(text) and text.isascii() and text.isprintable() and text.strip() == text


_NAMED = {
    "uri": Location.PATH,
    "querystring": Location.QUERY,
    "header": Location.HEADER,
    "headers": Location.HEADER,
    "statusCode": Location.STATUS,
}


def location_of(contract: Contract, part: str, path: SegmentPath) -> Location:
    """Where the place at `path` of `request`, `response` or an error's code travels."""
    if not path or contract.protocol != "rest-json":
        return Location.BODY
    top = contract.place(part, path[:1])
    return Location.BODY if top is None else member_location(contract, top.aws)


def member_location(contract: Contract, aws: dict[str, object]) -> Location:
    """Where a member at the top of a rest-json structure travels, by its annotations."""
    if contract.protocol != "rest-json":
        return Location.HOST if aws.get("hostLabel") else Location.BODY
    if aws.get("payload") and aws.get("type") in ("blob", "string"):
        return Location.RAW
    if aws.get("hostLabel"):
        return Location.HOST
    return _NAMED.get(str(aws.get("location", "")), Location.BODY)
