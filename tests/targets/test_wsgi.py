"""A WSGI application gets what a server would give it, and cannot hurt its caller."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from awsconform.conformance.exchange import Case, Exchange, HTTPRequest, Intent, Purpose, Trouble
from awsconform.conformance.targets.locator import Options, as_target, open_target
from awsconform.conformance.targets.wsgi import WSGITarget, environ
from awsconform.conformance.wire.answers import read
from awsconform.conformance.wire.classification import Reaction, classify
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract

LIST_FARMS = load("deadline", "ListFarms")
GET_FARM = load("deadline", "GetFarm")
CREATE_FARM = load("deadline", "CreateFarm")


def send(application: Any, contract: Contract = LIST_FARMS, **value: Any) -> Exchange:
    target = WSGITarget(application, name="wsgi:test", options=Options(response_limit=1000))
    return target.send(contract, Case(contract.operation, Intent(Purpose.VALID), value))


def test_gives_the_application_what_was_sent() -> None:
    seen: list[Request] = []

    @Request.application
    def application(request: Request) -> Response:
        seen.append(request)
        assert request.get_json() == {"displayName": "ü"}
        return Response("{}", 201, {"X-Amzn-RequestId": "1"})

    made = send(application, CREATE_FARM, displayName="ü", clientToken="t")
    assert (made.trouble, made.detail) == (None, "")
    assert made.response is not None
    assert (made.response.status, made.response.body) == (201, b"{}")
    assert seen[0].headers["X-Amz-Client-Token"] == "t"
    assert "/us-east-1/deadline/aws4_request" in seen[0].headers["Authorization"]
    assert made.request is not None
    assert dict(made.request.headers)["Authorization"] == "[hidden]"


@pytest.mark.parametrize("segment", ["a b", "ü", "a/b", "%", "+"])
def test_gives_the_path_decoded_and_as_it_was_sent(segment: str) -> None:
    seen: list[Request] = []

    @Request.application
    def application(request: Request) -> Response:
        seen.append(request)
        return Response()

    made = send(application, GET_FARM, farmId=segment)
    assert seen[0].path == f"/2023-10-12/farms/{segment}"
    assert made.request is not None
    assert seen[0].environ["REQUEST_URI"] == made.request.path
    assert made.request.path.count("/") == 3


def test_gives_repeated_headers_joined() -> None:
    made = environ(HTTPRequest("GET", "/", (("A-b", "1"), ("a-B", "2")), b""))
    assert made["HTTP_A_B"] == "1,2"


class Parts:
    """An answer in parts that notes whether it was closed."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self.parts = parts
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.parts)

    def close(self) -> None:
        self.closed = True


def endless() -> Iterator[bytes]:
    while True:
        yield b"x" * 100


def failing() -> Iterator[bytes]:
    yield b"x"
    raise KeyError("half way")


@pytest.mark.parametrize(
    ("parts", "trouble"),
    [([b"a", b"b"], None), (endless(), Trouble.TOO_LARGE), (failing(), Trouble.CRASHED)],
)
def test_closes_what_the_application_returns(
    parts: Iterable[bytes], trouble: Trouble | None
) -> None:
    returned = Parts(parts)

    def application(environ: Any, start_response: Any) -> Parts:
        start_response("200 OK", [])
        return returned

    assert send(application).trouble is trouble
    assert returned.closed


def raising(error: BaseException) -> Any:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        raise error

    return application


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError("deep"), SystemExit(1)])
def test_takes_an_exception_for_trouble(error: BaseException) -> None:
    made = send(raising(error))
    assert made.trouble is Trouble.CRASHED
    assert made.detail.startswith(type(error).__name__)
    assert "test_wsgi.py:" in made.detail


def test_shows_no_secret_of_an_exception() -> None:
    made = send(raising(ValueError("Authorization: AWS4-HMAC-SHA256 Signature=abcdef0123456789")))
    assert "abcdef0123456789" not in made.detail


def test_lets_the_user_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt):
        send(raising(KeyboardInterrupt()))


def silent(environ: Any, start_response: Any) -> list[bytes]:
    return []


def strange(environ: Any, start_response: Any) -> list[bytes]:
    start_response("fine", [])
    return []


def textual(environ: Any, start_response: Any) -> list[str]:
    start_response("200 OK", [])
    return ["text"]


@pytest.mark.parametrize("application", [silent, strange, textual])
def test_takes_what_is_no_wsgi_for_trouble(application: Any) -> None:
    assert send(application).trouble is Trouble.CRASHED


def test_sends_nothing_that_has_no_wire_form() -> None:
    made = send(raising(AssertionError("called")), maxResults="5")
    assert (made.trouble, made.request) == (Trouble.CLIENT_REFUSED, None)


def test_takes_an_exception_for_a_missing_operation_as_one() -> None:
    made = send(raising(NotImplementedError("the list_farms action")))
    assert classify(LIST_FARMS, made, None) is Reaction.UNIMPLEMENTED


def test_opens_the_embedded_emulator_fresh_each_time() -> None:
    def farms(target: Any) -> int:
        made = target.send(LIST_FARMS, Case("ListFarms", Intent(Purpose.VALID), {}))
        return len(json.loads(made.response.body)["farms"])

    first, second = open_target("emulator:"), open_target("emulator:")
    case = Case("CreateFarm", Intent(Purpose.SETUP), {"displayName": "x"})
    made = first.send(CREATE_FARM, case)
    assert made.response is not None
    assert classify(CREATE_FARM, made, read(CREATE_FARM, made.response)) is Reaction.ACCEPTED
    assert (farms(first), farms(second)) == (1, 0)


def test_moves_the_clock_of_the_emulator() -> None:
    from awsconform.conformance.emulator.application import Emulator

    emulator = Emulator()
    target = as_target(emulator)
    before = emulator.clock.now()
    assert target.advance_clock is not None
    target.advance_clock(3600)
    moved = emulator.clock.now() - before
    assert (moved if isinstance(moved, int | float) else moved.total_seconds()) >= 3600
