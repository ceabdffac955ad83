"""HTML is read for what it says, whoever saved it, and never mended in silence."""

from __future__ import annotations

import re

import pytest

from awsconform.errors import PageError
from awsconform.specs.documents.html_tree import markup_of
from awsconform.specs.documents.recognition import read_page
from awsconform.specs.documents.source import source_of
from awsconform.specs.documents.tree import Member
from awsconform.specs.pages import extract
from reference_pages import Sheet, boto3_html, boto3_rst, structure

SHEET = Sheet(
    structure(
        Member("Alpha", "string", 0, required=True),
        Member("Bravo", "list", 0, item=structure(Member("Carbon", "timestamp", 0))),
    ),
    structure(Member("Delta", "string", 0, enum=("ACTIVE", "BUSY"))),
)


def test_states_what_the_links_of_the_page_say() -> None:
    page = read_page(boto3_html(SHEET), name="page")
    assert (page.service, page.endpoint, page.api_version) == ("gardens", "gardens", "2021-03-04")
    assert (page.operation, page.method, page.title) == ("TendGarden", "tend_garden", "Gardens")


def test_says_the_same_as_the_source_it_was_made_of() -> None:
    html, rst = (read_page(write(SHEET), name="page") for write in (boto3_html, boto3_rst))
    assert (html.request, html.response, html.errors) == (rst.request, rst.response, rst.errors)


def test_names_lines_of_the_html() -> None:
    text = boto3_html(SHEET)
    page = read_page(text, name="page")
    lines = text.split("\n")
    for member in (*page.request.members, *(page.response.members if page.response else ())):
        assert f"<strong>{member.name}</strong>" in lines[member.line - 1]
        assert str(member.name) in lines[(member.syntax_line or 0) - 1]
    assert [lines[line - 1].count("exceptions") for line in page.error_lines] == [1, 1, 1]


def _as_saved_by_a_browser(text: str) -> str:
    """The page after a browser has taken it in: no paragraph within another one."""
    text = re.sub(r"\u2013 <p>", "\u2013 </p><p>", text)
    text = text.replace("<dd><p><p>", "<dd><p></p><p>").replace("</ul>\n</p>", "</ul>\n<p></p>")
    return text.replace("</p>\n</p>", "</p>\n<p></p>")


@pytest.mark.parametrize(
    "saved",
    [
        _as_saved_by_a_browser(boto3_html(SHEET)),
        boto3_html(SHEET).replace("\u2013", "&#8211;").replace(" (<em>", "&nbsp;(<em>"),
        boto3_html(SHEET).replace("\n", "\r\n"),
        boto3_html(SHEET).replace("<pre>", "<button>Copy</button><pre>"),
        boto3_html(SHEET).replace('<dl class="py method">', '<dl class="std py method extra">'),
        re.sub(r"</?article[^>]*>|</?nav[^>]*>", "", boto3_html(SHEET)),
    ],
)
def test_reads_the_page_however_it_was_saved(saved: str) -> None:
    page = read_page(saved, name="page")
    assert page.format == "boto3-html"
    assert page.request == SHEET.request
    assert page.response == SHEET.response


@pytest.mark.parametrize(
    ("written", "changed", "told"),
    [
        ("</dl>", "", "before the end of <dl>"),
        ("<strong>Carbon</strong>", "<strong>Carbon</strng>", "ends nothing"),
        ("<strong>Carbon</strong>", "<strong>Carbno</strong>", "Carb"),
        ("<em>(datetime)", "<em>(string)", "string"),
        ("<em>(datetime)", "<em>(dtetime)", "not understood"),
        ("<span>&#x27;ACTIVE&#x27;</span>", "<span>&#x27;ACTIVE</span>", "syntax block"),
        ("goto/WebAPI/", "goto/WebAPL/", "link to the API documentation is damaged"),
        ("[REQUIRED]", "[REQIURED]", "damaged"),
        ("/ Client / tend_garden", "/ Client / tend_gadren", "tend_gadren"),
        ('"py method"', '"pie method"', "no method"),
    ],
)
def test_refuses_a_page_that_is_damaged(written: str, changed: str, told: str) -> None:
    text = boto3_html(SHEET)
    assert written in text
    with pytest.raises(PageError, match=told) as error:
        read_page(text.replace(written, changed), name="page")
    assert error.value.location is not None
    assert error.value.location.line is not None


def test_refuses_a_page_of_many_methods() -> None:
    text = boto3_html(SHEET)
    start, end = text.index('<dl class="py method">'), text.index("</section>")
    with pytest.raises(PageError, match="more than one method"):
        read_page(text[:end] + text[start:end] + text[end:], name="page")


def test_extracts_a_page_with_the_digest_of_its_own_bytes() -> None:
    document = extract(boto3_html(SHEET), name="page.html", service="gardens").document
    assert document["aws"]["format"] == "boto3-html"
    assert document["aws"]["apiVersion"] == "2021-03-04"
    assert document["properties"]["request"]["required"] == ["Alpha"]


def test_keeps_the_line_of_each_fault_in_the_tree() -> None:
    source = source_of("<div>\n<p>one\n<b>two</p>\n</i>\n</div>", name="page")
    markup = markup_of(source)
    (div,) = markup.root.all("div")
    assert (div.line, div.end, div.text()) == (1, 5, "one two")
    assert [line for line, _ in markup.faults] == [3, 4]
    with pytest.raises(PageError, match="before the end of <b>"):
        markup.check(div)


def test_notices_an_element_that_never_ends() -> None:
    source = source_of("<div><ul><li>one<li>two</ul>\n<section>", name="page")
    markup = markup_of(source)
    markup.check(markup.root.all("ul")[0])
    with pytest.raises(PageError, match="cut off"):
        markup.check(markup.root.all("div")[0])


@pytest.mark.parametrize("text", ["", "no HTML at all", "<", "</p>", "&lt;p&gt;"])
def test_refuses_what_has_no_element(text: str) -> None:
    with pytest.raises(PageError) as error:
        markup_of(source_of(text, name="page"))
    assert error.value.location is not None
