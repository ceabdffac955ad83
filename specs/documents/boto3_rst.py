"""Reader of boto3 reference pages in reStructuredText, as botocore's documenters write them."""

from __future__ import annotations

import re
from dataclasses import replace

from awsconform.specs.documents.boto3 import Parts, page_of, refuse_partial
from awsconform.specs.documents.listing import RST, WORDS, Entry, entries, fill, note_required
from awsconform.specs.documents.sections import Cursor
from awsconform.specs.documents.source import Line, Source
from awsconform.specs.documents.syntax import request_syntax, response_syntax
from awsconform.specs.documents.tree import Page, PageWarning

_BREADCRUMB = re.compile(
    r":doc:`(?P<title>[A-Za-z0-9]+) <(?:\.\./)+(?P<service>[a-z0-9-]+)>` / Client / (?P<method>\w+)"
)
_METHOD = re.compile(
    r"\.\. py:method:: (?P<title>[A-Za-z0-9]+)\.Client\.(?P<method>\w+)\((?:\*\*kwargs)?\)"
)
_LINK = re.compile(
    r" *See also: `AWS API Documentation <https://docs\.aws\.amazon\.com/goto/WebAPI/"
    r"(?P<endpoint>[\w.-]+?)-(?P<version>\d{4}-\d{2}-\d{2})/(?P<operation>\w+)>`_ *"
)
_REQUEST = "**Request Syntax**"
_RESPONSE = "**Response Syntax**"
_STRUCTURE = "**Response Structure**"
_EXCEPTIONS = "**Exceptions**"
_EXAMPLES = "**Examples**"
_TYPE = re.compile(r"  :type (?P<name>\S+): (?P<word>.+?) *")
_PARAM = re.compile(r"  :param (?P<name>\S+):(?P<rest>(?: .*)?)")
_EXCEPTION = re.compile(
    r"  \* +:py:class:`(?P<title>[A-Za-z0-9]+)\.Client\.exceptions\.(?P<code>\w+)` *"
)
_EVENTS = "The response of this operation contains an :class:`.EventStream` member."


def read(source: Source) -> Page:
    """Read a page; raises `PageError` with the line where it is cut off or not understood."""
    refuse_partial(source)
    source = _reindented(source)
    parts = Parts(source, "boto3-rst")
    cursor = Cursor(source)
    _head(parts, cursor)
    _description(parts, cursor)
    _request(parts, cursor)
    _parameters(parts, cursor)
    _returns(parts, cursor)
    _exceptions(parts, cursor)
    return page_of(parts)


def _reindented(source: Source) -> Source:
    """Descriptions whose links broke off a line: the rest of that stands at its beginning."""
    lines: list[Line] = []
    for line in source.lines:
        broken = lines and lines[-1].text.rstrip().endswith("`__") and lines[-1].indent > 2
        if broken and not line.blank and line.indent < 2:
            line = Line(line.number, " " * lines[-1].indent + line.text.strip())
        lines.append(line)
    return replace(source, lines=tuple(lines))


def _head(parts: Parts, cursor: Cursor) -> None:
    for line in cursor.until(lambda line: line.text.startswith(".. py:method::"), "py:method"):
        text = line.text.strip()
        crumb = _BREADCRUMB.fullmatch(text)
        if crumb:
            parts.named(crumb["method"], line.number)
            parts.titled(crumb["title"], line.number)
            parts.service = crumb["service"]
        elif re.fullmatch(r"\w+", text):
            parts.named(text, line.number)
        elif text.strip("*"):
            raise parts.source.error(line.number, f"not understood before the method: {text!r}")
    signature = cursor.take()
    match = _METHOD.fullmatch(signature.text.rstrip())
    if match is None:
        raise parts.source.error(signature.number, "the method's signature is not understood")
    parts.named(match["method"], signature.number)
    parts.titled(match["title"], signature.number)


def _description(parts: Parts, cursor: Cursor) -> None:
    for line in cursor.until(lambda line: line.text.strip() == _REQUEST, "Request Syntax"):
        link = _LINK.fullmatch(line.text)
        if link:
            parts.endpoint, parts.api_version = link["endpoint"], link["version"]
            parts.operation, parts.stated_line = link["operation"], line.number
        elif "AWS API Documentation" in line.text or "goto/WebAPI" in line.text:
            raise parts.source.error(line.number, "the link to the API documentation is damaged")
        else:
            parts.description.append(line)
    if parts.operation is None:
        message = "the link to the API documentation, which names the operation, is missing"
        parts.warnings.append(PageWarning(cursor.line, message))
    cursor.take()


def _outside(line: Line) -> bool:
    """Whether a line is not part of a description; some links in those lost their indentation."""
    return not line.blank and line.indent <= 2 and not (line.indent < 2 and "`" in line.text)


def _code(cursor: Cursor, stop: re.Pattern[str], what: str) -> list[Line]:
    """The lines of a literal block, up to the line that matches `stop`."""
    mark = cursor.take_filled("::")
    lines = cursor.until(lambda line: stop.match(line.text) is not None, what)
    for line in lines:
        if not line.blank and line.indent <= mark.indent:
            raise cursor.source.error(line.number, f"not understood: {line.text.strip()!r}")
    return [line for line in lines if not line.blank]


def _request(parts: Parts, cursor: Cursor) -> None:
    after = re.compile(r"  :(type |rtype|returns)")
    lines = _code(cursor, after, "the parameters or the return value")
    method, parts.request = request_syntax(parts.source, lines)
    parts.named(method, lines[0].number)


def _parameters(parts: Parts, cursor: Cursor) -> None:
    field = re.compile(r"  :(type |rtype|returns)")
    while cursor.peek().text.startswith("  :type"):
        line = cursor.take()
        kind = _TYPE.fullmatch(line.text)
        named = cursor.take()
        param = _PARAM.fullmatch(named.text)
        if kind is None or kind["word"] not in WORDS:
            raise parts.source.error(line.number, f"the type is not understood: {line.text!r}")
        if param is None or param["name"] != kind["name"]:
            raise parts.source.error(named.number, f":param {kind['name']}: is expected here")
        entry = Entry(kind["name"], WORDS[kind["word"]], named.number, 2)
        note_required(parts.source, entry, Line(named.number, param["rest"].strip()), RST)
        body = cursor.until(lambda line: field.match(line.text) is not None, "the return value")
        for below in body:
            if _outside(below):
                raise parts.source.error(below.number, f"not understood: {below.text.strip()!r}")
        fill(parts.source, entry, body, RST)
        parts.parameters.append(entry)


def _returns(parts: Parts, cursor: Cursor) -> None:
    line = cursor.take()
    if line.text.rstrip() == "  :returns: None":
        return
    if line.text.rstrip() != "  :rtype: dict":
        raise parts.source.error(line.number, f"the return type is not understood: {line.text!r}")
    returns = cursor.take()
    if returns.text.rstrip() != "  :returns:":
        raise parts.source.error(returns.number, ":returns: is expected here")
    for between in cursor.until(lambda line: line.text.strip() == _RESPONSE, "Response Syntax"):
        if not between.blank and not between.text.strip().startswith(_EVENTS):
            raise parts.source.error(between.number, f"not understood: {between.text.strip()!r}")
    cursor.take()
    stop = re.compile(r" *\*\*Response Structure\*\*")
    parts.response = response_syntax(parts.source, _code(cursor, stop, "Response Structure"))
    start = cursor.take()
    lines = cursor.rest_until(_outside)
    found = entries(parts.source, lines, RST)
    if len(found) != 1 or found[0].name is not None:
        raise parts.source.error(start.number, "the response structure is cut off")
    parts.returned = found[0]


def _exceptions(parts: Parts, cursor: Cursor) -> None:
    for line in cursor.rest_until(lambda line: line.text.strip() == _EXAMPLES):
        text = line.text.strip()
        if text == _EXCEPTIONS and parts.errors_line is None:
            parts.errors_line = line.number
        elif text:
            match = _EXCEPTION.fullmatch(line.text)
            if match is None or parts.errors_line is None:
                raise parts.source.error(line.number, f"not understood: {text!r}")
            parts.titled(match["title"], line.number)
            parts.raises(match["code"], line.number)
