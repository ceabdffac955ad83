"""The sampler of a stream of events: a list of objects with one member each, the event's."""

from __future__ import annotations

from typing import Any

from awsconform.generators.shapes import ENDLESS, Fill, Growth, Make, Sampler
from awsconform.specs.contract import SegmentPath
from awsconform.specs.validation import Pointer

_MOST = 4


class EventsSampler(Sampler):
    """The events of an answer. Exceptions are no events: an answer that ends in one is an error."""

    def __init__(self) -> None:
        self.events: dict[str, Sampler] = {}

    def below(self, segment: str) -> Sampler:
        """The sampler of a kind of event; paths do not tell one event from the next."""
        return self.events[segment] if segment in self.events else super().below(segment)

    def measure(self) -> float:
        """Nothing has to be in a stream."""
        return 1

    def sample(self, growth: Growth, depth: int) -> list[dict[str, Any]]:
        """No event, one of each kind, or a few of any kind."""
        fill = growth.fill_at(depth)
        kinds = [name for name, sampler in self.events.items() if sampler.height < ENDLESS]
        if fill is Fill.MINIMAL or not kinds:
            return []
        if fill is Fill.RANDOM:
            size = growth.choices.integer(0, _MOST)
            kinds = [growth.choices.choice(kinds) for _ in range(size)]
        return [{name: self.events[name].sample(growth, depth + 1)} for name in kinds]

    def _through(
        self, growth: Growth, path: SegmentPath, make: Make, depth: int
    ) -> tuple[Any, Pointer]:
        kind = path[0]
        inside, pointer = self.below(kind).around(growth, path[1:], make, depth + 1)
        before = self.sample(growth, depth)
        return [*before, {kind: inside}], (len(before), kind, *pointer)
