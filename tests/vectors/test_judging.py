"""Correct codecs pass the cases of every protocol in both forms; broken ones are told apart."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from awsconform.conformance.exchange import Case, HTTPRequest, HTTPResponse
from awsconform.conformance.vectors.cases import Kind
from awsconform.conformance.vectors.judging import Result, Verdict
from awsconform.conformance.wire import protocols
from awsconform.conformance.wire.answer import Answer, Problem
from awsconform.specs.contract import Contract
from vectors.conftest import Judged
from vectors.miniatures import PROTOCOLS, ast, suites

Change = Callable[[Any], Any]


class Broken:
    """The module of a protocol whose results are changed on the way."""

    def __init__(self, protocol: str, **changes: Change) -> None:
        self._whole = protocols.PROTOCOLS[protocol]
        self._changes = changes

    def _changed(self, name: str, made: Any) -> Any:
        return self._changes.get(name, lambda same: same)(made)

    def encode(self, contract: Contract, case: Case) -> HTTPRequest:
        made: HTTPRequest = self._changed("encode", self._whole.encode(contract, case))
        return made

    def read(self, contract: Contract, response: HTTPResponse) -> Answer:
        made: Answer = self._changed("read", self._whole.read(contract, response))
        return made

    def write(
        self, contract: Contract, value: dict[str, Any], *, code: str | None = None
    ) -> HTTPResponse:
        made: HTTPResponse = self._changed("write", self._whole.write(contract, value, code=code))
        return made


def changed(**changes: Any) -> Change:
    """Replaces fields of a dataclass."""
    return lambda made: dataclasses.replace(made, **changes)


def _without_a_header(made: Any) -> Any:
    return dataclasses.replace(made, headers=made.headers[1:])


def _with_a_query(made: HTTPRequest) -> HTTPRequest:
    return dataclasses.replace(made, path=f"{made.path}{'&' if '?' in made.path else '?'}x=1")


def _without_a_member(made: Answer) -> Answer:
    value = dict(made.value or {})
    value.popitem()
    return dataclasses.replace(made, value=value)


def _with_a_changed_member(made: Answer) -> Answer:
    return dataclasses.replace(
        made, value={name: f"{item}!" for name, item in (made.value or {}).items()}
    )


def _with_a_problem(made: Answer) -> Answer:
    return dataclasses.replace(made, problems=(Problem("wire", (), "status", "", "made up"),))


BROKEN: dict[str, tuple[str, Change, set[Kind]]] = {
    "another method": ("encode", changed(method="PATCH"), {Kind.REQUEST}),
    "another path": ("encode", changed(path="/elsewhere"), {Kind.REQUEST}),
    "one more parameter": ("encode", _with_a_query, {Kind.REQUEST}),
    "a header less": ("encode", _without_a_header, {Kind.REQUEST}),
    "no body": ("encode", changed(body=b""), {Kind.REQUEST}),
    "a member less": ("read", _without_a_member, {Kind.RESPONSE, Kind.ERROR}),
    "changed members": ("read", _with_a_changed_member, {Kind.RESPONSE, Kind.ERROR}),
    "nothing read": ("read", changed(value=None), {Kind.RESPONSE, Kind.ERROR}),
    "a problem that is none": ("read", _with_a_problem, {Kind.RESPONSE, Kind.ERROR}),
    "another code": ("read", changed(code="ThingLost"), {Kind.ERROR}),
    "another status": ("write", changed(status=299), {Kind.WRITTEN}),
    "no headers": ("write", changed(headers=()), {Kind.WRITTEN}),
    "no body of an answer": ("write", changed(body=b""), {Kind.WRITTEN}),
}


def failed(verdicts: list[Verdict]) -> set[Kind]:
    """The kinds of the vectors that failed."""
    return {verdict.vector.kind for verdict in verdicts if verdict.result is Result.FAILED}


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_correct_codecs_pass_the_cases_of_botocores_form(protocol: str, judged: Judged) -> None:
    inputs, outputs = suites(protocol)
    verdicts = judged([*inputs, *outputs])
    assert [verdict.differences for verdict in verdicts] == [(), (), ()]
    kinds = [verdict.vector.kind for verdict in verdicts]
    assert kinds == [Kind.REQUEST, Kind.RESPONSE, Kind.ERROR]
    assert {verdict.vector.protocol for verdict in verdicts} == {protocol}


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_correct_codecs_pass_the_cases_of_smithys_form(protocol: str, judged: Judged) -> None:
    verdicts = judged(ast(protocol))
    assert [verdict.differences for verdict in verdicts] == [()] * 5
    kinds = [verdict.vector.kind for verdict in verdicts]
    assert kinds == [Kind.REQUEST, Kind.RESPONSE, Kind.WRITTEN, Kind.ERROR, Kind.WRITTEN]


def test_a_service_of_many_protocols_is_judged_under_each(judged: Judged) -> None:
    verdicts = judged(ast(*PROTOCOLS))
    assert [verdict.vector.protocol for verdict in verdicts[::5]] == list(PROTOCOLS)
    assert {verdict.result for verdict in verdicts} == {Result.PASSED}


@pytest.mark.parametrize("fault", BROKEN)
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_broken_codec_fails_just_the_cases_of_its_kind(
    protocol: str, fault: str, judged: Judged, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, change, kinds = BROKEN[fault]
    monkeypatch.setitem(protocols.PROTOCOLS, protocol, Broken(protocol, **{name: change}))
    assert failed(judged(ast(protocol))) == kinds


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_case_that_asks_for_another_value_fails(protocol: str, judged: Judged) -> None:
    inputs, outputs = suites(protocol)
    inputs[0]["cases"][0]["params"] = {**inputs[0]["cases"][0]["params"], "count": 4}
    outputs[0]["cases"][0]["result"] = {**outputs[0]["cases"][0]["result"], "when": 1700000001}
    outputs[0]["cases"][1]["error"] = {"Message": "some"}
    assert failed(judged([*inputs, *outputs])) == {Kind.REQUEST, Kind.RESPONSE, Kind.ERROR}


def test_cases_for_one_side_are_judged_on_that_side_only(judged: Judged) -> None:
    model = ast("rest-json")
    traits = model["shapes"]["own.things#MakeThing"]["traits"]
    traits["smithy.test#httpRequestTests"][0]["appliesTo"] = "server"
    traits["smithy.test#httpResponseTests"][0]["appliesTo"] = "client"
    results = {verdict.vector.kind: verdict.result for verdict in judged(model)[:3]}
    assert results == {
        Kind.REQUEST: Result.NOT_APPLICABLE,
        Kind.RESPONSE: Result.PASSED,
        Kind.WRITTEN: Result.NOT_APPLICABLE,
    }


def test_an_explained_difference_is_no_pass_and_no_failure(judged: Judged) -> None:
    inputs, _ = suites("rest-json")
    case = inputs[0]["cases"][0]
    case["id"] = "RestJsonHttpPayloadTraitsWithMediaTypeWithBlob"
    case["serialized"]["headers"]["Content-Type"] = "text/plain"
    (other,) = judged(inputs)
    assert other.result is Result.FAILED, "the same case, for another difference"
    model = inputs[0]["shapes"]["MakeThingRequest"]
    model["payload"] = "data"
    del model["members"]["tags"], case["params"]["tags"]
    case["serialized"]["body"] = "hi"
    (verdict,) = judged(inputs)
    assert verdict.result is Result.EXPLAINED
    assert "media types" in verdict.reason


def test_a_reason_does_not_cover_another_difference_of_the_same_case(judged: Judged) -> None:
    inputs, _ = suites("json")
    case = inputs[0]["cases"][0]
    case["id"] = "SDKAppliedContentEncoding_awsJson1_1"
    case["serialized"]["headers"]["Content-Encoding"] = "gzip"
    assert [verdict.result for verdict in judged(inputs)] == [Result.NOT_APPLICABLE]
    case["serialized"]["method"] = "PUT"
    assert [verdict.result for verdict in judged(inputs)] == [Result.FAILED]


def test_a_case_of_a_protocol_that_nobody_speaks_is_not_applicable(judged: Judged) -> None:
    inputs, _ = suites("json")
    inputs[0]["metadata"]["protocol"] = "smoke-signals"
    (verdict,) = judged(inputs)
    assert verdict.result is Result.NOT_APPLICABLE
    assert "smoke-signals" in verdict.reason


def test_a_token_that_clients_fill_in_is_filled_in(judged: Judged) -> None:
    inputs, _ = suites("json")
    suite, case = inputs[0], inputs[0]["cases"][0]
    suite["shapes"]["MakeThingRequest"]["members"]["token"] = {
        "shape": "String",
        "idempotencyToken": True,
    }
    case["params"] = {}
    case["serialized"]["body"] = '{"token": "00000000-0000-4000-8000-000000000000"}'
    assert [verdict.result for verdict in judged(inputs)] == [Result.PASSED]


def test_members_set_to_null_are_not_set(judged: Judged) -> None:
    inputs, _ = suites("json")
    case = inputs[0]["cases"][0]
    case["params"] = {"name": None, "count": 1}
    case["serialized"]["body"] = '{"count": 1}'
    assert [verdict.result for verdict in judged(inputs)] == [Result.PASSED]


def test_params_that_the_contract_refuses_are_a_difference(judged: Judged) -> None:
    inputs, _ = suites("json")
    inputs[0]["shapes"]["Integer"]["max"] = 2
    (verdict,) = judged(inputs)
    assert verdict.result is Result.FAILED
    assert any("/count" in difference for difference in verdict.differences)
