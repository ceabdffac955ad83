"""Answers that are streams of events: what is drawn goes over the wire and comes back."""

from __future__ import annotations

import random

import pytest

from awsconform.conformance.wire.answers import AnswerKind, read
from awsconform.conformance.wire.responding import write
from awsconform.generators.choices import FixedStructure, RandomChoices
from awsconform.generators.requests import labelled as labelled_requests
from awsconform.generators.responses import labelled
from awsconform.generators.shapes import Fill, Growth, Unsatisfiable
from awsconform.generators.values import values_of
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract
from awsconform.specs.streams import stream_member
from awsconform.specs.validation import failures

OPERATIONS = (
    "bedrock-runtime.InvokeModelWithResponseStream",
    "kinesis.SubscribeToShard",
    "logs.StartLiveTail",
    "s3.SelectObjectContent",
)


@pytest.fixture(params=OPERATIONS)
def contract(request: pytest.FixtureRequest) -> Contract:
    return load(*request.param.split("."))


def choices() -> RandomChoices:
    return RandomChoices(random.Random(7))


def test_every_response_is_valid_and_comes_back_from_the_wire(contract: Contract) -> None:
    drawn = list(labelled(contract, choices()))
    assert {"minimal", "maximal"} <= {each.label for each in drawn}
    for each in drawn:
        assert failures(contract, "response", each.value) == []
        answer = read(contract, write(contract, each.value))
        assert (answer.kind, answer.problems) == (AnswerKind.SUCCESS, ())
        assert answer.value == each.value


def test_the_fullest_response_has_every_kind_of_event_and_no_exception(contract: Contract) -> None:
    growth = Growth(FixedStructure(choices(), seed=0), Fill.MAXIMAL)
    stream = stream_member(contract, contract.output_shape)
    assert stream is not None
    events = values_of(contract, "response").whole(growth)[stream]
    place = contract.place("response", (stream,))
    assert place is not None
    kinds = {
        name
        for name, member in place.schema["properties"].items()
        if contract.resolve(member)["aws"].get("event")
    }
    assert {name for event in events for name in event} == kinds
    assert all(len(event) == 1 for event in events)


def test_makes_a_value_around_a_place_in_an_event() -> None:
    contract = load("s3", "SelectObjectContent")
    growth = Growth(FixedStructure(choices(), seed=0), Fill.MINIMAL)
    path = ("Payload", "Stats", "Details", "BytesScanned")
    value, pointer = values_of(contract, "response").around(growth, path, lambda *_: "many")
    assert pointer == ("Payload", 0, "Stats", "Details", "BytesScanned")
    assert value["Payload"][0]["Stats"]["Details"]["BytesScanned"] == "many"
    assert [(each.pointer, each.keyword) for each in failures(contract, "response", value)] == [
        (pointer, "type")
    ]


def test_a_request_that_streams_events_has_no_value() -> None:
    contract = load("lexv2-runtime", "StartConversation")
    assert values_of(contract, "request").unsatisfiable == ("the suite does not send event streams")
    with pytest.raises(Unsatisfiable):
        values_of(contract, "request").whole(Growth(choices(), Fill.MINIMAL))
    assert list(labelled_requests(contract, choices())) == []
