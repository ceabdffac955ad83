"""Lists that are paged in another way than documented; all three paged operations each time."""

from __future__ import annotations

from collections.abc import Iterator

from awsconform.specs.contract import Contract
from faulty import pagers
from faulty.breaking import Build, overlooking, paging, rejecting
from faulty.fault import CONTRACTS, Fault


def faults() -> Iterator[Fault]:
    for contract in CONTRACTS.values():
        if contract.pagination is not None:
            yield from _of_walks(contract)
            yield from _of_made_up_tokens(contract)


def _names(contract: Contract) -> tuple[str, str]:
    """The names of limit and token."""
    pages = contract.pagination
    assert pages is not None
    assert pages.limit is not None
    return pages.limit, pages.output_token[0]


def _of_walks(contract: Contract) -> Iterator[Fault]:
    limit, token = _names(contract)
    respected, changing = (
        f"pagination/{limit}#{kind}" for kind in ("limit-respected", "page-size-may-change")
    )
    accepted, terminates, complete, string, end = (
        f"pagination/{token}#{kind}"
        for kind in ("accepted", "terminates", "complete", "string", "end")
    )
    inferred = contract.aws["pagination"]["sources"] == ["inferred"]
    paginator = [] if inferred else ["pagination#paginator"]
    again = f"request/{token}#accepted"
    unique = [f"pagination/{token}#unique"] if contract.rules("token-unique-per-page") else []

    def fault(name: str, build: Build, *expects: str, also: tuple[str, ...] = ()) -> Fault:
        return Fault(contract.id, name, build, expects, also)

    yield fault("the limit is ignored", paging(pagers.LimitIgnored), respected)
    yield fault("a page has one item too many", paging(pagers.OneTooMany), respected)
    for kind, wrong in (("minimum", "of 0"), ("maximum", "beyond the largest")):
        build = overlooking(
            contract.id,
            lambda failure, _, kind=kind: (failure.path, failure.keyword) == ((limit,), kind),
        )
        beyond = f"pagination/{limit}#out-of-range-rejected", f"request/{limit}#{kind}"
        yield fault(f"a limit {wrong} is accepted", build, *beyond)
    refused = rejecting(contract.id, lambda request: token in request)
    yield fault("no token is known", paging(pagers.TokenRefused), accepted, again, also=(changing,))
    yield fault("a token is a wrong argument", refused, accepted, again, also=(changing,))
    yield fault("the page size must stay", paging(pagers.SizeHasToStay), changing, also=(again,))
    yield fault(
        "every page has one token", paging(pagers.OneToken), terminates, *paginator, *unique
    )
    yield fault("two tokens take turns", paging(pagers.TwoTokens), terminates, *paginator, *unique)
    yield fault("there is always a token", paging(pagers.AlwaysAToken), terminates)
    yield fault("after the last page comes the first", paging(pagers.RoundAndRound), terminates)
    yield fault(
        "the last token is the word null",
        paging(pagers.NullInLetters),
        accepted,
        again,
        also=(changing,),
    )
    if contract.rules("end-token-null"):
        yield fault("the last token is empty", paging(pagers.EmptyAtTheEnd), end)
    numbers = string, f"response/{token}#type"
    yield fault("tokens are numbers", pagers.Numbered, *numbers, also=(f"request/{token}#type",))
    yield fault("an item is on two pages", paging(pagers.LastItemAgain), complete, also=(changing,))
    yield fault("an item is on no page", paging(pagers.ItemLost), complete, also=(changing,))
    yield fault(
        "the last page is not reached", paging(pagers.LastPageLost), complete, also=(changing,)
    )


def _of_made_up_tokens(contract: Contract) -> Iterator[Fault]:
    _, token = _names(contract)
    rejected, expires = f"pagination/{token}#invalid-rejected", f"pagination/{token}#expires"

    def fault(name: str, build: Build, *expects: str, also: tuple[str, ...] = ()) -> Fault:
        return Fault(contract.id, name, build, expects, also)

    yield fault("a made-up token leads to the start", paging(pagers.MadeUpIsTheStart), rejected)
    yield fault("a made-up token leads to the end", paging(pagers.MadeUpIsTheEnd), rejected)
    fault_of_server = "errors#no-server-fault"
    yield fault(
        "a made-up token ends in an exception",
        paging(pagers.MadeUpIsLost),
        rejected,
        fault_of_server,
    )
    yield fault(
        "a made-up token brings the server down",
        paging(pagers.MadeUpIsAFault),
        rejected,
        fault_of_server,
        also=(expires, "errors#code"),
    )
    if contract.rules("invalid-token-rejected"):
        code, error = "errors#code", f"errors/{pagers.NOT_FOUND}/*#required"
        yield fault(
            "a made-up token has another code", paging(pagers.OtherCode), rejected, also=(code,)
        )
        yield fault(
            "a made-up token is not found", paging(pagers.NotFound), rejected, also=(code, error)
        )
        status = ("errors#status", "errors/ValidationException#status")
        yield fault("a made-up token has another status", pagers.OtherStatus, rejected, *status)
    # An aggregation is gone long before its tokens expire, so these are refused in any case.
    if contract.id == "deadline.ListFarms":
        yield fault("tokens never expire", paging(pagers.NeverExpires), expires)
        yield fault("tokens expire after two days", paging(pagers.ExpiresTooLate), expires)
