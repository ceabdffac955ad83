"""Rules stated in prose: recognised from their wording, never guessed.

Each wording is searched in the plain text of a paragraph. A sentence that shows the marks of a
rule without being one of the known wordings is not dropped: it becomes a warning with its line.
Durations are in hours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from awsconform.specs.documents.likeness import distance
from awsconform.specs.documents.marks import suspected
from awsconform.specs.documents.passages import Passage, sentences
from awsconform.specs.documents.tree import Member, PageWarning, Rule, walk
from awsconform.specs.documents.wordings import WORDINGS

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_UNITS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0}
_COMMON_CODES = frozenset(
    {"ValidationException", "ThrottlingException", "ValidationError", "InvalidToken"}
    | {"InvalidNextTokenException", "InvalidPaginationTokenException", "AccessDeniedException"}
)

Parameters = tuple[tuple[str, str | int | float], ...]


@dataclass
class _Page:
    """What the wordings are checked against while a page's prose is read."""

    operation: str
    request: Member
    response: Member | None
    errors: tuple[str, ...] | None
    operations: Counter[str]
    names: frozenset[str]
    rules: list[Rule] = field(default_factory=list)
    warnings: list[PageWarning] = field(default_factory=list)

    def warn(self, line: int, message: str) -> None:
        self.warnings.append(PageWarning(line, message))


@dataclass(frozen=True)
class _Found:
    """A wording met in a passage."""

    match: re.Match[str]
    passage: Passage
    line: int
    page: _Page

    def operation(self) -> str:
        """The other operation, with a warning where it may be misspelt."""
        name = self.match["operation"]
        for other, count in self.page.operations.items():
            if other != name and count >= self.page.operations[name] and _misspelt(name, other):
                self.page.warn(self.line, f"the operation {name!r} may be a misspelt {other!r}")
        return name

    def member(self) -> str | None:
        """The member spoken of, with a warning where the sentence names an unknown one."""
        named = self.match.groupdict().get("name")
        known = {name.lower() for name in self.page.names}
        if named is not None and named.lower() not in known | {"token", "it", "this", "value"}:
            self.page.warn(self.line, f"the sentence speaks of {named!r}, which is no member")
        return self.passage.member or named

    def hours(self) -> int | float | None:
        """The duration in hours, with a warning where number and noun disagree."""
        word = self.match["number"].lower()
        if word.isdigit():
            number = int(word)
        elif word in _NUMBERS:
            number = _NUMBERS.index(word)
        elif word in ("a", "an"):
            number = 1
        elif word == "twenty-four":
            number = 24
        else:
            return None
        if (number != 1) != bool(self.match["plural"]) and "-" not in self.match[0]:
            self.page.warn(self.line, f"number and noun disagree: {self.match[0]!r}")
        hours = number * _UNITS[self.match["unit"].lower()]
        return int(hours) if hours == int(hours) else hours

    def code(self) -> str:
        """The error code, with a warning where the page does not list it."""
        code = self.match["code"]
        if code not in (self.page.errors or ()) and code not in _COMMON_CODES:
            self.page.warn(self.line, f"the error {code!r} is not among the page's exceptions")
        return code


def _of_member(found: _Found) -> Parameters | None:
    member = found.member()
    return (("member", member),) if member else None


def _expires(found: _Found) -> Parameters | None:
    member, hours = found.member(), found.hours()
    return (("member", member), ("hours", hours)) if member and hours is not None else None


def _rejected(found: _Found) -> Parameters | None:
    member = found.member()
    if not member:
        return None
    rejected: Parameters = (
        ("member", member),
        ("status", int(found.match["status"])),
        ("code", found.code()),
    )
    return (*rejected, ("when", "expired")) if "expired" in found.match[0].lower() else rejected


def _requires_call(found: _Found) -> Parameters | None:
    if not _misspelt(found.match["other"], found.page.operation, limit=2):
        found.page.warn(found.line, f"{found.match['other']!r} is not this page's operation")
    return (("operation", found.operation()),)


def _available(found: _Found) -> Parameters | None:
    hours = found.hours()
    return (("after", found.operation()), ("hours", hours)) if hours is not None else None


def _same_argument(found: _Found) -> Parameters | None:
    member = found.passage.member
    if member is None:
        return None
    if re.sub(r"\W", "", found.match["argument"]).lower() != member.lower():
        found.page.warn(found.line, f"{found.match['argument']!r} may not be {member!r}")
    return (("member", member), ("operation", found.operation()))


def _produced_by(found: _Found) -> Parameters | None:
    if found.passage.member is None or found.passage.part != "request":
        return None
    return (("member", found.passage.member), ("operation", found.operation()))


def _error_while(found: _Found) -> Parameters | None:
    name, value = found.match["name"], found.match["value"]
    enums = [
        set(member.enum)
        for root in (found.page.request, found.page.response)
        if root is not None
        for _, member in walk(root)
        if member.name == name
    ]
    if not any(value in enum for enum in enums):
        found.page.warn(found.line, f"{value!r} is not a documented value of {name!r}")
    return (
        ("operation", found.operation()),
        ("member", name),
        ("value", value),
        ("code", found.code()),
    )


def _misspelt(name: str, other: str, *, limit: int = 2) -> bool:
    return distance(name, other, limit=limit) <= limit


_READERS: dict[str, Callable[[_Found], Parameters | None]] = {
    "token-unique-per-page": _of_member,
    "keep-arguments": _of_member,
    "end-token-null": _of_member,
    "token-expires": _expires,
    "invalid-token-rejected": _rejected,
    "requires-call": _requires_call,
    "available-for": _available,
    "same-argument": _same_argument,
    "produced-by": _produced_by,
    "error-while": _error_while,
}
_OPERATION_NAME = re.compile(
    r"\b([A-Z][A-Za-z0-9]*[a-z][A-Z][A-Za-z0-9]*)(?: API)? (?:operation|action|API)\b"
)


def rules_of(
    passages: Sequence[Passage],
    *,
    operation: str,
    request: Member,
    response: Member | None,
    errors: tuple[str, ...] | None,
) -> tuple[tuple[Rule, ...], tuple[PageWarning, ...]]:
    """The rules a page states, each once, and warnings on what may be one.

    The trees and the exceptions are the second witnesses: a rule that names a member, a value or
    an error the page does not have is kept with a warning.
    """
    texts = [line.text for passage in passages for line in passage.paragraphs()]
    named = Counter(name for text in texts for name in _OPERATION_NAME.findall(text))
    roots = [root for root in (request, response) if root is not None]
    names = frozenset(member.name for root in roots for _, member in walk(root) if member.name)
    page = _Page(operation, request, response, errors, named, names)
    for passage in passages:
        for line in passage.paragraphs():
            _read(page, passage, line.number, line.text)
    return tuple(page.rules), tuple(page.warnings)


def _read(page: _Page, passage: Passage, number: int, text: str) -> None:
    understood: list[tuple[int, int]] = []
    for name, wording in WORDINGS:
        for match in wording.finditer(text):
            parameters = _READERS[name](_Found(match, passage, number, page))
            if parameters is None:
                continue
            understood.append(match.span())
            rule = Rule(name, parameters, number)
            if rule not in page.rules:
                page.rules.append(rule)
    for start, end in sentences(text):
        if any(start < stop and begin < end for begin, stop in understood):
            continue
        topic = suspected(text[start:end])
        if topic is not None:
            page.warn(number, f"looks like a rule on {topic}, not understood")
