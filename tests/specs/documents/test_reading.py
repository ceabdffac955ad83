"""Every page that can be written of a document tree is read back to that tree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awsconform.errors import PageError
from awsconform.specs.documents.recognition import read_page
from awsconform.specs.documents.tree import FORMATS, Member
from reference_pages import WRITERS, Sheet, cli_text, kebab, sheets, structure


def _without_cli_names(root: Member) -> Member:
    return replace(root, members=tuple(replace(m, cli_name=None) for m in root.members))


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=30)
@given(data=st.data())
def test_gives_back_the_tree_a_page_was_written_of(format: str, data: st.DataObject) -> None:
    sheet = data.draw(sheets(format))
    page = read_page(WRITERS[format](sheet), name="page")
    assert page.format == format
    assert _without_cli_names(page.request) == sheet.request
    assert page.response == sheet.response
    assert page.errors == (sheet.errors or None)
    assert page.rules == ()
    assert page.warnings == ()


@pytest.mark.parametrize("format", FORMATS)
def test_recognises_the_format_whatever_the_name(format: str) -> None:
    sheet = Sheet(structure(Member("Alpha", "string", 0)))
    text = WRITERS[format](sheet)
    assert {read_page(text, name=name).format for name in ("a.rst", "a.cli.txt", "x")} == {format}


@pytest.mark.parametrize("format", FORMATS)
def test_reads_bytes_with_windows_line_ends_and_a_byte_order_mark(format: str) -> None:
    text = WRITERS[format](Sheet(structure(Member("Alpha", "string", 0))))
    marked = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert read_page(marked, name="page") == read_page(text, name="page")


def test_keeps_the_option_name_a_cli_page_gives_for_a_member() -> None:
    sheet = Sheet(structure(Member("AlphaName", "string", 0), Member("Delta", "integer", 0)))
    page = read_page(cli_text(sheet), name="page")
    names = [(member.name, member.cli_name) for member in page.request.members]
    assert names == [("AlphaName", "alpha-name"), ("Delta", "delta")]


def test_names_options_in_camel_case_where_nested_members_are() -> None:
    inner = structure(Member("someThing", "string", 0), Member("otherThing", "string", 0))
    sheet = Sheet(structure(replace(inner, name="AlphaName"), Member("Delta", "string", 0)))
    page = read_page(cli_text(sheet), name="page")
    assert [member.name for member in page.request.members] == ["alphaName", "delta"]
    assert kebab("AlphaName") == page.request.members[0].cli_name


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "Dear reader,\nthis is a letter.\n", "{}", "None", "Output\n\nNone\n"],
)
def test_refuses_what_is_no_reference_page(text: str) -> None:
    with pytest.raises(PageError) as error:
        read_page(text, name="letter.txt")
    assert error.value.location is not None
    assert error.value.location.line is not None


def test_names_the_line_of_bytes_that_are_no_text() -> None:
    with pytest.raises(PageError) as error:
        read_page(b"one\ntwo\nth\xffree", name="page")
    assert error.value.location is not None
    assert error.value.location.line == 3
