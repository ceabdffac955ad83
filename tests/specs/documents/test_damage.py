"""A damaged page is refused, doubted with a line, or still says the same: never less in silence."""

from __future__ import annotations

import string
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from awsconform.errors import PageError
from awsconform.specs.documents.recognition import read_page
from awsconform.specs.documents.tree import FORMATS, Member, Page
from reference_pages import WRITERS, Sheet, boto3_rst, boto3_text, cli_text, sheets, structure

EXAMPLE = Sheet(
    structure(
        Member("AlphaName", "string", 0, required=True),
        Member("DeltaName", "string", 0, enum=("ACTIVE", "CLOSED")),
        Member("EmberName", "list", 0, item=structure(Member("Forest", "timestamp", 0))),
    ),
    structure(Member("Harbour", "integer", 0), Member("Island", "boolean", 0)),
)


def _example(format: str) -> Sheet:
    """The example; a CLI page without output, which no second place on the page repeats."""
    return replace(EXAMPLE, response=None) if format == "cli-text" else EXAMPLE


def _facts(page: Page) -> tuple[object, ...]:
    return page.request, page.response, page.errors, page.rules


def _noticed(damaged: str, whole: Page) -> bool:
    """Whether a damaged page was refused or doubted with a line, or lost nothing."""
    try:
        page = read_page(damaged, name="damaged")
    except PageError as error:
        return error.location is not None and error.location.line is not None
    doubted = {w.message for w in page.warnings} - {w.message for w in whole.warnings}
    return bool(doubted) or _facts(page) == _facts(whole)


@pytest.mark.parametrize("format", FORMATS)
def test_notices_where_a_page_is_cut_off(format: str) -> None:
    text = WRITERS[format](_example(format))
    lines = text.split("\n")
    whole = read_page(text, name="whole")
    listed = whole.error_lines[0] if whole.error_lines else len(lines) + 1
    unseen = [
        line
        for line in range(len(lines))
        if line < listed and not _noticed("\n".join(lines[:line]), whole)
    ]
    assert unseen == []


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=25)
@given(data=st.data())
def test_notices_a_line_that_is_missing_or_there_twice(format: str, data: st.DataObject) -> None:
    text = WRITERS[format](data.draw(sheets(format)))
    lines = text.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    assume("Exception" not in lines[at] and "[REQUIRED]" not in lines[at])
    whole = read_page(text, name="whole")
    assert _noticed("\n".join(lines[:at] + lines[at + 1 :]), whole)
    assert _noticed("\n".join(lines[: at + 1] + lines[at:]), whole)


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=30)
@given(data=st.data())
def test_never_fails_otherwise_than_with_a_page_error(format: str, data: st.DataObject) -> None:
    characters = list(WRITERS[format](data.draw(sheets(format))))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(characters) - 1))
        characters[at] = data.draw(st.sampled_from(["", "\n", "\0", *string.printable[:95]]))
    try:
        read_page("".join(characters), name="damaged")
    except PageError as error:
        location = error.location
    else:
        return
    assert location is not None
    assert location.line is not None


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("name", "damaged"),
    [("DeltaName", "DetlaName"), ("EmberName", "EmberNam"), ("Forest", "Fores7")],
)
def test_refuses_a_name_that_is_damaged_in_one_of_its_places(
    format: str, name: str, damaged: str
) -> None:
    text = WRITERS[format](EXAMPLE)
    if format == "cli-text" and name != "Forest":
        name, damaged = f"--{name[:5].lower()}-name", f"--{damaged[:5].lower()}-nam"
    for place in range(text.count(name)):
        parts = text.split(name)
        changed = name.join(parts[: place + 1]) + damaged + name.join(parts[place + 1 :])
        with pytest.raises(PageError):
            read_page(changed, name="page")


@pytest.mark.parametrize(
    ("written", "changed"),
    [
        ("Forest** *(datetime)", "Forest** *(string)"),
        ("'Forest': datetime(2015, 1, 1)", "'Forest': 123"),
        (":type EmberName: list", ":type EmberName: dict"),
        ("**[REQUIRED]**", "**[REQIURED]**"),
        ("goto/WebAPI", "goto/WebAP"),
        ("Client.tend_garden", "Client.tend_gardne"),
        ("**Exceptions**", "**Excptions**"),
        ("**Response Structure**", "**Response Strcture**"),
    ],
)
def test_refuses_a_page_that_contradicts_itself(written: str, changed: str) -> None:
    text = boto3_rst(EXAMPLE)
    assert written in text
    with pytest.raises(PageError) as error:
        read_page(text.replace(written, changed), name="page")
    assert error.value.location is not None
    assert error.value.location.line is not None


@pytest.mark.parametrize(
    ("written", "changed"),
    [
        ("[--delta-name <value>]", "[--delta-name <value>"),
        ("--delta-name (string)", "--delta-name (strin)"),
        ("Forest -> (timestamp)", "Forest - (timestamp)"),
        ('"Forest": timestamp', '"Forest": string'),
        ("JSON Syntax:", "JSON Sytax:"),
        ("\nOptions\n", "\nOption\n"),
    ],
)
def test_refuses_a_cli_page_that_contradicts_itself(written: str, changed: str) -> None:
    text = cli_text(EXAMPLE)
    assert written in text
    with pytest.raises(PageError):
        read_page(text.replace(written, changed), name="page")


@pytest.mark.parametrize(
    ("written", "changed", "doubt"),
    [
        ("\n    [REQUIRED]\n", "", "stands as if after"),
        ("'CLOSED'", "'ClOSED'", "written unlike"),
        ("AlphaName='string'", "AlphaName='strnig'", "damaged 'string'"),
        ("ValidationException", "ValidatoinException", "misspelt"),
        ("See also: AWS API Documentation\n", "", "link to the API documentation"),
    ],
)
def test_doubts_what_only_one_place_states(written: str, changed: str, doubt: str) -> None:
    text = boto3_text(EXAMPLE)
    assert written in text
    page = read_page(text.replace(written, changed), name="page")
    assert [w for w in page.warnings if doubt in w.message and w.line > 0]


def test_doubts_an_enum_value_that_a_twin_enum_spells_otherwise() -> None:
    twins = [
        Member("Alpha", "string", 0, enum=("ACTIVE", "CLOSED")),
        Member("Delta", "string", 0, enum=("ACTIVE", "CLOSDE")),
    ]
    page = read_page(boto3_rst(Sheet(structure(*twins))), name="page")
    assert [w.message for w in page.warnings if "may be one" in w.message]


def test_warns_of_an_empty_list_of_exceptions_on_its_line() -> None:
    text = boto3_text(Sheet(structure(Member("Alpha", "string", 0)), errors=()))
    page = read_page(text, name="page")
    assert page.errors is None
    assert [(w.line, "empty" in w.message) for w in page.warnings] == [
        (len(text.split("\n")), True)
    ]
