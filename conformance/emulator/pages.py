"""Pages of a list, and the tokens that lead from one to the next.

A token belongs to one operation and one set of arguments apart from the page size. Every page
served brings a new one, valid for a day of the emulator's clock.
"""

from __future__ import annotations

import bisect
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from awsconform.conformance.emulator.clock import Clock
from awsconform.conformance.emulator.refusals import Refusal, invalid

T = TypeVar("T")


@dataclass(frozen=True)
class Paged:
    """How one operation pages: the names of its token and limit, and its page size unasked."""

    operation: str
    token: str
    limit: str
    size: int


@dataclass(frozen=True)
class Bookmark:
    """What a token stands for: the number of the last row served, and what it may be used with."""

    after: int
    belongs_to: str
    born: float


class Pager:
    """Serves pages and remembers the tokens it gave out. Every rule is a method of its own."""

    lifetime = 24 * 3600.0

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._bookmarks: dict[str, Bookmark] = {}

    def page(
        self,
        paged: Paged,
        request: Mapping[str, Any],
        rows: Sequence[T],
        number: Callable[[T], int],
    ) -> tuple[list[T], str | None]:
        """The rows of one page and the token of the next, None after the last.

        `rows` are in the order of their `number`, which never changes for a row.

        Raises:
            Refusal: the request's token is not good for this request.
        """
        after = self.start(paged, request)
        begin = 0 if after is None else bisect.bisect_right(rows, after, key=number)
        shown = list(rows[begin : begin + self.size(paged, request)])
        if not shown or begin + len(shown) >= len(rows):
            return shown, self.end()
        return shown, self.mint(paged, request, number(shown[-1]))

    def start(self, paged: Paged, request: Mapping[str, Any]) -> int | None:
        """The number of the last row the client has seen, None at the beginning.

        Raises:
            Refusal: the request's token is not good for this request.
        """
        token = request.get(paged.token)
        if not token:
            return None
        bookmark = self.find(token)
        if bookmark is None or self.is_expired(bookmark) or not self.fits(bookmark, paged, request):
            raise self.refuse(paged)
        return bookmark.after

    def size(self, paged: Paged, request: Mapping[str, Any]) -> int:
        """How many rows the page may hold."""
        return int(request.get(paged.limit, paged.size))

    def find(self, token: str) -> Bookmark | None:
        """What a token stands for, None where it was never given out."""
        return self._bookmarks.get(token)

    def is_expired(self, bookmark: Bookmark) -> bool:
        """Whether a token has outlived its day."""
        return self.clock.now() - bookmark.born >= self.lifetime

    def fits(self, bookmark: Bookmark, paged: Paged, request: Mapping[str, Any]) -> bool:
        """Whether a token was given out for the same operation and arguments."""
        return bookmark.belongs_to == self.owner(paged, request)

    def owner(self, paged: Paged, request: Mapping[str, Any]) -> str:
        """What a token is bound to: the operation and all arguments but token and limit."""
        others = {name: request[name] for name in request if name not in (paged.token, paged.limit)}
        return f"{paged.operation} {json.dumps(others, sort_keys=True)}"

    def mint(self, paged: Paged, request: Mapping[str, Any], after: int) -> str:
        """A new token, kept until it expires."""
        token = self.text()
        now = self.clock.now()
        self._bookmarks[token] = Bookmark(after, self.owner(paged, request), now)
        self._forget_expired()
        return token

    def text(self) -> str:
        """The text of a new token: nobody can guess it and it says nothing."""
        return secrets.token_urlsafe(48)

    def end(self) -> str | None:
        """What stands for a token after the last page."""
        return None

    def refuse(self, paged: Paged) -> Refusal:
        """The refusal of a token that is made up, altered, expired or of another request."""
        wrong = "The token is invalid, expired, or belongs to another request."
        return invalid("FIELD_VALIDATION_FAILED", wrong, [(paged.token, wrong)])

    def _forget_expired(self) -> None:
        # A dict keeps the order of insertion, so the oldest tokens come first.
        while self.is_expired(self._bookmarks[oldest := next(iter(self._bookmarks))]):
            del self._bookmarks[oldest]
