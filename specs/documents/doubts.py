"""Doubts on enum values and exceptions, which most pages state only once.

Nothing here proves a value wrong; each doubt is a warning with the line of the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from awsconform.specs.documents.likeness import alike, distance
from awsconform.specs.documents.passages import Passage
from awsconform.specs.documents.tree import Member, PageWarning, walk

_COMMON_ERRORS = (
    "AccessDeniedException",
    "BadRequestException",
    "ConflictException",
    "ForbiddenException",
    "InternalServerException",
    "InternalServerErrorException",
    "InternalServiceException",
    "InvalidParameterException",
    "InvalidRequestException",
    "LimitExceededException",
    "NotFoundException",
    "ResourceInUseException",
    "ResourceNotFoundException",
    "ServiceQuotaExceededException",
    "ServiceUnavailableException",
    "ThrottlingException",
    "TooManyRequestsException",
    "UnauthorizedException",
    "ValidationException",
)
_CAPITALS = re.compile(r"[A-Z0-9]+(?:[_.:-][A-Z0-9]+)*")


def on_enums(
    request: Member, response: Member | None, passages: Sequence[Passage]
) -> list[PageWarning]:
    """Values that look damaged: by their style, beside a twin enum, or beside the prose."""
    members = [
        member
        for root in (request, response)
        if root is not None
        for _, member in walk(root)
        if member.enum
    ]
    warnings = []
    for member in members:
        line = member.syntax_line or member.line
        for message in (*_style(member), *_twins(member, members), *_prose(member, passages)):
            warnings.append(PageWarning(line, message))
    return warnings


def on_errors(errors: Sequence[tuple[str, int]], heading: int | None) -> list[PageWarning]:
    """Exceptions that are nearly a common one, and lines missing between them.

    `errors` are names and lines, `heading` is the line above the list.
    """
    warnings = [
        PageWarning(line, f"the exception {name!r} may be a misspelt {common!r}")
        for name, line in errors
        for common in _COMMON_ERRORS
        if name not in _COMMON_ERRORS and distance(name, common, limit=2) <= 2
    ]
    lines = [line for _, line in errors]
    steps = [below - above for above, below in pairwise(lines)]
    if heading is not None and steps:
        for above, below in pairwise([heading, *lines]):
            if below - above > min(steps):
                warnings.append(PageWarning(above + 1, "an exception may be missing here"))
    return warnings


def _style(member: Member) -> Iterator[str]:
    """A value unlike all others of its enum, which are all capitals."""
    odd = [value for value in member.enum if not _CAPITALS.fullmatch(value)]
    if len(odd) == 1 and len(member.enum) > 1:
        yield f"the value {odd[0]!r} is written unlike the others of {member.name!r}"
    for value in member.enum:
        if value != value.strip() or not value:
            yield f"the value {value!r} of {member.name!r} has white space at an end"
    if len(member.enum) == 1 and distance(member.enum[0], "string", limit=2) <= 2:
        yield f"the value {member.enum[0]!r} of {member.name!r} may be a damaged 'string'"


def _twins(member: Member, members: Sequence[Member]) -> Iterator[str]:
    """A value that is nearly one of an enum which is otherwise the same."""
    mine = set(member.enum)
    for other in members:
        theirs = set(other.enum)
        alone, counterpart = mine - theirs, theirs - mine
        if len(mine) > 1 and len(alone) == len(counterpart) == 1:
            (left,), (right,) = alone, counterpart
            if alike(left, right) and left > right:
                yield f"{left!r} of {member.name!r} and {right!r} of {other.name!r} may be one"


def _prose(member: Member, passages: Sequence[Passage]) -> Iterator[str]:
    """A value that the member's description spells a little differently."""
    text = " ".join(p.plain for p in passages if p.member == member.name)
    words = {word for word in re.findall(r"[A-Za-z]{5,}", text)}
    spelt = {word.upper() for word in words}
    for value in member.enum:
        if not re.fullmatch(r"[A-Za-z]{5,}", value) or value.upper() in spelt:
            continue
        for word in sorted(words):
            near = distance(value.upper(), word.upper(), limit=1) == 1
            if (
                near
                and word.upper() not in map(str.upper, member.enum)
                and not _inflected(value, word)
            ):
                yield f"the value {value!r} of {member.name!r} is spelt {word!r} in its description"


def _inflected(value: str, word: str) -> bool:
    """Whether two words differ by their ending alone (`ENABLE`, `enabled`)."""
    left, right = sorted((value.upper(), word.upper()), key=len)
    return right.startswith(left) or left[:-1] == right[:-1]
