"""Members in HTTP headers, both ways: single values, lists, and maps under a common prefix."""

from __future__ import annotations

import re
from typing import Any

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.wire.bindings import Bindings, Bound
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.text import from_text, to_text

_SAFE = re.compile(r"[\x20-\x7e\t]*")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_QUOTED_ITEM = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^,]*?))\s*(?:,|$)')
_DATE_ITEM = re.compile(r"\s*([^,]+,[^,]+?)\s*(?:,|$)")


def header_lines(
    bound: Bindings, value: dict[str, Any], part: str = "request"
) -> list[tuple[str, str]]:
    """The headers of the members that go into headers; `part` begins the paths of complaints.

    Raises:
        NotExpressible: a value has no form in a header.
    """
    lines: list[tuple[str, str]] = []
    for member in bound.headers:
        if member.name in value:
            path = f"{part}/{member.name}"
            lines.append((member.wire, _line(value[member.name], member, path)))
    named: dict[str, str | None] = {member.wire.lower(): None for member in bound.headers}
    named |= {name.lower(): text for name, text in lines}
    for member in bound.prefixed:
        if member.name in value:
            path = f"{part}/{member.name}"
            for name, text in _prefixed(value[member.name], member, path):
                if name.lower() not in named:
                    lines.append((name, text))
                elif text != named[name.lower()]:
                    # The member's own header alone is sent, which must say the same.
                    raise NotExpressible(path, f"a member of its own is called {name!r}")
    return lines


def _line(item: Any, member: Bound, path: str) -> str:
    if member.kind != "list":
        return _safe(to_text(item, member.aws, path), path)
    if not isinstance(item, list) or not item or member.item is None:
        raise NotExpressible(path, "only a list with items has a form in a header")
    aws = member.item["aws"]
    return ", ".join(_item(_safe(to_text(each, aws, path), path), aws) for each in item)


def _item(text: str, aws: dict[str, Any]) -> str:
    if aws.get("type") == "timestamp" or (text and not re.search(r'[,"\s]', text)):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _prefixed(item: Any, member: Bound, path: str) -> list[tuple[str, str]]:
    if not isinstance(item, dict) or not item or member.item is None:
        raise NotExpressible(path, "only a map with entries has a form in headers")
    lines = []
    for key, each in item.items():
        name = f"{member.wire}{key}"
        if not _TOKEN.fullmatch(name):
            raise NotExpressible(path, f"{name!r} is no header name")
        lines.append((name, _safe(to_text(each, member.item["aws"], path), path)))
    return lines


def _safe(text: str, path: str) -> str:
    if not _SAFE.fullmatch(text):
        raise NotExpressible(path, "a header holds printable ASCII only")
    if text != text.strip(" \t"):
        raise NotExpressible(path, "white space around a header's value is lost on the way")
    return text


def from_headers(response: HTTPResponse, bound: Bindings) -> dict[str, Any]:
    """The members of a response that stand in its headers and its status."""
    found: dict[str, Any] = {}
    for member in bound.headers:
        text = response.header(member.wire)
        if text is not None:
            found[member.name] = _read(text, member)
    for member in bound.prefixed:
        prefix = member.wire.lower()
        entries = {
            name[len(prefix) :]: from_text(text, (member.item or member.schema)["aws"])
            for name, text in response.headers
            if name.lower().startswith(prefix) and len(name) > len(prefix)
        }
        if entries:
            found[member.name] = entries
    if bound.status is not None:
        found[bound.status.name] = response.status
    return found


def _read(text: str, member: Bound) -> Any:
    if member.kind != "list" or member.item is None:
        return from_text(text, member.aws)
    aws = member.item["aws"]
    dates = aws["type"] == "timestamp" and aws.get("timestampFormat") == "rfc822"
    return [from_text(item, aws) for item in (_dates(text) if dates else _items(text))]


def _dates(text: str) -> list[str]:
    return [match[1] for match in _DATE_ITEM.finditer(text)]


def _items(text: str) -> list[str]:
    items = []
    position = 0
    while position < len(text):
        match = _QUOTED_ITEM.match(text, position)
        if match is None:
            return [text]
        quoted, plain = match.groups()
        items.append(plain if quoted is None else re.sub(r"\\(.)", r"\1", quoted))
        position = max(match.end(), position + 1)
    return items
