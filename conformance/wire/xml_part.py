"""The reading of one part of a contract from XML, with what stands in headers and status."""

from __future__ import annotations

import functools

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.wire.answer import Part
from awsconform.conformance.wire.bindings import bindings
from awsconform.conformance.wire.json_reader import Findings
from awsconform.conformance.wire.part_reader import Reading, part_reader
from awsconform.conformance.wire.responses import wire_problem
from awsconform.conformance.wire.xml_names import member_name
from awsconform.conformance.wire.xml_reader import XmlReader
from awsconform.conformance.wire.xml_text import Element
from awsconform.specs.contract import Contract, SegmentPath


class XmlPart:
    """Reads `response` or an error (`part` is its code) of a contract.

    `located` says whether members may stand outside the body, as in REST protocols.
    """

    def __init__(self, contract: Contract, part: str, *, located: bool) -> None:
        shape = contract.part_shape(part)
        answers: Part = "response" if part == "response" else "errors"
        root: SegmentPath = () if part == "response" else (part,)
        self.bound = bindings(contract, shape)
        schema = self.bound.body
        if not located and shape is not None:
            schema = contract.resolve({"$ref": f"#/$defs/{shape}"})
        self.names = frozenset(
            member_name(contract, name, contract.resolve(member))
            for name, member in schema["properties"].items()
        )
        self._reader = XmlReader(contract, answers, root)
        self._number = self._reader.number(root)
        outside = self.bound.names if located else frozenset()
        self._body = self._reader.structure(schema, root, outside)
        self.payload = self.bound.payload if located else None
        if self.payload is not None:
            path = (*root, self.payload.name)
            self._payload = self._reader.reader(self.payload.schema, path)
            self._payload_number = self._reader.number(path)
        self._elsewhere = part_reader(contract, part, wire=True, located=True) if located else None

    def read(self, element: Element | None, response: HTTPResponse) -> Reading:
        """The reading of the element that holds the members, or is the payload; None for no body.

        What is no member of the part has to be taken out before.
        """
        findings = Findings()
        findings.present.add(self._number)
        value = {}
        if element is not None and self.payload is not None:
            findings.present.add(self._payload_number)
            name = self.payload.name
            value[name] = self._payload(element, ((), name), findings)
        elif element is not None:
            read = self._body(element, (), findings)
            if isinstance(read, dict):
                value = read
            else:
                findings.problems.append(
                    wire_problem("xml", f"text where <{element.name}> has members")
                )
        paths = self._reader.paths
        reading = Reading(
            value,
            tuple(findings.problems),
            frozenset([paths[number] for number in findings.present]),
            tuple(paths[number] for number in sorted(findings.nulls)),
            tuple(findings.unknown),
        )
        if self._elsewhere is None:
            return reading
        return _together(reading, self._elsewhere.read({}, response))


def _together(body: Reading, elsewhere: Reading) -> Reading:
    return Reading(
        {**body.value, **elsewhere.value},
        (*body.problems, *elsewhere.problems),
        body.present | elsewhere.present,
        body.nulls,
        body.unknown,
    )


@functools.lru_cache(maxsize=4096)
def xml_part(contract: Contract, part: str, *, located: bool) -> XmlPart:
    """The reader of a part, made once."""
    return XmlPart(contract, part, located=located)
