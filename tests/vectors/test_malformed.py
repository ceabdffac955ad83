"""Requests that are published as wrong must be violations of ours, of the same kind and place."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.vectors import malformed
from awsconform.conformance.vectors.cases import Kind, MalformedVector
from awsconform.conformance.vectors.judging import Result, Verdict
from vectors.conftest import Judged
from vectors.miniatures import ast

SERIALIZATION, VALIDATION = "SerializationException", "ValidationException"


def model() -> dict[str, Any]:
    """The model of the miniatures with bounds, without cases."""
    made = ast("rest-json")
    shapes = made["shapes"]
    members = shapes["own.things#MakeThingRequest"]["members"]
    members["count"]["traits"]["smithy.api#range"] = {"min": 1, "max": 9}
    members["size"] = {"target": "own.things#Size", "traits": {}}
    members["kind"] = {"target": "own.things#Kind", "traits": {}}
    members["started"] = {
        "target": "smithy.api#Timestamp",
        "traits": {"smithy.api#httpQuery": "started"},
    }
    shapes["own.things#Size"] = {"type": "string", "traits": {"smithy.api#length": {"max": 3}}}
    shapes["own.things#Kind"] = {
        "type": "union",
        "members": {
            "one": {"target": "smithy.api#String"},
            "two": {"target": "smithy.api#Integer"},
        },
    }
    for shape in shapes.values():
        for trait in ("httpRequestTests", "httpResponseTests"):
            shape.get("traits", {}).pop(f"smithy.test#{trait}", None)
    return made


def case(
    code: str = SERIALIZATION,
    *,
    uri: str = "/things/alarm",
    query: tuple[str, ...] = (),
    body: str = "{}",
    headers: dict[str, str] | None = None,
    paths: tuple[str, ...] | None = None,
    parameters: dict[str, list[str]] | None = None,
) -> dict[str, Any]:
    """One published case."""
    stated: dict[str, Any] = {
        "id": "own",
        "protocol": "aws.protocols#restJson1",
        "request": {
            "method": "PUT",
            "uri": uri,
            "queryParams": list(query),
            "headers": {"Content-Type": "application/json", **(headers or {})},
            "body": body,
        },
        "response": {"code": 400, "headers": {"x-amzn-errortype": code}},
    }
    if paths is not None:
        fields = ", ".join(f'{{"path": "{path}"}}' for path in paths)
        contents = f'{{"fieldList": [{fields}]}}'
        stated["response"]["body"] = {
            "mediaType": "application/json",
            "assertion": {"contents": contents},
        }
    if parameters is not None:
        stated["testParameters"] = parameters
    return stated


def verdicts(judged: Judged, *cases: dict[str, Any]) -> list[Verdict]:
    """The verdicts of some cases of the operation."""
    made = model()
    traits = made["shapes"]["own.things#MakeThing"]["traits"]
    traits["smithy.test#httpMalformedRequestTests"] = list(cases)
    return judged(made)


@pytest.mark.parametrize(
    "wrong",
    [
        case(body='{"tags": "a"}'),
        case(body='{"tags": [1]}'),
        case(body='{"data": "no base64!"}'),
        case(body='{"data": 7}'),
        case(body='{"tags": ['),
        case(body="[]"),
        case(body="{} more"),
        case(body="NaN"),
        case(body='{"kind": {"one": "a", "two": 2}}'),
        case(body='{"kind": {}}'),
        case(body='{"kind": {"three": 3}}'),
        case(query=("count=many",)),
        case(query=("started=yesterday",)),
        case(headers={"X-When": "2023-11-14T22:13:20Z"}),
        case(VALIDATION, query=("count=10",), paths=("/count",)),
        case(VALIDATION, query=("count=0",), paths=("/count",)),
        case(VALIDATION, body='{"size": "abcd"}', paths=("/size",)),
        case(VALIDATION, query=("count=0",), body='{"size": "abcd"}', paths=("/size", "/count")),
        case(VALIDATION, query=("count=0",)),
    ],
)
def test_a_wrong_request_is_a_violation_of_ours(wrong: dict[str, Any], judged: Judged) -> None:
    (verdict,) = verdicts(judged, wrong)
    assert verdict.vector.kind is Kind.MALFORMED
    assert verdict.result is Result.PASSED, verdict.differences


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (case(), "we see nothing wrong"),
        (case(query=("count=5", "started=2023-11-14T22:13:20Z")), "we see nothing wrong"),
        (case(body='{"unheard": 1}'), "we see nothing wrong"),
        (case(headers={"X-When": "Tue, 14 Nov 2023 22:13:20 GMT"}), "we see nothing wrong"),
        (case(query=("count=10",)), "what we see broken is maximum"),
        (case(VALIDATION, query=("count=10",), paths=("/size",)), "broken at /size"),
        (case(VALIDATION, body='{"tags": [1]}', paths=("/tags",)), "we say at /tags/0"),
    ],
)
def test_what_is_not_wrong_in_the_published_way_is_told(
    request_: dict[str, Any], said: str, judged: Judged
) -> None:
    (verdict,) = verdicts(judged, request_)
    assert verdict.result is Result.FAILED
    assert said in "\n".join(verdict.differences)


def test_a_breach_without_a_violation_of_ours_is_told(
    judged: Judged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(malformed, "plan", lambda contract: ((), {}))
    (verdict,) = verdicts(judged, case(query=("count=many",)))
    assert verdict.result is Result.FAILED
    assert "things.MakeThing/request/count#type is broken" in verdict.differences[0]


def test_parameters_make_several_cases_of_one(judged: Judged) -> None:
    found = verdicts(
        judged,
        case(
            body='{"tags": $value:L, "size": $text:S}',
            parameters={"value": ["1", "true", '"$"'], "text": ["a", 'quoted "b"', "c"]},
        ),
    )
    assert [verdict.vector.id for verdict in found] == ["own_case0", "own_case1", "own_case2"]
    bodies = []
    for verdict in found:
        assert isinstance(verdict.vector, MalformedVector)
        bodies.append(verdict.vector.body)
    assert bodies == [
        b'{"tags": 1, "size": "a"}',
        b'{"tags": true, "size": "quoted \\"b\\""}',
        b'{"tags": "$", "size": "c"}',
    ]
    assert {verdict.result for verdict in found} == {Result.PASSED}


def test_two_dollars_are_one_where_there_are_parameters(judged: Judged) -> None:
    (verdict,) = verdicts(judged, case(body='{"size": "$$$v:L"}', parameters={"v": ["abc"]}))
    assert isinstance(verdict.vector, MalformedVector)
    assert verdict.vector.body == b'{"size": "$abc"}'


def test_raw_requests_of_other_protocols_are_not_applicable(judged: Judged) -> None:
    made = ast("rest-xml")
    traits = made["shapes"]["own.things#MakeThing"]["traits"]
    stated = {**case(), "protocol": "aws.protocols#restXml"}
    traits["smithy.test#httpMalformedRequestTests"] = [stated]
    found = [verdict for verdict in judged(made) if verdict.vector.kind is Kind.MALFORMED]
    assert [verdict.result for verdict in found] == [Result.NOT_APPLICABLE]
