"""Messages that mean the same: bodies by their media type, headers, query strings."""

from __future__ import annotations

import json
import math
import re
import struct
from collections import Counter
from typing import Any
from urllib.parse import parse_qsl, unquote
from xml.etree import ElementTree

from awsconform.conformance.wire.cbor_data import Tagged, decode

_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
# Quoted text and the comma behind the day of a date (RFC 9110) separate nothing.
_LIST_SEPARATOR = re.compile(
    r'"(?:[^"\\]|\\.)*"|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), |(?P<separator>\s*,\s*)'
)
# Sent by whatever carries a message, which no codec here is.
CARRIED = frozenset(("content-length", "host", "connection", "transfer-encoding"))
_REQUEST_ID = ("RequestId", "RequestID", "requestId", "ResponseMetadata")
MEDIA = {
    "json": "application/json",
    "rest-json": "application/json",
    "query": "application/x-www-form-urlencoded",
    "ec2": "application/x-www-form-urlencoded",
    "rest-xml": "application/xml",
    "rpc-v2-cbor": "application/cbor",
}


def same_body(media: str, expected: bytes, actual: bytes) -> bool:
    """Whether two bodies of a media type say the same; bytes that say nothing must be equal."""
    if expected == actual:
        return True
    if not expected or not actual:
        return not expected.strip() and not actual.strip()
    kind = media.partition(";")[0].strip().lower()
    read = {
        "application/x-www-form-urlencoded": _form,
        "application/cbor": _cbor,
        "application/xml": _xml,
        "application/json": _json,
    }.get(kind)
    if read is None:
        return False
    try:
        return _same(read(expected), read(actual))
    except (ValueError, ElementTree.ParseError, RecursionError):
        return False


def same_answer(expected: bytes, actual: bytes) -> bool:
    """Whether two answers in XML say the same, apart from request ids and namespaces."""
    try:
        first, second = (ElementTree.fromstring(body.strip()) for body in (expected, actual))
    except ElementTree.ParseError:
        return False
    return _same(_element(_said(first)), _element(_said(second)))


def _said(root: ElementTree.Element) -> ElementTree.Element:
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    for child in list(root):
        if child.tag in _REQUEST_ID:
            root.remove(child)
            # What stood around the children is no text.
            root.text = (root.text or "").strip()
    return root


def same_path(expected: str, actual: str) -> bool:
    """Whether two paths are the same, apart from the case of letters in escapes."""
    return _upper_escapes(expected) == _upper_escapes(actual)


def parameters(texts: list[str]) -> Counter[tuple[str, str]]:
    """The parameters of a query string, `name=value` each, decoded."""
    return Counter(_parameter(text) for text in texts)


def same_header(name: str, expected: str, actual: str) -> bool:
    """Whether two values of a header are the same.

    A content type may state its charset or not; white space around the commas of a list says
    nothing.
    """
    if expected == actual:
        return True
    if name.lower() == "content-type":
        return _media(expected) == _media(actual)
    return tight(expected) == tight(actual)


def tight(text: str) -> str:
    """A header's value without white space around it and around the commas of a list."""
    return _LIST_SEPARATOR.sub(lambda match: "," if match["separator"] else match[0], text.strip())


def _media(text: str) -> str:
    plain = re.sub(r";\s*charset=utf-8", "", text, flags=re.IGNORECASE).strip().lower()
    # RFC 7303: text/xml is another name of the same type.
    return "application/xml" if plain == "text/xml" else plain


def _upper_escapes(text: str) -> str:
    return _ESCAPE.sub(lambda match: match[0].upper(), text)


def _parameter(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return unquote(name), unquote(value)


def _same(first: Any, second: Any) -> bool:
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    if isinstance(first, dict) and isinstance(second, dict):
        same_keys = first.keys() == second.keys()
        return same_keys and all(_same(item, second[key]) for key, item in first.items())
    if isinstance(first, list) and isinstance(second, list):
        same_length = len(first) == len(second)
        return same_length and all(_same(a, b) for a, b in zip(first, second, strict=True))
    if isinstance(first, int | float) and isinstance(second, int | float):
        return _same_number(first, second)
    return bool(first == second)


def _same_number(first: float, second: float) -> bool:
    """Whether two numbers are equal, or one is the other in single precision.

    What was single precision on the way is so wherever it is written out.
    """
    if math.isnan(first) or math.isnan(second):
        return math.isnan(first) and math.isnan(second)
    return first == second or _single(first) == second or first == _single(second)


def _single(number: float) -> float:
    try:
        rounded: float = struct.unpack(">f", struct.pack(">f", number))[0]
    except OverflowError:
        return number
    return rounded


def _json(body: bytes) -> Any:
    return json.loads(body)


def _form(body: bytes) -> Any:
    return sorted(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))


def _xml(body: bytes) -> Any:
    return _element(ElementTree.fromstring(body.strip()))


def _element(element: ElementTree.Element) -> Any:
    """An element, where the order of children counts among those of one name only."""
    children = sorted((_element(child) for child in element), key=lambda child: str(child[0]))
    text = (element.text or "").strip() if children else element.text or ""
    return [element.tag, dict(element.attrib), text, children]


def _cbor(body: bytes) -> Any:
    value, _ = decode(body)
    return _untagged(value)


def _untagged(value: Any) -> Any:
    if isinstance(value, Tagged):
        return ["tag", value.number, _untagged(value.value)]
    if isinstance(value, dict):
        return {key: _untagged(item) for key, item in value.items()}
    return [_untagged(item) for item in value] if isinstance(value, list) else value
