"""Models as botocore's test cases hold them, the oldest ones brought into the form of today."""

from __future__ import annotations

import copy
import re
from typing import Any

from awsconform.conformance.vectors.documents import Node
from awsconform.conformance.vectors.models import contract_of, damage_told
from awsconform.specs.contract import Contract

_SPECIAL = re.compile(r"[^A-Za-z0-9]+")
# What the oldest cases do without.
_METADATA = {"apiVersion": "2014-01-01", "endpointPrefix": "vectors"}
_HTTP = {"method": "POST", "requestUri": "/"}


def contract(suite: Node, case: Node, protocol: str) -> Contract:
    """The contract of a case's operation.

    Raises:
        ModelError: the suite's model is damaged.
    """
    given = dict(case.get("given", dict))
    given["http"] = {**_HTTP, **case.at("given").get("http", dict, {})}
    name = str(given.setdefault("name", "OperationName"))
    metadata = {**_METADATA, "protocols": [protocol], **suite.get("metadata", dict)}
    service = _SPECIAL.sub("-", str(metadata.get("serviceId", f"vectors-{protocol}"))).lower()
    with damage_told(case.at("given")):
        shapes = _shapes(suite.get("shapes", dict))
        for side in ("input", "output"):
            _add_payload(shapes, given.get(side, {}))
        if case.has("error"):
            # The runner of these cases finds an error among all shapes.
            errors = [{"shape": key} for key, shape in shapes.items() if shape.get("exception")]
            given["errors"] = [*given.get("errors", []), *errors]
        if protocol == "query" and case.has("response") and given.get("output"):
            given["output"] = {"resultWrapper": f"{name}Result", **given["output"]}
    model = {"metadata": metadata, "shapes": shapes, "operations": {name: given}}
    return contract_of(service, name, model, case.at("given"))


def _shapes(stated: dict[str, Any]) -> dict[str, Any]:
    """The shapes, where a character is a string and a member stands where its shape says."""
    shapes: dict[str, Any] = copy.deepcopy(stated)
    for shape in shapes.values():
        if shape["type"] == "character":
            shape["type"] = "string"
        for member in shape.get("members", {}).values():
            location = shapes[member["shape"]].get("location")
            if location is not None:
                member.setdefault("location", location)
    return shapes


def _add_payload(shapes: dict[str, Any], reference: dict[str, Any]) -> None:
    if "payload" in reference:
        name = reference["shape"]
        shapes[name] = {**shapes[name], "payload": reference["payload"]}
