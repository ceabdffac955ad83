"""The path of an operation in the REST protocols: what of it is fixed, what is a value's place."""

from __future__ import annotations

from awsconform.specs.contract import Contract

# Below their root every name is that of something, a bucket's: no path leads to no operation.
_NAMED_AT_THE_ROOT = ("s3",)


def fixed_segment(contract: Contract) -> int | None:
    """Where the last fixed segment of the path stands, counted from the empty one before the root.

    None where there is none: in the other protocols, and where all segments are values' places.
    """
    if not contract.protocol.startswith("rest-") or contract.service in _NAMED_AT_THE_ROOT:
        return None
    segments = contract.uri.partition("?")[0].split("/")
    fixed = [at for at, text in enumerate(segments) if text and "{" not in text]
    return fixed[-1] if fixed else None


def has_other_paths(contract: Contract) -> bool:
    """Whether an operation that cannot exist can be asked for the way this one is."""
    return not contract.protocol.startswith("rest-") or fixed_segment(contract) is not None
