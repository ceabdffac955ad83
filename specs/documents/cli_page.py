"""What all AWS CLI reference pages have in common, whichever form they were saved in.

A page is read from lines: a paragraph, a list item or a line of an example each, and nesting as
indentation where the form has kept it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from awsconform.specs.documents import cli_statements, doubts
from awsconform.specs.documents.cli_listing import WORDS
from awsconform.specs.documents.cli_options import Described, option_of, output_of
from awsconform.specs.documents.naming import operation_name, wire_names
from awsconform.specs.documents.passages import Passage, missing
from awsconform.specs.documents.prose import rules_of
from awsconform.specs.documents.sections import Cursor
from awsconform.specs.documents.source import Line, Source
from awsconform.specs.documents.synopsis import Option, names_of, options_of
from awsconform.specs.documents.tree import Format, Member, Page, PageWarning

# From this version on pages state values and constraints of every member.
_STATING = (2, 31)
# A structure with nothing but a boolean Value is a switch as well (EC2).
_SWITCHED = ("boolean", "structure")
_TITLE = re.compile(r"\[ aws \. (?P<service>[a-z0-9][a-z0-9-]*) \]")
_COMMAND = re.compile(r"(?P<command>[a-z0-9][a-z0-9-]*)[#\u00b6]?")
_HEADER = re.compile(
    r" ?(?:--)?(?P<name>[a-z0-9][a-zA-Z0-9-]*)(?P<others>(?: \| --[a-z0-9][a-zA-Z0-9-]*)*)"
    r" \((?P<word>[\w ]+)\)(?P<required> \[required\])?(?P<rest>(?: .*)?)"
)
_REQUIRED = re.compile(r" *(?:\S+ -> |--\S+ (?:\| --\S+ )*)?\([\w ]+\) \[required\].*")
_RESEMBLES = re.compile(r" ?-{0,3}[\w-]+ ?\(?\w+\) *$|--?\S+ ?\|?.*\(")
_OWN_PAGING = re.compile(r"\b(?:service calls?|Pagination|AWS CLI|Command Line Interface)\b")
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
    stating: bool = False
    warnings: list[PageWarning] = field(default_factory=list)


def read(source: Source, form: Format, *, version: str | None = None) -> Page:
    """Read the lines of a page; raises `PageError` where it is cut off or not understood.

    `version` is that of the AWS CLI, where the page says it.
    """
    found = _Found(source)
    cursor = Cursor(source)
    _head(found, cursor)
    _synopsis(found, cursor)
    found.stating = _states_everything(found, version)
    _options(found, cursor)
    _output(found, cursor)
    return _page(found, form)


def _states_everything(found: _Found, version: str | None) -> bool:
    """Whether the page is of 2.31 or newer, by its version, else by what only such pages have."""
    if version is not None:
        return tuple(map(int, version.split(".")[:2])) >= _STATING
    marked = any(_REQUIRED.fullmatch(line.text) for line in found.source.lines)
    if marked or any(option.required for option in found.options):
        return marked
    lines = found.source.lines
    outputs = [index for index, line in enumerate(lines) if _heading("Output", line)]
    return cli_statements.has_constraints(lines) or (
        bool(outputs) and cli_statements.has_values(lines[outputs[-1] :])
    )


def _heading(name: str, line: Line) -> bool:
    return re.fullmatch(rf"{name}[#\u00b6]? *", line.text) is not None


def _head(found: _Found, cursor: Cursor) -> None:
    heading = cursor.take_filled()
    title = _TITLE.fullmatch(heading.text.strip())
    if title is not None:
        found.service, found.service_line = title["service"], heading.number
        heading = cursor.take_filled()
    elif heading.text.lstrip().startswith("["):
        raise found.source.error(heading.number, "'[ aws . service ]' is expected here")
    command = _COMMAND.fullmatch(heading.text.strip())
    if command is None:
        raise found.source.error(heading.number, "the command's name is expected here")
    found.command, found.command_line = command["command"], heading.number
    # Some commands have a note above their description.
    noted = cursor.until(lambda line: _heading("Description", line), "Description")
    cursor.take()
    lines = cursor.until(lambda line: _heading("Synopsis", line), "Synopsis")
    found.description = _without_boilerplate([*noted, *lines])
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
    listed = [index for index, line in enumerate(lines) if _starts_option(found, line)]
    expected = [o for o in found.options if o.kind != "global"]
    for line in lines[: listed[0] if listed else len(lines)]:
        if not line.blank and line.text.strip() not in ("None", "*None*"):
            raise source.error(line.number, f"not understood: {line.text.strip()!r}")
    for index, after in zip(listed, [*listed[1:], len(lines)], strict=False):
        line = lines[index]
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
        body = lines[index + 1 : after]
        if option.kind == "paging" and not _is_member(option, body):
            message = f"--{option.name} replaces members of the request, which the page hides"
            found.warnings.append(PageWarning(line.number, message))
        elif option.kind in ("value", "switch", "alternatives", "paging"):
            found.described.append(_described(found, option, header, line, body))
        if option.kind == "alternatives":
            names = " | ".join(f"--{name}" for name in (option.name, *option.others))
            message = f"{names} are the command's own, and no member of the request"
            found.warnings.append(PageWarning(line.number, message))
    if expected:
        raise source.error(
            expected[0].line,
            f"--{expected[0].name} is not described",
            hint="the page may be cut off",
        )


def _is_member(option: Option, body: list[Line]) -> bool:
    """Whether a paging option is a member of the request that happens to have its name.

    The CLI keeps such a page size where it knows of no limit; its own is described in its words.
    """
    told = [line.text for line in body if not line.blank]
    return option.name == "page-size" and bool(told) and not any(map(_OWN_PAGING.search, told))


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
    if option.kind in ("switch", "alternatives") and word not in _SWITCHED:
        raise found.source.error(line.number, f"--{option.name} is a switch in the synopsis")
    if names_of(header["others"]) != option.others:
        raise found.source.error(
            line.number, f"--{option.name} has other alternatives in the synopsis"
        )
    if header["required"] and not option.required:
        raise found.source.error(line.number, f"--{option.name} is optional in the synopsis")
    if found.stating and option.required and not header["required"]:
        raise found.source.error(line.number, f"--{option.name} is required in the synopsis")
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
    return option_of(found.source, member, lines, stating=found.stating)


def _output(found: _Found, cursor: Cursor) -> None:
    """Examples above may have a line that reads like the heading, so the last one counts."""
    cursor.until(lambda line: _heading("Output", line), "Output")
    heading = cursor.take()
    lines = cursor.rest_until(lambda line: False)
    for index in range(len(lines) - 1, -1, -1):
        if _heading("Output", lines[index]):
            heading, lines = lines[index], lines[index + 1 :]
            break
    found.output = output_of(found.source, heading.number, lines, stating=found.stating)


def _page(found: _Found, form: Format) -> Page:
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
        format=form,
        title=found.service,
        title_line=found.service_line,
        method=found.command,
        method_line=found.command_line,
        request=request,
        response=response,
        rules=rules,
        warnings=tuple(sorted(warnings, key=lambda warning: warning.line)),
        generation="2.31" if found.stating else None,
        sha256=found.source.sha256,
    )
