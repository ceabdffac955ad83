"""A raw request of a JSON protocol, read strictly: which clauses of the contract it breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.vectors.logical import known
from awsconform.conformance.wire import timestamps
from awsconform.conformance.wire.bindings import RAW_PAYLOADS, Bound, bindings
from awsconform.conformance.wire.json_text import Unreadable, parse
from awsconform.conformance.wire.part_reader import BodyProblem, Reading, part_reader
from awsconform.conformance.wire.text import from_text
from awsconform.specs.contract import Contract, SegmentPath
from awsconform.specs.validation import Pointer, failures

MALFORMED = "malformed"
_LABEL = re.compile(r"\{([^}+]+)(\+?)\}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
# The validator's keywords, where the clause of the same breach is called otherwise.
_UNION = ("minProperties", "maxProperties")


@dataclass(frozen=True)
class RawRequest:
    """A request as it arrived; `path` includes the query string."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True)
class Breach:
    """One clause that a request breaks: where, and what kind; the pointer is the instance's."""

    path: SegmentPath
    kind: str
    pointer: Pointer
    message: str

    def clause(self, contract: Contract) -> str:
        """The id of the clause."""
        return f"{contract.id}/{'/'.join(('request', *self.path))}#{self.kind}"


def breaches(contract: Contract, request: RawRequest) -> list[Breach]:
    """What is wrong with a request (json and rest-json); empty for a correct one.

    A body that is none is the only thing told, since nothing else is known then.
    """
    try:
        reading = _read(contract, request)
    except (Unreadable, BodyProblem) as error:
        return [Breach((), MALFORMED, (), str(error))]
    value, found = known(contract, _schema(contract), reading.value), []
    for problem in reading.problems:
        pointer = _pointer(problem.pointer)
        found.append(Breach(problem.path[1:], "type", pointer, problem.message))
    value |= _addressed(contract, request, found)
    mistyped = {breach.pointer for breach in found}
    for failure in failures(contract, "request", value):
        kind = "type" if failure.keyword == "format" else failure.keyword
        place = contract.place("request", failure.path)
        if kind in _UNION and place is not None and place.aws.get("union"):
            kind = "union"
        if failure.pointer not in mistyped:
            found.append(Breach(failure.path, kind, failure.pointer, failure.message))
    return found


def _schema(contract: Contract) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{contract.input_shape}"} if contract.input_shape else {}


def _read(contract: Contract, request: RawRequest) -> Reading:
    located = contract.protocol != "json"
    reader = part_reader(contract, "request", wire=True, located=located)
    carried = HTTPResponse(200, request.headers, b"")
    if reader.payload is not None:
        if reader.payload.kind not in RAW_PAYLOADS:
            return reader.read_payload(request.body, carried, _strict)
        return reader.read_payload(request.body, carried, lambda body: body)
    if not request.body:
        return reader.read({}, carried)
    if not bindings(contract, contract.input_shape).body["properties"] and located:
        return reader.read({}, carried)
    body = _strict(request.body)
    if not isinstance(body, dict):
        raise BodyProblem("the body is no JSON object")
    return reader.read(body, carried)


def _strict(body: bytes) -> Any:
    value, told = parse(body)
    if told:
        raise Unreadable(told[0])
    return value


def _addressed(contract: Contract, request: RawRequest, found: list[Breach]) -> dict[str, Any]:
    """The members in path and query; timestamps in another form than theirs are told."""
    bound = bindings(contract, contract.input_shape)
    path, _, query = request.path.partition("?")
    value: dict[str, Any] = {}
    for name, text in _labels(contract.uri.partition("?")[0], path).items():
        member = bound.uri[name]
        value[member.name] = _single(member, text, (member.name,), found, member.aws)
    texts: dict[str, list[str]] = {}
    for part in query.split("&") if query else ():
        name, _, text = part.partition("=")
        texts.setdefault(unquote(name), []).append(unquote(text))
    for member in bound.query:
        if member.kind == "map":
            value[member.name] = {
                key: list(given) if member.items else given[0] for key, given in texts.items()
            }
        elif member.wire in texts:
            given = texts[member.wire]
            if member.kind == "list" and member.item is not None:
                aws = member.item["aws"]
                value[member.name] = [
                    _single(member, text, (member.name, n), found, aws)
                    for n, text in enumerate(given)
                ]
            else:
                value[member.name] = _single(member, given[0], (member.name,), found, member.aws)
    return value


def _labels(template: str, path: str) -> dict[str, str]:
    """The texts of the path's labels, decoded; none where the path is another operation's."""
    pattern, end = [], 0
    for label in _LABEL.finditer(template):
        inside = ".*" if label[2] else "[^/]*"
        pattern += [re.escape(template[end : label.start()]), f"({inside})"]
        end = label.end()
    match = re.fullmatch("".join([*pattern, re.escape(template[end:])]), path, re.DOTALL)
    if match is None:
        return {}
    names = [label[1] for label in _LABEL.finditer(template)]
    return dict(zip(names, map(unquote, match.groups()), strict=True))


def _single(
    member: Bound, text: str, pointer: Pointer, found: list[Breach], aws: dict[str, Any]
) -> Any:
    if aws["type"] != "timestamp":
        return from_text(text, aws)
    made = _timestamp(text, aws.get("timestampFormat", timestamps.ISO8601))
    if made is None:
        path = tuple("*" if isinstance(segment, int) else segment for segment in pointer)
        found.append(Breach(path, "type", pointer, f"{text!r} is no timestamp of this place"))
    return made or text


def _timestamp(text: str, form: str) -> str | None:
    if form == timestamps.EPOCH:
        return timestamps.from_epoch(float(text)) if _NUMBER.fullmatch(text) else None
    if form == timestamps.HTTP_DATE:
        return timestamps.from_http_date(text)
    return text if timestamps.is_rfc3339(text) else None


def _pointer(text: str) -> Pointer:
    """The pointer that a text of RFC 6901 writes; digits are indices."""
    return tuple(
        int(part) if part.isdecimal() else part.replace("~1", "/").replace("~0", "~")
        for part in text.split("/")[1:]
    )
