"""Which operations are audited: named ones, all, or a sample that anybody can draw again."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from awsconform.specs.auditing import oracle

Selected = tuple[str, str]


def named(names: Iterable[str]) -> list[Selected]:
    """Services (all operations) and `service.Operation`; every service for none.

    Raises:
        UsageError: the installed botocore has no such service or operation.
    """
    chosen: dict[Selected, None] = {}
    for name in list(names) or oracle.services():
        service, _, operation = name.partition(".")
        for each in oracle.operations(service, operation):
            chosen[service, each] = None
    return list(chosen)


def sample(selection: Sequence[Selected], size: int, seed: int) -> list[Selected]:
    """As many of a selection as asked for, from as many services and protocols as possible.

    The services are gone through in turn, in an order that has every protocol at its beginning.
    The same for the same seed and selection; a larger one begins with the smaller.
    """
    chance = random.Random(seed)
    by_service: dict[str, list[Selected]] = {}
    for each in selection:
        by_service.setdefault(each[0], []).append(each)
    services = sorted(by_service)
    chance.shuffle(services)
    seen: dict[str, str] = {}
    for service in services:
        seen.setdefault(_protocol(service), service)
    first = list(seen.values())
    services = first + [service for service in services if service not in first]
    for service in sorted(by_service):
        chance.shuffle(by_service[service])
    turns = zip_longest(*(by_service[service] for service in services))
    drawn = (each for turn in turns for each in turn if each is not None)
    return [each for each, _ in zip(drawn, range(size), strict=False)]


def chunks(selection: Sequence[Selected], size: int) -> Iterator[tuple[str, list[str]]]:
    """The selection by service, at most `size` operations at once, in a stable order."""
    by_service: dict[str, list[str]] = {}
    for service, operation in selection:
        by_service.setdefault(service, []).append(operation)
    for service, names in by_service.items():
        for start in range(0, len(names), size):
            yield service, names[start : start + size]


def _protocol(service: str) -> str:
    return str(oracle.service_model(service).metadata.get("protocol"))
