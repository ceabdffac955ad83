"""What a clause states, in one sentence, and what counts for it and against it."""

from __future__ import annotations

from typing import Any

from awsconform.conformance.reports.rule_statements import ruled
from awsconform.conformance.reports.statement import (
    NO_REJECTION,
    NO_SUCCESS,
    REJECTION,
    SILENCE,
    SUCCESS,
    Statement,
    named,
)
from awsconform.specs.clauses import Clause
from awsconform.specs.contract import Contract


def statement(contract: Contract, clause: Clause) -> Statement:
    """The clause of a contract in words."""
    if clause.part == "request":
        return _request(contract, clause)
    if clause.part in ("response", "errors") and clause.kind in _VALUES:
        return _value(contract, clause)
    return ruled(contract, clause)


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
_OF_STATE = {
    "rejected-changes-nothing": Statement(
        "A rejected request changes nothing.",
        "reads of what the operation could change, before and after the rejected requests",
        "the same answers before and after",
        "an answer that is another one after rejected requests",
    ),
    "keeps-reads": Statement(
        "An accepted write does not break later reads.",
        "reads of what the operation could change, before and after requests it accepted",
        "a read that worked before works after",
        "a fault, an unreadable answer, or one wrong in the member that was wrong in the request",
        "a read that did not work before, or that fails as soon as there is anything to read",
    ),
    "deleted-is-gone": Statement(
        "What was deleted is no longer found.",
        "reads of what is deleted, before and after an accepted request",
        "a read that found it before does not find it after",
        "a read that still finds it, and says nothing of a deletion that takes its time",
        "a read that did not find it before, a status that says it is being deleted",
    ),
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


def _request(contract: Contract, clause: Clause) -> Statement:
    base, _, suffix = clause.kind.partition(".")
    if suffix == "accepted":
        edge = _EDGES[base].format(value=_counted(base, clause.facts.get("value")))
        return _accepted(
            f"A request in which {named(clause)} {edge} is accepted.",
            f"valid requests in which {named(clause)} {edge}",
        )
    if clause.kind == "accepted":
        if not clause.path:
            return _accepted("A valid request is accepted.", "every valid request")
        return _accepted(
            f"A request with the optional {named(clause)} is accepted.",
            f"valid requests whose only optional member is {named(clause)}",
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
    if clause.kind in _OF_STATE:
        return _OF_STATE[clause.kind]
    place = contract.place("request", clause.path)
    value = clause.facts.get("value", place.kind if place else None)
    wrong = _BREACHES[clause.kind].format(value=_counted(clause.kind, value))
    return _rejected(
        f"A request in which {named(clause)} {wrong} is rejected.",
        f"requests in which {named(clause)} {wrong}, and in which nothing else is wrong",
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
        where, answers = (
            f"In the error {clause.path[0]}",
            f"every {clause.path[0]} the operation answers",
        )
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
