"""Requests from the wire to logical JSON."""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from awsconform.conformance.emulator.message import Incoming
from awsconform.conformance.emulator.nodes import Node
from awsconform.conformance.emulator.refusals import unreadable
from awsconform.conformance.emulator.timestamps import from_http_date, from_number
from awsconform.specs.contract import Contract
from awsconform.specs.validation import Failure, Pointer

INTEGERS = ("byte", "short", "integer", "long", "biginteger")
NUMBERS = ("float", "double", "bigdecimal")
_INTEGER = re.compile(r"[-+]?[0-9]{1,40}", re.ASCII)
_NUMBER = re.compile(r"[-+]?[0-9]{1,400}(\.[0-9]{1,400})?([eE][-+]?[0-9]{1,4})?", re.ASCII)


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text[:20]} is out of range")
    return number


_JSON = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite)


class Decoding:
    """Reads one request.

    `misread` gathers what the schema cannot see because it knows the logical form only: a
    timestamp on the wire in another than its documented form, and a blob that is no base64.
    Everything else that is wrong is left as it is for the validation to find.
    """

    def __init__(self, contract: Contract, top: Node) -> None:
        self.contract = contract
        self.top = top
        self.misread: list[Failure] = []

    def request(self, incoming: Incoming, labels: Mapping[str, str]) -> dict[str, Any]:
        """The request in logical JSON.

        Raises:
            Refusal: the body is no JSON object.
        """
        value: dict[str, Any] = {}
        if self.top.body:
            value = self.read(self.top, self._body(incoming), ())
        if self.top.elsewhere:
            value |= self._located(incoming, labels)
        return value

    def _body(self, incoming: Incoming) -> dict[str, Any]:
        if incoming.body is None:
            raise unreadable(self.contract, "The body is too large.")
        if not incoming.body:
            return {}
        try:
            body = _JSON.decode(incoming.body.decode("utf-8"))
            if b"\\u" in incoming.body:
                # Half a surrogate pair is JSON by the letter, but no text.
                json.dumps(body, ensure_ascii=False).encode("utf-8")
        except (ValueError, RecursionError):
            raise unreadable(self.contract, "The body is no JSON.") from None
        if not isinstance(body, dict):
            raise unreadable(self.contract, "The body is no JSON object.")
        return body

    def read(self, node: Node, value: Any, pointer: Pointer) -> Any:
        """A value of the body: null members dropped, unknown ones too, timestamps as text."""
        kind = node.kind
        if kind == "structure":
            if not isinstance(value, dict):
                return _hollow(value)
            return {
                member.name: self.read(
                    member.node, value[member.wire_name], (*pointer, member.name)
                )
                for member in node.body
                if value.get(member.wire_name) is not None
            }
        if kind == "list" and node.item is not None:
            if not isinstance(value, list):
                return _hollow(value)
            return [self.read(node.item, item, (*pointer, n)) for n, item in enumerate(value)]
        if kind == "map" and node.item is not None:
            if not isinstance(value, dict):
                return _hollow(value)
            return {key: self.read(node.item, each, (*pointer, key)) for key, each in value.items()}
        if kind == "timestamp":
            return self._timestamp(node, value, pointer)
        if kind == "blob":
            return self._blob(value, pointer)
        if kind in INTEGERS and isinstance(value, float) and value.is_integer():
            return int(value)
        return value if kind == "document" else _hollow(value)

    def _timestamp(self, node: Node, value: Any, pointer: Pointer) -> Any:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        text = None
        if node.timestamp == "unixTimestamp" and number:
            text = from_number(value)
        elif node.timestamp == "rfc822" and isinstance(value, str):
            text = from_http_date(value)
        if text is not None:
            return text
        if node.timestamp != "iso8601" and isinstance(value, str):
            self._misread(pointer, f"not {node.timestamp}")
        return _hollow(value)

    def _blob(self, value: Any, pointer: Pointer) -> Any:
        try:
            if isinstance(value, str):
                base64.b64decode(value, validate=True)
        except ValueError:
            self._misread(pointer, "not base64")
        return _hollow(value)

    def _misread(self, pointer: Pointer, message: str) -> None:
        path = self.contract.generalise("request", pointer)
        self.misread.append(Failure(pointer, path, "type", message))

    def _located(self, incoming: Incoming, labels: Mapping[str, str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        query: dict[str, list[str]] | None = None
        for member in self.top.elsewhere:
            texts: list[str] | None = None
            if member.location == "uri":
                texts = [labels[member.wire_name]]
            elif member.location == "querystring":
                if query is None:
                    query = parse_qs(incoming.query, keep_blank_values=True)
                texts = query.get(member.wire_name)
            elif member.location == "header":
                header = incoming.header(member.wire_name)
                texts = None if header is None else [header]
            if texts is None:
                continue
            item = member.node.item
            if member.node.kind == "list" and item is not None:
                found[member.name] = [
                    self._text(item, text, (member.name, n)) for n, text in enumerate(texts)
                ]
            else:
                found[member.name] = self._text(member.node, texts[0], (member.name,))
        return found

    def _text(self, node: Node, text: str, pointer: Pointer) -> Any:
        """Text of path, query or header by its type; left as it is where it does not fit."""
        kind = node.kind
        if kind in INTEGERS and _INTEGER.fullmatch(text):
            return int(text)
        if kind in NUMBERS and _NUMBER.fullmatch(text):
            number = float(text)
            return text if math.isinf(number) else number
        if kind == "boolean" and text in ("true", "false"):
            return text == "true"
        if kind == "timestamp":
            unix = node.timestamp == "unixTimestamp" and _NUMBER.fullmatch(text)
            return self._timestamp(node, float(text) if unix else text, pointer)
        return text


def _hollow(value: Any) -> Any:
    # A scalar's place, or the wrong collection: the type is wrong, however deep it goes on.
    if isinstance(value, list):
        return []
    return {} if isinstance(value, dict) else value
