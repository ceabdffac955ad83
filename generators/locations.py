"""What each location of an HTTP message can carry.

Paths, queries and headers hold nothing but text: there is no null in them, an empty path segment
is another path, and an empty header cannot be told from an absent one (RFC 9110, section 5.5).
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from awsconform.specs.contract import Contract, SegmentPath

_WORD = string.ascii_lowercase + string.digits + string.ascii_uppercase
# Just above 128 KiB, a bound that is often stated.
_BODY_ROOM = 132_000
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


class Location(StrEnum):
    """Where a member travels.

    `BODY` has types of its own (JSON, CBOR), `FORM` and `XML` are bodies made of text, `RAW` is a
    body that is the member's own bytes or text.
    """

    BODY = "body"
    FORM = "form"
    XML = "XML body"
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
        if self.in_body or self is Location.RAW:
            return _BODY_ROOM
        return 63 if self is Location.HOST else 6000

    @property
    def in_body(self) -> bool:
        """Whether it is a part of the body, among others."""
        return self in _BODIES

    @property
    def alphabet(self) -> str:
        """The characters that cause no misunderstanding there."""
        if self.in_body or self is Location.RAW:
            return _PRINTABLE
        if self is Location.HEADER:
            return _WORD + "-_.~:/+=@ "
        return _WORD + "-" if self is Location.HOST else _WORD + "-_.~"

    def carries_empty(self, schema: Mapping[str, Any]) -> bool:
        """Whether a list, map or structure without anything in it leaves a trace there."""
        if self is Location.XML:
            return not schema.get("aws", {}).get("flattened")
        return self is Location.BODY

    def carries(self, text: str) -> bool:
        """Whether the text arrives there as it was sent."""
        if self is Location.XML:
            return all(char.isprintable() or char in "\t\n" for char in text)
        if self in (Location.BODY, Location.FORM, Location.RAW, Location.QUERY):
            return True
        if self is Location.PATH:
            return text not in ("", ".", "..") and text.isprintable()
        if self is Location.HOST:
            return text.isascii() and text.replace("-", "a").isalnum() and text.strip("-") == text
        return bool(text) and text.isascii() and text.isprintable() and text.strip() == text


_LOCATED = ("rest-json", "rest-xml")
_BODIES = (Location.BODY, Location.FORM, Location.XML)
_WHOLE = {"query": Location.FORM, "ec2": Location.FORM, "rest-xml": Location.XML}
_REST = ("rest-json", "rest-xml")
_NAMED = {
    "uri": Location.PATH,
    "querystring": Location.QUERY,
    "header": Location.HEADER,
    "headers": Location.HEADER,
    "statusCode": Location.STATUS,
}


def body_of(contract: Contract) -> Location:
    """What bodies of the contract's protocol are made of."""
    return _WHOLE.get(contract.protocol, Location.BODY)


def location_of(contract: Contract, part: str, path: SegmentPath) -> Location:
    """Where the place at `path` of `request`, `response` or an error's code travels."""
    top = contract.place(part, path[:1]) if path else None
    return body_of(contract) if top is None else member_location(contract, top.aws)


def member_location(contract: Contract, aws: dict[str, object]) -> Location:
    """Where a member at the top of a structure travels, by its annotations."""
    if contract.protocol not in _REST:
        return Location.HOST if aws.get("hostLabel") else body_of(contract)
    if aws.get("payload") and aws.get("type") in ("blob", "string"):
        return Location.RAW
    if aws.get("hostLabel"):
        return Location.HOST
    return _NAMED.get(str(aws.get("location", "")), body_of(contract))
