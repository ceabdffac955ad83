"""The order operations are judged in: those that read first, those that delete last.

What an operation leaves behind, or breaks, is then not seen by those that only look.
"""

from __future__ import annotations

from collections.abc import Sequence

from awsconform.specs.contract import Contract
from awsconform.specs.effects import effect_of


def in_order(contracts: Sequence[Contract]) -> list[int]:
    """The places of contracts in the order they are best judged in, service by service."""
    services = list(dict.fromkeys(contract.service for contract in contracts))

    def rank(place: int) -> tuple[int, int]:
        contract = contracts[place]
        return services.index(contract.service), effect_of(contract)

    return sorted(range(len(contracts)), key=rank)
