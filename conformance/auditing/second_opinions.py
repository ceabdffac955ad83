"""What others say of a value: the validator in pure Python, botocore's validator, serializer."""

from __future__ import annotations

import base64
import functools
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

import regex
from botocore.serialize import create_serializer
from botocore.validate import ParamValidator
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from awsconform.conformance.botocore_reading import event_stream, operation_model
from awsconform.specs.contract import DIALECT, Contract
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
    """Pointer and keyword of what the validator in pure Python finds wrong.

    The events of a stream are judged one by one, each by the schema of an event.
    """
    stream = event_stream(contract) if part == "response" else None
    if stream is None or stream not in value:
        return _complaints(_validator(contract, part), value)
    rest = _complaints(_validator(contract, part), {**value, stream: {}})
    found = [(pointer, keyword) for pointer, keyword in rest if pointer[:1] != (stream,)]
    for number, event in enumerate(value[stream]):
        for pointer, keyword in _complaints(_event_validator(contract, stream), event):
            found.append(((stream, number, *pointer), keyword))
    return found


def _complaints(validator: Draft202012Validator, value: Any) -> list[tuple[tuple[Any, ...], str]]:
    found = validator.iter_errors(value)
    return [(tuple(error.absolute_path), str(error.validator)) for error in found]


@functools.lru_cache(maxsize=64)
def _event_validator(contract: Contract, stream: str) -> Draft202012Validator:
    output = contract.definitions[contract.output_shape or ""]
    # Some models require a kind of event, which is not required of every event.
    event = {
        keyword: item
        for keyword, item in contract.resolve(output["properties"][stream]).items()
        if keyword != "required"
    }
    schema = {"$schema": DIALECT, **event, "$defs": contract.definitions}
    made: Draft202012Validator = _Validator(schema, format_checker=FormatChecker())
    return made


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
