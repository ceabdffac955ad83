"""Valid responses and errors of an operation: written, read back, and read by botocore."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

from botocore.model import Shape, StructureShape

from awsconform.conformance.auditing.findings import AuditedOperation
from awsconform.conformance.auditing.second_opinions import complaints
from awsconform.conformance.botocore_reading import (
    event_stream,
    operation_model,
    parsed,
    parsed_code,
)
from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.targets.client_values import from_client
from awsconform.conformance.wire.answer import AnswerKind
from awsconform.conformance.wire.protocols import protocol
from awsconform.conformance.wire.requests import NotExpressible
from awsconform.conformance.wire.responding import write
from awsconform.conformance.wire.s3_answers import is_bare_location
from awsconform.generators import responses
from awsconform.generators.choices import RandomChoices
from awsconform.generators.values import values_of
from awsconform.specs.contract import Contract, Place
from awsconform.specs.protocols import XML

_LIMIT = 10**7
# Fields whose value is the framework's, whatever a member bound to them says.
_FRAMEWORK = ("x-amzn-errortype", "x-amzn-requestid", "x-amz-request-id")
# Their errors stand in <Response><Errors>, where botocore reads code and message alone.
_OTHER_ERRORS = ("sdb", "ec2")
_ELEMENTS = ("code", "message", "type")


def audit_answers(contract: Contract, found: AuditedOperation) -> None:
    """Holds the labelled responses and errors against our reader and botocore's parser."""
    model = operation_model(contract)
    source = RandomChoices(random.Random(f"{found.seed} {contract.id}"))
    why = values_of(contract, "response").unsatisfiable
    if why is not None:
        found.apart[f"no valid response: {why}"] += 1
    for each in responses.labelled(contract, source):
        case = f"{each.clause} {each.label}"
        _audit_answer(contract, found, case, each.value, None, model.output_shape)
    shapes = {shape.name: shape for shape in model.error_shapes}
    for each in responses.errors(contract, source):
        code = each.clause.partition("/errors/")[2].partition("#")[0].partition("/")[0]
        error = shapes.get(contract.errors[code].shape)
        _audit_answer(contract, found, f"{each.clause} {each.label}", each.value, code, error)


def _audit_answer(
    contract: Contract,
    found: AuditedOperation,
    case: str,
    value: dict[str, Any],
    code: str | None,
    shape: Shape | None,
) -> None:
    found.counts["responses" if code is None else "errors"] += 1
    part = "response" if code is None else code
    if contract.part_shape(part) and (others := complaints(contract, part, value)):
        found.disagree("jsonschema", case, f"{others[0]}")
    try:
        response = write(contract, value, code=code)
    except NotExpressible as error:
        found.apart[
            f"{'response' if code is None else 'error'}, not expressible: {error.reason}"
        ] += 1
        return
    answer = protocol(contract).read(contract, response)
    due = AnswerKind.SUCCESS if code is None else AnswerKind.ERROR
    if (answer.kind, answer.code) != (due, code):
        found.disagree("our reader", case, f"read as {answer.kind} {answer.code}")
    elif answer.problems or answer.unknown or answer.nulls:
        told = answer.problems or answer.unknown or answer.nulls
        found.disagree("our reader", case, f"found {told[0]}")
    elif not _same(contract, part, answer.value, value, exact=True):
        found.disagree("our reader", case, f"{value!r} was read as {answer.value!r}")
    why = _beyond(contract, response, code, shape)
    if why is not None:
        found.apart[why] += 1
    else:
        _compare(contract, found, case, value, code, response, shape)


def _beyond(
    contract: Contract, response: HTTPResponse, code: str | None, shape: Shape | None
) -> str | None:
    """Why botocore cannot be asked about an answer, or None."""
    if code is None:
        if shape is None:
            return "response without output, of which botocore reads nothing"
        if operation_model(contract).has_streaming_output:
            return "response with a stream of bytes, which botocore leaves unread"
        if is_bare_location(contract):
            # botocore.handlers.parse_get_bucket_location
            return "the location of a bucket, which botocore reads in a handler, not in its parser"
        return None
    if shape is None:
        return "error that botocore's operation does not have"
    if response.status >= 500 and not response.body:
        return "botocore takes an error without a body for one of a gateway"
    if contract.service in _OTHER_ERRORS:
        return "botocore does not find the members of errors in the form of SimpleDB"
    return None


def _compare(
    contract: Contract,
    found: AuditedOperation,
    case: str,
    value: dict[str, Any],
    code: str | None,
    response: HTTPResponse,
    shape: Shape | None,
) -> None:
    if code is not None:
        stated = parsed_code(contract, response)
        if stated not in (code, contract.errors[code].shape):
            found.disagree("botocore's parser", case, f"reads the code {stated!r}")
        if not (isinstance(shape, StructureShape) and shape.members):
            return
    read = from_client(parsed(contract, response, shape), _LIMIT)
    if not _same(contract, "response" if code is None else code, read, value, exact=False):
        found.disagree("botocore's parser", case, f"{value!r} was read as {read!r}")


def _same(contract: Contract, part: str, read: Any, stated: Any, *, exact: bool) -> bool:
    """Whether what was read is what was stated, as far as the wire tells them apart.

    An empty body, or no field of a prefix, is the member's empty value as well as none at all. Some
    fields are there though no value is stated. Without `exact` the elements of XML errors that
    botocore reads by other names may be missing.
    """
    values = [dict(read or {}), dict(stated)]
    for place in contract.places(part):
        if len(place.path) != 1:
            continue
        name = place.path[0]
        for value in values:
            lost = place.aws.get("payload") or place.aws.get("location") == "headers"
            if lost and value.get(name) in ("", {}, []):
                del value[name]
            if not exact and _is_element_of_errors(contract, part, place):
                value.pop(name, None)
        if str(place.aws.get("locationName", "")).lower() in _FRAMEWORK:
            for value in values:
                value.pop(name, None)
        elif name not in stated and _is_always_there(contract, part, place):
            values[0].pop(name, None)
    stream = event_stream(contract) if part == "response" else None
    if stream is not None:
        for value in values:
            value[stream] = [_told(contract, stream, each) for each in value.get(stream, [])]
    return bool(comparable(values[0]) == comparable(values[1]))


def _told(contract: Contract, stream: str, event: dict[str, Any]) -> dict[str, Any]:
    """An event without an empty payload, which is the member's empty value and none at all."""
    told: dict[str, Any] = {}
    for kind, value in event.items():
        told[kind] = dict(value)
        for name, item in value.items():
            place = contract.place("response", (stream, kind, name))
            if place is not None and place.aws.get("eventpayload") and item in ("", {}):
                del told[kind][name]
    return told


def _is_always_there(contract: Contract, part: str, place: Place) -> bool:
    if place.aws.get("location") == "header":
        return str(place.aws.get("locationName", "")).lower() == "content-type"
    return place.aws.get("location") == "statusCode" or _is_element_of_errors(contract, part, place)


def _is_element_of_errors(contract: Contract, part: str, place: Place) -> bool:
    return contract.protocol in XML and part != "response" and place.text.lower() in _ELEMENTS


def comparable(value: Any) -> Any:
    """Timestamps as points in time, everything else as it is."""
    if isinstance(value, dict):
        return {name: comparable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, str) and value.endswith("Z") and value[4:5] == "-":
        try:
            return datetime.fromisoformat(value).timestamp()
        except ValueError:
            return value
    return value
