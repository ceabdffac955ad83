"""The protocol Smithy RPC v2 CBOR: the operation in the path, all else in a CBOR body.

Smithy: smithy.protocols#rpcv2Cbor. HTTP bindings and timestamp formats of the model do not count.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from awsconform.conformance.exchange import Case, HTTPRequest, HTTPResponse
from awsconform.conformance.wire import event_streams
from awsconform.conformance.wire.answer import Answer, AnswerKind, Problem
from awsconform.conformance.wire.cbor_data import Unreadable, decode, kind
from awsconform.conformance.wire.cbor_reader import CborReader, plain
from awsconform.conformance.wire.cbor_writer import body_bytes, wire_value
from awsconform.conformance.wire.event_content import CBOR
from awsconform.conformance.wire.host_prefix import host_prefix
from awsconform.conformance.wire.part_reader import PartReader, Reading, part_reader
from awsconform.conformance.wire.responses import (
    QUERY_ERROR_HEADER,
    REQUEST_ID,
    REQUEST_ID_HEADER,
    absolute_id,
    content_type_problem,
    declared_code,
    error_shape,
    error_status,
    query_error,
    query_mode,
    request_id_problem,
    short_code,
    wire_problem,
)
from awsconform.specs.contract import Contract
from awsconform.specs.streams import MEDIA_TYPE, stream_member

PROTOCOL_HEADER = "smithy-protocol"
PROTOCOL = "rpc-v2-cbor"
CONTENT_TYPE = "application/cbor"
SUCCESS = 200
_TYPE = "__type"


def encode(contract: Contract, case: Case) -> HTTPRequest:
    """The request of a case; without an input shape, and nothing to say, it has no body.

    Raises:
        NotExpressible: a value has no wire form at its place.
    """
    body = case.body
    if body is None:
        body = b""
        if contract.input_shape or case.value:
            schema = {"$ref": f"#/$defs/{contract.input_shape}"} if contract.input_shape else {}
            body = body_bytes(wire_value(contract, schema, case.value), "request")
    headers = [(PROTOCOL_HEADER, PROTOCOL), ("Accept", _accepted(contract)), *query_mode(contract)]
    if body:
        headers.append(("Content-Type", CONTENT_TYPE))
    prefix = host_prefix(contract, case.value)
    return HTTPRequest("POST", path(contract), tuple(headers), body, prefix)


def path(contract: Contract) -> str:
    """The path of an operation; the service goes by the name its model gives it."""
    service = contract.aws.get("targetPrefix") or contract.aws["endpointPrefix"]
    return f"/service/{service}/operation/{contract.operation}"


def read(contract: Contract, response: HTTPResponse) -> Answer:
    """A response, read strictly."""
    problems = [*request_id_problem(response), *_protocol_problem(response)]
    if response.status >= 400:
        return _error(contract, response, problems)
    if response.status != SUCCESS:
        problems.append(wire_problem("status", f"{response.status}, {SUCCESS} is due"))
    if response.status >= 300:
        return Answer(AnswerKind.UNREADABLE, response.status, problems=tuple(problems))
    if stream_member(contract, contract.output_shape) is not None:
        return event_streams.read(
            contract, response, problems, CBOR, located=False, forms=CborReader
        )
    try:
        members = _members(response, problems, empty=contract.output_shape is None)
        reading = _read(_reader(contract, "response"), members)
    except (Unreadable, RecursionError) as error:
        problems.append(wire_problem("cbor", str(error)))
        return Answer(AnswerKind.UNREADABLE, response.status, problems=tuple(problems))
    return reading.answer(AnswerKind.SUCCESS, response.status, problems)


def write(contract: Contract, value: dict[str, Any], *, code: str | None = None) -> HTTPResponse:
    """A correct answer with this value, or the error of `code` with these members.

    Raises:
        NotExpressible: a value has no wire form at its place.
    """
    part = "response" if code is None else code
    shape = contract.output_shape if code is None else error_shape(contract, code)
    written = wire_value(contract, {"$ref": f"#/$defs/{shape}"} if shape else {}, value)
    headers = [(PROTOCOL_HEADER, PROTOCOL), (REQUEST_ID_HEADER, REQUEST_ID)]
    if code is None and stream_member(contract, shape) is not None:
        headers.append(("Content-Type", MEDIA_TYPE))
        stream = event_streams.body(contract, value, CBOR, located=False)
        return HTTPResponse(SUCCESS, tuple(headers), stream)
    if code is None and shape is None and not value:
        return HTTPResponse(SUCCESS, tuple(headers), b"")
    headers.append(("Content-Type", CONTENT_TYPE))
    if code is None:
        return HTTPResponse(SUCCESS, tuple(headers), body_bytes(written, part))
    body = body_bytes({_TYPE: absolute_id(contract, code), **written}, part)
    headers += query_error(contract, code)
    return HTTPResponse(error_status(contract, code), tuple(headers), body)


def _accepted(contract: Contract) -> str:
    streams = stream_member(contract, contract.output_shape) is not None
    return MEDIA_TYPE if streams else CONTENT_TYPE


def _protocol_problem(response: HTTPResponse) -> list[Problem]:
    stated = response.header(PROTOCOL_HEADER)
    if stated == PROTOCOL:
        return []
    shown = "none" if stated is None else repr(stated)
    return [wire_problem("protocol-header", f"{PROTOCOL_HEADER}: {shown}, {PROTOCOL} is due")]


def _members(response: HTTPResponse, problems: list[Problem], *, empty: bool) -> dict[str, Any]:
    """The members in the body; with `empty` there is to be no body."""
    if empty:
        if response.body:
            problems.append(wire_problem("cbor", "a body, though the operation has no output"))
        return {}
    problems += content_type_problem(response, CONTENT_TYPE)
    value, told = decode(response.body)
    problems += [wire_problem("cbor", message) for message in told]
    if not isinstance(value, dict):
        raise Unreadable(f"the body is {kind(value)}, not a map")
    return value


def _error(contract: Contract, response: HTTPResponse, problems: list[Problem]) -> Answer:
    members: dict[str, Any] = {}
    readable = True
    try:
        members = _members(response, problems, empty=False)
    except (Unreadable, RecursionError) as error:
        problems.append(wire_problem("cbor", str(error)))
        readable = False
    code, place = _code(contract, response, members, problems)
    if not readable:
        return Answer(AnswerKind.UNREADABLE, response.status, problems=tuple(problems))
    if code is None or code not in contract.errors:
        value = {name: plain(item) for name, item in members.items() if name != _TYPE}
        return Answer(
            AnswerKind.ERROR, response.status, value, code, place, problems=tuple(problems)
        )
    reader = _reader(contract, code)
    inside = {name: item for name, item in members.items() if name != _TYPE or reader.has(name)}
    reading = _read(reader, inside)
    return reading.answer(AnswerKind.ERROR, response.status, problems, code, place)


def _code(
    contract: Contract, response: HTTPResponse, members: dict[str, Any], problems: list[Problem]
) -> tuple[str | None, str | None]:
    """An error's code and where it stood; only `__type` counts."""
    stated = members.get(_TYPE)
    found = short_code(stated)
    if found is None:
        message = "the error has no type in __type, the only place it may be in"
        problems.append(Problem("errors", (), "discriminator", "", message))
        return None, None
    if "#" not in str(stated):
        message = f"{stated!r} is not the absolute id of a shape, servers must give that"
        problems.append(Problem("errors", (), "discriminator-place", "", message))
    query_code = (response.header(QUERY_ERROR_HEADER) or "").partition(";")[0]
    return declared_code(contract, query_code or None, found), _TYPE


def _reader(contract: Contract, part: str) -> PartReader:
    return part_reader(contract, part, wire=True, located=False, forms=CborReader)


def _read(reader: PartReader, members: dict[str, Any]) -> Reading:
    reading = reader.read(members, None)
    # Members the contract does not know are data items still.
    return replace(reading, value=plain(reading.value))
