"""The samplers of lists and maps."""

from __future__ import annotations

from typing import Any

from awsconform.generators.leaves import EnumLeaf
from awsconform.generators.locations import Location
from awsconform.generators.shapes import (
    ENDLESS,
    SHALLOW,
    Fill,
    Growth,
    LeafSampler,
    Make,
    Sampler,
    Unsatisfiable,
)
from awsconform.specs.contract import KEY, Schema, SegmentPath
from awsconform.specs.validation import Pointer

_KEY_ATTEMPTS = 60
# Up to so many leaves are decided together with their number.
_AT_ONCE = 8


class ListSampler(Sampler):
    """A list."""

    items: Sampler

    def __init__(self, schema: Schema, location: Location) -> None:
        self.low: int = schema.get("minItems", 0)
        if not location.carries_empty(schema):
            self.low = max(self.low, 1)
        self.high: int | None = schema.get("maxItems")

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
        low, high = self._range(growth, depth)
        items = self.items
        if growth.pooled and isinstance(items, LeafSampler) and low < high <= _AT_ONCE:
            size, *numbers = growth.choices.numbers(1 + high)
            kept = numbers[: low + size % (high - low + 1)]
            if not isinstance(items.leaf, EnumLeaf):
                return [items.decided(number) for number in kept]
            return _distinct(items.leaf, numbers[0], len(kept))
        return self.of_size(growth.choices.integer(low, high), growth, depth)

    def of_size(self, size: int, growth: Growth, depth: int) -> list[Any]:
        """Exactly so many items; values of an enumeration repeat as late as possible."""
        if isinstance(self.items, LeafSampler) and isinstance(self.items.leaf, EnumLeaf) and size:
            last = len(self.items.leaf.options) - 1
            return _distinct(self.items.leaf, growth.choices.values().integer(0, last), size)
        if growth.pooled and isinstance(self.items, LeafSampler):
            return [self.items.decided(number) for number in growth.choices.numbers(size)]
        return [self.items.sample(growth, depth + 1) for _ in range(size)]

    def _range(self, growth: Growth, depth: int) -> tuple[int, int]:
        """How few and how many items are wanted."""
        fill = growth.fill_at(depth)
        if fill is Fill.MINIMAL or self.items.height == ENDLESS:
            return self.low, self.low
        few = self.low + (3 if depth < SHALLOW else 1)
        high = few if self.high is None else min(self.high, few)
        if fill is Fill.MAXIMAL:
            high = min(high, max(self.low, 2 if depth < SHALLOW else 1))
            return high, high
        return self.low, high

    def _through(
        self, growth: Growth, path: SegmentPath, make: Make, depth: int
    ) -> tuple[Any, Pointer]:
        size = max(growth.choices.integer(*self._range(growth, depth)), 1)
        at = growth.choices.integer(0, size - 1) if growth.fill is Fill.RANDOM else 0
        value = self.of_size(size - 1, growth, depth)
        inside, pointer = self.items.around(growth, path[1:], make, depth + 1)
        value.insert(at, inside)
        return value, (at, *pointer)


def _distinct(leaf: EnumLeaf, first: int, size: int) -> list[Any]:
    return [leaf.options[(first + index) % len(leaf.options)] for index in range(size)]


class MapSampler(Sampler):
    """A map: keys that differ, and their values."""

    keys: Sampler
    entries: Sampler

    def __init__(self, schema: Schema, location: Location) -> None:
        self.low: int = schema.get("minProperties", 0)
        if not location.carries_empty(schema):
            self.low = max(self.low, 1)
        self.high: int | None = schema.get("maxProperties")

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
        low, high = self._range(growth, depth)
        keys, entries = self.keys, self.entries
        if (
            growth.pooled
            and isinstance(keys, LeafSampler)
            and isinstance(entries, LeafSampler)
            and low < high <= _AT_ONCE
        ):
            size, *numbers = growth.choices.numbers(1 + 2 * high)
            size = low + size % (high - low + 1)
            made = zip(numbers[:size], numbers[high:], strict=False)
            value = {keys.decided(key): entries.decided(entry) for key, entry in made}
            if len(value) >= self.low:
                return value
        return self.of_size(growth.choices.integer(low, high), growth, depth)

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
            return growth.choices.choice(left) if left else None
        plain = Growth(growth.choices.plain(), growth.fill)
        for attempt in range(_KEY_ATTEMPTS):
            source = plain if attempt else growth
            key: str = self.keys.sample(source, depth + 1)
            if key not in taken:
                return key
        return None

    def _range(self, growth: Growth, depth: int) -> tuple[int, int]:
        """How few and how many entries are wanted."""
        fill = growth.fill_at(depth)
        if fill is Fill.MINIMAL or ENDLESS in (self.keys.height, self.entries.height):
            return self.low, self.low
        few = self.low + (2 if depth < SHALLOW else 1)
        high = few if self.high is None else min(self.high, few)
        return (high if fill is Fill.MAXIMAL else self.low), high

    def _through(
        self, growth: Growth, path: SegmentPath, make: Make, depth: int
    ) -> tuple[Any, Pointer]:
        others = max(growth.choices.integer(*self._range(growth, depth)), 1) - 1
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
