"""Moto lacks all three services: unimplemented, whatever it answers, and never green."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.targets.locator import open_target
from awsconform.specs import catalog

moto_server = pytest.importorskip("moto.server")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def verdicts(target: str, *names: str) -> tuple[set[Verdict], int]:
    done = run(catalog.select(names), open_target(target), RunOptions(seed=4, examples=0))
    return {outcome.verdict for outcome in done.outcomes}, done.exit_code


def test_a_started_server_is_unimplemented_for_all_three_services(url: str) -> None:
    assert verdicts(url) == ({Verdict.UNIMPLEMENTED}, 3)


def test_its_application_in_process_is_unimplemented_as_well() -> None:
    assert verdicts("moto:") == ({Verdict.UNIMPLEMENTED}, 3)


def test_what_it_has_is_judged(url: str) -> None:
    found, code = verdicts(url, "sqs.ListQueues")
    assert Verdict.CONFORMS in found
    assert Verdict.UNIMPLEMENTED not in found
    assert code == 1
