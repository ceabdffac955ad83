"""What a run learns from one operation that the next ones are judged by, apart from the target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from awsconform.conformance.exchange import Case
from awsconform.conformance.planning.guarding import Poison
from awsconform.specs.contract import Contract

# Service, protocol and kind of a clause that is shown once.
Shared = tuple[str, str, str]


@dataclass(frozen=True)
class Known:
    """What is known when an operation has ended.

    `given_up` counts the operations that were given up since the target had stopped answering.
    `shown` has the operation that showed what is shown once for a service. `poisoned` are the reads
    that are broken for good, by the operation that reads; `wrong` the requests that were accepted
    though they were wrong, with the contracts of what they were sent to, in the order they were
    sent. They take memory, so a series tells of each when its operation has ended and no more.
    """

    given_up: int = 0
    shown: Mapping[Shared, str] = field(default_factory=dict)
    poisoned: Mapping[str, Poison] = field(default_factory=dict)
    wrong: tuple[tuple[Contract, Case], ...] = ()


NOTHING = Known()


@dataclass(frozen=True)
class Earlier:
    """The part of a run that another process did: the ids of the operations that ended there."""

    operations: frozenset[str] = frozenset()
    known: Known = NOTHING


BEGINNING = Earlier()
