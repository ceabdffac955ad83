"""The body of a Sphinx method in HTML, written out as lines that the text reader understands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from awsconform.specs.documents.html_tree import Element, Text
from awsconform.specs.documents.listing import WORDS
from awsconform.specs.documents.source import Line

_HEADINGS = frozenset(
    {"Request Syntax", "Response Syntax", "Response Structure", "Exceptions", "Examples"}
)
# `**name** *(type) --*` of a member and `**name** (*type*) --` of a parameter; the type of the
# latter may be in pieces, each emphasised.
_ENTRY = re.compile(
    r"(?P<name>\*\*[^*\s]+\*\* )?"
    r"(?:\*\((?P<member>[^()]*)\) (?:\u2013|--)\*|\((?P<parameter>[^()]*)\) (?:\u2013|--))"
    r"(?P<rest>(?: .*)?)"
)
_RESEMBLES = re.compile(r"(?:\*\*\S+\*\* )?\*\([^()]*\) ?(?:\u2013|--)")
# Types that are links, which are not emphasised.
_SPECIAL = frozenset(
    {"StreamingBody", "EventStream", "document", "JSON serializable"}
    | {"bytes or seekable file-like object"}
)
_BLOCK = re.compile(r"p|pre|div|section|blockquote|[uod]l|li|d[td]|table|thead|tbody|t[rdh]|h[1-6]")
_LISTS = frozenset({"ul", "ol"})
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}

# A paragraph as the nodes it is made of, a `pre`, or a list.
Block = Sequence[Element | Text] | Element


class Writer:
    """Writes elements as lines: paragraphs, entries as in reStructuredText, code indented."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def description(self, body: Element) -> None:
        """What follows the method's signature, with its fields."""
        for child in body.children:
            if isinstance(child, Element) and child.is_a("dl", "field-list"):
                self._fields(child)
            else:
                self._write([child], 0)

    def _fields(self, fields: Element) -> None:
        name = ""
        for child in fields.children:
            if isinstance(child, Text):
                continue
            if child.tag == "dt":
                name = child.text().rstrip(" :")
                self._add(child.line, f"{name}:")
            elif name == "Parameters" and _is_single(child):
                self._item(child.children, 2)
            else:
                self._write(child.children, 0)

    def _write(self, nodes: Sequence[Element | Text], indent: int) -> None:
        for block in _blocks(nodes):
            self._block(block, indent)

    def _block(self, block: Block, indent: int) -> None:
        if not isinstance(block, Element):
            line, text = _inline(block)
            if indent == 0 and text.startswith("**") and text.strip("*") in _HEADINGS:
                text = text.strip("*")
            self._add(line, " " * indent + text)
            self._add(line, "")
        elif block.tag == "pre":
            for code in block.lines():
                self._add(code.number, " " * (indent + 4) + code.text)
            self._add(block.end or block.line, "")
        else:
            for each in block.children:
                if isinstance(each, Element) and each.tag == "li":
                    self._item(each.children, indent + 2)
                else:
                    self._write([each], indent + 2)

    def _item(self, nodes: Sequence[Element | Text], indent: int) -> None:
        """An item of a list: the entry of a member, or a paragraph of a description."""
        for number, block in enumerate(_blocks(nodes)):
            if number == 0 and not isinstance(block, Element):
                line, text = _inline(block)
                self._add(line, " " * indent + _entry(text))
                self._add(line, "")
            else:
                self._block(block, indent)

    def _add(self, line: int, text: str) -> None:
        self.lines.append(Line(line, text))


def _is_single(body: Element) -> bool:
    """Whether a method's only parameter is described, which Sphinx puts into no list."""
    first = next(_blocks(body.children), None)
    return first is not None and not isinstance(first, Element)


def _blocks(nodes: Iterable[Element | Text]) -> Iterator[Block]:
    """Paragraphs (what stands inline between other blocks), code and lists, in their order."""
    inline: list[Element | Text] = []
    for node in nodes:
        if isinstance(node, Element) and node.silent:
            continue
        if isinstance(node, Text) or not _holds_blocks(node):
            if inline or not isinstance(node, Text) or node.text.strip():
                inline.append(node)
            continue
        if inline:
            yield inline
            inline = []
        if node.tag == "pre" or node.tag in _LISTS:
            yield node
        else:
            yield from _blocks(node.children)
    if inline:
        yield inline


def _holds_blocks(element: Element) -> bool:
    return any(_BLOCK.fullmatch(each.tag) for each in (element, *element.below()))


def _inline(nodes: Iterable[Element | Text]) -> tuple[int, str]:
    """The line a paragraph begins on, and its text with what is strong or emphasised marked."""
    nodes = list(nodes)
    first = nodes[0]
    line = first.line
    if isinstance(first, Text):
        line += first.text[: len(first.text) - len(first.text.lstrip())].count("\n")
    return line, " ".join("".join(map(_marked, nodes)).split())


def _marked(node: Element | Text) -> str:
    if isinstance(node, Text):
        return node.text
    if node.silent:
        return ""
    if node.tag == "br":
        return " "
    inner = "".join(map(_marked, node.children))
    mark = _MARKS.get(node.tag, "")
    return f"{mark}{inner}{mark}" if inner.strip() else inner


def _entry(text: str) -> str:
    """The first paragraph of an item: as an entry of a member list where it is one.

    What looks like an entry but is of no known type gets the bullet of one all the same; whoever
    reads the list refuses it.
    """
    match = _ENTRY.fullmatch(text)
    if match is not None:
        stated = match["member"] or match["parameter"]
        word = stated.replace("*", "")
        if word in WORDS and (match["member"] or word != stated or word in _SPECIAL):
            return f"- {match['name'] or ''}*({word}) --*{match['rest']}"
    return f"- {text}" if _RESEMBLES.match(text) else f"* {text}"
