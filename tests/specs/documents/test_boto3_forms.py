"""Every form a boto3 page has, each on a page of a few lines, written out and read back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from awsconform.errors import PageError
from awsconform.specs.documents.recognition import read_page
from awsconform.specs.documents.tree import Member, Page
from reference_pages import Sheet, boto3_html, boto3_rst, structure

ALPHA = Sheet(structure(Member("Alpha", "string", 0), Member("Bravo", "string", 0)))


def _member(value: str, word: str, text: str = "") -> Page:
    """A page whose first parameter has this value and this type."""
    page = boto3_rst(ALPHA)
    page = page.replace("Alpha='string'", f"Alpha={value}")
    page = page.replace(":type Alpha: string", f":type Alpha: {word}")
    return read_page(page.replace(":param Alpha: ", f":param Alpha: {text}"), name="page")


@pytest.mark.parametrize(
    ("value", "word", "expected"),
    [
        ("'string'", "string", Member("Alpha", "string", 0)),
        ("123", "integer", Member("Alpha", "integer", 0)),
        ("123.0", "float", Member("Alpha", "float", 0)),
        ("...", "float", Member("Alpha", "float", 0)),
        ("True|False", "boolean", Member("Alpha", "boolean", 0)),
        ("datetime(2015, 1, 1)", "datetime", Member("Alpha", "timestamp", 0)),
        ("b'bytes'", "bytes", Member("Alpha", "blob", 0)),
        (
            "b'bytes'|file",
            "bytes or seekable file-like object",
            Member("Alpha", "blob", 0, streaming=True),
        ),
        (
            "{...}|[...]|123|123.4|'string'|True|None",
            ":ref:`document<document>`",
            Member("Alpha", "document", 0),
        ),
        (
            "{...}|[...]|123|123.4|'string'|True|None",
            "JSON serializable",
            Member("Alpha", "document", 0),
        ),
        ("{}", "dict", Member("Alpha", "structure", 0)),
        ("{'... recursive ...'}", "list", Member("Alpha", "list", 0, recursive=True)),
        ("'string' or {'Bravo': 'string'}", "str or dict", Member("Alpha", "string", 0)),
        ("'a'|'b c'|'d|e'", "string", Member("Alpha", "string", 0, enum=("a", "b c", "d|e"))),
        (r"'\\d'|'\"'", "string", Member("Alpha", "string", 0, enum=(r"\\d", r"\""))),
        ("''|'x'", "string", Member("Alpha", "string", 0, enum=("", "x"))),
    ],
)
def test_reads_the_value_of_a_parameter(value: str, word: str, expected: Member) -> None:
    assert _member(value, word).request.members[0] == expected


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("'string'", "integer"),
        ("123", "float"),
        ("123.0", "integer"),
        ("b'bytes'", "string"),
        ("{...}", "dict"),
        ("'string' or", "str or dict"),
        ("'string' or 123 or 4", "str or dict"),
        ("'a'|'a'", "string"),
        ("'a'||'b'", "string"),
        ("'a", "string"),
    ],
)
def test_refuses_a_value_that_is_none_or_of_another_type(value: str, word: str) -> None:
    with pytest.raises(PageError) as error:
        _member(value, word)
    assert error.value.location is not None
    assert error.value.location.line is not None


@pytest.mark.parametrize("text", ["**[REQUIRED]** ", "**[REQUIRED]** Said on the same line."])
def test_reads_what_stands_behind_the_mark_of_requirement(text: str) -> None:
    assert _member("'string'", "string", text).request.members[0].required


RESPONSE = replace(
    ALPHA,
    response=structure(
        Member("Carbon", "blob", 0),
        Member("Delta", "list", 0, item=Member(None, "string", 0)),
    ),
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("*(bytes) --*", "(:class:`.StreamingBody`) --"),
        ("*(bytes) --*", "*(bytes) --* Said on the same line."),
    ],
)
def test_reads_an_entry_however_it_is_set(written: str, meant: str) -> None:
    streaming = "StreamingBody" in meant
    page = boto3_rst(RESPONSE).replace(f"**Carbon** {written}", f"**Carbon** {meant}")
    page = page.replace("b'bytes'", "StreamingBody()" if streaming else "b'bytes'")
    response = read_page(page, name="page").response
    assert response is not None
    assert response.members[0] == Member("Carbon", "blob", 0, streaming=streaming)


@pytest.mark.parametrize(
    "text",
    [
        "*(Not supported here)*",
        "* **Name** (string) - what a list of the text has",
        ".. danger::\n\n      This structure is deprecated.",
        "For example ``{'Alpha': 'string'}|123``",
        "::\n\n        {\n            'Alpha': 123,\n        }",
        "a link `that breaks off <https://example.org/>`__\n the line",
        "**Examples**",
        "- a dash (of something) --wrote somebody",
    ],
)
def test_takes_text_for_text_that_looks_like_something_else(text: str) -> None:
    plain = read_page(boto3_rst(RESPONSE), name="page")
    sheet = replace(RESPONSE, prose=(("Bravo", text), ("Carbon", text)))
    page = read_page(boto3_rst(sheet), name="page")
    assert page.request == plain.request
    assert page.response == plain.response
    assert page.errors == plain.errors


def test_takes_a_method_without_parameters() -> None:
    text = boto3_rst(replace(RESPONSE, request=structure()))
    text = text.replace("(**kwargs)", "()").replace("tend_garden(\n\n    )", "tend_garden()")
    page = read_page(text, name="page")
    assert page.request.members == ()
    assert page.response == RESPONSE.response


def test_takes_no_unknown_member_of_a_union_for_a_member() -> None:
    text = boto3_rst(RESPONSE)
    note = (
        "    .. note::    This is a Tagged Union structure. Only one of the following top level"
        " keys will be set: ``Carbon``.\n\n      ::\n\n"
        "        'SDK_UNKNOWN_MEMBER': {'name': 'UnknownMemberName'}\n\n"
    )
    entry = "    - *(dict) --* \n    \n"
    assert entry in text
    response = read_page(text.replace(entry, f"{entry}  {note}"), name="page").response
    assert response is not None
    assert response.union
    assert [member.name for member in response.members] == ["Carbon", "Delta"]


@pytest.mark.parametrize("write", [boto3_rst, boto3_html])
def test_refuses_the_page_of_a_method_that_is_no_operation(write: object) -> None:
    assert callable(write)
    text = write(ALPHA)
    start = text.index("response = client" if write is boto3_rst else "<p><strong>Request Syntax")
    with pytest.raises(PageError):
        read_page(text[:start] + "Upload a file to a garden.\n", name="page")


def test_reads_events_with_the_structures_they_carry() -> None:
    text = boto3_rst(replace(ALPHA, response=structure(Member("Carbon", "timestamp", 0))))
    text = text.replace("datetime(2015, 1, 1)", "EventStream({'Grown': {}})")
    text = text.replace(
        "- **Carbon** *(datetime) --* \n",
        "- **Carbon** (:class:`.EventStream`) -- \n\n        - **Grown** *(dict) --* \n",
    )
    response = read_page(text, name="page").response
    assert response is not None
    assert response.members == (
        Member("Carbon", "structure", 0, events=True, members=(Member("Grown", "structure", 0),)),
    )
