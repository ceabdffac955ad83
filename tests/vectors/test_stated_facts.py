"""Every fact that a case may state of a message is judged."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from awsconform.conformance.vectors.cases import Kind
from awsconform.conformance.vectors.judging import Result, Verdict
from awsconform.conformance.wire.event_frames import STRING, Header, Message, encode
from vectors.conftest import Judged
from vectors.miniatures import ast, suites


def request_verdict(judged: Judged, protocol: str = "rest-json", **stated: Any) -> Verdict:
    """The verdict of the request case in Smithy's form with other facts stated."""
    model = ast(protocol)
    case = model["shapes"]["own.things#MakeThing"]["traits"]["smithy.test#httpRequestTests"][0]
    case.update(stated)
    return judged(model)[0]


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"forbidQueryParams": ["count"]}, "query: count must be absent"),
        ({"requireQueryParams": ["size"]}, "query: size is missing"),
        ({"queryParams": ["count=4"]}, "query: count=4 expected"),
        ({"forbidHeaders": ["x-when"]}, "header x-when: must be absent"),
        ({"requireHeaders": ["X-Size"]}, "header X-Size: missing"),
        ({"headers": {"X-Size": "1"}}, "header X-Size: '1' expected, got none"),
        ({"headers": {"X-When": "now"}}, "header X-When: 'now' expected"),
        ({"host": "a.example", "resolvedHost": "b.a.example"}, "host: b.a.example expected"),
        ({"body": ""}, "body: nothing expected"),
        ({"uri": "/things/other"}, "path: /things/other expected"),
        ({"params": {}}, "not expressible"),
    ],
)
def test_a_stated_fact_that_does_not_hold_is_a_difference(
    stated: dict[str, Any], said: str, judged: Judged
) -> None:
    verdict = request_verdict(judged, **stated)
    assert verdict.result is Result.FAILED
    assert any(each.startswith(said) for each in verdict.differences), verdict.differences


@pytest.mark.parametrize(
    "stated",
    [
        {"forbidQueryParams": ["size"], "requireQueryParams": ["count"]},
        {"forbidHeaders": ["X-Size"], "requireHeaders": ["x-when", "Content-Length"]},
        {"headers": {"content-type": "application/json; charset=utf-8"}},
        {"host": "example.com", "resolvedHost": "example.com"},
        {"host": "example.com/base", "uri": "/base/things/alarm"},
    ],
)
def test_a_stated_fact_that_holds_is_none(stated: dict[str, Any], judged: Judged) -> None:
    verdict = request_verdict(judged, **stated)
    assert verdict.result is Result.PASSED, verdict.differences


def test_what_is_not_stated_is_not_judged(judged: Judged) -> None:
    model = ast("rest-json")
    traits = model["shapes"]["own.things#MakeThing"]["traits"]
    for trait in ("smithy.test#httpRequestTests", "smithy.test#httpResponseTests"):
        for key in ("body", "headers", "bodyMediaType"):
            traits[trait][0].pop(key)
    traits["smithy.test#httpResponseTests"][0]["params"] = {}
    results = [verdict.result for verdict in judged(model)[:3]]
    assert results == [Result.PASSED] * 3


def response_verdict(judged: Judged, kind: Kind, protocol: str, **stated: Any) -> Verdict:
    model = ast(protocol)
    case = model["shapes"]["own.things#MakeThing"]["traits"]["smithy.test#httpResponseTests"][0]
    case.update(stated)
    return next(verdict for verdict in judged(model) if verdict.vector.kind is kind)


@pytest.mark.parametrize(
    ("kind", "stated", "said"),
    [
        (Kind.RESPONSE, {"code": 500}, "a success expected, got the error"),
        (Kind.RESPONSE, {"body": "{"}, "nothing could be read"),
        (Kind.RESPONSE, {"params": {"name": "bell"}}, '/name: "bell" expected, got "alarm"'),
        (Kind.RESPONSE, {"body": '{"when": "now"}'}, "our reader says timestamp at /when"),
        (Kind.WRITTEN, {"forbidHeaders": ["x-name"]}, "header x-name: must be absent"),
        (Kind.WRITTEN, {"params": {"tags": [1]}}, "body: "),
        (Kind.WRITTEN, {"params": {"name": ["a"]}}, "not expressible"),
    ],
)
def test_answers_are_judged_by_all_that_is_stated(
    kind: Kind, stated: dict[str, Any], said: str, judged: Judged
) -> None:
    verdict = response_verdict(judged, kind, "rest-json", **stated)
    assert verdict.result is Result.FAILED
    assert any(each.startswith(said) for each in verdict.differences), verdict.differences


@pytest.mark.parametrize("protocol", ["query", "ec2"])
def test_an_answer_without_a_stated_body_says_nothing(protocol: str, judged: Judged) -> None:
    _, outputs = suites(protocol)
    case = outputs[0]["cases"][0]
    del case["response"]["body"]
    case["result"] = {}
    assert judged(outputs)[0].result is Result.PASSED
    case["result"] = {"name": "alarm"}
    assert judged(outputs)[0].result is Result.FAILED


@pytest.mark.parametrize("protocol", ["json", "rest-json", "rpc-v2-cbor"])
def test_an_error_read_as_a_success_is_a_difference(protocol: str, judged: Judged) -> None:
    _, outputs = suites(protocol)
    case = outputs[0]["cases"][1]
    case["response"]["status_code"] = 200
    verdict = judged(outputs)[1]
    assert verdict.result is Result.FAILED
    assert "the error ThingMissing expected, got success" in verdict.differences


def test_an_error_that_nothing_declares_keeps_its_members(judged: Judged) -> None:
    _, outputs = suites("json")
    case = outputs[0]["cases"][1]
    del outputs[0]["shapes"]["ThingMissing"]
    case["given"]["errors"] = []
    assert judged(outputs)[1].result is Result.PASSED


def test_the_oldest_forms_are_brought_into_that_of_today(judged: Judged) -> None:
    inputs, outputs = suites("rest-json")
    suite, case = inputs[0], inputs[0]["cases"][0]
    suite["shapes"]["Letter"] = {"type": "character", "location": "header"}
    suite["shapes"]["MakeThingRequest"]["members"]["letter"] = {
        "shape": "Letter",
        "locationName": "X-Letter",
    }
    case["params"]["letter"] = "a"
    case["serialized"]["headers"]["X-Letter"] = "a"
    case["given"]["input"]["payload"] = "data"
    del case["params"]["tags"], case["serialized"]["headers"]["Content-Type"]
    case["serialized"]["body"] = "hi"
    del case["id"]
    (verdict,) = judged(inputs)
    assert verdict.result is Result.PASSED, verdict.differences
    assert verdict.vector.id == "input/own:0:0"
    outputs[0]["cases"][1]["given"]["errors"] = []
    assert judged(outputs)[1].result is Result.PASSED


def test_a_checksum_is_that_of_our_own_body(judged: Judged) -> None:
    inputs, _ = suites("rest-json")
    case = inputs[0]["cases"][0]
    case["given"]["httpChecksumRequired"] = True
    case["serialized"]["headers"]["Content-MD5"] = "c3VtIG9mIGFub3RoZXI="
    assert judged(inputs)[0].result is Result.PASSED
    case["given"]["httpChecksumRequired"] = False
    assert judged(inputs)[0].result is Result.FAILED


def test_events_are_compared_one_by_one(judged: Judged) -> None:
    headers = {":message-type": "event", ":event-type": "piece",
               ":content-type": "application/octet-stream"}  # fmt: skip
    event = Message({name: Header(STRING, text) for name, text in headers.items()}, b"hi")
    _, outputs = suites("rest-json")
    suite, case = outputs[0], outputs[0]["cases"][0]
    text = {"shape": "String"}
    del suite["cases"][1]
    suite["shapes"] |= {
        "MakeThingResponse": {
            "type": "structure",
            "members": {"stream": {"shape": "Stream"}},
            "payload": "stream",
        },
        "Stream": {
            "type": "structure",
            "eventstream": True,
            "members": {"piece": {"shape": "Piece"}, "end": {"shape": "End"}},
        },
        "Piece": {
            "type": "structure",
            "event": True,
            "members": {"data": {"shape": "Blob", "eventpayload": True}},
        },
        "End": {"type": "structure", "event": True, "members": {"text": text}},
    }
    case["response"]["headers"] = {"Content-Type": "application/vnd.amazon.eventstream"}
    case["response"]["body"] = base64.b64encode(encode(event) * 2).decode()
    case["result"] = {"stream": [{"piece": {"data": "hi"}}, {"piece": {"data": "hi"}}]}
    verdict = judged(outputs)[0]
    assert verdict.result is Result.PASSED, verdict.differences
    case["result"]["stream"][1]["piece"]["data"] = "ho"
    (difference,) = judged(outputs)[0].differences
    assert difference.startswith("/stream/1/piece/data: ")
    case["result"]["stream"].pop()
    assert judged(outputs)[0].result is Result.FAILED
