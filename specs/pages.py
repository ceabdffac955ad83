"""Reference pages as JSON Schema documents: what a page says, in the words of a contract.

A page document is a 2020-12 schema of one logical exchange (`request`, `response`) with
everything inline, as pages do not name shapes. Under `aws` stand service, API version, operation,
the page's format, date and digest, its exceptions (null where it lists none), the rules of its
prose and its warnings. Nothing of the page's own text is kept.
"""

from __future__ import annotations

import contextlib
import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from awsconform.errors import PatternError
from awsconform.specs import installed
from awsconform.specs.documents.identity import identify
from awsconform.specs.documents.naming import settled
from awsconform.specs.documents.recognition import read_page
from awsconform.specs.documents.tree import CLI_FORMATS, Member, Page, PageWarning, walk
from awsconform.specs.patterns import translate

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DATA = Path(__file__).parent / "data"

Document = dict[str, Any]

_LEAVES: dict[str, Document] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "long": {"type": "integer"},
    "short": {"type": "integer"},
    "byte": {"type": "integer"},
    "float": {"type": "number"},
    "double": {"type": "number"},
    "bigdecimal": {"type": "number"},
    "boolean": {"type": "boolean"},
    "timestamp": {"type": "string", "format": "date-time"},
    "blob": {"type": "string", "contentEncoding": "base64"},
    "document": {},
}


_COMPARED = (
    *("type", "aws", "enum", "required", "format", "contentEncoding", "pattern"),
    *("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
    *("minimum", "maximum"),
)
# The keywords for the bounds of a type, as the contracts have them; those of a blob are `aws.min`
# and `aws.max`.
_BOUNDS = {
    "string": ("minLength", "maxLength"),
    "list": ("minItems", "maxItems"),
    "map": ("minProperties", "maxProperties"),
    **dict.fromkeys(("integer", "long", "short", "byte"), ("minimum", "maximum")),
    **dict.fromkeys(("float", "double", "bigdecimal"), ("minimum", "maximum")),
}


@dataclass(frozen=True)
class Extraction:
    """A page document, and what is to be told to whoever asked for it.

    `warnings` begin with the line; they hold those of the document and, after them, doubts that
    do not come from the page alone: its names against the installed models, its facts against
    the committed document of the same operation.
    """

    document: Document
    warnings: tuple[str, ...]


def extract(
    text: str | bytes,
    *,
    name: str,
    service: str | None = None,
    api_version: str | None = None,
    operation: str | None = None,
    date: str | None = None,
    known: Document | None = None,
    data: Path = DATA,
) -> Extraction:
    """Read a page into a page document.

    `service`, `api_version` and `operation` help where the page does not state them and botocore
    does not know. `known` is a document to compare with, by default the one committed for the
    operation below `data`. `date` (ISO) is when the page was obtained: by default the date of
    the known document if that was made from the same bytes, else today. Raises `PageError`.
    """
    page = read_page(text, name=name)
    identity = identify(page, service=service, api_version=api_version, operation=operation)
    if page.format in CLI_FORMATS:
        model = installed.models().model(identity.service, identity.api_version)
        page = settled(page, _request_names(model, identity.operation))
    if known is None:
        known = committed(identity.service, identity.api_version, identity.operation, data=data)
    if date is None and known is not None and known["aws"]["sha256"] == page.sha256:
        date = known["aws"]["date"]
    document = page_document(
        page,
        service=identity.service,
        api_version=identity.api_version,
        operation=identity.operation,
        date=date or datetime.date.today().isoformat(),
        sha256=page.sha256,
    )
    told = [str(warning) for warning in (*page.warnings, *identity.warnings)]
    if known is not None:
        told += differences(document, known, page=page)
    return Extraction(document, tuple(told))


def committed(
    service: str, api_version: str, operation: str, *, data: Path = DATA
) -> Document | None:
    """The page document of an operation below `data`, of another API version if need be."""
    files = sorted((data / service).glob(f"*/{operation}.page.json"))
    exact = [file for file in files if file.parent.name == api_version]
    for file in exact or files[-1:]:
        document: Document = json.loads(file.read_text(encoding="utf-8"))
        return document
    return None


def _request_names(model: dict[str, Any] | None, operation: str) -> tuple[str, ...]:
    """The names of a request's members in a service model, none where it is not known."""
    described = model["operations"].get(operation, {}) if model is not None else {}
    if model is None or "input" not in described:
        return ()
    return tuple(model["shapes"][described["input"]["shape"]].get("members", {}))


def page_document(
    page: Page, *, service: str, api_version: str, operation: str, date: str, sha256: str
) -> Document:
    """The JSON Schema document of a page; key order is that of the page."""
    response = {"type": "null"} if page.response is None else schema_of(page.response)
    return {
        "$schema": DIALECT,
        "$id": f"urn:awsconform:page:{service}:{api_version}:{operation}",
        "type": "object",
        "properties": {"request": schema_of(page.request), "response": response},
        "aws": {
            "service": service,
            "apiVersion": api_version,
            "operation": operation,
            "format": page.format,
            **({"generation": page.generation} if page.generation else {}),
            "date": date,
            "sha256": sha256,
            "errors": None if page.errors is None else list(page.errors),
            "rules": [
                {"rule": rule.name, **dict(rule.parameters), "line": rule.line}
                for rule in page.rules
            ],
            "warnings": [str(warning) for warning in page.warnings],
        },
    }


def schema_of(member: Member) -> Document:
    """The schema of a member and everything below it, with `aws` annotations."""
    schema = dict(_LEAVES.get(member.type, {}))
    if member.type == "list":
        schema = {"type": "array"}
        if member.item is not None:
            schema["items"] = schema_of(member.item)
    elif member.type == "map":
        schema = {"type": "object"}
        if member.key is not None and member.value is not None:
            schema["propertyNames"] = schema_of(member.key)
            schema["additionalProperties"] = schema_of(member.value)
    elif member.type == "structure":
        schema = {"type": "object"}
        if not member.recursive:
            schema["properties"] = {str(m.name): schema_of(m) for m in member.members}
        required = [m.name for m in member.members if m.required]
        if required:
            schema["required"] = required
        if member.union:
            schema |= {"minProperties": 1, "maxProperties": 1}
    if member.enum:
        schema["enum"] = list(member.enum)
    return {**schema, **_constraints(member), "aws": _annotations(member)}


def _constraints(member: Member) -> Document:
    """Bounds, and the pattern in the dialect of JSON Schema, if it can be said in it."""
    stated: Document = {}
    for keyword, bound in zip(
        _BOUNDS.get(member.type, ()), (member.least, member.most), strict=False
    ):
        if bound is not None:
            stated[keyword] = bound
    if member.pattern is not None and member.type == "string":
        with contextlib.suppress(PatternError):
            stated["pattern"] = translate(member.pattern)
    return stated


def _annotations(member: Member) -> Document:
    annotations: Document = {"type": member.type}
    if member.cli_name is not None:
        annotations["cliName"] = member.cli_name
    for flag, name in (
        (member.union, "union"),
        (member.recursive, "recursive"),
        (member.streaming, "streaming"),
        (member.events, "eventstream"),
    ):
        if flag:
            annotations[name] = True
    if member.type == "blob":
        sizes = (("min", member.least), ("max", member.most))
        annotations |= {name: bound for name, bound in sizes if bound is not None}
    return annotations


def to_text(document: Document) -> str:
    """The document as it is committed: indented by two, UTF-8, with a line end."""
    return json.dumps(document, indent=2, ensure_ascii=False, sort_keys=False) + "\n"


def differences(document: Document, known: Document, *, page: Page | None = None) -> list[str]:
    """What a page document says otherwise than a known one, each with the line (0: unknown).

    `page` is the tree the document was made from; it has the lines. Dates, digests, lines and
    warnings are not compared.
    """
    lines = _lines(page)
    found: list[PageWarning] = []
    for key in ("service", "apiVersion", "operation"):
        new, old = document["aws"][key], known["aws"][key]
        if new != old:
            found.append(PageWarning(lines.get("", 0), f"{key} is {new!r}, was {old!r}"))
    for part in ("request", "response"):
        new, old = document["properties"][part], known["properties"][part]
        found += _schema_differences(part, new, old, lines)
    found += _set_differences(
        "exception", document["aws"]["errors"] or [], known["aws"]["errors"] or [], lines
    )
    new_rules = {_rule_text(rule): rule["line"] for rule in document["aws"]["rules"]}
    old_rules = [_rule_text(rule) for rule in known["aws"]["rules"]]
    found += _set_differences("rule", list(new_rules), old_rules, {**lines, **new_rules})
    when = known["aws"]["date"]
    return [f"line {w.line}: other than the page of {when}: {w.message}" for w in found]


def _rule_text(rule: Mapping[str, Any]) -> str:
    parameters = ", ".join(
        f"{key} {value}" for key, value in rule.items() if key not in ("rule", "line")
    )
    return f"{rule['rule']} ({parameters})"


def _lines(page: Page | None) -> dict[str, int]:
    """Lines by path (`request/farmId`), by exception, and by '' for the page's title."""
    if page is None:
        return {}
    lines = {"": page.title_line}
    for part, root in (("request", page.request), ("response", page.response)):
        lines[part] = root.line if root is not None else page.title_line
        for path, member in walk(root, part) if root is not None else ():
            lines[path] = (member.enum and member.syntax_line) or member.line
    lines |= dict(zip(page.errors or (), page.error_lines, strict=False))
    return lines


def _set_differences(
    what: str, new: list[str], old: list[str], lines: Mapping[str, int]
) -> list[PageWarning]:
    top = lines.get("", 0)
    gone = [PageWarning(top, f"the {what} {name!r} is gone") for name in old if name not in new]
    return gone + [
        PageWarning(lines.get(name, top), f"the {what} {name!r} is new")
        for name in new
        if name not in old
    ]


def _schema_differences(
    path: str, new: Document, old: Document, lines: Mapping[str, int]
) -> list[PageWarning]:
    line = lines.get(path, lines.get("", 0))
    found = []
    for keyword in _COMPARED:
        if new.get(keyword) != old.get(keyword):
            message = f"{path}: {keyword} is {new.get(keyword)}, was {old.get(keyword)}"
            found.append(PageWarning(line, message))
    new_members, old_members = new.get("properties", {}), old.get("properties", {})
    for name in old_members.keys() - new_members.keys():
        found.append(PageWarning(line, f"{path}: the member {name!r} is gone"))
    for name, schema in new_members.items():
        if name in old_members:
            found += _schema_differences(f"{path}/{name}", schema, old_members[name], lines)
        else:
            where = lines.get(f"{path}/{name}", line)
            found.append(PageWarning(where, f"{path}: the member {name!r} is new"))
    for keyword, segment in (
        ("items", "*"),
        ("propertyNames", "@key"),
        ("additionalProperties", "@value"),
    ):
        if keyword in new and keyword in old:
            found += _schema_differences(f"{path}/{segment}", new[keyword], old[keyword], lines)
    return found
