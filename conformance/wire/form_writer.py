"""Logical JSON to the pairs of a form: how the query protocols write requests.

Smithy: aws.protocols#awsQuery and #ec2Query. An empty list is `Name=` in the one and leaves no
trace in the other; empty maps and structures leave none in either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from awsconform.conformance.exchange import Case, HTTPRequest
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.host_prefix import host_prefix
from awsconform.conformance.wire.loose_text import loose_text
from awsconform.conformance.wire.text import to_text
from awsconform.conformance.wire.xml_names import (
    ENTRY,
    entry_names,
    is_flattened,
    item_name,
    member_name,
)
from awsconform.specs.contract import Contract, Schema, dense

CONTENT_TYPE = "application/x-www-form-urlencoded; charset=utf-8"
Pairs = list[tuple[str, str]]


def form_request(writer: FormWriter, case: Case) -> HTTPRequest:
    """The request of a case.

    Raises:
        NotExpressible: a value has no wire form at its place.
    """
    body = _bytes(writer.request(case.value)) if case.body is None else case.body
    prefix = host_prefix(writer.contract, case.value)
    return HTTPRequest("POST", "/", (("Content-Type", CONTENT_TYPE),), body, prefix)


def _bytes(pairs: Pairs) -> bytes:
    return "&".join(f"{_quoted(name, name)}={_quoted(text, name)}" for name, text in pairs).encode()


def _quoted(text: str, path: str) -> str:
    try:
        return quote(text, safe="-._~")
    except UnicodeEncodeError:
        raise NotExpressible(path, "half of a surrogate pair has no UTF-8") from None


@dataclass(frozen=True)
class FormWriter:
    """Writes requests of one contract; with `ec2` by the rules of EC2's protocol."""

    contract: Contract
    ec2: bool = False

    def request(self, value: dict[str, Any]) -> Pairs:
        """The pairs of a request: action, version, then the members.

        Raises:
            NotExpressible: a value has no form at its place, or only one that says another value.
        """
        pairs = [("Action", self.contract.operation), ("Version", self.contract.api_version)]
        shape = self.contract.input_shape
        reference = {"$ref": f"#/$defs/{shape}"} if shape else {}
        resolved = {"properties": {}, **self.contract.resolve(reference)}
        try:
            return pairs + self._members(resolved, value, "", "request")
        except RecursionError:
            raise NotExpressible("request", "nested too deeply") from None

    def _members(self, resolved: Schema, value: dict[str, Any], prefix: str, path: str) -> Pairs:
        known = {
            name: self.contract.resolve(member) for name, member in resolved["properties"].items()
        }
        names = {name: self._member_name(name, member) for name, member in known.items()}
        reserved = set(names.values()) | (set() if prefix else {"Action", "Version"})
        pairs: Pairs = []
        for name, item in value.items():
            below = f"{path}/{name}"
            if name in known:
                pairs += self._value(known[name], item, f"{prefix}{names[name]}", below)
            elif name.partition(".")[0] in reserved:
                raise NotExpressible(below, "the wire has a known member of that name")
            else:
                pairs += self._loose(item, f"{prefix}{name}", below)
        return pairs

    def _member_name(self, name: str, resolved: Schema) -> str:
        if not self.ec2:
            return member_name(self.contract, name, resolved)
        aws = resolved.get("aws", {})
        if "queryName" in aws:
            return str(aws["queryName"])
        stated = str(aws.get("locationName", name))
        return stated[:1].upper() + stated[1:]

    def _value(self, resolved: Schema, value: Any, name: str, path: str) -> Pairs:
        aws = resolved.get("aws", {})
        kind = aws.get("type")
        if value is None:
            raise NotExpressible(path, "null has no form in a form")
        if kind == "list" and isinstance(value, list):
            return self._list(resolved, value, name, path)
        if kind in ("structure", "map") and isinstance(value, dict):
            if not value:
                raise NotExpressible(path, f"an empty {kind} leaves no trace in a form")
            if kind == "structure":
                return self._members(resolved, value, f"{name}.", path)
            return self._map(resolved, value, name, path)
        if kind not in ("structure", "map", "list"):
            if isinstance(value, dict | list):
                return self._loose(value, name, path)
            return [(name, to_text(value, aws, path))]
        if isinstance(value, dict | list):
            raise NotExpressible(path, f"parts of a {type(value).__name__} may be read as proper")
        text = loose_text(value, path)
        if not text:
            raise NotExpressible(path, "without text it is empty")
        return [(name, text)]

    def _list(self, resolved: Schema, items: list[Any], name: str, path: str) -> Pairs:
        if not items:
            if self.ec2:
                raise NotExpressible(path, "an empty list leaves no trace in EC2's form")
            return [(name, "")]
        if not self.ec2 and not is_flattened(resolved):
            name = f"{name}.{item_name(self.contract, resolved)}"
        below = self.contract.resolve(dense(resolved["items"]))
        pairs: Pairs = []
        for number, item in enumerate(items, 1):
            pairs += self._value(below, item, f"{name}.{number}", f"{path}/*")
        return pairs

    def _map(self, resolved: Schema, entries: dict[str, Any], name: str, path: str) -> Pairs:
        if not is_flattened(resolved):
            name = f"{name}.{ENTRY}"
        key_name, value_name = entry_names(self.contract, resolved)
        keys = self.contract.resolve(resolved["propertyNames"])
        values = self.contract.resolve(dense(resolved["additionalProperties"]))
        pairs: Pairs = []
        for number, (key, item) in enumerate(entries.items(), 1):
            pairs += self._value(keys, key, f"{name}.{number}.{key_name}", f"{path}/@key")
            pairs += self._value(values, item, f"{name}.{number}.{value_name}", f"{path}/@value")
        return pairs

    def _loose(self, value: Any, name: str, path: str) -> Pairs:
        if isinstance(value, dict | list) and not value:
            raise NotExpressible(path, "what is empty leaves no trace in a form")
        if isinstance(value, dict):
            parts = [(f"{name}.{key}", item) for key, item in value.items()]
        elif isinstance(value, list):
            member = name if self.ec2 else f"{name}.member"
            parts = [(f"{member}.{number}", item) for number, item in enumerate(value, 1)]
        else:
            return [(name, loose_text(value, path))]
        return [pair for part, item in parts for pair in self._loose(item, part, path)]
