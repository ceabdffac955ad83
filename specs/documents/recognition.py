"""Which of the known formats a page has, judged by its content alone, and reading it."""

from __future__ import annotations

import re
from collections.abc import Callable

from awsconform.specs.documents import boto3_html, boto3_rst, boto3_text, cli_html, cli_text
from awsconform.specs.documents.source import Source, source_of
from awsconform.specs.documents.tree import Format, Page

_MARKS: tuple[tuple[Format, tuple[re.Pattern[str], ...]], ...] = (
    (
        "boto3-rst",
        (
            re.compile(r"\.\. py:method:: "),
            re.compile(r":doc:`\w+ <"),
            re.compile(r"  :(type|param|rtype|returns)\b"),
            re.compile(r" *\*\*(Request|Response) (Syntax|Structure)\*\*"),
        ),
    ),
    (
        "boto3-text",
        (
            re.compile(r"\*?\w+\*? / Client\b"),
            re.compile(r"\w+\.Client\.\w+\("),
            re.compile(r"(Request|Response) (Syntax|Structure) *$"),
            re.compile(r" *\u2022 (\S+ )?\(\w+\) \u2013| *\* (\*\*\S+\*\* )?\(?\*\(?\w"),
        ),
    ),
    (
        "boto3-html",
        (
            re.compile(r'.*<dl class="[^"]*\bpy method\b'),
            re.compile(r'.*<dt class="[^"]*" id="\w+\.Client\.\w+"'),
            re.compile(r".*<strong>(Request|Response) (Syntax|Structure)</strong>"),
            re.compile(r".* / Client / \w+</p>"),
        ),
    ),
    (
        "cli-text",
        (
            re.compile(r"\[ aws \. "),
            re.compile(r"(Synopsis|Options|Output|SYNOPSIS|OPTIONS|OUTPUT) *$"),
            re.compile(r" *\[?--[a-z0-9-]+ (<value>\]?|\()"),
            re.compile(r" *(Shorthand|JSON) Syntax:"),
        ),
    ),
    (
        "cli-html",
        (
            re.compile(r".*<p\b[^>]*>\[ ?(<[^>]*>)*aws\b"),
            re.compile(r".*<h[1-6]\b[^>]*>(Synopsis|Options|Output)\b"),
            re.compile(r".*<(code|span|tt)\b[^>]*>(<[^>]*>)*--[a-z0-9-]+(</[^>]*>)* \("),
            re.compile(r".*(Shorthand|JSON) Syntax:</p>"),
        ),
    ),
)
_READERS: dict[Format, Callable[[Source], Page]] = {
    "boto3-rst": boto3_rst.read,
    "boto3-text": boto3_text.read,
    "boto3-html": boto3_html.read,
    "cli-text": cli_text.read,
    "cli-html": cli_html.read,
}


def recognise(source: Source) -> Format:
    """The format with the most kinds of marks; raises `PageError` where none has two."""
    met: dict[Format, int] = {
        name: sum(any(mark.match(line.text) for line in source.lines) for mark in marks)
        for name, marks in _MARKS
    }
    best = max(met, key=lambda name: met[name])
    if met[best] < 2:
        first = next((line.number for line in source.lines if not line.blank), 1)
        raise source.error(
            first,
            "this is no reference page of a known format",
            hint="known are pages of boto3 (reStructuredText, HTML, text) and of the AWS CLI"
            " (HTML, text)",
        )
    return best


def read_page(text: str | bytes, *, name: str) -> Page:
    """Read a reference page into its document tree.

    `name` stands in messages only; the format is recognised from the content. Raises `PageError`
    with a `Location` (file and line) for a page of no known format, one that is cut off, and one
    that contradicts itself; whatever is merely doubtful is in the warnings of the page.
    """
    source = source_of(text, name=name)
    try:
        return _READERS[recognise(source)](source)
    except RecursionError as error:
        raise source.error(1, "the page nests deeper than any known one") from error
