"""What is in the body of an answer, by its form alone: for finding what must not be shown."""

from __future__ import annotations

import json
from typing import Any

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.wire import cbor_data, event_frames, xml_text
from awsconform.conformance.wire.xml_text import Element
from awsconform.specs.streams import MEDIA_TYPE


def bodies_of(response: HTTPResponse) -> list[Any]:
    """The CBOR, the XML, or the payloads of events in an answer; empty for anything else.

    XML becomes objects of lists, so that elements of one name are all there.
    """
    stated = response.header("content-type") or ""
    if MEDIA_TYPE in stated:
        messages, _ = event_frames.decode(response.body)
        return [value for message in messages for value in _payload(message.payload)]
    if "cbor" in stated or response.body.lstrip().startswith(b"<"):
        return _payload(response.body)
    return []


def payloads_of(response: HTTPResponse) -> list[bytes]:
    """The payloads of the events in an answer, or its body."""
    if MEDIA_TYPE in (response.header("content-type") or ""):
        messages, _ = event_frames.decode(response.body)
        return [message.payload for message in messages]
    return [response.body]


def _payload(body: bytes) -> list[Any]:
    if body.lstrip().startswith(b"<"):
        try:
            return [_element(xml_text.parse(body))]
        except (ValueError, RecursionError):
            return []
    for parse in (json.loads, _cbor):
        try:
            return [parse(body)]
        except (ValueError, RecursionError):
            continue
    return []


def _cbor(body: bytes) -> Any:
    return cbor_data.decode(body)[0]


def _element(element: Element) -> dict[str, Any]:
    inside: list[Any] = [_element(child) for child in element.children]
    inside += [element.text.strip(), *element.attributes.values()]
    return {element.name: inside}
