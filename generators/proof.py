"""What the validator says of a generated value: the proof that it is what it claims to be."""

from __future__ import annotations

import functools
from typing import Any

from awsconform.specs.contract import Contract
from awsconform.specs.validation import Pointer, failures


@functools.lru_cache(maxsize=1024)
def judgeable(contract: Contract, part: str = "request") -> str | None:
    """Why the validator cannot judge values of a contract's part, or None."""
    try:
        failures(contract, part, {})
    except ValueError:
        return "a pattern of the contract is not in the validator's dialect"
    return None


def proven_valid(contract: Contract, part: str, value: Any) -> bool:
    """Whether nothing is wrong with a value."""
    return not failures(contract, part, value)


def proven_violation(contract: Contract, value: Any, pointer: Pointer, keyword: str) -> bool:
    """Whether exactly one thing is wrong with a request, namely `keyword` at `pointer`."""
    found = failures(contract, "request", value)
    return [(each.pointer, each.keyword) for each in found] == [(pointer, keyword)]
