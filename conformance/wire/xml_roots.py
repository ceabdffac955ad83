"""The root elements of responses of the protocol REST XML.

Smithy: the output's name, or that of the payload's shape, unless a trait says another. botocore's
models do not have that trait for outputs, and Amazon S3 has it for nearly all.
"""

from __future__ import annotations

from awsconform.conformance.wire.bindings import Bound
from awsconform.conformance.wire.s3_answers import OTHER_ROOTS, ROOTS
from awsconform.specs.contract import Contract


def root_names(contract: Contract, payload: Bound | None) -> tuple[str, ...]:
    """The names a response's root may have, the one to write first; empty where none is known."""
    if payload is not None:
        shape = contract.definitions[str(contract.output_shape)]["properties"][payload.name]
        name = str(shape.get("$ref", payload.name)).removeprefix("#/$defs/")
        return (payload.aws.get("locationName", name), payload.name)
    if contract.service == "s3":
        known = (ROOTS.get(contract.operation), OTHER_ROOTS.get(contract.operation))
        return tuple(name for name in known if name is not None)
    return (str(contract.output_shape),)
