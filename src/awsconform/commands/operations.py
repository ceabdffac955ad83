"""From what a user types to the contract that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from awsconform.errors import UsageError

if TYPE_CHECKING:
    from awsconform.specs.contract import Contract


def one_contract(name: str) -> Contract:
    """The contract of `service.Operation`.

    Raises:
        UsageError: the name has another form, or fits nothing; the hint has the nearest name.
    """
    from awsconform.specs.catalog import load, operations

    service, _, operation = name.partition(".")
    if not operation:
        operations(service)
        raise UsageError(
            f"{name!r} is a service; one of its operations is wanted",
            hint=f"`awsconform list {service}` names them",
        )
    return load(service, operation)
