"""The live values of a target, learnt from what it accepted: ids, names, arns that serve later on.

A value is found again by the name of its shape (a `FarmId` serves every request that takes one),
by the name of its member, by what it is of and the kind of identifier it is (the `Arn` of a `Key`
serves as `KeyArn`), and an arn by the type of resource in it.
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
from awsconform.conformance.targets.target import Target
from awsconform.generators.overlay import at, pointers
from awsconform.specs.contract import KEY, Contract, Place, SegmentPath
from awsconform.specs.producing.verbs import Role, action
from awsconform.specs.producing.words import key, words
from awsconform.specs.validation import is_valid

REGION, ACCOUNT = "us-east-1", "123456789012"
LONGEST = 2048
_MOST_OF_A_PLACE = 5
_MOST_OF_A_KEY = 32
_ARN = re.compile(r"arn:[\w-]+:([\w-]+):([\w-]*):(\d{12})?:(?:(.+?)[:/])?([^:/]+.*)", re.S)
_READING = (Role.READ, Role.LIST)


class Pool:
    """The live values of one series of operations on a target.

    `generation` tells how often the target has lost its state: what was known is forgotten then.
    `region` is the one requests are signed for.
    """

    def __init__(self, *, generation: Callable[[], int] = lambda: 0, region: str = REGION) -> None:
        self.generation = generation()
        self._now = generation
        self._region = region
        self._accounts = Counter({ACCOUNT: 0})
        # The newest value is the last; the keys of dicts are ordered, and unique.
        self._by: dict[Hashable, dict[str, None]] = {}
        self._live: set[str] = set()

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
            self._by.clear()
            self._live.clear()
        return lost

    def learn(self, observed: Observed, names: Iterable[SegmentPath] = ()) -> None:
        """Takes what an accepted exchange shows to live, or to live no more.

        `names` are the places of the request that name something which exists elsewhere: what
        stands there does not live for being named.
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
        changing = done.role not in _READING and not contract.readonly
        if changing and is_valid(contract, "request", request):
            self._take(contract, "request", request, done.key, named)
        self._take(contract, "response", observed.value, done.key, named)

    def keep(self, value: Any) -> None:
        """Takes a value to live that a hint says an answer gives."""
        if isinstance(value, str):
            self._live.add(value)

    def knows(self, value: Any) -> bool:
        """Whether a value is known to live."""
        return value in self._live

    def find(self, contract: Contract, place: Place, noun: str = "") -> list[str]:
        """The values that may stand at a place, the likeliest and the newest first.

        `noun` is what the place is known to name, as nouns are compared.
        """
        self.renew()
        found: dict[str, None] = {}
        service = contract.service
        what = identity(place)
        for each in _keys(service, place, what and Identity(noun or what.noun, what.kind)):
            found |= dict.fromkeys(reversed(self._by.get(each, {})))
        if what is not None and what.kind == "arn":
            found |= dict.fromkeys(reversed(self._by.get(("arn", noun or what.noun), {})))
        elif noun or what is not None:
            wanted = noun or (what.noun if what else "")
            for kind in ("id", "name", "arn"):
                found |= dict.fromkeys(reversed(self._by.get((service, wanted, kind), {})))
        return list(found)

    def arns(self, noun: str) -> list[str]:
        """The arns of one type of resource, of any service, the newest first."""
        self.renew()
        return list(reversed(self._by.get(("arn", noun), {})))

    def forget(self, value: str) -> None:
        """A value lives no more, nor does any arn or url that ends with it."""
        if value not in self._live or not value:
            return
        tails = {value, re.split("[:/]", value)[-1]} if len(value) > 1 else {value}
        gone = {
            each
            for each in self._live
            if each in tails or any(each.endswith((f":{tail}", f"/{tail}")) for tail in tails)
        }
        self._live -= gone
        for values in self._by.values():
            for each in gone:
                values.pop(each, None)

    def _take(self, contract: Contract, part: str, value: Any, about: str, named: set[str]) -> None:
        for path, kept_by in _telling(contract, part, about):
            for each in _strings(value, path):
                if each in named or not 0 < len(each) <= LONGEST:
                    continue
                self._live.add(each)
                for known in (*kept_by, *self._of_arn(each)):
                    values = self._by.setdefault(known, {})
                    values.pop(each, None)
                    values[each] = None
                    if len(values) > _MOST_OF_A_KEY:
                        del values[next(iter(values))]

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
) -> tuple[tuple[SegmentPath, tuple[Hashable, ...]], ...]:
    """The places of identifiers in a part, and what their values are kept by."""
    found = []
    for place in contract.places(part):
        if place.kind == "string" and place.path[-1] != KEY and "enum" not in place.schema:
            what = identity(place, about)
            if what is not None:
                found.append((place.path, tuple(_keys(contract.service, place, what))))
    return tuple(found)


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
