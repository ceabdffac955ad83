"""Pieces of Markdown: whatever is in a text, it is read as that text and nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from awsconform.conformance.reports.formats.markdown_text import (
    cell,
    code,
    fence,
    html_code,
    prose,
    size,
)
from awsconform.conformance.reports.messages import printable
from reports.formats.documents import HOSTILE, TEXTS

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
APART = "\u200b"


def line(text: str) -> str:
    """What is to be read of a text on one line."""
    return " ".join(printable(text).split())


def inline(text: str) -> list[Token]:
    """The tokens of one paragraph."""
    opened, found, closed = MARKDOWN.parse(f"so: {text}")
    assert (opened.type, found.type, closed.type) == ("paragraph_open", "inline", "paragraph_close")
    children = found.children or []
    assert children[0].content.startswith("so:")
    children[0].content = children[0].content.removeprefix("so:").lstrip(" ")
    return children


@given(TEXTS)
@example("".join(HOSTILE))
def test_prose_is_read_as_plain_words_and_code(text: str) -> None:
    tokens = inline(prose(text))
    assert {each.type for each in tokens} <= {"text", "text_special", "code_inline"}
    read = "".join(each.content for each in tokens).replace(APART, "")
    assert re.sub(r"[\s`]", "", read) == re.sub(r"[\s`]", "", line(text))


@given(TEXTS)
@example("".join(HOSTILE))
def test_prose_names_nobody_and_links_nowhere(text: str) -> None:
    read = "".join(each.content for each in inline(prose(text)) if each.type == "text")
    assert not re.search(r"[@#]\w", read)
    raw = re.sub(r"(`+).*?\1", "", prose(text))
    assert not re.search(r"\w://|\bwww\.|:\w+:|(?<!&)#\d|\$", raw)


@given(TEXTS)
@example("".join(HOSTILE))
def test_code_is_read_as_it_is(text: str) -> None:
    tokens = [each for each in inline(code(text)) if each.content or each.type != "text"]
    [span] = tokens
    assert span.type == "code_inline"
    assert span.content.strip() == line(text)


@given(TEXTS)
@example("".join(HOSTILE))
def test_a_fence_ends_with_its_last_line(text: str) -> None:
    [block] = MARKDOWN.parse("\n".join(fence(text, "http")))
    assert (block.type, block.info) == ("fence", "http")
    assert block.content == printable(text).rstrip("\n") + "\n"


class Reading(HTMLParser):
    """The elements and the text of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(TEXTS)
@example("".join(HOSTILE))
def test_code_in_html_has_no_other_element(text: str) -> None:
    html = f"<details>\n<summary>{html_code(text)}</summary>\n\n</details>"
    [opened, closed] = MARKDOWN.parse(html)
    assert opened.type == closed.type == "html_block"
    read = Reading(opened.content)
    assert read.elements == ["details", "summary", "code"]
    assert read.text.strip() == line(text)


@given(TEXTS, TEXTS)
@example("a\\|b", "c|d\\")
def test_a_cell_ends_where_it_should(first: str, second: str) -> None:
    table = f"| a | b | c |\n|---|---|---|\n| {cell(first)} | {cell(second)} | end |"
    cells = [
        token.content
        for opened, token in zip(MARKDOWN.parse(table), MARKDOWN.parse(table)[1:], strict=False)
        if opened.type == "td_open"
    ]
    assert len(cells) == 3
    assert cells[2] == "end"


@given(st.lists(st.text()))
def test_a_size_is_that_of_the_lines_as_they_are_written(lines: list[str]) -> None:
    assert size(lines) == len("".join(f"{each}\n" for each in lines).encode())
