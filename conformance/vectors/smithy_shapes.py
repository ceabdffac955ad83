"""Shapes of a Smithy model (JSON AST) in the form of botocore's models.

Smithy: smithy.api traits, aws.protocols traits, mixins. Names outside of traits and shapes are the
ones that botocore's models have for the same thing.
"""

from __future__ import annotations

from typing import Any

from awsconform.conformance.vectors.documents import Node

UNIT = "smithy.api#Unit"
API = "smithy.api#"
REST = ("rest-json", "rest-xml")
XML = ("query", "ec2", "rest-xml")
_FORMATS = {
    "date-time": "iso8601",
    "epoch-seconds": "unixTimestamp",
    "http-date": "rfc822",
}
_KINDS = {
    "union": "structure",
    "set": "list",
    "enum": "string",
    "intEnum": "integer",
    "bigInteger": "long",
    "bigDecimal": "double",
    "document": "structure",
}
_PRELUDE = {
    "String": "string",
    "Blob": "blob",
    "Boolean": "boolean",
    "PrimitiveBoolean": "boolean",
    "Byte": "byte",
    "PrimitiveByte": "byte",
    "Short": "short",
    "PrimitiveShort": "short",
    "Integer": "integer",
    "PrimitiveInteger": "integer",
    "Long": "long",
    "PrimitiveLong": "long",
    "Float": "float",
    "PrimitiveFloat": "float",
    "Double": "double",
    "PrimitiveDouble": "double",
    "BigInteger": "bigInteger",
    "BigDecimal": "bigDecimal",
    "Timestamp": "timestamp",
    "Document": "document",
    "Unit": "structure",
}
_LOCATIONS = {
    "httpLabel": "uri",
    "httpQuery": "querystring",
    "httpQueryParams": "querystring",
    "httpHeader": "header",
    "httpPrefixHeaders": "headers",
    "httpResponseCode": "statusCode",
}


class Shapes:
    """The shapes of one AST, converted for one protocol as they are asked for.

    `made` holds the botocore form by name, `taken` which shape id has the name.
    """

    def __init__(self, shapes: Node, protocol: str, *, query_compatible: bool = False) -> None:
        self.shapes = shapes
        self.protocol = protocol
        self.query_compatible = query_compatible
        self.made: dict[str, dict[str, Any]] = {}
        self._taken: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def name(self, identifier: str) -> str:
        """The name of a shape, which is converted at the first time with all it refers to.

        Raises:
            ModelError: there is no such shape, or it is damaged.
        """
        known = self._names.get(identifier)
        if known is not None:
            return known
        namespace, _, local = identifier.rpartition("#")
        name = local
        if name in self._taken:
            name = f"{local}_{namespace.replace('.', '_')}"
        self._names[identifier], self._taken[name] = name, identifier
        self.made[name] = {}
        self.made[name].update(self._shape(identifier))
        return name

    def node(self, identifier: str) -> Node:
        """Where a shape stands in the file; those of Smithy's prelude stand nowhere.

        Raises:
            ModelError: there is no such shape.
        """
        local = identifier.removeprefix(API)
        if not self.shapes.has(identifier) and identifier.startswith(API) and local in _PRELUDE:
            return Node(self.shapes.file, f"{API}{local}", {"type": _PRELUDE[local]})
        return self.shapes.at(identifier)

    def root(self, identifier: str) -> tuple[str, dict[str, Any]]:
        """The name that a structure has where it is a whole XML document, and its namespace.

        A name or namespace stated of a structure holds there only, while in botocore's models it
        would hold for its members as well. A structure that states a name is told by it.

        Raises:
            ModelError: there is no such shape, or it is damaged.
        """
        name = self.name(identifier)
        names = self._names_of(self.traits(self.node(identifier)))
        stated = names.pop("locationName", name)
        if stated != name:
            self.made[stated] = self.made[name]
        return stated, {key: names[key] for key in ("xmlNamespace",) if key in names}

    def members(self, node: Node) -> dict[str, Node]:
        """The members of a structure or union, those of its mixins first."""
        found: dict[str, Node] = {}
        for mixin in node.at("mixins").items() if node.has("mixins") else ():
            found |= self.members(self.node(mixin.get("target", str)))
        if node.has("members"):
            for name, member in node.at("members").entries().items():
                inherited = found.get(name)
                if inherited is not None:
                    merged = {**_traits(inherited), **_traits(member)}
                    value = {**inherited.value, **member.value, "traits": merged}
                    member = Node(member.file, member.pointer, value)
                found[name] = member
        return found

    def traits(self, node: Node) -> dict[str, Any]:
        """The traits of a shape, those of its mixins included."""
        found: dict[str, Any] = {}
        for mixin in node.at("mixins").items() if node.has("mixins") else ():
            inherited = self.traits(self.node(mixin.get("target", str)))
            local = inherited.get(f"{API}mixin", {}).get("localTraits", [])
            left = {f"{API}mixin", *local}
            found |= {trait: value for trait, value in inherited.items() if trait not in left}
        return {**found, **_traits(node)}

    def _shape(self, identifier: str) -> dict[str, Any]:
        node = self.node(identifier)
        kind = node.get("type", str)
        traits = self.traits(node)
        shape: dict[str, Any] = {"type": _KINDS.get(kind, kind), **self._constraints(traits)}
        if kind == "document":
            return {**shape, "members": {}, "document": True}
        if kind in ("structure", "union"):
            shape |= self._structure(node, kind, traits, identifier)
        elif kind in ("list", "set"):
            shape["member"] = self._reference(node.at("member"))
        elif kind == "map":
            shape["key"] = self._reference(node.at("key"))
            shape["value"] = self._reference(node.at("value"))
        elif kind == "enum":
            shape["enum"] = [
                _traits(member).get(f"{API}enumValue", name)
                for name, member in self.members(node).items()
            ]
        elif f"{API}enum" in traits:
            shape["enum"] = [entry["value"] for entry in traits[f"{API}enum"]]
        for trait in ("sparse", "streaming", "sensitive"):
            if f"{API}{trait}" in traits and kind != "union":
                shape[trait] = True
        return shape

    def _structure(
        self, node: Node, kind: str, traits: dict[str, Any], identifier: str
    ) -> dict[str, Any]:
        members = self.members(node)
        shape: dict[str, Any] = {
            "members": {name: self._member(name, member) for name, member in members.items()}
        }
        required = [name for name in members if f"{API}required" in _traits(members[name])]
        if required:
            shape["required"] = required
        if self.protocol in REST:
            for name, member in members.items():
                if f"{API}httpPayload" in _traits(member):
                    shape["payload"] = name
        if kind == "union":
            shape["union"] = True
            if f"{API}streaming" in traits:
                del shape["union"]
                shape["eventstream"] = True
                for reference in shape["members"].values():
                    self.made[reference["shape"]]["event"] = True
        fault = traits.get(f"{API}error")
        if fault is not None:
            shape |= self._error(fault, traits, identifier)
        return shape

    def _error(self, fault: str, traits: dict[str, Any], identifier: str) -> dict[str, Any]:
        server = fault == "server"
        stated: dict[str, Any] = {"httpStatusCode": traits.get(f"{API}httpError")}
        query = traits.get("aws.protocols#awsQueryError")
        if query is not None and (self.protocol == "query" or self.query_compatible):
            stated["code"] = query["code"]
            if self.protocol == "query":
                stated["httpStatusCode"] = query["httpResponseCode"]
        stated["httpStatusCode"] = stated["httpStatusCode"] or (500 if server else 400)
        code = {"code": identifier.rpartition("#")[2], **stated}
        return {"exception": True, "error": code, **({"fault": True} if server else {})}

    def _member(self, name: str, node: Node) -> dict[str, Any]:
        reference = self._reference(node)
        traits = _traits(node)
        if self.protocol in REST:
            for trait, location in _LOCATIONS.items():
                if f"{API}{trait}" in traits:
                    stated = traits[f"{API}{trait}"]
                    reference["location"] = location
                    if isinstance(stated, str):
                        reference["locationName"] = stated
                    elif location == "uri":
                        reference["locationName"] = name
        if f"{API}httpPayload" in traits and self.protocol == "rest-xml":
            root, names = self.root(node.get("target", str))
            reference = {"locationName": root, **names, **reference}
        if reference.get("flattened"):
            self._flatten(name, reference)
        for trait in ("idempotencyToken", "hostLabel"):
            if f"{API}{trait}" in traits:
                reference[trait] = True
        if f"{API}eventHeader" in traits:
            reference["eventheader"] = True
        if f"{API}eventPayload" in traits:
            reference["eventpayload"] = True
        target = self.traits(self.node(node.get("target", str)))
        media = str(target.get(f"{API}mediaType", ""))
        if reference.get("location") == "header" and media.endswith("json"):
            reference["jsonvalue"] = True
        return reference

    def _flatten(self, name: str, reference: dict[str, Any]) -> None:
        """A flattened list by a shape of its own, whose items have the member's name."""
        shape = self.made[reference["shape"]]
        if shape.get("type") == "list":
            named = reference.get("locationName", name)
            item = {**shape["member"], "locationName": named}
            alias = f"{reference['shape']}_{named}"
            self.made[alias] = {**shape, "member": item}
            reference["shape"] = alias

    def _reference(self, node: Node) -> dict[str, Any]:
        """A member, list item, map key or value: the shape and what is stated of it here."""
        traits = _traits(node)
        reference: dict[str, Any] = {"shape": self.name(node.get("target", str))}
        return {**reference, **self._constraints(traits), **self._names_of(traits)}

    def _constraints(self, traits: dict[str, Any]) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        for trait in ("length", "range"):
            facts |= traits.get(f"{API}{trait}", {})
        if f"{API}pattern" in traits:
            facts["pattern"] = traits[f"{API}pattern"]
        form = traits.get(f"{API}timestampFormat")
        if form is not None:
            facts["timestampFormat"] = _FORMATS[form]
        return facts

    def _names_of(self, traits: dict[str, Any]) -> dict[str, Any]:
        """Names on the wire: jsonName where JSON is bound to REST, the others where XML is."""
        facts: dict[str, Any] = {}
        if self.protocol == "rest-json" and f"{API}jsonName" in traits:
            facts["locationName"] = traits[f"{API}jsonName"]
        if self.protocol in XML:
            for trait, key in (("xmlName", "locationName"), ("xmlNamespace", "xmlNamespace")):
                if f"{API}{trait}" in traits:
                    facts[key] = traits[f"{API}{trait}"]
            if f"{API}xmlFlattened" in traits:
                facts["flattened"] = True
            if f"{API}xmlAttribute" in traits:
                facts["xmlAttribute"] = True
            if "aws.protocols#ec2QueryName" in traits:
                facts["queryName"] = traits["aws.protocols#ec2QueryName"]
        return facts


def _traits(node: Node) -> dict[str, Any]:
    return node.get("traits", dict, {})
