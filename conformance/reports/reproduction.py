"""How to see a finding again: its request for three clients.

Nothing secret is in it: signatures are made anew, with credentials that belong to nobody.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from awsconform.conformance.evidence import Observed, observe
from awsconform.conformance.exchange import Exchange, HTTPRequest, View
from awsconform.conformance.outcomes import Finding
from awsconform.conformance.reports.answer_places import Words, place_of
from awsconform.conformance.reports.asked import contract_of
from awsconform.conformance.reports.boto3_code import Step, boto3_code, boto3_program
from awsconform.conformance.reports.carrying import Given, given_before, repeated
from awsconform.conformance.reports.cli_command import cli_command
from awsconform.conformance.reports.curl_command import curl_command
from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.reports.shell_carrying import Command, Requested, script
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.redaction import HIDDEN
from awsconform.conformance.wire.requests import encode
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
    return Reproductions(endpoint).of(contract, exchange)


def reproduce_finding(contract: Contract, finding: Finding, endpoint: Endpoint) -> Reproduction:
    """The reproduction of one finding, see `Reproductions.of_finding`."""
    return Reproductions(endpoint).of_finding(contract, finding)


class Reproductions:
    """The reproductions of some findings, which may have many requests in common."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        # The exchanges are kept, so that their ids stay theirs.
        self._made: dict[int, tuple[Exchange, _Commands]] = {}

    def of(self, contract: Contract, exchange: Exchange) -> Reproduction:
        """That of one exchange; `contract` is that of the operation the request went to."""
        endpoint = self.endpoint
        if endpoint.factory:
            recorded = recorded_request(contract, exchange, endpoint)
            boto3 = boto3_code(contract, exchange.case, recorded, endpoint)
            return Reproduction(None, boto3, BY_ITSELF, BY_ITSELF)
        made = self._commands(contract, exchange)
        boto3 = boto3_code(contract, exchange.case, made.recorded, endpoint)
        return Reproduction(endpoint.first, boto3, made.cli(()).whole, made.curl(()).whole)

    def of_finding(self, contract: Contract, finding: Finding) -> Reproduction:
        """That of a finding: what its request needs, the request, what shows it.

        What an answer gives and a later request repeats, such as an id the target made up, is taken
        from the answer when the program or the commands run.
        """
        shown = [finding.shown_by] if finding.shown_by is not None else []
        if self.endpoint.factory or not (shown or finding.before):
            asked = contract_of(contract, finding.exchange.case.operation)
            return self.of(asked, finding.exchange)
        notes = [
            *("Made before:" for _ in finding.before),
            "The request:",
            *("What shows it:" for _ in shown),
        ]
        made = [
            self._commands(contract_of(contract, each.case.operation), each)
            for each in finding.exchanges
        ]
        known = given_before([each.observed for each in made])
        parts = list(zip(made, notes, known, strict=True))
        return Reproduction(
            self.endpoint.first,
            boto3_program([each.step(note, given) for each, note, given in parts], self.endpoint),
            script([each.cli_requested(note, given) for each, note, given in parts]),
            script([each.curl_requested(note, given) for each, note, given in parts]),
        )

    def _commands(self, contract: Contract, exchange: Exchange) -> _Commands:
        if id(exchange) not in self._made:
            made = _Commands(contract, exchange, self.endpoint)
            self._made[id(exchange)] = (exchange, made)
        return self._made[id(exchange)][1]


class _Commands:
    """One request as commands, and as a step of a program."""

    def __init__(self, contract: Contract, exchange: Exchange, endpoint: Endpoint) -> None:
        self.contract = contract
        self.exchange = exchange
        self.endpoint = endpoint
        self.recorded = recorded_request(contract, exchange, endpoint)
        # Many findings have their set-up in common.
        self._cli: dict[tuple[Given, ...], Command] = {}

    def cli(self, given: tuple[Given, ...]) -> Command:
        """The command of the AWS CLI, which takes what is given."""
        if given not in self._cli:
            case, recorded = self.exchange.case, self.recorded
            self._cli[given] = cli_command(self.contract, case, recorded, self.endpoint, given)
        return self._cli[given]

    def curl(self, given: tuple[Given, ...]) -> Command:
        """The command of curl, which takes what is given."""
        recorded, request = self.recorded, self.exchange.request
        if not recorded:
            return Command(("# The request has no form on the wire.",), "")
        signed = request is None or _has_signature(request)
        return curl_command(self.contract, recorded, self.endpoint, signed=signed, given=given)

    def step(self, note: str, given: tuple[Given, ...]) -> Step:
        """The request among those of a program; `note` says what for."""
        return Step(self.contract, self.exchange.case, self.recorded, note, given)

    def cli_requested(self, note: str, given: tuple[Given, ...]) -> Requested:
        """The request among commands of the AWS CLI, whose answers are logical JSON."""

        def found(each: Given) -> Words | None:
            return None if each.streaming else ("json", *map(str, each.path))

        return Requested(note, self._repeats(given), self.cli, found)

    def curl_requested(self, note: str, given: tuple[Given, ...]) -> Requested:
        """The request among commands of curl."""

        def found(each: Given) -> Words | None:
            return place_of(self.exchange.response, each)

        return Requested(note, self._repeats(given), self.curl, found)

    @functools.cached_property
    def observed(self) -> Observed:
        """What came back."""
        return observe(self.contract, self.exchange)

    def _repeats(self, given: tuple[Given, ...]) -> tuple[Given, ...]:
        return tuple(repeated(self.recorded, given)) if self.recorded else ()


def recorded_request(
    contract: Contract, exchange: Exchange, endpoint: Endpoint
) -> HTTPRequest | None:
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
