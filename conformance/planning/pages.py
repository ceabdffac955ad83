"""Page walks: whole, with limits, with a limit that changes, and whole again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from awsconform.conformance.checks.surroundings import look_alike
from awsconform.conformance.checks.walks import AGAIN, CHANGING, LIMITED, WHOLE, token_text
from awsconform.conformance.evidence import Observed
from awsconform.conformance.exchange import Case, HTTPRequest, Intent, Purpose
from awsconform.conformance.planning.made_up_tokens import made_up_tokens
from awsconform.conformance.planning.owned_items import make_items, unfiltered
from awsconform.conformance.planning.page_sizes import Limits
from awsconform.conformance.planning.session import Session
from awsconform.conformance.state.resources import Resources
from awsconform.conformance.wire.classification import Reaction
from awsconform.generators.samples import minimal
from awsconform.specs.contract import Contract
from awsconform.specs.paging import items_of, next_tokens, pages_of
from awsconform.specs.validation import is_valid

MOST_PAGES = 60
SETTLING = 7
_REFUSALS = (Reaction.REJECTED, Reaction.REFUSED, Reaction.UNKNOWN_ERROR)


@dataclass
class Walk:
    """A walk as it goes: the pages so far; `alone` once tokens go without other arguments."""

    name: str
    sizes: Sequence[int | None]
    alone: bool = False
    pages: list[Observed] = field(default_factory=list)

    @property
    def accepted(self) -> bool:
        """Whether the first page was given."""
        return bool(self.pages) and self.pages[0].accepted


class PageWalks:
    """The walks over one operation's pages."""

    def __init__(self, session: Session, contract: Contract, resources: Resources) -> None:
        self.session = session
        self.contract = contract
        self.resources = resources
        self.pages = pages_of(contract)
        self.limits = Limits.of(contract)
        self.facts: dict[str, Any] = {}
        self.base: dict[str, Any] = {}
        # How the first page of a walk was asked for before, where it is walked once more.
        self.first: HTTPRequest | None = None
        # Whether a token was ever accepted together with other arguments that may be left out.
        self.accompanied = False

    def send(self) -> None:
        """Makes items, walks over them in every way, and tries tokens that nobody gave out."""
        token = self.pages.input_token[0]
        wanted = (f"{self.contract.id}/pagination", f"{self.contract.id}/request/{token}#accepted")
        if not any(self.session.selects(each) for each in wanted):
            return
        self._prepare()
        whole = self._walk(Walk(WHOLE, [None]))
        if not whole.accepted:
            return
        if self.facts["made"]:
            whole = self._settle(whole)
        count = sum(len(items_of(self.contract, page.value)) for page in whole.pages)
        walked = [whole]
        if self.pages.limit and count:
            limited = self._walk_limited(count)
            walked = [*limited, whole]
            if limited:
                smallest = min(int(walk.sizes[0] or 1) for walk in limited)
                self._walk(Walk(CHANGING, self.limits.changing(smallest, count)))
        if self.facts["owned"]:
            self._walk(Walk(AGAIN, [None]))
        self._send_made_up_tokens(walked)

    def repeat(self, first: Case, sizes: Sequence[int | None]) -> None:
        """Walks once more from a first page, by the tokens that come this time."""
        intent = first.intent
        limit = self.pages.limit if sizes[0] is not None else None
        self.base = {name: each for name, each in first.value.items() if name != limit}
        self.facts = {n: each for n, each in intent.facts.items() if n not in ("size", "alone")}
        self.first = first.recorded
        self._walk(Walk(intent.group or WHOLE, sizes, alone=bool(intent.facts.get("alone"))))

    def send_expired_token(self) -> None:
        """Takes a token, moves the clock past its documented lifetime, and uses it."""
        clause = f"{self.contract.id}/pagination/{self.pages.output_token[0]}#expires"
        rules = self.contract.rules("token-expires")
        if not rules or not self.session.selects(clause):
            return
        # What was shared may be gone by now, the clock has moved.
        self.resources.forget()
        self._prepare()
        size = self.limits.least
        first = self._step(self.base, size, "expiring", Intent(Purpose.SETUP))
        tokens = next_tokens(self.contract, first.value)
        if not tokens or not self.session.advance(rules[0]["hours"] * 3600 + 60):
            return
        intent = Intent(Purpose.SCENARIO, clause, "expired", facts=dict(self.facts))
        self._step(self._onward(tokens), size, "expiring", intent)

    def _prepare(self) -> None:
        owned = make_items(self.contract, self.resources)
        self.facts = {**owned.facts(), "ignore": self.resources.hint.ignore}
        value = minimal(self.contract, self.session.choices)
        request = self.resources.prepare(self.contract, value, self.resources.bindings())
        self.base = unfiltered(self.contract, self.resources, request, owned)

    def _settle(self, walk: Walk) -> Walk:
        """Waits until the list stays as it is: what was made may still be starting.

        Things that start may move from page to page, and nothing is to be held against that.
        """
        for number in range(2, SETTLING + 2):
            before, walk = walk, self._walk(Walk(f"{WHOLE}:{number}", [None]))
            if look_alike(before.pages, walk.pages):
                self.facts["settled"] = True
                return walk
            if not self.session.wait(1.0):
                break
        self.facts["settled"] = False
        return walk

    def _walk_limited(self, count: int) -> list[Walk]:
        """The walks with one size each that were not refused at once.

        A service may want more on a page than its model says; then larger sizes are tried.
        """
        done: list[Walk] = []
        for size in self.limits.sizes(count):
            walk = self._walk(Walk(f"{LIMITED}:{size}", [size]))
            if walk.accepted:
                done.append(walk)
        larger = [] if done else self.limits.more_sizes(self.limits.sizes(count)[-1])
        for size in larger:
            walk = self._walk(Walk(f"{LIMITED}:{size}", [size]))
            if walk.accepted:
                return [walk]
        return done

    def _walk(self, walk: Walk) -> Walk:
        """Follows the tokens to the end, to a refusal, to a token seen before, or to the bound."""
        seen: set[str] = set()
        sizes: Iterator[int | None] = cycle(walk.sizes)
        value = self.base
        for number in range(MOST_PAGES):
            page = self._page(walk, value, next(sizes), number)
            token = token_text(page)
            if not page.accepted or token is None or token in seen:
                break
            seen.add(token)
            value = self._onward(next_tokens(self.contract, page.value), alone=walk.alone)
        return walk

    def _page(self, walk: Walk, value: dict[str, Any], size: int | None, number: int) -> Observed:
        """One page of a walk.

        A token that is refused is tried without the other arguments: a few operations want it so.
        """
        tokens = {name: value[name] for name in self.pages.input_token if name in value}
        alone = self._onward(tokens, alone=True)
        others = bool(tokens) and not walk.alone and alone.keys() != value.keys()
        # As long as the others may be what is refused, it says nothing of the token's member.
        doubtful = others and not self.accompanied
        page = self._numbered(walk, value, size, number, doubtful=doubtful)
        self.accompanied = self.accompanied or (others and page.accepted)
        if not others or page.reaction not in _REFUSALS:
            return page
        walk.alone = True
        return self._numbered(walk, alone, size, number, doubtful=True)

    def _numbered(
        self,
        walk: Walk,
        value: dict[str, Any],
        size: int | None,
        number: int,
        *,
        doubtful: bool = False,
    ) -> Observed:
        clause = f"{self.contract.id}/request/{self.pages.input_token[0]}#accepted"
        facts = {**self.facts, "size": size, **({"alone": True} if walk.alone else {})}
        intent = Intent(
            Purpose.PAGE,
            clause if number and not doubtful else None,
            f"page {number + 1}",
            group=walk.name,
            facts=facts,
        )
        page = self._step(value, size, walk.name, intent)
        walk.pages.append(page)
        return page

    def _onward(self, tokens: dict[str, Any], *, alone: bool = False) -> dict[str, Any]:
        """The request for the page that tokens lead to, without what must not be beside them."""
        excluded = {
            name
            for group in self.resources.hint.either
            if set(group) & tokens.keys()
            for name in group
        }
        members = self.contract.members("request")
        kept = {
            name: value
            for name, value in self.base.items()
            if name not in excluded and (not alone or members[name].required)
        }
        return {**kept, **tokens}

    def _step(self, value: dict[str, Any], size: int | None, name: str, intent: Intent) -> Observed:
        limited: dict[str, Any] = {}
        if size is not None and self.pages.limit:
            limited[self.pages.limit] = self.limits.written(size)
        recorded, self.first = self.first, None
        case = Case(self.contract.id, intent, {**value, **limited}, recorded=recorded)
        return self.session.send(self.contract, case)

    def _send_made_up_tokens(self, walked: list[Walk]) -> None:
        """Sends tokens nobody gave out, in the place of the first real one where there was one."""
        clause = f"{self.contract.id}/pagination/{self.pages.output_token[0]}#invalid-rejected"
        if not self.session.selects(clause):
            return
        real, walk = next(
            ((token, walk) for walk in walked for token in _real_tokens(walk)), (None, walked[0])
        )
        member = self.pages.input_token[0]
        for label, token in made_up_tokens(self.contract, member, real, self.session.choices):
            value = self._onward({member: token}, alone=walk.alone)
            # A token that breaks its own schema would test validation.
            if is_valid(self.contract, "request", value):
                altered = {} if label == "made up" else {"altered": True}
                intent = Intent(Purpose.VIOLATES, clause, label, facts={**self.facts, **altered})
                self._step(value, walk.sizes[0], "", intent)


def _real_tokens(walk: Walk) -> Iterator[str]:
    for page in walk.pages:
        for token in next_tokens(page.contract, page.value).values():
            if isinstance(token, str):
                yield token
                break
