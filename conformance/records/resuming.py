"""Going on with a run that did not end.

Operations that ended are kept with all they showed that later ones are judged by. What was sent for
the operation under way is cut off, and that operation is brought up from its beginning. Whatever
lived on the target is not known any more, and what it answers to nonsense is asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from typing import Any

from awsconform.conformance.evidence import observe
from awsconform.conformance.exchange import Exchange
from awsconform.conformance.known import BEGINNING, Earlier, Known, Shared
from awsconform.conformance.once_a_service import KINDS
from awsconform.conformance.outcomes import JUDGED
from awsconform.conformance.planning.guarding import Poison
from awsconform.conformance.records.reading import Record
from awsconform.conformance.records.restoring import restored, restored_case
from awsconform.conformance.records.writing import RecordFile
from awsconform.conformance.reports.asked import contract_of
from awsconform.conformance.reports.conditions import Conditions
from awsconform.conformance.reports.document import header_document
from awsconform.conformance.reports.exchange_documents import Document
from awsconform.errors import Location, UsageError
from awsconform.specs.contract import Contract

# Versions that decide what is sent and how it is judged.
_DECIDING = ("awsconform", "botocore", "hypothesis")


@dataclass(frozen=True)
class Resumed:
    """What is gone on with: the lines of the operations that ended, and what is known by them.

    `number` is that of the last exchange; `exchanges` are those that may be named again.
    """

    earlier: Earlier = BEGINNING
    operations: tuple[Document, ...] = ()
    number: int = 0
    exchanges: tuple[tuple[Exchange, int], ...] = ()


NOT_RESUMED = Resumed()


def resumed(record: Record, conditions: Conditions, contracts: Sequence[Contract]) -> Resumed:
    """What a record says of a run that is to be gone on with.

    Raises:
        UsageError: it was begun otherwise; all that differs is named.
    """
    differences = list(_differences(record.header, header_document(conditions, contracts)))
    if differences:
        raise UsageError(
            f"the run was begun otherwise: {'; '.join(differences)}",
            hint="call it as it was called then, or record to another file",
            location=Location(str(record.path)),
        )
    by_id = {contract.id: contract for contract in contracts}
    lines = tuple(record.operations.values())
    if not lines:
        return NOT_RESUMED
    state = lines[-1]["state"]

    def asked(number: int) -> Contract:
        line = record.exchanges[number]
        return contract_of(by_id[line["sentFor"]], line["operation"])

    exchanges, poisoned = [], {}
    for name, each in state["poisoned"].items():
        exchange = restored(record, each["exchange"])
        exchanges.append((exchange, each["exchange"]))
        poisoned[name] = Poison(each["by"], observe(asked(each["exchange"]), exchange))
    known = Known(
        given_up=state["givenUp"],
        shown=dict(_shown(lines)),
        poisoned=poisoned,
        wrong=tuple(
            (asked(number), restored_case(record, number))
            for line in lines
            for number in line["state"]["wrong"]
        ),
    )
    return Resumed(
        Earlier(frozenset(record.operations), known),
        lines,
        max(islice(record.exchanges, record.ended.exchanges), default=0),
        tuple(exchanges),
    )


def reopened(record: Record) -> RecordFile:
    """The file of a record, cut off behind the last operation that ended.

    Raises:
        RecordInUse: another process is writing to it.
        RecordUnwritable: it cannot be written.
    """
    ended = record.ended
    return RecordFile.reopened(record.path, ended.length, islice(record.bodies, ended.bodies))


def _shown(lines: Sequence[Document]) -> Iterator[tuple[Shared, str]]:
    """What was shown once for a service, and by which operation."""
    for line in lines:
        for clause in line["clauses"]:
            if clause["kind"] in KINDS and clause["verdict"] in JUDGED:
                yield (line["service"], line["protocol"], clause["kind"]), line["id"]


def _differences(there: Document, here: Document) -> Iterator[str]:
    for name in ("target", "seed"):
        yield from _difference(name, there[name], here[name])
    then, now = there["options"], here["options"]
    for name in dict.fromkeys([*now, *then]):
        yield from _difference(name, then.get(name), now.get(name))
    yield from _difference("options", there["endpoint"]["flags"], here["endpoint"]["flags"])
    for name in _DECIDING:
        yield from _difference(name, there["versions"][name], here["versions"][name])
    then, now = there["contracts"], here["contracts"]
    changed = {each for each in then.keys() & now.keys() if then[each] != now[each]}
    yield from _named("not asked for now", then.keys() - now.keys())
    yield from _named("not asked for then", now.keys() - then.keys())
    yield from _named("of another contract now", changed)
    if then == now and list(then) != list(now):
        yield "the operations were in another order"


def _named(title: str, operations: Set[str]) -> Iterator[str]:
    if operations:
        yield f"{', '.join(sorted(operations))} {title}"


def _difference(name: str, there: Any, here: Any) -> Iterator[str]:
    if there != here:
        yield f"{name} was {_told(there)} and is {_told(here)}"


def _told(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value) or "none"
    return "none" if value is None else str(value)
