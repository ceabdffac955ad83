"""Logical JSON to elements: names, attributes, namespaces and timestamps of the wire.

Values of a wrong kind go out as what they are: text where elements belong, elements where text
belongs. What would be read as a proper other value, or leaves no trace, is refused.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.loose_text import loose_text
from awsconform.conformance.wire.text import to_text
from awsconform.conformance.wire.xml_names import (
    ENTRY,
    entry_names,
    is_flattened,
    item_name,
    member_name,
)
from awsconform.conformance.wire.xml_text import INSTANCE, Element, is_name, is_text
from awsconform.specs.contract import Contract, Schema, dense

_CONTAINERS = {"structure": dict, "map": dict, "list": list}


@dataclass(frozen=True)
class XmlWriter:
    """Writes values of one contract.

    With `answering`, flattened lists and maps without items are left out, as servers do; in a
    request that would send another value.
    """

    contract: Contract
    answering: bool = False

    def element(self, schema: Schema, value: Any, name: str, path: str) -> Element:
        """The element of a value of `schema`.

        Raises:
            NotExpressible: the value has no form here, or only one that says another value.
        """
        resolved = self.contract.resolve(schema)
        element = Element(name)
        declare(element, resolved.get("aws", {}).get("xmlNamespace"))
        self._fill(element, resolved, value, path)
        return element

    def _fill(self, element: Element, resolved: Schema, value: Any, path: str) -> None:
        aws = resolved.get("aws", {})
        kind = aws.get("type")
        due = _CONTAINERS.get(str(kind))
        if value is None:
            raise NotExpressible(path, "null has no form in XML")
        if due is None and isinstance(value, dict | list):
            if not value:
                raise NotExpressible(path, "an empty element is an empty text")
            self._loose(element, value, path)
        elif due is None:
            element.text = _text(to_text(value, aws, path), path)
        elif not isinstance(value, due):
            element.text = _text(_among_elements(value, path), path)
        elif kind == "structure":
            self.members(element, resolved, value, path)
        elif kind == "list":
            self._items(element, resolved, value, item_name(self.contract, resolved), path)
        else:
            self._entries(element, resolved, value, ENTRY, path)

    def members(self, element: Element, resolved: Schema, value: dict[str, Any], path: str) -> None:
        """Adds the members of a structure to its element, unknown ones as they are.

        Raises:
            NotExpressible: a value has no form at its place.
        """
        known = {
            name: self.contract.resolve(member) for name, member in resolved["properties"].items()
        }
        names = {name: member_name(self.contract, name, member) for name, member in known.items()}
        taken = set(names.values())
        written = [names[name] for name in value if name in names]
        shared = {wire for wire, count in Counter(names.values()).items() if count > 1}
        # An answer's reader cannot tell which of the two it was.
        if len(set(written)) < len(written) or (self.answering and shared & set(written)):
            raise NotExpressible(path, "two of the members have the same name on the wire")
        for name, item in value.items():
            below = f"{path}/{name}"
            if name in known:
                self._member(element, name, known[name], resolved["properties"][name], item, below)
            elif name in taken:
                raise NotExpressible(below, "the wire has a known member of that name")
            else:
                element.children.append(self._unknown(name, item, below))

    def _member(
        self, element: Element, name: str, resolved: Schema, schema: Schema, item: Any, path: str
    ) -> None:
        wire = member_name(self.contract, name, resolved)
        aws = resolved.get("aws", {})
        if aws.get("xmlAttribute"):
            prefix = wire.rpartition(":")[0]
            if prefix == "xsi":
                element.attributes.setdefault("xmlns:xsi", INSTANCE)
            element.attributes[wire] = _text(to_text(item, aws, path), path)
        elif not is_flattened(resolved):
            element.children.append(self.element(schema, item, wire, path))
        elif not isinstance(item, _CONTAINERS[aws["type"]]):
            raise NotExpressible(path, "without an element around it, it is read as an item")
        elif not item and not self.answering:
            raise NotExpressible(path, f"an empty flattened {aws['type']} leaves no trace")
        elif aws["type"] == "list":
            self._items(element, resolved, item, wire, path)
        else:
            self._entries(element, resolved, item, wire, path, aws.get("xmlNamespace"))

    def _items(
        self, element: Element, resolved: Schema, items: list[Any], name: str, path: str
    ) -> None:
        below = dict(dense(resolved["items"]))
        element.children += [self.element(below, item, name, f"{path}/*") for item in items]

    def _entries(
        self,
        element: Element,
        resolved: Schema,
        entries: dict[str, Any],
        name: str,
        path: str,
        namespace: dict[str, str] | None = None,
    ) -> None:
        key_name, value_name = entry_names(self.contract, resolved)
        keys, values = resolved["propertyNames"], dict(dense(resolved["additionalProperties"]))
        for key, item in entries.items():
            entry = Element(name)
            declare(entry, namespace)
            entry.children = [
                self.element(keys, key, key_name, f"{path}/@key"),
                self.element(values, item, value_name, f"{path}/@value"),
            ]
            element.children.append(entry)

    def _unknown(self, name: str, item: Any, path: str) -> Element:
        if not is_name(name) or ":" in name:
            raise NotExpressible(path, f"{name!r} is no name of an element")
        element = Element(name)
        self._loose(element, item, path)
        return element

    def _loose(self, element: Element, value: Any, path: str) -> None:
        if isinstance(value, dict):
            element.children += [
                self._unknown(name, item, f"{path}/{name}") for name, item in value.items()
            ]
        elif isinstance(value, list):
            element.children += [self._unknown("member", item, f"{path}/*") for item in value]
        else:
            element.text = _text(loose_text(value, path), path)


def declare(element: Element, namespace: dict[str, str] | None) -> None:
    """Declares a namespace (`uri`, `prefix`) on an element."""
    if namespace:
        prefix = namespace.get("prefix")
        element.attributes[f"xmlns:{prefix}" if prefix else "xmlns"] = namespace["uri"]


def _among_elements(value: Any, path: str) -> str:
    if isinstance(value, dict | list):
        raise NotExpressible(path, f"elements of a {type(value).__name__} may be read as proper")
    text = loose_text(value, path)
    if not text.strip():
        raise NotExpressible(path, "without text it is an empty element")
    return text


def _text(text: str, path: str) -> str:
    if not is_text(text):
        raise NotExpressible(path, "a character that XML has no form for")
    return text
