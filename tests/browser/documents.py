"""The documents whose pages are looked at, each made once."""

from __future__ import annotations

import functools
from typing import Any

from awsconform.conformance.outcomes import Verdict
from reports.hand_made import CREATE, GET, LIST, exchange, run
from reports.large import Document, counted, document_of, large, small

MANY = 20_000


@functools.cache
def many() -> Document:
    """So many clauses that anything slow is noticed."""
    return large(MANY)


@functools.cache
def pair() -> tuple[Document, Document]:
    """Two versions of a target that differ in all outcomes but violations, and in one of these."""
    before, after = large(1500, target="http://old/"), large(1500, shift=1, target="http://new/")
    operation = after["operations"][0]
    fixed = next(clause for clause in operation["clauses"] if clause["findings"])
    fixed.update(verdict="conforms", findings=[], reason="")
    counted(operation)
    counted(after, [clause for each in after["operations"] for clause in each["clauses"]])
    return before, after


@functools.cache
def shown(value: str) -> Document:
    """One operation, violated by a request and an answer with this text in them."""
    answer = f'{{"farms": [{{"farmId": "{value}"}}], "nextToken": null}}'.encode()
    broken = exchange(LIST, {"maxResults": 0}, answer=answer)
    return document_of(run(violated="/request/maxResults#minimum", shown=broken))


@functools.cache
def kinds() -> dict[str, Document]:
    """A document of each kind there is, by what it is."""
    nothing: dict[str, Any] = {"operations": [], "exitCode": 3}
    return {
        "kept": document_of(run(GET)),
        "violated": small(),
        "absent": document_of(run(LIST, verdict=Verdict.UNIMPLEMENTED, reason="501")),
        "failed": document_of(run(LIST, verdict=Verdict.ERROR, reason="ZeroDivisionError")),
        "silent": document_of(run(CREATE, verdict=Verdict.INCONCLUSIVE, reason="404")),
        "empty": document_of(run(LIST)) | nothing,
        "not ended": document_of(run(LIST))
        | {"complete": False, "exitCode": 3}
        | {"contracts": {"deadline.ListFarms": "", "deadline.GetFarm": ""}},
    }
