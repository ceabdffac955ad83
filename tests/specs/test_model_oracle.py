"""Contracts of every protocol say of every place what botocore's own classes read in the models.

`AWSCONFORM_EVERY_CONTRACT=1` compares all operations over all protocols, which takes minutes.
"""

from __future__ import annotations

import functools
import os
import random
from collections.abc import Iterator
from typing import Any

import botocore
import pytest
from botocore.exceptions import DataNotFoundError, UnknownServiceError
from botocore.handlers import set_operation_specific_signer
from botocore.loaders import Loader
from botocore.model import ListShape, MapShape, OperationModel, ServiceModel, Shape, StructureShape
from botocore.serialize import SERIALIZERS

from awsconform.errors import PatternError
from awsconform.specs import installed, patterns
from awsconform.specs.contract import Contract, Place
from awsconform.specs.models import ServiceCompiler, compiler_of
from awsconform.specs.protocols import PROTOCOLS, ours, theirs

EVERY = bool(os.environ.get("AWSCONFORM_EVERY_CONTRACT"))
# Of each service; those with many rare traits besides.
SAMPLED = 6
SERVICES = (
    "ec2",
    "s3",
    "s3control",
    "cloudfront",
    "route53",
    "sqs",
    "sns",
    "sdb",
    "iam",
    "cloudwatch",
    "cloudformation",
    "dynamodb",
    "ebs",
    "apigatewayv2",
    "bedrock-runtime",
    "connecthealth",
    "lexv2-runtime",
    "kinesis",
    "pricing",
    "codecatalyst",
    "cognito-identity",
    "neptune-graph",
    "bedrock-agentcore",
)
RARE = (
    ("s3", "PutBucketAcl"),
    ("s3", "SelectObjectContent"),
    ("s3", "GetObject"),
    ("ec2", "RunInstances"),
    ("ec2", "DescribeInstances"),
    ("sns", "Publish"),
    ("sqs", "SendMessageBatch"),
    ("apigatewayv2", "ExportApi"),
    ("pricing", "GetProducts"),
    ("cloudwatch", "PutMetricData"),
    ("bedrock-runtime", "InvokeModelWithResponseStream"),
    ("dynamodb", "PutItem"),
    ("ebs", "PutSnapshotBlock"),
    ("ec2", "ModifyNetworkInterfaceAttribute"),
)


@functools.cache
def loader() -> Loader:
    return Loader()


@functools.lru_cache(maxsize=2)
def service_model(service: str) -> ServiceModel:
    return ServiceModel(loader().load_service_model(service, "service-2"), service)


translated = functools.lru_cache(maxsize=None)(patterns.translate)


@functools.lru_cache(maxsize=2)
def compiler(service: str, protocol: str) -> ServiceCompiler:
    return compiler_of(service, protocol=protocol)


def services() -> list[str]:
    if EVERY:
        return list(loader().list_available_services("service-2"))
    cbor = ("arc-region-switch", "workspaces-instances")
    few = random.Random(439).sample(loader().list_available_services("service-2"), 10)
    return sorted({*SERVICES, *cbor, *few})


def spoken(service: str) -> list[str]:
    model = service_model(service)
    named = model.metadata.get("protocols") or [model.protocol]
    return [name for name in map(ours, named) if name in PROTOCOLS]


def sampled(service: str) -> list[str]:
    names = service_model(service).operation_names
    if EVERY:
        return names
    rare = [name for other, name in RARE if other == service]
    drawn = random.Random(service).sample(names, min(SAMPLED, len(names)))
    return list(dict.fromkeys((*rare, *drawn)))


def below(shape: Shape, segment: str) -> Shape:
    if isinstance(shape, StructureShape):
        return shape.members[segment]
    if isinstance(shape, ListShape):
        return shape.member
    assert isinstance(shape, MapShape)
    return shape.key if segment == "@key" else shape.value


def shapes(
    contract: Contract, part: str, top: Shape
) -> Iterator[tuple[Place, Shape, Shape | None]]:
    """Each place with botocore's shape, and the shape around it."""
    known: dict[tuple[str, ...], Shape] = {(): top}
    for place in contract.places(part):
        around = known[place.path[:-1]] if place.path else None
        if around is not None:
            known[place.path] = below(around, place.path[-1])
        yield place, known[place.path], around


XML_ALONE = ("flattened", "xmlNamespace", "xmlAttribute", "queryName")
ALIKE = (
    "location",
    "streaming",
    "eventstream",
    "event",
    "eventheader",
    "eventpayload",
    "jsonvalue",
    "hostLabel",
    *XML_ALONE,
)


def serialization(shape: Shape, protocol: str) -> dict[str, Any]:
    """botocore's serialization traits of a place in the contract's words."""
    stated = shape.serialization
    wanted = {key: stated[key] for key in ALIKE if stated.get(key)}
    if "name" in stated:
        wanted["locationName"] = stated["name"]
    if protocol not in ("query", "ec2", "rest-xml"):
        for key in XML_ALONE:
            wanted.pop(key, None)
    if isinstance(wanted.get("xmlNamespace"), str):
        wanted["xmlNamespace"] = {"uri": wanted["xmlNamespace"]}
    return wanted


def timestamp_format(shape: Shape, protocol: str) -> str:
    """The form botocore's serializer of the protocol gives a timestamp of this shape."""
    serializer: Any = SERIALIZERS[theirs(protocol)]
    if protocol == "rpc-v2-cbor":
        return str(serializer.TIMESTAMP_FORMAT)
    usual = {
        "header": "HEADER_TIMESTAMP_FORMAT",
        "querystring": "QUERY_STRING_TIMESTAMP_FORMAT",
        "uri": "QUERY_STRING_TIMESTAMP_FORMAT",
    }.get(shape.serialization.get("location", ""), "TIMESTAMP_FORMAT")
    return str(shape.serialization.get("timestampFormat") or getattr(serializer, usual)).lower()


def check(place: Place, shape: Shape, around: Shape | None, protocol: str) -> None:
    facts = {key: place.aws[key] for key in (*ALIKE, "locationName") if key in place.aws}
    if getattr(shape, "is_document_type", False):
        assert place.kind == "document"
        return
    assert facts == serialization(shape, protocol)
    assert place.kind == shape.type_name
    assert set(place.schema.get("enum", [])) == set(shape.metadata.get("enum", []))
    payload = around is not None and around.serialization.get("payload") == place.path[-1]
    assert bool(place.aws.get("payload")) is payload
    for trait in ("sensitive", "idempotencyToken", "union"):
        assert bool(place.aws.get(trait)) is bool(shape.metadata.get(trait))
    if isinstance(shape, StructureShape):
        assert list(place.schema["properties"]) == list(shape.members)
        assert place.schema.get("required", []) == shape.required_members
    if shape.type_name == "timestamp":
        assert place.aws["timestampFormat"].lower() == timestamp_format(shape, protocol)
    check_bounds(place, shape)


def check_bounds(place: Place, shape: Shape) -> None:
    lowest = ("minLength", "minimum", "minItems", "minProperties")
    highest = ("maxLength", "maximum", "maxItems", "maxProperties")
    stated = place.aws if place.kind == "blob" else place.schema
    for words, key in ((lowest, "min"), (highest, "max")):
        if place.kind == "structure":
            continue
        found = [stated[word] for word in (*words, key) if word in stated]
        assert found == ([shape.metadata[key]] if key in shape.metadata else [])
    pattern = shape.metadata.get("pattern")
    if pattern is not None and place.kind == "string":
        try:
            wanted = translated(pattern, (shape.metadata.get("min"), shape.metadata.get("max")))
        except PatternError:
            assert "untranslated" in place.aws
        else:
            assert place.schema["pattern"] == wanted
    else:
        assert "pattern" not in place.schema


def signature(model: OperationModel) -> str | None:
    """The signature version botocore chooses for an operation alone, None where it chooses none."""
    context = {"auth_type": model.resolved_auth_type, "unsigned_payload": model.unsigned_payload}
    name = model.service_model.signing_name
    version = set_operation_specific_signer(context, name)
    if version is botocore.UNSIGNED:
        return "none"
    if context.get("payload_signing_enabled") is False:
        return "v4-unsigned-body"
    return version


@pytest.mark.parametrize("service", services())
def test_a_contract_says_what_botocore_reads(service: str) -> None:
    model = service_model(service)
    for protocol in spoken(service):
        for operation in sampled(service):
            contract = Contract(compiler(service, protocol).contract(operation))
            check_operation(contract, model.operation_model(operation), protocol)


def check_operation(contract: Contract, model: OperationModel, protocol: str) -> None:
    aws = contract.aws
    service = model.service_model
    assert aws["protocol"] == protocol
    assert aws["protocols"][0] == ours(service.resolved_protocol)
    assert sorted(aws["protocols"]) == sorted(spoken(contract.service))
    assert aws["serviceId"] == service.service_id
    assert aws["signing"]["name"] == service.signing_name
    assert signature(model) in (None, aws["signing"]["version"])
    assert aws.get("queryCompatible", False) is (
        service.is_query_compatible and protocol in ("json", "rpc-v2-cbor")
    )
    assert (contract.method, contract.uri) == (model.http["method"], model.http["requestUri"])
    assert contract.status == model.http.get("responseCode", 200)
    assert aws["hostPrefix"] == (model.endpoint or {}).get("hostPrefix")
    tops = {"request": model.input_shape, "response": model.output_shape}
    for error in model.error_shapes:
        code = error.metadata.get("error", {}).get("code", error.name)
        assert contract.errors[code].shape == error.name
        status = error.metadata.get("error", {}).get("httpStatusCode")
        assert status in (None, contract.errors[code].status)
        tops[code] = error
    assert len(tops) == 2 + len(contract.errors)
    if protocol == "query" and model.output_shape is not None:
        assert aws["resultWrapper"] == model.output_shape.serialization.get("resultWrapper")
    if protocol == "rest-xml" and model.input_shape is not None:
        assert aws["inputName"] == model.input_shape.serialization.get("name")
    for part, top in tops.items():
        assert bool(contract.places(part)) is (top is not None)
        if top is not None:
            for place, shape, around in shapes(contract, part, top):
                if place.path:
                    check(place, shape, around, protocol)
    check_checksum(aws.get("checksum"), model)
    check_pagination(contract, service)


def check_checksum(stated: dict[str, Any] | None, model: OperationModel) -> None:
    required = model.http_checksum_required or model.http_checksum.get("requestChecksumRequired")
    member = model.http_checksum.get("requestAlgorithmMember")
    if required or member:
        assert stated == {"required": bool(required), "algorithmMember": member}
    else:
        assert stated is None


def check_pagination(contract: Contract, service: ServiceModel) -> None:
    try:
        pages = loader().load_service_model(contract.service, "paginators-1", contract.api_version)[
            "pagination"
        ]
    except (DataNotFoundError, UnknownServiceError):
        pages = {}
    stated = contract.aws["pagination"]
    if contract.operation not in pages:
        assert stated is None or stated["sources"] == ["inferred"]
        return
    wanted = pages[contract.operation]
    for ours_, botocores in (
        ("inputToken", "input_token"),
        ("outputToken", "output_token"),
        ("result", "result_key"),
    ):
        value = wanted.get(botocores, [])
        assert stated[ours_] == ([value] if isinstance(value, str) else value)
    assert stated["limit"] == wanted.get("limit_key")
    assert stated["moreResults"] == wanted.get("more_results")


def test_every_protocol_is_among_those_compared() -> None:
    assert {protocol for service in services() for protocol in spoken(service)} == set(PROTOCOLS)


def test_finds_the_services_and_versions_that_botocore_finds() -> None:
    models = installed.models()
    assert list(models.services) == loader().list_available_services("service-2")
    for service in models.services:
        assert models.newest(service) == loader().determine_latest_version(service, "service-2")


@pytest.mark.parametrize("service", ["ec2", "inspector2", "cloudfront", "sqs"])
def test_reads_the_model_and_paginators_that_botocore_reads(service: str) -> None:
    models = installed.models()
    version = models.newest(service)
    assert models.model(service) == loader().load_service_model(service, "service-2")
    pages = loader().load_service_model(service, "paginators-1", version)["pagination"]
    assert models.paginators(service) == pages
    assert models.metadata(service) == service_model(service).metadata


@pytest.mark.parametrize(
    ("service", "version"),
    [("s3", "s3v4"), ("s3control", "s3v4"), ("ec2", "v4"), ("codecatalyst", "bearer")],
)
def test_signs_as_botocores_client_does(service: str, version: str) -> None:
    import botocore.session

    client = botocore.session.Session().create_client(service, region_name="us-west-2")
    assert client.meta.config.signature_version == version
    made = compiler_of(service)
    versions = {made.contract(name)["aws"]["signing"]["version"] for name in made.operations[:20]}
    assert versions == {version}
