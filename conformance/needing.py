"""What a request needed: the earlier requests that made what it names.

A report that shows a finding can then show it on an empty target.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from awsconform.conformance.evidence import Observed
from awsconform.conformance.exchange import Exchange, Purpose
from awsconform.conformance.outcomes import Outcome
from awsconform.generators.overlay import texts
from awsconform.specs.effects import only_reads

MOST = 12
_SHORTEST = 3


class Needs:
    """The accepted requests of a run that made something, and which of them others rest on.

    `lives` says whether a text names something that lives on the target.
    """

    def __init__(self, lives: Callable[[str], bool]) -> None:
        self._lives = lives
        self._makers: list[Observed] = []
        self._by_text: dict[str, int] = {}
        # The exchanges are kept, so that their ids stay theirs.
        self._needs: dict[int, tuple[Exchange, list[int]]] = {}

    def note(self, observed: Observed) -> None:
        """Takes a request, before what it made is known to live, and what came back."""
        exchange = observed.exchange
        known = set(self._named(texts(exchange.case.value)))
        if observed.purpose is Purpose.PAGE and observed.accepted:
            # Of a list it is what was listed that shows it.
            known |= set(self._named(texts(observed.value)))
        self._needs[id(exchange)] = (exchange, sorted(known))
        makes = not only_reads(observed.contract) or observed.purpose is Purpose.SETUP
        if observed.accepted and makes:
            number = len(self._makers)
            self._makers.append(observed)
            for text in (*texts(exchange.case.value), *texts(observed.value)):
                if len(text) >= _SHORTEST:
                    self._by_text.setdefault(text, number)

    def of(self, *exchanges: Exchange) -> tuple[Exchange, ...]:
        """What had to be sent before some exchanges, in order; the first ones of too many."""
        found: set[int] = set()
        left = list(exchanges)
        while left:
            _, known = self._needs.get(id(left.pop()), (None, []))
            for number in known:
                if number not in found:
                    found.add(number)
                    left.append(self._makers[number].exchange)
        own = {id(exchange) for exchange in exchanges}
        needed = (self._makers[number].exchange for number in sorted(found))
        return tuple(each for each in needed if id(each) not in own)[:MOST]

    def told(self, outcome: Outcome) -> Outcome:
        """The outcome, with what the requests of its findings needed."""
        findings = tuple(
            replace(each, before=self.of(each.exchange, *filter(None, (each.shown_by,))))
            for each in outcome.findings
        )
        return replace(outcome, findings=findings) if findings else outcome

    def _named(self, found: Iterable[str]) -> Iterable[int]:
        for text in found:
            if text in self._by_text and self._lives(text):
                yield self._by_text[text]
