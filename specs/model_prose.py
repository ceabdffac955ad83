"""Rules on pagination tokens that a model's own documentation states in prose."""

from __future__ import annotations

import html
import re
from typing import Any

from awsconform.specs.documents.passages import Passage
from awsconform.specs.documents.prose import rules_of
from awsconform.specs.documents.source import Line
from awsconform.specs.documents.tree import Member

TOKEN_RULES = (
    "token-unique-per-page",
    "keep-arguments",
    "end-token-null",
    "token-expires",
    "invalid-token-rejected",
)
_PARAGRAPH_END = re.compile(r"</p>|<br\s*/?>|</li>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_TOPIC = re.compile("token", re.IGNORECASE)


def token_rules(model: dict[str, Any], operation: str) -> list[dict[str, Any]]:
    """The token rules in the documentation of an operation's members, each with its source."""
    stated = model["operations"][operation]
    trees: dict[str, Member | None] = {"request": None, "response": None}
    passages: list[Passage] = []
    for part, key in (("request", "input"), ("response", "output")):
        shape = model["shapes"].get(stated.get(key, {}).get("shape"), {})
        members = shape.get("members", {})
        trees[part] = Member(
            None,
            "structure",
            0,
            members=tuple(Member(name, "string", 0) for name in members),
        )
        for name, member in members.items():
            text = member.get("documentation", "")
            if _TOPIC.search(text):
                passages.append(Passage(part, name, tuple(_lines(text))))
    if not passages:
        return []
    rules, _ = rules_of(
        passages,
        operation=operation,
        request=trees["request"] or Member(None, "structure", 0),
        response=trees["response"],
        errors=tuple(error["shape"] for error in stated.get("errors", [])),
    )
    return [
        {"rule": rule.name, **dict(rule.parameters), "sources": ["model"]}
        for rule in rules
        if rule.name in TOKEN_RULES
    ]


def _lines(documentation: str) -> list[Line]:
    """The documentation without markup, a blank line after each paragraph."""
    lines: list[Line] = []
    for paragraph in _PARAGRAPH_END.split(documentation):
        text = html.unescape(_TAG.sub("", paragraph)).strip()
        if text:
            lines += [Line(len(lines) + 1, text), Line(len(lines) + 2, "")]
    return lines
