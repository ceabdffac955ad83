"""Whose things are: what others made is looked at, and never changed nor removed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.running import Run, RunOptions, run
from awsconform.conformance.state.pool import Pool
from awsconform.conformance.state.resources import SetupFailed
from awsconform.conformance.targets.locator import as_target
from awsconform.specs import catalog
from awsconform.specs.producing import references
from awsconform.specs.producing.words import key
from state_bench import Answer, Bench, answered, contract, knowing

THEIRS = "prod-db-password"
ARN = f"arn:aws:secretsmanager:us-east-1:123456789012:secret:{THEIRS}-AbCdEf"
READS = ("ListSecrets", "DescribeSecret", "GetSecretValue", "BatchGetSecretValue")


class Vault:
    """Has a secret of somebody, shows it to everyone, and takes no more secrets."""

    def __init__(self) -> None:
        self.touched: list[tuple[str, str]] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        operation = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
        if THEIRS in body and operation not in READS:
            self.touched.append((operation, body))
        status, answer = self.answer(operation, body)
        said = json.dumps(answer).encode()
        head = [("Content-Type", "application/x-amz-json-1.1"), ("x-amzn-RequestId", "1")]
        start_response(status, [*head, ("Content-Length", str(len(said)))])
        return [said]

    def answer(self, operation: str, body: str) -> tuple[str, Any]:
        if operation == "ListSecrets":
            return "200 OK", {"SecretList": [{"ARN": ARN, "Name": THEIRS}]}
        if operation == "CreateSecret":
            return "400 Bad Request", {"__type": "LimitExceededException", "Message": "no"}
        if THEIRS in body:
            return "200 OK", {"ARN": ARN, "Name": THEIRS}
        return "400 Bad Request", {"__type": "ResourceNotFoundException", "Message": "no"}


def on(vault: Vault, *names: str) -> Run:
    contracts = catalog.select([f"secretsmanager.{each}" for each in names])
    return run(contracts, as_target(vault), RunOptions(seed=3, examples=3))


def test_what_others_made_is_never_written_to_where_nothing_can_be_made() -> None:
    vault = Vault()
    done = on(vault, "ListSecrets", "DescribeSecret", "PutSecretValue", "DeleteSecret")
    assert vault.touched == []
    described, written, deleted = done.results[1:]
    assert described.achievement.accepted > 0
    for result in (written, deleted):
        assert "CreateSecret answered 400 LimitExceededException" in (result.trouble or "")


def test_what_was_there_before_is_not_taken_for_made_when_it_is_created_with_success() -> None:
    def secrets(operation: str, request: dict[str, Any]) -> Answer:
        theirs = {"ARN": ARN, "Name": THEIRS}
        return {"SecretList": [theirs]} if operation == "ListSecrets" else theirs

    bench = Bench("secretsmanager.CreateSecret", secrets)
    listing = contract("secretsmanager.ListSecrets")
    bench.send(listing, Case(listing.id, Intent(Purpose.SETUP), {}))
    with pytest.raises(SetupFailed, match="answered with what was there before"):
        bench.resources.make("secret")
    value = {"Name": "new"}
    bench.send(bench.contract, Case(bench.contract.id, Intent(Purpose.VALID), value))
    bench.resources.clean_up()
    assert "DeleteSecret" not in bench.operations


def seen(pool: Pool, name: str, request: dict[str, Any], answer: Any) -> None:
    of = contract(name)
    pool.learn(answered(of, request, answer), references(of))


def found(pool: Pool, name: str, member: str, *, own: bool, noun: str = "") -> list[str]:
    place = contract(name).place("request", (member,))
    assert place is not None
    return pool.find(contract(name), place, noun, own=own)


def test_what_reads_show_serves_reads_alone_and_after_what_was_made() -> None:
    pool = Pool()
    seen(pool, "kms.ListKeys", {}, {"Keys": [{"KeyId": "theirs"}]})
    seen(pool, "kms.CreateKey", {}, {"KeyMetadata": {"KeyId": "mine"}})
    seen(pool, "kms.ListKeys", {}, {"Keys": [{"KeyId": "mine"}, {"KeyId": "theirs"}]})
    assert found(pool, "kms.DescribeKey", "KeyId", own=False) == ["mine", "theirs"]
    assert found(pool, "kms.DisableKey", "KeyId", own=True) == ["mine"]
    assert pool.is_foreign("theirs")
    assert not pool.is_foreign("mine")


def test_what_a_creation_shows_besides_what_it_makes_is_not_made_by_it() -> None:
    pool = Pool()
    instance = {"InstanceId": "i-1", "VpcId": "vpc-everybodys"}
    seen(pool, "ec2.RunInstances", {"MinCount": 1, "MaxCount": 1}, {"Instances": [instance]})
    assert pool.owns("i-1")
    assert pool.is_foreign("vpc-everybodys")


def test_an_arn_that_ends_with_a_name_that_was_made_is_of_it() -> None:
    pool = Pool()
    seen(pool, "logs.CreateLogGroup", {"logGroupName": "mineandnoneelses"}, {})
    arns = [f"arn:aws:logs:us-east-1:1:log-group:{name}" for name in ("mineandnoneelses", "b")]
    groups = [{"logGroupName": arn.rpartition(":")[2], "arn": arn} for arn in arns]
    seen(pool, "logs.DescribeLogGroups", {}, {"logGroups": groups})
    noun = key(("log", "group"))
    assert found(pool, "logs.TagResource", "resourceArn", own=True, noun=noun) == arns[:1]


JOBS: dict[str, Any] = {
    "resources": {
        "job": {
            "create": "ListTranscriptionJobs",
            "gives": {
                "TranscriptionJobName": [
                    "response",
                    "TranscriptionJobSummaries",
                    0,
                    "TranscriptionJobName",
                ]
            },
            "delete": ["DeleteTranscriptionJob"],
        }
    },
    "operations": {
        "GetTranscriptionJob": {"needs": ["job"]},
        "DeleteTranscriptionJob": {"needs": ["job"]},
    },
}


def jobs(operation: str, request: dict[str, Any]) -> Answer:
    return {"TranscriptionJobSummaries": [{"TranscriptionJobName": "theirs"}]}


@pytest.mark.parametrize("reads", [True, False])
def test_what_can_only_be_looked_up_is_for_reads_and_is_not_removed(reads: bool) -> None:
    name = "GetTranscriptionJob" if reads else "DeleteTranscriptionJob"
    bench = Bench(f"transcribe.{name}", jobs, knowing(transcribe=JOBS))
    bound = bench.resources.bindings()
    assert (bound.get("TranscriptionJobName") == "theirs") is reads
    assert ("not made in this run" in (bench.resources.trouble or "")) is not reads
    bench.resources.clean_up()
    assert bench.operations == ["ListTranscriptionJobs"]


def test_what_is_looked_up_of_something_made_is_as_own_as_that() -> None:
    def queues(operation: str, request: dict[str, Any]) -> Answer:
        if operation == "CreateQueue":
            return {"QueueUrl": f"http://localhost/1/{request['QueueName']}"}
        name = str(request.get("QueueUrl")).rpartition("/")[2]
        return {"Attributes": {"QueueArn": f"arn:aws:sqs:us-east-1:000011112222:{name}"}}

    bench = Bench("sqs.StartMessageMoveTask", queues)
    bound = bench.resources.make("queue-arn")
    assert bench.pool.owns(bound["QueueArn"])


def test_what_a_user_says_is_given_though_others_made_it() -> None:
    stated = {"operations": {"PutSecretValue": {"values": {"SecretId": THEIRS}}}}
    known = knowing(secretsmanager=stated)
    listed = {"SecretList": [{"ARN": ARN, "Name": THEIRS}]}
    bench = Bench("secretsmanager.PutSecretValue", lambda *_: listed, known)
    listing = contract("secretsmanager.ListSecrets")
    bench.send(listing, Case(listing.id, Intent(Purpose.SETUP), {}))
    value = bench.resources.prepare(bench.contract, {"SecretId": "drawn"}, {})
    assert value["SecretId"] == THEIRS


def test_what_was_made_and_then_stopped_is_still_own_when_it_is_seen_again() -> None:
    name = {"InferenceSchedulerName": ["request", "InferenceSchedulerName"]}
    made = {
        "create": "CreateInferenceScheduler",
        "gives": name,
        "unique": ["InferenceSchedulerName"],
        "then": ["StopInferenceScheduler", "DescribeInferenceScheduler"],
    }
    deleting = "lookoutequipment.DeleteInferenceScheduler"
    known = {
        "resources": {"scheduler": made},
        "operations": {"DeleteInferenceScheduler": {"needs": ["scheduler"]}},
    }

    def schedulers(operation: str, request: dict[str, Any]) -> Answer:
        name = request["InferenceSchedulerName"]
        return {"InferenceSchedulerName": name} if operation.startswith("Describe") else {}

    bench = Bench(deleting, schedulers, knowing(lookoutequipment=known))
    bound = bench.resources.bindings()
    assert bench.pool.owns(bound["InferenceSchedulerName"])
    assert bench.resources.trouble is None
