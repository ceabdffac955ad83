"""Functions of a user's: called where they are to be, and told by their place where they fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.exchange import Case, HTTPRequest, Intent, Purpose
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.wsgi import WSGITarget
from awsconform.specs.catalog import load
from cli.calling import Call

ONE = ("run", "deadline.ListFarms", "-k", "#enum", "--examples", "0", "--format", "json")
HOOKS = """
import json, pathlib
NOTES = pathlib.Path(__file__).with_name("notes")

def note(text):
    with NOTES.open("a") as file:
        print(text, file=file)

def setup(target): note(f"setup {target}")
def teardown(target): note(f"teardown {target}")
def before_send(request):
    note(request.method)
    return {"X-Tenant": "meadow", "X-Token": "a-very-secret-token"}
def hints(service):
    note(f"hints {service}")
def broken(argument): raise LookupError("oh")
def wrong(argument): return ["no", "headers"]
def split(argument): return {"X-A": "b\\r\\nX-C: d"}
def nonsense(service): return {"operations": {"NoSuchOperation": {}}}
nothing = 7
"""


@pytest.fixture
def hooked(folder: Path) -> Path:
    (folder / "hooked.py").write_text(HOOKS)
    return folder


def configure(folder: Path, **hooks: str) -> None:
    lines = [f'{name.replace("_", "-")} = "{named}"' for name, named in hooks.items()]
    (folder / "awsconform.toml").write_text("\n".join(["[hooks]", *lines]))


def test_set_up_and_teardown_are_around_the_requests(hooked: Path, call: Call) -> None:
    names = ("setup", "teardown", "before_send", "hints")
    configure(hooked, **{name: f"hooked.py:{name}" for name in names})
    assert call(*ONE).code == 0
    first, *notes, last = (hooked / "notes").read_text().split("\n")[:-1]
    assert first == "hints deadline"
    assert notes[0] == "setup emulator:"
    assert set(notes[1:]) <= {"GET", "POST", "DELETE", "PATCH", "hints deadline"}
    assert last == "teardown emulator:"


def test_teardown_comes_though_the_run_fails_and_its_own_failure_costs_no_report(
    hooked: Path, call: Call
) -> None:
    configure(hooked, teardown="hooked.py:teardown", before_send="hooked.py:broken")
    assert call(*ONE).code == 2
    assert (hooked / "notes").read_text() == "teardown emulator:\n"
    configure(hooked, teardown="hooked.py:broken")
    ended = call(*ONE)
    assert ended.code == 0
    assert json.loads(ended.out)["operations"]
    assert "Warning: awsconform.toml:2: hooks.teardown: hooked.py:broken fails" in ended.err


@pytest.mark.parametrize(
    ("name", "function", "told"),
    [
        ("setup", "hooked.py:broken", "fails: LookupError: oh"),
        ("before_send", "hooked.py:broken", "fails: LookupError: oh"),
        ("before_send", "hooked.py:wrong", "gave list, not a dict of headers"),
        ("before_send", "hooked.py:split", "gave a header 'X-A' that can be none"),
        ("setup", "hooked.py:nothing", "is no function"),
        ("teardown", "hooked.py:nothing", "is no function"),
        ("setup", "hooked.py:nobody", "is not there: hooked.py has no nobody"),
        ("setup", "nowhere.py:at", "cannot be loaded: FileNotFoundError"),
        ("setup", "no_such_module_of_ours:at", "cannot be loaded: ModuleNotFoundError"),
    ],
)
def test_what_is_wrong_with_a_hook_is_told_by_its_place(
    name: str, function: str, told: str, hooked: Path, call: Call
) -> None:
    configure(hooked, **{name: function})
    ended = call(*ONE)
    assert ended.code == 2
    key = name.replace("_", "-")
    assert f"Error: awsconform.toml:2: hooks.{key}: {function} {told}" in ended.err


def test_hints_that_cannot_be_used_are_refused_before_anything_is_sent(
    hooked: Path, call: Call
) -> None:
    configure(hooked, hints="hooked.py:nonsense", before_send="hooked.py:before_send")
    ended = call(*ONE)
    assert ended.code == 2
    assert "NoSuchOperation" in ended.err
    assert not (hooked / "notes").exists()


def test_headers_of_a_hook_are_sent_and_secret_ones_not_shown() -> None:
    seen: list[dict[str, str]] = []
    emulator = Emulator()

    def application(environ, start_response):  # type: ignore[no-untyped-def]
        seen.append(environ)
        return emulator(environ, start_response)

    def before_send(request: HTTPRequest) -> tuple[tuple[str, str], ...]:
        assert any(name == "Authorization" for name, _ in request.headers)
        return (("X-Tenant", "meadow"), ("X-Token", "a-very-secret-token"))

    target = WSGITarget(application, name="it", options=Options(before_send=before_send))
    contract = load("deadline", "ListFarms")
    exchange = target.send(contract, Case(contract.id, Intent(Purpose.VALID), {}))
    assert (seen[0]["HTTP_X_TENANT"], seen[0]["HTTP_X_TOKEN"]) == ("meadow", "a-very-secret-token")
    assert exchange.request is not None
    shown = dict(exchange.request.headers)
    assert (shown["X-Tenant"], shown["X-Token"]) == ("meadow", "[hidden]")
    assert "a-very-secret-token" in exchange.secrets
