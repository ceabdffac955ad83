"""The reading of one part of a contract, body and all other places together."""

from __future__ import annotations

import base64
import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.wire.answer import Answer, AnswerKind, Part, Problem
from awsconform.conformance.wire.bindings import Bound, bindings
from awsconform.conformance.wire.headers import from_headers
from awsconform.conformance.wire.json_reader import Findings, JsonReader, Read
from awsconform.specs.contract import Contract, SegmentPath

# Makes the readers of a part: contract, answers' part, root; `wire` by name.
Forms = Callable[..., JsonReader]


class BodyProblem(ValueError):
    """The body is no value of the part, whatever its members may be."""


@dataclass(frozen=True)
class Reading:
    """A part's value with what was found on the way; paths are clause paths."""

    value: dict[str, Any]
    problems: tuple[Problem, ...]
    present: frozenset[SegmentPath]
    nulls: tuple[SegmentPath, ...]
    unknown: tuple[SegmentPath, ...]

    def answer(
        self,
        kind: AnswerKind,
        status: int | None,
        problems: Iterable[Problem] = (),
        code: str | None = None,
        place: str | None = None,
    ) -> Answer:
        """The answer that has this part; `problems` are those of what is around it."""
        return Answer(
            kind,
            status,
            self.value,
            code,
            place,
            (*problems, *self.problems),
            self.present,
            self.nulls,
            self.unknown,
        )


class PartReader:
    """Reads `response` or an error (`part` is its code) of a contract.

    `located` says whether members may stand outside the body, as in REST protocols; `forms` reads
    the values of the body.
    """

    def __init__(
        self,
        contract: Contract,
        part: str,
        *,
        wire: bool,
        located: bool,
        forms: Forms = JsonReader,
    ) -> None:
        shape = contract.part_shape(part)
        answers: Part = "response" if part == "response" else "errors"
        root: SegmentPath = () if part == "response" else (part,)
        self._json = forms(contract, answers, root, wire=wire)
        self._root = self._json.number(root)
        self.bound = bindings(contract, shape)
        schema = self.bound.body
        if not located and shape is not None:
            schema = contract.resolve({"$ref": f"#/$defs/{shape}"})
        outside = self.bound.names if located else frozenset()
        name = f"#/$defs/{shape}" if shape else None
        self._body = self._json.structure(schema, (name, root), outside)
        self._elsewhere: dict[str, tuple[int, Read | None]] = {}
        for bound in self._bound() if located else ():
            path = (*root, bound.name)
            self._elsewhere[bound.name] = (self._json.number(path), self._reader(bound, path))
        self.payload = self.bound.payload if located else None
        self._members = {
            member.get("aws", {}).get("locationName", name)
            for name, member in schema["properties"].items()
        }

    def has(self, wire_name: str) -> bool:
        """Whether the body has a member of that name on the wire."""
        return wire_name in self._members

    def _bound(self) -> list[Bound]:
        single = [bound for bound in (self.bound.status, self.bound.payload) if bound]
        return [*self.bound.headers, *self.bound.prefixed, *single]

    def _reader(self, bound: Bound, path: SegmentPath) -> Read | None:
        if bound.aws.get("payload") and bound.kind in ("blob", "string"):
            return None
        schema = bound.schema
        if bound.kind == "list":
            schema = {**schema, "items": bound.item}
        elif bound.kind == "map":
            schema = {**schema, "additionalProperties": bound.item}
        return self._json.reader(schema, path)

    def read(self, body: Any, response: HTTPResponse | None) -> Reading:
        """The reading of a parsed body (of the members only, not of a payload)."""
        findings = Findings()
        findings.present.add(self._root)
        return self._finish(self._body(body, (), findings), response, findings)

    def read_payload(
        self, body: bytes, response: HTTPResponse, parse: Callable[[bytes], Any]
    ) -> Reading:
        """The reading of a response whose whole body is one member."""
        assert self.payload is not None
        findings = Findings()
        findings.present.add(self._root)
        name, kind = self.payload.name, self.payload.kind
        value: dict[str, Any] = {}
        if kind == "blob":
            value[name] = base64.b64encode(body).decode("ascii")
        elif body and kind == "string":
            try:
                value[name] = body.decode()
            except UnicodeDecodeError as error:
                raise BodyProblem(f"not UTF-8 at byte {error.start}") from None
        elif body:
            value[name] = parse(body)
        for member in value:
            number, read = self._elsewhere[member]
            findings.present.add(number)
            if read is not None:
                value[member] = read(value[member], ((), member), findings)
        return self._finish(value, response, findings)

    def _finish(
        self, value: dict[str, Any], response: HTTPResponse | None, findings: Findings
    ) -> Reading:
        if response is not None and self._elsewhere:
            for member, item in from_headers(response, self.bound).items():
                number, read = self._elsewhere[member]
                findings.present.add(number)
                value[member] = item if read is None else read(item, ((), member), findings)
        paths = self._json.paths
        return Reading(
            value,
            tuple(findings.problems),
            frozenset([paths[number] for number in findings.present]),
            tuple(paths[number] for number in sorted(findings.nulls)),
            tuple(findings.unknown),
        )


@functools.lru_cache(maxsize=4096)
def part_reader(
    contract: Contract,
    part: str,
    *,
    wire: bool,
    located: bool,
    forms: Forms = JsonReader,
) -> PartReader:
    """The reader of a part, made once."""
    return PartReader(contract, part, wire=wire, located=located, forms=forms)
