"""One way of breaking one clause at one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from awsconform.generators.locations import Location
from awsconform.generators.shapes import Growth, Make, Sampler
from awsconform.specs.contract import Place
from awsconform.specs.validation import Pointer


@dataclass(frozen=True)
class Breach:
    """A label, the keyword that is to fail, and what to put where.

    `make` gives the value of the place, or of its enclosing structure where `outer` is set; then
    the failure is reported at the member `within` that structure.
    """

    label: str
    keyword: str
    make: Make
    outer: bool = False
    within: Pointer = ()


@dataclass(frozen=True)
class Spot:
    """A place, the sampler of its valid values, and where it travels."""

    place: Place
    sampler: Sampler
    location: Location

    @property
    def schema(self) -> dict[str, Any]:
        """The place's schema."""
        return self.place.schema


def fixed(value: Any) -> Make:
    """Puts the same value there every time."""

    def make(sampler: Sampler, growth: Growth) -> Any:
        return value

    return make
