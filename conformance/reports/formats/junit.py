"""JUnit XML, as Jenkins' xunit plugin reads it: a suite an operation, a test case a clause.

That schema (junit-10.xsd, known as xunit2) has properties of suites and none of test cases, and
the plugin refuses files that have them. So those of a clause stand in its output, in the form that
tools look for there: `[[PROPERTY|level=MUST]]`.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement

from awsconform.conformance.reports.formats.exchange_text import answer_lines, request_lines
from awsconform.conformance.reports.formats.parts import (
    DRAWN,
    FLAKY,
    OF_A_CLIENT,
    Document,
    is_complete,
    not_judged,
)
from awsconform.conformance.reports.messages import printable, shortened
from awsconform.conformance.reports.wording import count

NAME = "awsconform"
LONGEST_TEXT = 500
LINES_OF_CODE = 8
_LABEL = 13


def junit(document: Document) -> str:
    """The XML of a report, with its declaration, ending with a line's end."""
    root = Element("testsuites", name=NAME)
    for operation in document["operations"]:
        root.append(_suite(document, operation))
    counted = _counts(each for suite in document["operations"] for each in suite["clauses"])
    for name in ("tests", "failures", "errors"):
        root.set(name, str(counted[name]))
    root.set("time", _seconds(document["seconds"]))
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text.decode() + "\n"


def _suite(document: Document, operation: Document) -> Element:
    counted = _counts(operation["clauses"])
    attributes = {
        "name": printable(operation["id"]),
        "package": printable(operation["service"]),
        "timestamp": printable(document["made"]),
        **{name: str(number) for name, number in counted.items()},
    }
    suite = Element("testsuite", attributes)
    suite.set("time", _seconds(operation["seconds"]))
    properties = SubElement(suite, "properties")
    for name, value in _facts(document, operation):
        SubElement(properties, "property", name=name, value=_line(value))
    for clause in operation["clauses"]:
        suite.append(_case(operation, clause))
    return suite


def _facts(document: Document, operation: Document) -> Iterator[tuple[str, str]]:
    conformance, coverage = operation["conformance"], operation["coverage"]
    yield "target", document["target"]
    yield "seed", str(document["seed"])
    yield "awsconform", document["versions"]["awsconform"]
    yield "botocore", document["versions"]["botocore"]
    yield "apiVersion", operation["apiVersion"]
    yield "protocol", operation["protocol"]
    yield "conformance", f"{conformance['conforming']}/{conformance['judged']}"
    yield "coverage", f"{coverage['judged']}/{coverage['clauses']}"
    yield "apart", str(operation["apart"])
    yield "requests", str(operation["requests"])
    if operation["trouble"]:
        yield "trouble", operation["trouble"]
    if not is_complete(document):
        yield "complete", "false"


def _case(operation: Document, clause: Document) -> Element:
    case = Element("testcase", name=printable(clause["id"]), classname=printable(operation["id"]))
    verdict = clause["verdict"]
    if verdict == "violates":
        _failure(case, clause)
    elif verdict == "error":
        error = SubElement(case, "error", type="error", message=_line(clause["reason"]))
        error.text = _text(["The suite itself failed.", clause["reason"]])
    elif verdict != "conforms":
        kind = "apart" if clause["apart"] is not None else verdict
        SubElement(case, "skipped", type=kind, message=_line(not_judged(clause)))
    output = SubElement(case, "system-out")
    output.text = "\n".join(f"[[PROPERTY|{name}={_value(text)}]]" for name, text in _of(clause))
    return case


def _of(clause: Document) -> Iterator[tuple[str, str]]:
    """The properties of a clause."""
    yield "level", clause["level"]
    yield "part", clause["part"]
    yield "kind", clause["kind"]
    yield "sources", ", ".join(clause["sources"])
    yield "verdict", clause["verdict"]
    yield "exchanges", str(clause["exchanges"])
    if clause["apart"] is not None:
        yield "apart", clause["apart"]
    for finding in clause["findings"]:
        yield "fingerprint", finding["fingerprint"]
        if finding["flaky"]:
            yield "flaky", finding["fingerprint"]


def _failure(case: Element, clause: Document) -> None:
    """One failure for all findings of a clause: of several, Jenkins keeps the first alone."""
    found = clause["findings"]
    first = found[0]
    flaky = "flaky: " if all(each["flaky"] for each in found) else ""
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    failure = SubElement(
        case, "failure", type="violates", message=f"{flaky}{_line(first['observed'])}{more}"
    )
    lines = [clause["statement"], ""]
    if len(found) > 1:
        lines[1:1] = [count(len(found), "finding")]
    for finding in found:
        lines += [*_finding_lines(clause, finding), ""]
    failure.text = _text(lines)


def _finding_lines(clause: Document, finding: Document) -> Iterator[str]:
    yield from _field("expected", [finding["expected"]])
    yield from _field("came", [shortened(finding["observed"], LONGEST_TEXT)])
    yield from _field("request", request_lines(finding))
    yield from _field("answer", answer_lines(finding))
    if finding["shownBy"] is not None:
        yield from _field("shown by", request_lines(finding["shownBy"]))
        yield from _field("answer", answer_lines(finding["shownBy"]))
    if finding["flaky"]:
        yield from _field("flaky", [FLAKY])
    if finding["drawn"]:
        yield from _field("drawn", [DRAWN])
    if clause["view"] == "sdk":
        yield from _field("view", [OF_A_CLIENT])
    yield from _field("fingerprint", [finding["fingerprint"]])
    again = finding["reproduction"]
    yield from _field("again", [again["awsconform"]])
    if again["first"]:
        yield from _field("start first", [again["first"]])
    yield from _field("curl", _beginning(again["curl"]))


def _field(label: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield f"{label if number == 0 else '':<{_LABEL}}{line}".rstrip()


def _beginning(code: str) -> list[str]:
    """The first lines of some code, with the number of those left out."""
    lines = [shortened(line, LONGEST_TEXT) for line in code.rstrip("\n").split("\n")]
    more = len(lines) - LINES_OF_CODE
    return lines if more <= 0 else [*lines[:LINES_OF_CODE], f"… and {count(more, 'more line')}"]


def _counts(clauses: Iterable[Document]) -> dict[str, int]:
    counted = Counter(clause["verdict"] for clause in clauses)
    tests, failures, errors = counted.total(), counted["violates"], counted["error"]
    skipped = tests - failures - errors - counted["conforms"]
    return {"tests": tests, "failures": failures, "errors": errors, "skipped": skipped}


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"


def _text(lines: Iterable[str]) -> str:
    """Lines with everything that XML cannot hold, or a terminal acts on, written as an escape."""
    return printable("\n".join(lines)).rstrip("\n") + "\n"


def _line(text: str) -> str:
    """One line of an attribute."""
    return printable(shortened(text, LONGEST_TEXT)).replace("\n", " ")


def _value(text: str) -> str:
    """A value that does not end the brackets around it."""
    return _line(text).replace("]]", "] ]").replace("[[", "[ [")
