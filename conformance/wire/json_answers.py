"""Reading responses of the JSON protocols: what AWS JSON and REST JSON have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.wire import event_streams
from awsconform.conformance.wire.answer import Answer, AnswerKind, Problem
from awsconform.conformance.wire.event_content import JSON
from awsconform.conformance.wire.json_text import Unreadable, parse
from awsconform.conformance.wire.part_reader import BodyProblem, PartReader, Reading, part_reader
from awsconform.conformance.wire.responses import (
    QUERY_ERROR_HEADER,
    content_type_problem,
    declared_code,
    request_id_problem,
    short_code,
    status_problem,
    wire_problem,
)
from awsconform.specs.contract import Contract
from awsconform.specs.streams import stream_member

ERROR_HEADER = "x-amzn-errortype"
IN_BODY = ("__type", "code", "Code")
# What some write where there is nothing to say.
NOTHING = (b"null", b'""')


@dataclass(frozen=True)
class Dialect:
    """In what one JSON protocol differs from another.

    `located`: members may stand outside the body. `code_place`: where servers must put an error's
    code; `code_places`: everywhere clients look, the first one first.
    """

    content_type: str
    located: bool
    code_place: str
    code_places: tuple[str, ...]


def read(contract: Contract, response: HTTPResponse, dialect: Dialect) -> Answer:
    """A response, read strictly."""
    problems = [*request_id_problem(response)]
    if response.status >= 400:
        return _error(contract, response, dialect, problems)
    problems += status_problem(contract, response)
    if response.status >= 300:
        return Answer(AnswerKind.UNREADABLE, response.status, problems=tuple(problems))
    if stream_member(contract, contract.output_shape) is not None:
        return event_streams.read(contract, response, problems, JSON, located=dialect.located)
    reader = part_reader(contract, "response", wire=True, located=dialect.located)
    try:
        reading = _success(contract, reader, response, dialect, problems)
    except (Unreadable, BodyProblem, RecursionError) as error:
        problems.append(wire_problem("json", str(error)))
        return Answer(AnswerKind.UNREADABLE, response.status, problems=tuple(problems))
    return reading.answer(AnswerKind.SUCCESS, response.status, problems)


def _success(
    contract: Contract,
    reader: PartReader,
    response: HTTPResponse,
    dialect: Dialect,
    problems: list[Problem],
) -> Reading:
    payload = reader.payload
    if payload is not None:
        # A payload's content type is the payload's own.
        if response.body and payload.kind not in ("blob", "string"):
            problems += content_type_problem(response, dialect.content_type)
        return reader.read_payload(response.body, response, lambda body: _parse(body, problems))
    if not response.body:
        return reader.read({}, response)
    problems += content_type_problem(response, dialect.content_type)
    if response.body.strip() in NOTHING and not contract.members("response"):
        # No client looks at the body of an operation that answers nothing.
        text = response.body.decode().strip()
        problems.append(wire_problem("json", f"the body is {text}, not an object"))
        return reader.read({}, response)
    return reader.read(_object(response.body, problems), response)


def _error(
    contract: Contract, response: HTTPResponse, dialect: Dialect, problems: list[Problem]
) -> Answer:
    body: dict[str, Any] = {}
    readable = True
    if response.body:
        problems += content_type_problem(response, dialect.content_type)
        try:
            body = _object(response.body, problems)
        except (Unreadable, BodyProblem, RecursionError) as error:
            problems.append(wire_problem("json", str(error)))
            readable = False
    code, place = _code(contract, response, body, dialect, problems)
    if not readable and code is None:
        return Answer(AnswerKind.UNREADABLE, response.status, problems=tuple(problems))
    if code not in contract.errors:
        value = {name: item for name, item in body.items() if name not in IN_BODY}
        return Answer(
            AnswerKind.ERROR, response.status, value, code, place, problems=tuple(problems)
        )
    reader = part_reader(contract, code, wire=True, located=dialect.located)
    # What names the error is no member of it, unless the contract says so.
    members = {name: item for name, item in body.items() if name not in IN_BODY or reader.has(name)}
    reading = reader.read(members, response)
    return reading.answer(AnswerKind.ERROR, response.status, problems, code, place)


def _code(
    contract: Contract,
    response: HTTPResponse,
    body: dict[str, Any],
    dialect: Dialect,
    problems: list[Problem],
) -> tuple[str | None, str | None]:
    """An error's code and where it stood, in the order clients look."""
    stated = {
        place: short_code(response.header(ERROR_HEADER) if place == "header" else body.get(place))
        for place in dialect.code_places
    }
    found = {place: code for place, code in stated.items() if code is not None}
    place = next(iter(found), None)

    def problem(kind: str, message: str) -> None:
        problems.append(Problem("errors", (), kind, "", message))

    if place is None:
        problem("discriminator", f"the error has no type, neither in {dialect.code_place} nor "
                "where clients look otherwise")  # fmt: skip
        return None, None
    if dialect.code_place not in found:
        problem("discriminator-place", f"the error's type is in {place} only, "
                f"servers must put it in {dialect.code_place}")  # fmt: skip
    in_header, in_body = found.get("header"), found.get("__type")
    if in_header and in_body and in_header != in_body:
        problem("discriminator", f"the header says {in_header}, the body {in_body}")
    # Services that spoke AWS Query before keep that protocol's code for their clients.
    query_code = (response.header(QUERY_ERROR_HEADER) or "").partition(";")[0]
    return declared_code(contract, query_code or None, found[place]), place


def _parse(body: bytes, problems: list[Problem]) -> Any:
    value, told = parse(body)
    problems += [wire_problem("json", message) for message in told]
    return value


def _object(body: bytes, problems: list[Problem]) -> dict[str, Any]:
    value = _parse(body, problems)
    if not isinstance(value, dict):
        raise BodyProblem(f"the body is a JSON {_kind(value)}, not an object")
    return value


def _kind(value: Any) -> str:
    names = {list: "array", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")
