"""What others say of a value: the validator in pure Python, botocore's validator and codecs."""

from __future__ import annotations

import base64
import functools
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

import regex
from botocore.awsrequest import HeadersDict
from botocore.model import OperationModel, ServiceModel, Shape
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from botocore.session import get_session
from botocore.validate import ParamValidator
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from awsconform.conformance.exchange import HTTPResponse
from awsconform.specs.contract import Contract
from awsconform.specs.protocols import theirs


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not regex.search(pattern, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


_extend: Callable[..., Any] = extend
_Validator = _extend(Draft202012Validator, {"pattern": _pattern})


@functools.lru_cache(maxsize=64)
def _validator(contract: Contract, part: str) -> Draft202012Validator:
    made: Draft202012Validator = _Validator(contract.part(part), format_checker=FormatChecker())
    return made


def complaints(contract: Contract, part: str, value: Any) -> list[tuple[tuple[Any, ...], str]]:
    """Pointer and keyword of what the validator in pure Python finds wrong."""
    found = _validator(contract, part).iter_errors(value)
    return [(tuple(error.absolute_path), str(error.validator)) for error in found]


@functools.lru_cache(maxsize=4)
def service_model(service: str) -> ServiceModel:
    """botocore's model of a service."""
    loader = get_session().get_component("data_loader")
    return ServiceModel(loader.load_service_model(service, "service-2"), service)


def operation_model(contract: Contract) -> OperationModel:
    """botocore's model of a contract's operation."""
    return service_model(contract.service).operation_model(contract.operation)


def refusal(contract: Contract, parameters: Any) -> str:
    """What botocore's validator says of parameters in its own types; empty when it is content."""
    shape = operation_model(contract).input_shape
    if shape is None:
        return "" if parameters == {} else "members where there are none"
    return str(ParamValidator().validate(parameters, shape).generate_report())


def serialized(contract: Contract, parameters: Any) -> dict[str, Any]:
    """The request botocore's serializer makes of parameters."""
    serializer = create_serializer(theirs(contract.protocol), include_validation=False)
    made: dict[str, Any] = serializer.serialize_to_request(parameters, operation_model(contract))
    return made


def parsed(contract: Contract, response: HTTPResponse, shape: Shape | None) -> dict[str, Any]:
    """What botocore's parser makes of a response, or of an error where `shape` is one's."""
    # Typed as if a response always had a shape.
    parser: Any = create_parser(theirs(contract.protocol))
    raw = {
        "status_code": response.status,
        "headers": HeadersDict(dict(response.headers)),
        "body": response.body,
        "context": {"operation_name": contract.operation},
    }
    found: dict[str, Any] = parser.parse(raw, shape)
    found.pop("ResponseMetadata", None)
    return found


def parsed_code(contract: Contract, response: HTTPResponse) -> str | None:
    """The code botocore's parser finds in an error."""
    code: str | None = parsed(contract, response, None).get("Error", {}).get("Code")
    return code


def native(value: Any, shape: Any) -> Any:
    """A value in logical JSON as botocore takes it: datetimes, bytes, parsed JSON."""
    if shape is None or getattr(shape, "is_document_type", False):
        return value
    if shape.serialization.get("jsonvalue") and shape.serialization.get("location") == "header":
        return json.loads(value)
    convert: Mapping[str, Callable[[], Any]] = {
        "structure": lambda: {
            name: native(each, shape.members[name]) for name, each in value.items()
        },
        "list": lambda: [each if each is None else native(each, shape.member) for each in value],
        "map": lambda: {name: native(each, shape.value) for name, each in value.items()},
        "timestamp": lambda: datetime.fromisoformat(value),
        "blob": lambda: base64.b64decode(value, validate=True),
    }
    return convert[shape.type_name]() if shape.type_name in convert else value
