"""What a rejection of a valid request says: that the contract is not kept, or nothing.

Models leave much unsaid: which members go along with which, what stands in a text that is itself
a document, which values one operation takes of a type that others share, what has to exist. AWS
rejects for such rules with the same codes as for the modelled ones, and so does an implementation
that knows them. Of the rejections of valid requests by independent implementations of kms, sqs and
secretsmanager the most were for rules AWS documents in prose: a key spec that does not go with its
usage, a filter without values, a limit of 100 where the model has 1000. So a rejection is held
against a target only if it

- states a constraint the contract has as well, of a place whose value meets it, in AWS's grammar
  (`Value … at 'keySpec' failed to satisfy constraint: Member must …`);
- calls a member unknown that the contract knows;
- calls a value unknown, or no valid one, that is one of the contract's for the place;
- says that what was sent cannot be read;
- blames a member the contract does not know, which servers ignore;
- or came of a description alone, where the smallest request was accepted: nothing goes along with
  a description, and its content is anybody's.

Where a member is sent that is documented to be reserved, or not supported yet, AWS rejects it too.

No value of a member is held against a target that hints give a value, since it has to suit what
the request is about: a signing algorithm its key. A bound counts where the request is at it. An
operation whose contract is kept with the suite has been read to the end; nothing is unsaid of it,
and every rejection counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from awsconform.conformance.evidence import Observed
from awsconform.generators.bodies import UNKNOWN_MEMBER
from awsconform.generators.overlay import at, pointers
from awsconform.specs.catalog import committed
from awsconform.specs.clauses import BOUNDS, Clause
from awsconform.specs.contract import KEY, Contract, Place, SegmentPath
from awsconform.specs.hints import hints_of
from awsconform.specs.validation import failures

UNSAID = "for a rule that no model states"

# Not MalformedXML: S3 says it of any document its schema does not have, which is stricter than the
# model: a replication time without its minutes.
_UNREADABLE = re.compile(r"Serialization(Exception|Error)|Malformed(Input|QueryString)\w*")
_STATED = re.compile(
    r"\bat '(?P<place>[^']+)' failed to satisfy constraint: Member must "
    r"(?P<constraint>satisfy enum|satisfy regular expression|not be null|be less|be greater|"
    r"have length less|have length greater)"
)
_KEYWORDS = {
    "satisfy enum": ("enum",),
    "satisfy regular expression": ("pattern",),
    "be less": ("maximum",),
    "be greater": ("minimum",),
    "have length less": ("maxLength", "maxItems", "maxProperties"),
    "have length greater": ("minLength", "minItems", "minProperties"),
}
_UNKNOWN_MEMBER = re.compile(
    r"(?i)\b(?:unknown|unrecognized|unexpected|unsupported|extraneous)\s+"
    r"(?:parameter|member|field|key|input|argument|property)s?\b[\s:'\"`in(]*(?P<name>\w+)"
)
_DESCRIPTIONS = re.compile(r"(?i)\w*(description|comment)")
# Segments of a place in AWS's messages that stand for items and entries.
_ITEM = re.compile(r"member|entry|\d+")


def grounds(clause: Clause, observed: Observed, *, smallest_accepted: bool) -> str | None:
    """Why a rejection of a valid request breaks the contract; None where it may be right."""
    contract, answer = observed.contract, observed.answer
    if contract.id in committed():
        return None if _made_up(observed) else "the contract is complete"
    if _has_reserved(observed):
        return None
    code = (answer.code if answer else None) or ""
    if _UNREADABLE.fullmatch(code):
        return "a request that can be read"
    message = message_of(observed)
    suited = hints_of(contract.service).of(contract.operation).values
    if clause.kind == "enum.accepted" and clause.path[0] in suited:
        return None
    if not is_tried(clause, observed):
        return None
    return (
        _of_constraint(observed, message)
        or _of_member(contract, message)
        or _of_constant(clause, observed, message)
        or _of_what_is_ignored(observed, message)
        or (_of_a_description(clause, contract) if smallest_accepted else None)
    )


def _made_up(observed: Observed) -> bool:
    """Whether something is named that set-up should have made, and has not."""
    resources = hints_of(observed.contract.service).resources.values()
    given = {value for each in resources for value in each.gives}
    return any(place.split("/")[-1] in given for place in observed.facts.get("made_up", ()))


def _has_reserved(observed: Observed) -> bool:
    """Whether a member stands in the request that is documented to be of no use yet."""
    reserved = (p for p in observed.contract.places("request") if p.aws.get("reserved"))
    sent = observed.exchange.case.value
    return any(
        at(sent, pointer) is not None
        for place in reserved
        for pointer in pointers(sent, place.path)
    )


def is_tried(clause: Clause, observed: Observed) -> bool:
    """Whether a request has the bound that its clause is about, and no live value in its place.

    What has to exist is named as it is, unless something can be made that is called so.
    """
    if clause.kind.removesuffix(".accepted") not in BOUNDS:
        return True
    sent, place = observed.exchange.case.value, observed.contract.place("request", clause.path)
    if place is None or place.kind == "blob":
        return True
    found = _values_at(sent, clause.path)
    sizes = [len(each) if isinstance(each, str | list | dict) else each for each in found]
    return clause.facts.get("value") in sizes


def _values_at(sent: dict[str, Any], path: SegmentPath) -> Iterator[Any]:
    """What stands at a place of a request; of keys of maps, the keys."""
    if path[-1:] != (KEY,):
        yield from (at(sent, pointer) for pointer in pointers(sent, path))
        return
    for pointer in pointers(sent, path[:-1]):
        held = at(sent, pointer)
        yield from held if isinstance(held, dict) else ()


def message_of(observed: Observed) -> str:
    """What an error says, empty where it says nothing."""
    said = (observed.value.get(name) for name in ("message", "Message", "errorMessage"))
    return next((each for each in said if isinstance(each, str)), "")


def _of_constraint(observed: Observed, message: str) -> str | None:
    """A constraint stated of a place that has one of the kind, which the value sent there meets."""
    contract = observed.contract
    for found in _STATED.finditer(message):
        named = _plain(found["place"].split("."))
        for place in contract.places("request"):
            if not place.path or _plain(place.path) != named:
                continue
            if _holds(contract, place, found) and _meets(observed, place, found["constraint"]):
                return f"{'/'.join(place.path)} meets what it is rejected for"
    return None


def _meets(observed: Observed, place: Place, constraint: str) -> bool:
    """Whether something was sent at a place and is all right; what may be left out always is."""
    sent = observed.exchange.case.value
    if constraint == "not be null":
        return True
    there = any(value is not None for value in _values_at(sent, place.path))
    failed = {each.path for each in failures(observed.contract, "request", sent)}
    return there and place.path not in failed


def _holds(contract: Contract, place: Place, found: re.Match[str]) -> bool:
    if found["constraint"] == "not be null":
        parent = contract.place("request", place.path[:-1])
        return parent is not None and place.path[-1] not in parent.schema.get("required", ())
    kept = [keyword for keyword in _KEYWORDS[found["constraint"]] if keyword in place.schema]
    return bool(kept) and not any(_is_doubtful(contract, place, keyword) for keyword in kept)


def _is_doubtful(contract: Contract, place: Place, keyword: str) -> bool:
    """Whether answers have another bound for the same member, as DynamoDB's table names do.

    Requests may have an arn there as well, so their bound is wider than a name's.
    """
    return any(
        each.path[-1:] == place.path[-1:]
        and keyword in each.schema
        and each.schema[keyword] != place.schema[keyword]
        for each in contract.places("response")
    )


def _plain(segments: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """A place's members alone, in small letters, as messages and contracts both name them."""
    names = (each.lower() for each in segments if each[:1] not in "*@")
    return tuple(each for each in names if not _ITEM.fullmatch(each))


def _of_member(contract: Contract, message: str) -> str | None:
    for found in _UNKNOWN_MEMBER.finditer(message):
        if found["name"] in contract.members("request"):
            return f"{found['name']} is a member of the contract"
    return None


def _of_constant(clause: Clause, observed: Observed, message: str) -> str | None:
    """One of an enum's values, called unknown; not one that is refused for what it is used with."""
    if clause.kind != "enum.accepted":
        return None
    value = re.escape(observed.exchange.case.intent.label)
    unknown = rf"(?i)\b(unknown|unrecognized)\b[\w\s:]*['\"]?\b{value}\b"
    invalid = rf"\b{value}\b['\"]? is not (a|an) (valid|known|recognized|supported) [\w\s]+\.?$"
    if re.search(unknown, message) or re.search(invalid, message):
        return f"{observed.exchange.case.intent.label} is one of the contract's values"
    return None


def _of_what_is_ignored(observed: Observed, message: str) -> str | None:
    sent = observed.exchange.case
    known = observed.contract.members("request")
    if sent.intent.label != UNKNOWN_MEMBER or not any(
        name in message for name in sent.value if name not in known
    ):
        return None
    return "servers ignore members they do not know"


def _of_a_description(clause: Clause, contract: Contract) -> str | None:
    place = contract.place("request", clause.path) if len(clause.path) == 1 else None
    if place is None or place.kind != "string" or not _DESCRIPTIONS.fullmatch(clause.path[0]):
        return None
    free = "pattern" not in place.schema and "enum" not in place.schema
    return "any text describes" if free else None
