"""A contract: all that is known of one operation, held as one JSON Schema document.

`Contract` is a typed view of that document (its form is described in docs/ARCHITECTURE.md);
`Place` is one position in a request, a response or an error, with its schema.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from awsconform.errors import ContractError, Location
from awsconform.specs.places import ITEM, KEY, VALUE, Place, Places, Schema, SegmentPath, dense

__all__ = [
    "DIALECT",
    "ITEM",
    "KEY",
    "VALUE",
    "Contract",
    "ErrorShape",
    "Pagination",
    "Place",
    "Schema",
    "SegmentPath",
    "dense",
]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MAKES = re.compile(r"Token|Credential|Identity|Password|GetId$|GetOpenId|Session(?!s)|Upload")


@dataclass(frozen=True)
class ErrorShape:
    """An error the operation declares: its code on the wire, HTTP status, and whose fault."""

    code: str
    shape: str
    status: int
    fault: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Pagination:
    """Where tokens, limit and items of a paginated operation are (dotted JMESPath of botocore)."""

    input_token: tuple[str, ...]
    output_token: tuple[str, ...]
    limit: str | None
    result: tuple[str, ...]
    more_results: str | None


class Contract:
    """The contract of one operation; its `id` is `service.Operation`.

    Raises:
        ContractError: the document lacks what every contract has.
    """

    def __init__(self, document: Mapping[str, Any], *, origin: str = "contract") -> None:
        self.document = dict(document)
        self.origin = origin
        self._by_part: dict[str, Places] = {}
        try:
            aws = self.document["aws"]
            self.aws: dict[str, Any] = aws
            self.service: str = aws["service"]
            self.api_version: str = aws["apiVersion"]
            self.operation: str = aws["operation"]
            self.id = f"{self.service}.{self.operation}"
            self.protocol: str = aws["protocol"]
            self.method: str = aws["http"]["method"]
            self.uri: str = aws["http"]["uri"]
            self.status: int = aws["http"]["status"]
            self.definitions: dict[str, Schema] = self.document["$defs"]
            self.input_shape: str | None = aws["input"]
            self.output_shape: str | None = aws["output"]
            self.errors = {
                code: ErrorShape(
                    code, error["shape"], error["status"], error["fault"], tuple(error["sources"])
                )
                for code, error in aws["errors"].items()
            }
        except (KeyError, TypeError, AttributeError) as error:
            raise ContractError(
                f"not a contract: {error} is missing or misplaced",
                location=Location(origin),
                hint="make it again with `awsconform extract` or restore the file",
            ) from None

    @classmethod
    def from_file(cls, path: Path) -> Contract:
        """The contract kept in a file.

        Raises:
            ContractError: the file cannot be read, or is no contract.
        """
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ContractError(str(error), location=Location(str(path))) from None
        return cls(document, origin=str(path))

    def __repr__(self) -> str:
        return f"<Contract {self.id} {self.api_version}>"

    @property
    def readonly(self) -> bool:
        """Whether the operation only reads: by its trait, else by its name.

        What only sounds like reading, and makes a token, credentials or an identity, is not.
        """
        stated = self.aws.get("readonly")
        if stated is not None:
            return bool(stated)
        verb = self.operation.startswith(("Get", "List", "Describe", "BatchGet", "Search", "Query"))
        return verb and _MAKES.search(self.operation) is None

    @functools.cached_property
    def pagination(self) -> Pagination | None:
        """How the operation pages, or None."""
        stated = self.aws.get("pagination")
        if stated is None:
            return None
        return Pagination(
            tuple(stated["inputToken"]),
            tuple(stated["outputToken"]),
            stated["limit"],
            tuple(stated["result"]),
            stated["moreResults"],
        )

    def rules(self, name: str) -> list[dict[str, Any]]:
        """The structured facts of that name which the documents state in prose."""
        return [rule for rule in self.aws.get("rules", []) if rule["rule"] == name]

    def resolve(self, schema: Mapping[str, Any]) -> Schema:
        """`schema` with its `$ref` followed; what stands beside the `$ref` is laid over it."""
        name = schema.get("$ref")
        if name is None:
            return dict(schema)
        target = self.definitions[name.removeprefix("#/$defs/")]
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        merged = {**target, **beside}
        if "aws" in beside:
            merged["aws"] = {**target.get("aws", {}), **beside["aws"]}
        return merged

    def part_shape(self, part: str) -> str | None:
        """The name of the shape behind `request`, `response` or an error's code."""
        if part == "request":
            return self.input_shape
        if part == "response":
            return self.output_shape
        return self.errors[part].shape

    def part(self, part: str) -> Schema:
        """The schema of `request`, `response` or an error's code, ready for any validator."""
        shape = self.part_shape(part)
        body: Schema = {"$ref": f"#/$defs/{shape}"} if shape else {"type": "object"}
        return {"$schema": DIALECT, **body, "$defs": self.definitions}

    def places(self, part: str) -> tuple[Place, ...]:
        """Every position of a part, the outermost first; see `specs.places` on repeated shapes."""
        return self._places(part).all

    def members(self, part: str) -> dict[str, Place]:
        """The places right below the top of a part, by the names of the members."""
        return self._places(part).members

    def place(self, part: str, path: SegmentPath) -> Place | None:
        """The position at `path`, or None where there is none."""
        return self._places(part).by_path.get(path)

    def onward(self, part: str, path: SegmentPath) -> SegmentPath:
        """The path below which the members of a place are found: its own unless its shape is
        opened elsewhere.
        """
        return self._places(part).onward.get(path, path)

    def generalise(self, part: str, pointer: tuple[str | int, ...]) -> SegmentPath:
        """The clause path of an instance pointer: `("statistics", 3, "usageType")` → `*`.

        Below a shape that is opened elsewhere the path is that of the place which opens it.
        """
        return self._places(part).generalise(pointer)

    def _places(self, part: str) -> Places:
        if part not in self._by_part:
            shape = self.part_shape(part)
            top = {"$ref": f"#/$defs/{shape}"} if shape else None
            self._by_part[part] = Places(top, self.resolve)
        return self._by_part[part]
