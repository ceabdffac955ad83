"""Bytes to XML elements and back, with nothing hidden and nothing fetched.

Expat reads. Document types are refused, and with them every entity but XML's own five and all that
can be made to grow; AWS sends none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

MAX_DEPTH = 200
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_XML = "http://www.w3.org/XML/1998/namespace"
_SEPARATOR = " "
# XML 1.0, production 2, apart from the surrogates, which no encoder takes.
_NO_CHARACTER = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*", re.ASCII)
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTES = _ESCAPES | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


class NotXML(ValueError):
    """The bytes are no XML document, or none that AWS would send."""


@dataclass(slots=True)
class Element:
    """An element: its name without prefix, its namespace, and what is in it.

    `text` is all character data directly inside, in one piece. Attributes of XML itself are left
    out; those of a namespace are `{uri}name`. What is made for writing has its names as they are
    written, with prefixes.
    """

    name: str
    namespace: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def named(self, name: str) -> Iterator[Element]:
        """The children of that name, whatever their namespace."""
        return (child for child in self.children if child.name == name)

    def child(self, name: str) -> Element | None:
        """The first child of that name."""
        return next(self.named(name), None)

    def is_nil(self) -> bool:
        """Whether XML Schema's attribute says that there is no value."""
        return self.attributes.get(f"{{{INSTANCE}}}nil") in ("true", "1")


def parse(body: bytes) -> Element:
    """The root element of a document in any encoding it declares and expat knows.

    Raises:
        NotXML: not well-formed, with a document type, or nested deeper than `MAX_DEPTH`.
    """
    reader = _Reader()
    try:
        return reader.read(body)
    except expat.ExpatError as error:
        told = expat.ErrorString(error.code) or "not well-formed"
        raise NotXML(f"{told} at line {error.lineno}, column {error.offset}") from None
    except (ValueError, LookupError) as error:
        # An encoding expat asks Python for, which knows none of that name or no single-byte one.
        raise NotXML(str(error)) from None


class _Reader:
    def __init__(self) -> None:
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._root: Element | None = None
        parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        self._parser = parser

    def read(self, body: bytes) -> Element:
        self._parser.Parse(body, True)
        # Expat takes no document without an element.
        assert self._root is not None
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise NotXML(f"nested deeper than {MAX_DEPTH} levels")
        namespace, local = _split(name)
        named = {
            f"{{{uri}}}{key}" if uri else key: text
            for (uri, key), text in ((_split(each), text) for each, text in attributes.items())
            if uri != _XML
        }
        element = Element(local, namespace, named)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)
        self._texts.append([])

    def _end(self, name: str) -> None:
        self._open.pop().text = "".join(self._texts.pop())

    def _characters(self, data: str) -> None:
        self._texts[-1].append(data)

    def _doctype(self, name: str, *rest: object) -> None:
        raise NotXML("it has a document type")


def _split(name: str) -> tuple[str | None, str]:
    uri, _, local = name.rpartition(_SEPARATOR)
    return uri or None, local


def is_name(text: str) -> bool:
    """Whether an element may be called that (of the letters only ASCII's are taken)."""
    return _NAME.fullmatch(text) is not None


def is_text(text: str) -> bool:
    """Whether XML 1.0 has a form for every character."""
    return _NO_CHARACTER.search(text) is None


def document(root: Element) -> bytes:
    """The bytes of a document in UTF-8 with its declaration.

    Characters that readers would normalise (carriage returns, white space in attributes) are
    written as references.
    """
    pieces = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    _write(root, pieces)
    return "".join(pieces).encode()


def _write(element: Element, pieces: list[str]) -> None:
    pieces.append(f"<{element.name}")
    pieces += [
        f' {name}="{text.translate(_IN_ATTRIBUTES)}"' for name, text in element.attributes.items()
    ]
    if not element.text and not element.children:
        pieces.append("/>")
        return
    pieces.append(">")
    pieces.append(element.text.translate(_ESCAPES))
    for child in element.children:
        _write(child, pieces)
    pieces.append(f"</{element.name}>")
