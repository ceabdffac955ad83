"""A recorded request as a command of the AWS CLI, or why the CLI cannot send it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from awsconform.conformance.exchange import Case, HTTPRequest
from awsconform.conformance.reports.carrying import JSON, Given, Pieces, split
from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.reports.sdk_requests import (
    difference,
    passes_validation,
    sdk_request,
)
from awsconform.conformance.reports.shell import command, quoted
from awsconform.conformance.reports.shell_carrying import Command, comment, used, word
from awsconform.conformance.targets.client_values import to_client
from awsconform.conformance.wire.signing import FAKE
from awsconform.specs.contract import Contract, Place

# Where the CLI's name of a service is not the name of botocore's folder.
_RENAMED = {"codedeploy": "deploy", "config": "configservice", "s3": "s3api"}


def cli_command(
    contract: Contract,
    case: Case,
    recorded: HTTPRequest | None,
    endpoint: Endpoint,
    given: Iterable[Given] = (),
) -> Command:
    """The command, after comment lines that say what to know of it; it takes what is `given`.

    Comments alone where the CLI would not send this request.
    """
    from botocore import xform_name

    if case.body is not None:
        return _told("The AWS CLI makes its bodies itself and cannot send this one: use curl.")
    first = contract.aws.get("protocols", [contract.protocol])[0]
    if contract.protocol != first:
        return _told(f"The AWS CLI speaks {first}, not {contract.protocol}: use curl.")
    arguments: dict[str, Any] = case.value
    if contract.input_shape is not None:
        arguments = to_client(contract, {"$ref": f"#/$defs/{contract.input_shape}"}, case.value)
    sent = sdk_request(contract, arguments)
    tokens = _filled_in(contract, case.value)
    wire_tokens = frozenset(str(each.aws.get("locationName", each.path[0])) for each in tokens)
    if sent is None or (recorded and difference(sent, recorded, tokens=wire_tokens)):
        return _told(
            "The AWS CLI cannot send this request as it was sent: it leaves out or converts what "
            "is wrong in it. Use curl."
        )
    noted = [f"The CLI fills in {each.path[0]}, which was not in the request." for each in tokens]
    if not passes_validation(contract, arguments):
        noted.append(
            "The CLI refuses this by itself, unless its configuration file has "
            "`parameter_validation = false` in the profile."
        )
    if any(place.kind == "blob" for place in contract.places("request")):
        noted.append("Binary values are in base64, as version 2 of the CLI takes them.")
    if endpoint.headers:
        names = ", ".join(name for name, _ in endpoint.headers)
        noted.append(f"The CLI cannot add {names}: use curl where that is needed.")
    if endpoint.virtual_hosts and contract.service == "s3":
        noted.append("The profile has to have `addressing_style = virtual` for s3.")
    words = ["aws", _RENAMED.get(contract.service, contract.service)]
    words.append(xform_name(contract.operation, "-"))
    asked: Pieces = []
    if case.value:
        asked = split(json.dumps(case.value), given, JSON)
        words.append(f"--cli-input-json {word(asked)}")
    if contract.pagination is not None:
        words.append("--no-paginate")
    words += [f"--endpoint-url {quoted(endpoint.url)}", f"--region {endpoint.region}"]
    words.append("--output json")
    if isinstance(endpoint.verify, str):
        words.append(f"--ca-bundle {quoted(endpoint.verify)}")
    elif not endpoint.verify:
        words.append("--no-verify-ssl")
    text = _environment(contract, endpoint) + command(words)
    return Command(tuple(comment(each) for each in noted), text, used(asked))


def _filled_in(contract: Contract, value: dict[str, Any]) -> list[Place]:
    """The idempotency tokens a request lacks, which every AWS client makes up."""
    return [
        place
        for place in contract.places("request")
        if len(place.path) == 1 and place.aws.get("idempotencyToken") and place.path[0] not in value
    ]


def _environment(contract: Contract, endpoint: Endpoint) -> str:
    if endpoint.aws:
        return ""
    pairs = []
    if endpoint.made_up_keys:
        pairs += [f"AWS_ACCESS_KEY_ID={FAKE.access_key}"]
        pairs += [f"AWS_SECRET_ACCESS_KEY={FAKE.secret_key}"]
    if contract.aws.get("hostPrefix"):
        pairs.append("AWS_DISABLE_HOST_PREFIX_INJECTION=true")
    if not pairs:
        return ""
    return " \\\n  ".join(pairs) + " \\\n  "


def _told(text: str) -> Command:
    return Command((comment(text),), "")
