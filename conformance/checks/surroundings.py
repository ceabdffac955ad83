"""The walks without a limit around the others: what is listed, and whether it stays as it is.

Somebody else may change what is listed meanwhile, and so may what was made that is still at work;
so a walk without a limit is made before the others and after them, and only what both hold is asked
of those between. A list whose items change their state, or their order, is moving. One whose items
have a member that differs with each answer, as the time of it does, is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from awsconform.conformance.checks.reading import moves
from awsconform.conformance.checks.walked_items import (
    OWN,
    Items,
    Left,
    Marks,
    items_of_walk,
    owner,
    shown,
)
from awsconform.conformance.checks.walks import AGAIN, has_ended, is_whole
from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Purpose
from awsconform.specs.contract import SegmentPath
from awsconform.specs.paging import lists_of

Walk = Sequence[Observed]
# So many answers that all differ in a member show that it differs with each.
ANSWERS = 3


@dataclass(frozen=True)
class Surroundings:
    """What the walks without a limit saw, the one before and the one after the others.

    `moved` says that what is listed looked otherwise after them, or never came to rest before them:
    it changes on its own. `left` are the members that differ with each answer.
    """

    before: Items | None
    after: Items | None
    moved: bool = False
    left: Left = frozenset()

    @classmethod
    def of(cls, evidence: Evidence) -> Surroundings:
        """Those of all the evidence; each None where the walk did not come to its end."""
        earlier, after = _before(evidence), _after(evidence)
        before = earlier[-1] if earlier else []
        ended = [walk for walk in earlier if has_ended(walk)]
        left = differing([*ended, after] if after and has_ended(after) else ended)
        known = all(walk and has_ended(walk) for walk in (before, after))
        moved = known and _look(before, left) != _look(after, left)
        restless = bool(before) and before[0].facts.get("settled") is False
        moved = moved or (restless and not any(_alike(*pair, left) for pair in pairwise(ended)))
        found = [
            items_of_walk(walk, left) if walk and has_ended(walk) else None
            for walk in (before, after)
        ]
        return cls(found[0], found[1], moved, left)

    def items_of(self, walk: Walk) -> Items:
        """The items of a walk, told apart as those around it are."""
        return items_of_walk(walk, self.left)

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
            return len([key for key in items.twice - items.alike if key.startswith(OWN)])
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


def look_alike(one: Walk, other: Walk) -> bool:
    """Whether two walks show the same items in the same order, but for what time changes."""
    return _alike(one, other, differing([one, other]))


def whole_walks(evidence: Evidence) -> Iterator[list[Observed]]:
    """The walks without a limit before and after the others, as far as they were made.

    Of several before them it is the last, which found things as they then stayed.
    """
    yield from _before(evidence)[-1:]
    after = _after(evidence)
    if after:
        yield after


def differing(walks: Sequence[Walk]) -> Left:
    """The members of made things that differ with each answer, and those that tell a time.

    Only a thing that each walk shows once can be compared with itself.
    """
    singles = [_singles(walk) for walk in walks]
    if not singles:
        return frozenset()
    found: set[SegmentPath] = set()
    for number in set.intersection(*(set(each) for each in singles)):
        states = [_leaves(each[number]) for each in singles]
        for path in set().union(*states):
            values = {repr(state.get(path)) for state in states}
            every = len(states) >= ANSWERS and len(values) == len(states)
            timed = len(values) > 1 and all(_is_timed(path, state) for state in states)
            if every or timed:
                found.add(path)
    return frozenset(found)


def _alike(one: Walk, other: Walk, left: Left) -> bool:
    return _look(one, left) == _look(other, left)


def _look(walk: Walk, left: Left) -> list[str]:
    """What a walk shows, item by item, without members that change on their own."""
    return [
        shown(item, walk, left)
        for page in walk
        for items in lists_of(page.contract, page.value)
        for item in items
    ]


def _before(evidence: Evidence) -> list[list[Observed]]:
    groups = evidence.groups(Purpose.PAGE)
    return [walk for name, walk in groups.items() if is_whole(name) and name != AGAIN]


def _after(evidence: Evidence) -> list[Observed]:
    return evidence.groups(Purpose.PAGE).get(AGAIN, [])


def _singles(walk: Walk) -> dict[int, Any]:
    """The items of things that were made, by number, where a walk has just one of it."""
    marks: Marks = walk[0].facts.get("marks") or ()
    found: dict[int, Any] = {}
    times: Counter[int] = Counter()
    for page in walk:
        for item in next(iter(lists_of(page.contract, page.value)), ()):
            own = owner(item, marks)
            if own is not None:
                found[own] = item
                times[own] += 1
    return {number: item for number, item in found.items() if times[number] == 1}


def _leaves(value: Any, path: SegmentPath = ()) -> dict[SegmentPath, list[Any]]:
    """What stands at each place of an item that has nothing below it."""
    found: dict[SegmentPath, list[Any]] = {}
    below: list[tuple[SegmentPath, Any]] = []
    if isinstance(value, dict):
        below = [((*path, name), each) for name, each in value.items()]
    elif isinstance(value, list):
        below = [((*path, "*"), each) for each in value]
    if not below:
        return {path: [value]}
    for place, each in below:
        for leaf, values in _leaves(each, place).items():
            found.setdefault(leaf, []).extend(values)
    return found


def _is_timed(path: SegmentPath, state: dict[SegmentPath, list[Any]]) -> bool:
    return bool(path) and path in state and all(moves(path[-1], each) for each in state[path])
