"""The items of walks, told apart by what was made for them.

An item made for the walk is known by what is its own: its name, its id, its ARN. Of every other
item all that is known is what it looks like.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from awsconform.conformance.evidence import Observed
from awsconform.specs.contract import SegmentPath
from awsconform.specs.paging import lists_of

Marks = Sequence[Sequence[str]]
Left = frozenset[SegmentPath]
OWN = "made "
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
        return sum(count for key, count in self.counted.items() if not key.startswith(OWN))

    def keys(self) -> set[str]:
        """Every item, of any list."""
        return self.counted.keys() | self.beside


def items_of_walk(walk: Sequence[Observed], left: Left = frozenset()) -> Items:
    """The items of one walk, without members that change on their own: hinted at, or `left` out."""
    marks: Marks = walk[0].facts.get("marks", ())
    found = Items()
    seen: set[tuple[str, str]] = set()
    for page in walk:
        here: Counter[tuple[str, str]] = Counter()
        for number, items in enumerate(lists_of(page.contract, page.value)):
            for item in items:
                text = shown(item, walk, left)
                own = owner(item, marks)
                key = text if own is None else f"{OWN}{own}"
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


def shown(item: Any, walk: Sequence[Observed], left: Left = frozenset()) -> str:
    """What an item of a walk looks like, without members that change on their own."""
    hinted = {(name,) for name in walk[0].facts.get("ignore", ())}
    return json.dumps(_without(item, (), left | hinted), sort_keys=True)


def _without(value: Any, path: SegmentPath, left: Left) -> Any:
    if isinstance(value, dict):
        return {
            name: _without(below, (*path, name), left)
            for name, below in value.items()
            if (*path, name) not in left
        }
    if isinstance(value, list):
        return [_without(below, (*path, "*"), left) for below in value]
    return value


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
