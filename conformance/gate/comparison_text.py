"""Comparisons for people, on the terminal or as Markdown: the runs, then what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from awsconform.conformance.gate.comparing import Change, Compared, Comparison, Difference
from awsconform.conformance.gate.found import Ended
from awsconform.conformance.reports.lines import print_line, print_table
from awsconform.conformance.reports.messages import printable
from awsconform.conformance.reports.wording import count

# Of more clauses of one operation that came or went together, the number is told.
CLAUSES_NAMED = 5
STYLES = {
    Change.REGRESSED: "bold red",
    Change.VANISHED: "red",
    Change.CHANGED: "yellow",
    Change.FIXED: "green",
    Change.GAINED: "green",
    Change.ADDED: "",
}
# What came or went, mostly as a whole.
_TOGETHER = (Change.VANISHED, Change.GAINED, Change.ADDED)
_HEADINGS = ("report", "target", "seed", "conformance", "coverage", *Change)
_ALIKE = "no clause ended otherwise"


def print_comparisons(
    console: Console, comparisons: Sequence[Comparison], *, verbose: bool = False
) -> None:
    """Prints the runs and how each differs from the first; `verbose` names every clause."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 2, 0, 0), pad_edge=False)
    for number, heading in enumerate(_HEADINGS):
        table.add_column(heading, justify="left" if number < 2 else "right", overflow="fold")
    for row in _rows(comparisons):
        table.add_row(*(Text(printable(cell)) for cell in row))
    print_table(console, table)
    for comparison in comparisons:
        console.print()
        title = f"{comparison.before.label} → {comparison.after.label}"
        notes = "; ".join(comparison.notes)
        _line(console, f"{title}{f' ({notes})' if notes else ''}", style="bold")
        if not comparison.differences:
            _line(console, f"  {_ALIKE}")
        for change in Change:
            _changes(console, comparison.of(change), change, verbose=verbose)


def markdown(comparisons: Sequence[Comparison], *, verbose: bool = False) -> str:
    """The same as GitHub renders it; what is not worse is folded away."""
    lines = [f"| {' | '.join(_HEADINGS)} |", f"|{'---|' * len(_HEADINGS)}"]
    lines += [f"| {' | '.join(_escaped(cell) for cell in row)} |" for row in _rows(comparisons)]
    for comparison in comparisons:
        title = f"{comparison.before.label} → {comparison.after.label}"
        lines += ["", f"### {_escaped(title)}", ""]
        if comparison.notes:
            lines += [_escaped("; ".join(comparison.notes)), ""]
        if not comparison.differences:
            lines.append(_ALIKE)
        for change in Change:
            lines += _folded(comparison.of(change), change, verbose=verbose)
    return "\n".join(lines) + "\n"


def _rows(comparisons: Sequence[Comparison]) -> Iterator[list[str]]:
    yield [*_of_run(comparisons[0].before), *("" for _ in Change)]
    for each in comparisons:
        yield [*_of_run(each.after), *(str(len(each.of(change)) or "-") for change in Change)]


def _of_run(run: Compared) -> list[str]:
    document = run.document
    conformance, coverage = document["conformance"], document["coverage"]
    return [
        run.label,
        document["target"],
        str(document["seed"]),
        f"{conformance['conforming']}/{conformance['judged']}",
        f"{coverage['judged']}/{coverage['clauses']}",
    ]


def _changes(
    console: Console, found: Sequence[Difference], change: Change, *, verbose: bool
) -> None:
    if not found:
        return
    _line(console, f"  {change.value} ({len(found)})", style=STYLES[change])
    for name, how, clauses in _told(found, verbose=verbose):
        _line(console, f"    {name}: {how}")
        for clause in clauses:
            _line(console, f"      {clause}", style="dim")


def _folded(found: Sequence[Difference], change: Change, *, verbose: bool) -> Iterator[str]:
    if not found:
        return
    opened = " open" if any(each.worse for each in found) else ""
    yield f"<details{opened}>"
    yield f"<summary>{len(found)} {change.value}</summary>"
    yield ""
    for name, how, clauses in _told(found, verbose=verbose):
        yield f"- `{name}`: {_escaped(how)}"
        for clause in clauses:
            yield f"  - `{clause}`"
    yield ""
    yield "</details>"


def _told(found: Sequence[Difference], *, verbose: bool) -> Iterator[tuple[str, str, list[str]]]:
    """What is said of differences of one kind: of what, how it differs, and clauses below it."""
    if found[0].change not in _TOGETHER:
        for each in found:
            yield each.clause, _how(each), []
        return
    groups: dict[tuple[str, str], list[str]] = {}
    for each in found:
        groups.setdefault((each.operation, _how(each)), []).append(each.clause)
    for (operation, how), clauses in groups.items():
        named = verbose or len(clauses) <= CLAUSES_NAMED
        number = count(len(clauses), "clause")
        yield operation, f"{number}, {how}", clauses if named else []


def _how(difference: Difference) -> str:
    before, after = difference.before, difference.after
    if difference.change in _TOGETHER:
        # Together with others: how each came out differs.
        text = " → ".join("-" if each is None else each.verdict.value for each in (before, after))
    else:
        text = f"{_standing(before)} → {_standing(after)}"
    return f"{text} (says nothing: {difference.uncertain})" if difference.uncertain else text


def _standing(ended: Ended | None) -> str:
    if ended is None:
        return "-"
    observations = ", ".join(each.observation for each in ended.findings)
    if observations:
        return f"{ended.verdict.value}: {observations}"
    told = ended.reason if not ended.judged else ""
    return f"{ended.verdict.value}: {told}" if told else ended.verdict.value


def _line(console: Console, text: str, *, style: str = "") -> None:
    print_line(console, Text(printable(text), style=style))


def _escaped(text: str) -> str:
    """Text in which Markdown finds nothing to interpret, on one line."""
    plain = printable(text).replace("\n", " ")
    return "".join(f"\\{char}" if char in "\\|*_`<>[]~#" else char for char in plain)
