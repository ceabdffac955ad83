"""Contracts made from botocore's models say what botocore itself reads in them."""

from __future__ import annotations

import random
from typing import Any

import jsonschema
import pytest
from botocore.model import ListShape, MapShape, ServiceModel, Shape, StructureShape
from botocore.session import get_session

from awsconform.errors import ModelError
from awsconform.specs.clauses import clauses
from awsconform.specs.contract import Contract, Place
from awsconform.specs.model_operations import errors_of, signing
from awsconform.specs.models import compile_contract, contract_document

SERVICES = (
    "deadline",
    "lookoutequipment",
    "sagemaker-edge",
    "dynamodb",
    "sqs",
    "lambda",
    "kinesis",
    "apigateway",
    "events",
    "lexv2-models",
)


def sample() -> list[tuple[str, str]]:
    loader = get_session().get_component("data_loader")
    chosen = random.Random(20)
    pairs = []
    for service in SERVICES:
        names = sorted(loader.load_service_model(service, "service-2")["operations"])
        pairs += [(service, name) for name in chosen.sample(names, min(5, len(names)))]
    return pairs


def service_model(service: str) -> ServiceModel:
    loader = get_session().get_component("data_loader")
    return ServiceModel(loader.load_service_model(service, "service-2"), service)


def below(shape: Shape, segment: str) -> Shape:
    if isinstance(shape, StructureShape):
        return shape.members[segment]
    if isinstance(shape, ListShape):
        return shape.member
    assert isinstance(shape, MapShape)
    return shape.key if segment == "@key" else shape.value


def at(shape: Shape, path: tuple[str, ...]) -> Shape:
    for segment in path:
        shape = below(shape, segment)
    return shape


def check(place: Place, shape: Shape) -> None:
    if getattr(shape, "is_document_type", False):
        assert place.kind == "document"
        return
    assert place.kind == shape.type_name
    assert set(place.schema.get("enum", [])) == set(getattr(shape, "enum", []))
    if isinstance(shape, StructureShape):
        assert list(place.schema["properties"]) == list(shape.members)
        assert set(place.schema.get("required", [])) == set(shape.required_members)
        assert bool(place.aws.get("union")) is shape.is_tagged_union
    limits: dict[str, Any] = shape.metadata
    low = ("minLength", "minimum", "minItems", "minProperties")
    high = ("maxLength", "maximum", "maxItems", "maxProperties")
    if place.kind not in ("blob", "structure"):
        assert [place.schema[k] for k in low if k in place.schema] == _stated(limits, "min")
        assert [place.schema[k] for k in high if k in place.schema] == _stated(limits, "max")
    location = shape.serialization.get("location")
    assert place.aws.get("location") == location


def _stated(limits: dict[str, Any], key: str) -> list[Any]:
    return [limits[key]] if key in limits else []


@pytest.mark.parametrize(("service", "operation"), sample())
def test_a_contract_says_of_every_place_what_botocore_reads(service: str, operation: str) -> None:
    contract = Contract(compile_contract(service, operation))
    model = service_model(service).operation_model(operation)
    for part, shape in (("request", model.input_shape), ("response", model.output_shape)):
        places = contract.places(part)
        assert bool(places) is (shape is not None)
        for place in places:
            check(place, at(shape, place.path))
    assert {(e.code, e.shape) for e in contract.errors.values()} == {
        (shape.metadata.get("error", {}).get("code", shape.name), shape.name)
        for shape in model.error_shapes
    }


@pytest.mark.parametrize(("service", "operation"), sample())
def test_a_contract_is_a_valid_json_schema(service: str, operation: str) -> None:
    document = compile_contract(service, operation)
    jsonschema.Draft202012Validator.check_schema(document)


def test_recursion_is_a_reference_and_its_places_end() -> None:
    contract = Contract(compile_contract("dynamodb", "PutItem"))
    paths = {place.path for place in contract.places("request")}
    assert ("Item", "@value", "M", "@value") in paths
    assert max(len(path) for path in paths) < 12
    deep = ("Item", "a", "L", 0, "M", "b", "S")
    assert contract.generalise("request", deep) == ("Item", "@value", "S")


def test_a_protocol_that_the_service_does_not_speak_is_an_error() -> None:
    with pytest.raises(ModelError, match="does not speak query") as caught:
        compile_contract("ec2", "DescribeInstances", protocol="query")
    assert caught.value.hint == "it speaks ec2"


def test_an_unknown_service_is_an_error() -> None:
    with pytest.raises(ModelError, match="have no service"):
        compile_contract("nosuchservice", "GetThing")


def model_of(shapes: dict[str, Any]) -> dict[str, Any]:
    return {
        "metadata": {
            "apiVersion": "2026-01-01",
            "endpointPrefix": "things",
            "protocol": "rest-json",
            "protocols": ["rest-json"],
            "serviceId": "Things",
            "signatureVersion": "v4",
        },
        "operations": {
            "GetThing": {
                "name": "GetThing",
                "http": {"method": "GET", "requestUri": "/things"},
                "input": {"shape": "Request"},
                "output": {"shape": "Response"},
            }
        },
        "shapes": shapes,
    }


def test_a_timestamp_takes_the_form_of_its_place() -> None:
    when = {"type": "timestamp"}
    stated = {"type": "timestamp", "timestampFormat": "rfc822"}
    members = {
        "inQuery": {"shape": "When", "location": "querystring"},
        "inHeader": {"shape": "When", "location": "header"},
        "inBody": {"shape": "When"},
        "asStated": {"shape": "Stated", "location": "querystring"},
    }
    shapes = {
        "Request": {"type": "structure", "members": members},
        "Response": {"type": "structure", "members": {}},
        "When": when,
        "Stated": stated,
    }
    contract = Contract(contract_document("things", "GetThing", model_of(shapes), {}))
    forms = {p.text: p.aws["timestampFormat"] for p in contract.places("request")[1:]}
    assert forms == {
        "inQuery": "iso8601",
        "inHeader": "rfc822",
        "inBody": "unixTimestamp",
        "asStated": "rfc822",
    }


def test_a_token_on_both_sides_is_pagination_even_without_a_paginator() -> None:
    shapes = {
        "Request": {
            "type": "structure",
            "members": {"NextToken": {"shape": "Text"}, "MaxResults": {"shape": "Number"}},
        },
        "Response": {
            "type": "structure",
            "members": {"NextToken": {"shape": "Text"}, "Things": {"shape": "Texts"}},
        },
        "Text": {"type": "string"},
        "Number": {"type": "integer"},
        "Texts": {"type": "list", "member": {"shape": "Text"}},
    }
    contract = Contract(contract_document("things", "GetThing", model_of(shapes), {}))
    assert contract.pagination is not None
    assert contract.pagination.limit == "MaxResults"
    assert contract.pagination.result == ("Things",)


def test_token_rules_are_read_from_the_models_own_documentation() -> None:
    text = (
        "<p>If no results remain, then <code>nextToken</code> is set to <code>null</code>. "
        "Each pagination token expires after 3 hours.</p>"
    )
    shapes = {
        "Request": {"type": "structure", "members": {"nextToken": {"shape": "Text"}}},
        "Response": {
            "type": "structure",
            "members": {"nextToken": {"shape": "Text", "documentation": text}},
        },
        "Text": {"type": "string"},
    }
    contract = Contract(contract_document("things", "GetThing", model_of(shapes), {}))
    assert contract.rules("token-expires")[0]["hours"] == 3
    assert contract.rules("end-token-null")[0]["sources"] == ["model"]


@pytest.mark.parametrize(
    ("service", "operation", "reads"),
    [
        ("deadline", "GetFarm", True),
        ("deadline", "CreateFarm", False),
        ("ssm", "GetParameter", True),
        ("ssm", "GetAccessToken", False),
        ("cognito-identity", "GetId", False),
        ("codeartifact", "GetAuthorizationToken", False),
    ],
)
def test_what_makes_a_token_only_sounds_like_reading(
    service: str, operation: str, reads: bool
) -> None:
    assert Contract(compile_contract(service, operation)).readonly is reads


def test_streams_have_clauses_of_their_events_and_none_of_their_exceptions() -> None:
    found = clauses(Contract(compile_contract("kinesis", "SubscribeToShard")))
    stream = [clause.path for clause in found if clause.path[:1] == ("EventStream",)]
    assert ("EventStream", "SubscribeToShardEvent", "Records") in stream
    assert {path[1] for path in stream if len(path) > 1} == {"SubscribeToShardEvent"}


def test_tokens_that_are_no_strings_have_no_clauses_of_strings() -> None:
    found = clauses(Contract(compile_contract("dynamodb", "Scan")))
    kinds = {clause.kind for clause in found if clause.part == "pagination"}
    assert "terminates" in kinds
    assert not kinds & {"string", "invalid-rejected"}


@pytest.mark.parametrize(
    ("stated", "metadata", "version"),
    [
        ({}, {"signatureVersion": "v4"}, "v4"),
        ({}, {"auth": ["aws.auth#sigv4"], "signatureVersion": "v2"}, "v4"),
        ({}, {"auth": ["smithy.api#httpBearerAuth"]}, "bearer"),
        ({"authtype": "none"}, {"auth": ["aws.auth#sigv4"]}, "none"),
        ({"auth": ["smithy.api#noAuth"], "authtype": "v4"}, {}, "none"),
        ({"authtype": "v4-unsigned-body"}, {}, "v4-unsigned-body"),
        ({"auth": ["aws.auth#sigv4"], "unsignedPayload": True}, {}, "v4-unsigned-body"),
        ({}, {"signingName": "s3", "signatureVersion": "s3v4"}, "s3v4"),
        ({}, {"signingName": "s3", "auth": ["aws.auth#sigv4"]}, "s3v4"),
        ({"auth": ["unheard.of#auth"]}, {"signatureVersion": "v4"}, "v4"),
    ],
)
def test_a_request_is_signed_as_the_operation_states_else_as_its_service_does(
    stated: dict[str, Any], metadata: dict[str, Any], version: str
) -> None:
    found = signing(stated, {"endpointPrefix": "things", **metadata})
    assert found == {"name": metadata.get("signingName", "things"), "version": version}


@pytest.mark.parametrize(
    ("shape", "reference", "code", "status", "fault"),
    [
        ({}, {}, "Lost", 400, "sender"),
        ({"error": {"code": "Gone", "httpStatusCode": 404}}, {}, "Gone", 404, "sender"),
        ({}, {"error": {"code": "Gone", "httpStatusCode": 410}}, "Gone", 410, "sender"),
        ({"fault": True}, {}, "Lost", 500, "server"),
        ({"error": {"httpStatusCode": 503}}, {}, "Lost", 503, "server"),
        ({"error": {"httpStatusCode": 429, "fault": True}}, {}, "Lost", 429, "server"),
    ],
)
def test_an_error_has_the_code_and_status_of_the_wire(
    shape: dict[str, Any], reference: dict[str, Any], code: str, status: int, fault: str
) -> None:
    stated = {"errors": [{"shape": "Lost", **reference}]}
    found = errors_of(stated, {"Lost": {"type": "structure", **shape}})
    assert found == {
        code: {"shape": "Lost", "status": status, "fault": fault, "sources": ["model"]}
    }


def test_what_stands_beside_a_reference_overlays_what_the_shape_states() -> None:
    shapes = {
        "Request": {
            "type": "structure",
            "members": {
                "bare": {"shape": "Texts"},
                "named": {"shape": "Texts", "locationName": "n", "flattened": True},
                "few": {"shape": "Text", "enum": ["a"], "max": 1},
                "query": {"shape": "Text", "queryName": "Q", "xmlNamespace": "urn:x"},
            },
        },
        "Response": {"type": "structure", "members": {}},
        "Texts": {"type": "list", "member": {"shape": "Text", "locationName": "item"}},
        "Text": {"type": "string", "enum": ["a", "b"], "locationName": "own", "max": 9},
    }
    model = model_of(shapes)
    model["metadata"] |= {"protocol": "query", "protocols": ["query", "rest-json"]}
    under = {
        protocol: Contract(contract_document("things", "GetThing", model, {}, protocol=protocol))
        for protocol in ("query", "rest-json")
    }
    at = {place.text: place for place in under["query"].places("request")}
    assert at["bare"].aws == {"type": "list"}
    assert at["named"].aws == {"type": "list", "locationName": "n", "flattened": True}
    assert at["named/*"].aws["locationName"] == "item"
    assert at["few"].aws["locationName"] == "own"
    assert (at["few"].schema["enum"], at["few"].schema["maxLength"]) == (["a"], 1)
    assert at["few"].schema["sources"]["enum"] == {"a": ["model"]}
    assert at["query"].aws["queryName"] == "Q"
    assert at["query"].aws["xmlNamespace"] == {"uri": "urn:x"}
    plain = {place.text: place for place in under["rest-json"].places("request")}
    assert plain["named"].aws == {"type": "list", "locationName": "n"}
    assert plain["query"].aws == {"type": "string", "locationName": "own"}


@pytest.mark.parametrize(
    ("protocol", "body", "stated"),
    [
        ("json", "unixTimestamp", "rfc822"),
        ("rest-json", "unixTimestamp", "rfc822"),
        ("query", "iso8601", "rfc822"),
        ("ec2", "iso8601", "rfc822"),
        ("rest-xml", "iso8601", "rfc822"),
        ("smithy-rpc-v2-cbor", "unixTimestamp", "unixTimestamp"),
    ],
)
def test_a_timestamp_takes_the_form_of_its_protocol(protocol: str, body: str, stated: str) -> None:
    shapes = {
        "Request": {
            "type": "structure",
            "members": {
                "bare": {"shape": "When"},
                "shaped": {"shape": "Stated"},
                "placed": {"shape": "When", "timestampFormat": "rfc822"},
                "inner": {"shape": "List"},
            },
        },
        "Response": {"type": "structure", "members": {}},
        "List": {"type": "list", "member": {"shape": "When"}},
        "When": {"type": "timestamp"},
        "Stated": {"type": "timestamp", "timestampFormat": "rfc822"},
    }
    model = model_of(shapes)
    model["metadata"] |= {"protocol": protocol, "protocols": [protocol]}
    contract = Contract(contract_document("things", "GetThing", model, {}))
    forms = {
        p.text: p.aws["timestampFormat"]
        for p in contract.places("request")
        if p.kind == "timestamp"
    }
    assert forms == {"bare": body, "shaped": stated, "placed": stated, "inner/*": body}


def test_a_pattern_that_cannot_be_translated_is_kept_as_a_note() -> None:
    shapes = {
        "Request": {"type": "structure", "members": {"text": {"shape": "Text"}}},
        "Response": {"type": "structure", "members": {}},
        "Text": {"type": "string", "pattern": "(("},
    }
    contract = Contract(contract_document("things", "GetThing", model_of(shapes), {}))
    (place,) = contract.places("request")[1:]
    assert "pattern" not in place.schema
    assert "((" in place.aws["untranslated"]


@pytest.mark.parametrize(
    ("service", "operation", "reserved"),
    [
        ("kinesis", "SplitShard", {"StreamId"}),
        ("ssm", "CreateActivation", {"RegistrationMetadata"}),
        ("rds", "DescribeEventSubscriptions", {"Filters"}),
        ("evs", "CreateEnvironmentHost", set()),
    ],
)
def test_a_member_that_is_documented_to_be_of_no_use_yet_is_reserved(
    service: str, operation: str, reserved: set[str]
) -> None:
    contract = Contract(compile_contract(service, operation))
    members = contract.members("request").items()
    assert {name for name, place in members if place.aws.get("reserved")} == reserved
