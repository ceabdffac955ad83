"""Moto lacks all three services: unimplemented, whatever it answers, and never green."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.series import OperationSeries
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


@pytest.mark.parametrize(
    ("operation", "own", "around"),
    [
        ("iam.DeleteAccessKey", "AccessKeyId", ("UserName",)),
        ("iam.DeleteUserPolicy", "PolicyName", ("UserName",)),
        ("s3.DeleteObject", "Key", ("Bucket",)),
        ("s3.DeleteBucketCors", None, ("Bucket",)),
        ("logs.DeleteLogStream", "logStreamName", ("logGroupName",)),
    ],
)
def test_a_deletion_is_looked_for_by_what_is_its_own(
    operation: str, own: str | None, around: tuple[str, ...]
) -> None:
    clause = f"{operation}/request#deleted-is-gone"
    options = RunOptions(seed=4, examples=0, clauses=clause)
    [contract] = catalog.select([operation])
    result = OperationSeries(open_target("moto:")).judge(contract, options)
    assert [outcome.verdict for outcome in result.outcomes] == [Verdict.CONFORMS]
    sent = result.evidence.of_clause(clause)
    [deletion] = [each for each in sent if each.facts["step"] == "delete"]
    request = deletion.exchange.case.value
    assert deletion.facts["identity"] == ([request[own]] if own else [])
    assert set(request) == {*around, *([own] if own else [])}
    noun = operation.partition(".Delete")[2].rstrip("sy")
    assert {noun in each.contract.operation for each in sent} == {True}
