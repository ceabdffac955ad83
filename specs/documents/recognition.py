"""Which of the known formats a page has, judged by its content alone, and reading it."""

from __future__ import annotations

import re
from collections.abc import Callable

from awsconform.specs.documents import boto3_rst, boto3_text, cli_text
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
            re.compile(r"\w+ / Client / \w+$"),
            re.compile(r"\w+\.Client\.\w+\("),
            re.compile(r"(Request|Response) (Syntax|Structure) *$"),
            re.compile(r" *\u2022 (\S+ )?\(\w+\) \u2013"),
        ),
    ),
    (
        "cli-text",
        (
            re.compile(r"\[ aws \. "),
            re.compile(r"(Synopsis|Options|Output) *$"),
            re.compile(r" *\[?--[a-z0-9-]+ (<value>\]?|\()"),
            re.compile(r" *(Shorthand|JSON) Syntax:"),
        ),
    ),
)
_READERS: dict[Format, Callable[[Source], Page]] = {
    "boto3-rst": boto3_rst.read,
    "boto3-text": boto3_text.read,
    "cli-text": cli_text.read,
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
            hint="known are boto3 pages (reStructuredText or text) and AWS CLI pages (text)",
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
