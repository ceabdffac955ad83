"""The protocol REST XML: members in path, query, headers and an XML body.

Smithy: aws.protocols#restXml and the HTTP binding traits. XML cannot tell null from absence, and a
flattened list or map without items is not there: `write` leaves it out, and `read` does not find
it. S3's GetBucketLocation answers with its one member as root, empty for us-east-1.
"""

from __future__ import annotations

from typing import Any

from awsconform.conformance.exchange import Case, HTTPRequest, HTTPResponse
from awsconform.conformance.wire import event_streams, xml_answers
from awsconform.conformance.wire.answer import Answer, Problem
from awsconform.conformance.wire.bindings import RAW_PAYLOADS, Bindings, bindings
from awsconform.conformance.wire.event_content import XML
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.part_reader import Reading, part_reader
from awsconform.conformance.wire.responses import (
    error_shape,
    error_status,
    request_id_problem,
    status_problem,
    wire_problem,
)
from awsconform.conformance.wire.rest_answers import (
    RAW_CONTENT_TYPES,
    Head,
    body_members,
    head,
    may_have_body,
    raw_payload,
)
from awsconform.conformance.wire.rest_requests import rest_request
from awsconform.conformance.wire.s3_answers import is_bare_location
from awsconform.conformance.wire.xml_error_writer import error_response
from awsconform.conformance.wire.xml_part import XmlPart, xml_part
from awsconform.conformance.wire.xml_roots import root_names
from awsconform.conformance.wire.xml_text import Element, NotXML, document
from awsconform.conformance.wire.xml_writer import XmlWriter, declare
from awsconform.specs.contract import Contract
from awsconform.specs.streams import MEDIA_TYPE, stream_member

CONTENT_TYPE = "application/xml"
REQUEST_ID_HEADER = "x-amz-request-id"


def encode(contract: Contract, case: Case) -> HTTPRequest:
    """The request of a case.

    Members the contract does not know go into the body, or into the query string where the
    operation has no body.

    Raises:
        NotExpressible: a value has no wire form at its place.
    """
    bound = bindings(contract, contract.input_shape)
    unknown = {name: item for name, item in case.value.items() if name not in bound.names}
    has_body = bool(bound.body["properties"]) or bound.payload is not None
    try:
        body, content = _body(contract, bound, case.value, unknown if has_body else {})
    except RecursionError:
        raise NotExpressible("request", "nested too deeply") from None
    if case.body is not None:
        body, content = case.body, content or CONTENT_TYPE
    return rest_request(contract, case.value, body, content, {} if has_body else unknown)


def _body(
    contract: Contract, bound: Bindings, value: dict[str, Any], unknown: dict[str, Any]
) -> tuple[bytes, str | None]:
    """The body and its content type; no content type where there is none."""
    payload = bound.payload
    writer = XmlWriter(contract)
    if payload is not None:
        if unknown:
            raise NotExpressible(next(iter(unknown)), "the body belongs to one member alone")
        if payload.name not in value:
            return b"", None
        if payload.kind in RAW_PAYLOADS:
            body = raw_payload(payload, value[payload.name], "request")
            return body, RAW_CONTENT_TYPES[payload.kind]
        path = f"request/{payload.name}"
        schema = contract.definitions[str(contract.input_shape)]["properties"][payload.name]
        name = payload.aws.get("locationName", payload.name)
        root = writer.element(schema, value[payload.name], name, path)
        return document(root), CONTENT_TYPE
    inside = {name: item for name, item in body_members(bound, value).items()
              if name in bound.names or name in unknown}  # fmt: skip
    if not inside:
        return b"", None
    root = Element(contract.aws.get("inputName") or str(contract.input_shape))
    declare(root, contract.aws.get("xmlNamespace"))
    writer.members(root, bound.body, inside, "request")
    return document(root), CONTENT_TYPE


def read(contract: Contract, response: HTTPResponse) -> Answer:
    """A response, read strictly."""
    if stream_member(contract, contract.output_shape) is not None and response.status < 300:
        problems = [*request_id_problem(response), *status_problem(contract, response)]
        return event_streams.read(contract, response, problems, XML, located=True)
    return xml_answers.read(contract, response, _success)


def _success(contract: Contract, response: HTTPResponse, problems: list[Problem]) -> Reading:
    problems += request_id_problem(response)
    part = xml_part(contract, "response", located=True)
    elsewhere = part_reader(contract, "response", wire=True, located=True)
    payload = part.payload
    if payload is not None and payload.kind in RAW_PAYLOADS:
        return elsewhere.read_payload(response.body, response, lambda body: body)
    if not response.body:
        return part.read(None, response)
    if contract.output_shape is None:
        return _without_output(contract, response, problems, part)
    root = xml_answers.document(contract, response, problems)
    names = root_names(contract, payload)
    if names and root.name not in names:
        problems += xml_answers.root_problem(root, names[0])
    if is_bare_location(contract) and not root.children:
        members = [root] if root.text else []
        return part.read(Element(root.name, children=members), response)
    return part.read(root, response)


def _without_output(
    contract: Contract, response: HTTPResponse, problems: list[Problem], part: XmlPart
) -> Reading:
    """A body where none is due: no client reads it, so it is a fault of the wire alone."""
    try:
        return part.read(xml_answers.document(contract, response, problems), response)
    except NotXML as error:
        problems.append(wire_problem("xml", str(error)))
        return part.read(None, response)


def write(contract: Contract, value: dict[str, Any], *, code: str | None = None) -> HTTPResponse:
    """A correct answer with this value, or the error of `code` with these members.

    Raises:
        NotExpressible: a value has no wire form at its place.
    """
    if code is not None:
        bound = bindings(contract, error_shape(contract, code))
        made = head(
            bound, value, status=error_status(contract, code), part=code,
            request_id_header=REQUEST_ID_HEADER,
        )  # fmt: skip
        return error_response(contract, body_members(bound, value), code, headers=made.headers)
    bound = bindings(contract, contract.output_shape)
    made = head(bound, value, status=contract.status, request_id_header=REQUEST_ID_HEADER)
    if stream_member(contract, contract.output_shape) is not None:
        stream = event_streams.body(contract, value, XML, located=True)
        return HTTPResponse(made.status, made.of_type(MEDIA_TYPE), stream)
    headers, body = _answer_body(contract, bound, made, value)
    return HTTPResponse(made.status, headers, body)


def _answer_body(
    contract: Contract, bound: Bindings, made: Head, value: dict[str, Any]
) -> tuple[tuple[tuple[str, str], ...], bytes]:
    """The headers, with the content type of the body, and the body."""
    payload = bound.payload
    inside = body_members(bound, value)
    writer = XmlWriter(contract, answering=True)
    if not may_have_body(contract, made.status):
        if inside or (payload and payload.name in value):
            raise NotExpressible("response", f"an answer with status {made.status} has no body")
        return made.headers, b""
    if payload is not None and payload.kind in RAW_PAYLOADS:
        if payload.name not in value:
            return made.headers, b""
        body = raw_payload(payload, value[payload.name])
        return made.with_content_type(RAW_CONTENT_TYPES[payload.kind]), body
    names = root_names(contract, payload) or (str(contract.output_shape),)
    if payload is not None:
        if payload.name not in value:
            return made.headers, b""
        schema = contract.definitions[str(contract.output_shape)]["properties"][payload.name]
        path = f"response/{payload.name}"
        root = writer.element(schema, value[payload.name], names[0], path)
    elif not bound.body["properties"] and not inside:
        return made.headers, b""
    else:
        root = Element(names[0])
        writer.members(root, bound.body, inside, "response")
        if is_bare_location(contract) and len(root.children) <= 1:
            root = root.children[0] if root.children else root
    declare(root, contract.aws.get("xmlNamespace"))
    return made.with_content_type(CONTENT_TYPE), document(root)
