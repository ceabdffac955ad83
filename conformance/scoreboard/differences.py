"""The clauses on which two columns differ: two targets, two versions of one, or two days.

Columns are compared as documents have them, so a committed scoreboard compares like a fresh one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from awsconform.errors import UsageError

CONFORMS, VIOLATES, NOT_JUDGED = "conforms", "violates", "not judged"

# What became of a clause, the worst first.
CHANGES = {
    (CONFORMS, VIOLATES): "broken",
    (NOT_JUDGED, VIOLATES): "newly violated",
    (CONFORMS, NOT_JUDGED): "no longer judged",
    (VIOLATES, NOT_JUDGED): "violated, no longer judged",
    (NOT_JUDGED, CONFORMS): "newly conforming",
    (VIOLATES, CONFORMS): "mended",
}


@dataclass(frozen=True)
class Difference:
    """One clause that stands otherwise in the second column."""

    clause: str
    before: str
    after: str

    @property
    def change(self) -> str:
        """What became of it, in a word or two."""
        return CHANGES[self.before, self.after]


@dataclass(frozen=True)
class Comparison:
    """Two columns, by how they are called, and all clauses on which they differ.

    `operations` counts those that were asked of both; where it is 0, nothing was compared.
    """

    before: str
    after: str
    differences: tuple[Difference, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    operations: int


def compared(
    old: Mapping[str, Any], before: str, new: Mapping[str, Any], after: str, *, title: str = ""
) -> Comparison:
    """The column `before` of one document and the column `after` of another, or of the same.

    `gained` and `lost` are the operations that only one of them has: nothing is said of their
    clauses. Findings that did not come up again count for nothing. `title` is put behind the name
    of the older column.

    Raises:
        UsageError: a document has no such column.
    """
    earlier, later = _cells(old, before), _cells(new, after)
    both = earlier.keys() & later.keys()
    was_there = {each for each in both if earlier[each]["implemented"]}
    is_there = {each for each in both if later[each]["implemented"]}
    found = [
        difference
        for operation in was_there & is_there
        for difference in _of_operation(operation, earlier[operation], later[operation])
    ]
    order = list(CHANGES.values())
    found.sort(key=lambda each: (order.index(each.change), each.clause))
    return Comparison(
        f"{before}{title}",
        after,
        tuple(found),
        gained=tuple(sorted(is_there - was_there)),
        lost=tuple(sorted(was_there - is_there)),
        operations=len(both),
    )


def _cells(document: Mapping[str, Any], label: str) -> dict[str, Mapping[str, Any]]:
    """How one target stands with each operation.

    Raises:
        UsageError: the document has no such target.
    """
    known = [each["label"] for each in document["targets"]]
    if label not in known:
        raise UsageError(
            f"no target is called {label!r} in the scoreboard",
            hint=f"those in it are {', '.join(known)}; --target NAME=TARGET calls one so",
        )
    return {
        each["id"]: each["targets"][label]
        for each in document["operations"]
        if label in each["targets"]
    }


def _of_operation(
    operation: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    earlier, later = _verdicts(before), _verdicts(after)
    flaky = {*before["clauses"]["flaky"], *after["clauses"]["flaky"]}
    for clause in sorted((earlier.keys() | later.keys()) - flaky):
        was, is_now = earlier.get(clause, NOT_JUDGED), later.get(clause, NOT_JUDGED)
        if was != is_now:
            yield Difference(f"{operation}/{clause}", was, is_now)


def _verdicts(cell: Mapping[str, Any]) -> dict[str, str]:
    return {
        clause: verdict for verdict in (CONFORMS, VIOLATES) for clause in cell["clauses"][verdict]
    }
