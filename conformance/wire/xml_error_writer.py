"""Errors as correct XML, in the form the service's own have."""

from __future__ import annotations

from typing import Any

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.wire.bindings import bindings
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.responses import REQUEST_ID, error_shape, error_status
from awsconform.conformance.wire.xml_errors import FAULTS, MESSAGE, WRAPPED, form
from awsconform.conformance.wire.xml_text import Element, document
from awsconform.conformance.wire.xml_writer import XmlWriter, declare
from awsconform.specs.contract import Contract


def error_response(
    contract: Contract,
    value: dict[str, Any],
    code: str,
    *,
    headers: tuple[tuple[str, str], ...] = (),
) -> HTTPResponse:
    """The response of an error whose members are `value`; `headers` come besides its own.

    The message is `Message` on the wire, whatever its shape calls it.

    Raises:
        NotExpressible: a value has no wire form at its place.
    """
    writer = XmlWriter(contract, answering=True)
    due = form(contract)
    error = Element(due.elements[-1])
    if due is WRAPPED:
        error.children.append(Element("Type", text=FAULTS[_fault(contract, code)]))
    error.children.append(Element("Code", text=code))
    schema = bindings(contract, error_shape(contract, code)).body
    members = Element(error.name)
    writer.members(members, schema, value, code)
    for member in members.children:
        if member.name in ("Code", "Type"):
            # Shapes of old services have them as members, and they say the same.
            if member.text not in [each.text for each in error.named(member.name)]:
                raise NotExpressible(f"{code}/{member.name}", "the error says another")
            continue
        if member.name.lower() == MESSAGE:
            member.name = "Message"
        error.children.append(member)
    root = error
    for name in reversed(due.elements[:-1]):
        root = Element(name, children=[root])
    root.children.append(Element(due.request_id, text=REQUEST_ID))
    if due is WRAPPED:
        declare(root, contract.aws.get("xmlNamespace"))
    stated = (("Content-Type", "text/xml"), *headers)
    return HTTPResponse(error_status(contract, code), stated, document(root))


def _fault(contract: Contract, code: str) -> str:
    if code in contract.errors:
        return contract.errors[code].fault
    return "server" if error_status(contract, code) >= 500 else "sender"
