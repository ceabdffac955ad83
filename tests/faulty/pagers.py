"""Pagers with one rule broken each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.emulator.message import Answer, Incoming
from awsconform.conformance.emulator.pages import Bookmark, Paged, Pager
from awsconform.conformance.emulator.refusals import Refusal
from awsconform.conformance.emulator.service import Value
from awsconform.specs.contract import Contract
from awsconform.specs.validation import Failure

NOT_FOUND = "ResourceNotFoundException"


class LimitIgnored(Pager):
    def size(self, paged: Paged, request: Mapping[str, Any]) -> int:
        return paged.size


class OneTooMany(Pager):
    def size(self, paged: Paged, request: Mapping[str, Any]) -> int:
        return super().size(paged, request) + (paged.limit in request)


class TokenRefused(Pager):
    def find(self, token: str) -> Bookmark | None:
        return None


class SizeHasToStay(Pager):
    """A token is good for a page of the size it was given out with, and for no other."""

    def owner(self, paged: Paged, request: Mapping[str, Any]) -> str:
        return f"{super().owner(paged, request)} {request.get(paged.limit)}"


class OneToken(Pager):
    def text(self) -> str:
        return "next-page"


class TwoTokens(Pager):
    turn = 0

    def text(self) -> str:
        self.turn += 1
        return f"page-{self.turn % 2}"


class AlwaysAToken(Pager):
    """After the last page comes the last page, each time with a new token."""

    def page(
        self,
        paged: Paged,
        request: Mapping[str, Any],
        rows: Sequence[Any],
        number: Callable[[Any], int],
    ) -> tuple[list[Any], str | None]:
        shown, token = super().page(paged, request, rows, number)
        return shown, token or self.mint(paged, request, number(rows[-1]) if rows else -1)


class RoundAndRound(Pager):
    """After the last page comes the first."""

    def page(
        self,
        paged: Paged,
        request: Mapping[str, Any],
        rows: Sequence[Any],
        number: Callable[[Any], int],
    ) -> tuple[list[Any], str | None]:
        shown, token = super().page(paged, request, rows, number)
        return shown, token or self.mint(paged, request, -1)


class NullInLetters(Pager):
    def end(self) -> str | None:
        return "null"


class EmptyAtTheEnd(Pager):
    def end(self) -> str | None:
        return ""


class LastItemAgain(Pager):
    """A page begins with the item the one before ended with."""

    def page(
        self,
        paged: Paged,
        request: Mapping[str, Any],
        rows: Sequence[Any],
        number: Callable[[Any], int],
    ) -> tuple[list[Any], str | None]:
        self.is_single = self.size(paged, request) == 1
        return super().page(paged, request, rows, number)

    def mint(self, paged: Paged, request: Mapping[str, Any], after: int) -> str:
        return super().mint(paged, request, after if self.is_single else after - 1)


class ItemLost(Pager):
    """An item between two pages is on neither."""

    def mint(self, paged: Paged, request: Mapping[str, Any], after: int) -> str:
        return super().mint(paged, request, after + 1)


class LastPageLost(Pager):
    """There is no token to the page that is not full."""

    def page(
        self,
        paged: Paged,
        request: Mapping[str, Any],
        rows: Sequence[Any],
        number: Callable[[Any], int],
    ) -> tuple[list[Any], str | None]:
        shown, token = super().page(paged, request, rows, number)
        if token and number(rows[-1]) - number(shown[-1]) < self.size(paged, request):
            return shown, self.end()
        return shown, token


class MadeUpIsTheStart(Pager):
    """A token nobody gave out leads to the first page."""

    made_up = Bookmark(-1, "anything", 0.0)

    def find(self, token: str) -> Bookmark | None:
        return super().find(token) or self.made_up

    def is_expired(self, bookmark: Bookmark) -> bool:
        return bookmark is not self.made_up and super().is_expired(bookmark)

    def fits(self, bookmark: Bookmark, paged: Paged, request: Mapping[str, Any]) -> bool:
        return bookmark is self.made_up or super().fits(bookmark, paged, request)


class MadeUpIsTheEnd(MadeUpIsTheStart):
    """After a token nobody gave out there is nothing more."""

    made_up = Bookmark(10**9, "anything", 0.0)


class MadeUpIsLost(Pager):
    """A token nobody gave out is looked up all the same."""

    def find(self, token: str) -> Bookmark | None:
        return self._bookmarks[token]


class MadeUpIsAFault(Pager):
    def refuse(self, paged: Paged) -> Refusal:
        return Refusal("InternalServerErrorException", "Something went wrong.", status=500)


class OtherCode(Pager):
    def refuse(self, paged: Paged) -> Refusal:
        return Refusal("InvalidNextTokenException", "The token is invalid.")


class NotFound(Pager):
    def refuse(self, paged: Paged) -> Refusal:
        return Refusal(NOT_FOUND, "There is no such page.", status=404)


class OtherStatus(Emulator):
    """What is wrong with a token is another status than what is wrong with anything else."""

    def refuse(self, contract: Contract, refusal: Refusal) -> Answer:
        answer = super().refuse(contract, refusal)
        is_token = refusal.message.startswith("The token")
        return answer._replace(status=422) if is_token else answer


class NeverExpires(Pager):
    def is_expired(self, bookmark: Bookmark) -> bool:
        return False


class ExpiresTooLate(Pager):
    lifetime = 48 * 3600.0


class Numbers(Pager):
    given = 0

    def text(self) -> str:
        self.given += 1
        return str(self.given)

    def mint(self, paged: Paged, request: Mapping[str, Any], after: int) -> Any:
        return int(super().mint(paged, request, after))


class Numbered(Emulator):
    """Tokens are numbers, both ways."""

    pager_type = Numbers

    def decode(
        self, contract: Contract, incoming: Incoming, labels: Mapping[str, str]
    ) -> tuple[Value, list[Failure]]:
        request, misread = super().decode(contract, incoming, labels)
        for name in contract.pagination.input_token if contract.pagination else ():
            if isinstance(request.get(name), int):
                request[name] = str(request[name])
        return request, misread
