"""Judges of generated values that share no code with the generators."""

from __future__ import annotations

import base64
import functools
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import regex
from botocore.model import ServiceModel, Shape
from botocore.session import get_session
from botocore.validate import ParamValidator
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from awsconform.specs.contract import Contract


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not regex.search(pattern, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


_Validator = extend(Draft202012Validator, {"pattern": _pattern})


def complaints(contract: Contract, part: str, value: Any) -> list[tuple[tuple[Any, ...], str]]:
    """Pointer and keyword of what the pure Python validator finds wrong."""
    validator = _Validator(contract.part(part), format_checker=FormatChecker())
    return [
        (tuple(error.absolute_path), str(error.validator)) for error in validator.iter_errors(value)
    ]


def refusals(contract: Contract, part: str, value: Any) -> str:
    """What botocore's own validator of parameters says, in its own types; empty when content."""
    operation = _service(contract.service).operation_model(contract.operation)
    shape = operation.input_shape if part == "request" else operation.output_shape
    if shape is None:
        return "" if value == {} else "members where there are none"
    return str(ParamValidator().validate(_native(value, shape), shape).generate_report())


@functools.cache
def _service(name: str) -> ServiceModel:
    loader = get_session().get_component("data_loader")
    return ServiceModel(loader.load_service_model(name, "service-2"), name)


def _native(value: Any, shape: Shape) -> Any:
    convert: dict[str, Callable[[Any], Any]] = {
        "structure": lambda: {
            name: _native(each, shape.members[name]) for name, each in value.items()
        },
        "list": lambda: [each if each is None else _native(each, shape.member) for each in value],
        "map": lambda: {name: _native(each, shape.value) for name, each in value.items()},
        "timestamp": lambda: datetime.fromisoformat(value),
        "blob": lambda: base64.b64decode(value, validate=True),
    }
    if getattr(shape, "is_document_type", False) or shape.type_name not in convert:
        return value
    return convert[shape.type_name]()
