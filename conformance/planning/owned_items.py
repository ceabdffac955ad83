"""Items made so that there is something to page through, and what tells each from the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from awsconform.conformance.planning.page_sizes import Limits
from awsconform.conformance.state.resources import Resources, SetupFailed
from awsconform.specs.contract import Contract

FEWEST, MOST = 5, 12
USUAL = 7
SHORTEST_MARK = 6


@dataclass(frozen=True)
class Owned:
    """What was made before a walk.

    `owned` says that nobody else changes what is listed; `made` how many items there are for
    certain, None where nobody knows; `marks` the texts by which each is known; `sure` that
    somebody who knows the service says they are listed; `common` what all of them have, such as
    the name of what they belong to.
    """

    owned: bool
    made: int | None = None
    marks: tuple[tuple[str, ...], ...] = ()
    sure: bool = False
    common: frozenset[str] = frozenset()

    def facts(self) -> dict[str, Any]:
        """The same for the checks."""
        return {"owned": self.owned, "made": self.made, "marks": self.marks, "sure": self.sure}


def make_items(contract: Contract, resources: Resources) -> Owned:
    """Makes what the operation lists, so many that there are several pages if that can be."""
    hint = resources.hint
    if hint.owns is None:
        return Owned(False)
    # What the items belong to comes first, and all of them belong to the same.
    around = {str(each) for each in resources.bindings().values()}
    made: list[set[str]] = []
    for _ in range(_wanted(contract, resources)):
        try:
            bound = resources.make(hint.owns)
        except SetupFailed as failed:
            resources.note(f"{contract.operation} lists {hint.owns}: {failed}")
            break
        made.append({text for value in bound.values() for text in _texts(value)})
    if not made:
        return Owned(not _counts(contract, resources))
    sure = "owns" in _stated(contract, resources)
    common = frozenset(set.intersection(*made))
    return Owned(True, len(made), _marks(made, around), sure, common)


def unfiltered(
    contract: Contract, resources: Resources, request: dict[str, Any], owned: Owned
) -> dict[str, Any]:
    """A request without the optional members that ask for one item of those it lists."""
    owns = resources.hint.owns
    if not owned.made or owns not in resources.hint.needs or owns not in resources.hints.resources:
        return request
    given = resources.hints.resources[owns].gives
    bound = resources.bindings()
    names = {str(bound[name]) for name in given if name in bound}
    members = contract.members("request")
    return {
        name: value
        for name, value in request.items()
        if members[name].required or str(value) not in names - owned.common
    }


def _wanted(contract: Contract, resources: Resources) -> int:
    """As many as a hint says; else so many that three pages of the smallest size are not full."""
    hint = resources.hint
    if hint.count or not _counts(contract, resources):
        return hint.count
    limits = Limits.of(contract)
    needed = 2 * limits.least + 1
    return USUAL if needed <= USUAL else needed if needed <= MOST else FEWEST


def _counts(contract: Contract, resources: Resources) -> bool:
    """Whether items have to be made at all: some operations own what they list from the start."""
    return bool(resources.hint.count) or "count" not in _stated(contract, resources)


def _stated(contract: Contract, resources: Resources) -> frozenset[str]:
    """The keys that somebody wrote down of the operation."""
    return resources.hints.stated.get(f"operations/{contract.operation}", frozenset())


def _marks(made: list[set[str]], around: set[str]) -> tuple[tuple[str, ...], ...]:
    """The texts that only one of the things has, and not what they belong to."""
    shared = Counter(text for each in made for text in each)
    return tuple(
        tuple(sorted(text for text in each if shared[text] == 1 and text not in around))
        for each in made
    )


def _texts(value: Any) -> Iterator[str]:
    """A value by which something is known, and its last part: an ARN's or an address's name."""
    if isinstance(value, str) and len(value) >= SHORTEST_MARK:
        yield value
        last = value.rstrip("/").replace("/", ":").rpartition(":")[2]
        if len(last) >= SHORTEST_MARK:
            yield last
