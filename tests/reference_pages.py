"""Reference pages of an invented service, written from a document tree in each known format.

`boto3_rst`, `boto3_text`, `boto3_html` and `cli_text` are the counterparts of the readers: what
they write of a tree, the reader is to give back. `trees` are the trees such pages can be written
of.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from awsconform.specs.documents.tree import Member

WORDS = ("Alpha", "Bravo", "Carbon", "Delta", "Ember", "Forest", "Gamma", "Harbour", "Island")
VALUES = ("ACTIVE", "BUSY", "CLOSED", "DRAINED", "EMPTY", "FULL_UP", "GONE")
ERRORS = ("ThrottlingException", "ValidationException", "NoSuchGardenException")
MEANING = "What it stands for."


@dataclass(frozen=True)
class Sheet:
    """A page to be: request and response trees, exceptions, and prose by member (None: at all)."""

    request: Member
    response: Member | None = None
    errors: tuple[str, ...] = ERRORS
    prose: tuple[tuple[str | None, str], ...] = ()

    def meaning(self, name: str | None) -> str:
        """The description of a member, or of the operation."""
        return dict(self.prose).get(name, MEANING)


def structure(*members: Member) -> Member:
    """A request or response of the given members."""
    return Member(None, "structure", 0, members=members)


_PLAIN = ("string", "integer", "float", "boolean", "timestamp", "blob")
_CLI_PLAIN = (*_PLAIN[:2], "double", "long", *_PLAIN[2:])


def _leaves(plain: tuple[str, ...]) -> st.SearchStrategy[Member]:
    enums = st.lists(st.sampled_from(VALUES), min_size=2, max_size=4, unique=True)
    return st.sampled_from(plain).map(lambda word: Member(None, word, 0)) | enums.map(
        lambda values: Member(None, "string", 0, enum=tuple(values))
    )


def _nested(below: st.SearchStrategy[Member], required: bool) -> st.SearchStrategy[Member]:
    lists = below.map(lambda item: Member(None, "list", 0, item=item))
    maps = below.map(
        lambda value: Member(None, "map", 0, key=Member(None, "string", 0), value=value)
    )
    return lists | maps | _structures(below, required)


@st.composite
def _structures(
    draw: st.DrawFn, below: st.SearchStrategy[Member], required: bool, most: int = 4
) -> Member:
    names = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=most, unique=True))
    suffix = draw(st.sampled_from(("", "Name", "Id")))
    members = [
        replace(draw(below), name=name + suffix, required=required and draw(st.booleans()))
        for name in names
    ]
    return structure(*members)


def trees(
    *, required: bool, nested_required: bool | None = None, cli: bool = False
) -> st.SearchStrategy[Member]:
    """Structures of members of every type, some levels deep; `required` for requests."""
    inner = required if nested_required is None else nested_required
    leaves = _leaves(_CLI_PLAIN if cli else _PLAIN)
    below = st.recursive(leaves, lambda below: _nested(below, inner), max_leaves=8)
    return _structures(below, required, 5)


def _without_enums(member: Member) -> Member:
    return replace(
        member,
        enum=(),
        members=tuple(map(_without_enums, member.members)),
        item=_without_enums(member.item) if member.item else None,
        key=_without_enums(member.key) if member.key else None,
        value=_without_enums(member.value) if member.value else None,
    )


def sheets(format: str) -> st.SearchStrategy[Sheet]:
    """Pages to be of a format, as far as the format can state them."""
    if format == "cli-text":
        responses = st.none() | trees(required=False, cli=True).map(_without_enums)
        requests = trees(required=True, nested_required=False, cli=True)
        return st.builds(Sheet, requests, responses, st.just(()))
    responses = st.none() | trees(required=False)
    return st.builds(Sheet, trees(required=True), responses)


_PYTHON = {
    "string": "'string'",
    "integer": "123",
    "float": "123.0",
    "boolean": "True|False",
    "timestamp": "datetime(2015, 1, 1)",
    "blob": "b'bytes'",
}
_WORDS_OF_BOTO3 = {"timestamp": "datetime", "blob": "bytes", "structure": "dict", "map": "dict"}


def word(member: Member) -> str:
    return _WORDS_OF_BOTO3.get(member.type, member.type)


def python(member: Member, indent: str) -> str:
    deeper = indent + "    "
    if member.enum:
        return "|".join(f"'{value}'" for value in member.enum)
    if member.type == "list" and member.item:
        return f"[\n{deeper}{python(member.item, deeper)},\n{indent}]"
    if member.type == "map" and member.value:
        return f"{{\n{deeper}'string': {python(member.value, deeper)}\n{indent}}}"
    if member.type == "structure":
        inner = ",\n".join(f"{deeper}'{m.name}': {python(m, deeper)}" for m in member.members)
        return f"{{\n{inner}\n{indent}}}"
    return _PYTHON[member.type]


def call(request: Member, indent: str) -> str:
    deeper = indent + "    "
    inner = ",\n".join(f"{deeper}{m.name}={python(m, deeper)}" for m in request.members)
    return f"{indent}response = client.tend_garden(\n{inner}\n{indent})"


def entries_below(member: Member) -> list[tuple[Member, int]]:
    """Entries directly below a member, with how much deeper they stand."""
    if member.type == "map" and member.key and member.value:
        return [(member.key, 1), (member.value, 2)]
    return [(child, 1) for _, child in member.children()]


def boto3_rst(sheet: Sheet) -> str:
    """The page as boto3's documenters write it."""
    out = [
        ":doc:`Gardens <../../gardens>` / Client / tend_garden",
        "",
        "***********\ntend_garden\n***********",
        "",
        ".. py:method:: Gardens.Client.tend_garden(**kwargs)",
        "",
        f"  {sheet.meaning(None)}",
        "",
        "  See also: `AWS API Documentation"
        " <https://docs.aws.amazon.com/goto/WebAPI/gardens-2021-03-04/TendGarden>`_  ",
        "",
        "  **Request Syntax**\n  ::\n",
        call(sheet.request, "    "),
        "",
    ]
    for member in sheet.request.members:
        mark = "**[REQUIRED]** " if member.required else ""
        out += [f"  :type {member.name}: {word(member)}", f"  :param {member.name}: {mark}", ""]
        out += [f"    {sheet.meaning(member.name)}", "", "    ", ""]
        for child, deeper in entries_below(member):
            out += _rst(sheet, child, 2 + 2 * deeper)
    if sheet.response is None:
        out.append("  :returns: None")
    else:
        out += ["  :rtype: dict", "  :returns: ", "    ", "    **Response Syntax**", "", "    ::"]
        out += ["", "      " + python(sheet.response, "      "), "      "]
        out += ["    **Response Structure**", "", *_rst(sheet, sheet.response, 4)]
    out += ["  **Exceptions**", "  "]
    for error in sheet.errors:
        out += [f"  *   :py:class:`Gardens.Client.exceptions.{error}`", "", "  "]
    return "\n".join(out)


def _rst(sheet: Sheet, member: Member, indent: int) -> Iterator[str]:
    space = " " * indent
    name = f"**{member.name}** " if member.name else ""
    mark = "**[REQUIRED]** " if member.required else ""
    yield from (f"{space}- {name}*({word(member)}) --* {mark}", space)
    if member.name:
        yield from ("", f"{space}  {sheet.meaning(member.name)}", "", space)
    for child, deeper in entries_below(member):
        yield from _rst(sheet, child, indent + 2 * deeper)


def boto3_text(sheet: Sheet) -> str:
    """The page as it looks in a browser, copied."""
    out = [
        "Gardens / Client / tend_garden",
        "tend_garden#",
        "Gardens.Client.tend_garden(**kwargs)#",
    ]
    out += [sheet.meaning(None), "See also: AWS API Documentation", "Request Syntax"]
    out.append(call(sheet.request, "") + "\nParameters:")
    for member in sheet.request.members:
        out += _text(sheet, member, 2)
    if sheet.response is None:
        out += ["Returns:", "None"]
    else:
        out += ["Return type:", "dict", "Returns:", "Response Syntax"]
        out += [python(sheet.response, ""), "Response Structure"]
        out += _text(sheet, sheet.response, 2)
    out += ["Exceptions", *(f"  \u2022 Gardens.Client.exceptions.{e}" for e in sheet.errors)]
    return "\n\n".join(out)


def _text(sheet: Sheet, member: Member, indent: int) -> Iterator[str]:
    space = " " * indent
    head = f"{space}\u2022 {member.name + ' ' if member.name else ''}({word(member)}) \u2013"
    if member.name is None:
        yield head
    elif member.required:
        yield from (head, f"{space}  [REQUIRED]", f"{space}  {sheet.meaning(member.name)}")
    elif indent == 2:
        yield f"{head} {sheet.meaning(member.name)}"
    else:
        yield from (head, f"{space}  {sheet.meaning(member.name)}")
    for child, deeper in entries_below(member):
        yield from _text(sheet, child, indent + 2 * deeper)


CHROME = """<!doctype html>
<html class="no-js" lang="en">
<head><meta charset="utf-8"/>
<title>tend_garden - documentation</title></head>
<body>
<nav class="toc"><ul><li><a href="#">Contents (string) \u2013 <b>[REQUIRED]</b></a></ul></nav>
<article role="main">
%s
</article>
<footer>Made with <a href="https://example.org/">care</a><br></footer>
</body>
</html>
"""


def boto3_html(sheet: Sheet) -> str:
    """The page as Sphinx makes it, with the chrome of a theme around."""
    out = [
        '<p><a class="reference internal" href="../../gardens.html"><span class="doc">Gardens'
        "</span></a> / Client / tend_garden</p>",
        '<section id="tend-garden">',
        '<h1>tend_garden<a class="headerlink" href="#tend-garden">\u00b6</a></h1>',
        '<dl class="py method">',
        '<dt class="sig sig-object py" id="Gardens.Client.tend_garden">',
        '<span class="pre">Gardens.Client.</span><span class="pre">tend_garden</span>'
        '(<em>**kwargs</em>)<a class="headerlink" href="#x">\u00b6</a></dt>',
        f"<dd><p>{sheet.meaning(None)}</p>",
        '<p>See also: <a class="reference external" href="https://docs.aws.amazon.com/goto/'
        'WebAPI/gardens-2021-03-04/TendGarden">AWS API Documentation</a></p>',
        "<p><strong>Request Syntax</strong></p>",
        _highlighted(call(sheet.request, "")),
        '<dl class="field-list simple">',
        '<dt class="field-odd">Parameters<span class="colon">:</span></dt>',
    ]
    if len(sheet.request.members) == 1:
        alone = [*_parameter(sheet, sheet.request.members[0])]
        out += ['<dd class="field-odd">', *alone[1:-1], "</dd>"]
    else:
        out += ['<dd class="field-odd"><ul class="simple">']
        out += [line for m in sheet.request.members for line in _parameter(sheet, m)]
        out += ["</ul>", "</dd>"]
    if sheet.response is None:
        out += ["<dt>Returns<span>:</span></dt>", "<dd><p>None</p>", "</dd>", "</dl>"]
    else:
        out += ["<dt>Return type<span>:</span></dt>", "<dd><p>dict</p>", "</dd>"]
        out += ["<dt>Returns<span>:</span></dt>"]
        out += ["<dd><p><p><strong>Response Syntax</strong></p>"]
        out += [_highlighted(python(sheet.response, ""))]
        out += ["<p><strong>Response Structure</strong></p>", "<ul>"]
        out += [*_html(sheet, sheet.response), "</ul>", "</p></dd>", "</dl>"]
    out += ["<p><strong>Exceptions</strong></p>", '<ul class="simple">']
    for error in sheet.errors:
        out += [f"<li><p><code>Gardens.Client.exceptions.{error}</code></p></li>"]
    return CHROME % "\n".join([*out, "</ul>", "</dd></dl>", "</section>"])


def _highlighted(code: str) -> str:
    pieces = re.sub(r"\w+|'[^']*'|\S", lambda m: f"<span>{html.escape(m[0])}</span>", code)
    return f'<div class="highlight"><pre><span></span>{pieces}\n</pre>\n</div>'


def _parameter(sheet: Sheet, member: Member) -> Iterator[str]:
    """Sphinx puts what follows a parameter's first paragraph into that paragraph."""
    head = f"<p><strong>{member.name}</strong> (<em>{word(member)}</em>) \u2013"
    meaning = sheet.meaning(member.name)
    yield "<li>"
    if member.required:
        yield f"{head} <p><strong>[REQUIRED]</strong></p>"
        yield f"<p>{meaning}</p>"
    else:
        yield f"{head} {meaning}"
    yield from _html_list(sheet, member)
    yield "</p>"
    yield "</li>"


def _html(sheet: Sheet, member: Member) -> Iterator[str]:
    name = f"<strong>{member.name}</strong> " if member.name else ""
    mark = " <strong>[REQUIRED]</strong>" if member.required else ""
    yield f"<li><p>{name}<em>({word(member)}) \u2013</em>{mark}</p>"
    if member.name:
        yield f"<p>{sheet.meaning(member.name)}</p>"
    yield from _html_list(sheet, member)
    yield "</li>"


def _html_list(sheet: Sheet, member: Member) -> Iterator[str]:
    if member.type == "map" and member.key and member.value:
        yield from ("<ul>", "<li><p><em>(string) \u2013</em></p>", "<ul>")
        yield from _html(sheet, member.value)
        yield from ("</ul>", "</li>", "</ul>")
    elif member.type in ("list", "structure"):
        yield "<ul>"
        for _, child in member.children():
            yield from _html(sheet, child)
        yield "</ul>"


def kebab(name: str) -> str:
    """`AlphaName` -> `alpha-name`."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).removeprefix("-")


def cli_text(sheet: Sheet) -> str:
    """The page as the AWS CLI reference shows it, copied; only the output keeps indentation."""
    out = ["[ aws . gardens ]", "tend-garden", "Description", sheet.meaning(None)]
    out += ["See also: AWS API Documentation", "Synopsis"]
    synopsis = ["  tend-garden"]
    for member in sheet.request.members:
        option = f"--{kebab(str(member.name))}"
        shown = f"{option} | --no-{option[2:]}" if member.type == "boolean" else f"{option} <value>"
        synopsis.append(shown if member.required else f"[{shown}]")
    out += ["\n".join([*synopsis, "[--generate-cli-skeleton <value>]"]), "Options"]
    for member in sheet.request.members:
        out += _option(sheet, member)
    out += ["--generate-cli-skeleton (string) Prints a sample.", "Output"]
    if sheet.response is None:
        return "\n\n".join([*out, "None"])
    for member in sheet.response.members:
        out += _entry(sheet, member, 0)
    return "\n\n".join(out)


def _option(sheet: Sheet, member: Member) -> Iterator[str]:
    option = f"--{kebab(str(member.name))}"
    also = f" | --no-{option[2:]}" if member.type == "boolean" else ""
    yield from (f"{option}{also} ({member.type})", sheet.meaning(member.name))
    for segment, child in member.children():
        yield from (line.lstrip() for line in _entry(sheet, child, 0, segment))
    if member.enum:
        yield from ("Possible values:", *(f"\u2022 {value}" for value in member.enum))
    item = member.item
    if item is not None and item.type not in ("list", "map", "structure"):
        example = _json(replace(item, enum=()), "")
        yield from ("Syntax:", f"{example} {example} ...")
        if item.enum:
            yield "Where valid values are:\n" + "\n".join(f"  {value}" for value in item.enum)
    elif member.type in ("list", "map", "structure"):
        yield from ("JSON Syntax:", _json(member, ""))


def _entry(sheet: Sheet, member: Member, indent: int, segment: str = "") -> Iterator[str]:
    space = " " * indent
    name = member.name or {"@key": "key", "@value": "value"}.get(segment)
    yield f"{space}{name} -> ({member.type})" if name else f"{space}({member.type})"
    if member.name:
        yield f"{space}  {sheet.meaning(member.name)}"
    for below, child in member.children():
        yield from _entry(sheet, child, indent + 2, below)


def _json(member: Member, indent: str) -> str:
    deeper = indent + "  "
    if member.enum:
        return "|".join(f'"{value}"' for value in member.enum)
    if member.type == "list" and member.item:
        if member.item.type not in ("list", "map", "structure"):
            return f"[{_json(member.item, deeper)}, ...]"
        return f"[\n{deeper}{_json(member.item, deeper)}\n{deeper}...\n{indent}]"
    if member.type == "map" and member.key and member.value:
        pair = f"{_json(member.key, deeper)}: {_json(member.value, deeper)}"
        return f"{{{pair}\n{deeper}...}}"
    if member.type == "structure":
        inner = ",\n".join(f'{deeper}"{m.name}": {_json(m, deeper)}' for m in member.members)
        return f"{{\n{inner}\n{indent}}}"
    return {"string": '"string"', "boolean": "true|false"}.get(member.type, member.type)


WRITERS: dict[str, Callable[[Sheet], str]] = {
    "boto3-rst": boto3_rst,
    "boto3-text": boto3_text,
    "boto3-html": boto3_html,
    "cli-text": cli_text,
}
