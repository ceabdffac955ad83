"""Making a generated request fit what lives on the target.

A fitted request is as valid as the generated one, or breaks just what that breaks: everything here
leaves the place alone that a request is about.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from awsconform.conformance.state.templates import Unfilled, filled
from awsconform.generators.choices import RandomChoices
from awsconform.generators.overlay import at, bind, pointers, touches, without
from awsconform.generators.samples import member_value
from awsconform.generators.shapes import Unsatisfiable
from awsconform.specs.contract import ITEM, KEY, Contract, SegmentPath
from awsconform.specs.validation import Pointer, failures

Unique = Callable[[], str]
Find = Callable[[SegmentPath], Iterable[Any]]

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NAME_LENGTH, SHORTEST_NAME, LONGEST_NAME = 14, 4, 255
_TRIES = 100


class Fitting:
    """One request on its way to fit.

    `keep` leads to the place that stays as it was generated, `asked` to one that has to be there,
    whatever its value; both are empty where a request is not about a place.
    """

    def __init__(
        self,
        contract: Contract,
        value: dict[str, Any],
        *,
        keep: SegmentPath = (),
        asked: SegmentPath = (),
    ) -> None:
        self.contract = contract
        self.value = value
        self.keep = keep
        self.asked = keep or asked
        self.bound: set[SegmentPath] = set()

    def leave_out(self, names: Iterable[str]) -> None:
        """Takes members out, but for the one the request is about."""
        gone = set(names) - set(self.asked[:1])
        self.value = {name: each for name, each in self.value.items() if name not in gone}

    def lay(self, values: Mapping[str, Any], live: Mapping[str, Any], unique: Unique) -> None:
        """Sets members to fixed values, or to what templates of them become."""
        for place, template in values.items():
            try:
                value = filled(template, live, unique)
            except Unfilled:
                # Without the value it is better to send what was generated.
                continue
            self._set(tuple(place.split("/")), value)

    def bind(
        self, live: Mapping[str, Any], binds: Mapping[str, str], apart: Sequence[str] = ()
    ) -> None:
        """Sets the members that have the names of live values, and the places told to have one.

        Members `apart` have names of their own: they are not to be what lives already.
        """
        members = self.contract.members("request")
        for name, value in live.items():
            if name in members and name not in apart and value is not None:
                self._set((name,), value)
        for place, name in binds.items():
            if live.get(name) is not None:
                self._set(tuple(place.split("/")), live[name])

    def choose(self, groups: Iterable[Sequence[str]]) -> None:
        """Leaves one of each group of members that exclude each other: what is asked, or lives."""
        for group in groups:
            there = [name for name in group if name in self.value]
            asked = [name for name in there if name in self.asked[:1]]
            live = [name for name in there if (name,) in self.bound]
            chosen = (asked or live or there)[:1]
            gone = {name for name in there if name not in chosen}
            self.value = {name: each for name, each in self.value.items() if name not in gone}

    def refer(
        self,
        places: Iterable[SegmentPath],
        knows: Callable[[Any], bool],
        find: Find,
        drop: bool = True,
    ) -> None:
        """Puts live values where something that exists is named and what stands there does not.

        `find` gives candidates for a place; where there is none, a member that may go is dropped.
        """
        for path in places:
            for pointer in reversed(pointers(self.value, path)):
                named = at(self.value, pointer)
                if not isinstance(named, str) or knows(named):
                    continue
                if self._is_kept(path) or self._is_bound(path):
                    continue
                fitting = (each for each in find(path) if self._admits(pointer, each))
                live = next(fitting, None)
                if live is not None:
                    self.value = bind(self.value, {pointer: live})
                elif drop:
                    self._drop(pointer)

    def renew(self, places: Iterable[str], draw: Find) -> None:
        """Draws the members anew that must not be the same twice."""
        for place in dict.fromkeys(places):
            path = tuple(place.split("/"))
            for pointer in pointers(self.value, path):
                if at(self.value, pointer) is None or path in self.bound or self._is_kept(path):
                    continue
                drawn = next((each for each in draw(path) if self._admits(pointer, each)), None)
                if drawn is not None:
                    self.value = bind(self.value, {pointer: drawn})

    def _is_kept(self, path: SegmentPath) -> bool:
        return bool(self.keep) and touches(path, self.keep)

    def _is_bound(self, path: SegmentPath) -> bool:
        return any(path[: len(each)] == each for each in self.bound)

    def _set(self, path: SegmentPath, value: Any) -> None:
        if self._is_kept(path):
            self._set_beside(path, value)
            return
        self.bound.add(path)
        if path[-1] == KEY:
            self._set_key(path[:-1], value)
            return
        found = pointers(self.value, path)
        self.value = bind(self.value, dict.fromkeys(found, value))
        if path[-1] == ITEM:
            # The same item twice would break what most lists want.
            for pointer in reversed(found[1:]):
                self._drop(pointer, alone=True)

    def _set_beside(self, path: SegmentPath, value: Any) -> None:
        """Sets what is beside the kept place inside of a structure, or of a list's only item."""
        place = self.contract.place("request", path)
        if place is None or len(self.keep) <= len(path) or self.keep[: len(path)] != path:
            return
        if place.kind == "structure" and isinstance(value, dict):
            for name, below in value.items():
                self._set((*path, name), below)
        only = place.kind == "list" and len(pointers(self.value, (*path, ITEM))) == 1
        if only and isinstance(value, list) and len(value) == 1:
            self._set((*path, ITEM), value[0])

    def _set_key(self, path: SegmentPath, name: Any) -> None:
        """Gives a map one entry with the live key, the first it had."""
        for pointer in pointers(self.value, path):
            entries = at(self.value, pointer)
            if not isinstance(entries, dict) or not entries:
                continue
            if len(entries) > 1 and self.keep[: len(path)] == path and self.keep:
                continue
            first = next(iter(entries.values()))
            self.value = bind(self.value, {pointer: {name: first}})

    def _admits(self, pointer: Pointer, value: Any) -> bool:
        """Whether a request with a value at a place fails no more than it does now."""
        return self._fails(bind(self.value, {pointer: value})) == self._fails(self.value)

    def _drop(self, pointer: Pointer, *, alone: bool = False) -> None:
        """Leaves out what is at a pointer, or the least around it that may be missing."""
        for length in range(len(pointer), len(pointer) - 1 if alone else 0, -1):
            around = pointer[:length]
            path = self.contract.generalise("request", around)
            if self.asked and self.asked[: len(path)] == path:
                return
            left = without(self.value, around)
            if self._fails(left) == self._fails(self.value):
                self.value = left
                return

    def _fails(self, value: dict[str, Any]) -> set[tuple[Pointer, str]]:
        return {(each.pointer, each.keyword) for each in failures(self.contract, "request", value)}


class Names:
    """New names: plain ones that services take, none of them twice."""

    def __init__(self, choices: RandomChoices) -> None:
        self._choices = choices
        self._used: set[str] = set()

    def unique(self) -> str:
        """Lower-case letters and digits, the first a letter."""
        first = self._choices.text(LETTERS, 1)
        return first + self._choices.text(f"{LETTERS}0123456789", NAME_LENGTH - 1)

    def of(self, contract: Contract, path: SegmentPath) -> Iterator[Any]:
        """New values for a member, the plainest first; not all of them have to be valid there."""
        place = contract.place("request", path)
        if place is None:
            return
        if place.kind == "string":
            least, most = (place.schema.get(each) for each in ("minLength", "maxLength"))
            length = min(max(NAME_LENGTH, least or 0), most or LONGEST_NAME)
            if length >= SHORTEST_NAME:
                yield self._fresh(lambda: self.unique() * length)[:length]
        with contextlib.suppress(Unsatisfiable):
            yield self._fresh(lambda: member_value(contract, path, self._choices))

    def _fresh(self, draw: Callable[[], Any]) -> Any:
        for _ in range(_TRIES):
            drawn = draw()
            if str(drawn) not in self._used:
                break
        self._used.add(str(drawn))
        return drawn
