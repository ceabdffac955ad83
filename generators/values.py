"""Values of a contract's part: a tree of samplers, one per shape and location.

`Values.whole` makes a value of the part; `Values.around` makes one that has a given place and puts
there what it is told. Every structure, list and map on the way is made as valid as elsewhere, so
whatever is wrong with the result is wrong at that place alone.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Mapping
from typing import Any

from awsconform.generators.containers import ListSampler, MapSampler
from awsconform.generators.leaves import leaf
from awsconform.generators.locations import Location, body_of, member_location
from awsconform.generators.shapes import ENDLESS, Growth, LeafSampler, Make, Sampler, Unsatisfiable
from awsconform.generators.streams import EventsSampler
from awsconform.generators.structures import StructureSampler
from awsconform.specs.contract import Contract, Schema, SegmentPath, dense
from awsconform.specs.streams import MEDIA_TYPE, stream_member
from awsconform.specs.validation import Pointer

_NOTHING = {"type": "object", "properties": {}, "aws": {"type": "structure"}}
_RAW = ("blob", "string")
_STREAM = "the suite does not send event streams"


class Values:
    """The values of `request`, `response` or an error's code of a contract.

    `seed` decides what is in the pools of strings that the fuzzing phase picks from.
    """

    def __init__(self, contract: Contract, part: str, *, seed: int = 0) -> None:
        self.contract = contract
        self.part = part
        self._seed = seed
        self._known: dict[tuple[str, ...], Sampler] = {}
        self._streams = (
            part == "request" and stream_member(contract, contract.input_shape) is not None
        )
        shape = contract.part_shape(part)
        top = {"$ref": f"#/$defs/{shape}"} if shape else _NOTHING
        self.top = self._sampler(top, body_of(contract), top=True)
        self._settle()

    @property
    def unsatisfiable(self) -> str | None:
        """Why the part has no valid value that can be sent, or None."""
        if self._streams:
            return _STREAM
        return None if self.top.height < ENDLESS else self.top.reason

    def whole(self, growth: Growth) -> Any:
        """A valid value of the part.

        Raises:
            Unsatisfiable: there is none.
        """
        self._check()
        return self.top.sample(growth, 0)

    def around(self, growth: Growth, path: SegmentPath, make: Make) -> tuple[Any, Pointer]:
        """A value of the part with what `make` gives at `path`, and the pointer to it.

        Raises:
            Unsatisfiable: no valid value has that place.
        """
        self._check()
        return self.top.around(growth, path, make, 0)

    def at(self, path: SegmentPath) -> Sampler:
        """The sampler of a place.

        Raises:
            Unsatisfiable: there is no such place.
        """
        return functools.reduce(lambda sampler, segment: sampler.below(segment), path, self.top)

    def _check(self) -> None:
        if self.unsatisfiable is not None:
            raise Unsatisfiable(f"{self.contract.id} {self.part}: {self.unsatisfiable}")

    def _sampler(
        self, reference: Mapping[str, Any], location: Location, *, top: bool = False
    ) -> Sampler:
        schema = self.contract.resolve(reference)
        aws = schema.get("aws", {})
        # What a member says of itself makes another leaf of the same shape.
        traits = str((aws.get("timestampFormat"), aws.get("jsonvalue")))
        key = (str(reference.get("$ref", "")), location, traits)
        if key in self._known:
            return self._known[key]
        if aws.get("eventstream"):
            return self._events(schema, key)
        match aws.get("type", "document"):
            case "structure":
                structure = StructureSampler(schema, location if not top else Location.BODY)
                self._known[key] = structure
                for name, member in schema.get("properties", {}).items():
                    facts = self.contract.resolve(member).get("aws", {})
                    inside = member_location(self.contract, facts) if top else location
                    only = self._only_value(facts) if top else None
                    if only is not None:
                        schema_of_one = {"type": "string", "enum": [only], "aws": facts}
                        structure.members[name] = LeafSampler(leaf(schema_of_one, inside))
                        continue
                    structure.members[name] = self._sampler(member, inside)
                    # A body that is a stream cannot be left out, only be empty.
                    if facts.get("eventstream") and name not in structure.required:
                        structure.required.append(name)
                return structure
            case "list":
                several = ListSampler(schema, location)
                self._known[key] = several
                several.items = self._sampler(dense(schema["items"]), location)
                return several
            case "map":
                entries = MapSampler(schema, location)
                self._known[key] = entries
                entries.keys = self._sampler(schema["propertyNames"], location)
                entries.entries = self._sampler(dense(schema["additionalProperties"]), location)
                return entries
        single = LeafSampler(leaf(schema, location, self._salt(key)))
        self._known[key] = single
        return single

    def _only_value(self, facts: Mapping[str, Any]) -> str | None:
        """What a member has to be whose header says what kind of answer it is in."""
        named = facts.get("location") == "header" and facts.get("locationName", "").lower()
        if named == "x-amzn-errortype" and self.part in self.contract.errors:
            return self.part
        output = self.contract.output_shape if self.part == "response" else None
        if named == "content-type" and stream_member(self.contract, output) is not None:
            return MEDIA_TYPE
        return None

    def _events(self, schema: Schema, key: tuple[str, ...]) -> Sampler:
        stream = EventsSampler()
        self._known[key] = stream
        for name, member in schema.get("properties", {}).items():
            if self.contract.resolve(member).get("aws", {}).get("event"):
                stream.events[name] = self._event(member)
        return stream

    def _event(self, reference: Mapping[str, Any]) -> Sampler:
        event = self._sampler(reference, Location.BODY)
        if isinstance(event, StructureSampler):
            for name, member in self.contract.resolve(reference).get("properties", {}).items():
                facts = self.contract.resolve(member).get("aws", {})
                # The payload's bytes are there, if only none.
                raw = facts.get("eventpayload") and facts["type"] in _RAW
                if raw and name not in event.required:
                    event.required.append(name)
        return event

    def _salt(self, key: tuple[str, ...]) -> int:
        """A number that differs from leaf to leaf and from seed to seed."""
        return zlib.crc32(f"{self._seed}:{self.contract.id}:{key}".encode())

    def _settle(self) -> None:
        """Finds the heights: nothing is known at first, then more with every round."""
        changed = True
        while changed:
            changed = False
            for sampler in self._known.values():
                height = sampler.measure()
                if height < sampler.height:
                    sampler.height, changed = height, True


@functools.lru_cache(maxsize=256)
def values_of(contract: Contract, part: str, seed: int = 0) -> Values:
    """The samplers of a part of a contract, made once."""
    return Values(contract, part, seed=seed)
