"""Nothing stays on a target that a run has made, or the report says what and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.emulator.service import Value
from awsconform.conformance.exchange import Case, Exchange
from awsconform.conformance.running import Progress, Run, RunOptions, run
from awsconform.conformance.targets.locator import as_target
from awsconform.specs import catalog
from awsconform.specs.contract import Contract
from awsconform.specs.validation import Failure
from state_bench import Answer, Bench, knowing

GIVES = {"UserName": ["request", "UserName"]}
USER: dict[str, Any] = {"create": "CreateUser", "gives": GIVES, "delete": ["DeleteUser"]}
USERS = knowing(iam={"resources": {"user": USER}})


class Lax(Emulator):
    """Takes everything."""

    def validate(self, contract: Contract, request: Value) -> list[Failure]:
        return []


class Kept(Emulator):
    """Deletes nothing."""

    def invoke(self, contract: Contract, request: Value) -> Value:
        if contract.operation == "DeleteFarm":
            raise RuntimeError("no")
        return super().invoke(contract, request)


class Watched:
    """An application's target that can be told of every request before it is sent."""

    def __init__(self, application: Emulator, told: Callable[[str], None] | None = None) -> None:
        self.target = as_target(application)
        self.told = told or (lambda operation: None)
        self.name, self.view = self.target.name, self.target.view
        self.advance_clock = self.restart = None
        self.generation = 0

    def probe(self) -> None:
        """Nothing to find out."""

    def send(self, contract: Contract, case: Case) -> Exchange:
        self.told(contract.operation)
        return self.target.send(contract, case)

    def close(self) -> None:
        """Nothing is held open."""


def farms(emulator: Emulator) -> int:
    def start(status: str, headers: list[tuple[str, str]]) -> None:
        assert status.startswith("200")

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/2023-10-12/farms", "QUERY_STRING": ""}
    body = b"".join(emulator(environ, start))
    return len(json.loads(body)["farms"])


def on(target: Any, *names: str, **options: Any) -> Run:
    chosen = RunOptions(**{"seed": 3, "examples": 0, **options})
    return run(catalog.select(names), target, chosen)


def test_what_accepted_drawn_violations_made_is_removed() -> None:
    emulator = Lax()
    on(as_target(emulator), "deadline.CreateFarm", examples=10)
    assert farms(emulator) == 0


def test_what_cannot_be_removed_is_told_each_by_its_name() -> None:
    emulator = Kept()
    [result] = on(as_target(emulator), "deadline.CreateFarm").results
    assert 0 < farms(emulator) == len(set(result.left))
    assert all("farm-" in each and "DeleteFarm answered" in each for each in result.left)


@pytest.mark.parametrize("answer", ["InternalFailure", "ServiceFailure"])
def test_what_came_of_a_request_that_failed_is_removed_by_its_name_and_quietly(answer: str) -> None:
    users: set[str] = set()

    def service(operation: str, request: dict[str, Any]) -> Answer:
        if operation == "CreateUser":
            users.add(request["UserName"])
            return answer
        if request["UserName"] not in users:
            return "NoSuchEntity"
        users.remove(request["UserName"])
        return {}

    bench = Bench("iam.CreateUser", service, USERS)
    bench.resources.create(bench.resources.hints.resources["user"], {}, {})
    users.add("somebody")
    bench.resources.clean_up()
    assert users == {"somebody"}
    assert bench.operations[-1] == "DeleteUser"
    assert (bench.resources.left, bench.resources.trouble) == ([], None)


def test_what_nothing_came_of_is_not_told() -> None:
    failing: dict[str, Answer] = {"CreateUser": "ServiceFailure", "DeleteUser": "ServiceFailure"}
    bench = Bench("iam.CreateUser", lambda operation, _: failing[operation], USERS)
    bench.resources.create(bench.resources.hints.resources["user"], {}, {})
    bench.resources.clean_up()
    assert bench.resources.left == []


@pytest.mark.parametrize("twice", [False, True])
def test_an_interruption_leaves_time_to_remove_what_was_made_and_a_second_one_none(
    twice: bool,
) -> None:
    emulator = Emulator()
    sent: list[str] = []

    def interrupt(operation: str) -> None:
        sent.append(operation)
        interrupted = len(sent) == 20 or (twice and len(sent) == 21)
        if interrupted:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        on(Watched(emulator, interrupt), "deadline.CreateFarm")
    assert (farms(emulator) > 0) is twice
    assert set(sent[20:]) == {"DeleteFarm"}


def test_progress_that_is_interrupted_for_good_does_not_keep_things_from_being_removed() -> None:
    emulator = Emulator()

    def progress(made: Progress) -> None:
        if made.requests >= 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(
            catalog.select(["deadline.CreateFarm"]),
            as_target(emulator),
            RunOptions(examples=0),
            progress=progress,
        )
    assert farms(emulator) == 0


def test_what_a_request_removed_already_is_not_told_when_it_cannot_be_removed_again() -> None:
    removals: list[str] = []

    def service(operation: str, request: dict[str, Any]) -> Answer:
        if operation == "DeleteUser":
            removals.append(request["UserName"])
            return {} if len(removals) == 1 else "ServiceFailure"
        return {}

    bench = Bench("iam.DeleteUser", service, USERS)
    bench.resources.call("DeleteUser", bench.resources.make("user"))
    kept = bench.resources.make("user")["UserName"]
    bench.resources.clean_up()
    assert [each.partition(":")[0] for each in bench.resources.left] == [f"user {kept}"]
