"""Services of a Smithy model (JSON AST) in the form of botocore's models, by protocol."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from awsconform.conformance.vectors.documents import Node
from awsconform.conformance.vectors.smithy_shapes import API, UNIT, Shapes

PROTOCOLS = {
    "aws.protocols#awsJson1_0": "json",
    "aws.protocols#awsJson1_1": "json",
    "aws.protocols#restJson1": "rest-json",
    "aws.protocols#awsQuery": "query",
    "aws.protocols#ec2Query": "ec2",
    "aws.protocols#restXml": "rest-xml",
    "smithy.protocols#rpcv2Cbor": "rpc-v2-cbor",
}
_BOTOCORE = {"rpc-v2-cbor": "smithy-rpc-v2-cbor"}
_REST = ("rest-json", "rest-xml")
_COMPATIBLE = "aws.protocols#awsQueryCompatible"


class Service:
    """One service of a model under one of its protocols.

    `trait` is the protocol's trait, `name` what its contracts call the service, `shapes` all
    shapes of the file.
    """

    def __init__(self, identifier: str, shapes: Node, trait: str) -> None:
        self.identifier = identifier
        self.trait = trait
        self.protocol = PROTOCOLS[trait]
        self.node = shapes.at(identifier)
        self._file = shapes
        traits = self.node.get("traits", dict, {})
        self.traits = traits
        self._shapes = Shapes(shapes, self.protocol, query_compatible=_COMPATIBLE in traits)
        stated = traits.get("aws.api#service", {})
        local = identifier.rpartition("#")[2]
        self._service_id = str(stated.get("sdkId", local))
        self.name = self._service_id.replace(" ", "-").lower()
        self._local = local

    def operations(self) -> Iterator[str]:
        """The ids of its operations, those of its resources too."""
        yield from _operations(self._file, self.node)

    def errors(self, operation: str) -> list[str]:
        """The ids of the errors of an operation, its service's own included."""
        lists = (self.node, self._file.at(operation))
        return list(dict.fromkeys(each for node in lists for each in _targets(node, "errors")))

    def error_name(self, identifier: str) -> str:
        """The name that the shape of an error has in the model."""
        return self._shapes.name(identifier)

    def model(self, operation: str) -> dict[str, Any]:
        """A model in botocore's form with this one operation.

        Raises:
            ModelError: a shape is missing or damaged.
        """
        stated = self._operation(operation)
        return {
            "metadata": self._metadata(),
            "operations": {stated["name"]: stated},
            "shapes": self._shapes.made,
        }

    def _metadata(self) -> dict[str, Any]:
        spoken = _BOTOCORE.get(self.protocol, self.protocol)
        metadata: dict[str, Any] = {
            "apiVersion": self.node.get("version", str, "") or "2000-01-01",
            "endpointPrefix": self.traits.get("aws.api#service", {}).get(
                "endpointPrefix", self.name
            ),
            "protocol": spoken,
            "protocols": [spoken],
            "serviceId": self._service_id,
            "signatureVersion": "v4",
            "signingName": self.traits.get("aws.auth#sigv4", {}).get("name", self.name),
            "targetPrefix": self._local,
        }
        if self.protocol == "json":
            metadata["jsonVersion"] = "1.0" if self.trait.endswith("1_0") else "1.1"
        if f"{API}xmlNamespace" in self.traits:
            metadata["xmlNamespace"] = self.traits[f"{API}xmlNamespace"]
        if _COMPATIBLE in self.traits:
            metadata["awsQueryCompatible"] = {}
        return metadata

    def _operation(self, identifier: str) -> dict[str, Any]:
        node = self._file.at(identifier)
        traits = node.get("traits", dict, {})
        name = identifier.rpartition("#")[2]
        http = {"method": "POST", "requestUri": "/", "responseCode": 200}
        if self.protocol in _REST:
            bound = Node(node.file, f"{node.pointer}/traits", traits).at(f"{API}http")
            http = {
                "method": bound.get("method", str),
                "requestUri": bound.get("uri", str),
                "responseCode": bound.get("code", int, 200),
            }
        made: dict[str, Any] = {
            "name": name,
            "http": http,
            "errors": [{"shape": self._shapes.name(each)} for each in self.errors(identifier)],
        }
        for side in ("input", "output"):
            target = node.at(side).get("target", str) if node.has(side) else UNIT
            if target == UNIT:
                continue
            made[side] = {"shape": self._shapes.name(target)}
            if self.protocol == "rest-xml":
                root, names = self._shapes.root(target)
                made[side] |= {"locationName": root, **names}
                if side == "output":
                    made[side]["shape"] = root
        if "output" in made and self.protocol == "query":
            made["output"]["resultWrapper"] = f"{name}Result"
        if f"{API}endpoint" in traits:
            made["endpoint"] = {"hostPrefix": traits[f"{API}endpoint"]["hostPrefix"]}
        if f"{API}httpChecksumRequired" in traits:
            made["httpChecksumRequired"] = True
        for trait in ("readonly", "idempotent"):
            if f"{API}{trait}" in traits:
                made[trait] = True
        return made


def services(shapes: Node) -> Iterator[Service]:
    """Every service of a file under each of its supported protocols.

    Raises:
        ModelError: a shape of the file is damaged.
    """
    for identifier, node in shapes.entries().items():
        if node.get("type", str) == "service":
            for trait in node.get("traits", dict, {}):
                if trait in PROTOCOLS:
                    yield Service(identifier, shapes, trait)


def _operations(shapes: Node, node: Node) -> Iterator[str]:
    yield from _targets(node, "operations")
    yield from _targets(node, "collectionOperations")
    for name in ("create", "put", "read", "update", "delete", "list"):
        if node.has(name):
            yield node.at(name).get("target", str)
    for resource in _targets(node, "resources"):
        yield from _operations(shapes, shapes.at(resource))


def _targets(node: Node, key: str) -> list[str]:
    if not node.has(key):
        return []
    return [each.get("target", str) for each in node.at(key).items()]
