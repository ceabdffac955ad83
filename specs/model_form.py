"""Whether the parts of a service model have the form that botocore's models have.

A model may come from any folder; what is wrong with it is told with its file and a JSON Pointer.
"""

from __future__ import annotations

from typing import Any

from awsconform.errors import Location, ModelError

INTEGERS = ("integer", "long", "short", "byte", "biginteger")
NUMBERS = ("float", "double", "bigdecimal")
_KINDS = (
    *("structure", "list", "map", "string", "timestamp", "blob", "boolean"),
    *INTEGERS,
    *NUMBERS,
)
# What reading something of an unexpected form ends in.
UNEXPECTED = (AttributeError, IndexError, KeyError, TypeError, ValueError)


def misformed(message: str, origin: str, *pointer: str) -> ModelError:
    """The error of a model file at a JSON Pointer, given by its segments."""
    escaped = (each.replace("~", "~0").replace("/", "~1") for each in pointer)
    return ModelError(message, location=Location(origin, None, "".join(f"/{p}" for p in escaped)))


def unexpected(error: Exception) -> str:
    """What went wrong where something had an unexpected form."""
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} is missing"
    return f"not of the form of botocore's models: {error}"


def check_model(model: Any, origin: str) -> None:
    """Refuses a model without the parts that every service needs.

    Raises:
        ModelError: one is missing, or no object.
    """
    for part in ("metadata", "operations", "shapes"):
        if not isinstance(model.get(part), dict):
            raise misformed("there is no object here", origin, part)
    for key in ("apiVersion", "endpointPrefix"):
        if not isinstance(model["metadata"].get(key), str):
            raise misformed("there is no text here", origin, "metadata", key)
    if not isinstance(model["metadata"].get("protocols", []), list):
        raise misformed("there is no list here", origin, "metadata", "protocols")


def check_shape(shape: dict[str, Any]) -> None:
    """Refuses what would make a schema that is none.

    Raises:
        ValueError: a bound is no number, or a list of values none of texts.
    """
    for trait in shape.keys() & {"min", "max"}:
        value = shape[trait]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{trait} is no number")
    for trait in shape.keys() & {"enum", "required"}:
        value = shape[trait]
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise ValueError(f"{trait} is no list of texts")
    if not isinstance(shape.get("pattern", ""), str):
        raise ValueError("pattern is no text")


def is_shape(shape: Any) -> bool:
    """Whether something is a shape of a known type."""
    return isinstance(shape, dict) and shape.get("type") in _KINDS


def references(shape: dict[str, Any]) -> dict[tuple[str, ...], str]:
    """The shapes a shape refers to, by where in it: `("members", "farmId", "shape")`."""
    found = {
        ("members", name, "shape"): member["shape"]
        for name, member in shape.get("members", {}).items()
    }
    inner = ("member", "key", "value")
    return found | {(key, "shape"): shape[key]["shape"] for key in inner if key in shape}
