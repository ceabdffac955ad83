"""One example of a request, a response or an error, fit to be read and to be sent by hand."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from awsconform.generators.choices import FixedStructure, RandomChoices
from awsconform.generators.containers import ListSampler, MapSampler
from awsconform.generators.plausible import Sense
from awsconform.generators.proof import judgeable, proven_valid
from awsconform.generators.shapes import Fill, Growth, LeafSampler, Sampler, Unsatisfiable
from awsconform.generators.structures import StructureSampler
from awsconform.generators.values import Values
from awsconform.specs.contract import ITEM, KEY, VALUE, Contract

_TRIES = 8


@dataclass(frozen=True)
class Example:
    """A valid value in logical JSON.

    `contract` is the one it fits: that of the operation without `streams`, the members that are
    streams and therefore are no part of the value.
    """

    value: dict[str, Any]
    contract: Contract
    streams: tuple[str, ...]


def example(contract: Contract, part: str, *, fill: Fill, seed: int, today: datetime) -> Example:
    """An example of `request`, `response` or an error's code; the same for the same arguments.

    `fill` says how many of the optional members it has. Times are near `today`.

    Raises:
        Unsatisfiable: the contract admits no value, or the validator cannot judge any.
    """
    reduced, streams = without_streams(contract, part)
    values = Values(reduced, part)
    why = values.unsatisfiable or judgeable(reduced, part)
    if why is not None:
        raise Unsatisfiable(f"{contract.id} has no valid {part}: {why}")
    for attempt in range(seed, seed + _TRIES):
        source = RandomChoices(random.Random(attempt))
        drawn = values.whole(Growth(FixedStructure(source, seed=attempt), fill))
        sense = Sense(contract.service, today, RandomChoices(random.Random(f"{attempt} sense")))
        for value in (_sensible(values.top, "", drawn, sense), drawn):
            if proven_valid(reduced, part, value):
                return Example(value, reduced, streams)
    raise Unsatisfiable(f"no valid {part} of {contract.id} was found")


def without_streams(contract: Contract, part: str) -> tuple[Contract, tuple[str, ...]]:
    """A contract without the members of a part that are streams, and their names."""
    shape = contract.part_shape(part)
    if shape is None:
        return contract, ()
    whole = contract.definitions[shape]
    members = whole.get("properties", {})
    streams = tuple(name for name, node in members.items() if _streams(contract, node))
    if not streams:
        return contract, ()
    reduced = {
        **whole,
        "properties": {name: node for name, node in members.items() if name not in streams},
        "required": [name for name in whole.get("required", ()) if name not in streams],
    }
    definitions = {**contract.definitions, shape: reduced}
    return Contract({**contract.document, "$defs": definitions}, origin=contract.origin), streams


def is_event_stream(contract: Contract, part: str, member: str) -> bool:
    """Whether a stream is one of events, not of bytes."""
    place = contract.place(part, (member,))
    return place is not None and bool(place.aws.get("eventstream"))


def _streams(contract: Contract, node: Any) -> bool:
    aws = contract.resolve(node).get("aws", {})
    return bool(aws.get("streaming") or aws.get("eventstream"))


def _sensible(sampler: Sampler, name: str, drawn: Any, sense: Sense) -> Any:
    """A value with plausible leaves in the structure of one that was drawn."""
    if drawn is None:
        return None
    if isinstance(sampler, StructureSampler):
        return {
            member: _sensible(sampler.below(member), member, below, sense)
            for member, below in drawn.items()
        }
    if isinstance(sampler, ListSampler):
        item = sampler.below(ITEM)
        return [_sensible(item, name, below, sense) for below in drawn]
    if isinstance(sampler, MapSampler):
        return _entries(sampler, name, drawn, sense)
    if isinstance(sampler, LeafSampler):
        return sense.value(sampler.leaf, name, drawn)
    return drawn


def _entries(sampler: MapSampler, name: str, drawn: dict[str, Any], sense: Sense) -> dict[str, Any]:
    keys, values = sampler.below(KEY), sampler.below(VALUE)
    entries: dict[str, Any] = {}
    for key, below in drawn.items():
        # Two entries with one name would be one.
        told = _sensible(keys, "key", key, sense)
        if told in entries or told in drawn.keys() - {key}:
            told = key
        entries[told] = _sensible(values, name, below, sense)
    return entries
