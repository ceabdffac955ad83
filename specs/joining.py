"""Page joined with model: one contract that names both as sources and keeps where they differ."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from awsconform.errors import ContractError
from awsconform.specs.contract import Contract, Place, Schema, SegmentPath

PAGE, MODEL = "page", "model"
# boto3 pages say integer for every whole number and float for every other.
_SAME_TYPE = {
    "integer": ("integer", "long", "short", "byte"),
    "float": ("float", "double", "bigdecimal"),
}
_CONSTRAINTS = (
    *("minLength", "maxLength", "pattern", "minItems", "maxItems", "minProperties"),
    *("maxProperties", "minimum", "maximum"),
)
_STATES_OUTPUT_ENUMS = ("boto3-rst", "boto3-text", "boto3-html")
_STATES_NESTED_REQUIRED = ("boto3-rst", "boto3-text", "boto3-html")


def join(page: dict[str, Any], model: dict[str, Any]) -> dict[str, Any]:
    """The contract document of an operation from its page's document and its model's contract.

    Where they differ the newer document wins in the schema, the model where neither is newer;
    the difference is kept in `aws.drift`.

    Raises:
        ContractError: the two are of different operations.
    """
    for key in ("service", "apiVersion", "operation"):
        if page["aws"][key] != model["aws"][key]:
            raise ContractError(
                f"the page is of {page['aws'][key]}, the model of {model['aws'][key]}"
            )
    document = copy.deepcopy(model)
    aws, stated = document["aws"], page["aws"]
    aws["documents"] = {
        PAGE: {key: stated[key] for key in ("format", "date", "sha256")},
        **aws["documents"],
    }
    stated_on = aws["documents"][MODEL].get("date")
    joiner = _Joiner(
        document,
        stated["format"],
        everything="generation" in stated,
        newer=bool(stated_on and stated["date"] > stated_on),
    )
    joiner.part("request", page["properties"].get("request", {}))
    joiner.part("response", page["properties"].get("response", {}))
    joiner.errors(stated["errors"])
    aws["rules"] = [
        *({**rule, "sources": [PAGE]} for rule in stated["rules"]),
        *(rule for rule in aws["rules"] if not _stated_already(rule, stated["rules"])),
    ]
    aws["drift"] = joiner.drift
    return document


def _stated_already(rule: dict[str, Any], stated: list[dict[str, Any]]) -> bool:
    facts = {key: value for key, value in rule.items() if key not in ("sources", "line", "at")}
    return any(facts.items() <= each.items() for each in stated)


@dataclass(frozen=True)
class _Stated:
    """One place of the page's schema."""

    path: SegmentPath
    schema: Schema


class _Joiner:
    """Lays what the page states over the model's definitions, keyword by keyword."""

    def __init__(
        self, document: dict[str, Any], form: str, *, newer: bool, everything: bool = False
    ) -> None:
        self.document = document
        self.contract = Contract(document)
        self.form = form
        # Pages of the AWS CLI from 2.31 on state all they know of every member.
        self.everything = everything
        self.newer = newer
        self.drift: list[dict[str, Any]] = []

    def part(self, part: str, schema: Schema) -> None:
        """Joins the request or the response."""
        if schema.get("type") == "null" or not schema:
            return
        for stated in _places((), schema):
            place = self.contract.place(part, stated.path)
            if place is None:
                self._differs(part, stated.path, "properties", [stated.path[-1]], None)
                continue
            self._type(part, place, stated.schema)
            self._members(part, place, stated.schema)
            self._enum(part, place, stated.schema)
            self._constraints(part, place, stated.schema)
            if self._states_required(part, place):
                self._required(part, place, stated.schema)

    def errors(self, stated: list[str] | None) -> None:
        """Joins the list of errors, where the page has one."""
        if stated is None:
            return
        errors = self.document["aws"]["errors"]
        for code in stated:
            if code in errors:
                errors[code]["sources"] = [PAGE, MODEL]
        if set(stated) != set(errors):
            self._differs("errors", (), "errors", sorted(stated), sorted(errors))

    def _type(self, part: str, place: Place, stated: Schema) -> None:
        word = stated.get("aws", {}).get("type")
        if place.kind in _SAME_TYPE.get(word, (word,)):
            self._confirm(place, "type")
        else:
            self._differs(part, place.path, "type", word, place.kind)

    def _members(self, part: str, place: Place, stated: Schema) -> None:
        named = stated.get("properties")
        if named is None:
            return
        known = place.schema.get("properties", {})
        for name in named:
            if name in known:
                self._confirm(place, "properties", name)
        missing = [name for name in known if name not in named]
        if missing and stated.get("aws", {}).get("type") == "structure":
            self._differs(part, place.path, "properties", sorted(named), sorted(known))

    def _enum(self, part: str, place: Place, stated: Schema) -> None:
        values, known = stated.get("enum"), place.schema.get("enum")
        if values is None or known is None:
            unstated = values is None and known is not None and self._states_enum(part, place)
            if unstated or (values is not None and known is None):
                self._differs(part, place.path, "enum", values, known)
            return
        for value in values:
            if value in known:
                self._confirm(place, "enum", value)
        if set(values) != set(known):
            self._differs(part, place.path, "enum", values, known)
            if self.newer:
                definition = self._definition(place)
                definition["enum"] = list(values)
                definition["sources"]["enum"] = {
                    value: [PAGE, MODEL] if value in known else [PAGE] for value in values
                }

    def _states_enum(self, part: str, place: Place) -> bool:
        """Whether a page of this format would say the values of an enum at this place."""
        return part == "request" or self.everything or self.form in _STATES_OUTPUT_ENUMS

    def _states_required(self, part: str, place: Place) -> bool:
        """Whether a page of this format would say what is required at this place."""
        if part == "request":
            nested = self.everything or self.form in _STATES_NESTED_REQUIRED
            return nested or not place.path
        return self.everything and bool(place.path)

    def _constraints(self, part: str, place: Place, stated: Schema) -> None:
        """Bounds and patterns, which few pages state."""
        for keyword in _CONSTRAINTS:
            if keyword not in stated:
                continue
            if stated[keyword] == place.schema.get(keyword):
                self._confirm(place, keyword)
            else:
                known = place.schema.get(keyword)
                self._differs(part, place.path, keyword, stated[keyword], known)

    def _required(self, part: str, place: Place, stated: Schema) -> None:
        wanted, known = stated.get("required", []), place.schema.get("required", [])
        for name in wanted:
            if name in known:
                self._confirm(place, "required", name)
        if set(wanted) != set(known):
            self._differs(part, place.path, "required", wanted, known)
            if self.newer:
                definition = self._definition(place)
                definition["required"] = list(wanted)
                definition["sources"]["required"] = {
                    name: [PAGE, MODEL] if name in known else [PAGE] for name in wanted
                }

    def _definition(self, place: Place) -> Schema:
        """The shared definition a place's schema is a view of."""
        definition: Schema = next(
            each
            for each in self.document["$defs"].values()
            if each.get("sources") is place.schema.get("sources")
        )
        return definition

    def _confirm(self, place: Place, keyword: str, entry: str | None = None) -> None:
        sources = place.schema.get("sources", {})
        if entry is not None:
            sources = sources.get(keyword, {})
            keyword = entry
        if keyword in sources and PAGE not in sources[keyword]:
            sources[keyword] = [PAGE, *sources[keyword]]

    def _differs(self, part: str, path: SegmentPath, keyword: str, page: Any, model: Any) -> None:
        kept = PAGE if self.newer and keyword in ("enum", "required") else MODEL
        at = "/".join((part, *path))
        self.drift.append(
            {"at": at, "keyword": keyword, "page": page, "model": model, "kept": kept}
        )


def _places(path: SegmentPath, schema: Schema) -> Iterator[_Stated]:
    yield _Stated(path, schema)
    for name, below in schema.get("properties", {}).items():
        yield from _places((*path, name), below)
    for keyword, segment in (
        ("items", "*"),
        ("propertyNames", "@key"),
        ("additionalProperties", "@value"),
    ):
        below = schema.get(keyword)
        if isinstance(below, dict):
            yield from _places((*path, segment), below)
