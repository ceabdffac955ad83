"""The names that AWS's operations page by, for operations that no paginator of botocore describes.

A member is taken for a token by its name alone, and only where request and response have both its
sides; `ChangeToken`, `UpdateToken`, `LockToken` and their like lead to no next page.
"""

from __future__ import annotations

from collections.abc import Sequence

# What is sent, and what the page before has for it, the commonest first.
_TOKENS = (
    ("nextToken", "nextToken"),
    ("NextToken", "NextToken"),
    ("Marker", "NextMarker"),
    ("marker", "nextMarker"),
    ("NextMarker", "NextMarker"),
    ("Marker", "Marker"),
    ("marker", "marker"),
    ("ContinuationToken", "NextContinuationToken"),
    ("PageToken", "NextPageToken"),
    ("pageToken", "nextPageToken"),
    ("NextPageToken", "NextPageToken"),
    ("nextPageToken", "nextPageToken"),
    ("PaginationToken", "PaginationToken"),
    ("paginationToken", "paginationToken"),
    ("position", "position"),
)
_START, _LAST, _MARKER = "ExclusiveStart", "LastEvaluated", "Marker"
LIMITS = (
    "maxResults",
    "MaxResults",
    "limit",
    "Limit",
    "pageSize",
    "PageSize",
    "MaxRecords",
    "MaxItems",
    "maxItems",
    "MaxKeys",
)
FLAGS = (
    "IsTruncated",
    "isTruncated",
    "Truncated",
    "HasMoreResults",
    "hasMoreResults",
)


def inferred_tokens(taken: Sequence[str], given: Sequence[str]) -> list[tuple[str, str]]:
    """The tokens of an operation by the names of its members: sent, and given for it.

    Several where a page ends with several names to go on after, such as Route 53's markers.
    """
    for sent, got in _TOKENS:
        if sent in taken and got in given:
            return [(sent, got)]
    keys = [
        (name, got)
        for name in taken
        if name.startswith(_START) and (got := name.replace(_START, _LAST)) in given
    ]
    return keys or [(name, name) for name in taken if name.endswith(_MARKER) and name in given]
