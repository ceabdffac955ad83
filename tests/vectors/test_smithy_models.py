"""What Smithy states of shapes, in the form of botocore's models."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.vectors.documents import Node
from awsconform.conformance.vectors.smithy_models import Service, services
from awsconform.conformance.vectors.smithy_shapes import Shapes

API = "smithy.api#"


def shapes(protocol: str = "rest-json", **stated: Any) -> Shapes:
    """Shapes of the namespace `own`."""
    named = {f"own#{name}": shape for name, shape in stated.items()}
    return Shapes(Node("own.json", "/shapes", named), protocol)


def made(protocol: str = "rest-json", **stated: Any) -> dict[str, Any]:
    """The first shape in botocore's form."""
    converted = shapes(protocol, **stated)
    return converted.made[converted.name(f"own#{next(iter(stated))}")]


def traits(**stated: Any) -> dict[str, Any]:
    return {f"{API}{name}": value for name, value in stated.items()}


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ({"type": "string"}, {"type": "string"}),
        ({"type": "byte"}, {"type": "byte"}),
        ({"type": "intEnum", "members": {}}, {"type": "integer"}),
        ({"type": "bigDecimal"}, {"type": "double"}),
        ({"type": "document"}, {"type": "structure", "members": {}, "document": True}),
        (
            {"type": "string", "traits": traits(length={"min": 1, "max": 2}, pattern="^a$")},
            {"type": "string", "min": 1, "max": 2, "pattern": "^a$"},
        ),
        (
            {"type": "integer", "traits": traits(range={"max": 9})},
            {"type": "integer", "max": 9},
        ),
        (
            {"type": "timestamp", "traits": traits(timestampFormat="http-date")},
            {"type": "timestamp", "timestampFormat": "rfc822"},
        ),
        (
            {
                "type": "enum",
                "members": {
                    "A": {"target": f"{API}Unit", "traits": traits(enumValue="a")},
                    "B": {"target": f"{API}Unit"},
                },
            },
            {"type": "string", "enum": ["a", "B"]},
        ),
        (
            {"type": "string", "traits": traits(enum=[{"value": "x"}, {"value": "y"}])},
            {"type": "string", "enum": ["x", "y"]},
        ),
        (
            {"type": "list", "member": {"target": f"{API}String"}, "traits": traits(sparse={})},
            {"type": "list", "member": {"shape": "String"}, "sparse": True},
        ),
        (
            {
                "type": "map",
                "key": {"target": f"{API}String"},
                "value": {"target": f"{API}Long", "traits": traits(range={"min": 0})},
            },
            {"type": "map", "key": {"shape": "String"}, "value": {"shape": "Long", "min": 0}},
        ),
        (
            {"type": "blob", "traits": traits(streaming={})},
            {"type": "blob", "streaming": True},
        ),
    ],
)
def test_simple_shapes(shape: dict[str, Any], expected: dict[str, Any]) -> None:
    assert made(Shape=shape) == expected


def test_members_go_where_their_traits_say_in_rest_protocols_only() -> None:
    structure = {
        "type": "structure",
        "members": {
            "label": {"target": f"{API}String", "traits": traits(httpLabel={}, required={})},
            "query": {"target": f"{API}String", "traits": traits(httpQuery="q")},
            "all": {"target": "own#Map", "traits": traits(httpQueryParams={})},
            "prefixed": {"target": "own#Map", "traits": traits(httpPrefixHeaders="x-")},
            "status": {"target": f"{API}Integer", "traits": traits(httpResponseCode={})},
            "body": {"target": f"{API}Blob", "traits": traits(httpPayload={})},
        },
    }
    other = {"type": "map", "key": {"target": f"{API}String"}, "value": {"target": f"{API}String"}}
    rest = made(Structure=structure, Map=other)
    assert rest["required"] == ["label"]
    assert rest["payload"] == "body"
    located = {name: (m.get("location"), m.get("locationName")) for name, m in
               rest["members"].items()}  # fmt: skip
    assert located == {
        "label": ("uri", "label"),
        "query": ("querystring", "q"),
        "all": ("querystring", None),
        "prefixed": ("headers", "x-"),
        "status": ("statusCode", None),
        "body": (None, None),
    }
    rpc = made("json", Structure=structure, Map=other)
    assert "payload" not in rpc
    assert not any("location" in member for member in rpc["members"].values())


@pytest.mark.parametrize(
    ("protocol", "expected"),
    [
        ("rest-json", {"locationName": "j"}),
        ("json", {}),
        ("rpc-v2-cbor", {}),
        ("rest-xml", {"locationName": "x", "xmlAttribute": True, "queryName": "e"}),
        ("ec2", {"locationName": "x", "xmlAttribute": True, "queryName": "e"}),
    ],
)
def test_names_hold_for_the_protocols_they_are_made_for(
    protocol: str, expected: dict[str, Any]
) -> None:
    stated = {
        **traits(jsonName="j", xmlName="x", xmlAttribute={}),
        "aws.protocols#ec2QueryName": "e",
    }
    structure = {
        "type": "structure",
        "members": {"a": {"target": f"{API}String", "traits": stated}},
    }
    assert made(protocol, Structure=structure)["members"]["a"] == {"shape": "String", **expected}


def test_a_flattened_list_has_items_of_the_members_name() -> None:
    converted = shapes(
        "rest-xml",
        Structure={
            "type": "structure",
            "members": {
                "plain": {"target": "own#List"},
                "flat": {"target": "own#List", "traits": traits(xmlFlattened={})},
                "named": {"target": "own#List", "traits": traits(xmlFlattened={}, xmlName="n")},
            },
        },
        List={
            "type": "list",
            "member": {"target": f"{API}String", "traits": traits(xmlName="item")},
        },
    )
    members = converted.made[converted.name("own#Structure")]["members"]
    items = {
        name: converted.made[member["shape"]]["member"]["locationName"]
        for name, member in members.items()
    }
    assert items == {"plain": "item", "flat": "flat", "named": "n"}


def test_the_name_of_a_document_is_no_name_of_its_members() -> None:
    converted = shapes(
        "rest-xml",
        Outer={
            "type": "structure",
            "members": {
                "inner": {"target": "own#Inner"},
                "whole": {"target": "own#Inner", "traits": traits(httpPayload={})},
            },
        },
        Inner={"type": "structure", "members": {}, "traits": traits(
            xmlName="Document", xmlNamespace={"uri": "urn:x"}
        )},
    )  # fmt: skip
    members = converted.made[converted.name("own#Outer")]["members"]
    assert members["inner"] == {"shape": "Inner"}
    assert members["whole"] == {
        "shape": "Inner",
        "locationName": "Document",
        "xmlNamespace": {"uri": "urn:x"},
    }
    assert converted.root("own#Inner")[0] == "Document"
    assert converted.made["Document"] is converted.made["Inner"]


def test_mixins_give_members_and_traits_unless_these_are_local() -> None:
    structure = made(
        Structure={
            "type": "structure",
            "mixins": [{"target": "own#Mixin"}],
            "members": {"a": {"target": f"{API}String", "traits": traits(length={"max": 2})}},
        },
        Mixin={
            "type": "structure",
            "members": {
                "a": {"target": f"{API}String", "traits": traits(required={})},
                "b": {"target": f"{API}Integer"},
            },
            "traits": traits(
                mixin={"localTraits": [f"{API}error"]}, error="client", sensitive={}
            ),
        },
    )  # fmt: skip
    assert structure == {
        "type": "structure",
        "members": {"a": {"shape": "String", "max": 2}, "b": {"shape": "Integer"}},
        "required": ["a"],
        "sensitive": True,
    }


def test_shapes_of_one_name_in_two_namespaces_stay_apart() -> None:
    stated = {
        "a#Pair": {
            "type": "structure",
            "members": {"x": {"target": "a#Same"}, "y": {"target": "b.c#Same"}},
        },
        "a#Same": {"type": "string"},
        "b.c#Same": {"type": "integer"},
    }
    converted = Shapes(Node("own.json", "", stated), "json")
    members = converted.made[converted.name("a#Pair")]["members"]
    assert converted.made[members["x"]["shape"]] == {"type": "string"}
    assert converted.made[members["y"]["shape"]] == {"type": "integer"}


def test_recursive_shapes_end() -> None:
    structure = made(
        Node={"type": "structure", "members": {"next": {"target": "own#Node"}}},
    )
    assert structure["members"] == {"next": {"shape": "Node"}}


def test_a_streaming_union_is_a_stream_of_events() -> None:
    converted = shapes(
        Stream={
            "type": "union",
            "members": {"event": {"target": "own#Event"}},
            "traits": traits(streaming={}),
        },
        Event={
            "type": "structure",
            "members": {
                "id": {"target": f"{API}String", "traits": traits(eventHeader={})},
                "data": {"target": f"{API}Blob", "traits": traits(eventPayload={})},
            },
        },
    )
    stream = converted.made[converted.name("own#Stream")]
    assert stream["eventstream"] is True
    assert "union" not in stream
    event = converted.made["Event"]
    assert event["event"] is True
    assert event["members"]["id"]["eventheader"] is True
    assert event["members"]["data"]["eventpayload"] is True


@pytest.mark.parametrize(
    ("protocol", "expected"),
    [
        ("query", {"code": "Other", "httpStatusCode": 418}),
        ("json", {"code": "Fault", "httpStatusCode": 500}),
    ],
)
def test_errors_have_their_code_and_status(protocol: str, expected: dict[str, Any]) -> None:
    stated = {
        **traits(error="server"),
        "aws.protocols#awsQueryError": {"code": "Other", "httpResponseCode": 418},
    }
    fault = made(protocol, Fault={"type": "structure", "members": {}, "traits": stated})
    assert fault["error"] == expected
    assert fault["exception"] is True
    assert fault["fault"] is True


def service(*protocols: str, **stated: Any) -> list[Service]:
    """The services of a model with one of them."""
    model = {
        "own#Service": {
            "type": "service",
            "version": "2020-01-01",
            "operations": [{"target": "own#Plain"}],
            "resources": [{"target": "own#Outer"}],
            "errors": [{"target": "own#Everywhere"}],
            "traits": {protocol: {} for protocol in protocols} | stated,
        },
        "own#Outer": {
            "type": "resource",
            "read": {"target": "own#Read"},
            "operations": [{"target": "own#Act"}],
            "collectionOperations": [{"target": "own#Scan"}],
            "resources": [{"target": "own#Inner"}],
        },
        "own#Inner": {"type": "resource", "delete": {"target": "own#Delete"}},
        "own#Everywhere": {"type": "structure", "members": {}, "traits": traits(error="client")},
        "own#Plain": {
            "type": "operation",
            "input": {"target": f"{API}Unit"},
            "errors": [{"target": "own#Everywhere"}],
            "traits": traits(
                endpoint={"hostPrefix": "data."}, readonly={}, httpChecksumRequired={}
            ),
        },
    }  # fmt: skip
    return list(services(Node("own.json", "/shapes", model)))


def test_operations_of_resources_are_the_services_too() -> None:
    (found,) = service("aws.protocols#awsJson1_0")
    assert list(found.operations()) == [f"own#{name}" for name in
                                        ("Plain", "Act", "Scan", "Read", "Delete")]  # fmt: skip


def test_a_model_has_the_facts_of_its_service_and_operation() -> None:
    (found,) = service(
        "aws.protocols#awsJson1_0",
        **{
            "aws.api#service": {"sdkId": "Own Things", "endpointPrefix": "own"},
            "aws.auth#sigv4": {"name": "signed"},
            "aws.protocols#awsQueryCompatible": {},
        },
    )
    model = found.model("own#Plain")
    metadata = model["metadata"]
    assert found.name == "own-things"
    assert metadata["jsonVersion"] == "1.0"
    assert metadata["targetPrefix"] == "Service"
    assert metadata["signingName"] == "signed"
    assert metadata["endpointPrefix"] == "own"
    assert metadata["awsQueryCompatible"] == {}
    (operation,) = model["operations"].values()
    assert operation == {
        "name": "Plain",
        "http": {"method": "POST", "requestUri": "/", "responseCode": 200},
        "errors": [{"shape": "Everywhere"}],
        "endpoint": {"hostPrefix": "data."},
        "httpChecksumRequired": True,
        "readonly": True,
    }


def test_protocols_that_are_none_of_ours_make_no_service() -> None:
    assert service("own#smokeSignals") == []
    assert [each.protocol for each in service("aws.protocols#awsQuery", "aws.protocols#ec2Query")
            ] == ["query", "ec2"]  # fmt: skip
