"""A recorded request as a boto3 program, complete and ready to run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from awsconform.conformance.exchange import Case, HTTPRequest
from awsconform.conformance.reports.carrying import (
    PLAIN,
    URL,
    Given,
    Use,
    context_of,
    repeated,
    split,
)
from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.reports.python_carrying import (
    bytes_source,
    carried,
    modules_of,
    text_source,
)
from awsconform.conformance.reports.python_literals import call, literal
from awsconform.conformance.reports.sdk_requests import (
    TRANSPORT_HEADERS,
    Difference,
    difference,
    passes_validation,
    sdk_request,
)
from awsconform.conformance.reports.shell import variable
from awsconform.conformance.reports.shell_carrying import as_recorded
from awsconform.conformance.targets.client_values import to_client
from awsconform.conformance.targets.preparing import is_secret
from awsconform.conformance.wire.signing import FAKE
from awsconform.specs.contract import Contract

_HOOK_NAME = "as_recorded"
_HEADERS_NAME = "own_headers"
_CLIENT_ERROR = "from botocore.exceptions import ClientError"
ALONE = "response"


@dataclass(frozen=True)
class Step:
    """A request of a program that sends several; `note` says what for.

    `given` is what answers before gave: the program takes it from its own.
    """

    contract: Contract
    case: Case
    recorded: HTTPRequest | None
    note: str = ""
    given: tuple[Given, ...] = ()


def boto3_code(
    contract: Contract, case: Case, recorded: HTTPRequest | None, endpoint: Endpoint
) -> str:
    """The program; where boto3 would send another request, a hook puts the recorded one in."""
    return boto3_program([Step(contract, case, recorded)], endpoint)


def boto3_program(steps: Sequence[Step], endpoint: Endpoint) -> str:
    """The program that sends some requests one after the other, each with a client of its own."""
    imports: dict[str, None] = {}
    standard: dict[str, None] = {}
    body: list[str] = []
    for number, step in enumerate(steps, 1):
        variable = f"response_{number}" if len(steps) > 1 else ALONE
        needed, wanted, lines = _step(step, endpoint, variable)
        standard |= dict.fromkeys(needed)
        imports |= dict.fromkeys(wanted)
        body += ["", f"# {step.note}", *lines] if step.note else ["", *lines]
    above = ["\n".join(f"import {name}" for name in sorted(standard)) + "\n"] if standard else []
    return "\n".join([*above, *imports, *body]) + "\n"


def _step(step: Step, endpoint: Endpoint, answer: str) -> tuple[list[str], list[str], list[str]]:
    """The modules of the standard library, the other imports and the lines of one request."""
    from botocore import xform_name

    contract, case, recorded = step.contract, step.case, step.recorded
    # A stream can be read once, and is read by whoever prints it.
    given = tuple(each for each in step.given if not each.streaming)
    wanted = _arguments(contract, case.value)
    arguments, sent = _sendable(contract, wanted, case)
    hook: list[str] = []
    if recorded is not None and sent is not None and not endpoint.factory:
        other = difference(sent, recorded, tokens=frozenset())
        hook = _hook(recorded, sent, other, endpoint, given)
    named = carried(arguments, given)
    method = call(f"client.{xform_name(contract.operation)}", named, 4)
    imports = ["import boto3", _CLIENT_ERROR]
    if endpoint.factory:
        del imports[0]
    else:
        imports.insert(1, "from botocore.config import Config")
    standard = ["datetime"] if "datetime." in method else []
    standard += modules_of("\n".join([method, *hook]))
    if not endpoint.factory and any(is_secret(name) for name, _ in endpoint.headers):
        standard.append("os")
    ended = ["except ClientError as error:", f"    {answer} = error.response"]
    if answer != ALONE:
        # What boto3 cannot read must not keep the next request from being sent.
        imports.remove(_CLIENT_ERROR)
        ended = ["except Exception as error:", f'    {answer} = getattr(error, "response", error)']
    lines = [
        *_recorded_alone(step, given, bool(hook)),
        *_client(contract, endpoint, validated=passes_validation(contract, arguments)),
        *hook,
        *_own_headers(endpoint),
        "",
        "try:",
        f"    {answer} = {method}",
        *ended,
        f"print({answer})",
    ]
    return standard, imports, lines


def _recorded_alone(step: Step, given: tuple[Given, ...], hooked: bool) -> list[str]:
    """Comments on texts of answers that stand in a request as they were recorded."""
    if step.recorded is None:
        return []
    lengths = hooked and context_of(step.recorded) is None
    return [
        as_recorded(each)
        for each in repeated(step.recorded, step.given)
        if lengths or each not in given
    ]


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
        # Emulators have no host for each bucket, unless it was asked for.
        style = "virtual" if endpoint.virtual_hosts else "path"
        settings.append(f's3={{"addressing_style": "{style}"}}')
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
    if endpoint.verify is not True:
        lines.append(f"    verify={literal(endpoint.verify)},")
    if endpoint.made_up_keys:
        lines += [
            f'    aws_access_key_id="{FAKE.access_key}",',
            f'    aws_secret_access_key="{FAKE.secret_key}",',
        ]
    inside = "".join(f"        {setting},\n" for setting in settings)
    return [*lines, f"    config=Config(\n{inside}    ),", ")"]


def _own_headers(endpoint: Endpoint) -> list[str]:
    """A handler that adds the headers all requests had; secret ones come from the environment."""
    if not endpoint.headers or endpoint.factory:
        return []
    lines = [
        f'    params["headers"][{literal(name)}] = '
        + (f"os.environ[{literal(variable(name))}]" if is_secret(name) else literal(value))
        for name, value in endpoint.headers
    ]
    return [
        "",
        "",
        f"def {_HEADERS_NAME}(params, **_):",
        *lines,
        "",
        "",
        f'client.meta.events.register_last("before-call", {_HEADERS_NAME})',
    ]


def _hook(
    recorded: HTTPRequest,
    sent: HTTPRequest,
    other: Difference,
    endpoint: Endpoint,
    given: tuple[Given, ...],
) -> list[str]:
    """A handler of botocore's `before-call` event that sets right what boto3 sends otherwise."""
    if not other:
        return []
    lines = []
    if other.method:
        lines.append(f'params["method"] = {literal(recorded.method)}')
    if other.url:
        before = endpoint.address(recorded).removesuffix(recorded.path)
        first, *rest = split(recorded.path, given, URL) or [""]
        pieces = [before, first, *rest] if isinstance(first, Use) else [f"{before}{first}", *rest]
        lines.append(f'params["url"] = {text_source(pieces)}')
    if other.body:
        lines.append(f'params["body"] = {bytes_source(recorded.body, given, context_of(recorded))}')
    kept = {
        name.lower(): (name, value)
        for name, value in recorded.headers
        if name.lower() not in TRANSPORT_HEADERS
    }
    for name in other.headers:
        if name in kept:
            shown, value = kept[name]
            source = text_source(split(value, given, PLAIN) or [""])
            lines.append(f'params["headers"][{literal(shown)}] = {source}')
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
