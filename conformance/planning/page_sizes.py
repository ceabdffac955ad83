"""The page sizes that a list is walked with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from awsconform.specs.contract import Contract

# Pages of a walk at most, so that a list of thousands is not walked one by one.
PAGES = 15
LARGEST = 1000
# What services want at least that do not model it.
USUAL_LEAST = (5, 10, 20, 50, 100)


@dataclass(frozen=True)
class Limits:
    """The modelled bounds of a limit, and whether it is written as text."""

    least: int = 1
    most: int = LARGEST
    text: bool = False
    capped: bool = False

    @classmethod
    def of(cls, contract: Contract) -> Limits:
        """Those of the operation's limit; the usual ones where nothing is modelled."""
        limit = contract.pagination.limit if contract.pagination else None
        place = contract.place("request", (limit or "",))
        if place is None:
            return cls()
        schema = place.schema
        most = schema.get("maximum")
        return cls(
            max(1, int(schema.get("minimum", 1))),
            LARGEST if most is None else int(most),
            schema.get("type") == "string",
            most is not None,
        )

    def written(self, size: int) -> Any:
        """A size as the request has it; a few limits are strings."""
        return str(size) if self.text else size

    def sizes(self, count: int) -> list[int]:
        """Sizes for a list of so many items: 1, 2, about a quarter, and all on one page.

        Larger ones where the smallest are too small, for the service or for the time it takes.
        """
        least = max(self.least, math.ceil(count / PAGES))
        small = (least, least + 1, self._uneven(count, least))
        whole = self.most if self.capped and self.most >= count else max(count + 1, self.least)
        return sorted({min(each, self.most) for each in (*small, whole)})

    def more_sizes(self, refused: int) -> list[int]:
        """Larger sizes to try where one was refused that the model allows."""
        return [each for each in USUAL_LEAST if refused < each <= self.most]

    def changing(self, smallest: int, count: int) -> list[int]:
        """Sizes in turn, none below the smallest that was taken."""
        size = max(smallest, self._uneven(count, smallest))
        turns = (size, max(smallest, size - 1), min(self.most, size + 1))
        return list(turns)

    def _uneven(self, count: int, least: int) -> int:
        """About a quarter of the items, and not all pages full: the last one may get lost."""
        size = max(least, min(self.most, math.ceil(count / 4)))
        larger, smaller = range(size, min(self.most, count) + 1), range(size - 1, least - 1, -1)
        return next((each for each in (*larger, *smaller) if count % each), size)
