"""Maps that share the query string or the headers with members of their own."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.exchange import Case, HTTPRequest, HTTPResponse, Intent, Purpose
from awsconform.conformance.wire.answers import read
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.requests import encode
from awsconform.conformance.wire.responding import write
from awsconform.specs.contract import Contract
from awsconform.specs.models import contract_document

SHAPES: dict[str, Any] = {
    "Text": {"type": "string"},
    "Texts": {"type": "list", "member": {"shape": "Text"}},
    "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
    "Lists": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Texts"}},
    "When": {"type": "timestamp"},
    "Whens": {"type": "list", "member": {"shape": "When"}},
    "Stated": {"type": "timestamp", "timestampFormat": "unixTimestamp"},
    "Stateds": {"type": "list", "member": {"shape": "Stated"}},
    "Union": {"type": "structure", "union": True, "members": {"a": {"shape": "Text"}}},
}
HEADER = {"shape": "Text", "location": "header", "locationName": "X-One"}
ALL_HEADERS = {"shape": "Map", "location": "headers"}


def contract(
    protocol: str = "rest-json",
    members: dict[str, Any] | None = None,
    answer: dict[str, Any] | None = None,
    shapes: dict[str, Any] | None = None,
    **stated: Any,
) -> Contract:
    """A contract whose request and response have these members."""
    operation: dict[str, Any] = {"name": "Do", "http": {"method": "POST", "requestUri": "/"}}
    shapes = {**SHAPES, **(shapes or {})}
    for side, name, given in (("input", "In", members), ("output", "Out", answer)):
        if given is not None:
            shapes[name] = {"type": "structure", "members": given, **stated}
            operation[side] = {"shape": name, "locationName": name}
    model = {
        "metadata": {
            "protocol": protocol,
            "protocols": [protocol],
            "apiVersion": "1",
            "endpointPrefix": "own",
        },
        "shapes": shapes,
        "operations": {"Do": operation},
    }
    return Contract(contract_document("own", "Do", model, {}))


def request(made: Contract, value: dict[str, Any]) -> HTTPRequest:
    return encode(made, Case("Do", Intent(Purpose.VALID), value))


QUERY = {
    "all": {"shape": "Lists", "location": "querystring"},
    "one": {"shape": "Texts", "location": "querystring", "locationName": "o"},
}


def test_an_entry_that_says_the_same_as_the_member_of_its_name_is_sent_once() -> None:
    value = {"all": {"o": ["a", "b"], "p": ["c"]}, "one": ["a", "b"]}
    assert request(contract(members=QUERY), value).path == "/?o=a&o=b&p=c"


@pytest.mark.parametrize(
    "value",
    [{"all": {"o": ["a"]}, "one": ["b"]}, {"all": {"o": ["a"]}}, {"all": {"o": []}, "one": ["a"]}],
)
def test_an_entry_that_would_be_taken_for_the_member_of_its_name_is_refused(
    value: dict[str, Any],
) -> None:
    with pytest.raises(NotExpressible):
        request(contract(members=QUERY), value)


def test_headers_without_a_prefix_are_all_headers_both_ways() -> None:
    made = contract(members={"all": ALL_HEADERS}, answer={"all": ALL_HEADERS})
    assert ("X-Any", "a") in request(made, {"all": {"X-Any": "a"}}).headers
    answer = read(made, HTTPResponse(200, (("X-Any", "a"), ("x-amzn-requestid", "r")), b""))
    assert answer.value == {"all": {"X-Any": "a", "x-amzn-requestid": "r"}}


def test_a_header_of_a_member_is_not_sent_twice_nor_as_another() -> None:
    made = contract(members={"all": ALL_HEADERS, "one": HEADER})
    sent = request(made, {"all": {"x-one": "a", "X-Two": "b"}, "one": "a"}).headers
    assert [line for line in sent if line[0].lower().startswith("x-")] == [
        ("X-One", "a"),
        ("X-Two", "b"),
    ]
    for value in ({"all": {"x-one": "b"}, "one": "a"}, {"all": {"x-one": "b"}}):
        with pytest.raises(NotExpressible):
            request(made, value)


@pytest.mark.parametrize("protocol", ["rest-json", "rest-xml"])
@pytest.mark.parametrize(
    ("location", "shape", "expected"),
    [
        ("header", "Whens", "Wed, 01 Jan 2020 00:00:00 GMT"),
        ("header", "Stateds", "1577836800"),
        ("querystring", "Whens", "2020-01-01T00%3A00%3A00Z"),
        ("querystring", "Stateds", "1577836800"),
    ],
)
def test_timestamps_in_lists_have_the_form_of_their_place_unless_they_state_one(
    protocol: str, location: str, shape: str, expected: str
) -> None:
    members = {"m": {"shape": shape, "location": location, "locationName": "m"}}
    made = request(contract(protocol, members), {"m": ["2020-01-01T00:00:00Z"]})
    found = made.path.partition("=")[2] if location == "querystring" else dict(made.headers)["m"]
    assert found == expected


def test_members_of_addresses_stand_in_the_body_of_answers() -> None:
    label = {"m": {"shape": "Text", "location": "uri", "locationName": "m"}}
    made = contract("rest-xml", answer=label)
    answer = read(made, HTTPResponse(200, (), b"<Out><m>a</m></Out>"))
    assert answer.value == {"m": "a"}


def test_a_union_that_is_the_body_and_not_set_leaves_it_empty() -> None:
    made = contract(members={"union": {"shape": "Union"}}, payload="union")
    assert request(made, {}).body == b""
    assert request(made, {"union": {"a": "b"}}).body == b'{"a": "b"}'


@pytest.mark.parametrize(("answer", "body"), [(None, b""), ({}, b"{}"), ({"one": HEADER}, b"{}")])
def test_an_answer_has_an_object_where_the_operation_has_an_output(
    answer: dict[str, Any] | None, body: bytes
) -> None:
    made = write(contract(answer=answer), {})
    assert made.body == body
    assert (made.header("content-type") == "application/json") is bool(body)


def test_entries_of_a_flattened_map_declare_the_members_namespace() -> None:
    member = {"shape": "Map", "flattened": True, "xmlNamespace": {"uri": "urn:own"}}
    made = write(contract("rest-xml", answer={"m": member}), {"m": {"k": "v"}})
    assert b'<m xmlns="urn:own"><key>k</key><value>v</value></m>' in made.body


def test_items_of_flattened_lists_have_the_members_name_in_rest_xml() -> None:
    member = {"shape": "Named", "flattened": True, "locationName": "M"}
    members = {"m": member, "n": {**member, "locationName": "N"}}
    named = {"Named": {"type": "list", "member": {"shape": "Text", "locationName": "item"}}}
    made = contract("rest-xml", answer=members, shapes=named)
    body = b"<Out><M>a</M><M>b</M><N>c</N></Out>"
    assert read(made, HTTPResponse(200, (), body)).value == {"m": ["a", "b"], "n": ["c"]}
    assert write(made, {"m": ["a", "b"], "n": ["c"]}).body.endswith(body)
