"""Contracts from botocore's service models (the json and rest-json protocols).

Rules on timestamps, locations and error codes are those of Smithy's `aws.protocols` traits as
botocore's serializers apply them.
"""

from __future__ import annotations

from typing import Any

from awsconform.errors import ModelError
from awsconform.specs import installed
from awsconform.specs.contract import DIALECT, Schema
from awsconform.specs.model_prose import token_rules
from awsconform.specs.model_shapes import SOURCE, Definitions

PROTOCOLS = ("json", "rest-json")


def compile_contract(service: str, operation: str, *, date: str | None = None) -> dict[str, Any]:
    """The contract document of one operation, from the installed botocore alone.

    `service` is botocore's folder name (`deadline`), `operation` the model's name (`GetFarm`).

    Raises:
        ModelError: no such service or operation, or a protocol that is not supported.
    """
    model = installed.service_model(service)
    if model is None:
        raise ModelError(
            f"the installed botocore has no service {service!r}",
            hint="names are botocore's: `aws sqs` is sqs, `aws logs` is logs",
        )
    paginators = installed.paginators(service)
    digest = installed.digest(service)
    return contract_document(service, operation, model, paginators, date=date, digest=digest)


def contract_document(
    service: str,
    operation: str,
    model: dict[str, Any],
    paginators: dict[str, Any],
    *,
    date: str | None = None,
    digest: str | None = None,
) -> dict[str, Any]:
    """The contract document of one operation of a service model in botocore's JSON form.

    `date` is the day the model is of, `digest` what identifies the whole model.

    Raises:
        ModelError: the model has no such operation, or speaks a protocol that is not supported.
    """
    import botocore
    from botocore.model import ServiceModel

    if operation not in model["operations"]:
        raise ModelError(
            f"{service} has no operation {operation!r}",
            hint=f"`awsconform list {service}` names them",
        )
    # What botocore speaks, which is not always the `protocol` that metadata names first.
    protocol = ServiceModel(model, service).resolved_protocol
    if protocol not in PROTOCOLS:
        raise ModelError(f"{service} speaks {protocol}; supported are {', '.join(PROTOCOLS)}")
    stated = model["operations"][operation]
    metadata = model["metadata"]
    definitions = Definitions(model["shapes"])
    input_shape = stated.get("input", {}).get("shape")
    output_shape = stated.get("output", {}).get("shape")
    errors = {
        _error_code(model["shapes"][error["shape"]], error["shape"]): error["shape"]
        for error in stated.get("errors", [])
    }
    for name in (input_shape, output_shape, *errors.values()):
        if name is not None:
            definitions.define(name)
    http = stated["http"]
    properties: Schema = {}
    if input_shape:
        properties["request"] = {"$ref": f"#/$defs/{input_shape}"}
    if output_shape:
        properties["response"] = {"$ref": f"#/$defs/{output_shape}"}
    if errors:
        properties["error"] = {"anyOf": [{"$ref": f"#/$defs/{shape}"} for shape in errors.values()]}
    return {
        "$schema": DIALECT,
        "$id": f"urn:awsconform:{service}:{metadata['apiVersion']}:{operation}",
        "type": "object",
        "properties": properties,
        "$defs": definitions.schemas,
        "aws": {
            "service": service,
            "apiVersion": metadata["apiVersion"],
            "operation": operation,
            "protocol": protocol,
            "jsonVersion": metadata.get("jsonVersion", "1.1"),
            "targetPrefix": metadata.get("targetPrefix"),
            "endpointPrefix": metadata["endpointPrefix"],
            "hostPrefix": stated.get("endpoint", {}).get("hostPrefix"),
            "signing": {
                "name": metadata.get("signingName", metadata["endpointPrefix"]),
                "version": metadata.get("signatureVersion", "v4"),
            },
            "http": {
                "method": http["method"],
                "uri": http["requestUri"],
                "status": http.get("responseCode", 200),
            },
            "readonly": stated.get("readonly"),
            "idempotent": stated.get("idempotent"),
            "deprecated": stated.get("deprecatedSince") if stated.get("deprecated") else None,
            "input": input_shape,
            "output": output_shape,
            "errors": {
                code: _error(model["shapes"][shape], shape) for code, shape in errors.items()
            },
            "pagination": _pagination(paginators.get(operation))
            or _inferred_pagination(definitions.schemas, input_shape, output_shape),
            "rules": token_rules(model, operation),
            "documents": {
                SOURCE: {"botocore": botocore.__version__, "date": date, "sha256": digest}
            },
            "drift": [],
        },
    }


def _error_code(shape: dict[str, Any], name: str) -> str:
    return str(shape.get("error", {}).get("code", name))


def _error(shape: dict[str, Any], name: str) -> dict[str, Any]:
    trait = shape.get("error", {})
    # Some models mark their internal errors as nobody's fault; the name says whose it is.
    server = bool(shape.get("fault") or trait.get("fault") or name.startswith("Internal"))
    return {
        "shape": name,
        "status": trait.get("httpStatusCode", 500 if server else 400),
        "fault": "server" if server else "sender",
        "sources": [SOURCE],
    }


def _pagination(stated: dict[str, Any] | None) -> dict[str, Any] | None:
    if stated is None:
        return None
    return {
        "inputToken": _listed(stated["input_token"]),
        "outputToken": _listed(stated["output_token"]),
        "limit": stated.get("limit_key"),
        "result": _listed(stated["result_key"]) if "result_key" in stated else [],
        "moreResults": stated.get("more_results"),
        "sources": [SOURCE],
    }


def _inferred_pagination(
    definitions: dict[str, Schema], input_shape: str | None, output_shape: str | None
) -> dict[str, Any] | None:
    """Pagination of an operation that has a token on both sides but no paginator in botocore."""
    taken = definitions.get(input_shape or "", {}).get("properties", {})
    given = definitions.get(output_shape or "", {}).get("properties", {})
    token = next(
        (name for name in ("nextToken", "NextToken") if name in taken.keys() & given), None
    )
    if token is None:
        return None
    limits = ("maxResults", "MaxResults", "limit", "Limit", "pageSize", "PageSize")
    lists = [
        name
        for name, member in given.items()
        if definitions[member["$ref"].removeprefix("#/$defs/")].get("type") == "array"
    ]
    return {
        "inputToken": [token],
        "outputToken": [token],
        "limit": next((name for name in limits if name in taken), None),
        "result": lists if len(lists) == 1 else [],
        "moreResults": None,
        "sources": ["inferred"],
    }


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
