"""From what a user types to the contract that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from awsconform.errors import UsageError

if TYPE_CHECKING:
    from awsconform.specs.catalog import Catalog
    from awsconform.specs.contract import Contract


def one_contract(
    name: str, catalog: Catalog | None = None, *, protocol: str | None = None
) -> Contract:
    """The contract of `service.Operation`, of the default catalog unless another is given.

    Raises:
        UsageError: the name has another form, or fits nothing; the hint has the nearest name.
        ModelError: the model is damaged, or the protocol is not spoken or supported.
    """
    if catalog is None:
        from awsconform.specs.catalog import default

        catalog = default()
    service, _, operation = name.partition(".")
    if not operation:
        catalog.operations(service)
        raise UsageError(
            f"{name!r} is a service; one of its operations is wanted",
            hint=f"`awsconform list {service}` names them",
        )
    return catalog.load(service, operation, protocol=protocol)
