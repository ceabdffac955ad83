"""Walked pages: the groups of exchanges a walk left, and whether they came to an end.

A walk is a group of exchanges, each the page after the one before. Its name says how it was
walked: `whole` without a limit, `limited` with one page size, `changing` with several in turn;
what follows a colon tells walks of one kind apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Purpose
from awsconform.specs.paging import next_tokens

WHOLE, LIMITED, CHANGING = "whole", "limited", "changing"
AGAIN = f"{WHOLE}:again"
NO_WALK = "no pages were walked"
NO_SECOND = "no page had a token"


def walks(evidence: Evidence, *kinds: str) -> Iterator[list[Observed]]:
    """The walks of some kinds, page by page."""
    for name, walk in evidence.groups(Purpose.PAGE).items():
        if name.split(":")[0] in kinds:
            yield walk


def is_whole(name: str) -> bool:
    """Whether a walk of that name had no limit."""
    return name.split(":")[0] == WHOLE


def pages_seen(evidence: Evidence) -> Iterator[Observed]:
    """Every page of every walk."""
    for walk in walks(evidence, WHOLE, LIMITED, CHANGING):
        yield from walk


def token_text(page: Observed) -> str | None:
    """A page's tokens as text, None after the last page."""
    tokens = next_tokens(page.contract, page.value)
    if not tokens:
        return None
    only = next(iter(tokens.values()))
    alone = len(tokens) == 1 and isinstance(only, str)
    return str(only) if alone else json.dumps(tokens, sort_keys=True)


def has_ended(walk: list[Observed]) -> bool:
    """Whether a walk came to a page without a token."""
    return walk[-1].accepted and token_text(walk[-1]) is None


def is_owned(walk: list[Observed]) -> bool:
    """Whether nobody but the one who walked changes the data."""
    return bool(walk[0].facts.get("owned"))


def goes_in_circles(walk: list[Observed]) -> bool:
    """Whether a token came twice in a walk."""
    given = [token for page in walk if (token := token_text(page)) is not None]
    return len(given) != len(set(given))
