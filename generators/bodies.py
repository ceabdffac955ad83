"""The body of a request as a whole: whether there is one, what may be added, how it breaks."""

from __future__ import annotations

import json
import string
from typing import Any

from awsconform.generators.choices import Choices
from awsconform.generators.locations import Location, location_of
from awsconform.specs.contract import Contract, Place

UNKNOWN_MEMBER = "unknown member"
NO_BODY = "the request has no body"
_RAW = "any bytes are a valid body"
# Long enough to be no member's name by chance.
_WORD = 16
_MALFORMED = ("truncated", "not JSON", "invalid UTF-8", "array", "string")


def payload(contract: Contract) -> Place | None:
    """The member that is the whole body of a rest-json request, or None."""
    if contract.protocol != "rest-json":
        return None
    top = (place for place in contract.places("request") if len(place.path) == 1)
    return next((place for place in top if place.aws.get("payload")), None)


def bodiless(contract: Contract) -> str | None:
    """Why the request has no JSON body, or None if it has."""
    if contract.protocol == "json":
        return None
    whole = payload(contract)
    if whole is not None:
        return _RAW if location_of(contract, "request", whole.path) is Location.RAW else None
    members = (place for place in contract.places("request") if len(place.path) == 1)
    located = (location_of(contract, "request", place.path) for place in members)
    return None if any(each in (Location.BODY, Location.HOST) for each in located) else NO_BODY


def closed(contract: Contract) -> str | None:
    """Why a request cannot have a member the contract does not know, or None."""
    why = bodiless(contract)
    if why is not None:
        return why
    whole = payload(contract) or contract.place("request", ())
    if whole is None or (whole.kind == "structure" and not whole.aws.get("union")):
        return None
    return f"every member of a {'union' if whole.aws.get('union') else whole.kind} means something"


def with_unknown(contract: Contract, value: dict[str, Any], choices: Choices) -> dict[str, Any]:
    """The request with a member in its body that the contract does not know.

    Its name is drawn, so that nothing can be made to know it.
    """
    unknown = {_word(choices).capitalize(): _word(choices)}
    whole = payload(contract)
    if whole is None:
        return {**unknown, **value}
    name = whole.path[0]
    return {**value, name: {**unknown, **value.get(name, {})}}


def _word(choices: Choices) -> str:
    return "".join(choices.choice(string.ascii_lowercase) for _ in range(_WORD))


def malformed_labels(contract: Contract) -> list[str] | str:
    """The ways the body can be malformed, or why there are none."""
    why = bodiless(contract)
    if why is not None:
        return why
    whole = payload(contract)
    if whole is None or whole.kind == "structure":
        return list(_MALFORMED)
    # A list or document as body may well be an array or a string.
    return [label for label in _MALFORMED if label not in ("array", "string")]


def malformed(label: str, value: dict[str, Any], choices: Choices) -> bytes:
    """A body that is malformed in the way the label says."""
    number = choices.integer(0, 999_999)
    match label:
        case "truncated":
            text = json.dumps({**value, "number": number})
            return text[: choices.integer(1, len(text) - 1)].encode()
        case "not JSON":
            return f"<request>{number}</request>".encode()
        case "invalid UTF-8":
            return b'{"text": "\xff\xfe%d"}' % number
        case "array":
            return b'["text", %d]' % number
        case _:
            return b'"text %d"' % number
