"""What a target was wrongly made to take, and may give back in later answers.

A value of the wrong form that a write accepted is a finding of that write. Where a read of the same
service shows it again, that says nothing of the read. Anything it may be by chance (an empty text,
a truth, a small number) is only known again in a member of the same name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from awsconform.conformance.exchange import Case, Purpose
from awsconform.conformance.state.naming import noun_around
from awsconform.generators.overlay import at, pointers
from awsconform.specs.contract import Contract, SegmentPath
from awsconform.specs.effects import only_reads
from awsconform.specs.producing.verbs import action
from awsconform.specs.producing.words import key, words

# A text this short may stand by chance in another, and a plain one as a part of a word.
_TELLING = 3
_UNIQUE = 8
_SMALL = 1000


@dataclass
class _Wrong:
    """What was wrong in accepted requests of one service."""

    texts: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    by_member: set[tuple[str, str]] = field(default_factory=set)
    # The names that lead to members which were missing, and the noun of what has the first.
    missing: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)

    def take(self, value: Any, member: str) -> None:
        """Takes a value, and all that is in it, as that of a member."""
        if value is None:
            return
        self.by_member.add((member, _exact(value)))
        if isinstance(value, str):
            self.texts.update({value} - {""})
        elif isinstance(value, dict):
            for name, each in value.items():
                self.take(name, member)
                self.take(each, member)
                self.take(each, name.lower())
        elif isinstance(value, list):
            for each in value:
                self.take(each, member)
        else:
            # Kept as a text by some: 579 as "579", true as "True".
            self.by_member.add((member, _exact(str(value))))
            if not isinstance(value, bool) and abs(value) >= _SMALL:
                self.numbers.update((_exact(value), _exact(str(value))))

    def has(self, value: Any, member: str) -> bool:
        """Whether a value of a member may be one of these."""
        exact = _exact(value)
        if (member, exact) in self.by_member or exact in self.numbers:
            return True
        if not isinstance(value, str):
            return False
        plain = unquote(value)
        if (member, _exact(plain)) in self.by_member:
            return True
        return any(_is_in(text, plain) for text in self.texts)


@dataclass
class Echoes:
    """The wrong parts of accepted requests, by service."""

    _of: dict[str, _Wrong] = field(default_factory=dict)
    # By identity: a case is learnt again when its evidence is read again.
    _news: dict[int, tuple[Contract, Case]] = field(default_factory=dict)

    def learn(self, contract: Contract, case: Case) -> None:
        """Takes what was wrong with an accepted request; one that only reads leaves nothing."""
        intent = case.intent
        if intent.purpose is not Purpose.VIOLATES or intent.clause is None or only_reads(contract):
            return
        path = _broken_place(intent.clause)
        if not path:
            return
        self._news.setdefault(id(case), (contract, case))
        wrong = self._of.setdefault(contract.service, _Wrong())
        names = tuple(_names(path))
        if intent.clause.endswith("#required"):
            wrong.missing.add((action(contract.operation).key, names))
        for pointer in pointers(case.value, path):
            wrong.take(at(case.value, pointer), names[-1] if names else "")

    def news(self) -> tuple[tuple[Contract, Case], ...]:
        """The requests that something was learnt from since this was last asked, in that order."""
        news = tuple(self._news.values())
        self._news.clear()
        return news

    def has(self, contract: Contract, value: Any, path: SegmentPath) -> bool:
        """Whether a value at a place of an answer may be such an echo; None is a missing member."""
        wrong = self._of.get(contract.service)
        if wrong is None:
            return False
        names = tuple(_names(path))
        if value is not None:
            return wrong.has(value, names[-1] if names else "")
        about = set(_about(contract, path))
        return any(
            names[-len(missing) :] == missing and (len(missing) > 1 or noun in about)
            for noun, missing in wrong.missing
        )


def _about(contract: Contract, path: SegmentPath) -> Iterator[str]:
    """The nouns of what a member of an answer is of: what is around it, or what was asked for."""
    members = [segment for segment in path if segment[0] not in "*@"]
    if len(members) > 1:
        yield key(words(members[-2]))
    place = contract.place("response", path)
    if place is not None:
        yield noun_around(place)
    if all(segment[0] not in "*@" for segment in path):
        yield action(contract.operation).key


def _names(path: SegmentPath) -> Iterator[str]:
    """The members on the way to a place."""
    return (segment.lower() for segment in path if segment[0] not in "*@")


def _broken_place(clause: str) -> SegmentPath:
    """The place of the request that a clause is about; a member's name has neither `/` nor `#`."""
    below = clause.partition("/request/")[2].partition("#")[0]
    return tuple(below.split("/")) if below else ()


def _exact(value: Any) -> str:
    """A value with its type: `true` is not `1`, and `5` is `5.0`, as in JSON."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True)


def _is_in(text: str, plain: str) -> bool:
    """Whether a text stands in another on purpose: as a whole, as a word, as an arn's end."""
    if len(text) < _TELLING:
        return re.split("[:/]", plain)[-1] == text and text != plain
    if text.isalnum() and len(text) < _UNIQUE:
        return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", plain) is not None
    return text in plain
