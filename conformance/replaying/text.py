"""What replays came to, for people: a line for each finding, and what did not come as before."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from awsconform.conformance.replaying.replays import Result
from awsconform.conformance.reports.exchange_documents import Document
from awsconform.conformance.reports.lines import print_line
from awsconform.conformance.reports.messages import (
    answer_lines,
    printable,
    request_lines,
    shortened,
)

_STYLES = {
    Result.FIXED: "green",
    Result.STILL_FAILING: "bold red",
    Result.DIFFERENT: "bold yellow",
    Result.NOT_JUDGED: "yellow",
}
_RESULT = max(len(each.value) for each in Result)
_LABEL = 13
_LONGEST = 500


def print_replays(console: Console, document: Document, *, verbose: bool) -> None:
    """Prints the document of replays, with `verbose` all that was sent as well."""
    for each in document["findings"]:
        result = Result(each["result"])
        print_line(
            console,
            Text(f"{result.value:<{_RESULT}}  ", style=_STYLES[result]),
            Text(f"{each['fingerprint']}  ", style="dim"),
            Text(printable(each["clause"])),
        )
        for label, lines in _told(each, result, verbose=verbose):
            _field(console, label, lines)
    if document["findings"]:
        console.print()
    counted = [f"{number} {name}" for name, number in document["results"].items() if number]
    told = ", ".join(counted) or "the report has no findings"
    print_line(console, Text(f"{told}; on {document['target']}, exit code {document['exitCode']}"))


def _told(each: Document, result: Result, *, verbose: bool) -> Iterator[tuple[str, list[str]]]:
    if verbose:
        yield "expected", [each["expected"]]
    if verbose or result is Result.DIFFERENT:
        yield "then", [each["then"]["observed"]]
        for now in each["now"]:
            yield "now", [now["observed"]]
    if result is Result.NOT_JUDGED:
        yield "reason", [each["reason"]]
    if each["leftBehind"]:
        yield "left there", each["leftBehind"]
    if verbose:
        for sent in each["sent"]:
            yield "sent", request_lines(sent) or [f"a call of {sent['operation']}"]
            yield "answer", answer_lines(sent)


def _field(console: Console, label: str, lines: list[str]) -> None:
    for number, line in enumerate(lines):
        shown = label if number == 0 else ""
        told = printable(shortened(line, _LONGEST))
        print_line(console, Text(f"  {shown:<{_LABEL}}", style="dim"), Text(told))
