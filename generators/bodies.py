"""The body of a request as a whole: whether there is one, what may be added, how it breaks."""

from __future__ import annotations

import string
from typing import Any

from awsconform.generators import malformed_cbor, malformed_forms, malformed_json, malformed_xml
from awsconform.generators.choices import Choices
from awsconform.generators.locations import Location, location_of
from awsconform.specs.contract import Contract, Place

UNKNOWN_MEMBER = "unknown member"
NO_BODY = "the request has no body"
_REST = ("rest-json", "rest-xml")
_RAW = "any bytes are a valid body"
_STREAM = "the body is a stream of events"
_NEEDED = "a form that is broken cannot hold the required members as well"
# Long enough to be no member's name by chance.
_WORD = 16
_FORMS = {
    "json": malformed_json,
    "rest-json": malformed_json,
    "query": malformed_forms,
    "ec2": malformed_forms,
    "rest-xml": malformed_xml,
    "rpc-v2-cbor": malformed_cbor,
}


def payload(contract: Contract) -> Place | None:
    """The member that is the whole body of a REST request, or None."""
    if contract.protocol not in _REST:
        return None
    top = (place for place in contract.places("request") if len(place.path) == 1)
    return next((place for place in top if place.aws.get("payload")), None)


def bodiless(contract: Contract) -> str | None:
    """Why the request has no body with a form to it, or None if it has."""
    if contract.protocol not in _REST:
        without = contract.protocol == "rpc-v2-cbor" and contract.input_shape is None
        return NO_BODY if without else None
    whole = payload(contract)
    if whole is not None:
        return _RAW if location_of(contract, "request", whole.path) is Location.RAW else None
    members = (place for place in contract.places("request") if len(place.path) == 1)
    located = (location_of(contract, "request", place.path) for place in members)
    return None if any(each.in_body or each is Location.HOST for each in located) else NO_BODY


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
    top = contract.place("request", ())
    members = (place for place in contract.places("request") if len(place.path) == 1)
    if any(place.aws.get("eventstream") for place in members):
        return _STREAM
    form = _FORMS[contract.protocol]
    if form is malformed_forms and top is not None and top.schema.get("required"):
        return _NEEDED
    whole = payload(contract)
    if whole is None or whole.kind == "structure":
        return [*form.LABELS, *form.WRONG_KINDS]
    # A list or document as body may well be an array or a string.
    return list(form.LABELS)


def malformed(contract: Contract, label: str, value: dict[str, Any], choices: Choices) -> bytes:
    """A body that is malformed in the way the label says."""
    number, word = choices.integer(0, 999_999), _word(choices)
    match contract.protocol:
        case "query" | "ec2":
            return malformed_forms.body(label, contract, word, number)
        case "rest-xml":
            return malformed_xml.body(label, word, number, choices)
        case "rpc-v2-cbor":
            return malformed_cbor.body(label, word, number, choices)
        case _:
            return malformed_json.body(label, value, number, choices)
