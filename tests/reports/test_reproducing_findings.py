"""What several requests show is shown again on an empty target by the program and the commands."""

from __future__ import annotations

import contextlib
import io
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.serving import make_server

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.outcomes import Finding
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.reports.reproduction import Reproduction, reproduce_finding
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.targets.locator import as_target
from awsconform.specs import catalog
from awsconform.specs.contract import Contract
from awsconform.specs.validation import Failure


class Indelible(Emulator):
    """Deletes nothing, and does not look at names."""

    def validate(self, contract: Contract, request: dict[str, Any]) -> list[Failure]:
        found = super().validate(contract, request)
        return [each for each in found if each.path != ("displayName",)]

    def invoke(self, contract: Contract, request: dict[str, Any]) -> dict[str, Any]:
        return {} if contract.operation == "DeleteFarm" else super().invoke(contract, request)


class Replaceable:
    """A server whose application can be another one."""

    def __init__(self) -> None:
        self.application = Indelible()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self.application(environ, start_response)


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, Replaceable]]:
    replaceable = Replaceable()
    server = make_server("127.0.0.1", 0, replaceable, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", replaceable
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def finding(url: str, operation: str, kind: str) -> tuple[Contract, Finding]:
    clause = f"{operation}/request#{kind}"
    [contract] = catalog.select([operation])
    done = run([contract], as_target(url), RunOptions(seed=3, examples=0, clauses=clause))
    [outcome] = done.outcomes
    return contract, outcome.findings[0]


def printed(reproduction: Reproduction) -> list[str]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(reproduction.boto3, {})
    return said.getvalue().splitlines()


def test_a_deletion_is_shown_with_what_was_deleted_and_the_read_that_finds_it(
    served: tuple[str, Replaceable],
) -> None:
    url, server = served
    contract, found = finding(url, "deadline.DeleteFarm", "deleted-is-gone")
    operations = [each.case.operation.partition(".")[2] for each in found.exchanges]
    assert operations[:2] == ["CreateFarm", "DeleteFarm"]
    assert found.shown_by is not None

    server.application = Indelible()
    again = reproduce_finding(contract, found, endpoint_of(url))
    made, *_, shown = printed(again)
    name = eval(made)["farmId"]
    assert name in shown
    assert name != found.exchange.case.value["farmId"]
    assert again.curl.count("curl ") == len(found.exchanges)
    assert again.cli.count("aws deadline ") == len(found.exchanges)


def test_a_request_by_itself_is_a_program_without_numbers(
    served: tuple[str, Replaceable],
) -> None:
    url, _ = served
    [contract] = catalog.select(["deadline.CreateFarm"])
    options = RunOptions(seed=3, examples=0, clauses="request/displayName#required")
    done = run([contract], as_target(url), options)
    found = next(each for outcome in done.outcomes for each in outcome.findings)
    assert found.exchanges == (found.exchange,)
    again = reproduce_finding(contract, found, endpoint_of(url))
    assert "    response = client.create_farm(" in again.boto3
    assert "# The request" not in again.boto3 + again.curl


def test_an_answer_that_boto3_cannot_read_does_not_keep_the_next_request_back(
    served: tuple[str, Replaceable],
) -> None:
    url, server = served
    contract, found = finding(url, "deadline.DeleteFarm", "deleted-is-gone")

    class Unreadable(Indelible):
        def __call__(self, environ: Any, start_response: Any) -> Any:
            if environ["REQUEST_METHOD"] != "DELETE":
                return super().__call__(environ, start_response)
            start_response("200 OK", [("Content-Type", "application/json")])
            return [b'{"']

    server.application = Unreadable()
    try:
        lines = printed(reproduce_finding(contract, found, endpoint_of(url)))
    finally:
        server.application = Indelible()
    assert len(lines) == len(found.exchanges)
    assert eval(lines[0])["farmId"] in lines[-1]
