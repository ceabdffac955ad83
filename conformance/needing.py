"""What a request needed: the earlier requests that made what it names.

A report that shows a finding can then show it on an empty target.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from awsconform.conformance.evidence import Observed
from awsconform.conformance.exchange import Exchange, Purpose
from awsconform.conformance.outcomes import Outcome
from awsconform.generators.overlay import texts
from awsconform.specs.contract import Contract
from awsconform.specs.effects import only_reads
from awsconform.specs.paging import next_tokens
from awsconform.specs.producing.verbs import Role, action

MOST = 12
# For a whole course: what was made for a walk, and what that belongs to.
MOST_OF_A_COURSE = 60
_SHORTEST = 3
# Names and ids that are no word of anybody's are so long.
_LONG = 12
_CONSTANT = re.compile(r"[A-Z0-9_]+")


@dataclass(frozen=True)
class _Needed:
    """The makers an exchange rests on: by what lives, and by whatever else it names.

    `at` is how many makers there were before it.
    """

    exchange: Exchange
    living: tuple[int, ...] = ()
    all: tuple[int, ...] = ()
    at: int = 0


class Needs:
    """The accepted requests of a run that made something, and which of them others rest on.

    `lives` says whether a text names something that lives on the target.
    """

    def __init__(self, lives: Callable[[str], bool]) -> None:
        self._lives = lives
        self._makers: list[Observed] = []
        self._by_text: dict[str, int] = {}
        self._by_member: dict[tuple[str, str], int] = {}
        self._tokens: set[str] = set()
        # The exchanges are kept, so that their ids stay theirs.
        self._needs: dict[int, _Needed] = {}

    def note(self, observed: Observed) -> None:
        """Takes a request, before what it made is known to live, and what came back."""
        exchange = observed.exchange
        said = exchange.case.value
        living = set(self._living(texts(said)))
        if observed.purpose is Purpose.PAGE and observed.accepted:
            # Of a list it is what was listed that shows it.
            living |= set(self._living(texts(observed.value)))
        known = living | set(self._named(observed))
        self._needs[id(exchange)] = _Needed(
            exchange, tuple(living), tuple(known), len(self._makers)
        )
        makes = not only_reads(observed.contract) or observed.purpose is Purpose.SETUP
        if observed.accepted and makes:
            number = len(self._makers)
            self._makers.append(observed)
            for text in (*texts(said), *texts(observed.value)):
                if len(text) >= _SHORTEST:
                    self._by_text.setdefault(text, number)
            for name, each in said.items():
                if isinstance(each, str) and not _is_of_a_choice(observed.contract, name):
                    self._by_member.setdefault((name, each), number)
            if observed.contract.pagination and only_reads(observed.contract):
                given = next_tokens(observed.contract, observed.value).values()
                self._tokens |= {each for token in given for each in texts(token)}

    def of(self, *exchanges: Exchange) -> tuple[Exchange, ...]:
        """What had to be sent before some exchanges, in order; the first ones of too many."""
        found = self._found(exchanges, lambda needed: needed.living)
        return self._makers_of(found, exchanges)[:MOST]

    def of_course(self, exchanges: Iterable[Exchange], names: Iterable[str]) -> list[Exchange]:
        """The same for all that is sent again, where accepted requests name what is gone as well.

        `names` are those of what has to be there though no request says so, as far as they are
        long: short ones are anybody's.
        """
        sent = tuple(exchanges)
        named = (self._by_text[each] for each in names if each in self._by_text and _is_long(each))
        made = {each for each in named if self._creates(each)}
        found = self._found(sent, lambda needed: needed.all, made)
        found = self._found(sent, lambda needed: needed.all, self._with_more_done(found, sent))
        return list(self._makers_of(found, sent)[:MOST_OF_A_COURSE])

    def told(self, outcome: Outcome) -> Outcome:
        """The outcome, with what the requests of its findings needed."""
        findings = tuple(
            replace(each, before=self.of(each.exchange, *filter(None, (each.shown_by,))))
            for each in outcome.findings
        )
        return replace(outcome, findings=findings) if findings else outcome

    def _found(
        self,
        exchanges: Iterable[Exchange],
        known: Callable[[_Needed], tuple[int, ...]],
        also: Iterable[int] = (),
    ) -> set[int]:
        found = set(also)
        left = [*exchanges, *(self._makers[number].exchange for number in found)]
        while left:
            exchange = left.pop()
            for number in known(self._needs.get(id(exchange), _Needed(exchange))):
                if number not in found:
                    found.add(number)
                    left.append(self._makers[number].exchange)
        return found

    def _creates(self, number: int) -> bool:
        return action(self._makers[number].contract.operation).role is Role.CREATE

    def _with_more_done(self, found: set[int], sent: Iterable[Exchange]) -> set[int]:
        """The makers, and what set-up did to what they made before that was first used.

        Of one operation it is done once: what comes again is on the way to removing it.
        """
        first: dict[int, int] = {}
        users = [*sent, *(self._makers[number].exchange for number in found)]
        for user in users:
            needed = self._needs.get(id(user), _Needed(user))
            for number in needed.all:
                first[number] = min(needed.at, first.get(number, needed.at))
        more: dict[tuple[str, int], int] = {}
        for number, each in enumerate(self._makers):
            if each.purpose is not Purpose.SETUP or only_reads(each.contract) or number in found:
                continue
            for made in found.intersection(self._needs[id(each.exchange)].all):
                if number < first.get(made, 0):
                    more.setdefault((each.contract.id, made), number)
        return found.union(more.values())

    def _makers_of(self, found: set[int], exchanges: tuple[Exchange, ...]) -> tuple[Exchange, ...]:
        own = {id(exchange) for exchange in exchanges}
        needed = (self._makers[number].exchange for number in sorted(found))
        return tuple(each for each in needed if id(each) not in own)

    def _living(self, found: Iterable[str]) -> Iterator[int]:
        for text in found:
            if text in self._by_text and self._lives(text):
                yield self._by_text[text]

    def _named(self, observed: Observed) -> Iterator[int]:
        """The makers of whatever a request names: tokens, and what is gone by now."""
        said = observed.exchange.case.value
        for text in texts(said):
            made = self._by_text.get(text)
            gone = observed.accepted and _is_long(text)
            if made is not None and (text in self._tokens or gone):
                yield made
        for name, each in said.items():
            if isinstance(each, str) and (name, each) in self._by_member:
                yield self._by_member[name, each]


def _is_long(text: str) -> bool:
    return len(text) >= _LONG and _CONSTANT.fullmatch(text) is None


def _is_of_a_choice(contract: Contract, member: str) -> bool:
    place = contract.place("request", (member,))
    return place is None or "enum" in place.schema
