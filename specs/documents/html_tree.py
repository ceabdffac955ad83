"""HTML as a tree with line numbers that remembers where its tags do not fit.

The parser is Python's own. What a browser would mend in silence is kept as a fault with its line,
as it may be the trace of a page that is cut off or damaged; whoever reads a part of the tree
asks for the faults within.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from awsconform.specs.documents.source import Line, Source

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# End tags that HTML lets one leave out, where whatever is around them ends.
_OPTIONAL = frozenset(
    [
        "body",
        "colgroup",
        "dd",
        "dt",
        "html",
        "li",
        "optgroup",
        "option",
        "p",
        "rp",
        "rt",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
    ]
)
_SILENT = frozenset(["button", "head", "nav", "script", "style", "svg", "template"])


@dataclass(frozen=True)
class Text:
    """A run of text with the line it begins on; entities are replaced, spaces are as written."""

    text: str
    line: int


@dataclass
class Element:
    """An element: its tag, attributes, contents, and the lines of its start and end tags.

    `end` is None for one that the page ends within.
    """

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | Text] = field(default_factory=list)
    end: int | None = None

    @property
    def classes(self) -> frozenset[str]:
        """The words of its class attribute."""
        return frozenset(self.attributes.get("class", "").split())

    def is_a(self, tag: str, *classes: str) -> bool:
        """Whether it has this tag and all of these classes."""
        return self.tag == tag and self.classes.issuperset(classes)

    def below(self) -> Iterator[Element]:
        """All elements in it, in the order of the page."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.below()

    def all(self, tag: str, *classes: str) -> list[Element]:
        """All elements in it with this tag and all of these classes."""
        return [each for each in self.below() if each.is_a(tag, *classes)]

    def texts(self) -> Iterator[Text]:
        """The runs of text in it, without those of scripts, navigation and links to itself."""
        for child in self.children:
            if isinstance(child, Text):
                yield child
            elif not child.silent:
                yield from child.texts()

    @property
    def silent(self) -> bool:
        """Whether it is no part of what the page says."""
        return self.tag in _SILENT or "headerlink" in self.classes

    def text(self) -> str:
        """Its text in one line with single spaces."""
        return " ".join("".join(each.text for each in self.texts()).split())

    def lines(self) -> list[Line]:
        """Its text line by line, as for `pre`."""
        text = "".join(each.text for each in self.texts())
        return [Line(number, each) for number, each in enumerate(text.split("\n"), self.line)]


@dataclass
class Markup:
    """The tree of a page, and the faults met on the way: line and what is wrong there."""

    source: Source
    root: Element
    faults: list[tuple[int, str]]

    def check(self, element: Element) -> None:
        """Raise `PageError` for the first fault within an element."""
        if element.end is None:
            raise self.source.error(
                self.source.end,
                f"the page ends within <{element.tag}> of line {element.line}",
                hint="the page may be cut off",
            )
        for line, message in self.faults:
            if element.line <= line <= element.end:
                raise self.source.error(line, message)


def markup_of(source: Source) -> Markup:
    """The tree of an HTML page; raises `PageError` where there is nothing like HTML."""
    builder = _Builder()
    builder.feed("\n".join(line.text for line in source.lines))
    builder.close()
    if not any(isinstance(child, Element) for child in builder.root.children):
        raise source.error(1, "the page is no HTML")
    return Markup(source, builder.root, builder.faults)


class _Builder(HTMLParser):
    """Hangs each element below the one that is open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", 0)
        self.faults: list[tuple[int, str]] = []
        self._open = [self.root]

    @property
    def _line(self) -> int:
        return self.getpos()[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, self._line, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag in _VOID:
            element.end = self._line
        else:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop().end = self._line

    def handle_endtag(self, tag: str) -> None:
        if tag not in (element.tag for element in self._open):
            # Browsers mend a paragraph around another one by ending it twice.
            if tag not in ("p", "br"):
                self.faults.append((self._line, f"</{tag}> ends nothing"))
            return
        while True:
            element = self._open.pop()
            element.end = self._line
            if element.tag == tag:
                return
            if element.tag not in _OPTIONAL:
                message = f"</{tag}> comes before the end of <{element.tag}> of line {element.line}"
                self.faults.append((self._line, message))

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(Text(data.replace("\u00a0", " "), self._line))
