"""Reader of AWS CLI reference pages, saved as plain text (with or without indentation)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from awsconform.specs.documents import doubts, layout
from awsconform.specs.documents.cli_listing import WORDS
from awsconform.specs.documents.cli_options import Described, option_of, output_of
from awsconform.specs.documents.naming import operation_name, wire_names
from awsconform.specs.documents.passages import Passage, missing
from awsconform.specs.documents.prose import rules_of
from awsconform.specs.documents.sections import Cursor
from awsconform.specs.documents.source import Line, Source
from awsconform.specs.documents.synopsis import Option, options_of
from awsconform.specs.documents.tree import Member, Page, PageWarning

_TITLE = re.compile(r"\[ aws \. (?P<service>[a-z0-9][a-z0-9-]*) \]")
_COMMAND = re.compile(r"(?P<command>[a-z0-9][a-z0-9-]*)[#\u00b6]?")
_HEADER = re.compile(
    r" ?(?:--)?(?P<name>[a-z0-9][a-zA-Z0-9-]*)(?: \| --(?P<other>[a-z0-9][a-zA-Z0-9-]*))?"
    r" \((?P<word>[\w ]+)\)(?P<required> \[required\])?(?P<rest>(?: .*)?)"
)
_RESEMBLES = re.compile(r" ?-{0,3}[\w-]+ ?\(?\w+\) *$|--?\S+ ?\|?.*\(")
_BOILERPLATE = re.compile(r" *See 'aws help' for descriptions of global parameters\.")
_SEE_ALSO = re.compile(r" *See also: AWS API Documentation *")
_SECTIONS = ("Description", "Synopsis", "Options", "Global Options", "Examples", "Output")


@dataclass
class _Found:
    """What the reader gathers on its way down the page."""

    source: Source
    service: str = ""
    service_line: int = 1
    command: str = ""
    command_line: int = 1
    description: list[Line] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    described: list[Described] = field(default_factory=list)
    output: Described | None = None
    warnings: list[PageWarning] = field(default_factory=list)


def read(source: Source) -> Page:
    """Read a page; raises `PageError` with the line where it is cut off or not understood."""
    found = _Found(source)
    cursor = Cursor(source)
    _head(found, cursor)
    _synopsis(found, cursor)
    _options(found, cursor)
    _output(found, cursor)
    found.warnings += layout.gaps(source)
    return _page(found)


def _heading(name: str, line: Line) -> bool:
    return re.fullmatch(rf"{name}[#\u00b6]? *", line.text) is not None


def _head(found: _Found, cursor: Cursor) -> None:
    title = cursor.take_filled()
    match = _TITLE.fullmatch(title.text.strip())
    if match is None:
        raise found.source.error(title.number, "'[ aws . service ]' is expected here")
    found.service, found.service_line = match["service"], title.number
    heading = cursor.take_filled()
    command = _COMMAND.fullmatch(heading.text.strip())
    if command is None:
        raise found.source.error(heading.number, "the command's name is expected here")
    found.command, found.command_line = command["command"], heading.number
    start = cursor.take_filled()
    if not _heading("Description", start):
        raise found.source.error(start.number, "Description is expected here")
    lines = cursor.until(lambda line: _heading("Synopsis", line), "Synopsis")
    found.description = _without_boilerplate(lines)
    if not any(_SEE_ALSO.fullmatch(line.text) for line in lines):
        message = "the link to the API documentation is missing"
        found.warnings.append(PageWarning(cursor.line, message))


def _without_boilerplate(lines: list[Line]) -> list[Line]:
    return [
        Line(line.number, "")
        if _SEE_ALSO.fullmatch(line.text)
        or _BOILERPLATE.fullmatch(line.text.translate({0x2018: "'", 0x2019: "'"}))
        else line
        for line in lines
    ]


def _synopsis(found: _Found, cursor: Cursor) -> None:
    cursor.take()
    command = cursor.take_filled()
    if command.text.strip() != found.command:
        raise found.source.error(
            command.number,
            f"the page is on {found.command!r} (line {found.command_line}) and on"
            f" {command.text.strip()!r}",
        )
    lines = cursor.until(lambda line: _heading("Options", line), "Options")
    found.options = options_of(found.source, lines)
    cursor.take()


def _options(found: _Found, cursor: Cursor) -> None:
    """Cut the section at the header of each option of the synopsis, in its order."""
    source = found.source
    lines = cursor.until(lambda line: any(_heading(name, line) for name in _SECTIONS[3:]), "Output")
    listed = [line for line in lines if _starts_option(found, line)]
    expected = [o for o in found.options if o.kind != "global"]
    bodies = {
        line.number: [below for below in lines if line.number < below.number < after]
        for line, after in zip(
            listed, [*(line.number for line in listed[1:]), cursor.line], strict=True
        )
    }
    first = listed[0].number if listed else cursor.line
    for line in lines:
        if line.number < first and not line.blank and line.text.strip() != "None":
            raise source.error(line.number, f"not understood: {line.text.strip()!r}")
    for line in listed:
        header = _HEADER.fullmatch(line.text)
        assert header is not None
        if any(o.kind == "global" and o.name == header["name"] for o in found.options):
            continue
        option = expected.pop(0) if expected else None
        if option is None or option.name != header["name"]:
            wanted = f"--{option.name}" if option else "no option"
            raise source.error(
                line.number, f"--{header['name']} is described where the synopsis has {wanted}"
            )
        if option.kind in ("value", "switch"):
            found.described.append(_described(found, option, header, line, bodies[line.number]))
        elif option.kind == "paging":
            message = f"--{option.name} replaces members of the request, which the page hides"
            found.warnings.append(PageWarning(line.number, message))
    if expected:
        raise source.error(
            expected[0].line,
            f"--{expected[0].name} is not described",
            hint="the page may be cut off",
        )


def _starts_option(found: _Found, line: Line) -> bool:
    """Whether the line is an option's header; raises `PageError` for one that nearly is."""
    header = _HEADER.fullmatch(line.text)
    names = {option.name: option for option in found.options}
    if header and header["word"] in WORDS and header["name"] in names:
        option = names[header["name"]]
        return line.text.startswith("--") != (option.kind == "positional")
    if line.text.startswith("-") and _RESEMBLES.match(line.text):
        raise found.source.error(line.number, f"not understood: {line.text[:60]!r}")
    return False


def _described(
    found: _Found, option: Option, header: re.Match[str], line: Line, body: list[Line]
) -> Described:
    word = header["word"]
    if option.kind == "switch" and (word != "boolean" or header["other"] != f"no-{option.name}"):
        raise found.source.error(line.number, f"--{option.name} is a switch in the synopsis")
    if option.kind == "value" and header["other"]:
        raise found.source.error(line.number, f"--{option.name} is no switch in the synopsis")
    if header["required"] and not option.required:
        raise found.source.error(line.number, f"--{option.name} is optional in the synopsis")
    member = Member(
        option.name,
        WORDS[word],
        line.number,
        required=option.required,
        union=word == "tagged union structure",
        streaming=word == "streaming blob",
        cli_name=option.name,
    )
    rest = header["rest"].strip()
    lines = [Line(line.number, rest), *body] if rest else body
    return option_of(found.source, member, lines)


def _output(found: _Found, cursor: Cursor) -> None:
    cursor.until(lambda line: _heading("Output", line), "Output")
    heading = cursor.take()
    lines = cursor.rest_until(lambda line: False)
    found.output = output_of(found.source, heading.number, lines)


def _page(found: _Found) -> Page:
    members = tuple(described.member for described in found.described)
    request = Member(None, "structure", found.command_line, members=wire_names(members))
    response = found.output.member if found.output else None
    passages = [Passage("operation", None, tuple(found.description))]
    named: list[tuple[Passage, int]] = []
    for described, member in zip(found.described, request.members, strict=True):
        for around, line, text in described.texts:
            name = member.name if around == member.cli_name else around
            named.append((Passage("request", name, text), line))
    if found.output is not None:
        named += [
            (Passage("response", name, text), line) for name, line, text in found.output.texts
        ]
    warnings = found.warnings
    for described in (*found.described, *([found.output] if found.output else [])):
        warnings += described.warnings
    if passages[0].empty:
        warnings.append(PageWarning(found.command_line, "the operation is not described"))
    for line in missing([passage for passage, _ in named], [line for _, line in named]):
        warnings.append(PageWarning(line, "this member is not described, unlike the others"))
    passages += [passage for passage, _ in named]
    rules, doubtful = rules_of(
        passages,
        operation=operation_name(found.command),
        request=request,
        response=response,
        errors=None,
    )
    warnings += [*doubtful, *doubts.on_enums(request, response, passages)]
    return Page(
        name=found.source.name,
        format="cli-text",
        title=found.service,
        title_line=found.service_line,
        method=found.command,
        method_line=found.command_line,
        request=request,
        response=response,
        rules=rules,
        warnings=tuple(sorted(warnings, key=lambda warning: warning.line)),
        sha256=found.source.sha256,
    )
