"""Which operation a recorded request went to."""

from __future__ import annotations

from awsconform.specs.catalog import load
from awsconform.specs.companions import companion, siblings
from awsconform.specs.contract import Contract


def contract_of(contract: Contract, operation: str) -> Contract:
    """The contract of the operation a request went to, which a scenario may have chosen.

    No client has a method for an operation that does not exist: one that fills in no path stands
    for it, and the recorded request takes the place of what it would send.
    """
    service, _, name = operation.partition(".")
    if service != contract.service:
        return load(service, name)
    if name == contract.operation:
        return contract
    names = siblings(contract)
    if name in names:
        return companion(contract, name)
    others = (companion(contract, each) for each in names)
    plain = (each for each in others if "{" not in each.uri and each.method == contract.method)
    return contract if "{" not in contract.uri else next(plain, contract)
