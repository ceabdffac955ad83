"""The items of walks, told apart by what was made for them, and two walks' items compared.

An item made for the walk is known by what is its own: its name, its id, its ARN. Of every other
item all that is known is what it looks like, and somebody else may change it meanwhile; so a
walk without a limit is made before the others and after them, and only what both hold is asked of
those between.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from awsconform.conformance.checks.walks import AGAIN, has_ended, is_whole
from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Purpose
from awsconform.specs.paging import lists_of

Marks = Sequence[Sequence[str]]
_OWN = "made "
_PART_OF_A_NAME = frozenset("-_.")


@dataclass
class Items:
    """The items of a walk: those of the first list counted, of further lists as a set.

    `made` are the numbers of the things made for the walk that were seen, `twice` the items that
    were on two pages just as they are, `alike` those that one page had several of, which nobody can
    tell apart.
    """

    counted: Counter[str] = field(default_factory=Counter)
    beside: set[str] = field(default_factory=set)
    made: set[int] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    alike: set[str] = field(default_factory=set)

    @property
    def unrecognised(self) -> int:
        """How many items are none that was made, as far as they show."""
        return sum(count for key, count in self.counted.items() if not key.startswith(_OWN))

    def keys(self) -> set[str]:
        """Every item, of any list."""
        return self.counted.keys() | self.beside


@dataclass(frozen=True)
class Surroundings:
    """What the walks without a limit saw, the one before and the one after the others.

    `moved` says that what is listed looked otherwise after them: it changes on its own.
    """

    before: Items | None
    after: Items | None
    moved: bool = False

    @classmethod
    def of(cls, evidence: Evidence) -> Surroundings:
        """Those of all the evidence; each None where the walk did not come to its end."""
        before, after = whole_walks(evidence)
        known = all(walk and has_ended(walk) for walk in (before, after))
        moved = known and looks(before) != looks(after)
        return cls(_of_ended(before), _of_ended(after), moved)

    def differences(self, items: Items) -> tuple[int, int]:
        """How many items a complete walk lacks, and how many it has that are nowhere else."""
        if self.before is None:
            return 0, 0
        after = self.after or self.before
        missing = (self.before.keys() & after.keys()) - items.keys()
        steady = self.before.keys() == after.keys()
        extra = items.keys() - self.before.keys() if steady else set()
        return len(missing), len(extra)

    def repeated(self, items: Items) -> int:
        """How many items of a walk came more often than they should."""
        before, after = self.before, self.after or self.before
        if before is None or after is None or before.counted != after.counted:
            # Somebody else's items may move from page to page when others come and go.
            return len([key for key in items.twice - items.alike if key.startswith(_OWN)])
        more = {key for key, count in items.counted.items() if count > before.counted[key] > 0}
        return len((items.twice - items.alike - before.alike) | more)

    def lost(self, items: Items, marks: Marks, *, sure: bool) -> set[int]:
        """The things made that a complete walk lacks.

        Those are due that are listed before and after; where it is `sure` that all are listed, all
        of them are, unless they may be among the items in which nothing can be recognised.
        """
        due: set[int] = set()
        if self.before is not None:
            due = (self.before.made & (self.after or self.before).made) - items.made
        if due or not sure:
            return due
        lost = {number for number, own in enumerate(marks) if own} - items.made
        return lost if items.unrecognised < len(lost) else set()


def looks(walk: list[Observed]) -> list[str]:
    """What a walk shows, item by item, without members that change on their own."""
    ignored = frozenset(walk[0].facts.get("ignore", ()))
    return [
        json.dumps(without(item, ignored), sort_keys=True)
        for page in walk
        for items in lists_of(page.contract, page.value)
        for item in items
    ]


def whole_walks(evidence: Evidence) -> tuple[list[Observed], list[Observed]]:
    """The walks without a limit before and after the others; empty where there is none.

    Of several before them it is the last, which found things as they then stayed.
    """
    groups = evidence.groups(Purpose.PAGE)
    before = [walk for name, walk in groups.items() if is_whole(name) and name != AGAIN]
    return (before[-1] if before else []), groups.get(AGAIN, [])


def _of_ended(walk: list[Observed]) -> Items | None:
    return items_of_walk(walk) if walk and has_ended(walk) else None


def items_of_walk(walk: list[Observed]) -> Items:
    """The items of one walk, without members that change on their own."""
    ignored = frozenset(walk[0].facts.get("ignore", ()))
    marks: Marks = walk[0].facts.get("marks", ())
    found = Items()
    seen: set[tuple[str, str]] = set()
    for page in walk:
        here: Counter[tuple[str, str]] = Counter()
        for number, items in enumerate(lists_of(page.contract, page.value)):
            for item in items:
                text = json.dumps(without(item, ignored), sort_keys=True)
                own = owner(item, marks)
                key = text if own is None else f"{_OWN}{own}"
                if own is not None:
                    found.made.add(own)
                if number:
                    found.beside.add(f"{number} {key}")
                    continue
                found.counted[key] += 1
                here[key, text] += 1
        found.twice |= {key for key, _ in here.keys() & seen}
        found.alike |= {key for (key, _), count in here.items() if count > 1}
        seen |= here.keys()
    return found


def owner(item: Any, marks: Marks) -> int | None:
    """The number of the one made thing that an item is about; None where it is about none."""
    texts = list(_texts(item))
    owners = [
        number for number, own in enumerate(marks) if any(_names(text, own) for text in texts)
    ]
    return owners[0] if len(owners) == 1 else None


def without(item: Any, ignored: Iterable[str]) -> Any:
    """An item without some of its members."""
    if isinstance(item, dict):
        return {name: value for name, value in item.items() if name not in ignored}
    return item


def _texts(item: Any) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    elif isinstance(item, dict):
        for each in item.values():
            yield from _texts(each)
    elif isinstance(item, list):
        for each in item:
            yield from _texts(each)


def _names(text: str, own: Sequence[str]) -> bool:
    """Whether a text is one of a thing's names, or holds it whole, as an ARN holds a name."""
    return any(_holds(text, mark) for mark in own)


def _holds(text: str, mark: str) -> bool:
    start = text.find(mark)
    while start >= 0:
        around = text[start - 1 : start] + text[start + len(mark) : start + len(mark) + 1]
        if not any(letter.isalnum() or letter in _PART_OF_A_NAME for letter in around):
            return True
        start = text.find(mark, start + 1)
    return False
