"""Protocol test cases as botocore keeps them: suites of shapes and cases, inputs and outputs.

Each file is an array of suites with `metadata`, `shapes` and `cases`. A case has `given` (the
operation) and either `params` with `serialized`, or `response` with `result` or `error`.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.vectors.botocore_models import contract
from awsconform.conformance.vectors.cases import Kind, RequestVector, ResponseVector, Vector
from awsconform.conformance.vectors.documents import Node
from awsconform.specs.contract import Contract
from awsconform.specs.protocols import PROTOCOLS, ours


@dataclass
class IgnoreList:
    """The cases and suites that botocore's own test runner passes over, by direction and file."""

    general: dict[str, set[str]] = field(default_factory=dict)
    by_file: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, node: Node) -> IgnoreList:
        """The list kept in `protocol-tests-ignore-list.json`.

        Raises:
            ModelError: it is not of that form.
        """
        general = node.at("general").entries() if node.has("general") else {}
        files = node.at("protocols").entries() if node.has("protocols") else {}
        return cls(
            {direction: _named(each) for direction, each in general.items()},
            {
                (file, direction): _named(each)
                for file, stated in files.items()
                for direction, each in stated.entries().items()
            },
        )

    def has(self, file: str, direction: str, names: set[str]) -> bool:
        """Whether one of a case's names (its id, its suite's description) is on the list."""
        return bool(
            names
            & (self.general.get(direction, set()) | self.by_file.get((file, direction), set()))
        )


def is_ignore_list(node: Node) -> bool:
    """Whether a file is botocore's list of cases that are passed over."""
    return (
        isinstance(node.value, dict)
        and bool(node.value)
        and node.value.keys()
        <= {
            "general",
            "protocols",
        }
    )


def is_suites(node: Node) -> bool:
    """Whether a file holds suites of test cases, maybe damaged ones."""
    return isinstance(node.value, list) and all(
        isinstance(suite, dict) and suite.keys() & {"cases", "shapes"} for suite in node.value
    )


def _named(node: Node) -> set[str]:
    return {*node.texts("suites"), *node.texts("cases")}


def vectors(node: Node, stem: str, ignored: IgnoreList, folder: str = "") -> Iterator[Vector]:
    """The test cases of one file; `stem` is the file's name without its ending.

    Cases without an id are called `folder/stem:suite:case`.

    Raises:
        ModelError: the file lacks something that every case needs.
    """
    for suite_number, suite in enumerate(node.items()):
        description = suite.get("description", str, "")
        for number, case in enumerate(suite.at("cases").items()):
            identifier = case.get("id", str, f"{folder}/{stem}:{suite_number}:{number}")
            protocol = str(suite.at("metadata").get("protocol", str))
            direction = "input" if case.has("params") or case.has("serialized") else "output"
            skipped = ignored.has(stem, direction, {description, identifier})
            if ours(protocol) not in PROTOCOLS:
                kind = Kind.REQUEST if direction == "input" else Kind.RESPONSE
                yield Vector(identifier, kind, protocol, None, case.location, ignored=skipped)
                continue
            made = contract(suite, case, protocol)
            if direction == "input":
                yield _request(suite, case, identifier, made, skipped)
            else:
                yield _response(case, identifier, made, skipped)


def _request(
    suite: Node, case: Node, identifier: str, contract: Contract, ignored: bool
) -> RequestVector:
    made = case.at("serialized")
    path, _, query = made.get("uri", str).partition("?")
    body: bytes | None = None
    if made.has("body"):
        text = made.get("body", str)
        cbor = contract.protocol == "rpc-v2-cbor"
        body = _decoded(made.at("body")) if cbor else text.encode()
    return RequestVector(
        identifier,
        Kind.REQUEST,
        contract.protocol,
        contract,
        case.location,
        ignored=ignored,
        params=case.get("params", dict, {}),
        method=made.get("method", str, None),
        path=path,
        query=tuple(query.split("&")) if query else (),
        headers=made.headers("headers"),
        absent_headers=made.texts("forbidHeaders"),
        required_headers=made.texts("requireHeaders"),
        body=body,
        host=suite.get("clientEndpoint", str, None),
        address=made.get("host", str, None),
    )


def _response(case: Node, identifier: str, contract: Contract, ignored: bool) -> ResponseVector:
    stated = case.at("response")
    body = b""
    if stated.has("body"):
        cbor = contract.protocol == "rpc-v2-cbor" and not _streams(contract)
        streamed = _streams(contract)
        text = stated.get("body", str)
        body = _decoded(stated.at("body")) if cbor or streamed else text.encode()
    failed = case.has("error") or case.has("errorCode")
    return ResponseVector(
        identifier,
        Kind.ERROR if failed else Kind.RESPONSE,
        contract.protocol,
        contract,
        case.location,
        ignored=ignored,
        params=case.get("error", dict, {}) if failed else case.get("result", dict),
        code=case.get("errorCode", str, "") if failed else None,
        response=HTTPResponse(
            stated.get("status_code", int), tuple(stated.headers("headers").items()), body
        ),
        has_body=stated.has("body"),
    )


def _streams(contract: Contract) -> bool:
    shape: dict[str, Any] = contract.definitions.get(contract.output_shape or "", {})
    members = (contract.resolve(member) for member in shape.get("properties", {}).values())
    return any(member.get("aws", {}).get("eventstream") for member in members)


def _decoded(node: Node) -> bytes:
    try:
        return base64.b64decode(node.of(str), validate=True)
    except (binascii.Error, ValueError):
        raise node.fail("no base64") from None
