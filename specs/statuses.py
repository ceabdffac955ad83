"""Statuses of success that AWS documents beside the one its model states.

A model states one status an operation; some answer others as well, by what was asked for or by the
state things were in. `specs/data/statuses.json` has them, each with the page that says so.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

from awsconform.errors import ContractError, Location
from awsconform.specs.contract import Contract

FILE = Path(__file__).parent / "data" / "statuses.json"


def success_statuses(contract: Contract) -> tuple[int, ...]:
    """The statuses a success of an operation may have, that of its model first.

    Raises:
        ContractError: the file of statuses cannot be read.
    """
    return contract.status, *_documented().get(contract.id, ())


@functools.cache
def _documented() -> dict[str, tuple[int, ...]]:
    try:
        stated = json.loads(FILE.read_text(encoding="utf-8"))["statuses"]
        return {
            f"{each['service']}.{each['operation']}": tuple(each["answered"]) for each in stated
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ContractError(
            f"not a file of statuses: {error}", location=Location(str(FILE))
        ) from None
