"""The protocol of EC2: a form as request, XML with the members right below its root as response.

Smithy: aws.protocols#ec2Query. Names in requests begin with a capital, and lists have no `member`
between name and number; empty lists, maps and structures leave no trace there. Every response has a
`requestId`, and where there is nothing else to say, `return` (EC2's API reference).
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

FRAMEWORK = frozenset(("requestId", "return"))


def encode(contract: Contract, case: Case) -> HTTPRequest:
    """The request of a case.

    Raises:
        NotExpressible: a value has no wire form at its place.
    """
    return form_request(FormWriter(contract, ec2=True), case)


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
    root = Element(_root_name(contract), children=[Element("requestId", text=REQUEST_ID)])
    declare(root, contract.aws.get("xmlNamespace"))
    if contract.output_shape:
        schema = contract.resolve({"$ref": f"#/$defs/{contract.output_shape}"})
        writer.members(root, schema, value, "response")
    else:
        root.children.append(Element("return", text="true"))
    return HTTPResponse(contract.status, (("Content-Type", "text/xml"),), document(root))


def _root_name(contract: Contract) -> str:
    return f"{contract.operation}Response"


def _success(contract: Contract, response: HTTPResponse, problems: list[Problem]) -> Reading:
    root = xml_answers.document(contract, response, problems)
    problems += xml_answers.root_problem(root, _root_name(contract))
    stated = root.child("requestId")
    if stated is None or not stated.text.strip():
        problems.append(wire_problem("request-id", "<requestId> is missing or empty"))
    part = xml_part(contract, "response", located=False)
    own = FRAMEWORK - part.names
    members = [child for child in root.children if child.name not in own]
    return part.read(Element(root.name, None, root.attributes, members, root.text), response)
