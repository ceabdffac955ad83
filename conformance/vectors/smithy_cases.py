"""Protocol test cases as Smithy publishes them: traits in a model's JSON AST.

Smithy: smithy.test#httpRequestTests and httpResponseTests (HTTP protocol compliance tests), and
smithy.test#httpMalformedRequestTests, whose parameters make several cases of one.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from typing import Any

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.vectors.cases import (
    Kind,
    MalformedVector,
    RequestVector,
    ResponseVector,
    Vector,
)
from awsconform.conformance.vectors.documents import Node
from awsconform.conformance.vectors.models import contract_of, damage_told
from awsconform.conformance.vectors.smithy_models import PROTOCOLS, Service, services
from awsconform.specs.contract import Contract

REQUESTS = "smithy.test#httpRequestTests"
RESPONSES = "smithy.test#httpResponseTests"
MALFORMED = "smithy.test#httpMalformedRequestTests"
_BINARY = ("application/cbor", "application/vnd.amazon.eventstream")
_PARAMETER = re.compile(r"\$(\w+):([SL])|\$\$")


def is_ast(node: Node) -> bool:
    """Whether a file holds a Smithy model as JSON AST."""
    return isinstance(node.value, dict) and "smithy" in node.value and "shapes" in node.value


def vectors(node: Node) -> Iterator[Vector]:
    """The test cases of one file.

    Raises:
        ModelError: the model or a case lacks something that it needs.
    """
    shapes = node.at("shapes")
    seen: set[str] = set()
    for service in services(shapes):
        told: set[str] = set()
        for operation in service.operations():
            yield from _of_operation(service, shapes, operation, told, seen)
    yield from _unsupported(shapes, seen)


def _of_operation(
    service: Service, shapes: Node, operation: str, told: set[str], seen: set[str]
) -> Iterator[Vector]:
    """The cases of an operation and of its errors; an error's belong to the first operation."""
    errors = [each for each in service.errors(operation) if each not in told]
    told.update(errors)
    holders = [operation, *errors]
    stated = {holder: list(_stated(shapes.at(holder), service.trait, seen)) for holder in holders}
    if not any(stated.values()):
        return
    node = shapes.at(operation)
    name = operation.rpartition("#")[2]
    with damage_told(node):
        model = service.model(operation)
    contract = contract_of(service.name, name, model, node)
    for holder, cases in stated.items():
        code = None if holder == operation else service.error_name(holder)
        for trait, case in cases:
            if trait == REQUESTS:
                yield _request(case, contract)
            elif trait == RESPONSES:
                yield from _responses(case, contract, code)
            else:
                yield from _malformed(case, contract)


def _stated(node: Node, protocol: str, seen: set[str]) -> Iterator[tuple[str, Node]]:
    """The cases a shape states for one protocol; what was found is `seen`."""
    for trait, case in _cases(node):
        if case.get("protocol", str) == protocol:
            seen.add(case.pointer)
            yield trait, case


def _cases(node: Node) -> Iterator[tuple[str, Node]]:
    if not node.has("traits"):
        return
    traits = node.at("traits")
    for trait in (REQUESTS, RESPONSES, MALFORMED):
        for case in traits.at(trait).items() if traits.has(trait) else ():
            yield trait, case


def _unsupported(shapes: Node, seen: set[str]) -> Iterator[Vector]:
    """The cases of protocols that are not ours."""
    kinds = {REQUESTS: Kind.REQUEST, RESPONSES: Kind.RESPONSE, MALFORMED: Kind.MALFORMED}
    for node in shapes.entries().values():
        for trait, case in _cases(node):
            protocol = case.get("protocol", str)
            if case.pointer not in seen and protocol not in PROTOCOLS:
                yield Vector(case.get("id", str), kinds[trait], protocol, None, case.location)


def _request(case: Node, contract: Contract) -> RequestVector:
    media = case.get("bodyMediaType", str, None)
    path, _, query = case.get("uri", str).partition("?")
    texts = [*(query.split("&") if query else ()), *case.texts("queryParams")]
    return RequestVector(
        case.get("id", str),
        Kind.REQUEST,
        contract.protocol,
        contract,
        case.location,
        case.get("appliesTo", str, None),
        params=case.get("params", dict, {}),
        method=case.get("method", str),
        path=path,
        query=tuple(texts),
        absent_query=case.texts("forbidQueryParams"),
        required_query=case.texts("requireQueryParams"),
        headers=case.headers("headers"),
        absent_headers=case.texts("forbidHeaders"),
        required_headers=case.texts("requireHeaders"),
        body=_body(case, media) if case.has("body") else None,
        media=media,
        host=case.get("host", str, None),
        address=case.get("resolvedHost", str, None),
    )


def _responses(case: Node, contract: Contract, code: str | None) -> Iterator[ResponseVector]:
    """One case to read, and the same one to write."""
    media = case.get("bodyMediaType", str, None)
    headers = tuple(case.headers("headers").items())
    body = _body(case, media) if case.has("body") else b""
    for kind in (Kind.RESPONSE if code is None else Kind.ERROR, Kind.WRITTEN):
        yield ResponseVector(
            case.get("id", str),
            kind,
            contract.protocol,
            contract,
            case.location,
            case.get("appliesTo", str, None),
            params=case.get("params", dict, {}),
            code=code,
            response=HTTPResponse(case.get("code", int), headers, body),
            media=media,
            has_body=case.has("body"),
            absent_headers=case.texts("forbidHeaders"),
        )


def _body(case: Node, media: str | None) -> bytes:
    text = case.get("body", str)
    if media not in _BINARY:
        return text.encode()
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise case.at("body").fail("no base64") from None


def _malformed(case: Node, contract: Contract) -> Iterator[MalformedVector]:
    for number, parameters in enumerate(_parameters(case)):
        request = _filled(case.at("request"), parameters)
        response = _filled(case.at("response"), parameters)
        texts = request.texts("queryParams")
        path = request.get("uri", str)
        joined = "&".join(texts)
        identifier = case.get("id", str)
        yield MalformedVector(
            f"{identifier}_case{number}" if parameters else identifier,
            Kind.MALFORMED,
            contract.protocol,
            contract,
            case.location,
            method=request.get("method", str),
            path=f"{path}{'&' if '?' in path else '?'}{joined}" if joined else path,
            headers=tuple(request.headers("headers").items()),
            body=request.get("body", str, "").encode(),
            status=response.get("code", int),
            code=_error_type(response),
            paths=_paths(response),
        )


def _parameters(case: Node) -> list[dict[str, str]]:
    """The parameters of every case that one of them stands for; one without for none.

    Raises:
        ModelError: the parameters do not have equally many values.
    """
    if not case.has("testParameters"):
        return [{}]
    stated = case.at("testParameters")
    columns = {name: [each.of(str) for each in node.items()] for name, node in
               stated.entries().items()}  # fmt: skip
    if len({len(column) for column in columns.values()}) > 1:
        raise stated.fail("the parameters must have equally many values")
    rows = zip(*columns.values(), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _filled(node: Node, parameters: dict[str, str]) -> Node:
    """The node with parameters in all its strings: `$name:L` as it is, `$name:S` quoted."""
    if not parameters:
        return node

    def text(match: re.Match[str]) -> str:
        name, form = match.groups()
        if name is None:
            return "$"
        if name not in parameters:
            raise node.fail(f"there is no parameter {name!r}")
        return json.dumps(parameters[name]) if form == "S" else parameters[name]

    def fill(value: Any) -> Any:
        if isinstance(value, str):
            return _PARAMETER.sub(text, value)
        if isinstance(value, list):
            return [fill(each) for each in value]
        if isinstance(value, dict):
            return {key: fill(each) for key, each in value.items()}
        return value

    return Node(node.file, node.pointer, fill(node.value))


def _error_type(response: Node) -> str | None:
    headers = response.headers("headers")
    return next((headers[name] for name in headers if name.lower() == "x-amzn-errortype"), None)


def _paths(response: Node) -> tuple[str, ...] | None:
    """The members at fault, where the expected body is a validation error's."""
    if not response.has("body") or not response.at("body").has("assertion"):
        return None
    contents = response.at("body").at("assertion").get("contents", str, "")
    try:
        stated = json.loads(contents)
        return tuple(sorted(str(each["path"]) for each in stated["fieldList"]))
    except (ValueError, TypeError, KeyError):
        return None
