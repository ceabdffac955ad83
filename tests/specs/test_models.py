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


def test_protocols_that_are_not_supported_are_an_error() -> None:
    with pytest.raises(ModelError, match="speaks"):
        compile_contract("ec2", "DescribeInstances")


def test_an_unknown_service_is_an_error() -> None:
    with pytest.raises(ModelError, match="no service"):
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


def test_streams_have_no_clauses_of_values() -> None:
    found = clauses(Contract(compile_contract("kinesis", "SubscribeToShard")))
    assert not [clause for clause in found if clause.path[:1] == ("EventStream",)]


def test_tokens_that_are_no_strings_have_no_clauses_of_strings() -> None:
    found = clauses(Contract(compile_contract("dynamodb", "Scan")))
    kinds = {clause.kind for clause in found if clause.part == "pagination"}
    assert "terminates" in kinds
    assert not kinds & {"string", "invalid-rejected"}
