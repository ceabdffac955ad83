"""Check of what the SDK's own paginator makes of walked pages; nothing is sent for it.

botocore's page iterator is driven over the recorded answers, each parsed as botocore parses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from awsconform.conformance.checks.verdicts import Word, conclude, conforms, silent, violates
from awsconform.conformance.checks.walks import (
    LIMITED,
    NO_WALK,
    WHOLE,
    goes_in_circles,
    has_ended,
    is_owned,
    walks,
)
from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import View
from awsconform.conformance.outcomes import Outcome
from awsconform.specs.clauses import Clause
from awsconform.specs.contract import Contract
from awsconform.specs.paging import lists_of, pages_of


def paginator(clause: Clause, evidence: Evidence) -> Outcome:
    """What the SDK's paginator yields is everything the pages hold."""

    def words() -> Iterator[Word]:
        for walk in walks(evidence, WHOLE, LIMITED):
            circles = goes_in_circles(walk) and is_owned(walk)
            if all(page.accepted for page in walk) and (has_ended(walk) or circles):
                yield _replayed(evidence.contract, walk)

    return conclude(clause, words(), expected="every item, and an end", unexercised=NO_WALK)


class _Circle(Exception):
    """The paginator asks for a page that it has had."""


class _Answers:
    """Answers the paginator's calls with the recorded pages, in the order they were walked."""

    def __init__(self, pages: list[dict[str, Any]]) -> None:
        self.pages = pages
        self.given = 0

    def __call__(self, **arguments: Any) -> dict[str, Any]:
        if self.given == len(self.pages):
            raise _Circle
        self.given += 1
        return self.pages[self.given - 1]


def _replayed(contract: Contract, walk: list[Observed]) -> Word:
    from botocore.exceptions import PaginationError

    last = walk[-1]
    try:
        pages = [_as_parsed(contract, page) for page in walk]
    except Exception as error:  # botocore's parsers fail in many ways on unfit answers
        if any(page.failures for page in walk):
            return silent(last, "the SDK cannot read a page that breaks its schema")
        return violates(last, "the SDK cannot read a page", f"{type(error).__name__}: {error}")
    sizes = [_sizes(contract, page) for page in pages]
    held = [_sizes(contract, page.value) for page in walk]
    answers = _Answers(pages)
    try:
        for _ in _iterator(contract, answers):
            pass
    except PaginationError as error:
        return violates(last, "PaginationError", str(error))
    except _Circle:
        return violates(last, "no end", "the paginator asks again for a page it has had")
    seen, there = sum(map(sum, sizes[: answers.given])), sum(map(sum, held))
    if seen < there:
        return violates(last, "items missing", f"the paginator yields {seen} of {there} items")
    if not there and len(walk) == 1:
        return silent(last, "there was nothing to list")
    return conforms(last)


def _sizes(contract: Contract, page: dict[str, Any]) -> list[int]:
    return [len(each) for each in lists_of(contract, page)]


def _as_parsed(contract: Contract, page: Observed) -> dict[str, Any]:
    """A page as the SDK returns it; where botocore has no model of it, as it was read."""
    from botocore.exceptions import DataNotFoundError
    from botocore.model import OperationNotFoundError

    from awsconform.conformance.botocore_reading import operation_model, parsed

    response = page.exchange.response
    if page.exchange.view is not View.WIRE or response is None:
        return page.value
    try:
        shape = operation_model(contract).output_shape
    except (DataNotFoundError, OperationNotFoundError):
        return page.value
    # Reading timestamps takes long; they are read where one may be unreadable.
    return parsed(contract, response, shape, timestamps=bool(page.failures))


def _iterator(contract: Contract, answers: _Answers) -> Iterator[Any]:
    import jmespath
    from botocore.paginate import PageIterator

    # Its stubs know of no iterator without a starting token and bounds.
    iterator: Any = PageIterator
    pages = pages_of(contract)
    # botocore parses the flag and every expression beforehand.
    compiled = [jmespath.compile(each) for each in pages.output_token]
    results = [jmespath.compile(each) for each in pages.result]
    return iter(
        iterator(
            answers,
            list(pages.input_token),
            compiled,
            jmespath.compile(pages.more_results) if pages.more_results else None,
            results,
            [],
            pages.limit,
            None,
            None,
            None,
            {},
        )
    )
