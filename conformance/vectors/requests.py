"""Request vectors: what our encoder makes of the parameters, against what is published."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import urlsplit

from awsconform.conformance.exchange import Case, HTTPRequest, Intent, Purpose
from awsconform.conformance.vectors.cases import RequestVector
from awsconform.conformance.vectors.comparing import (
    CARRIED,
    MEDIA,
    parameters,
    same_body,
    same_header,
    same_path,
)
from awsconform.conformance.vectors.logical import to_logical
from awsconform.conformance.vectors.showing import shown
from awsconform.conformance.vectors.verdicts import NotApplicable
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.requests import encode
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures

# What published cases write for a token that clients fill in.
TOKEN = "00000000-0000-4000-8000-000000000000"


def differences(vector: RequestVector) -> list[str]:
    """How our request differs from the published one.

    Raises:
        NotApplicable: the case is for servers only.
    """
    contract = vector.contract
    assert contract is not None
    if vector.applies_to == "server":
        raise NotApplicable("stated for servers, which do not make requests")
    value = _value(contract, vector.params)
    found = [
        f"our validator says of {failure.pointer_text or '/'}: {failure.message}"
        for failure in failures(contract, "request", value)
    ]
    intent = Intent(Purpose.VALID)
    try:
        made = encode(contract, Case(contract.operation, intent, value))
    except NotExpressible as error:
        return [*found, f"not expressible: {error.message}"]
    return [*found, *_address(vector, made), *_headers(vector, made), *_body(vector, made)]


def _value(contract: Contract, params: dict[str, Any]) -> dict[str, Any]:
    """The parameters in logical JSON, with the tokens an SDK fills in."""
    if contract.input_shape is None:
        return {}
    schema = {"$ref": f"#/$defs/{contract.input_shape}"}
    value: dict[str, Any] = to_logical(contract, schema, params)
    for name, member in contract.resolve(schema)["properties"].items():
        if contract.resolve(member)["aws"].get("idempotencyToken") and name not in value:
            value[name] = TOKEN
    return value


def _address(vector: RequestVector, made: HTTPRequest) -> list[str]:
    found = []
    if vector.method is not None and made.method != vector.method:
        found.append(f"method: {vector.method} expected, got {made.method}")
    path, _, query = made.path.partition("?")
    if vector.path is not None and not same_path(vector.path, _under(vector, path)):
        found.append(f"path: {vector.path} expected, got {path}")
    expected, got = parameters(list(vector.query)), parameters(query.split("&") if query else [])
    for name, text in (expected - got).elements():
        found.append(f"query: {name}={text} expected, got {query or 'none'}")
    if vector.exhaustive:
        found += [
            f"query: {name}={text} not expected" for name, text in (got - expected).elements()
        ]
    names = {name for name, _ in got}
    found += [f"query: {name} must be absent" for name in vector.absent_query if name in names]
    found += [f"query: {name} is missing" for name in vector.required_query if name not in names]
    if vector.address is not None and vector.host is not None:
        host = urlsplit(vector.host if "//" in vector.host else f"//{vector.host}").netloc
        if made.host_prefix + host != vector.address.partition("/")[0]:
            found.append(f"host: {vector.address} expected, got {made.host_prefix}{host}")
    return found


def _under(vector: RequestVector, path: str) -> str:
    """The path below that of the endpoint, which is in no request of ours."""
    host = vector.host or ""
    base = urlsplit(host if "//" in host else f"//{host}").path.rstrip("/")
    under = base and vector.path is not None and vector.path.startswith(base)
    return f"{base}{path}" if under else path


def _headers(vector: RequestVector, made: HTTPRequest) -> list[str]:
    got = {name.lower(): text for name, text in made.headers}
    found = []
    for name, text in vector.headers.items():
        if name.lower() in CARRIED:
            continue
        if name.lower() == "content-md5" and vector.body:
            # The published sum is that of the published body, which is spaced in its own way.
            text = base64.b64encode(hashlib.md5(made.body, usedforsecurity=False).digest()).decode()
        actual = got.get(name.lower())
        if actual is None:
            found.append(f"header {name}: {text!r} expected, got none")
        elif not same_header(name, text, actual):
            found.append(f"header {name}: {text!r} expected, got {actual!r}")
    found += [
        f"header {name}: must be absent, got {got[name.lower()]!r}"
        for name in vector.absent_headers
        if name.lower() in got
    ]
    return found + [
        f"header {name}: missing"
        for name in vector.required_headers
        if name.lower() not in got and name.lower() not in CARRIED
    ]


def _body(vector: RequestVector, made: HTTPRequest) -> list[str]:
    if vector.body is None:
        return []
    media = vector.media or MEDIA[vector.protocol]
    if same_body(media, vector.body, made.body):
        return []
    return [f"body: {shown(vector.body)} expected, got {shown(made.body)}"]
