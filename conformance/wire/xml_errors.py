"""Errors in XML: where each protocol puts them, their codes, whose fault they say it was.

Smithy: aws.protocols#awsQuery, #ec2Query and #restXml (`noErrorWrapping` is S3's). SimpleDB
answers in EC2's form, Route 53's InvalidChangeBatch is an element of that name without any code.
"""

from __future__ import annotations

import dataclasses
import http
from dataclasses import dataclass

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.wire.answer import Answer, AnswerKind, Problem
from awsconform.conformance.wire.responses import (
    REQUEST_ID_HEADERS,
    declared_code,
    short_code,
    status_name,
    wire_problem,
)
from awsconform.conformance.wire.xml_part import xml_part
from awsconform.conformance.wire.xml_reader import loose
from awsconform.conformance.wire.xml_text import Element
from awsconform.specs.contract import Contract

CODE, IN_NAME, IN_STATUS = "Code", "root", "status"
FAULTS = {"sender": "Sender", "server": "Receiver"}
# Elements of an error that are no members of its shape. S3 adds what the error is about.
FRAMEWORK = frozenset(("Type", "Code", "Message", "Detail"))
MESSAGE = "message"


@dataclass(frozen=True)
class Form:
    """One form of errors: the elements down to the error's own, and the request id's in the root.

    `elements` begin with the root.
    """

    elements: tuple[str, ...]
    request_id: str

    @property
    def text(self) -> str:
        """The elements as messages name them."""
        return "".join(f"<{name}>" for name in self.elements)


WRAPPED = Form(("ErrorResponse", "Error"), "RequestId")
LISTED = Form(("Response", "Errors", "Error"), "RequestID")
BARE = Form(("Error",), "RequestId")
FORMS = (WRAPPED, LISTED, BARE)


@dataclass(frozen=True)
class Stated:
    """What an error's XML says: the element with its members, its form (None for a form of its
    own) and the texts of code, type and request id."""

    error: Element
    form: Form | None
    code: str | None
    type: str | None
    request_id: str | None


def form(contract: Contract) -> Form:
    """The form a service's errors are due in."""
    if contract.protocol == "ec2" or contract.service == "sdb":
        return LISTED
    return BARE if contract.service == "s3" else WRAPPED


def find(contract: Contract, root: Element) -> Stated | None:
    """The error in a document; None where there is none in any of the forms."""
    for each in FORMS:
        element: Element | None = root if root.name == each.elements[0] else None
        for name in each.elements[1:]:
            element = element.child(name) if element is not None else None
        if element is not None:
            code = short_code(_text(element, "Code"))
            stated = _text(root, each.request_id)
            return Stated(element, each, code, _text(element, "Type"), stated)
    if root.name in contract.errors and contract.protocol == "rest-xml":
        return Stated(root, None, root.name, None, _text(root, "RequestId"))
    return None


def _text(element: Element, name: str) -> str | None:
    child = element.child(name)
    return None if child is None else child.text.strip() or None


def answer(
    contract: Contract, response: HTTPResponse, stated: Stated, problems: list[Problem]
) -> Answer:
    """The answer an error in XML makes, with what is wrong with its form."""
    due = form(contract)
    code = declared_code(contract, stated.code)
    problems += _form_problems(contract, stated, due, code)
    if stated.request_id is None and not _id_in_header(contract, response):
        place = f"<{due.request_id}> in <{due.elements[0]}>"
        problems.append(wire_problem("request-id", f"the error has none, {place} is due"))
    place = IN_NAME if stated.form is None else CODE
    if code is None or code not in contract.errors:
        value = loose(_without(stated.error, frozenset(("Type", "Code"))))
        members = value if isinstance(value, dict) else {}
        found = None if code is None else place
        return Answer(
            AnswerKind.ERROR, response.status, members, code, found, problems=tuple(problems)
        )
    part = xml_part(contract, code, located=contract.protocol == "rest-xml")
    spelt = {name.lower(): name for name in part.names}
    own = FRAMEWORK | ({due.request_id} if due is BARE or stated.form is None else set())
    reading = part.read(_members(stated.error, own, spelt), response)
    told = _text(stated.error, "Message")
    value = reading.value
    if MESSAGE not in spelt and told is not None:
        value = {**value, "Message": told}
    # What an error of S3's is about (Resource, BucketName, Key, HostId …) is in no model.
    unknown = () if due is BARE else reading.unknown
    return Answer(
        AnswerKind.ERROR, response.status, value, code, place, (*problems, *reading.problems),
        reading.present, reading.nulls, unknown,
    )  # fmt: skip


def by_status(contract: Contract, response: HTTPResponse, problems: list[Problem]) -> Answer:
    """The answer an error without a body makes; its code is the status's name.

    Only an answer to HEAD, and 304, have no body by rights (RFC 9110); any other error is without
    a type then.
    """
    if contract.method != "HEAD" and response.status != http.HTTPStatus.NOT_MODIFIED:
        message = f"the error has no type: {form(contract).text}<Code> is due, there is no body"
        problems.append(Problem("errors", (), "discriminator", "", message))
        return Answer(AnswerKind.ERROR, response.status, {}, problems=tuple(problems))
    code = status_name(response.status)
    return Answer(AnswerKind.ERROR, response.status, {}, code, IN_STATUS, problems=tuple(problems))


def _form_problems(
    contract: Contract, stated: Stated, due: Form, code: str | None
) -> list[Problem]:
    told: list[Problem] = []

    def say(kind: str, message: str) -> None:
        told.append(Problem("errors", (), kind, "", message))

    if stated.code is None:
        say("discriminator", f"the error has no type: {due.text}<Code> is missing or empty")
    by_name = stated.form is None and contract.service == "route53"
    if stated.form is not due and not by_name:
        stands = stated.form.text if stated.form else f"<{stated.error.name}>"
        say("discriminator-place", f"the error stands in {stands}, {due.text} is due")
    fault = stated.type
    declared = contract.errors.get(code or "")
    if fault is None:
        if contract.protocol == "query" and stated.form is WRAPPED:
            told.append(wire_problem("xml", "the error has no <Type>, Sender or Receiver"))
    elif fault not in FAULTS.values():
        told.append(wire_problem("xml", f"<Type> is {fault[:40]!r}, not Sender or Receiver"))
    elif declared is not None and FAULTS[declared.fault] != fault:
        told.append(
            wire_problem("xml", f"<Type> is {fault}, but {code} is the {declared.fault}'s fault")
        )
    return told


def _id_in_header(contract: Contract, response: HTTPResponse) -> bool:
    in_headers = any(name.lower() in REQUEST_ID_HEADERS for name, _ in response.headers)
    return in_headers and contract.protocol == "rest-xml"


def _without(element: Element, names: frozenset[str]) -> Element:
    kept = [child for child in element.children if child.name not in names]
    return Element(element.name, element.namespace, element.attributes, kept, element.text)


def _members(element: Element, own: frozenset[str], spelt: dict[str, str]) -> Element:
    """The error's element with its members only, under the names its shape has.

    `spelt` has these by their small letters: models have `message` where the wire has `Message`,
    and some servers send both.
    """
    members = Element(element.name, element.namespace, element.attributes, [], element.text)
    there = {child.name for child in element.children}
    for child in element.children:
        name = spelt.get(child.name.lower())
        if name is not None and (name == child.name or name not in there):
            members.children.append(dataclasses.replace(child, name=name))
        elif child.name not in own:
            members.children.append(child)
    return members
