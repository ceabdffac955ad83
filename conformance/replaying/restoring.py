"""A finding's course as it was, from a report document: exchanges that can be sent again."""

from __future__ import annotations

from typing import Any

from awsconform.conformance.absence import nonsense_again
from awsconform.conformance.course import Course, Step
from awsconform.conformance.exchange import (
    Case,
    Exchange,
    HTTPRequest,
    HTTPResponse,
    Intent,
    Parsed,
    Purpose,
    Trouble,
    View,
)
from awsconform.conformance.replaying.sendable import NotReplayable
from awsconform.conformance.reports.asked import contract_of
from awsconform.conformance.reports.course_documents import BEFORE, REQUEST, SHOWN_BY, Reference
from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.reports.exchange_documents import Document, body_of
from awsconform.specs.companions import siblings
from awsconform.specs.contract import Contract


def endpoint_in(document: Document) -> Endpoint:
    """Where the requests of a report can be sent again, as far as the report says it."""
    stated = document["endpoint"]
    flags = tuple(stated["flags"])
    return Endpoint(
        stated["url"],
        document["options"].get("region", Endpoint.region),
        stated["first"],
        stated["factory"],
        stated["aws"],
        flags,
        verify="--no-verify" not in flags,
        own_keys=any(each.startswith(("--access-key-id", "--account-cred")) for each in flags),
        virtual_hosts="--virtual-host-style" in flags,
    )


def course_in(operation: Document, finding: Document) -> Course:
    """The course of a finding; where an earlier awsconform told none, what the finding shows.

    Raises:
        NotReplayable: a request of it is not in the report as a whole.
    """
    told = finding.get("course")
    if told is None:
        shown = finding["shownBy"]
        sent = [finding, *([shown] if shown is not None else [])]
        made = tuple(Step(exchange_in(each)) for each in finding["before"])
        return Course(made, tuple(Step(_of(finding, each)) for each in sent))

    def meant(reference: Reference) -> Document:
        if isinstance(reference, int):
            found: Document = operation["sent"][reference]
        elif reference == REQUEST:
            found = finding
        elif reference == SHOWN_BY:
            found = finding["shownBy"]
        else:
            found = finding["before"][int(reference.removeprefix(BEFORE))]
        return found

    steps = []
    for each in told["steps"]:
        exchange = _of(finding, meant(each["sent"]), group=each["group"], facts=each["facts"])
        facts = exchange.case.intent.facts
        suspects, sizes = tuple(each["suspects"]), tuple(each["sizes"])
        steps.append(Step(exchange, facts, suspects, each["followed"], sizes, each["passed"]))
    before = [
        Step(exchange_in(meant(each["sent"])), passed=each["passed"]) for each in told["before"]
    ]
    return Course(tuple(before), tuple(steps))


def exchange_in(
    document: Document,
    *,
    group: str | None = None,
    facts: dict[str, Any] | None = None,
    drawn: bool = False,
) -> Exchange:
    """An exchange as it was, without its secrets; of long bodies it has what was kept."""
    stated, trouble, parsed = document["intent"], document["trouble"], document["parsed"]
    purpose = Purpose(stated["purpose"])
    intent = Intent(
        purpose, stated["clause"], stated["label"], group, facts=dict(facts or {}), drawn=drawn
    )
    request, response = document["request"], document["response"]
    malformed = (stated["clause"] or "").endswith("#malformed") and purpose is Purpose.VIOLATES
    body = body_of(request["body"]) if malformed and request is not None else None
    return Exchange(
        Case(document["operation"], intent, document["value"], body),
        _request(request) if request is not None else None,
        _response(response) if response is not None else None,
        View(document["view"]),
        Trouble(trouble) if trouble is not None else None,
        document["detail"],
        Parsed(parsed["value"], parsed["code"], parsed["status"]) if parsed is not None else None,
    )


def asked_contract(contract: Contract, exchange: Exchange) -> Contract:
    """The contract of what an exchange went to, which need not exist."""
    operation = exchange.case.operation
    service, _, name = operation.partition(".")
    probes = exchange.case.intent.purpose is Purpose.PROBE and service == contract.service
    if probes and name != contract.operation and name not in siblings(contract):
        return nonsense_again(contract, operation)
    return contract_of(contract, operation)


def _of(finding: Document, document: Document, **more: Any) -> Exchange:
    return exchange_in(document, drawn=document is finding and finding["drawn"], **more)


def _request(message: Document) -> HTTPRequest:
    if message["body"].get("cut"):
        length = message["body"]["length"]
        raise NotReplayable(f"the report has the beginning alone of a body of {length} bytes")
    headers = tuple((name, value) for name, value in message["headers"])
    body = body_of(message["body"])
    return HTTPRequest(message["method"], message["path"], headers, body, message["hostPrefix"])


def _response(message: Document) -> HTTPResponse:
    headers = tuple((name, value) for name, value in message["headers"])
    return HTTPResponse(message["status"], headers, body_of(message["body"]))
