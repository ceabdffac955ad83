"""What every sampler of a shape has in common, and the sampler of values without members.

A sampler makes a valid value, or a value around a place: valid everywhere else, and at the place
whatever the caller puts there.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from awsconform.errors import AwsconformError
from awsconform.generators.choices import Choices, Decided
from awsconform.generators.leaves import BooleanLeaf, EnumLeaf, Leaf, TextLeaf
from awsconform.specs.contract import SegmentPath
from awsconform.specs.validation import Pointer

ENDLESS = math.inf
# Structures deeper than this get only what they must have.
_DEPTH = 6
# Structures and lists from this depth on are kept small.
SHALLOW = 2
_BUDGET = 3000


class Unsatisfiable(AwsconformError):
    """A contract, or one place of it, has no valid value that can be sent."""


class Fill(Enum):
    """How much of what is optional a value has."""

    MINIMAL = "minimal"
    MAXIMAL = "maximal"
    RANDOM = "random"


@dataclass
class Growth:
    """One value in the making: where decisions come from, how much is wanted, what is left.

    `pooled` asks for few decisions, `repeated` for the same text in a place every time: finding
    out what is possible needs no other.
    """

    choices: Choices
    fill: Fill
    pooled: bool = False
    repeated: bool = False
    budget: int = _BUDGET

    def fill_at(self, depth: int) -> Fill:
        """How much a structure at that depth gets."""
        self.budget -= 1
        return Fill.MINIMAL if depth >= _DEPTH or self.budget < 0 else self.fill


Make = Callable[["Sampler", Growth], Any]


class Sampler(ABC):
    """Makes values of one shape.

    `height` is the nesting of the flattest valid value, endless where there is none; `reason` says
    why.
    """

    height: float = ENDLESS
    reason: str = "its valid values have no end"

    @abstractmethod
    def measure(self) -> float:
        """The height, as far as the heights below are known."""

    def below(self, segment: str) -> Sampler:
        """The sampler one step down a place's path.

        Raises:
            Unsatisfiable: there is nothing there.
        """
        raise Unsatisfiable(f"there is nothing at {segment}")

    @abstractmethod
    def sample(self, growth: Growth, depth: int) -> Any:
        """A valid value."""

    def around(
        self, growth: Growth, path: SegmentPath, make: Make, depth: int
    ) -> tuple[Any, Pointer]:
        """A value with what `make` gives at `path`, and the pointer to it.

        Raises:
            Unsatisfiable: no valid value has that place.
        """
        if self.height == ENDLESS:
            raise Unsatisfiable(self.reason)
        if not path:
            return make(self, growth), ()
        return self._through(growth, path, make, depth)

    def _through(
        self, growth: Growth, path: SegmentPath, make: Make, depth: int
    ) -> tuple[Any, Pointer]:
        raise Unsatisfiable(f"there is nothing at {'/'.join(path)}")


class LeafSampler(Sampler):
    """A value without members."""

    def __init__(self, described: Leaf) -> None:
        self.leaf = described
        unsatisfiable = described.unsatisfiable
        self.height = 0 if unsatisfiable is None else ENDLESS
        self.reason = unsatisfiable or ""

    def measure(self) -> float:
        """Nothing lies below a leaf."""
        return self.height

    def sample(self, growth: Growth, depth: int) -> Any:
        """A valid value."""
        leaf = self.leaf
        if isinstance(leaf, TextLeaf) and not growth.pooled:
            if growth.repeated:
                return leaf.same
            if growth.fill is Fill.MINIMAL and depth > SHALLOW:
                return leaf.one_of_few(growth.choices.values())
        # One of a few documented values is structure: which one it is decides what is asked for.
        picked = isinstance(leaf, EnumLeaf | BooleanLeaf) and not growth.pooled
        source = growth.choices if picked else growth.choices.values()
        return leaf.value(source, pooled=growth.pooled)

    def decided(self, number: int) -> Any:
        """The valid value that a number out of `Choices.numbers` stands for."""
        return self.leaf.value(Decided(number), pooled=True)
