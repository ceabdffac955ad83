"""Reader of boto3 reference pages as Sphinx shows them, saved as plain text.

That is either a page copied from a browser or the output of Sphinx' own text builder.
"""

from __future__ import annotations

import re

from awsconform.specs.documents import built_text, layout
from awsconform.specs.documents.boto3 import Parts, page_of, refuse_partial
from awsconform.specs.documents.listing import REQUIRED, RST, TEXT, Bullets, Entry, entries
from awsconform.specs.documents.sections import Cursor
from awsconform.specs.documents.source import Line, Source
from awsconform.specs.documents.syntax import request_syntax, response_syntax
from awsconform.specs.documents.tree import Page, PageWarning

_BREADCRUMB = re.compile(r"(?P<title>[A-Za-z0-9]+) / Client / (?P<method>\w+)")
_HEADING = re.compile(r"(?P<method>\w+)[#\u00b6]?")
_METHOD = re.compile(
    r"(?P<title>[A-Za-z0-9]+)\.Client\.(?P<method>\w+)\((?:\*\*kwargs)?\)[#\u00b6]?"
)
_SEE_ALSO = "See also: AWS API Documentation"
_EXCEPTION = re.compile(r" *[\u2022*] (?P<title>[A-Za-z0-9]+)\.Client\.exceptions\.(?P<code>\w+) *")
_EVENTS = "The response of this operation contains an EventStream member."


def read(source: Source) -> Page:
    """Read a page; raises `PageError` with the line where it is cut off or not understood."""
    refuse_partial(source)
    if built_text.is_built(source):
        parts = Parts(built_text.rewritten(source), "boto3-text", even=False)
        read_parts(parts, RST)
    else:
        parts = Parts(source, "boto3-text")
        read_parts(parts, TEXT)
        parts.warnings += layout.gaps(source)
    return page_of(parts)


def read_parts(parts: Parts, bullets: Bullets) -> None:
    """Read the lines of `parts.source`; `bullets` is how the member lists among them are set.

    Headings and fields stand at the beginning of their lines, lists are indented. Raises
    `PageError`.
    """
    cursor = Cursor(parts.source)
    _head(parts, cursor)
    _description(parts, cursor)
    _request(parts, cursor, bullets)
    _returns(parts, cursor, bullets)
    _exceptions(parts, cursor)


def _is(*headings: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, headings)) + r") *$")


def _head(parts: Parts, cursor: Cursor) -> None:
    for pattern, what in (
        (_BREADCRUMB, "the page's title"),
        (_HEADING, "the method's heading"),
        (_METHOD, "the method's signature"),
    ):
        line = cursor.take_filled()
        match = pattern.fullmatch(line.text.strip())
        if match is None:
            raise parts.source.error(line.number, f"{what} is expected here")
        parts.named(match["method"], line.number)
        if "title" in match.groupdict():
            parts.titled(match["title"], line.number)


def _description(parts: Parts, cursor: Cursor) -> None:
    heading = _is("Request Syntax")
    lines = cursor.until(lambda line: heading.match(line.text) is not None, "Request Syntax")
    parts.description = [line for line in lines if line.text.strip() != _SEE_ALSO]
    if len(parts.description) == len(lines):
        message = "the link to the API documentation is missing"
        parts.warnings.append(PageWarning(cursor.line, message))
    cursor.take()


def _request(parts: Parts, cursor: Cursor, bullets: Bullets) -> None:
    heading = _is("Parameters:", "Return type:", "Returns:")
    lines = cursor.until(lambda line: heading.match(line.text) is not None, "Parameters:")
    code = [line for line in lines if not line.blank]
    method, parts.request = request_syntax(parts.source, code)
    parts.named(method, code[0].number if code else cursor.line)
    if cursor.peek().text.rstrip() != "Parameters:":
        return
    cursor.take()
    after = _is("Return type:", "Returns:")
    body = cursor.until(lambda line: after.match(line.text) is not None, "Returns:")
    _indented(parts.source, body)
    parts.parameters = entries(parts.source, body, bullets)
    for entry in parts.parameters:
        _unmarked(parts, entry)


def _unmarked(parts: Parts, entry: Entry) -> None:
    """Doubt a lone paragraph below its entry: what made it stand there may have been lost.

    Sphinx puts a single paragraph on the line of the entry; `[REQUIRED]`, itself a paragraph,
    moves it down.
    """
    paragraphs = sum(1 for line in entry.text if not line.blank)
    if not entry.required and not entry.inline and not entry.children and paragraphs == 1:
        message = f"the description of {entry.name!r} stands as if after {REQUIRED}"
        parts.warnings.append(PageWarning(entry.line, message))


def _indented(source: Source, lines: list[Line]) -> None:
    for line in lines:
        if not line.blank and line.indent == 0:
            raise source.error(line.number, f"not understood: {line.text.strip()!r}")


def _returns(parts: Parts, cursor: Cursor, bullets: Bullets) -> None:
    line = cursor.take()
    if line.text.strip() == "Return type:":
        cursor.take_filled("dict")
        cursor.take_filled("Returns:")
    first = cursor.take_filled()
    if line.text.strip() == "Returns:":
        if first.text.strip() != "None":
            raise parts.source.error(first.number, "None is expected here")
        return
    if first.text.strip().startswith(_EVENTS):
        first = cursor.take_filled()
    if first.text.strip() != "Response Syntax":
        raise parts.source.error(first.number, "Response Syntax is expected here")
    heading = _is("Response Structure")
    lines = cursor.until(lambda line: heading.match(line.text) is not None, "Response Structure")
    parts.response = response_syntax(parts.source, [line for line in lines if not line.blank])
    start = cursor.take()
    body = cursor.rest_until(lambda line: line.text.rstrip() in ("Exceptions", "Examples"))
    _indented(parts.source, body)
    found = entries(parts.source, body, bullets)
    if len(found) != 1 or found[0].name is not None:
        raise parts.source.error(start.number, "the response structure is cut off")
    parts.returned = found[0]


def _exceptions(parts: Parts, cursor: Cursor) -> None:
    for line in cursor.rest_until(lambda line: line.text.rstrip() == "Examples"):
        text = line.text.strip()
        if text == "Exceptions" and parts.errors_line is None:
            parts.errors_line = line.number
        elif text:
            match = _EXCEPTION.fullmatch(line.text)
            if match is None or parts.errors_line is None:
                raise parts.source.error(line.number, f"not understood: {text!r}")
            parts.titled(match["title"], line.number)
            parts.raises(match["code"], line.number)
