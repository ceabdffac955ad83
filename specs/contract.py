"""A contract: all that is known of one operation, held as one JSON Schema document.

`Contract` is a typed view of that document (its form is described in docs/ARCHITECTURE.md);
`Place` is one position in a request, a response or an error, with its schema.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from awsconform.errors import ContractError, Location

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MAKES = re.compile(r"Token|Credential|Identity|Password|GetId$|GetOpenId|Session(?!s)|Upload")
ITEM, KEY, VALUE = "*", "@key", "@value"

Schema = dict[str, Any]
SegmentPath = tuple[str, ...]


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


@dataclass(frozen=True)
class Place:
    """A position in a structure: `("statistics", "*", "usageType")` and the schema that holds.

    `schema` is resolved (no `$ref` on its own level). `required` says whether the enclosing
    structure requires it. `parent` is the place of that structure, None at the top.
    """

    path: SegmentPath
    schema: Schema = field(compare=False)
    required: bool = field(compare=False)
    parent: Place | None = field(compare=False, repr=False)

    @property
    def aws(self) -> dict[str, Any]:
        """AWS's own facts about the member and its shape: type, location, names."""
        aws: dict[str, Any] = self.schema.get("aws", {})
        return aws

    @property
    def kind(self) -> str:
        """The AWS type: structure, list, map, string, integer, timestamp, document, …"""
        return str(self.aws.get("type", "document"))

    @property
    def text(self) -> str:
        """The path as clause ids write it: `statistics/*/usageType`."""
        return "/".join(self.path)

    def is_member(self) -> bool:
        """Whether this is a named member of a structure, not a list item or map entry."""
        return bool(self.path) and self.path[-1] not in (ITEM, KEY, VALUE)


class Contract:
    """The contract of one operation; its `id` is `service.Operation`.

    Raises:
        ContractError: the document lacks what every contract has.
    """

    def __init__(self, document: Mapping[str, Any], *, origin: str = "contract") -> None:
        self.document = dict(document)
        self.origin = origin
        self._by_part: dict[str, dict[SegmentPath, Place]] = {}
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
        """Every position of a part, the outermost first; recursion ends where it begins again."""
        return tuple(self._places(part).values())

    def place(self, part: str, path: SegmentPath) -> Place | None:
        """The position at `path`, or None where there is none."""
        return self._places(part).get(path)

    def _places(self, part: str) -> dict[SegmentPath, Place]:
        if part not in self._by_part:
            shape = self.part_shape(part)
            top = {"$ref": f"#/$defs/{shape}"}
            walk = self._walk((), top, False, None, frozenset()) if shape else iter(())
            self._by_part[part] = {place.path: place for place in walk}
        return self._by_part[part]

    def _walk(
        self,
        path: SegmentPath,
        schema: Mapping[str, Any],
        required: bool,
        parent: Place | None,
        chain: frozenset[str],
    ) -> Iterator[Place]:
        name = schema.get("$ref")
        resolved = self.resolve(schema)
        place = Place(path, resolved, required, parent)
        yield place
        if name in chain:
            return
        inside = chain | {name} if name else chain
        wanted = set(resolved.get("required", ()))
        for member, below in resolved.get("properties", {}).items():
            yield from self._walk((*path, member), below, member in wanted, place, inside)
        for keyword, segment in (
            ("items", ITEM),
            ("propertyNames", KEY),
            ("additionalProperties", VALUE),
        ):
            below = resolved.get(keyword)
            if isinstance(below, dict):
                yield from self._walk((*path, segment), dense(below), False, place, inside)

    def generalise(self, part: str, pointer: tuple[str | int, ...]) -> SegmentPath:
        """The clause path of an instance pointer: `("statistics", 3, "usageType")` → `*`.

        Inside recursion the path is that of the first visit to the shape.
        """
        shape = self.part_shape(part)
        here: SegmentPath = ()
        schema: Mapping[str, Any] = {"$ref": f"#/$defs/{shape}"} if shape else {}
        seen: dict[str, SegmentPath] = {}
        for segment in pointer:
            name = schema.get("$ref")
            if name:
                here = seen.setdefault(name, here)
            resolved = self.resolve(schema)
            if isinstance(segment, int):
                schema, step = resolved.get("items", {}), ITEM
            elif segment in resolved.get("properties", {}):
                schema, step = resolved["properties"][segment], segment
            elif isinstance(resolved.get("additionalProperties"), dict):
                schema, step = resolved["additionalProperties"], VALUE
            else:
                schema, step = {}, segment
            schema = dense(schema)
            here = (*here, step)
        return here


def dense(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of a sparse collection's item apart from its being null."""
    arms = schema.get("anyOf")
    if isinstance(arms, list) and {"type": "null"} in arms:
        arm: Mapping[str, Any] = next(arm for arm in arms if arm != {"type": "null"})
        return arm
    return schema
