"""Rules stated in prose: recognised from their wording, never guessed.

Each wording is searched in the plain text of a paragraph. A sentence that shows the marks of a
rule without being one of the known wordings is not dropped: it becomes a warning with its line.
Durations are in hours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from awsconform.specs.documents.likeness import distance
from awsconform.specs.documents.marks import suspected
from awsconform.specs.documents.passages import Passage, sentences
from awsconform.specs.documents.tree import Member, PageWarning, Rule, walk
from awsconform.specs.documents.wordings import SPEAKS_OF_ITSELF, WORDINGS

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_UNITS = {"second": 1 / 3600, "minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0}
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
        if named is None or named.lower() in SPEAKS_OF_ITSELF:
            return self.passage.member or named
        meant = [name for name in self.page.names if name.lower() == named.lower()]
        if not meant:
            self.page.warn(self.line, f"the sentence speaks of {named!r}, which is no member")
            return self.passage.member or named
        return self.passage.member if self.passage.member in meant else min(meant)

    def hours(self) -> int | float | None:
        """The duration in hours, with a warning where number and noun disagree."""
        number = _number(self.match["number"].lower())
        if number is None:
            return None
        if (number != 1) != bool(self.match["plural"]) and "-" not in self.match[0]:
            self.page.warn(self.line, f"number and noun disagree: {self.match[0]!r}")
        return hours_of(self.match)

    def code(self) -> str:
        """The error code, with a warning where the page does not list it."""
        code = self.match["code"]
        if code not in (self.page.errors or ()) and code not in _COMMON_CODES:
            self.page.warn(self.line, f"the error {code!r} is not among the page's exceptions")
        return code


def hours_of(match: re.Match[str]) -> int | float | None:
    """The duration a wording states, in hours; None for a number nobody knows."""
    number = _number(match["number"].lower())
    if number is None:
        return None
    hours = number * _UNITS[match["unit"].lower()]
    return int(hours) if hours == int(hours) else hours


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    if word in _NUMBERS:
        return _NUMBERS.index(word)
    return {"a": 1, "an": 1, "twenty-four": 24}.get(word)


def is_expired(match: re.Match[str]) -> bool:
    """Whether a wording on rejected tokens speaks of expired ones alone."""
    return (match.groupdict().get("when") or "").lower() == "expired"


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
    return (*rejected, ("when", "expired")) if is_expired(found.match) else rejected


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


def stated(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The rules a plain paragraph states: the name of each, and where its wording was met."""
    lowered = text.lower()
    for name, mark, wording, unless in WORDINGS:
        if mark not in lowered:
            continue
        for match in wording.finditer(text):
            if unless is None or not unless.search(_sentence(text, match)):
                yield name, match


def _sentence(text: str, match: re.Match[str]) -> str:
    return next(text[start:end] for start, end in sentences(text) if match.end() <= end)


def _read(page: _Page, passage: Passage, number: int, text: str) -> None:
    understood: list[tuple[int, int]] = []
    for name, match in stated(text):
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
