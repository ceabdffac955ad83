"""Elements to logical JSON, by readers compiled once for each structure of a contract.

What is found out on the way is what `JsonReader` finds out of JSON: paths that are present, null or
unknown, and problems. Single values are read as text; text that is no value of its place stays text
for the validator to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from awsconform.conformance.wire.answer import Part, Problem
from awsconform.conformance.wire.json_reader import At, Findings, JsonReader, pointer
from awsconform.conformance.wire.text import from_text
from awsconform.conformance.wire.xml_names import (
    ENTRY,
    entry_names,
    is_flattened,
    item_name,
    member_name,
)
from awsconform.conformance.wire.xml_text import INSTANCE, Element
from awsconform.specs.contract import ITEM, KEY, VALUE, Contract, Schema, SegmentPath, dense

ReadElement = Callable[[Element, At, Findings], Any]
_ReadMany = Callable[[list[Element], At, Findings], Any]


@dataclass(frozen=True)
class _Member:
    name: str
    number: int
    # One of the two: elements of a flattened member are read together.
    one: ReadElement | None
    many: _ReadMany | None


class XmlReader:
    """The readers of one part of a contract; `root` begins every path, as in `JsonReader`."""

    def __init__(self, contract: Contract, part: Part, root: SegmentPath) -> None:
        self.contract = contract
        self._json = JsonReader(contract, part, root, wire=True)
        self._root = root
        self._structures: dict[tuple[str, SegmentPath], ReadElement] = {}

    @property
    def paths(self) -> list[SegmentPath]:
        """The paths by their numbers."""
        return self._json.paths

    def number(self, path: SegmentPath) -> int:
        """The number that stands for a path."""
        return self._json.number(path)

    def reader(self, schema: Mapping[str, Any], path: SegmentPath) -> ReadElement:
        """The reader of an element at a place."""
        resolved = self.contract.resolve(schema)
        kind = resolved.get("aws", {}).get("type")
        if kind not in ("structure", "list", "map"):
            return self._single(schema, resolved, path)
        opened = self._onward(path)
        if kind == "list":
            items = self._items(resolved, opened)
            return self._around(items, item_name(self.contract, resolved), path)
        if kind == "map":
            return self._around(self._entries(resolved, opened), ENTRY, path)
        name = schema.get("$ref")
        if name is None:
            return self.structure(resolved, opened)
        known = self._structures.get((name, opened))
        if known is None:
            known = self._structures[name, opened] = self.structure(resolved, opened)
        return known

    def _onward(self, path: SegmentPath) -> SegmentPath:
        part = self._root[0] if self._root else "response"
        return (*self._root, *self.contract.onward(part, path[len(self._root) :]))

    def structure(
        self, schema: Schema, path: SegmentPath, outside: frozenset[str] = frozenset()
    ) -> ReadElement:
        """The reader of a structure; `outside` are its members that are not in the body."""
        members: dict[str, _Member] | None = None
        attributes: dict[str, _Member] = {}
        names = outside | schema["properties"].keys()

        def read(element: Element, at: At, findings: Findings) -> Any:
            nonlocal members
            if members is None:
                members = self._members(schema, path, attributes)
            if _is_text(element, at, findings):
                return element.text
            made: dict[str, Any] = {}
            together: dict[str, tuple[_Member, list[Element]]] = {}
            for child in element.children:
                member = members.get(child.name)
                if member is None:
                    findings.unknown[(*path, child.name)] = None
                    if child.name not in names:
                        made.setdefault(child.name, loose(child))
                elif child.is_nil():
                    findings.nulls.add(member.number)
                elif member.one is None:
                    together.setdefault(member.name, (member, []))[1].append(child)
                elif member.name in made:
                    _tell(findings, at, f"<{child.name}> stands more than once in <{element.name}>")
                else:
                    findings.present.add(member.number)
                    made[member.name] = member.one(child, (at, member.name), findings)
            for name, (member, elements) in together.items():
                assert member.many is not None
                findings.present.add(member.number)
                made[name] = member.many(elements, (at, name), findings)
            for name, text in _attributes(element, attributes, path, findings):
                made[name] = text
            return made

        return read

    def _members(
        self, schema: Schema, path: SegmentPath, attributes: dict[str, _Member]
    ) -> dict[str, _Member]:
        """The members in elements by their names there; those in attributes go to `attributes`."""
        members = {}
        for name, stated in schema["properties"].items():
            resolved = self.contract.resolve(stated)
            below = (*path, name)
            wire = member_name(self.contract, name, resolved)
            number = self.number(below)
            if resolved.get("aws", {}).get("xmlAttribute"):
                # Prefixes may differ, so the rest of the name has to do.
                attributes[wire.rpartition(":")[2]] = _Member(name, number, None, None)
            elif is_flattened(resolved):
                opened = self._onward(below)
                kind = resolved["aws"]["type"]
                read = self._items if kind == "list" else self._entries
                members[wire] = _Member(name, number, None, read(resolved, opened))
            else:
                # S3 kept an old member of the name that the items of a list have now.
                single = _Member(name, number, self.reader(stated, below), None)
                members.setdefault(wire, single)
        return members

    def _around(self, many: _ReadMany, due: str, path: SegmentPath) -> ReadElement:
        """The reader of the element around items or entries, each of which is called `due`."""

        def read(element: Element, at: At, findings: Findings) -> Any:
            if _is_text(element, at, findings):
                return element.text
            _attributes(element, {}, path, findings)
            wrong = next((child for child in element.children if child.name != due), None)
            if wrong is not None:
                _tell(findings, at, f"<{wrong.name}> in <{element.name}>, <{due}> is due")
            return many(element.children, at, findings)

        return read

    def _items(self, schema: Schema, path: SegmentPath) -> _ReadMany:
        here = (*path, ITEM)
        number = self.number(here)
        below: ReadElement | None = None

        def read(elements: list[Element], at: At, findings: Findings) -> Any:
            nonlocal below
            if below is None:
                below = self.reader(dense(schema["items"]), here)
            if elements:
                findings.present.add(number)
            return [
                None if element.is_nil() else below(element, (at, index), findings)
                for index, element in enumerate(elements)
            ]

        return read

    def _entries(self, schema: Schema, path: SegmentPath) -> _ReadMany:
        here = (*path, VALUE)
        numbers = (self.number((*path, KEY)), self.number(here))
        key_name, value_name = entry_names(self.contract, schema)
        below: ReadElement | None = None

        def read(elements: list[Element], at: At, findings: Findings) -> Any:
            nonlocal below
            if below is None:
                below = self.reader(dense(schema["additionalProperties"]), here)
            made: dict[str, Any] = {}
            for element in elements:
                names = sorted(child.name for child in element.children)
                if names != sorted((key_name, value_name)) or element.text.strip():
                    _tell(findings, at, f"<{element.name}> is not one <{key_name}> and one "
                          f"<{value_name}>")  # fmt: skip
                key, value = element.child(key_name), element.child(value_name)
                if key is None or value is None:
                    continue
                if key.text in made:
                    _tell(findings, at, f"the key {key.text[:40]!r} stands twice")
                findings.present.update(numbers)
                nil = value.is_nil()
                made[key.text] = None if nil else below(value, (at, key.text), findings)
            return made

        return read

    def _single(
        self, schema: Mapping[str, Any], resolved: Schema, path: SegmentPath
    ) -> ReadElement:
        aws = resolved.get("aws", {})
        below = self._json.reader(schema, path)

        def read(element: Element, at: At, findings: Findings) -> Any:
            _attributes(element, {}, path, findings)
            if element.children:
                return loose(element)
            value = from_text(element.text, aws)
            return value if below is None else below(value, at, findings)

        return read


def loose(element: Element) -> Any:
    """An element no schema describes: its text, or what is in it by name."""
    if not element.children:
        return element.text
    made: dict[str, Any] = {}
    for child in element.children:
        value = loose(child)
        if child.name not in made:
            made[child.name] = value
        elif isinstance(made[child.name], list):
            made[child.name].append(value)
        else:
            made[child.name] = [made[child.name], value]
    return made


def _is_text(element: Element, at: At, findings: Findings) -> bool:
    """Whether there is text and nothing else where elements belong; text among them is told."""
    if not element.text.strip():
        return False
    if element.children:
        _tell(findings, at, f"text among the elements of <{element.name}>")
    return not element.children


def _attributes(
    element: Element, known: Mapping[str, _Member], path: SegmentPath, findings: Findings
) -> list[tuple[str, str]]:
    """The members in attributes; others are unknown, but for those of XML Schema."""
    found = []
    for key, text in element.attributes.items():
        uri, _, local = key.rpartition("}")
        member = known.get(local)
        if member is not None:
            findings.present.add(member.number)
            found.append((member.name, text))
        elif uri != f"{{{INSTANCE}":
            findings.unknown[(*path, local)] = None
    return found


def _tell(findings: Findings, at: At, message: str) -> None:
    findings.problems.append(Problem("wire", (), "xml", pointer(at), message))
