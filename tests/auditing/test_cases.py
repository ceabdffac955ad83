"""Generated cases and codecs agree with others; where they do not, the audit says so."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from click.testing import CliRunner

from awsconform.commands.audit_cases import command
from awsconform.conformance.auditing import answers, requests, running
from awsconform.conformance.auditing.findings import AuditedOperation
from awsconform.conformance.auditing.running import audit, audit_operation
from awsconform.conformance.auditing.same_requests import differences
from awsconform.conformance.auditing.second_opinions import complaints
from awsconform.conformance.auditing.selecting import sample
from awsconform.conformance.auditing.summary import Summary, text
from awsconform.conformance.exchange import HTTPRequest
from awsconform.specs import catalog
from awsconform.specs.auditing.selecting import named
from awsconform.specs.contract import Contract

ONE_OF_EACH = {
    "json": "dynamodb.CreateTable",
    "rest-json": "lambda.CreateFunction",
    "query": "iam.CreateRole",
    "ec2": "ec2.CreateTags",
    "rest-xml": "s3.PutBucketLifecycleConfiguration",
    "rpc-v2-cbor": "eventbridgev2.CreateEventBus",
}


def load(name: str) -> Contract:
    return catalog.load(*name.split(".", 1))


def audited(name: str, *, seed: int = 1) -> AuditedOperation:
    return audit_operation(load(name), seed=seed, requests=8)


@pytest.mark.parametrize("protocol", ONE_OF_EACH)
def test_everybody_agrees_on_an_operation_of_each_protocol(protocol: str) -> None:
    found = audited(ONE_OF_EACH[protocol])
    assert found.protocol == protocol
    assert not found.disagreements
    assert found.counts["requests"] == 8
    assert found.counts["violations"] > 5
    assert found.counts["responses"] > 2


def test_the_same_seed_finds_the_same() -> None:
    one, other = audited("deadline.CreateFarm"), audited("deadline.CreateFarm")
    assert (one.counts, one.apart) == (other.counts, other.apart)


def test_a_request_that_is_a_stream_of_events_is_out_of_reach_and_said_to_be() -> None:
    found = audited("bedrock-runtime.InvokeModelWithBidirectionalStream")
    assert not found.disagreements
    assert found.apart == {"the request is a stream of events": 1}
    assert not found.counts["requests"]
    assert found.counts["responses"] > 3


@pytest.mark.parametrize(
    "name",
    [
        "kinesis.SubscribeToShard",
        "s3.SelectObjectContent",
        "lambda.InvokeWithResponseStream",
        "logs.StartLiveTail",
    ],
)
def test_everybody_agrees_on_answers_that_are_streams_of_events(name: str) -> None:
    found = audited(name)
    assert not found.disagreements
    assert found.counts["responses"] >= 5
    assert not [why for why in found.apart if "stream" in why]


@pytest.mark.parametrize(
    "name",
    [
        "account.SendPhoneNumberVerification",
        "connectcampaignsv2.DeleteInstanceOnboardingJob",
        "ivs.GetAdConfiguration",
    ],
)
def test_a_member_of_an_error_that_is_its_type_has_no_other_value(name: str) -> None:
    found = audited(name)
    assert not found.disagreements
    assert found.counts["errors"] > 5


def test_a_writer_that_loses_an_event_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    right = answers.write

    def wrong(contract: Contract, value: dict[str, Any], *, code: str | None = None) -> Any:
        fewer = {"EventStream": value["EventStream"][1:]} if "EventStream" in value else {}
        return right(contract, {**value, **fewer}, code=code)

    monkeypatch.setattr(answers, "write", wrong)
    found = audited("kinesis.SubscribeToShard")
    assert {each.judge for each in found.disagreements} == {"our reader", "botocore's parser"}


def test_a_member_of_an_event_that_is_wrong_is_complained_of_at_its_place() -> None:
    contract = load("kinesis.SubscribeToShard")
    event = {
        "SubscribeToShardEvent": {
            "Records": [], "ContinuationSequenceNumber": "1", "MillisBehindLatest": "late",
        }
    }  # fmt: skip
    pointer = ("EventStream", 0, "SubscribeToShardEvent", "MillisBehindLatest")
    found = complaints(contract, "response", {"EventStream": [event]})
    assert pointer in [where for where, _ in found]


def test_a_contract_that_is_not_the_models_makes_botocore_disagree() -> None:
    contract = catalog.load("deadline", "CreateFarm")
    document = json.loads(json.dumps(contract.document))
    members = document["$defs"][contract.input_shape]["properties"]
    members["displayName"] = {"$ref": "#/$defs/Count", "aws": {}}
    document["$defs"]["Count"] = {"type": "integer", "aws": {"type": "integer"}}
    found = audit_operation(Contract(document), seed=1, requests=4)
    assert {each.judge for each in found.disagreements} >= {"botocore's validator"}


def test_what_fails_on_the_way_is_a_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any, **named: Any) -> None:
        raise ValueError("lost")

    monkeypatch.setattr(running, "audit_violations", fail)
    found = audited("deadline.GetFarm")
    (only,) = found.disagreements
    assert (only.judge, only.case) == ("an exception", "violations")
    assert "ValueError" in only.told
    assert "lost" in only.told


def test_an_encoder_that_writes_something_else_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    right = requests.encode

    def wrong(contract: Contract, case: Any) -> HTTPRequest:
        made = right(contract, case)
        return HTTPRequest(made.method, made.path + "x", made.headers, made.body + b" ")

    monkeypatch.setattr(requests, "encode", wrong)
    found = audited("deadline.GetFarm")
    assert {each.judge for each in found.disagreements} == {"botocore's serializer"}


def test_a_writer_that_loses_a_member_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    right = answers.write

    def wrong(contract: Contract, value: dict[str, Any], *, code: str | None = None) -> Any:
        return right(contract, dict(list(value.items())[1:]), code=code)

    monkeypatch.setattr(answers, "write", wrong)
    found = audited("lookoutequipment.DescribeInferenceScheduler")
    assert {each.judge for each in found.disagreements} == {"our reader", "botocore's parser"}


def request(**changes: Any) -> HTTPRequest:
    stated: dict[str, Any] = {
        "method": "POST",
        "path": "/a?b=2",
        "headers": (("Content-Type", "application/json"),),
        "body": b'{"at":"2026-01-02T03:04:05.5Z"}',
    }
    return HTTPRequest(**{**stated, **changes})


MADE = {
    "method": "POST", "url_path": "/a", "query_string": {"b": 2},
    "headers": {"Content-Type": "application/json"},
    "body": b'{ "at": "2026-01-02T03:04:05.500000Z" }',
}  # fmt: skip


def test_requests_that_say_the_same_do_not_differ() -> None:
    assert not differences(request(), MADE)
    assert not differences(request(headers=(*request().headers, ("Content-MD5", "1"))), MADE)


@pytest.mark.parametrize(
    "change",
    [
        {"method": "GET"},
        {"path": "/b?b=2"},
        {"path": "/a?b=3"},
        {"path": "/a"},
        {"headers": ()},
        {"headers": (("Content-Type", "application/json"), ("X-Own", "1"))},
        {"body": b'{"at":"2026-01-02T03:04:06.5Z"}'},
        {"body": b"{"},
    ],
)
def test_requests_that_say_something_else_differ(change: dict[str, Any]) -> None:
    assert differences(request(**change), MADE)


def test_a_space_behind_a_comma_counts_but_in_lists_of_headers() -> None:
    listed = {**MADE, "headers": {**MADE["headers"], "X-List": "a,b"}}
    headers = request().headers
    assert not differences(request(headers=(*headers, ("X-List", "a, b"))), listed)
    assert differences(request(headers=(*headers, ("X-List", '"a, b"'))), listed)
    spaced = {**MADE, "query_string": {"b": "x, y"}}
    assert not differences(request(path="/a?b=x,%20y"), spaced)
    assert differences(request(path="/a?b=x,y"), spaced)


def test_answers_that_botocore_is_not_asked_about_are_counted() -> None:
    without = audited("deadline.DeleteFarm")
    streamed = audited("polly.SynthesizeSpeech")
    assert (
        streamed.apart["response with a stream of bytes, which botocore leaves unread"]
        == (streamed.counts["responses"])
    )
    removed = audited("s3.DeleteBucket")
    assert removed.apart["response without output, of which botocore reads nothing"] > 0
    assert not without.apart
    located = audited("s3.GetBucketLocation")
    assert not located.disagreements
    assert sum(located.apart.values()) == located.counts["responses"]


def test_a_field_with_a_meaning_of_its_own_is_compared_where_it_is_stated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = answers.write

    def wrong(contract: Contract, value: dict[str, Any], *, code: str | None = None) -> Any:
        changed = {"contentType": "other/type"} if "contentType" in value else {}
        return right(contract, {**value, **changed}, code=code)

    monkeypatch.setattr(answers, "write", wrong)
    found = audited("bedrock-runtime.InvokeModel")
    assert {each.judge for each in found.disagreements} == {"our reader"}


def test_a_sample_has_every_protocol_and_can_be_drawn_again() -> None:
    selection = named(["ec2", "sqs", "lambda", "iam", "eventbridgev2", "cloudfront"])
    chosen = sample(selection, 60, 3)
    assert chosen == sample(selection, 60, 3)
    assert chosen != sample(selection, 60, 4)
    assert len(set(chosen)) == 60
    protocols = Counter(load(f"{service}.{name}").protocol for service, name in chosen)
    assert set(protocols) == set(ONE_OF_EACH)
    assert min(protocols.values()) >= 5


def test_the_summary_counts_by_protocol_and_tells_how_to_see_it_again() -> None:
    summary = Summary(7)
    good = AuditedOperation("a.B", "json", 7, Counter(requests=1200))
    bad = AuditedOperation("c.D", "ec2", 7, Counter(requests=1), Counter({"too long": 2}))
    bad.disagree("our reader", "c.D/request#accepted minimal", "something")
    summary.add(AuditedOperation("e.F", "ec2", 7, apart=Counter({"nothing to ask": 1})))
    assert not summary.agrees
    summary.add(good)
    assert summary.agrees
    summary.add(bad)
    assert not summary.agrees
    told = text(summary)
    assert "1,201" in told
    assert "2  too long" in told
    assert "again: awsconform audit-cases c.D --seed 7" in told
    assert summary.document()["disagreements"][0]["judge"] == "our reader"


def test_audits_in_processes_as_in_one() -> None:
    selection = named(["lookoutequipment.DescribeInferenceScheduler", "sagemaker-edge"])
    one = [(each.name, each.counts) for each in audit(selection, seed=1, requests=2)]
    two = [(each.name, each.counts) for each in audit(selection, seed=1, requests=2, jobs=2)]
    assert one == two
    assert len(one) == len(selection)


def test_the_command_prints_a_table_and_ends_well() -> None:
    run = CliRunner().invoke(command, ["--services", "sagemaker-edge", "--requests", "3"],
                             standalone_mode=False)  # fmt: skip
    assert run.return_value == 0
    assert "rest-json" in run.stdout
    assert "0 disagreements" in run.stdout


def test_the_command_prints_json() -> None:
    run = CliRunner().invoke(
        command,
        ["sagemaker-edge.SendHeartbeat", "--format", "json", "--requests", "2"],
        standalone_mode=False,
    )
    document = json.loads(run.stdout)
    assert document["protocols"]["rest-json"]["requests"] == 2
    assert document["disagreements"] == []
