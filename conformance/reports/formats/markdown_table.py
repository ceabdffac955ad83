"""The table of a report in Markdown: an operation a row, a clause family a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from awsconform.conformance.reports.families import FAMILIES
from awsconform.conformance.reports.formats.markdown_text import cell, size
from awsconform.conformance.reports.formats.parts import Document

# A longer table is folded.
ROWS_IN_SIGHT = 25
_NONE = "-"
_COLUMNS = (*FAMILIES, "conformance", "coverage")


def operations_table(document: Document, room: int) -> list[str]:
    """The lines of the table in `room` bytes; it says how many operations have no place in it."""
    operations: list[Document] = document["operations"]
    if not operations:
        return []
    several = len(operations) > 1
    above = [f"| operation | {' | '.join(_COLUMNS)} |", "|---|" + "---:|" * len(_COLUMNS)]
    below = [_row("**in all**", document, _families(operations))] if several else []
    below += [""]
    if len(operations) > ROWS_IN_SIGHT:
        above = ["<details>", f"<summary>{len(operations)} operations</summary>", "", *above]
        below += ["</details>", ""]
    note = [_note(len(operations), len(operations)), ""]
    rows, shown = _rows(operations, room - size([*above, *below, *note]))
    if shown < len(operations):
        below += [_note(shown, len(operations)), ""]
    return [*above, *rows, *below]


def _rows(operations: Sequence[Document], room: int) -> tuple[list[str], int]:
    """The rows that fit, and of how many operations they are."""
    rows: list[str] = []
    service = None
    for shown, operation in enumerate(operations):
        new = [_row(cell(operation["operation"]), operation, operation["families"])]
        if operation["service"] != service:
            service = operation["service"]
            new.insert(0, f"| **{cell(service)}** |{' |' * len(_COLUMNS)}")
        room -= size(new)
        if room < 0:
            return rows, shown
        rows += new
    return rows, len(operations)


def _note(shown: int, operations: int) -> str:
    return f"{shown} of {operations} operations are shown; the JSON report has them all."


def _row(name: str, scored: Document, families: Document) -> str:
    """The row of an operation, or of the whole report."""
    cells = [_judged(families[each]) if each in families else _NONE for each in FAMILIES]
    verdicts = scored["verdicts"]
    if verdicts["unimplemented"] and verdicts["unimplemented"] == sum(verdicts.values()):
        cells[0] = "absent"
    coverage = scored["coverage"]
    cells += [_judged(scored), f"{coverage['judged']}/{coverage['clauses']}"]
    return f"| {name} | {' | '.join(cells)} |"


def _judged(scored: Document) -> str:
    conforming, judged = scored["conformance"]["conforming"], scored["conformance"]["judged"]
    if not judged:
        return _NONE
    return f"{conforming}/{judged}" if conforming == judged else f"**{conforming}/{judged}**"


def _families(operations: Iterable[Document]) -> Document:
    """The conformance of each family over all operations."""
    sums: dict[str, Counter[str]] = {}
    for operation in operations:
        for family, scored in operation["families"].items():
            sums.setdefault(family, Counter()).update(scored["conformance"])
    return {family: {"conformance": counted} for family, counted in sums.items()}
