"""Valid requests and violations of an operation, and what others say of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from typing import Any

from awsconform.conformance.auditing.findings import AuditedOperation
from awsconform.conformance.auditing.same_requests import differences
from awsconform.conformance.auditing.second_opinions import (
    complaints,
    native,
    refusal,
    serialized,
)
from awsconform.conformance.botocore_reading import operation_model
from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.wire.requests import NotExpressible, encode
from awsconform.generators import requests, violations
from awsconform.generators.bodies import UNKNOWN_MEMBER
from awsconform.generators.choices import RandomChoices
from awsconform.generators.shapes import Fill, Growth
from awsconform.generators.values import values_of
from awsconform.generators.violations import MALFORMED, Violation
from awsconform.specs.contract import Contract
from awsconform.specs.streams import stream_member
from awsconform.specs.validation import failures

RANDOM = "random"
_LABELLED = 5


def audit_requests(contract: Contract, found: AuditedOperation, *, requests: int) -> None:
    """Holds so many valid requests against the validators and botocore's serializer."""
    if stream_member(contract, contract.input_shape) is not None:
        found.apart["the request is a stream of events"] += 1
        return
    why = values_of(contract, "request").unsatisfiable
    if why is not None:
        found.apart[f"no valid request: {why}"] += 1
        return
    for label, value in islice(valid_requests(contract, found.seed), requests):
        _audit_request(contract, found, label, value)


def valid_requests(contract: Contract, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Labelled valid requests, the first ones of the plan, then random ones without end."""
    source = random.Random(f"{seed} {contract.id}")
    for each in islice(requests.labelled(contract, RandomChoices(source)), _LABELLED):
        if each.label != UNKNOWN_MEMBER:
            yield f"{each.clause} {each.label}", each.value
    values = values_of(contract, "request")
    number = 0
    while True:
        choices = RandomChoices(random.Random(f"{seed} {contract.id} {number}"))
        yield f"{RANDOM} {number}", values.whole(Growth(choices, Fill.RANDOM, pooled=True))
        number += 1


def _audit_request(
    contract: Contract, found: AuditedOperation, label: str, value: dict[str, Any]
) -> None:
    found.counts["requests"] += 1
    if wrong := failures(contract, "request", value):
        found.disagree("jsonschema-rs", label, f"{wrong[0]}")
    if contract.input_shape and (others := complaints(contract, "request", value)):
        found.disagree("jsonschema", label, f"{others[0]}")
    parameters = native(value, operation_model(contract).input_shape)
    if refused := refusal(contract, parameters):
        found.disagree("botocore's validator", label, refused)
    try:
        sent = encode(contract, Case(contract.id, Intent(Purpose.VALID), value))
    except NotExpressible as error:
        found.apart[f"valid, not expressible: {error.reason}"] += 1
        return
    for each in differences(sent, serialized(contract, parameters)):
        found.disagree("botocore's serializer", label, each)


def audit_violations(contract: Contract, found: AuditedOperation) -> None:
    """Proves that each labelled violation breaks the clause it names, and that it can be sent."""
    source = random.Random(f"{found.seed} {contract.id}")
    for each in violations.labelled(contract, RandomChoices(source)):
        found.counts["violations"] += 1
        case = f"{each.clause} {each.label}"
        if each.keyword == MALFORMED:
            if each.body is None or failures(contract, "request", each.value):
                found.disagree("jsonschema-rs", case, "a malformed request is made of a valid one")
        else:
            _audit_violation(contract, found, each, case)
        intent = Intent(Purpose.VIOLATES, each.clause, each.label)
        try:
            encode(contract, Case(contract.id, intent, each.value, each.body))
        except NotExpressible as error:
            found.apart[f"violation, not expressible: {error.reason}"] += 1
        else:
            found.counts["violations sent"] += 1


def _audit_violation(
    contract: Contract, found: AuditedOperation, each: Violation, case: str
) -> None:
    wrong = failures(contract, "request", each.value)
    if [(failure.pointer, failure.keyword) for failure in wrong] != [(each.pointer, each.keyword)]:
        found.disagree("jsonschema-rs", case, f"{wrong} where {each.pointer} is meant")
        return
    path = "/".join(("request", *wrong[0].path))
    due = each.clause.rpartition("#")[0].partition("/")[2]
    if path != due:
        found.disagree("jsonschema-rs", case, f"fails at {path}")
    pointers = {pointer for pointer, _ in complaints(contract, "request", each.value)}
    within = each.pointer[: -1 if each.keyword == "required" else None]
    if pointers != {within}:
        found.disagree("jsonschema", case, f"fails at {sorted(map(str, pointers))}, not {within}")
