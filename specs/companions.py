"""Other operations of a contract's service, spoken to as the contract's own is."""

from __future__ import annotations

from awsconform.specs import catalog
from awsconform.specs.contract import Contract


def companion(contract: Contract, operation: str) -> Contract:
    """The contract of another operation of the same service, under the same protocol.

    Raises:
        UsageError: the service has no such operation.
        ContractError: the committed file is damaged.
        ModelError: the model is damaged.
    """
    if operation == contract.operation:
        return contract
    return catalog.load(contract.service, operation, protocol=contract.protocol)
