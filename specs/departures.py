"""Where AWS itself was recorded to answer otherwise than its models say.

The models constrain what AWS sends, but it does not keep to them everywhere, and an implementation
that answers as AWS does is not at fault. The evidence is `specs/data/departures.json`: by service,
shape and member, so that it holds wherever the shape stands, with the operations it was seen in,
the number of independent recordings, and the month of the latest one where that is known.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from awsconform.errors import ContractError, Location
from awsconform.specs.contract import Contract, SegmentPath

FILE = Path(__file__).parent / "data" / "departures.json"

_Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Departure:
    """One constraint that AWS was recorded to break.

    `answered` are the values that broke it, where only these are excused; None where any is.
    """

    service: str
    shape: str
    member: str
    keyword: str
    operations: tuple[str, ...]
    recordings: int
    answered: tuple[Any, ...] | None = None

    def excuses(self, value: Any) -> bool:
        """Whether AWS was recorded to answer this value, or the constraint as a whole is off."""
        return self.answered is None or value in self.answered

    def __str__(self) -> str:
        times = "once" if self.recordings == 1 else f"{self.recordings} times"
        return f"AWS itself was recorded to answer so {times}, by {', '.join(self.operations)}"


def departure(contract: Contract, part: str, path: SegmentPath, keyword: str) -> Departure | None:
    """What AWS was recorded to do with a keyword at a place of the contract; None for nothing.

    An undocumented member is looked up by its own path and the keyword `members`.

    Raises:
        ContractError: the file of departures cannot be read.
    """
    around = contract.place(part, path[:-1]) if path else None
    if around is None or around.shape is None:
        return None
    shape = around.shape.removeprefix("#/$defs/")
    return _recorded().get((contract.service, shape, path[-1], keyword))


@functools.cache
def _recorded() -> dict[_Key, Departure]:
    try:
        stated = json.loads(FILE.read_text(encoding="utf-8"))["departures"]
        return {
            (each["service"], each["shape"], each["member"], each["keyword"]): Departure(
                each["service"],
                each["shape"],
                each["member"],
                each["keyword"],
                tuple(each["operations"]),
                each["recordings"],
                tuple(each["answered"]) if "answered" in each else None,
            )
            for each in stated
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ContractError(
            f"not a file of departures: {error}", location=Location(str(FILE))
        ) from None
