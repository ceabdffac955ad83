"""The address of a request in the REST protocols: path labels and query string.

Smithy: the HTTP binding traits httpLabel, httpQuery and httpQueryParams.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from awsconform.conformance.wire.bindings import Bindings, Bound
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.text import to_text
from awsconform.specs.contract import Contract

_LABEL = re.compile(r"\{([^}+]+)(\+?)\}")
_UNRESERVED = "-._~"


def address(
    contract: Contract, bound: Bindings, value: dict[str, Any], query: list[tuple[str, str]]
) -> str:
    """The path with its labels filled in, then the URI's own query string and `query`.

    Raises:
        NotExpressible: a label is missing or empty, or has no text.
    """
    path, _, constant = contract.uri.partition("?")

    def label(match: re.Match[str]) -> str:
        name, greedy = match.groups()
        place = f"request/{name}"
        if name not in bound.uri or bound.uri[name].name not in value:
            raise NotExpressible(place, "the path has no form without it")
        member = bound.uri[name]
        text = to_text(value[member.name], member.aws, place)
        if not text:
            raise NotExpressible(place, "an empty segment is another path")
        return _quoted(text, place, safe=_UNRESERVED + "/" if greedy else _UNRESERVED)

    written = "&".join(
        f"{_quoted(name, name)}={_quoted(text, f'request/{name}')}" for name, text in query
    )
    filled = _LABEL.sub(label, path)
    parts = [part for part in (constant, written) if part]
    return f"{filled}?{'&'.join(parts)}" if parts else filled


def query_pairs(bound: Bindings, value: dict[str, Any]) -> list[tuple[str, str]]:
    """The names and texts of the members that go into the query string.

    Raises:
        NotExpressible: a value has no form in a query string.
    """
    named: dict[str, list[str] | None] = {
        member.wire: None for member in bound.query if member.kind != "map"
    }
    found: list[tuple[str, str]] = []
    maps = []
    for member in bound.query:
        if member.name not in value:
            continue
        item, path = value[member.name], f"request/{member.name}"
        if member.kind == "map" and isinstance(item, dict) and item:
            maps.append(member)
        else:
            texts = named[member.wire] = _listed(item, member, path)
            found += [(member.wire, text) for text in texts]
    for member in maps:
        path = f"request/{member.name}"
        for key, entry in value[member.name].items():
            texts = _texts(entry, member.item, member.items, path)
            if key not in named:
                found += [(key, text) for text in texts]
            elif texts != named[key]:
                # The member alone is sent, and says the same of the map's entry, or another thing.
                raise NotExpressible(path, f"a member of its own is called {key!r}")
    return found


def _listed(item: Any, member: Bound, path: str) -> list[str]:
    if member.kind in ("map", "structure"):
        raise NotExpressible(path, f"a query string cannot say {type(item).__name__} here")
    return _texts(item, member.schema, member.item, path)


def _texts(
    item: Any, schema: dict[str, Any] | None, below: dict[str, Any] | None, path: str
) -> list[str]:
    """The texts of one value, or of each item where the schema is a list's."""
    assert schema is not None
    if schema["aws"]["type"] != "list":
        return [to_text(item, schema["aws"], path)]
    if not isinstance(item, list):
        raise NotExpressible(path, "a query string has no form for what is not a list")
    if not item:
        raise NotExpressible(path, "an empty list leaves no trace in a query string")
    assert below is not None
    return [to_text(each, below["aws"], path) for each in item]


def stray(name: str, item: Any) -> str:
    """The text of a member the contract does not know.

    Raises:
        NotExpressible: it is not a single value.
    """
    if isinstance(item, str):
        return item
    if isinstance(item, bool | int | float):
        return str(item).lower()
    raise NotExpressible(f"request/{name}", "only a single value can be a stray query parameter")


def _quoted(text: str, path: str, safe: str = _UNRESERVED) -> str:
    try:
        return quote(text, safe=safe)
    except UnicodeEncodeError:
        raise NotExpressible(path, "half of a surrogate pair has no UTF-8") from None
