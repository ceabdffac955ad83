"""Samplers of structures, lists and maps, and how they fit into one another.

A sampler makes a valid value, or a value around a place: valid everywhere else, and at the place
whatever the caller puts there.
"""

from __future__ import annotations

import functools
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from awsconform.errors import AwsconformError
from awsconform.generators.choices import BITS, Choices, Decided
from awsconform.generators.leaves import EnumLeaf, Leaf
from awsconform.specs.contract import KEY, Schema, SegmentPath
from awsconform.specs.validation import Pointer

ENDLESS = math.inf
# Structures deeper than this get only what they must have.
_DEPTH = 6
_SHALLOW = 2
_BUDGET = 3000
# Structures with more leaves than this decide only those that are wanted.
_PLACES = 24
_KEY_ATTEMPTS = 60


class Unsatisfiable(AwsconformError):
    """A contract, or one place of it, has no valid value that can be sent."""


class Fill(Enum):
    """How much of what is optional a value has."""

    MINIMAL = "minimal"
    MAXIMAL = "maximal"
    RANDOM = "random"


@dataclass
class Growth:
    """One value in the making: where decisions come from, how much is wanted, what is left."""

    choices: Choices
    fill: Fill
    pooled: bool = False
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
        return self.leaf.value(growth.choices.values(), pooled=growth.pooled)

    def decided(self, number: int) -> Any:
        """The valid value that a number out of `Choices.numbers` stands for."""
        return self.leaf.value(Decided(number), pooled=True)


class StructureSampler(Sampler):
    """A structure or union."""

    def __init__(self, schema: Schema) -> None:
        self.members: dict[str, Sampler] = {}
        self.union = bool(schema.get("aws", {}).get("union"))
        self.required: list[str] = list(schema.get("required", ()))
        self._wanted: list[str] | None = None

    def below(self, segment: str) -> Sampler:
        """The sampler of a member."""
        return self.members[segment] if segment in self.members else super().below(segment)

    @property
    def optional(self) -> list[str]:
        """The members that may be left out and have a valid value."""
        if self._wanted is None:
            needed = set(self.required)
            self._wanted = [
                name
                for name, sampler in self.members.items()
                if name not in needed and sampler.height < ENDLESS
            ]
        return self._wanted

    def measure(self) -> float:
        """One more than what must be inside."""
        if self.union:
            return 1 + min((each.height for each in self.members.values()), default=ENDLESS)
        for name in self.required:
            if self.members[name].height == ENDLESS:
                self.reason = f"{name}: {self.members[name].reason}"
        return 1 + max((self.members[name].height for name in self.required), default=0)

    def sample(self, growth: Growth, depth: int) -> dict[str, Any]:
        """The required members, and of the others as many as are wanted."""
        names, numbers = self._decide(growth, depth)
        return {name: self._member(name, numbers, growth, depth) for name in names}

    def _member(self, name: str, numbers: Mapping[str, int], growth: Growth, depth: int) -> Any:
        sampler = self.members[name]
        if name in numbers and isinstance(sampler, LeafSampler):
            return sampler.decided(numbers[name])
        return sampler.sample(growth, depth + 1)

    def _decide(self, growth: Growth, depth: int) -> tuple[list[str], Mapping[str, int]]:
        """The members to be made, and the numbers that decide the leaves among them, if any do."""
        fill = growth.fill_at(depth)
        if self.union:
            return [self._arm(growth, fill)], {}
        if not growth.pooled:
            mask = growth.choices.integer(0, self._all) if fill is Fill.RANDOM else 0
            return self._names(fill, mask, depth), {}
        # One decision for the whole structure. Each leaf has its place in it whether or not it is
        # wanted, so that leaving out one member while shrinking does not change the others.
        words = -(-len(self.optional) // BITS) if fill is Fill.RANDOM else 0
        if len(self._leaves) <= _PLACES:
            drawn = growth.choices.numbers(words + len(self._leaves))
            names = self._names(fill, _joined(drawn[:words]), depth)
            return names, dict(zip(self._leaves, drawn[words:], strict=False))
        names = self._names(fill, _joined(growth.choices.numbers(words)), depth)
        leaves = [name for name in names if isinstance(self.members[name], LeafSampler)]
        return names, dict(zip(leaves, growth.choices.numbers(len(leaves)), strict=True))

    @functools.cached_property
    def _leaves(self) -> list[str]:
        return [
            name
            for name, sampler in self.members.items()
            if isinstance(sampler, LeafSampler) and sampler.height < ENDLESS
        ]

    @property
    def _all(self) -> int:
        return int(2 ** len(self.optional) - 1)

    def _names(self, fill: Fill, mask: int, depth: int) -> list[str]:
        if fill is Fill.MINIMAL or not self.optional:
            return self.required
        if fill is Fill.MAXIMAL:
            chosen = set(self.optional)
        else:
            if depth >= _SHALLOW:
                # Fewer with every level, or values grow without measure.
                mask &= mask >> 1
            chosen = {name for index, name in enumerate(self.optional) if mask >> index & 1}
        return [name for name in self.members if name in chosen or name in self.required]

    def _arm(self, growth: Growth, fill: Fill) -> str:
        lowest = min(self.optional, key=lambda name: self.members[name].height)
        return growth.choices.choice(self.optional) if fill is Fill.RANDOM else lowest

    def _through(
        self, growth: Growth, path: SegmentPath, make: Make, depth: int
    ) -> tuple[Any, Pointer]:
        target = path[0]
        names: list[str] = []
        numbers: Mapping[str, int] = {}
        if not self.union:
            names, numbers = self._decide(growth, depth)
        inside, pointer = self.below(target).around(growth, path[1:], make, depth + 1)
        value: dict[str, Any] = {}
        for name in self.members:
            if name == target:
                value[name] = inside
            elif name in names:
                value[name] = self._member(name, numbers, growth, depth)
        return value, (target, *pointer)


def _joined(numbers: Iterable[int]) -> int:
    return functools.reduce(lambda high, low: high << BITS | low, numbers, 0)


class ListSampler(Sampler):
    """A list."""

    items: Sampler

    def __init__(self, schema: Schema) -> None:
        self.low: int = schema.get("minItems", 0)
        self.high: int | None = schema.get("maxItems")
        self.sparse = bool(schema.get("aws", {}).get("sparse"))

    def below(self, segment: str) -> Sampler:
        """The sampler of the items."""
        return self.items

    def measure(self) -> float:
        """One more than an item, where there must be one."""
        if self.high is not None and self.high < self.low:
            self.reason = "no number of items is within the bounds"
            return ENDLESS
        self.reason = self.items.reason
        return 1 + (self.items.height if self.low else 0)

    def sample(self, growth: Growth, depth: int) -> list[Any]:
        """A few items within the bounds."""
        return self.of_size(self._size(growth, depth), growth, depth)

    def of_size(self, size: int, growth: Growth, depth: int) -> list[Any]:
        """Exactly so many items; values of an enumeration repeat as late as possible."""
        if isinstance(self.items, LeafSampler) and isinstance(self.items.leaf, EnumLeaf) and size:
            options = self.items.leaf.options
            first = growth.choices.values().integer(0, len(options) - 1)
            return [options[(first + index) % len(options)] for index in range(size)]
        if growth.pooled and isinstance(self.items, LeafSampler):
            return [self.items.decided(number) for number in growth.choices.numbers(size)]
        return [self.items.sample(growth, depth + 1) for _ in range(size)]

    def _size(self, growth: Growth, depth: int) -> int:
        fill = growth.fill_at(depth)
        if fill is Fill.MINIMAL or self.items.height == ENDLESS:
            return self.low
        few = self.low + (3 if depth < _SHALLOW else 1)
        high = few if self.high is None else min(self.high, few)
        if fill is Fill.MAXIMAL:
            return min(high, max(self.low, 2 if depth < _SHALLOW else 1))
        return growth.choices.integer(self.low, high)

    def _through(
        self, growth: Growth, path: SegmentPath, make: Make, depth: int
    ) -> tuple[Any, Pointer]:
        size = max(self._size(growth, depth), 1)
        at = growth.choices.integer(0, size - 1) if growth.fill is Fill.RANDOM else 0
        value = self.of_size(size - 1, growth, depth)
        inside, pointer = self.items.around(growth, path[1:], make, depth + 1)
        value.insert(at, inside)
        return value, (at, *pointer)


class MapSampler(Sampler):
    """A map: keys that differ, and their values."""

    keys: Sampler
    entries: Sampler

    def __init__(self, schema: Schema) -> None:
        self.low: int = schema.get("minProperties", 0)
        self.high: int | None = schema.get("maxProperties")
        self.sparse = bool(schema.get("aws", {}).get("sparse"))

    def below(self, segment: str) -> Sampler:
        """The sampler of the keys or of the values."""
        return self.keys if segment == KEY else self.entries

    def measure(self) -> float:
        """One more than an entry, where there must be one."""
        if not self.low:
            return 1
        worst = max((self.keys, self.entries), key=lambda sampler: sampler.height)
        self.reason = worst.reason
        return 1 + worst.height

    def sample(self, growth: Growth, depth: int) -> dict[str, Any]:
        """A few entries within the bounds."""
        return self.of_size(self._size(growth, depth), growth, depth)

    def of_size(
        self, size: int, growth: Growth, depth: int, *, beside: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """Exactly so many entries, with keys other than those of `beside`.

        Raises:
            Unsatisfiable: there are not so many keys.
        """
        keys: dict[str, None] = {}
        for _ in range(size):
            key = self._another(growth, {*keys, *beside}, depth)
            if key is None:
                if len(keys) >= self.low:
                    break
                raise Unsatisfiable(f"{size} different keys were not found")
            keys[key] = None
        if growth.pooled and isinstance(self.entries, LeafSampler):
            numbers = growth.choices.numbers(len(keys))
            return {key: self.entries.decided(n) for key, n in zip(keys, numbers, strict=True)}
        return {key: self.entries.sample(growth, depth + 1) for key in keys}

    def _another(self, growth: Growth, taken: set[str], depth: int) -> str | None:
        if isinstance(self.keys, LeafSampler) and isinstance(self.keys.leaf, EnumLeaf):
            left = [option for option in self.keys.leaf.options if option not in taken]
            return growth.choices.values().choice(left) if left else None
        plain = Growth(growth.choices.plain(), growth.fill)
        for attempt in range(_KEY_ATTEMPTS):
            source = plain if attempt else growth
            key: str = self.keys.sample(source, depth + 1)
            if key not in taken:
                return key
        return None

    def _size(self, growth: Growth, depth: int) -> int:
        fill = growth.fill_at(depth)
        if fill is Fill.MINIMAL or ENDLESS in (self.keys.height, self.entries.height):
            return self.low
        few = self.low + (2 if depth < _SHALLOW else 1)
        high = few if self.high is None else min(self.high, few)
        return high if fill is Fill.MAXIMAL else growth.choices.integer(self.low, high)

    def _through(
        self, growth: Growth, path: SegmentPath, make: Make, depth: int
    ) -> tuple[Any, Pointer]:
        others = max(self._size(growth, depth), 1) - 1
        if path[0] == KEY:
            key, _ = self.keys.around(growth, path[1:], make, depth + 1)
            inside = self.entries.sample(growth, depth + 1)
            # An error about a key is reported at its map.
            at: Pointer = ()
        else:
            key = self.keys.sample(growth, depth + 1)
            inside, pointer = self.entries.around(growth, path[1:], make, depth + 1)
            at = (key, *pointer)
        value = {key: inside, **self.of_size(others, growth, depth, beside=(key,))}
        return value, at
