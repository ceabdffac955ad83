"""Reading responses of the query and XML protocols: what all three have in common."""

from __future__ import annotations

from collections.abc import Callable

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.wire import xml_errors
from awsconform.conformance.wire.answer import Answer, AnswerKind, Problem
from awsconform.conformance.wire.part_reader import BodyProblem, Reading
from awsconform.conformance.wire.responses import status_problem, wire_problem
from awsconform.conformance.wire.s3_answers import is_other_success, may_fail_late
from awsconform.conformance.wire.xml_text import Element, NotXML, parse
from awsconform.specs.contract import Contract

CONTENT_TYPES = ("text/xml", "application/xml")

# Reads a success from the root element; None where the response has no body.
Success = Callable[[Contract, HTTPResponse, list[Problem]], Reading]


class ErrorInstead(Exception):
    """A response with a status of success holds an error."""

    def __init__(self, stated: xml_errors.Stated) -> None:
        super().__init__(stated.code)
        self.stated = stated


def read(contract: Contract, response: HTTPResponse, success: Success) -> Answer:
    """A response, read strictly; `success` reads what is no error.

    `success` may raise `NotXML`, `BodyProblem` and `ErrorInstead`.
    """
    problems: list[Problem] = []
    try:
        if response.status >= 300:
            return _error(contract, response, problems)
        if not is_other_success(contract, response):
            problems += status_problem(contract, response)
        reading = success(contract, response, problems)
    except (NotXML, BodyProblem) as error:
        problems.append(wire_problem("xml", str(error)))
        return Answer(AnswerKind.UNREADABLE, response.status, problems=tuple(problems))
    except ErrorInstead as error:
        return xml_errors.answer(contract, response, error.stated, problems)
    return reading.answer(AnswerKind.SUCCESS, response.status, problems)


def document(contract: Contract, response: HTTPResponse, problems: list[Problem]) -> Element:
    """The root element of a success.

    Raises:
        NotXML: the body is no XML, or a web page.
        ErrorInstead: the body is an error.
    """
    root = _document(response, problems)
    stated = xml_errors.find(contract, root)
    if stated is not None:
        if not may_fail_late(contract):
            message = f"{response.status} with an error in the body"
            problems.append(wire_problem("status", message))
        raise ErrorInstead(stated)
    return root


def root_problem(root: Element, due: str) -> list[Problem]:
    """The problem of a root element that is not called `due`."""
    if root.name == due:
        return []
    return [wire_problem("xml", f"the root element is <{root.name}>, <{due}> is due")]


def _error(contract: Contract, response: HTTPResponse, problems: list[Problem]) -> Answer:
    if response.status < 400 and response.status != 304:
        problems += status_problem(contract, response)
    if not response.body:
        if 300 <= response.status < 400 and contract.method != "HEAD" and response.status != 304:
            return Answer(AnswerKind.UNREADABLE, response.status, problems=tuple(problems))
        return xml_errors.by_status(contract, response, problems)
    root = _document(response, problems)
    stated = xml_errors.find(contract, root)
    if stated is None:
        raise NotXML(f"<{root.name}> is no error, {xml_errors.form(contract).text} is due")
    return xml_errors.answer(contract, response, stated, problems)


def _document(response: HTTPResponse, problems: list[Problem]) -> Element:
    problems += _content_type_problem(response)
    root = parse(response.body)
    if root.name.lower() == "html":
        raise NotXML("the body is a web page")
    return root


def _content_type_problem(response: HTTPResponse) -> list[Problem]:
    due = " or ".join(CONTENT_TYPES)
    stated = response.header("content-type")
    if stated is None:
        return [wire_problem("content-type", f"none, {due} is due")]
    if stated.partition(";")[0].strip().lower() not in CONTENT_TYPES:
        return [wire_problem("content-type", f"{stated!r}, {due} is due")]
    return []
