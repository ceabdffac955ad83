"""The table of a report: operations in rows, clause families in columns, two numbers at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from awsconform.conformance.outcomes import Score
from awsconform.conformance.reports.exchange_documents import Document
from awsconform.conformance.reports.families import FAMILIES
from awsconform.conformance.reports.totals import families_of, score_in

_HEADINGS = (*FAMILIES, "conformance", "coverage")
# For a terminal too narrow for whole words and names.
_SHORT_HEADINGS = ("req", "resp", "err", "wire", "page", "behav", "conform", "cover")
_SHORTEST_NAME = 16
_ABSENT = "absent"


def results_table(document: Document, width: int) -> Table:
    """The table for a terminal of `width` columns.

    A family's cell is conforming/judged, a dash where nothing was judged. Where there is no room
    for families, the two numbers are left.
    """
    operations = document["operations"]
    rows = [_numbers(each, each["families"]) for each in operations]
    totals = _numbers(document, families_of(operations))
    several = len(operations) > 1
    counted = [*rows, totals] if several else rows
    name_width = max((len(each["operation"]) for each in operations), default=0)
    wide = name_width + _taken(_HEADINGS, counted, gap=2) <= width
    headings: Sequence[str] = _HEADINGS
    if not wide:
        headings = _SHORT_HEADINGS
        totals[: len(FAMILIES)] = [Text() for _ in FAMILIES]
        if _SHORTEST_NAME + _taken(headings, counted, gap=1) > width:
            headings = headings[len(FAMILIES) :]
            rows, totals = [_without_families(each) for each in rows], totals[len(FAMILIES) :]
            counted = [*rows, totals] if several else rows
        name_width = max(_SHORTEST_NAME, width - _taken(headings, counted, gap=1))
    table = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        show_footer=several,
        padding=(0, 1, 0, 0) if wide else 0,
        pad_edge=False,
    )
    table.add_column("operation", "in all", no_wrap=True)
    for heading, total in zip(headings, totals, strict=True):
        table.add_column(heading, total, justify="right", no_wrap=True)
    service = None
    for operation, row in zip(operations, rows, strict=True):
        if operation["service"] != service:
            service = operation["service"]
            table.add_row(Text(service, style="bold"))
        name = operation["operation"]
        table.add_row(Text(name if wide else camel_lines(name, name_width)), *row)
    return table


def _without_families(row: list[Text]) -> list[Text]:
    first, conformance, coverage = row[0], *row[len(FAMILIES) :]
    return [first if first.plain == _ABSENT else conformance, coverage]


def _taken(headings: Sequence[str], rows: Sequence[Sequence[Text]], *, gap: int) -> int:
    """The columns of the terminal that all but the first column of the table take."""
    return sum(
        max([len(heading), *(row[number].cell_len for row in rows)]) + gap
        for number, heading in enumerate(headings)
    )


def _numbers(scored: Document, families: Document) -> list[Text]:
    """A row: of an operation, or of the whole report."""
    whole = score_in(scored)
    cells = [
        _judged(score_in(families[family]) if family in families else None) for family in FAMILIES
    ]
    verdicts = scored["verdicts"]
    if verdicts["unimplemented"] and verdicts["unimplemented"] == sum(verdicts.values()):
        cells[0] = Text(_ABSENT, style="yellow")
    return [*cells, _judged(whole), _covered(whole)]


def _judged(numbers: Score | None) -> Text:
    if numbers is None or not numbers.judged:
        return Text("-", style="dim")
    style = "green" if numbers.conforming == numbers.judged else "bold red"
    return Text(f"{numbers.conforming}/{numbers.judged}", style=style)


def _covered(numbers: Score) -> Text:
    style = "" if numbers.judged == numbers.clauses else "yellow"
    return Text(f"{numbers.judged}/{numbers.clauses}", style=style)


def camel_lines(name: str, width: int) -> str:
    """A long name in CamelCase, in lines of at most `width` where its words allow that."""
    lines = [""]
    for word in re.findall(r"[A-Z]*[^A-Z]+|[A-Z]+", name):
        if lines[-1] and len(lines[-1]) + len(word) > width:
            lines.append(f"  {word}")
        else:
            lines[-1] += word
    return "\n".join(lines)
