"""The document of an operation as a line, whose findings name exchanges by number, and back."""

from __future__ import annotations

from collections.abc import Callable

from awsconform.conformance.exchange import Exchange
from awsconform.conformance.outcomes import Finding
from awsconform.conformance.records.format import OPERATION
from awsconform.conformance.reports.course_documents import (
    BEFORE,
    REQUEST,
    SHOWN_BY,
    Reference,
    course_document,
)
from awsconform.conformance.reports.exchange_documents import Document
from awsconform.conformance.results import OperationResult
from awsconform.conformance.wire.secrets import Secrets

# What a finding's document says of itself; the rest is its exchange's.
_OWN = ("fingerprint", "observation", "expected", "observed", "flaky", "drawn", "reproduction")


def operation_line(
    document: Document,
    result: OperationResult,
    state: Document,
    number: Callable[[Exchange], int],
    known: Secrets,
) -> Document:
    """The line of the operation that came to `result`; `number` is that of an exchange.

    `known` are the secrets to be kept out of it.
    """

    def finding_line(told: Document, finding: Finding) -> Document:
        shown = finding.shown_by
        return {
            **{name: told[name] for name in _OWN},
            "exchange": number(finding.exchange),
            "before": [number(each) for each in finding.before],
            "shownBy": None if shown is None else number(shown),
            "course": course_document(finding.course, number, known),
        }

    clauses = [
        {
            **clause,
            "findings": [
                finding_line(*each)
                for each in zip(clause["findings"], outcome.findings, strict=True)
            ],
        }
        for clause, outcome in zip(document["clauses"], result.outcomes, strict=True)
    ]
    rest = {name: item for name, item in document.items() if name != "sent"}
    return {"kind": OPERATION, "state": state, **rest, "clauses": clauses}


def operation_in(line: Document, exchange: Callable[[int], Document]) -> Document:
    """The document of the operation in a line; `exchange` gives that of an exchange."""

    # The numbers of exchanges that findings have beside their own, in the order they are named.
    sent: dict[int, int] = {}

    def finding_of(found: Document) -> Document:
        shown = found["shownBy"]
        return {
            **{name: found[name] for name in _OWN},
            **exchange(found["exchange"]),
            "before": [exchange(each) for each in found["before"]],
            "shownBy": None if shown is None else exchange(shown),
            "course": _course_in(found, sent),
        }

    document = {name: item for name, item in line.items() if name not in ("kind", "state")}
    document["clauses"] = [
        {**clause, "findings": [finding_of(each) for each in clause["findings"]]}
        for clause in line["clauses"]
    ]
    document["sent"] = [exchange(each) for each in sent]
    return document


def _course_in(found: Document, sent: dict[int, int]) -> Document | None:
    """The course of a finding's line, in the words of a report; `sent` grows by what is beside."""
    course: Document | None = found.get("course")
    if course is None:
        return None
    own: dict[int, Reference] = {
        each: f"{BEFORE}{place}" for place, each in enumerate(found["before"])
    }
    if found["shownBy"] is not None:
        own[found["shownBy"]] = SHOWN_BY
    own[found["exchange"]] = REQUEST

    def reference(number: int) -> Reference:
        return own[number] if number in own else sent.setdefault(number, len(sent))

    return {
        name: [{**each, "sent": reference(each["sent"])} for each in course[name]]
        for name in ("before", "steps")
    }


def numbers_in(line: Document) -> list[int]:
    """The numbers of all exchanges that an operation's line names."""
    state = line["state"]
    named = [*state["wrong"], *(each["exchange"] for each in state["poisoned"].values())]
    for clause in line["clauses"]:
        for found in clause["findings"]:
            shown = [] if found["shownBy"] is None else [found["shownBy"]]
            named += [found["exchange"], *found["before"], *shown]
            course = found.get("course") or {"before": [], "steps": []}
            named += [each["sent"] for each in (*course["before"], *course["steps"])]
    return named
