"""Streams of events in a run: answered ones are judged, those to be sent are out of reach."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.planning.reach import SENDS_EVENTS, out_of_reach
from awsconform.conformance.running import Run, RunOptions, run
from awsconform.conformance.targets.wsgi import WSGITarget
from awsconform.conformance.wire.responding import write
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures

SENDING = [
    "bedrock-runtime.InvokeModelWithBidirectionalStream",
    "connecthealth.StartMedicalScribeListeningSession",
    "lexv2-runtime.StartConversation",
    "polly.StartSpeechSynthesisStream",
    "qbusiness.Chat",
]
SUBSCRIBE = load("kinesis", "SubscribeToShard")
EVENT = {"Records": [], "ContinuationSequenceNumber": "1", "MillisBehindLatest": 0}
PLAIN = RunOptions(examples=0)


def judged(contract: Contract, application: Any) -> Run:
    return run([contract], WSGITarget(application, name="wsgi:test"), PLAIN)


@pytest.mark.parametrize("name", SENDING)
def test_operations_that_are_sent_streams_are_out_of_reach(name: str) -> None:
    assert out_of_reach(load(*name.split("."))) == SENDS_EVENTS


@pytest.mark.parametrize("name", ["kinesis.SubscribeToShard", "s3.PutObject", "iam.ListUsers"])
def test_all_others_are_within_reach(name: str) -> None:
    assert out_of_reach(load(*name.split("."))) is None


def test_a_run_lists_what_is_out_of_reach_and_sends_nothing() -> None:
    def never(environ: Any, start: Any) -> Any:
        raise AssertionError("something was sent")

    made = judged(load("lexv2-runtime", "StartConversation"), never)
    [result] = made.results
    assert (result.requests, result.trouble) == (0, None)
    assert {outcome.verdict for outcome in result.outcomes} == {Verdict.UNEXERCISED}
    assert {outcome.clause.apart for outcome in result.outcomes} == {SENDS_EVENTS}


def answering(*events: Any, tail: bytes = b"") -> Any:
    response = write(SUBSCRIBE, {"EventStream": list(events)})

    def application(environ: Any, start: Any) -> list[bytes]:
        start("200 OK", list(response.headers))
        return [response.body, tail]

    return application


def verdicts(made: Run) -> dict[str, Verdict]:
    [result] = made.results
    return {each.clause.id.partition("/")[2]: each.verdict for each in result.outcomes}


def test_a_right_stream_conforms() -> None:
    found = verdicts(judged(SUBSCRIBE, answering({"SubscribeToShardEvent": EVENT})))
    event = "response/EventStream/SubscribeToShardEvent"
    assert found["wire#eventstream"] is Verdict.CONFORMS
    assert found[f"{event}/MillisBehindLatest#required"] is Verdict.CONFORMS
    assert found[f"{event}#members"] is Verdict.CONFORMS
    wrong = {each for each in found if found[each] is Verdict.VIOLATES and "request" not in each}
    assert wrong == {"errors#unknown-operation"}, "the application answers everything so"


def test_what_is_wrong_with_an_event_is_found_where_it_stands() -> None:
    wrong = {"ContinuationSequenceNumber": 5, "MillisBehindLatest": 0, "Odd": 1}
    found = verdicts(judged(SUBSCRIBE, answering({"SubscribeToShardEvent": wrong})))
    event = "response/EventStream/SubscribeToShardEvent"
    for clause in ("/ContinuationSequenceNumber#type", "/Records#required", "#members"):
        assert found[f"{event}{clause}"] is Verdict.VIOLATES
    assert found[f"{event}/MillisBehindLatest#type"] is Verdict.CONFORMS


def test_what_is_wrong_with_the_response_around_a_stream_is_found() -> None:
    document = copy.deepcopy(SUBSCRIBE.document)
    document["$defs"][SUBSCRIBE.output_shape]["minProperties"] = 2
    (found,) = failures(Contract(document), "response", {"EventStream": []})
    assert (found.pointer, found.keyword) == ((), "minProperties")


def test_a_stream_that_is_cut_off_is_found() -> None:
    made = judged(SUBSCRIBE, answering({"SubscribeToShardEvent": EVENT}, tail=b"\x00\x00"))
    found = verdicts(made)
    assert found["wire#eventstream"] is Verdict.VIOLATES
    assert found["wire#content-type"] is Verdict.CONFORMS
