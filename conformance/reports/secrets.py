"""What must not be shown of an answer: secret headers, and its sensitive members.

They are hidden wherever the answer is shown or spoken of, but not in requests, whose values are
random. Secret headers are hidden in whatever else repeats them, too: see `wire.secrets`.
"""

from __future__ import annotations

from collections.abc import Iterable

from awsconform.conformance.exchange import Exchange
from awsconform.conformance.reports.sensitive import sensitive_values
from awsconform.conformance.wire.redaction import secrets_in


def secrets_of(exchanges: Iterable[Exchange]) -> frozenset[str]:
    """The values of the secret headers that were sent or came back."""
    return frozenset(value for each in exchanges for value in secrets_in(each))


def secrets_of_answer(exchange: Exchange) -> frozenset[str]:
    """What must not be shown of an answer: secret headers and sensitive members."""
    return secrets_of([exchange]) | sensitive_values(exchange)
