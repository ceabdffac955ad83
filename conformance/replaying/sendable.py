"""What of a recorded request is sent again as it is, and which ones cannot be."""

from __future__ import annotations

from dataclasses import replace

from awsconform.conformance.exchange import Exchange, HTTPRequest, View
from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.reports.reproduction import recorded_request
from awsconform.conformance.wire.redaction import HIDDEN
from awsconform.specs.contract import Contract

# Made anew by whoever signs and sends.
_OF_THE_SENDING = frozenset(
    ("authorization", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token")
)


class NotReplayable(Exception):
    """A request cannot be sent again as it was; the text says why."""


def sendable(
    contract: Contract, exchange: Exchange, endpoint: Endpoint, given: frozenset[str]
) -> HTTPRequest | None:
    """The request of an exchange, unsigned and below no address; None where none was seen.

    `given` are the names, in small letters, of the headers that are added to every request now.

    Raises:
        NotReplayable: a part of it is not in the report.
    """
    if exchange.request is None or exchange.view is not View.WIRE:
        if HIDDEN in str(exchange.case.value):
            raise NotReplayable(f"{_called(exchange)} has a secret that no report tells")
        return None
    if HIDDEN in exchange.request.path:
        raise NotReplayable(f"the path of {_called(exchange)} has a secret that no report tells")
    request = recorded_request(contract, exchange, endpoint)
    if request is None:
        return None
    headers = tuple(each for each in request.headers if each[0].lower() not in _OF_THE_SENDING)
    secret = [n for n, told in headers if HIDDEN in told and n.lower() not in given]
    if secret:
        told = f"{_called(exchange)} had the header {secret[0]}, whose value no report tells"
        raise NotReplayable(f"{told}: give it by --header")
    if HIDDEN.encode() in request.body:
        raise NotReplayable(f"the body of {_called(exchange)} has a secret that no report tells")
    return replace(request, headers=headers)


def _called(exchange: Exchange) -> str:
    return f"the request to {exchange.case.operation}"
