"""A recorded request as a boto3 program, complete and ready to run."""

from __future__ import annotations

from typing import Any

from awsconform.conformance.exchange import Case, HTTPRequest
from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.reports.python_literals import call, literal
from awsconform.conformance.reports.sdk_requests import (
    TRANSPORT_HEADERS,
    Difference,
    difference,
    passes_validation,
    sdk_request,
)
from awsconform.conformance.targets.client_values import to_client
from awsconform.conformance.wire.signing import FAKE
from awsconform.specs.contract import Contract

_HOOK_NAME = "as_recorded"


def boto3_code(
    contract: Contract, case: Case, recorded: HTTPRequest | None, endpoint: Endpoint
) -> str:
    """The program; where boto3 would send another request, a hook puts the recorded one in."""
    from botocore import xform_name

    wanted = _arguments(contract, case.value)
    arguments, sent = _sendable(contract, wanted, case)
    hook: list[str] = []
    if recorded is not None and sent is not None and not endpoint.factory:
        hook = _hook(recorded, sent, difference(sent, recorded, tokens=frozenset()), endpoint)
    method = call(f"client.{xform_name(contract.operation)}", arguments, 4)
    imports = ["import boto3", "from botocore.exceptions import ClientError"]
    if endpoint.factory:
        del imports[0]
    else:
        imports.insert(1, "from botocore.config import Config")
    if "datetime." in method:
        imports.insert(0, "import datetime\n")
    lines = [
        *imports,
        "",
        *_client(contract, endpoint, validated=passes_validation(contract, arguments)),
        *hook,
        "",
        "try:",
        f"    response = {method}",
        "except ClientError as error:",
        "    response = error.response",
        "print(response)",
    ]
    return "\n".join(lines) + "\n"


def _sendable(
    contract: Contract, wanted: dict[str, Any], case: Case
) -> tuple[dict[str, Any], HTTPRequest | None]:
    """The arguments nearest to the wanted ones that boto3 makes a request of, and the request."""
    known = {name: item for name, item in wanted.items() if contract.place("request", (name,))}
    labels = {name: item for name, item in known.items() if _is_label(contract, name)}
    for arguments in (wanted, known, labels) if case.body is None else (labels,):
        sent = sdk_request(contract, arguments)
        if sent is not None:
            return arguments, sent
    return wanted, None


def _arguments(contract: Contract, value: dict[str, Any]) -> dict[str, Any]:
    if contract.input_shape is None:
        return value
    arguments: dict[str, Any] = to_client(
        contract, {"$ref": f"#/$defs/{contract.input_shape}"}, value
    )
    return arguments


def _is_label(contract: Contract, name: str) -> bool:
    place = contract.place("request", (name,))
    return place is not None and place.aws.get("location") == "uri"


def _client(contract: Contract, endpoint: Endpoint, *, validated: bool) -> list[str]:
    if endpoint.factory:
        module, _, name = endpoint.factory.partition(":")
        top = name.partition(".")[0]
        return [
            f"from {module} import {top}",
            "",
            f"client = {name}",
            "client = client() if callable(client) else client",
        ]
    settings = ['retries={"total_max_attempts": 1}']
    if contract.service == "s3":
        # Emulators have no host for each bucket.
        settings.append('s3={"addressing_style": "path"}')
    if not endpoint.aws:
        settings.insert(0, "inject_host_prefix=False")
    if not validated:
        settings.insert(0, "parameter_validation=False")
    lines = [
        "client = boto3.client(",
        f'    "{contract.service}",',
        f'    endpoint_url="{endpoint.url}",',
        f'    region_name="{endpoint.region}",',
    ]
    if not endpoint.aws:
        lines += [
            f'    aws_access_key_id="{FAKE.access_key}",',
            f'    aws_secret_access_key="{FAKE.secret_key}",',
        ]
    inside = "".join(f"        {setting},\n" for setting in settings)
    return [*lines, f"    config=Config(\n{inside}    ),", ")"]


def _hook(
    recorded: HTTPRequest, sent: HTTPRequest, other: Difference, endpoint: Endpoint
) -> list[str]:
    """A handler of botocore's `before-call` event that sets right what boto3 sends otherwise."""
    if not other:
        return []
    lines = []
    if other.method:
        lines.append(f'params["method"] = {literal(recorded.method)}')
    if other.url:
        lines.append(f'params["url"] = {literal(endpoint.address(recorded))}')
    if other.body:
        lines.append(f'params["body"] = {literal(recorded.body)}')
    kept = {
        name.lower(): (name, value)
        for name, value in recorded.headers
        if name.lower() not in TRANSPORT_HEADERS
    }
    for name in other.headers:
        if name in kept:
            shown, value = kept[name]
            lines.append(f'params["headers"][{literal(shown)}] = {literal(value)}')
        else:
            shown = next(each for each, _ in sent.headers if each.lower() == name)
            lines.append(f'params["headers"].pop({literal(shown)}, None)')
    return [
        "",
        "",
        "# boto3 by itself would send another request: this puts in the recorded one.",
        f"def {_HOOK_NAME}(params, **_):",
        *(f"    {line}" for line in lines),
        "",
        "",
        f'client.meta.events.register_last("before-call", {_HOOK_NAME})',
    ]
