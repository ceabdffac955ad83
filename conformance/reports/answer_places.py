"""Where in an answer, as it came over the wire, a text stands that later requests repeat."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.reports.carrying import Given
from awsconform.conformance.wire import xml_text
from awsconform.conformance.wire.xml_text import Element

# The words that name a place: `json`, `xml` or `header`, and the way to it.
Words = tuple[str, ...]


def place_of(response: HTTPResponse | None, given: Given) -> Words | None:
    """The place of a given text in the answer that gave it; None where no script finds it."""
    if response is None:
        return None
    found = [words for words, text in _texts(response) if text == given.text]
    if not found:
        return None
    member = next((each for each in reversed(given.path) if isinstance(each, str)), "")
    return next((words for words in found if words[-1].partition(":")[0] == member), found[0])


def _texts(response: HTTPResponse) -> Iterator[tuple[Words, str]]:
    try:
        if response.body.lstrip().startswith(b"<"):
            yield from _elements(xml_text.parse(response.body), ("xml",))
        elif response.body:
            yield from _values(json.loads(response.body), ("json",))
    except (ValueError, RecursionError):
        pass
    for name, value in response.headers:
        yield ("header", name), value


def _values(value: Any, words: Words) -> Iterator[tuple[Words, str]]:
    if isinstance(value, str):
        yield words, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _values(each, (*words, name))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _values(each, (*words, str(at)))


def _elements(element: Element, words: Words) -> Iterator[tuple[Words, str]]:
    if not element.children:
        yield words, element.text
    seen: dict[str, int] = {}
    for child in element.children:
        at = seen.get(child.name, 0)
        seen[child.name] = at + 1
        yield from _elements(child, (*words, f"{child.name}:{at}" if at else child.name))
