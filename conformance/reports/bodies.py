"""Bodies of requests in one spelling, so that only what they say is compared."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from awsconform.conformance.exchange import HTTPRequest
from awsconform.conformance.wire import cbor_data, xml_text
from awsconform.conformance.wire.xml_text import Element


def comparable(request: HTTPRequest, tokens: frozenset[str]) -> Any:
    """What a request's body says, without the members `tokens` of its outermost structure.

    A body that is neither JSON, CBOR, XML nor a form, by its content type or its form, is itself.
    """
    stated = next((text for name, text in request.headers if name.lower() == "content-type"), "")
    kind = stated.partition(";")[0].strip().lower()
    try:
        if kind == "application/cbor":
            return _without(cbor_data.decode(request.body)[0], tokens)
        if kind == "application/x-www-form-urlencoded":
            return _form(request.body, tokens)
        if request.body.lstrip().startswith(b"<"):
            return _element(xml_text.parse(request.body), tokens)
        return json.dumps(_without(json.loads(request.body), tokens), sort_keys=True)
    except (ValueError, RecursionError):
        return request.body


def _without(value: Any, tokens: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {name: item for name, item in value.items() if name not in tokens}
    return value


def _form(body: bytes, tokens: frozenset[str]) -> list[tuple[str, str]]:
    pairs = parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True)
    return sorted(pair for pair in pairs if pair[0] not in tokens)


def _element(element: Element, tokens: frozenset[str] = frozenset()) -> Any:
    """An element without white space between elements and without prefixes of namespaces."""
    children = [_element(child) for child in element.children if child.name not in tokens]
    text = element.text.strip() if element.children else element.text
    attributes = sorted(element.attributes.items())
    return (element.name, element.namespace, attributes, text, children)
