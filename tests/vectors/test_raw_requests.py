"""Which clauses a raw request breaks, member by member, wherever the members stand."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.vectors.documents import Node
from awsconform.conformance.vectors.models import contract_of
from awsconform.conformance.vectors.raw_requests import RawRequest, breaches
from awsconform.conformance.wire.requests import encode
from awsconform.specs.contract import Contract

SHAPES: dict[str, Any] = {
    "Text": {"type": "string", "min": 2},
    "Number": {"type": "integer"},
    "Flag": {"type": "boolean"},
    "When": {"type": "timestamp"},
    "Epoch": {"type": "timestamp", "timestampFormat": "unixTimestamp"},
    "Raw": {"type": "blob"},
    "Numbers": {"type": "list", "member": {"shape": "Number"}},
    "Times": {"type": "list", "member": {"shape": "When"}},
    "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
    "Lists": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Numbers"}},
    "Inner": {"type": "structure", "members": {"text": {"shape": "Text"}}, "required": ["text"]},
}


def contract(
    members: dict[str, Any], *, uri: str = "/", protocol: str = "rest-json", **stated: Any
) -> Contract:
    """A contract of one operation with these members."""
    model = {
        "metadata": {
            "protocol": protocol,
            "protocols": [protocol],
            "apiVersion": "1",
            "endpointPrefix": "own",
            "targetPrefix": "Own",
        },
        "shapes": {**SHAPES, "In": {"type": "structure", "members": members, **stated}},
        "operations": {
            "Do": {
                "name": "Do",
                "http": {"method": "POST", "requestUri": uri},
                "input": {"shape": "In"},
            }
        },
    }
    return contract_of("own", "Do", model, Node("own.json", "", {}))


def told(
    made: Contract, path: str = "/", body: bytes = b"", headers: dict[str, str] | None = None
) -> list[tuple[str, str]]:
    """The places and kinds of what is broken."""
    request = RawRequest("POST", path, tuple((headers or {}).items()), body)
    return [("/".join(map(str, each.pointer)), each.kind) for each in breaches(made, request)]


def located(shape: str, location: str, name: str = "m") -> dict[str, Any]:
    return {"m": {"shape": shape, "location": location, "locationName": name}}


@pytest.mark.parametrize(
    ("shape", "good", "wrong"),
    [
        ("Number", "7", "seven"),
        ("Number", "-7", "7.5"),
        ("Flag", "true", "True"),
        ("When", "2020-01-01T00:00:00Z", "1577836800"),
        ("Epoch", "1577836800", "2020-01-01T00:00:00Z"),
    ],
)
@pytest.mark.parametrize("location", ["uri", "querystring"])
def test_text_that_is_no_value_of_its_kind_breaks_the_type(
    shape: str, good: str, wrong: str, location: str
) -> None:
    uri = "/a/{m}" if location == "uri" else "/a"
    made = contract(located(shape, location), uri=uri)
    address = "/a/{}" if location == "uri" else "/a?m={}"
    assert told(made, address.format(good)) == []
    assert told(made, address.format(wrong)) == [("m", "type")]


def test_greedy_labels_hold_slashes_and_others_do_not() -> None:
    greedy = contract(located("Text", "uri"), uri="/a/{m+}/end")
    assert told(greedy, "/a/b/c/end") == []
    assert told(greedy, "/a/b/end") == [("m", "minLength")]
    plain = contract(located("Text", "uri"), uri="/a/{m}", required=["m"])
    assert told(plain, "/a/b/c") == [("m", "required")]


def test_lists_in_the_query_break_item_by_item() -> None:
    made = contract(located("Numbers", "querystring"))
    assert told(made, "/?m=1&m=2") == []
    assert told(made, "/?m=1&m=x&m=y") == [("m/1", "type"), ("m/2", "type")]
    times = contract(located("Times", "querystring"))
    assert told(times, "/?m=2020-01-01T00:00:00Z") == []
    assert told(times, "/?m=now") == [("m/0", "type")]


def test_maps_hold_all_parameters_of_the_query() -> None:
    single = contract({"m": {"shape": "Map", "location": "querystring"}})
    assert told(single, "/?ab=cd") == []
    assert told(single, "/?ab=c") == [("m/ab", "minLength")]
    assert told(single, "/?a=cd") == [("m", "minLength")]
    many = contract({"m": {"shape": "Lists", "location": "querystring"}})
    assert told(many, "/?ab=x") == [("m/ab/0", "type")]


def test_headers_break_too() -> None:
    made = contract(located("When", "header", "X-When"))
    assert told(made, headers={"x-when": "Wed, 01 Jan 2020 00:00:00 GMT"}) == []
    assert told(made, headers={"x-when": "2020-01-01T00:00:00Z"}) == [("m", "type")]


def test_a_raw_payload_cannot_break() -> None:
    made = contract({"raw": {"shape": "Raw"}}, payload="raw")
    assert told(made, body=b"\xff\x00{") == []


def test_a_structure_as_payload_breaks_as_a_body_does() -> None:
    made = contract({"inner": {"shape": "Inner"}}, payload="inner")
    assert told(made, body=b'{"text": "ab"}') == []
    assert told(made, body=b"{}") == [("inner/text", "required")]
    assert told(made, body=b"{") == [("", "malformed")]
    assert told(made, body=b'{"text": NaN}') == [("", "malformed")]


def test_a_body_where_none_is_due_is_not_looked_at() -> None:
    made = contract(located("Number", "querystring"))
    assert told(made, "/?m=1", body=b"anything") == []


@pytest.mark.parametrize("protocol", ["json", "rest-json"])
def test_bodies_break_at_their_members(protocol: str) -> None:
    made = contract(
        {"inner": {"shape": "Inner"}, "when": {"shape": "When"}, "raw": {"shape": "Raw"}},
        protocol=protocol,
    )
    assert told(made, body=b'{"when": 1, "raw": "aGk=", "inner": {"text": "ab"}}') == []
    assert told(made, body=b'{"when": "soon"}') == [("when", "type")]
    assert told(made, body=b'{"raw": "a"}') == [("raw", "type")]
    assert told(made, body=b'{"inner": {}}') == [("inner/text", "required")]
    assert told(made, body=b"[]") == [("", "malformed")]


def test_what_our_encoder_makes_of_valid_values_breaks_nothing() -> None:
    members = {
        **located("Number", "uri"),
        "when": {"shape": "When", "location": "header", "locationName": "X-When"},
        "times": {"shape": "Times", "location": "querystring", "locationName": "t"},
        "inner": {"shape": "Inner"},
    }
    made = contract(members, uri="/a/{m}")
    moment = "2020-01-01T00:00:00Z"
    value = {"m": 5, "when": moment, "times": [moment, moment], "inner": {"text": "a/b"}}
    request = encode(made, Case("Do", Intent(Purpose.VALID), value))
    raw = RawRequest(request.method, request.path, request.headers, request.body)
    assert breaches(made, raw) == []
