"""A sample of operations in which every protocol is well represented."""

from __future__ import annotations

import random
from collections.abc import Sequence

from awsconform.specs import catalog
from awsconform.specs.auditing.selecting import Selected

# A protocol that few services speak still gets this part of the sample, or all its operations.
_LEAST = 1 / 12
_UNKNOWN = "none"


def sample(selection: Sequence[Selected], size: int, seed: int) -> list[Selected]:
    """As many of a selection as asked for; the same for the same seed and selection."""
    chance = random.Random(seed)
    by_protocol: dict[str, list[Selected]] = {}
    for each in sorted(selection):
        by_protocol.setdefault(_protocol(each[0]), []).append(each)
    chosen: list[Selected] = []
    rest: list[Selected] = []
    least = int(size * _LEAST)
    for operations in by_protocol.values():
        chance.shuffle(operations)
        chosen += operations[:least]
        rest += operations[least:]
    chance.shuffle(rest)
    return sorted([*chosen, *rest][:size])


def _protocol(service: str) -> str:
    known = catalog.default().summary(service)
    return known.protocols[0] if known and known.protocols else _UNKNOWN
