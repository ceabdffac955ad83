"""An implementation of IAM's users that is paged with a flag, and ones that are wrong about it.

The embedded emulator has no operation whose pages say that more results exist; this one does.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from awsconform.conformance.exchange import Case, Exchange, HTTPResponse, Trouble, View
from awsconform.conformance.targets.target import Target
from awsconform.conformance.wire.requests import NotExpressible, encode
from awsconform.conformance.wire.responding import write
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures
from faulty.fault import Fault
from faulty.stateless import PAGE

LIST = load("iam", "ListUsers")
CONTRACTS = (LIST,)
USUAL_SIZE = 100
FLAG, COMPLETE, SIZES, PAGINATOR, INVALID = (
    "pagination/IsTruncated#implies-token",
    "pagination/Marker#complete",
    "pagination/MaxItems#page-size-may-change",
    "pagination#paginator",
    "pagination/Marker#invalid-rejected",
)

Page = dict[str, Any]


class Users:
    """Makes, lists and deletes users; `finish` may be replaced to break the pages."""

    view = View.WIRE
    advance_clock: Callable[[float], None] | None = None
    restart: Callable[[], None] | None = None
    generation = 0

    def __init__(self, finish: Callable[[Page], Page] = lambda page: page) -> None:
        self.name = "users"
        self.finish = finish
        self.users: dict[str, dict[str, Any]] = {}
        self.tokens: dict[str, int] = {}
        self.answers = {
            "CreateUser": self.create,
            "DeleteUser": self.delete,
            "ListUsers": self.list,
        }

    def probe(self) -> None:
        """There is always something to send to."""

    def close(self) -> None:
        """Nothing is held open."""

    def send(self, contract: Contract, case: Case) -> Exchange:
        try:
            request = encode(contract, case)
        except NotExpressible as error:
            return Exchange(case, None, None, trouble=Trouble.CLIENT_REFUSED, detail=error.message)
        answer = self.answers.get(contract.operation)
        if answer is None:
            return Exchange(case, request, PAGE)
        if case.body is not None or failures(contract, "request", case.value):
            return Exchange(case, request, refusal(contract, "ValidationError"))
        return Exchange(case, request, answer(contract, case.value))

    def create(self, contract: Contract, request: dict[str, Any]) -> HTTPResponse:
        name = request["UserName"]
        if name.lower() in {each.lower() for each in self.users}:
            return refusal(contract, "EntityAlreadyExists")
        path = request.get("Path", "/")
        self.users[name] = {
            "Path": path,
            "UserName": name,
            "UserId": f"AIDA{secrets.token_hex(8).upper()}",
            "Arn": f"arn:aws:iam::123456789012:user{path}{name}",
            "CreateDate": "2026-01-02T03:04:05Z",
        }
        return write(contract, {"User": self.users[name]})

    def delete(self, contract: Contract, request: dict[str, Any]) -> HTTPResponse:
        if self.users.pop(request["UserName"], None) is None:
            return refusal(contract, "NoSuchEntity")
        return write(contract, {})

    def list(self, contract: Contract, request: dict[str, Any]) -> HTTPResponse:
        begin = 0
        if "Marker" in request:
            if request["Marker"] not in self.tokens:
                return self.refuse_token(contract)
            begin = self.tokens[request["Marker"]]
        prefix = request.get("PathPrefix", "/")
        found = [each for each in self.users.values() if each["Path"].startswith(prefix)]
        end = begin + request.get("MaxItems", USUAL_SIZE)
        page: Page = {"Users": found[begin:end], "IsTruncated": end < len(found)}
        if page["IsTruncated"]:
            page["Marker"] = secrets.token_urlsafe(24)
            self.tokens[page["Marker"]] = end
        return write(contract, self.finish(page))

    def refuse_token(self, contract: Contract) -> HTTPResponse:
        return refusal(contract, "ValidationError")


def refusal(contract: Contract, code: str) -> HTTPResponse:
    return write(contract, {"message": "No."}, code=code)


class TokenIsAFault(Users):
    """A token nobody gave out brings the server down."""

    def refuse_token(self, contract: Contract) -> HTTPResponse:
        return HTTPResponse(500, (("Content-Type", "text/html"),), b"<h1>Server Error</h1>")


class TokenOfAnyForm(Users):
    """A token nobody gave out leads to the first page."""

    def refuse_token(self, contract: Contract) -> HTTPResponse:
        return self.list(contract, {})


def faults() -> Iterator[Fault]:
    for name, finish, expects, also in (
        ("the flag has no token beside it", _without("Marker"), (FLAG, COMPLETE), (SIZES,)),
        ("the last page has a token", _always_a_token, (FLAG,), ()),
        ("the flag is always false", _flagged(False), (FLAG, COMPLETE), (SIZES,)),
        ("the flag is left out", _without("IsTruncated"), (PAGINATOR,), ()),
    ):
        yield _fault(name, lambda finish=finish: Users(finish), *expects, also=also)
    no_fault = "errors#no-server-fault"
    wire = ("wire#*", "errors#discriminator", "errors#status")
    yield _fault("a made-up token is a fault", TokenIsAFault, INVALID, no_fault, also=wire)
    yield _fault("a made-up token is the start", TokenOfAnyForm, INVALID)


def _fault(
    name: str, build: Callable[[], Target], *expects: str, also: tuple[str, ...] = ()
) -> Fault:
    return Fault(LIST.id, name, build, expects, also, serve=_in_process, stated_by=LIST)


def _in_process(build: Callable[[], Target]) -> AbstractContextManager[Target]:
    return nullcontext(build())


def _without(name: str) -> Callable[[Page], Page]:
    return lambda page: {key: value for key, value in page.items() if key != name}


def _flagged(value: bool) -> Callable[[Page], Page]:
    return lambda page: {**page, "IsTruncated": value}


def _always_a_token(page: Page) -> Page:
    return {"Marker": "nothing-comes-after-this", **page}
