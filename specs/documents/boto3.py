"""What both forms of boto3 pages share: assembling the tree from blocks and member lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from awsconform.specs.documents import doubts
from awsconform.specs.documents.agreement import member_of, members_of, split
from awsconform.specs.documents.listing import Entry
from awsconform.specs.documents.passages import Passage, missing
from awsconform.specs.documents.prose import rules_of
from awsconform.specs.documents.source import Line, Source
from awsconform.specs.documents.syntax import Value
from awsconform.specs.documents.tree import Format, Member, Page, PageWarning

_LEFT_OUT = "# This section is too large to render."


@dataclass
class Parts:
    """The parts of a boto3 page, as its reader finds them one after the other.

    `even` says that the exceptions of a whole page stand as many lines from one another.
    """

    source: Source
    format: Format
    title: str = ""
    title_line: int = 1
    method: str = ""
    method_line: int = 1
    service: str | None = None
    endpoint: str | None = None
    api_version: str | None = None
    operation: str | None = None
    stated_line: int = 1
    description: list[Line] = field(default_factory=list)
    request: Value | None = None
    parameters: list[Entry] = field(default_factory=list)
    response: Value | None = None
    returned: Entry | None = None
    errors: list[tuple[str, int]] = field(default_factory=list)
    errors_line: int | None = None
    warnings: list[PageWarning] = field(default_factory=list)
    even: bool = True

    def named(self, method: str, line: int) -> None:
        """Check the method's name once more; raises `PageError` where it differs."""
        if not self.method:
            self.method, self.method_line = method, line
        elif method != self.method:
            raise self.source.error(
                line,
                f"the page is on {self.method!r} (line {self.method_line}) and on {method!r}",
            )

    def titled(self, title: str, line: int) -> None:
        """Check the service's name once more; raises `PageError` where it differs."""
        if not self.title:
            self.title, self.title_line = title, line
        elif title != self.title:
            raise self.source.error(
                line, f"the page is on {self.title!r} (line {self.title_line}) and on {title!r}"
            )

    def raises(self, name: str, line: int) -> None:
        """Note an exception; one that is listed twice, as some are, counts once."""
        if name in (earlier for earlier, _ in self.errors):
            self.warnings.append(PageWarning(line, f"the exception {name!r} is listed twice"))
        else:
            self.errors.append((name, line))


def refuse_partial(source: Source) -> None:
    """Raise `PageError` for a page that botocore's documenters have cut short."""
    for line in source.lines:
        if _LEFT_OUT in line.text:
            raise source.error(
                line.number,
                "the page leaves out a part of itself as too large to render",
                hint="use the service model, which botocore has, instead",
            )


def page_of(parts: Parts) -> Page:
    """The page of complete parts; raises `PageError` where its witnesses disagree."""
    source = parts.source
    assert parts.request is not None
    warnings = parts.warnings
    parameters, extra = split(parts.request, parts.parameters)
    hidden = tuple(Member(entry.name, entry.word, entry.line) for entry in extra)
    for member in hidden:
        message = f"the request syntax does not show {member.name!r}, which the list has"
        warnings.append(PageWarning(member.line, message))
    members = members_of(source, parts.request, parameters, "request")
    order = [entry.name for entry in parts.parameters]
    request = Member(
        None,
        "structure",
        parts.request.line,
        members=tuple(sorted(members + hidden, key=lambda member: order.index(member.name))),
    )
    response = None
    if parts.response is not None and parts.returned is not None:
        response = member_of(source, parts.response, parts.returned, "response")
    if parts.errors_line is None:
        warnings.append(PageWarning(source.end, "the page ends without a list of exceptions"))
    elif not parts.errors:
        warnings.append(PageWarning(parts.errors_line, "the list of exceptions is empty"))
    errors = tuple(name for name, _ in parts.errors) or None
    passages = [Passage("operation", None, tuple(parts.description))]
    entries = [*_below(parts.parameters, None, "request")]
    if parts.returned is not None:
        entries += _below([parts.returned], None, "response")
    described = [passage for _, passage in entries]
    named = [(entry, passage) for entry, passage in entries if entry.name is not None]
    if passages[0].empty:
        warnings.append(PageWarning(parts.method_line, "the operation is not described"))
    for line in missing([passage for _, passage in named], [entry.line for entry, _ in named]):
        warnings.append(PageWarning(line, "this member is not described, unlike the others"))
    passages += described
    operation = parts.operation or "".join(word.title() for word in parts.method.split("_"))
    rules, doubtful = rules_of(
        passages, operation=operation, request=request, response=response, errors=errors
    )
    warnings += [
        *doubtful,
        *doubts.on_enums(request, response, passages),
        *doubts.on_errors(parts.errors, parts.errors_line if parts.even else None),
    ]
    return Page(
        name=source.name,
        format=parts.format,
        title=parts.title,
        title_line=parts.title_line,
        method=parts.method,
        method_line=parts.method_line,
        service=parts.service,
        endpoint=parts.endpoint,
        api_version=parts.api_version,
        operation=parts.operation,
        stated_line=parts.stated_line,
        request=request,
        response=response,
        errors=errors,
        error_lines=tuple(line for _, line in parts.errors),
        rules=rules,
        warnings=tuple(sorted(warnings, key=lambda warning: warning.line)),
        sha256=source.sha256,
    )


def _below(
    entries: Sequence[Entry], around: str | None, part: str
) -> Iterator[tuple[Entry, Passage]]:
    """Each entry with its description, which speaks of the nearest named member."""
    for entry in entries:
        member = entry.name
        yield entry, Passage(part, member or around, tuple(entry.text))
        yield from _below(entry.children, member or around, part)
