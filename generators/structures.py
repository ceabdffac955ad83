"""The sampler of structures and unions."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

from awsconform.generators.choices import BITS
from awsconform.generators.locations import Location
from awsconform.generators.shapes import (
    ENDLESS,
    SHALLOW,
    Fill,
    Growth,
    LeafSampler,
    Make,
    Sampler,
)
from awsconform.specs.contract import Schema, SegmentPath
from awsconform.specs.validation import Pointer

# Structures with more leaves than this decide only those that are wanted.
_PLACES = 24


class StructureSampler(Sampler):
    """A structure or union."""

    def __init__(self, schema: Schema, location: Location) -> None:
        self.hollow = location.carries_empty(schema)
        self.members: dict[str, Sampler] = {}
        self.union = bool(schema.get("aws", {}).get("union"))
        self.required: list[str] = list(schema.get("required", ()))

    def below(self, segment: str) -> Sampler:
        """The sampler of a member."""
        return self.members[segment] if segment in self.members else super().below(segment)

    @functools.cached_property
    def optional(self) -> list[str]:
        """The members that may be left out and have a valid value."""
        needed = set(self.required)
        return [
            name
            for name, sampler in self.members.items()
            if name not in needed and sampler.height < ENDLESS
        ]

    def measure(self) -> float:
        """One more than what must be inside."""
        if self.union:
            return 1 + min((each.height for each in self.members.values()), default=ENDLESS)
        for name in self.required:
            if self.members[name].height == ENDLESS:
                self.reason = f"{name}: {self.members[name].reason}"
        if not self.hollow and not self.required:
            return 1 + min((each.height for each in self.members.values()), default=0)
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
            return names, dict(zip(self._leaves, drawn[words:], strict=True))
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
            return self.required or self._something
        if fill is Fill.MAXIMAL:
            chosen = set(self.optional)
        else:
            if depth >= SHALLOW:
                # Fewer with every level, or values grow without measure.
                mask &= mask >> 1
            chosen = {name for index, name in enumerate(self.optional) if mask >> index & 1}
            if not chosen and not self.required:
                chosen = set(self._something)
        return [name for name in self.members if name in chosen or name in self.required]

    @property
    def _something(self) -> list[str]:
        """The member that is there so that not nothing is."""
        if self.hollow or not self.optional:
            return []
        return [min(self.optional, key=lambda name: self.members[name].height)]

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
