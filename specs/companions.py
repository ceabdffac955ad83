"""Other operations of a contract's service, or of another service on the same target."""

from __future__ import annotations

from awsconform.specs import catalog
from awsconform.specs.contract import Contract


def companion(contract: Contract, operation: str) -> Contract:
    """The contract of another operation, spoken to as the contract's own is.

    `operation` is one of the same service, under the same protocol, or `service.Operation`.

    Raises:
        UsageError: the service has no such operation.
        ContractError: the committed file is damaged.
        ModelError: the model is damaged.
    """
    service, separator, name = operation.rpartition(".")
    if not separator or service == contract.service:
        if name == contract.operation:
            return contract
        return catalog.load(contract.service, name, protocol=contract.protocol)
    return catalog.load(service, name)


def siblings(contract: Contract) -> list[str]:
    """The names of all operations of a contract's service, its own among them."""
    return catalog.operations(contract.service)
