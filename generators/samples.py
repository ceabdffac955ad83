"""Single values by size: the smallest request, the largest, the value of one member."""

from __future__ import annotations

from typing import Any

from awsconform.generators.choices import Choices, FixedStructure
from awsconform.generators.shapes import Fill, Growth
from awsconform.generators.values import values_of
from awsconform.specs.contract import Contract, SegmentPath


def minimal(contract: Contract, choices: Choices) -> dict[str, Any]:
    """A valid request with required members only.

    Raises:
        Unsatisfiable: the operation has no valid request that can be sent.
    """
    return _whole(contract, choices, Fill.MINIMAL)


def maximal(contract: Contract, choices: Choices) -> dict[str, Any]:
    """A valid request with every member.

    Raises:
        Unsatisfiable: the operation has no valid request that can be sent.
    """
    return _whole(contract, choices, Fill.MAXIMAL)


def member_value(contract: Contract, path: SegmentPath, choices: Choices) -> Any:
    """A valid value for one place of the request.

    Raises:
        Unsatisfiable: no value is valid there.
    """
    return values_of(contract, "request").at(path).sample(_growth(choices, Fill.MINIMAL), 1)


def _whole(contract: Contract, choices: Choices, fill: Fill) -> dict[str, Any]:
    value: dict[str, Any] = values_of(contract, "request").whole(_growth(choices, fill))
    return value


def _growth(choices: Choices, fill: Fill) -> Growth:
    return Growth(FixedStructure(choices, seed=0), fill)
