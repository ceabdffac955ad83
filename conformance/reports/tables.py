"""The table of a run: an operation a row, a clause family a column, the two numbers at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from awsconform.conformance.outcomes import Outcome, Score, Verdict, score
from awsconform.conformance.reports.families import FAMILIES, by_family
from awsconform.conformance.running import Run

# Below this many columns the headings are cut and long names take two lines.
_WIDE = 112
_SHORT = {
    "request": "req",
    "response": "resp",
    "errors": "err",
    "wire": "wire",
    "pagination": "pages",
    "behaviour": "behav",
}
_SHORTEST_NAME = 16


def results_table(run: Run, width: int) -> Table:
    """The table for a terminal of `width` columns.

    A family's cell is conforming/judged, a dash where nothing was judged.
    """
    wide = width >= _WIDE
    headings = [family if wide else _SHORT[family] for family in FAMILIES]
    headings += ["conformance", "coverage"] if wide else ["conform", "cover"]
    rows = [_numbers(result.outcomes) for result in run.results]
    totals = _numbers(run.outcomes)
    if not wide:
        totals[: len(FAMILIES)] = [Text() for _ in FAMILIES]
    several = len(run.results) > 1
    table = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        show_footer=several,
        padding=(0, 2, 0, 0) if wide else (0, 1, 0, 0),
        pad_edge=False,
    )
    table.add_column("operation", "in all", no_wrap=True)
    taken = 0
    for number, heading in enumerate(headings):
        cells = [row[number] for row in rows] + ([totals[number]] if several else [])
        taken += max(len(heading), *(cell.cell_len for cell in cells)) + 1
        table.add_column(heading, totals[number], justify="right", no_wrap=True)
    name_width = max(_SHORTEST_NAME, width - taken)
    service = None
    for result, row in zip(run.results, rows, strict=True):
        if result.contract.service != service:
            service = result.contract.service
            table.add_row(Text(service, style="bold"))
        name = result.contract.operation
        table.add_row(Text(name if wide else camel_lines(name, name_width)), *row)
    return table


def _numbers(outcomes: Sequence[Outcome]) -> list[Text]:
    families = by_family(outcomes)
    whole = score(outcomes)
    cells = [_judged(families.get(family)) for family in FAMILIES]
    if _unimplemented(outcomes):
        cells[0] = Text("absent", style="yellow")
    return [*cells, _judged(whole), _covered(whole)]


def _unimplemented(outcomes: Sequence[Outcome]) -> bool:
    return bool(outcomes) and all(each.verdict is Verdict.UNIMPLEMENTED for each in outcomes)


def _judged(numbers: Score | None) -> Text:
    if numbers is None or not numbers.judged:
        return Text("–", style="dim")
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
