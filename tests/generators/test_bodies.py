"""Malformed bodies are malformed by the judgement of readers that are not ours."""

from __future__ import annotations

import json
import random
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

import pytest
from botocore.parsers import ResponseParserError, RpcV2CBORParser

from awsconform.generators.bodies import NO_BODY, malformed, malformed_labels
from awsconform.generators.choices import Choices, RandomChoices
from awsconform.generators.violations import labelled
from awsconform.specs.contract import Contract
from awsconform.specs.models import contract_document

PROTOCOLS = ("json", "rest-json", "query", "ec2", "rest-xml", "smithy-rpc-v2-cbor")


def contract(
    protocol: str, members: dict[str, Any] | None = None, *, given: dict[str, Any] | None = None
) -> Contract:
    """A contract of one operation."""
    members = {"name": {"shape": "Text"}} if members is None else members
    model = {
        "metadata": {
            "protocol": protocol,
            "protocols": [protocol],
            "apiVersion": "2020-01-01",
            "endpointPrefix": "own",
            "targetPrefix": "Own",
        },
        "shapes": {
            "In": {"type": "structure", "members": members, **(given or {})},
            "Text": {"type": "string"},
            "Raw": {"type": "blob"},
            "List": {"type": "list", "member": {"shape": "Text"}},
            "Nested": {"type": "structure", "members": {"text": {"shape": "Text"}}},
        },
        "operations": {
            "Do": {
                "name": "Do",
                "http": {"method": "POST", "requestUri": "/"},
                "input": {"shape": "In", "locationName": "In"},
            }
        },
    }
    return Contract(contract_document("own", "Do", model, {}))


def choices(seed: int) -> Choices:
    return RandomChoices(random.Random(seed)).values()


def reads_json(body: bytes) -> bool:
    try:
        return isinstance(json.loads(body.decode()), dict)
    except ValueError:
        return False


def reads_xml(body: bytes) -> bool:
    try:
        return ElementTree.fromstring(body).tag == "In"
    except ElementTree.ParseError:
        return False


def reads_cbor(body: bytes) -> bool:
    parser = RpcV2CBORParser()
    stream = parser.get_peekable_stream_from_bytes(body)
    try:
        value = parser.parse_data_item(stream)
    except (ResponseParserError, UnicodeDecodeError, KeyError, RecursionError):
        return False
    return isinstance(value, dict)


def reads_form(body: bytes) -> bool:
    for part in body.replace(b"=", b"&").split(b"&"):
        escapes = part.split(b"%")[1:]
        if any(not all(chr(c) in "0123456789abcdefABCDEF" for c in each[:2]) for each in escapes):
            return False
        try:
            unquote_to_bytes(part).decode()
        except UnicodeDecodeError:
            return False
    return True


READERS = {
    "json": reads_json,
    "rest-json": reads_json,
    "query": reads_form,
    "ec2": reads_form,
    "rest-xml": reads_xml,
    "smithy-rpc-v2-cbor": reads_cbor,
}
GOOD = {
    "json": b'{"name": "a"}',
    "rest-json": b"{}",
    "query": b"Action=Do&Version=2020-01-01&name=%41",
    "ec2": b"Action=Do&Version=2020-01-01",
    "rest-xml": b"<In><name>a</name></In>",
    "smithy-rpc-v2-cbor": b"\xa1\x64name\x61a",
}


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_no_reader_takes_a_malformed_body_for_one_of_its_protocol(protocol: str) -> None:
    made = contract(protocol)
    labels = malformed_labels(made)
    assert isinstance(labels, list)
    assert len(labels) >= 2
    assert READERS[protocol](GOOD[protocol])
    for label in labels:
        for seed in range(40):
            body = malformed(made, label, {"name": "a"}, choices(seed))
            assert not READERS[protocol](body), f"{label}: {body!r}"


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_bodies_differ_from_one_drawing_to_the_next_and_not_for_the_same(protocol: str) -> None:
    made = contract(protocol)
    for label in malformed_labels(made):
        bodies = {malformed(made, label, {}, choices(seed)) for seed in range(30)}
        assert len(bodies) > 1 or label == "break alone"
        again = malformed(made, label, {}, choices(7))
        assert again == malformed(made, label, {}, choices(7))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_label_becomes_a_violation(protocol: str) -> None:
    made = contract(protocol)
    found = {
        violation.label: violation.body
        for violation in labelled(made, RandomChoices(random.Random(1)))
        if violation.keyword == "malformed"
    }
    assert list(found) == malformed_labels(made)
    assert all(isinstance(body, bytes) for body in found.values())


@pytest.mark.parametrize("protocol", ["query", "ec2"])
def test_a_broken_form_still_leads_to_its_operation(protocol: str) -> None:
    made = contract(protocol)
    for label in malformed_labels(made):
        body = malformed(made, label, {}, choices(1))
        assert body.startswith(b"Action=Do&Version=2020-01-01&")


@pytest.mark.parametrize("protocol", ["query", "ec2"])
def test_a_form_is_not_broken_where_members_are_required(protocol: str) -> None:
    why = malformed_labels(contract(protocol, given={"required": ["name"]}))
    assert isinstance(why, str)
    assert "required" in why


@pytest.mark.parametrize("protocol", ["rest-json", "rest-xml"])
def test_a_request_without_a_body_has_none_to_break(protocol: str) -> None:
    members = {"name": {"shape": "Text", "location": "querystring", "locationName": "name"}}
    assert malformed_labels(contract(protocol, members)) == NO_BODY


def test_cbor_without_input_has_no_body_to_break() -> None:
    document = contract("smithy-rpc-v2-cbor").document
    document["aws"]["input"] = None
    assert malformed_labels(Contract(document)) == NO_BODY


@pytest.mark.parametrize("protocol", ["rest-json", "rest-xml"])
def test_raw_bodies_cannot_be_malformed(protocol: str) -> None:
    members = {"raw": {"shape": "Raw"}}
    why = malformed_labels(contract(protocol, members, given={"payload": "raw"}))
    assert why == "any bytes are a valid body"


def test_a_list_as_body_may_be_an_array() -> None:
    members = {"list": {"shape": "List"}}
    labels = malformed_labels(contract("rest-json", members, given={"payload": "list"}))
    assert "array" not in labels
    assert "truncated" in labels


def test_a_structure_as_body_must_not_be_an_array() -> None:
    members = {"nested": {"shape": "Nested"}}
    labels = malformed_labels(contract("rest-json", members, given={"payload": "nested"}))
    assert "array" in labels
