"""The codes of all the errors a service has, whichever of its operations declare them."""

from __future__ import annotations

import functools

from awsconform.errors import AwsconformError
from awsconform.specs import catalog
from awsconform.specs.model_operations import errors_of


@functools.cache
def error_codes_of(service: str) -> frozenset[str]:
    """The codes that any operation of a service declares, and the names of their shapes.

    There are none for a service nobody knows.
    """
    try:
        model = catalog.default().models.model(service)
    except AwsconformError:
        model = None
    if model is None:
        return frozenset()
    found: set[str] = set()
    for stated in model.get("operations", {}).values():
        for code, error in errors_of(stated, model["shapes"]).items():
            found |= {code, error["shape"]}
    return frozenset(found)
