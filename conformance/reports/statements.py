"""What a clause states, in one sentence, and what counts for it and against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from awsconform.specs.clauses import Clause
from awsconform.specs.contract import Contract

REJECTION = "a 4xx that rejects the request for validation"
NO_REJECTION = "a success, a 5xx, a dropped connection, a time-out or an unreadable answer"
SUCCESS = "a success"
NO_SUCCESS = "a rejection for validation, a 5xx, a dropped connection, a time-out"
SILENCE = "Not found, denied, throttled, conflict: the answer says nothing (inconclusive)."


@dataclass(frozen=True)
class Statement:
    """A clause in words.

    `sentence` is what it states, `brought_up_by` the requests that bring it up, `conforms` and
    `violates` what counts for and against it, `otherwise` what says nothing, empty where all says
    something.
    """

    sentence: str
    brought_up_by: str
    conforms: str
    violates: str
    otherwise: str = ""


def statement(contract: Contract, clause: Clause) -> Statement:
    """The clause of a contract in words."""
    if clause.part == "request":
        return _request(contract, clause)
    if clause.part in ("response", "errors") and clause.kind in _VALUES:
        return _value(contract, clause)
    return _OTHER[f"{clause.part}#{clause.kind}"](contract, clause)


_UNITS = {
    "Length": ("character", "characters"),
    "Items": ("item", "items"),
    "Properties": ("entry", "entries"),
}
_BREACHES = {
    "type": "is of another type than {value}",
    "enum": "is none of {value}",
    "minLength": "is shorter than {value}",
    "maxLength": "is longer than {value}",
    "minimum": "is less than {value}",
    "maximum": "is greater than {value}",
    "minItems": "has fewer than {value}",
    "maxItems": "has more than {value}",
    "minProperties": "has fewer than {value}",
    "maxProperties": "has more than {value}",
    "pattern": "does not match {value}",
    "union": "has none or several of its members {value}",
    "required": "is missing or null",
}
_EDGES = {
    "enum": "is any of {value}",
    "minLength": "is {value} long",
    "maxLength": "is {value} long",
    "minimum": "is {value}",
    "maximum": "is {value}",
    "minItems": "has {value}",
    "maxItems": "has {value}",
    "minProperties": "has {value}",
    "maxProperties": "has {value}",
    "union": "has just one of its members {value}",
}
_VALUES = {
    "required": "is there and not null",
    "type": "is of the type {value}",
    "enum": "is one of {value}",
    "minLength": "has at least {value}",
    "maxLength": "has at most {value}",
    "minimum": "is at least {value}",
    "maximum": "is at most {value}",
    "minItems": "has at least {value}",
    "maxItems": "has at most {value}",
    "minProperties": "has at least {value}",
    "maxProperties": "has at most {value}",
    "pattern": "matches {value}",
    "union": "has exactly one of its members {value}",
    "timestamp": "is written as {value}",
    "blob": "is written as {value}",
    "members": "has no member the documents do not name",
}


def _counted(kind: str, value: Any) -> str:
    """A stated value with what it counts: `1 character`, `5 items`; a list as its entries."""
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    one, many = _UNITS.get(kind[3:], ("", ""))
    return f"{value} {one if value == 1 else many}".rstrip()


def _named(clause: Clause) -> str:
    return f"`{'/'.join(clause.path)}`"


def _request(contract: Contract, clause: Clause) -> Statement:
    base, _, suffix = clause.kind.partition(".")
    if suffix == "accepted":
        edge = _EDGES[base].format(value=_counted(base, clause.facts.get("value")))
        return _accepted(
            f"A request in which {_named(clause)} {edge} is accepted.",
            f"valid requests in which {_named(clause)} {edge}",
        )
    if clause.kind == "accepted":
        if not clause.path:
            return _accepted("A valid request is accepted.", "every valid request")
        return _accepted(
            f"A request with the optional {_named(clause)} is accepted.",
            f"valid requests whose only optional member is {_named(clause)}",
        )
    if clause.kind == "malformed":
        return _rejected(
            "A request whose body is not well-formed is rejected.", "requests with a broken body"
        )
    if clause.kind == "unknown-member":
        return _accepted(
            "A request with a member no document names is accepted, as AWS does.",
            "valid requests with one member more",
        )
    if clause.kind == "rejected-changes-nothing":
        return Statement(
            "A rejected request changes nothing.",
            "reads of what the operation could change, before and after the rejected requests",
            "the same answers before and after",
            "an answer that is another one after rejected requests",
        )
    place = contract.place("request", clause.path)
    value = clause.facts.get("value", place.kind if place else None)
    wrong = _BREACHES[clause.kind].format(value=_counted(clause.kind, value))
    return _rejected(
        f"A request in which {_named(clause)} {wrong} is rejected.",
        f"requests in which {_named(clause)} {wrong}, and in which nothing else is wrong",
    )


def _rejected(sentence: str, brought_up_by: str) -> Statement:
    return Statement(sentence, brought_up_by, REJECTION, NO_REJECTION, SILENCE)


def _accepted(sentence: str, brought_up_by: str) -> Statement:
    return Statement(sentence, brought_up_by, SUCCESS, NO_SUCCESS, SILENCE)


def _value(contract: Contract, clause: Clause) -> Statement:
    path = clause.path if clause.part == "response" else clause.path[1:]
    if clause.part == "response":
        where, answers = "In a response", "every success the operation answers"
    else:
        where, answers = f"In the error {clause.path[0]}", f"every {clause.path[0]} the operation answers"
    name = f"`{'/'.join(path)}`" if path else "the outermost structure"
    says = _VALUES[clause.kind].format(value=_counted(clause.kind, clause.facts.get("value")))
    if clause.kind == "required":
        present = f"{answers} that has the structure around it"
    else:
        present = f"{answers} that has it" if path else answers
    return Statement(
        f"{where}, {name} {says}.",
        present,
        f"{name} {says}, wherever it comes",
        "one answer in which that does not hold",
    )


def _error_status(contract: Contract, clause: Clause) -> Statement:
    if clause.path:
        sentence = f"{clause.path[0]} comes with HTTP status {clause.facts.get('value')}."
        answers = f"every {clause.path[0]} the operation answers"
    else:
        sentence = "An error comes with the HTTP status its shape states; validation with 400."
        answers = "every error the operation answers"
    return Statement(sentence, answers, "that status", "any other status")


def _always(sentence: str, answers: str, conforms: str, violates: str) -> Callable[..., Statement]:
    return lambda contract, clause: Statement(
        sentence.format(name=_named(clause), **_parameters(contract, clause)),
        answers.format(name=_named(clause), **_parameters(contract, clause)),
        conforms.format(name=_named(clause), **_parameters(contract, clause)),
        violates.format(name=_named(clause), **_parameters(contract, clause)),
    )


def _parameters(contract: Contract, clause: Clause) -> dict[str, Any]:
    """What sentences may name: the facts of the clause's rule."""
    place = "__type in the body" if contract.protocol == "json" else "the header X-Amzn-Errortype"
    known = {"status": "400", "code": "a validation error", "hours": "some", "member": "", "at": place}
    facts = {key: value for key, value in clause.facts.items() if key != "rule"}
    other = facts.get("operation") or facts.get("after") or "/".join(clause.path)
    return {**known, "value": "", "operation": other, **facts, "this": contract.operation}


WALKS = "walks over all pages, with several page sizes"
_OTHER: dict[str, Callable[[Contract, Clause], Statement]] = {
    "errors#status": _error_status,
    "errors#no-server-fault": _always(
        "No request, valid or not, leads to a server fault.",
        "every request that is sent",
        "any answer that is no 5xx",
        "a 5xx, a crash, a dropped connection, a time-out",
    ),
    "errors#discriminator": _always(
        "An error names its type in {at}.",
        "every error the operation answers",
        "the type stands there",
        "no type, or in another place",
    ),
    "errors#code": _always(
        "An error's code is one the operation declares, or one every operation may answer.",
        "every error the operation answers",
        "a declared code, or one of AWS's common codes",
        "a code nobody documents",
    ),
    "wire#status": _always(
        "A success has the HTTP status the operation states.",
        "every success the operation answers",
        "that status",
        "another one",
    ),
    "wire#content-type": _always(
        "An answer with a body has the protocol's content type.",
        "every answer with a body",
        "that content type",
        "another one, or none",
    ),
    "wire#json": _always(
        "A body is one well-formed JSON object.",
        "every answer",
        "it can be read strictly: no NaN, no duplicate members, UTF-8",
        "anything a strict reader refuses",
    ),
    "wire#request-id": _always(
        "An answer carries a request id.",
        "every answer",
        "a header x-amzn-RequestId",
        "no such header",
    ),
    "pagination#limit-respected": _always(
        "A page has no more items than {name} asks for.",
        WALKS,
        "every page keeps to it",
        "a page with more items",
    ),
    "pagination#out-of-range-rejected": _always(
        "A {name} below its minimum or above its maximum is rejected.",
        "requests with {name} out of its range",
        REJECTION,
        NO_REJECTION,
    ),
    "pagination#page-size-may-change": _always(
        "{name} may change from page to page of one walk.",
        "a walk whose pages are of different sizes",
        "all items once, as in any other walk",
        "a rejection, or items lost or repeated",
    ),
    "pagination#accepted": _always(
        "A token the target gave is accepted in {name}.", WALKS, SUCCESS, NO_SUCCESS
    ),
    "pagination#terminates": _always(
        "A walk comes to its last page.",
        WALKS,
        "a page without a token",
        "a token that came before, or pages without end",
    ),
    "pagination#complete": _always(
        "A walk returns every item once.",
        f"{WALKS}, over items made for it",
        "the items that were made, each once",
        "items missing or repeated",
    ),
    "pagination#string": _always(
        "A token is a string.",
        WALKS,
        "strings only",
        "anything else",
    ),
    "pagination#unique": _always(
        "Each page has a token of its own in {name}.",
        WALKS,
        "no token twice in a walk",
        "the same token on two pages",
    ),
    "pagination#end": _always(
        "The last page has no {name}.",
        WALKS,
        "the member is absent or null",
        "an empty string or another token",
    ),
    "pagination#invalid-rejected": _always(
        "A made-up token in {name} is rejected: HTTP {status}, {code}.",
        "requests with tokens nobody gave out",
        "that rejection",
        "a success, another error, a 5xx",
    ),
    "pagination#expires": _always(
        "A token in {name} is no longer good after {hours} h.",
        "a token sent again when the target's clock has been moved; where it cannot be, nothing",
        "a rejection",
        "a success",
    ),
    "behaviour#requires-call": _always(
        "{this} needs a call of {operation} first.",
        "the operation called without it, and with it",
        "an error without it, a success with it",
        "a success without it",
    ),
    "behaviour#same-argument": _always(
        "{name} has to have the value that {operation} was given.",
        "the operation called with another valid value",
        "an error",
        "a success",
    ),
    "behaviour#available-for": _always(
        "What {operation} made can be had for {hours} h, and not after.",
        "the operation called again just before and just after, by the target's own clock",
        "a success before, an error after",
        "an error before, or a success after",
    ),
    "behaviour#error-while": _always(
        "{operation} fails with {code} while `{member}` is {value}.",
        "{operation} called a second time while the first is under way",
        "that error",
        "a success, or another error",
    ),
    "behaviour#documented-values": _always(
        "{name} has documented values only, in every state.",
        "every answer from start to end of a scenario",
        "documented values",
        "any other",
    ),
}
