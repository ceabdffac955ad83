"""The table of a run: an operation a row, a clause family a column, the two numbers at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from awsconform.conformance.outcomes import Outcome, Score, Verdict, score
from awsconform.conformance.reports.families import FAMILIES, by_family
from awsconform.conformance.running import OperationResult, Run

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
_NARROW_NAME = 24


def results_table(run: Run, width: int) -> Table:
    """The table for a terminal of `width` columns.

    A family's cell is conforming/judged, a dash where nothing was judged.
    """
    wide = width >= _WIDE
    table = Table(
        box=box.SIMPLE_HEAD,
        show_footer=len(run.results) > 1,
        padding=(0, 1) if wide else (0, 1, 0, 0),
        pad_edge=False,
        collapse_padding=True,
    )
    table.add_column("operation", "in all", no_wrap=True)
    totals = by_family(run.outcomes)
    for family in FAMILIES:
        heading = family if wide else _SHORT[family]
        table.add_column(heading, _judged(totals.get(family)), justify="right", no_wrap=True)
    whole = score(run.outcomes)
    conformance, coverage = ("conformance", "coverage") if wide else ("conform", "cover")
    table.add_column(conformance, _judged(whole), justify="right", no_wrap=True)
    table.add_column(coverage, _covered(whole), justify="right", no_wrap=True)
    service = None
    for result in run.results:
        if result.contract.service != service:
            service = result.contract.service
            table.add_section()
            table.add_row(Text(service, style="bold"))
        table.add_row(*_row(result, wide))
    return table


def _row(result: OperationResult, wide: bool) -> list[Text]:
    outcomes = result.outcomes
    name = result.contract.operation
    lines = name if wide else camel_lines(name, _NARROW_NAME)
    families = by_family(outcomes)
    whole = score(outcomes)
    cells = [_judged(families.get(family)) for family in FAMILIES]
    if _unimplemented(outcomes):
        cells[0] = Text("absent", style="yellow")
    return [Text(lines), *cells, _judged(whole), _covered(whole)]


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
    for word in re.findall(r"[A-Z]*[^A-Z]*", name):
        if lines[-1] and len(lines[-1]) + len(word) > width:
            lines.append(f"  {word}")
        else:
            lines[-1] += word
    return "\n".join(lines)
