"""Pages from Sphinx' text builder: wrapped at any width, they say what they were written of."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awsconform.errors import PageError
from awsconform.specs.documents.recognition import read_page
from awsconform.specs.documents.tree import Member
from reference_pages import Sheet, call, entries_below, python, sheets, structure, word


def built(sheet: Sheet, width: int = 70) -> str:
    """The page as the builder writes it; words that are too long for the width are broken."""
    out = ["*Gardens* / Client / tend_garden", "", "", "tend_garden", "***********", ""]
    out += ["Gardens.Client.tend_garden(**kwargs)", ""]
    out += [
        *_wrapped(sheet.meaning(None), 3, width),
        *_wrapped("See also: AWS API Documentation", 3, 70),
    ]
    out += [*_wrapped("**Request Syntax**", 3, 70), call(sheet.request, "      "), ""]
    out.append("   Parameters:")
    for member in sheet.request.members:
        kind = f"(*{word(member)}*) --"
        if len(sheet.request.members) == 1:
            out += _entry(sheet, member, f"**{member.name}** {kind}", 6, width)
            out += _nested(sheet, member, 6, width)
        else:
            out += _entry(sheet, member, f"* **{member.name}** {kind}", 6, width)
            out += _nested(sheet, member, 8, width)
    if sheet.response is None:
        out += ["   Returns:", "      None", ""]
    else:
        out += ["   Return type:", "      dict", "", "   Returns:", "      **Response Syntax**", ""]
        out += ["         " + python(sheet.response, "         "), ""]
        out += ["      **Response Structure**", "", *_listed(sheet, sheet.response, 6, width)]
    out += ["   **Exceptions**", ""]
    for error in sheet.errors:
        out += _wrapped(f'* "Gardens.Client.exceptions.{error}"', 3, width)
    return "\n".join(out)


def _wrapped(text: str, indent: int, width: int) -> Iterator[str]:
    """A paragraph in lines; the bullet is put before it when it is wrapped."""
    bullet = "* " if text.startswith("* ") else ""
    wide = max(width - indent, 24) - len(bullet)
    for number, line in enumerate(textwrap.wrap(text.removeprefix(bullet), wide)):
        yield " " * indent + (bullet if number == 0 else " " * len(bullet)) + line
    yield ""


def _entry(sheet: Sheet, member: Member, head: str, indent: int, width: int) -> Iterator[str]:
    below = indent + 2 if head.startswith("* ") else indent
    if member.required:
        yield from _wrapped(head, indent, width)
        yield from _wrapped("**[REQUIRED]**", below, width)
        yield from _wrapped(sheet.meaning(member.name), below, width)
    else:
        yield from _wrapped(f"{head} {sheet.meaning(member.name)}", indent, width)


def _listed(sheet: Sheet, member: Member, indent: int, width: int) -> Iterator[str]:
    name = f"**{member.name}** " if member.name else ""
    mark = " **[REQUIRED]**" if member.required else ""
    yield from _wrapped(f"* {name}*({word(member)}) --*{mark}", indent, width)
    if member.name:
        yield from _wrapped(sheet.meaning(member.name), indent + 2, width)
    yield from _nested(sheet, member, indent + 2, width)


def _nested(sheet: Sheet, member: Member, indent: int, width: int) -> Iterator[str]:
    for child, deeper in entries_below(member):
        yield from _listed(sheet, child, indent + 2 * (deeper - 1), width)


@settings(max_examples=20)
@given(sheet=sheets("boto3-text"), width=st.integers(40, 90))
def test_gives_back_the_tree_whatever_the_width(sheet: Sheet, width: int) -> None:
    page = read_page(built(sheet, width), name="page")
    assert page.format == "boto3-text"
    assert page.request == sheet.request
    assert page.response == sheet.response
    assert page.errors == (sheet.errors or None)
    assert page.warnings == ()


ROW = structure(
    Member("Alpha", "string", 0, required=True, enum=("ACTIVE", "BUSY")),
    Member("Bravo", "list", 0, item=structure(Member("Carbon", "timestamp", 0))),
)


def test_puts_names_and_types_together_that_were_broken() -> None:
    text = built(Sheet(ROW)).replace(
        "* **Carbon** *(datetime) --*", "* **Car\n{0}bon**\n{0}*(date\n{0}time) --*"
    )
    line = next(line for line in text.split("\n") if "**Car" in line)
    page = read_page(text.replace("{0}", " " * (line.index("*") + 2)), name="page")
    assert page.request == ROW


def test_joins_a_title_that_was_broken() -> None:
    text = built(Sheet(ROW)).replace("*Gardens* / Client / tend", "*Gardens* / Client /\ntend", 1)
    assert read_page(text, name="page").request == ROW


def test_reads_rules_though_their_sentences_are_wrapped_and_their_words_quoted() -> None:
    sentence = (
        'The "nextToken" is a unique pagination token for each page.'
        " Keep all other arguments unchanged."
    )
    sheet = Sheet(structure(Member("nextToken", "string", 0)), prose=(("nextToken", sentence),))
    rules = [rule.name for rule in read_page(built(sheet, 30), name="page").rules]
    assert rules == ["token-unique-per-page", "keep-arguments"]


@pytest.mark.parametrize(
    ("written", "changed"),
    [
        ("* **Carbon** *(datetime) --*", "* **Carbon** *(string) --*"),
        ("* **Carbon** *(datetime) --*", "* **Carbom** *(datetime) --*"),
        ("* **Carbon** *(datetime) --*", "* **Carbon** *(dtetime) --*"),
        ("'Carbon': datetime(2015, 1, 1)", "'Carbon': 123"),
        ("(*list*)", "(*dict*)"),
        ("**[REQUIRED]**", "**[REQIURED]**"),
        ("Client.tend_garden(", "Client.tend_gardne("),
        ("**Exceptions**", "**Excptions**"),
        ("   Parameters:", "Parameters:"),
    ],
)
def test_refuses_a_page_that_contradicts_itself(written: str, changed: str) -> None:
    text = built(Sheet(ROW))
    assert written in text
    with pytest.raises(PageError) as error:
        read_page(text.replace(written, changed), name="page")
    assert error.value.location is not None
    assert error.value.location.line is not None


def test_notices_where_a_page_is_cut_off() -> None:
    lines = built(Sheet(ROW, structure(Member("Delta", "integer", 0)))).split("\n")
    listed = next(n for n, line in enumerate(lines) if "exceptions" in line)
    for cut in range(listed):
        try:
            page = read_page("\n".join(lines[:cut]), name="page")
        except PageError:
            continue
        assert page.warnings, cut
