"""Reader of AWS CLI reference pages in HTML, as Sphinx makes them, whatever theme is around.

What the page says is written out as the lines a text page has, one a paragraph, with the nesting
as indentation and the line numbers of the HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from awsconform.specs.documents import cli_page
from awsconform.specs.documents.html_tree import Element, Markup, Text, markup_of
from awsconform.specs.documents.source import Line, Source
from awsconform.specs.documents.tree import Page, PageWarning

_STEP = 2
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol"})
_QUOTED = frozenset({"blockquote", "dd"})
_BLOCKS = (
    _HEADINGS
    | _LISTS
    | _QUOTED
    | frozenset(
        [
            "p",
            "pre",
            "dl",
            "dt",
            "div",
            "section",
            "aside",
            "table",
            "thead",
            "tbody",
            "tr",
            "td",
            "th",
            "li",
        ]
    )
)
_BREADCRUMB = re.compile(r"\[ ?aws\b.*\]")
_LINK = re.compile(
    r"https?://docs\.aws\.amazon\.com/goto/WebAPI/"
    r"(?P<endpoint>[\w.-]+?)-(?P<version>\d{4}-\d{2}-\d{2}[\w-]*)/(?P<operation>\w+)"
)
_LINKED = "AWS API Documentation"
_VERSION = re.compile(r"AWS CLI (?P<version>\d+(?:\.\d+)+)")


def read(source: Source) -> Page:
    """Read a page; raises `PageError` with the line where it is cut off or not understood."""
    markup = markup_of(source)
    title, content = _content(markup)
    markup.check(content)
    writer = _Writer()
    writer.blocks([title], 0)
    writer.blocks(content.children[_first_heading(content) :], 0)
    version = _version(markup)
    page = cli_page.read(replace(source, lines=tuple(writer.lines)), "cli-html", version=version)
    warnings = sorted((*page.warnings, *writer.warnings), key=lambda warning: warning.line)
    return _linked(replace(page, warnings=tuple(warnings)), markup, content)


def _content(markup: Markup) -> tuple[Element, Element]:
    """The paragraph that names the service, and the element with the command's heading in it."""
    titles = [each for each in markup.root.all("p") if _BREADCRUMB.fullmatch(each.text())]
    if not titles:
        raise markup.source.error(1, "the page does not name its service: '[ aws . service ]'")
    after = False
    for element in (markup.root, *markup.root.below()):
        after = after or element is titles[0]
        first = _first_heading(element)
        heading = element.children[first] if element.children else None
        if not isinstance(heading, Element) or heading.tag not in _HEADINGS:
            continue
        if after or element.line <= titles[0].line <= heading.line:
            return titles[0], element
    raise markup.source.error(titles[0].line, "the command's name is expected below")


def _first_heading(content: Element) -> int:
    """The place of the first heading directly in an element, 0 where there is none."""
    for index, child in enumerate(content.children):
        if isinstance(child, Element) and child.tag in _HEADINGS:
            return index
    return 0


def _version(markup: Markup) -> str | None:
    """The version of the AWS CLI, from the page's description or its title."""
    told = [
        each.attributes.get("content", "")
        for each in markup.root.all("meta")
        if each.attributes.get("name") == "description"
    ]
    told += [each.text() for each in markup.root.all("title")]
    matches = [match for match in map(_VERSION.search, told) if match]
    return matches[0]["version"] if matches else None


def _linked(page: Page, markup: Markup, content: Element) -> Page:
    """The page with what its link to the API documentation says."""
    for link in content.all("a"):
        if link.text() == _LINKED:
            match = _LINK.fullmatch(link.attributes.get("href", ""))
            if match is None:
                raise markup.source.error(link.line, "the link to the API documentation is damaged")
            return replace(
                page,
                endpoint=match["endpoint"],
                api_version=match["version"],
                operation=match["operation"],
                stated_line=link.line,
            )
    return page


class _Writer:
    """Writes elements as lines: paragraphs, list items and examples, indented as they nest."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.warnings: list[PageWarning] = []

    def blocks(self, nodes: Iterable[Element | Text], depth: int) -> None:
        """The blocks among nodes, and what stands between them as paragraphs."""
        inline: list[Element | Text] = []
        before = ""
        for node in nodes:
            if isinstance(node, Text) or not _is_block(node):
                inline.append(node)
                continue
            self._inline(inline, depth)
            before = "" if "".join(map(_plain, inline)).strip() else before
            inline = []
            if node.tag == before == "blockquote":
                message = "what this describes may be missing above"
                self.warnings.append(PageWarning(node.line, message))
            before = node.tag
            self._block(node, depth)
        self._inline(inline, depth)

    def _block(self, node: Element, depth: int) -> None:
        if node.silent or "system-message" in node.classes:
            return
        if node.tag in _LISTS:
            for item in node.children:
                if isinstance(item, Element):
                    self._item(item, depth)
        elif node.tag == "pre":
            self._preformatted(node, depth)
        elif node.tag in _HEADINGS:
            self._inline(node.children, 0)
        else:
            self.blocks(node.children, depth + (node.tag in _QUOTED))

    def _item(self, item: Element, depth: int) -> None:
        """An item of a list; its first line gets the bullet."""
        first = len(self.lines)
        self.blocks(item.children, depth + 1)
        for index, line in enumerate(self.lines[first:], first):
            if not line.blank:
                text = f"{' ' * (_STEP * depth)}\u2022 {line.text.strip()}"
                self.lines[index] = Line(line.number, text)
                return

    def _preformatted(self, node: Element, depth: int) -> None:
        lines = node.lines()
        while lines and lines[-1].blank:
            lines.pop()
        space = " " * (_STEP * depth)
        self.lines += [Line(line.number, f"{space}{line.text}".rstrip()) for line in lines]
        self.lines.append(Line(node.end or node.line, ""))

    def _inline(self, nodes: Sequence[Element | Text], depth: int) -> None:
        text = " ".join("".join(map(_plain, nodes)).split())
        if text:
            number = _start(nodes)
            self.lines.append(Line(number, " " * (_STEP * depth) + text))
            self.lines.append(Line(number, ""))


def _is_block(element: Element) -> bool:
    """Whether an element is a block, or an inline one around blocks."""
    if element.tag in _BLOCKS or element.silent:
        return element.tag in _BLOCKS
    return any(isinstance(child, Element) and _is_block(child) for child in element.children)


def _plain(node: Element | Text) -> str:
    if isinstance(node, Text):
        return node.text
    return "\n" if node.tag == "br" else "".join(each.text for each in node.texts())


def _start(nodes: Sequence[Element | Text]) -> int:
    """The line of the first node with text on it, of which there is one."""
    node = next(node for node in nodes if _plain(node).strip())
    if isinstance(node, Element):
        return node.line
    space = node.text[: len(node.text) - len(node.text.lstrip())]
    return node.line + space.count("\n")
