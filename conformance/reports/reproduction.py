"""How to see a finding again: the run that shows it, and its request for three clients.

Nothing secret is in it: signatures are made anew, with credentials that belong to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from awsconform.conformance.evidence import observe
from awsconform.conformance.exchange import Exchange, HTTPRequest, View
from awsconform.conformance.outcomes import Finding
from awsconform.conformance.reports.asked import contract_of
from awsconform.conformance.reports.boto3_code import Step, boto3_code, boto3_program
from awsconform.conformance.reports.cli_command import cli_command
from awsconform.conformance.reports.curl_command import curl_command
from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.reports.shell import quoted
from awsconform.conformance.running import DEFAULT_EXAMPLES, Run
from awsconform.conformance.targets.options import DEFAULT_REGION
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.redaction import HIDDEN
from awsconform.conformance.wire.requests import encode
from awsconform.specs.clauses import Level
from awsconform.specs.contract import Contract

BY_ITSELF = "# The client answers by itself: no other program can ask it."


@dataclass(frozen=True)
class Reproduction:
    """One request, ready to be sent again.

    `first` is a command that starts what listens at the address, None where something does.
    `cli` and `curl` are comments where these cannot send the request, the same one where the
    target is a client that answers by itself.
    """

    first: str | None
    boto3: str
    cli: str
    curl: str


def reproduce(contract: Contract, exchange: Exchange, endpoint: Endpoint) -> Reproduction:
    """The reproduction of one exchange; `contract` is that of the operation the request went to."""
    recorded = _recorded(contract, exchange, endpoint)
    boto3 = boto3_code(contract, exchange.case, recorded, endpoint)
    if endpoint.factory:
        return Reproduction(None, boto3, BY_ITSELF, BY_ITSELF)
    signed = exchange.request is None or _has_signature(exchange.request)
    return Reproduction(
        endpoint.first,
        boto3,
        cli_command(contract, exchange.case, recorded, endpoint),
        curl_command(contract, recorded, endpoint, signed=signed)
        if recorded
        else "# The request has no form on the wire.",
    )


def reproduce_finding(contract: Contract, finding: Finding, endpoint: Endpoint) -> Reproduction:
    """The reproduction of a finding: what its request needs, the request, what shows it.

    Where the target makes up ids of its own, the program takes them from its answers; of the
    commands they stand as they were recorded.
    """
    asked = contract_of(contract, finding.exchange.case.operation)
    again = reproduce(asked, finding.exchange, endpoint)
    shown = [finding.shown_by] if finding.shown_by is not None else []
    if endpoint.factory or not (shown or finding.before):
        return again
    exchanges = finding.exchanges
    notes = [
        *("Made before:" for _ in finding.before),
        "The request:",
        *("What shows it:" for _ in shown),
    ]
    steps = [
        _step(contract_of(contract, exchange.case.operation), exchange, endpoint, note)
        for exchange, note in zip(exchanges, notes, strict=True)
    ]
    commands = [
        reproduce(step.contract, e, endpoint) for step, e in zip(steps, exchanges, strict=True)
    ]

    def joined(texts: list[str]) -> str:
        return "\n\n".join(f"# {note}\n{text}" for note, text in zip(notes, texts, strict=True))

    return replace(
        again,
        boto3=boto3_program(steps, endpoint),
        cli=joined([each.cli for each in commands]),
        curl=joined([each.curl for each in commands]),
    )


def _step(contract: Contract, exchange: Exchange, endpoint: Endpoint, note: str) -> Step:
    recorded = _recorded(contract, exchange, endpoint)
    answer = observe(contract, exchange).value
    return Step(contract, exchange.case, recorded, note, answer)


def run_command(run: Run, endpoint: Endpoint, *, operation: str, clause: str | None = None) -> str:
    """The command that judges an operation, or one clause of it, with the same drawn values."""
    words = ["awsconform", "run", operation]
    if run.target != "emulator:":
        words += ["--target", quoted(run.target)]
    if clause is not None:
        words += ["-k", quoted(clause)]
    if endpoint.aws:
        words.append("--allow-aws")
    words += [flag for flag in endpoint.flags if flag not in words]
    if len(run.options.levels) < len(Level):
        words += ["--level", run.options.levels[-1].value.lower()]
    if endpoint.region != DEFAULT_REGION:
        words += ["--region", quoted(endpoint.region)]
    if run.options.examples != DEFAULT_EXAMPLES:
        words += ["--examples", str(run.options.examples)]
    return " ".join([*words, "--seed", str(run.options.seed)])


def _recorded(contract: Contract, exchange: Exchange, endpoint: Endpoint) -> HTTPRequest | None:
    """What went over the wire, its path below the endpoint; else what would have."""
    request = exchange.request
    if request is not None and exchange.view is View.WIRE and HIDDEN not in request.path:
        added = {name.lower() for name, _ in endpoint.headers}
        headers = tuple(each for each in request.headers if each[0].lower() not in added)
        path = request.path.removeprefix(endpoint.base)
        if endpoint.virtual_hosts:
            path = _with_bucket(request, path, endpoint)
        return replace(request, path=path, headers=headers)
    try:
        return encode(contract, exchange.case)
    except NotExpressible:
        return request


def _with_bucket(request: HTTPRequest, path: str, endpoint: Endpoint) -> str:
    """The path with the bucket that stands in the host's name in front; clients move it again."""
    host = next((value for name, value in request.headers if name.lower() == "host"), "")
    bucket = host.removesuffix(f".{urlsplit(endpoint.url).netloc}")
    if bucket == host:
        return path
    rest = path.removeprefix("/") if path.partition("?")[0] == "/" else path
    return f"/{bucket}{rest}"


def _has_signature(request: HTTPRequest) -> bool:
    return any(name.lower() == "authorization" for name, _ in request.headers)
