"""Hypothesis strategies for the requests and responses of an AWS operation.

    from hypothesis import given
    from awsconform import strategies

    @given(strategies.responses("deadline", "GetSessionsStatisticsAggregation"))
    def test_reads_every_response(response): ...

Values are logical JSON: member names of the wire, timestamps RFC 3339, blobs base64.
"""

from __future__ import annotations

from typing import Any

from hypothesis.strategies import SearchStrategy

from awsconform.generators import strategies
from awsconform.specs.catalog import load

__all__ = ["requests", "responses"]


def requests(service: str, operation: str, *, seed: int = 0) -> SearchStrategy[dict[str, Any]]:
    """Valid requests of one operation, by botocore's names.

    Raises:
        UsageError: no such service or operation; the hint has the nearest name.
        AwsconformError: the operation has no request the suite can make; the message says why.
    """
    return strategies.requests(load(service, operation), seed=seed)


def responses(service: str, operation: str, *, seed: int = 0) -> SearchStrategy[dict[str, Any]]:
    """Valid successful responses of one operation, by botocore's names.

    Raises:
        UsageError: no such service or operation; the hint has the nearest name.
        AwsconformError: the operation has no response the suite can make; the message says why.
    """
    return strategies.responses(load(service, operation), seed=seed)
