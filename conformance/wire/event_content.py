"""What the payload of an event is under each protocol: JSON, CBOR or XML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from awsconform.conformance.wire import cbor_data, cbor_writer, json_text, json_writer, xml_text
from awsconform.conformance.wire.answer import Part
from awsconform.conformance.wire.cbor_reader import CborReader, plain
from awsconform.conformance.wire.json_reader import At, Findings, JsonReader
from awsconform.conformance.wire.xml_reader import XmlReader
from awsconform.conformance.wire.xml_writer import XmlWriter
from awsconform.specs.contract import Contract, Schema, SegmentPath


class Readers(Protocol):
    """The readers of one part of a contract, for what the protocol parses bodies to."""

    @property
    def paths(self) -> list[SegmentPath]:
        """The paths by their numbers."""
        ...

    def number(self, path: SegmentPath) -> int:
        """The number that stands for a path."""
        ...

    def reader(
        self, schema: Mapping[str, Any], path: SegmentPath
    ) -> Callable[[Any, At, Findings], Any] | None:
        """The reader of a place; None where a value is taken as it is."""
        ...


@dataclass(frozen=True)
class Content:
    """How the payloads of events are parsed, read and written.

    `media_types` are those of a structure, the one that is written first. `parse` gives what a
    reader takes, a `container` for a structure, and what is wrong with the text; it raises
    ValueError where there is nothing to read. `finish` makes logical JSON of all that readers leave
    as it is. `write` takes a structure's schema, its value, and the path for complaints.
    """

    media_types: tuple[str, ...]
    parse: Callable[[bytes], tuple[Any, list[str]]]
    readers: Callable[[Contract, Part, SegmentPath], Readers]
    write: Callable[[Contract, Schema, Any, str], bytes]
    container: type
    finish: Callable[[Any], Any]


def _json_readers(contract: Contract, part: Part, root: SegmentPath) -> Readers:
    return JsonReader(contract, part, root, wire=True)


def _cbor_readers(contract: Contract, part: Part, root: SegmentPath) -> Readers:
    return CborReader(contract, part, root, wire=True)


def _write_json(contract: Contract, schema: Schema, value: Any, path: str) -> bytes:
    return json_writer.body_bytes(json_writer.wire_value(contract, schema, value, path), path)


def _write_cbor(contract: Contract, schema: Schema, value: Any, path: str) -> bytes:
    return cbor_writer.body_bytes(cbor_writer.wire_value(contract, schema, value), path)


def _write_xml(contract: Contract, schema: Schema, value: Any, path: str) -> bytes:
    """The payload's root element is called by its shape."""
    writer = XmlWriter(contract, answering=True)
    name = str(schema.get("$ref", path)).rpartition("/")[2]
    return xml_text.document(writer.element(schema, value, name, path))


JSON = Content(
    ("application/json", "application/x-amz-json-1.1", "application/x-amz-json-1.0"),
    json_text.parse,
    _json_readers,
    _write_json,
    dict,
    lambda value: value,
)
XML = Content(
    ("text/xml", "application/xml"),
    lambda body: (xml_text.parse(body), []),
    XmlReader,
    _write_xml,
    xml_text.Element,
    lambda value: value,
)
CBOR = Content(("application/cbor",), cbor_data.decode, _cbor_readers, _write_cbor, dict, plain)
