"""A finding for people: what was expected, what came, and how to see it again."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from awsconform.conformance.reports.exchange_documents import Document
from awsconform.conformance.reports.lines import print_line
from awsconform.conformance.reports.messages import (
    answer_lines,
    printable,
    request_lines,
    shortened,
)

LONGEST_CODE = 5000
LONGEST_OBSERVED = 500
_LABEL = 13


def print_finding(
    console: Console, clause: Document, finding: Document, *, number: str, address: str
) -> None:
    """Prints one finding in full.

    `number` is its place among them, `3 of 12`; `address` is where the request is sent again.
    """
    print_line(console, Text(f"{number}  ", style="dim"), Text(clause["id"], style="bold red"))
    _field(console, clause["level"], [clause["statement"]])
    _field(console, "source", ["; ".join(clause["sourceTexts"])])
    _field(console, "expected", [finding["expected"]])
    _field(console, "came", [shortened(finding["observed"], LONGEST_OBSERVED)], style="red")
    _field(console, "request", request_lines(finding) or [f"a call of {finding['operation']}"])
    _field(console, "answer", answer_lines(finding))
    if finding["shownBy"] is not None:
        _field(console, "shown by", request_lines(finding["shownBy"]))
        _field(console, "answer", answer_lines(finding["shownBy"]))
    if finding["flaky"]:
        _field(console, "flaky", ["it did not come up again when it was tried again"])
    if finding["drawn"]:
        _field(console, "drawn", ["only a drawn request shows it: with another seed none may"])
    if finding["view"] == "sdk":
        _field(console, "view", ["what the client returned; its raw response cannot be seen"])
    _field(console, "fingerprint", [finding["fingerprint"]])
    again = finding["reproduction"]
    _field(console, "again", [again["awsconform"]])
    if again["first"]:
        _field(console, "by hand", [f"start {address} first: {again['first']}"])
    others = [("AWS CLI", "bash", again["cli"]), ("curl", "bash", again["curl"])]
    if again["cli"] == again["curl"]:
        others = [("AWS CLI, curl", "bash", again["cli"])]
    for title, language, text in (("boto3", "python", again["boto3"]), *others):
        console.print()
        print_line(console, Text(f"  {title}", style="bold"))
        _code(console, text.rstrip(), language)
    console.print()


def print_briefly(console: Console, clause: Document, finding: Document) -> None:
    """Prints one finding in two lines."""
    print_line(console, Text(clause["id"], style="bold red"))
    _field(console, "came", [shortened(finding["observed"], LONGEST_OBSERVED)])


def _field(console: Console, label: str, lines: Sequence[str], *, style: str = "") -> None:
    for number, line in enumerate(lines):
        shown = label if number == 0 else ""
        print_line(
            console,
            Text(f"  {shown:<{_LABEL}}", style="dim"),
            Text(printable(line), style=style),
        )


def _code(console: Console, text: str, language: str) -> None:
    if len(text) > LONGEST_CODE:
        told = f"  {len(text)} characters long: `--format json` has it whole"
        print_line(console, Text(told, style="dim"))
        return
    if not console.is_terminal:
        print_line(console, Text(text))
        return
    from rich.syntax import Syntax

    syntax = Syntax("", language, theme="ansi_dark", background_color="default")
    coloured = syntax.highlight(text)
    coloured.rstrip()
    print_line(console, coloured)
