"""Walked pages: the groups of exchanges a walk left, their tokens and their items.

A walk is a group of exchanges, each the page after the one before. Its name says how it was
walked: `whole` without a limit, `limited` with one page size, `changing` with several in turn.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import jmespath

from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Purpose
from awsconform.specs.contract import Contract, Pagination

WHOLE, LIMITED, CHANGING = "whole", "limited", "changing"


def token_of(contract: Contract, value: dict[str, Any]) -> Any:
    """The token of the next page, None where there is none, or where the page says it is last."""
    pages = pages_of(contract)
    if pages.more_results and jmespath.search(pages.more_results, value) is False:
        return None
    return jmespath.search(pages.output_token[0], value)


def items_of(contract: Contract, value: dict[str, Any]) -> list[Any]:
    """The items on a page; of several lists those of the first, which is what is listed."""
    lists = lists_of(contract, value)
    return lists[0] if lists else []


def lists_of(contract: Contract, value: dict[str, Any]) -> list[list[Any]]:
    """Each list of items on a page; a few operations page several at once."""
    found = (jmespath.search(path, value) for path in pages_of(contract).result)
    return [each if isinstance(each, list) else [] for each in found]


def pages_of(contract: Contract) -> Pagination:
    """How the operation pages; only asked of operations that do."""
    assert contract.pagination is not None
    return contract.pagination


def walks(evidence: Evidence, *kinds: str) -> Iterator[list[Observed]]:
    """The walks of some kinds, page by page."""
    for name, walk in evidence.groups(Purpose.PAGE).items():
        if name.split(":")[0] in kinds:
            yield walk


def pages_seen(evidence: Evidence) -> Iterator[Observed]:
    """Every page of every walk."""
    for walk in walks(evidence, WHOLE, LIMITED, CHANGING):
        yield from walk


def token_text(evidence: Evidence, page: Observed) -> str | None:
    """A page's token as text, None where there is none or an empty one."""
    token = token_of(evidence.contract, page.value)
    return None if token in (None, "") else str(token)


def has_ended(evidence: Evidence, walk: list[Observed]) -> bool:
    """Whether a walk came to a page without a token."""
    return walk[-1].accepted and token_text(evidence, walk[-1]) is None


def items_by(evidence: Evidence, kind: str) -> Counter[str] | None:
    """The items of the first walk of a kind that came to its end, None without one."""
    for walk in walks(evidence, kind):
        if has_ended(evidence, walk):
            return collected(evidence, walk)
    return None


def collected(evidence: Evidence, walk: list[Observed]) -> Counter[str]:
    """The items of a walk, as JSON without members that change on their own, and how often."""
    ignored = set(walk[0].facts.get("ignore", ()))
    return Counter(
        json.dumps(_without(item, ignored), sort_keys=True)
        for page in walk
        for item in items_of(evidence.contract, page.value)
    )


def _without(item: Any, ignored: set[str]) -> Any:
    if isinstance(item, dict):
        return {name: value for name, value in item.items() if name not in ignored}
    return item
