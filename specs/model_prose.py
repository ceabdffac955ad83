"""Rules on pagination tokens that a model's own documentation states in prose.

Documentation is HTML, the same sentence stands in hundreds of operations, and most of it states
nothing: a text is read once, and only if it has a word without which no rule is stated.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from awsconform.specs.documents.passages import plain
from awsconform.specs.documents.prose import hours_of, is_expired, stated
from awsconform.specs.documents.wordings import SPEAKS_OF_ITSELF, TOKEN_RULES

SOURCE = "model"
_PARAGRAPH_END = re.compile(r"</p>|<br\s*/?>|</li>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_MARKUP_AS_TEXT = re.compile(r"</?code>")
_TOPIC = re.compile(
    r"\bnull|\bexpire|\bvalid for\b|\bunique|\bunchanged|\bidentical|\bthe same\b|"
    r"n.t valid|\binvalid",
    re.IGNORECASE,
)
# The names of pagination tokens; a client's, a session's or an access token is none.
_PAGES = re.compile(r"^next|page|pagina|^marker$|^cursor$|continuation", re.IGNORECASE)
_NO_TOKEN = re.compile(r"size|limit|count|max", re.IGNORECASE)

Rule = dict[str, Any]


@dataclass(frozen=True)
class _Statement:
    """A rule of a text; `named` is the member it speaks of, None for the one it belongs to."""

    rule: str
    named: str | None
    parameters: tuple[tuple[str, str | int | float], ...]


def token_rules(model: dict[str, Any], operation: str) -> list[Rule]:
    """The token rules in the documentation of an operation and its members, each once.

    `sources` says that a model states it, `at` whose documentation does: `response/nextToken`, or
    `operation`.
    """
    facts = model["operations"][operation]
    shapes = model["shapes"]
    parts = {
        part: shapes.get(facts.get(key, {}).get("shape"), {}).get("members", {})
        for part, key in (("response", "output"), ("request", "input"))
    }
    tokens = {
        name.lower(): name
        for part in ("request", "response")
        for name in parts[part]
        if is_token(name)
    }
    if not tokens:
        return []
    rules: dict[tuple[Any, ...], Rule] = {}
    for at, member, text in _texts(facts, parts, shapes):
        for statement in _statements(text):
            subject = _subject(statement, at, member, tokens)
            if subject is None:
                continue
            key = (statement.rule, subject, *statement.parameters)
            rules.setdefault(
                key,
                {
                    "rule": statement.rule,
                    "member": subject,
                    **dict(statement.parameters),
                    "sources": [SOURCE],
                    "at": at,
                },
            )
    return list(rules.values())


def is_token(name: str) -> bool:
    """Whether a member of that name is a pagination token."""
    return _PAGES.search(name) is not None and _NO_TOKEN.search(name) is None


def _texts(
    facts: dict[str, Any], parts: dict[str, dict[str, Any]], shapes: dict[str, Any]
) -> Iterator[tuple[str, str | None, str]]:
    """Whose documentation, the member, and the text, as far as it may state something."""
    for part, members in parts.items():
        for name, member in members.items():
            # A member without documentation has that of its shape, as in botocore's pages.
            text = member.get("documentation") or shapes[member["shape"]].get("documentation", "")
            if _TOPIC.search(text):
                yield f"{part}/{name}", name, text
    text = facts.get("documentation", "")
    if _TOPIC.search(text):
        yield "operation", None, text


def _subject(
    statement: _Statement, at: str, member: str | None, tokens: dict[str, str]
) -> str | None:
    """The token a statement speaks of, None where that is not certain."""
    if statement.named is not None:
        return tokens.get(statement.named.lower())
    if member is None or member not in tokens.values():
        return None
    if statement.rule == "end-token-null" and at.startswith("request/"):
        # What is said there of the token to send is copied from the one that is received.
        return None
    return member


@functools.lru_cache(maxsize=4096)
def _statements(documentation: str) -> tuple[_Statement, ...]:
    found: dict[_Statement, None] = {}
    for paragraph in _PARAGRAPH_END.split(documentation):
        if not _TOPIC.search(paragraph):
            continue
        text = _MARKUP_AS_TEXT.sub("", html.unescape(_TAG.sub("", paragraph)))
        for rule, match in stated(plain(text)):
            if rule not in TOKEN_RULES:
                continue
            parameters = _parameters(rule, match)
            if parameters is None:
                continue
            named = match.groupdict().get("name")
            if named is not None and named.lower() in SPEAKS_OF_ITSELF:
                named = None
            found[_Statement(rule, named, parameters)] = None
    return tuple(found)


def _parameters(
    rule: str, match: re.Match[str]
) -> tuple[tuple[str, str | int | float], ...] | None:
    if rule == "token-expires":
        hours = hours_of(match)
        return None if hours is None else (("hours", hours),)
    if rule == "invalid-token-rejected":
        said = (("status", int(match["status"])), ("code", match["code"]))
        return (*said, ("when", "expired")) if is_expired(match) else said
    return ()
