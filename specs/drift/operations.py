"""Two documents of one operation: what changed in its exchange, its errors and its shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from awsconform.specs.contract import Schema
from awsconform.specs.drift.changes import Found, Side
from awsconform.specs.drift.parts import Part
from awsconform.specs.drift.statements import Stated, is_of_clients, is_page, stated_in

_NOTHING: Schema = {"type": "object", "properties": {}, "aws": {"type": "structure"}}
# Facts of an exchange: the kind of change, and where the fact stands.
_FACTS = (
    ("api-version-changed", "apiVersion"),
    ("endpoint-changed", "endpointPrefix"),
    ("host-prefix-changed", "hostPrefix"),
    ("wire-changed", "targetPrefix"),
    ("wire-changed", "xmlNamespace"),
    ("wire-changed", "inputName"),
    ("wire-changed", "resultWrapper"),
    ("wire-changed", "queryCompatible"),
    ("wire-changed", "checksum"),
)
_LABEL = re.compile(r"\{(?P<name>[^}+]+)(?P<greedy>\+?)\}")
_PAGINATION = ("inputToken", "outputToken", "limit", "result", "moreResults")

Document = dict[str, Any]


def compared(old: Document, new: Document) -> Iterator[Found]:
    """Every change between two documents of one operation, contracts or pages, in their order."""
    old, new = _named_alike(old, new), _named_alike(new, old)
    stated = stated_in(old).both(stated_in(new))
    if stated.wire:
        yield from _Operation(old, new, stated).exchange()
        # On another wire everything stands elsewhere; that is one change, not hundreds.
        same_wire = old["aws"]["protocol"] == new["aws"]["protocol"]
        stated = replace(stated, wire=same_wire)
    pair = _Operation(old, new, stated)
    yield from pair.part("request", Side.REQUEST)
    if stated.response:
        yield from pair.part("response", Side.RESPONSE)
    if stated.errors:
        yield from pair.errors()
    if stated.wire:
        yield from pair.pagination()


class _Operation:
    def __init__(self, old: Document, new: Document, stated: Stated) -> None:
        self.old, self.new, self.stated = old, new, stated
        self.service: str = new["aws"]["service"]
        self.id = f"{self.service}.{new['aws']['operation']}"

    def exchange(self) -> Iterator[Found]:
        """What is stated of the exchange as a whole."""
        old, new = self.old["aws"], self.new["aws"]
        yield from self._protocols(old, new)
        if old["protocol"] == new["protocol"]:
            yield from self._wire(old, new)
        for name in ("name", "version"):
            before, after = old["signing"][name], new["signing"][name]
            yield from self._fact("signing-changed", "wire", f"signing-{name}", before, after)
        before, after = old.get("deprecated"), new.get("deprecated")
        if (before is None) != (after is None):
            kind = "undeprecated" if after is None else "deprecated"
            yield self._found(kind, "", "deprecated", before, after)

    def part(self, part: str, side: Side) -> Iterator[Found]:
        """What changed in the request or the response."""
        old, new = _root(self.old, part), _root(self.new, part)
        yield from self._shapes(part, side, old, new)

    def errors(self) -> Iterator[Found]:
        """What changed in the errors: which there are, their status, and their members."""
        old, new = self.old["aws"]["errors"], self.new["aws"]["errors"]
        pages = is_page(self.old) or is_page(self.new)
        first, second = _by_name(old, pages=pages), _by_name(new, pages=pages)
        for name in (*first, *second):
            if name in first and name in second:
                continue
            kind = "error-removed" if name in first else "error-added"
            before, after = (name, None) if name in first else (None, name)
            yield self._found(kind, f"errors/{name}", "error", before, after, name)
        if pages:
            return
        for name in first:
            if name not in second:
                continue
            one, other = first[name], second[name]
            for kind, fact in (
                ("error-status-changed", "status"),
                ("error-fault-changed", "fault"),
            ):
                if one[fact] != other[fact]:
                    at = f"errors/{name}"
                    yield self._found(kind, at, fact, one[fact], other[fact], name)
            roots = ({"$ref": f"#/$defs/{each['shape']}"} for each in (one, other))
            yield from self._shapes(f"errors/{name}", Side.ERROR, *roots)

    def pagination(self) -> Iterator[Found]:
        """What changed in how the operation pages, as far as a paginator is declared."""
        old, new = (_declared(each["aws"].get("pagination")) for each in (self.old, self.new))
        if old is None and new is not None:
            yield self._found("pagination-gained", "pagination", "declared", None, new)
        elif old is not None and new is None:
            yield self._found("pagination-dropped", "pagination", "declared", old, None)
        elif old is not None and new is not None:
            for name in _PAGINATION:
                before, after = old[name], new[name]
                yield from self._fact("pagination-changed", "pagination", name, before, after)

    def _protocols(self, old: Document, new: Document) -> Iterator[Found]:
        first, second = (each.get("protocols", [each["protocol"]]) for each in (old, new))
        # The first is what clients speak; the documents may be of another one.
        before, after = first[0], second[0]
        if before != after:
            kind = "protocol-changed" if before in second else "protocol-replaced"
            yield self._found(kind, "wire", "protocol", before, after)
        for name in second:
            if name not in first and name != after:
                yield self._found("protocol-gained", "wire", "protocols", None, name)
        for name in first:
            if name not in second and name != before:
                yield self._found("protocol-lost", "wire", "protocols", name, None)

    def _wire(self, old: Document, new: Document) -> Iterator[Found]:
        for kind, name in _FACTS:
            yield from self._fact(kind, "wire", name, old.get(name), new.get(name))
        if old["protocol"] == "json":
            version = "jsonVersion"
            yield from self._fact("wire-changed", "wire", version, old[version], new[version])
        before, after = old["http"], new["http"]
        changed = "http-changed"
        yield from self._fact(changed, "wire", "method", before["method"], after["method"])
        if _filled(self.old) != _filled(self.new):
            yield from self._fact(changed, "wire", "uri", before["uri"], after["uri"])
        changed = "success-status-changed"
        yield from self._fact(changed, "wire", "status", before["status"], after["status"])

    def _fact(self, kind: str, at: str, name: str, old: Any, new: Any) -> Iterator[Found]:
        if old != new:
            yield self._found(kind, at, name, old, new)

    def _found(
        self, kind: str, at: str, keyword: str, old: Any, new: Any, subject: str | None = None
    ) -> Found:
        place = f"{self.id}/{at}#{keyword}" if at else f"{self.id}#{keyword}"
        return Found(self.service, kind, Side.OPERATION, place, None, subject or keyword, old, new)

    def _shapes(
        self, prefix: str, side: Side, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> Iterator[Found]:
        part = Part(
            self.old.get("$defs", {}),
            self.new.get("$defs", {}),
            side,
            self.stated,
            hidden=self._hidden() if side is Side.REQUEST else frozenset(),
        )
        pages = is_page(self.old) or is_page(self.new)
        for spot in part.spots(old, new):
            change = spot.difference
            if pages and is_of_clients(self.service, change.keyword, spot.member, spot.shape):
                continue
            at = "/".join((f"{self.id}/{prefix}", *spot.path))
            subject = " ".join(filter(None, (spot.member, change.subject))) or change.keyword
            if spot.member == change.subject:
                subject = spot.member or change.keyword
            yield Found(
                self.service,
                change.kind,
                side,
                f"{at}#{change.keyword}",
                spot.shape,
                subject,
                change.before,
                change.after,
            )

    def _hidden(self) -> frozenset[str]:
        """The members that pages of the CLI replace by paging options of their own."""
        if self.stated.paging_members:
            return frozenset()
        names: set[str] = set()
        for document in (self.old, self.new):
            paging = document["aws"].get("pagination")
            if paging:
                names |= {*paging["inputToken"], paging["limit"] or ""}
        return frozenset(names)


def _named_alike(document: Document, other: Document) -> Document:
    """A page of the CLI with the names a model has for its options, which it has in kebab case."""
    if not is_page(document) or is_page(other):
        return document
    request = document["properties"].get("request", {})
    options = {
        name: node["aws"]["cliName"]
        for name, node in request.get("properties", {}).items()
        if "cliName" in node.get("aws", {})
    }
    if not options:
        return document
    from botocore import xform_name

    shape = other["$defs"].get(str(other["aws"]["input"]), {})
    known = {xform_name(name, "-"): name for name in shape.get("properties", {})}
    names = {name: known.get(option, name) for name, option in options.items()}
    renamed = {
        **request,
        "properties": {names.get(name, name): node for name, node in request["properties"].items()},
        "required": [names.get(name, name) for name in request.get("required", ())],
    }
    return {**document, "properties": {**document["properties"], "request": renamed}}


def _root(document: Document, part: str) -> Mapping[str, Any]:
    schema: Schema = document["properties"].get(part, {})
    return _NOTHING if not schema or schema.get("type") == "null" else schema


def _filled(document: Document) -> str:
    """The path with the members that fill it; what it calls its labels is never on the wire."""
    root = _root(document, "request")
    name = root.get("$ref", "").removeprefix("#/$defs/")
    members = document["$defs"].get(name, root).get("properties", {})
    labels = {
        facts.get("locationName", member): member
        for member, node in members.items()
        if (facts := node.get("aws", {})).get("location") == "uri"
    }
    return _LABEL.sub(
        lambda label: f"{{{labels.get(label['name'], label['name'])}{label['greedy']}}}",
        str(document["aws"]["http"]["uri"]),
    )


def _by_name(errors: Any, *, pages: bool) -> dict[str, Any]:
    """Errors by their code, or by the name pages give them, which is that of the shape."""
    if isinstance(errors, list):
        return dict.fromkeys(errors)
    if pages:
        return {error["shape"]: error for error in errors.values()}
    return dict(errors)


def _declared(pagination: Any) -> Any:
    """The pagination a model declares; what was inferred from names follows from the members."""
    if pagination is None or pagination.get("sources") == ["inferred"]:
        return None
    return pagination
