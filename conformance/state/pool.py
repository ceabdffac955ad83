"""The live values of a target, learnt from what it accepted: ids, names, arns that serve later on.

A value is found again by the name of its shape (a `FarmId` serves every request that takes one),
by the name of its member, by what it is of and the kind of identifier it is (the `Arn` of a `Key`
serves as `KeyArn`), and an arn by the type of resource in it.

What was made in this run is told from what was only seen there: that may be anybody's, and serves
requests that read and no others.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

from awsconform.conformance.evidence import Observed
from awsconform.conformance.state.naming import (
    Identity,
    identity,
    is_telling,
    shape_name,
)
from awsconform.conformance.state.unanswered import Unanswered
from awsconform.conformance.targets.target import Target
from awsconform.generators.overlay import at, pointers
from awsconform.specs.contract import KEY, Contract, Place, SegmentPath
from awsconform.specs.effects import only_reads
from awsconform.specs.producing.verbs import Role, action
from awsconform.specs.producing.words import key, words
from awsconform.specs.validation import is_valid

REGION, ACCOUNT = "us-east-1", "123456789012"
LONGEST = 2048
_MOST_OF_A_PLACE = 5
_MOST_OF_A_KEY = 32
# Names of this length are drawn at random, so nobody else has the same.
UNIQUE = 12
_ARN = re.compile(r"arn:[\w-]+:([\w-]+):([\w-]*):(\d{12})?:(?:(.+?)[:/])?([^:/]+.*)", re.S)
_READING = (Role.READ, Role.LIST)


class _Values:
    """Values by what they serve as, of which only so many are kept, the newest."""

    def __init__(self) -> None:
        # The newest value is the last; the keys of dicts are ordered, and unique.
        self._by: dict[Hashable, dict[str, None]] = {}

    def add(self, key: Hashable, value: str) -> None:
        values = self._by.setdefault(key, {})
        values.pop(value, None)
        values[value] = None
        if len(values) > _MOST_OF_A_KEY:
            del values[next(iter(values))]

    def newest(self, key: Hashable) -> Iterator[str]:
        return reversed(self._by.get(key, {}))

    def discard(self, gone: Iterable[str]) -> None:
        for values in self._by.values():
            for each in gone:
                values.pop(each, None)

    def clear(self) -> None:
        self._by.clear()


class Pool:
    """The live values of one series of operations on a target.

    `generation` tells how often the target has lost its state: what was known is forgotten then.
    `region` is the one requests are signed for. What is `unanswered` stays so.
    """

    def __init__(self, *, generation: Callable[[], int] = lambda: 0, region: str = REGION) -> None:
        self.generation = generation()
        self._now = generation
        self._region = region
        self._accounts = Counter({ACCOUNT: 0})
        self._own = _Values()
        self._seen = _Values()
        self._live: set[str] = set()
        self._made: set[str] = set()
        self.unanswered = Unanswered()

    @classmethod
    def of(cls, target: Target) -> Pool:
        """An empty pool of what lives on a target."""
        region = getattr(getattr(target, "options", None), "region", REGION)
        return cls(generation=lambda: getattr(target, "generation", 0), region=region)

    @property
    def place(self) -> dict[str, str]:
        """Where the target is: its `region`, and the `account` its arns have."""
        return {"region": self._region, "account": self._accounts.most_common(1)[0][0]}

    def renew(self) -> bool:
        """Forgets everything if the target has lost its state; whether it had."""
        lost = self._now() != self.generation
        if lost:
            self.generation = self._now()
            self._own.clear()
            self._seen.clear()
            self._live.clear()
            self._made.clear()
        return lost

    def learn(
        self,
        observed: Observed,
        names: Iterable[SegmentPath] = (),
        gives: Iterable[Any] = (),
    ) -> None:
        """Takes what an accepted exchange shows to live, or to live no more.

        `names` are the places of the request that name something which exists elsewhere: what
        stands there does not live for being named. `gives` are the values of what the operation
        makes.
        """
        self.renew()
        if not observed.accepted:
            return
        contract, request = observed.contract, observed.exchange.case.value
        done = action(contract.operation)
        if done.role is Role.DELETE:
            self._forget_deleted(contract, request, done.key)
            return
        named = {
            each
            for path in names
            for each in (at(request, pointer) for pointer in pointers(request, path))
            if isinstance(each, str) and each not in self._live
        }
        writes = not only_reads(contract)
        parts = [("response", observed.value)]
        if writes:
            made = {each for each in gives if isinstance(each, str)}
            if done.role is Role.CREATE:
                made |= set(_of_noun(contract, "request", request, done.key))
                made |= set(_of_noun(contract, "response", observed.value, done.key))
            self.own(each for each in made - named if each not in self._live)
            if done.role not in _READING and is_valid(contract, "request", request):
                parts.insert(0, ("request", request))
        for part, value in parts:
            self._take(contract, part, value, done.key, named)

    def keep(self, value: Any) -> None:
        """Takes a value to live that a hint says an answer gives."""
        if isinstance(value, str):
            self._live.add(value)

    def own(self, values: Iterable[str]) -> None:
        """Takes values for those of things that were made in this run."""
        self._made.update(each for each in values if each)

    def knows(self, value: Any) -> bool:
        """Whether a value is known to live."""
        return value in self._live

    def owns(self, value: Any) -> bool:
        """Whether a value is of something made in this run."""
        return value in self._made

    def is_foreign(self, value: Any) -> bool:
        """Whether a value is of something that was there, and that nothing shows to be made."""
        return isinstance(value, str) and value in self._live and value not in self._made

    def find(
        self, contract: Contract, place: Place, noun: str = "", *, own: bool = False
    ) -> list[str]:
        """The values that may stand at a place, the likeliest and the newest first.

        `noun` is what the place is known to name, as nouns are compared. With `own` they are of
        what was made in this run; without, those come first.
        """
        service = contract.service
        what = identity(place)
        keys = [*_keys(service, place, what and Identity(noun or what.noun, what.kind))]
        if what is not None and what.kind == "arn":
            keys.append(("arn", noun or what.noun))
        elif noun or what is not None:
            wanted = noun or (what.noun if what else "")
            keys += [(service, wanted, kind) for kind in ("id", "name", "arn")]
        return self._found(keys, own=own)

    def arns(self, noun: str, *, own: bool = False) -> list[str]:
        """The arns of one type of resource, of any service, found as `find` does."""
        return self._found([("arn", noun)], own=own)

    def forget(self, value: str) -> None:
        """A value lives no more, nor does any arn or url that ends with it.

        Whose it was is still known: what was stopped rather than deleted is seen again.
        """
        if value not in self._live or not value:
            return
        tails = {value, re.split("[:/]", value)[-1]} if len(value) > 1 else {value}
        gone = {
            each
            for each in self._live
            if each in tails or any(each.endswith((f":{tail}", f"/{tail}")) for tail in tails)
        }
        self._live -= gone
        self._own.discard(gone)
        self._seen.discard(gone)

    def _found(self, keys: Iterable[Hashable], *, own: bool) -> list[str]:
        self.renew()
        found: dict[str, None] = {}
        for values in (self._own,) if own else (self._own, self._seen):
            for each in keys:
                found |= dict.fromkeys(values.newest(each))
        return list(found)

    def _take(self, contract: Contract, part: str, value: Any, about: str, named: set[str]) -> None:
        for path, _, kept_by in _telling(contract, part, about):
            for each in _strings(value, path):
                if each in named or not 0 < len(each) <= LONGEST:
                    continue
                self._live.add(each)
                if self._ends_with_own(each):
                    self._made.add(each)
                values = self._own if each in self._made else self._seen
                for known in (*kept_by, *self._of_arn(each)):
                    values.add(known, each)

    def _ends_with_own(self, value: str) -> bool:
        """Whether an arn or url ends with a name that was made in this run."""
        tail = re.split("[:/]", value)[-1]
        return len(value) > len(tail) >= UNIQUE and tail in self._made

    def _of_arn(self, value: str) -> Iterator[Hashable]:
        """The key of an arn by the type of resource in it: `…:function:f` is of a function."""
        arn = _ARN.fullmatch(value)
        if arn is None:
            return
        service, _, account, kind, _ = arn.groups()
        if account:
            # Made-up arns come back too, each with an account of its own.
            self._accounts[account] += 1
        # Where no type is said, the service has but one that matters: queues, topics, buckets.
        yield "arn", key(words(kind.split("/")[0].split(":")[0])) if kind else service

    def _forget_deleted(self, contract: Contract, request: dict[str, Any], noun: str) -> None:
        """Forgets what a delete names: the members of its noun, else the last required one."""
        strings = {
            place.path: (identity(place, noun), place.required)
            for place in contract.places("request")
            if place.kind == "string" and place.path[-1] != KEY
        }
        own = [path for path, (what, _) in strings.items() if what and what.noun == noun]
        required = [name for name, place in contract.members("request").items() if place.required]
        if not own and required:
            own = [path for path in strings if path[0] == required[-1]]
        for path in own:
            for each in _strings(request, path):
                self.forget(each)


@functools.lru_cache(maxsize=512)
def _telling(
    contract: Contract, part: str, about: str
) -> tuple[tuple[SegmentPath, str, tuple[Hashable, ...]], ...]:
    """The places of identifiers in a part, of what they are, and what their values are kept by."""
    found = []
    for place in contract.places(part):
        if place.kind == "string" and place.path[-1] != KEY and "enum" not in place.schema:
            what = identity(place, about)
            if what is not None:
                keys = tuple(_keys(contract.service, place, what))
                found.append((place.path, what.noun, keys))
    return tuple(found)


def _of_noun(contract: Contract, part: str, value: Any, noun: str) -> Iterator[str]:
    """The identifiers in a part that are of one noun, that of the operation."""
    for path, about, _ in _telling(contract, part, noun):
        if about == noun:
            yield from _strings(value, path)


def _keys(service: str, place: Place, what: Identity | None) -> Iterator[Hashable]:
    """What a place's values are kept by, the most telling first."""
    if is_telling(place.shape):
        yield service, "shape", shape_name(place)
    if what is not None and what.noun:
        members = [segment for segment in place.path if segment[0] not in "*@"]
        if members and len(words(members[-1])) > 1:
            yield service, "member", members[-1].lower()
        yield service, what.noun, what.kind


def _strings(value: Any, path: SegmentPath) -> Iterator[str]:
    for pointer in pointers(value, path)[:_MOST_OF_A_PLACE]:
        each = at(value, pointer)
        if isinstance(each, str):
            yield each
