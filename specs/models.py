"""Contracts from botocore's service models (the json and rest-json protocols).

Rules on timestamps, locations and error codes are those of Smithy's `aws.protocols` traits as
botocore's serializers apply them.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from awsconform.errors import ModelError, PatternError
from awsconform.specs.contract import DIALECT, Schema
from awsconform.specs.model_prose import token_rules
from awsconform.specs.patterns import translate

PROTOCOLS = ("json", "rest-json")
INTEGER_BOUNDS = {
    "integer": (-(2**31), 2**31 - 1),
    "long": (-(2**63), 2**63 - 1),
}
_BOUNDS = {
    "string": ("minLength", "maxLength"),
    "list": ("minItems", "maxItems"),
    "map": ("minProperties", "maxProperties"),
    "integer": ("minimum", "maximum"),
    "long": ("minimum", "maximum"),
    "float": ("minimum", "maximum"),
    "double": ("minimum", "maximum"),
}
_LOCATED_TIMESTAMPS = {"header": "rfc822", "querystring": "iso8601", "uri": "iso8601"}
_MEMBER_TRAITS = (
    "idempotencyToken",
    "streaming",
    "hostLabel",
    "jsonvalue",
    "eventstream",
    "deprecated",
)
SOURCE = "model"


def compile_contract(service: str, operation: str, *, date: str | None = None) -> dict[str, Any]:
    """The contract document of one operation, from the installed botocore alone.

    `service` is botocore's folder name (`deadline`), `operation` the model's name (`GetFarm`).

    Raises:
        ModelError: no such service or operation, or a protocol that is not supported.
    """
    from botocore.session import get_session

    loader = get_session().get_component("data_loader")
    if service not in loader.list_available_services("service-2"):
        raise ModelError(
            f"the installed botocore has no service {service!r}",
            hint="names are botocore's: `aws sqs` is sqs, `aws logs` is logs",
        )
    model = loader.load_service_model(service, "service-2")
    try:
        paginators = loader.load_service_model(service, "paginators-1")["pagination"]
    except Exception:  # botocore raises several kinds where a service has no paginators
        paginators = {}
    return contract_document(service, operation, model, paginators, date=date)


def contract_document(
    service: str,
    operation: str,
    model: dict[str, Any],
    paginators: dict[str, Any],
    *,
    date: str | None = None,
) -> dict[str, Any]:
    """The contract document of one operation of a service model in botocore's JSON form.

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
    protocol = ServiceModel(model, service).resolved_protocol
    if protocol not in PROTOCOLS:
        raise ModelError(f"{service} speaks {protocol}; supported are {', '.join(PROTOCOLS)}")
    stated = model["operations"][operation]
    metadata = model["metadata"]
    compiler = _Compiler(model["shapes"])
    input_shape = stated.get("input", {}).get("shape")
    output_shape = stated.get("output", {}).get("shape")
    errors = {
        _error_code(model["shapes"][error["shape"]], error["shape"]): error["shape"]
        for error in stated.get("errors", [])
    }
    for name in (input_shape, output_shape, *errors.values()):
        if name is not None:
            compiler.define(name)
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
        "$defs": compiler.definitions,
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
            or _inferred_pagination(compiler.definitions, input_shape, output_shape),
            "rules": token_rules(model, operation),
            "documents": {
                SOURCE: {"botocore": botocore.__version__, "date": date, "sha256": _digest(model)}
            },
            "drift": [],
        },
    }


def _digest(model: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(model, sort_keys=True).encode()).hexdigest()


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


class _Compiler:
    """Turns the shapes an operation reaches into `$defs`, each once."""

    def __init__(self, shapes: dict[str, Any]) -> None:
        self.shapes = shapes
        self.definitions: dict[str, Schema] = {}

    def define(self, name: str) -> None:
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current in self.definitions:
                continue
            shape = self.shapes[current]
            self.definitions[current] = self._schema(shape)
            waiting.extend(reversed(_references(shape)))

    def _schema(self, shape: dict[str, Any]) -> Schema:
        kind = shape["type"]
        if kind == "structure" and shape.get("document"):
            return {"aws": {"type": "document"}}
        make = {
            "structure": self._structure,
            "list": self._list,
            "map": self._map,
            "string": self._string,
            "timestamp": self._timestamp,
            "blob": self._blob,
            "boolean": self._boolean,
        }.get(kind, self._number)
        schema = make(shape)
        low, high = _BOUNDS.get(kind, (None, None))
        for keyword, key in ((low, "min"), (high, "max")):
            if keyword is not None and key in shape:
                schema[keyword] = shape[key]
        schema["aws"] = {"type": kind, **schema.pop("aws", {})}
        if shape.get("sensitive"):
            schema["aws"]["sensitive"] = True
        schema["sources"] = _sources(schema)
        return schema

    def _structure(self, shape: dict[str, Any]) -> Schema:
        schema: Schema = {
            "type": "object",
            "properties": {
                name: self._member(member, payload=shape.get("payload") == name)
                for name, member in shape.get("members", {}).items()
            },
        }
        if shape.get("required"):
            schema["required"] = list(shape["required"])
        if shape.get("union"):
            schema |= {"minProperties": 1, "maxProperties": 1, "aws": {"union": True}}
        return schema

    def _member(self, member: dict[str, Any], *, payload: bool) -> Schema:
        facts: dict[str, Any] = {
            key: member[key] for key in ("location", "locationName") if key in member
        }
        facts |= {trait: member[trait] for trait in _MEMBER_TRAITS if member.get(trait)}
        if payload:
            facts["payload"] = True
        shape = self.shapes[member["shape"]]
        if shape["type"] == "timestamp":
            stated = member.get("timestampFormat") or shape.get("timestampFormat")
            placed = _LOCATED_TIMESTAMPS.get(member.get("location", ""))
            if stated or placed:
                facts["timestampFormat"] = stated or placed
        reference: Schema = {"$ref": f"#/$defs/{member['shape']}"}
        return {**reference, "aws": facts} if facts else reference

    def _list(self, shape: dict[str, Any]) -> Schema:
        items: Schema = {"$ref": f"#/$defs/{shape['member']['shape']}"}
        return {"type": "array"} | self._sparse(shape, "items", items)

    def _map(self, shape: dict[str, Any]) -> Schema:
        keys: Schema = {"$ref": f"#/$defs/{shape['key']['shape']}"}
        values: Schema = {"$ref": f"#/$defs/{shape['value']['shape']}"}
        return {"type": "object", "propertyNames": keys} | self._sparse(
            shape, "additionalProperties", values
        )

    def _sparse(self, shape: dict[str, Any], keyword: str, item: Schema) -> Schema:
        if shape.get("sparse"):
            return {keyword: {"anyOf": [item, {"type": "null"}]}, "aws": {"sparse": True}}
        return {keyword: item}

    def _string(self, shape: dict[str, Any]) -> Schema:
        schema: Schema = {"type": "string"}
        if "enum" in shape:
            schema["enum"] = list(dict.fromkeys(shape["enum"]))
        if "pattern" in shape:
            try:
                schema["pattern"] = translate(shape["pattern"])
            except PatternError as error:
                schema["aws"] = {"untranslated": str(error)}
        return schema

    def _timestamp(self, shape: dict[str, Any]) -> Schema:
        form = shape.get("timestampFormat", "unixTimestamp")
        return {"type": "string", "format": "date-time", "aws": {"timestampFormat": form}}

    def _blob(self, shape: dict[str, Any]) -> Schema:
        facts = {key: shape[key] for key in ("min", "max", "streaming") if key in shape}
        schema: Schema = {"type": "string", "contentEncoding": "base64"}
        return {**schema, "aws": facts} if facts else schema

    def _boolean(self, shape: dict[str, Any]) -> Schema:
        return {"type": "boolean"}

    def _number(self, shape: dict[str, Any]) -> Schema:
        return {
            "type": "integer" if shape["type"] in ("integer", "long", "short", "byte") else "number"
        }


def _references(shape: dict[str, Any]) -> list[str]:
    members = [member["shape"] for member in shape.get("members", {}).values()]
    return members + [shape[key]["shape"] for key in ("member", "key", "value") if key in shape]


def _sources(schema: Schema) -> dict[str, Any]:
    """Who states each keyword; for lists of values, who states each value."""
    sources: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword in ("aws", "sources", "items", "propertyNames", "additionalProperties"):
            continue
        if keyword in ("enum", "required", "properties"):
            sources[keyword] = {entry: [SOURCE] for entry in value}
        else:
            sources[keyword] = [SOURCE]
    return sources
