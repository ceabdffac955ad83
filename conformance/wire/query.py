"""The protocol AWS Query: a form as request, XML with a result and its metadata as response.

Smithy: aws.protocols#awsQuery. Neither a form nor XML can tell null from absence. A flattened list
or map without items is not there: `write` leaves it out, and `read` does not find it.
"""

from __future__ import annotations

from typing import Any

from awsconform.conformance.exchange import Case, HTTPRequest, HTTPResponse
from awsconform.conformance.wire import xml_answers
from awsconform.conformance.wire.answer import Answer, Problem
from awsconform.conformance.wire.form_writer import FormWriter, form_request
from awsconform.conformance.wire.part_reader import Reading
from awsconform.conformance.wire.responses import REQUEST_ID, wire_problem
from awsconform.conformance.wire.xml_error_writer import error_response
from awsconform.conformance.wire.xml_part import xml_part
from awsconform.conformance.wire.xml_text import Element, document
from awsconform.conformance.wire.xml_writer import XmlWriter, declare
from awsconform.specs.contract import Contract

METADATA = "ResponseMetadata"


def encode(contract: Contract, case: Case) -> HTTPRequest:
    """The request of a case.

    Raises:
        NotExpressible: a value has no wire form at its place.
    """
    return form_request(FormWriter(contract), case)


def read(contract: Contract, response: HTTPResponse) -> Answer:
    """A response, read strictly."""
    return xml_answers.read(contract, response, _success)


def write(contract: Contract, value: dict[str, Any], *, code: str | None = None) -> HTTPResponse:
    """A correct answer with this value, or the error of `code` with these members.

    Raises:
        NotExpressible: a value has no wire form at its place.
    """
    if code is not None:
        return error_response(contract, value, code)
    writer = XmlWriter(contract, answering=True)
    root = Element(_root_name(contract))
    declare(root, contract.aws.get("xmlNamespace"))
    if contract.output_shape:
        schema = {"$ref": f"#/$defs/{contract.output_shape}"}
        root.children.append(writer.element(schema, value, _result_name(contract), "response"))
    metadata = Element(METADATA, children=[Element("RequestId", text=REQUEST_ID)])
    root.children.append(metadata)
    return HTTPResponse(contract.status, (("Content-Type", "text/xml"),), document(root))


def _root_name(contract: Contract) -> str:
    return f"{contract.operation}Response"


def _result_name(contract: Contract) -> str:
    return str(contract.aws.get("resultWrapper") or f"{contract.operation}Result")


def _success(contract: Contract, response: HTTPResponse, problems: list[Problem]) -> Reading:
    root = xml_answers.document(contract, response, problems)
    problems += xml_answers.root_problem(root, _root_name(contract))
    problems += _metadata_problem(root)
    part = xml_part(contract, "response", located=False)
    due = _result_name(contract)
    results = list(root.named(due))
    # An operation without output may still send an empty result.
    if contract.output_shape and len(results) != 1:
        number = "more than one" if results else "no"
        problems.append(wire_problem("xml", f"<{root.name}> has {number} <{due}>"))
    strays = [child.name for child in root.children if child.name not in (due, METADATA)]
    if strays:
        message = f"<{strays[0][:80]}> stands in <{root.name}>, beside <{due}>"
        problems.append(wire_problem("xml", message))
    if root.text.strip():
        problems.append(wire_problem("xml", f"text among the elements of <{root.name}>"))
    return part.read(results[0] if results else None, response)


def _metadata_problem(root: Element) -> list[Problem]:
    metadata = root.child(METADATA)
    stated = metadata.child("RequestId") if metadata is not None else None
    if stated is not None and stated.text.strip():
        return []
    return [wire_problem("request-id", f"<{METADATA}><RequestId> is missing or empty")]
