"""Page walks: whole, with a limit, with a limit that changes; and tokens that are not valid."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any

from awsconform.conformance.checks.walks import (
    CHANGING,
    LIMITED,
    WHOLE,
    items_of,
    token_of,
)
from awsconform.conformance.evidence import Observed
from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.planning.resources import Resources, SetupFailed
from awsconform.conformance.planning.session import Session
from awsconform.generators.samples import minimal
from awsconform.specs.contract import Contract, Pagination
from awsconform.specs.validation import is_valid

MOST_PAGES = 60
FEW_ITEMS = 12
TOKEN_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


class PageWalks:
    """The walks over one operation's pages."""

    def __init__(self, session: Session, contract: Contract, resources: Resources) -> None:
        assert contract.pagination is not None
        self.session = session
        self.contract = contract
        self.resources = resources
        self.pages: Pagination = contract.pagination
        self.facts: dict[str, Any] = {}
        self.base: dict[str, Any] = {}

    def send(self) -> None:
        """Makes items, walks over them in every way, and tries tokens that are not valid."""
        token = self.pages.input_token[0]
        wanted = (f"{self.contract.id}/pagination", f"{self.contract.id}/request/{token}#accepted")
        if not any(self.session.selects(each) for each in wanted):
            return
        self._prepare()
        whole = self._walk(WHOLE, [None])
        if not whole[0].accepted:
            return
        count = sum(len(items_of(self.contract, page.value)) for page in whole)
        limited: list[Observed] = []
        if self.pages.limit and count:
            size = self._size(count)
            limited = self._walk(f"{LIMITED}:{size}", [size])
            if size > self._smallest() == 1 and count <= FEW_ITEMS:
                self._walk(f"{LIMITED}:1", [1])
            others = max(self._smallest(), size - 1), min(self._largest(), size + 1)
            self._walk(CHANGING, [size, *others])
        self._send_invalid_tokens(limited or whole)

    def send_expired_token(self) -> None:
        """Takes a token, moves the clock past its documented lifetime, and uses it."""
        clause = f"{self.contract.id}/pagination/{self.pages.output_token[0]}#expires"
        rules = self.contract.rules("token-expires")
        if not rules or not self.session.selects(clause):
            return
        # What was shared may be gone by now, the clock has moved.
        self.resources.forget()
        self._prepare()
        first = self._step(self.base, 1, "expiring", Intent(Purpose.SETUP))
        token = token_of(self.contract, first.value)
        if not token or not self.session.advance(rules[0]["hours"] * 3600 + 60):
            return
        intent = Intent(Purpose.SCENARIO, clause, "expired")
        self._step({**self.base, self.pages.input_token[0]: token}, 1, "expiring", intent)

    def _prepare(self) -> None:
        hint = self.resources.hint
        made = 0
        for _ in range(hint.count):
            try:
                self.resources.make(hint.owns or "")
                made += 1
            except SetupFailed as failed:
                self.resources.trouble = str(failed)
                break
        owned = hint.owns is not None
        self.facts = {"owned": owned, "made": made or None, "ignore": hint.ignore}
        value = minimal(self.contract, self.session.choices)
        self.base = self.resources.prepare(self.contract, value, self.resources.bindings())

    def _size(self, count: int) -> int:
        """About a quarter of the items, and not all pages full: the last one may get lost."""
        least, most = self._smallest(), self._largest()
        size = max(least, min(most, math.ceil(count / 4)))
        larger, smaller = range(size, min(most, count) + 1), range(size - 1, least - 1, -1)
        return next((each for each in (*larger, *smaller) if count % each), size)

    def _largest(self) -> int:
        return int(self._limit().get("maximum", 1000))

    def _smallest(self) -> int:
        return int(self._limit().get("minimum", 1))

    def _limit(self) -> dict[str, Any]:
        place = self.contract.place("request", (self.pages.limit or "",))
        return place.schema if place else {}

    def _walk(self, name: str, sizes: Sequence[int | None]) -> list[Observed]:
        """Follows the tokens to the end, to a refusal, to a token seen before, or to the bound."""
        walk: list[Observed] = []
        seen: set[str] = set()
        value = self.base
        token_clause = f"{self.contract.id}/request/{self.pages.input_token[0]}#accepted"
        sizes_in_turn: Iterator[int | None] = cycle(sizes)
        for number in range(MOST_PAGES):
            size = next(sizes_in_turn)
            intent = Intent(
                Purpose.PAGE,
                token_clause if number else None,
                f"page {number + 1}",
                group=name,
                facts={**self.facts, "size": size},
            )
            page = self._step(value, size, name, intent)
            walk.append(page)
            token = token_of(self.contract, page.value)
            if not page.accepted or token in (None, "") or str(token) in seen:
                break
            seen.add(str(token))
            value = {**self.base, self.pages.input_token[0]: token}
        return walk

    def _step(self, value: dict[str, Any], size: int | None, name: str, intent: Intent) -> Observed:
        limited: dict[str, Any] = {}
        if size is not None and self.pages.limit:
            # A few limits are strings.
            limited[self.pages.limit] = str(size) if self._limit().get("type") == "string" else size
        return self.session.send(
            self.contract, Case(self.contract.id, intent, {**value, **limited})
        )

    def _send_invalid_tokens(self, walk: list[Observed]) -> None:
        clause = f"{self.contract.id}/pagination/{self.pages.output_token[0]}#invalid-rejected"
        if not self.session.selects(clause):
            return
        tokens = (token_of(self.contract, page.value) for page in walk)
        real = next((token for token in tokens if isinstance(token, str) and token), None)
        choices = self.session.choices
        made_up = "".join(choices.choice(TOKEN_LETTERS) for _ in range(len(real or "x" * 40)))
        invalid = {"made up": made_up}
        if real:
            middle = len(real) // 2
            other = choices.choice([c for c in TOKEN_LETTERS if c != real[middle]])
            invalid["altered"] = real[:middle] + other + real[middle + 1 :]
        for label, token in invalid.items():
            value = {**self.base, self.pages.input_token[0]: token}
            # A token that breaks its own schema would test validation.
            if is_valid(self.contract, "request", value):
                intent = Intent(Purpose.VIOLATES, clause, label, facts=self.facts)
                self._step(value, None, "", intent)
