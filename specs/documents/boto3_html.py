"""Reader of boto3 reference pages in HTML, as Sphinx makes them, whatever theme is around.

What the page says is written out as lines in the form of the other readers, each with its line
in the HTML, and read like a text page: there is one logic for them all.
"""

from __future__ import annotations

import re

from awsconform.specs.documents.boto3 import Parts, page_of, refuse_partial
from awsconform.specs.documents.boto3_text import read_parts
from awsconform.specs.documents.html_lines import Writer
from awsconform.specs.documents.html_tree import Element, Markup, markup_of
from awsconform.specs.documents.listing import RST
from awsconform.specs.documents.source import Line, Source
from awsconform.specs.documents.tree import Page

_BREADCRUMB = re.compile(r"[A-Za-z0-9]+ / Client / \w+")
_SERVICE = re.compile(r"(?:.*/)?(?P<service>[a-z0-9-]+)(?:\.html|/|/index\.html)?(?:#.*)?")
_LINK = re.compile(
    r"https?://docs\.aws\.amazon\.com/goto/WebAPI/"
    r"(?P<endpoint>[\w.-]+?)-(?P<version>\d{4}-\d{2}-\d{2})/(?P<operation>\w+)"
)
_LINKED = "AWS API Documentation"


def read(source: Source) -> Page:
    """Read a page; raises `PageError` with the line where it is cut off or not understood."""
    refuse_partial(source)
    markup = markup_of(source)
    method = _method(markup)
    head = _head(markup, method)
    writer = Writer()
    for child in method.children:
        if isinstance(child, Element) and child.tag == "dd":
            writer.description(child)
    lines = (*head, *writer.lines)
    parts = Parts(Source(source.name, lines, source.sha256), "boto3-html", even=False)
    parts.service = _service(markup, head[0].number)
    _link(parts, method)
    read_parts(parts, RST)
    return page_of(parts)


def _method(markup: Markup) -> Element:
    """The description of the page's only method."""
    methods = markup.root.all("dl", "py", "method")
    if not methods:
        raise markup.source.error(1, "the page describes no method of a client")
    if len(methods) > 1:
        raise markup.source.error(
            methods[1].line,
            "the page describes more than one method",
            hint="save the page of the operation itself",
        )
    markup.check(methods[0])
    return methods[0]


def _head(markup: Markup, method: Element) -> list[Line]:
    """Breadcrumb, heading and signature, a line each."""
    above = [each for each in markup.root.below() if each.line <= method.line]
    crumbs = [e for e in above if e.tag == "p" and _BREADCRUMB.fullmatch(e.text())]
    headings = [e for e in above if e.tag == "h1" and re.fullmatch(r"\w+", e.text())]
    signature = [e for e in method.children if isinstance(e, Element) and e.tag == "dt"]
    for found, what in (
        (crumbs, "the page's title"),
        (headings, "the method's heading"),
        (signature, "the method's signature"),
    ):
        if not found:
            raise markup.source.error(method.line, f"{what} is missing above the method")
    return [
        Line(found[-1].line, "".join(found[-1].text().split()) if flat else found[-1].text())
        for found, flat in ((crumbs, False), (headings, False), (signature, True))
    ]


def _service(markup: Markup, line: int) -> str | None:
    """The service the breadcrumb links to."""
    for link in markup.root.all("a"):
        if link.line == line and "href" in link.attributes:
            match = _SERVICE.fullmatch(link.attributes["href"])
            if match is not None:
                return match["service"]
    return None


def _link(parts: Parts, method: Element) -> None:
    """What the link to the API documentation states, the last one of the description."""
    for link in method.all("a"):
        if link.text() == _LINKED:
            match = _LINK.fullmatch(link.attributes.get("href", ""))
            if match is None:
                raise parts.source.error(link.line, "the link to the API documentation is damaged")
            parts.endpoint, parts.api_version = match["endpoint"], match["version"]
            parts.operation, parts.stated_line = match["operation"], link.line
