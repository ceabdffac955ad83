"""A scoreboard for people: services, and on demand operations, in rows; targets in columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from awsconform.conformance.outcomes import Score
from awsconform.conformance.reports.lines import print_line, print_table
from awsconform.conformance.reports.tables import camel_lines
from awsconform.conformance.reports.wording import count
from awsconform.conformance.scoreboard.board import Board, Column, State, Totals, totals
from awsconform.conformance.scoreboard.differences import Comparison

_HAS = len("   has")
_NUMBERS = " conform  cover"
_SHORTEST_NAME = 14
_CHANGE_STYLES = {
    "broken": "bold red",
    "newly violated": "red",
    "mended": "green",
    "newly conforming": "green",
}
_STATES = {
    State.UNIMPLEMENTED: "absent",
    State.FAILED: "suite failed",
    State.INCONCLUSIVE: "inconclusive",
    State.UNEXERCISED: "unexercised",
}


def print_scoreboard(
    console: Console,
    board: Board,
    *,
    seed: int,
    comparisons: Sequence[Comparison] = (),
    verbose: bool = False,
) -> None:
    """Prints the whole board; `verbose` has a row for each operation."""
    targets = count(len(board.columns), "target")
    operations = count(len(board.operations), "operation")
    print_line(console, Text(f"{targets}, {operations}, seed {seed}"))
    for column in board.columns:
        print_line(console, Text(f"  {column.label}: {_effort(column)}", style="dim"))
    console.print()
    print_table(console, _matrix(board, console.width, verbose=verbose))
    print_line(
        console,
        Text(
            "has: operations the target has, of all; conform: conforming of judged clauses; "
            "cover: judged of all clauses, in percent.",
            style="dim",
        ),
    )
    _pairs(console, board)
    for comparison in comparisons:
        _comparison(console, comparison)


def _effort(column: Column) -> str:
    if column.run is None:
        return f"nothing can be said of it: {column.trouble}"
    requests = sum(result.requests for result in column.run.results)
    rate = f", {requests / column.run.seconds:.0f} a second" if column.run.seconds else ""
    return f"{column.target}, {count(requests, 'request')}{rate}"


def _matrix(board: Board, width: int, *, verbose: bool) -> Table:
    longest = max((len(each) for each in board.services), default=0)
    if verbose:
        names = (len(each.partition(".")[2]) + 2 for each in board.operations)
        longest = max(longest, *names) if board.operations else longest
    has = max(_HAS, len(f"{len(board.operations)}/{len(board.operations)}"))
    across = has + len(_NUMBERS)
    room = max(_SHORTEST_NAME, width - len(board.columns) * (across + 2))
    table = Table(
        box=box.SIMPLE_HEAD, show_edge=False, show_footer=True, padding=(0, 2, 0, 0), pad_edge=False
    )
    table.add_column("service", "in all", no_wrap=True, width=min(longest, room))
    for column in board.columns:
        label = column.label if len(column.label) <= across else f"{column.label[: across - 1]}…"
        table.add_column(
            Text(f"{label:>{across}}\n{'has':>{has}}{_NUMBERS}"),
            _of_totals(totals(column, board.operations), has),
            no_wrap=True,
            width=across,
        )
    for service in board.services:
        operations = board.of_service(service)
        cells = [_of_totals(totals(column, operations), has) for column in board.columns]
        table.add_row(Text(service, style="bold" if verbose else ""), *cells)
        for operation in operations if verbose else ():
            name = camel_lines(operation.partition(".")[2], min(longest, room) - 2)
            indented = "\n".join(f"  {line}" for line in name.split("\n"))
            cells = [_of_operation(column, operation, has) for column in board.columns]
            table.add_row(indented, *cells)
    return table


def _of_totals(numbers: Totals, has: int) -> Text:
    some = f"{numbers.implemented}/{numbers.operations}"
    return Text(f"{some:>{has}} ").append_text(_numbers(numbers.score))


def _of_operation(column: Column, operation: str, has: int) -> Text:
    standing = column.standings.get(operation)
    across = has + len(_NUMBERS)
    if standing is None:
        return Text(f"{'-':>{across}}", style="dim")
    if standing.state is not State.JUDGED:
        return Text(f"{_STATES[standing.state]:>{across}}", style="yellow")
    return Text(" " * (has + 1)).append_text(_numbers(standing.score))


def _numbers(numbers: Score) -> Text:
    """Both numbers in percent, rounded down, so that nothing is 100 that is not."""
    style = "green" if numbers.judged and numbers.conforming == numbers.judged else ""
    conforming = Text(f"{_percent(numbers.conforming, numbers.judged):>7}", style=style)
    return Text.assemble(conforming, f"{_percent(numbers.judged, numbers.clauses):>7}")


def _percent(some: int, out_of: int) -> str:
    if not out_of:
        return "-"
    tenths = 1000 * some // out_of
    return f"{tenths // 10}.{tenths % 10}"


def _pairs(console: Console, board: Board) -> None:
    pairs = [each for each in board.pairs() if each.operations]
    if not pairs:
        return
    console.print()
    print_line(console, Text("On the operations both are judged on", style="bold"))
    for each in pairs:
        both = zip(each.targets, each.scores, strict=True)
        shown = ", ".join(
            f"{label} {_percent(numbers.conforming, numbers.judged)} %" for label, numbers in both
        )
        print_line(console, Text(f"  {shown}  ({count(each.operations, 'operation')})"))


def _comparison(console: Console, comparison: Comparison) -> None:
    console.print()
    names = f"{comparison.before} → {comparison.after}"
    differ = count(len(comparison.differences), "clause")
    if not comparison.operations:
        print_line(console, Text(f"{names}: no operation is in both", style="bold yellow"))
        return
    among = count(comparison.operations, "operation")
    print_line(console, Text(f"{names}: {differ} of {among} judged otherwise", style="bold"))
    for word, operations in (("gained", comparison.gained), ("lost", comparison.lost)):
        if operations:
            number = count(len(operations), "operation")
            print_line(console, Text(f"  {word} {number}: {', '.join(operations)}"))
    for change, found in groupby(comparison.differences, key=lambda each: each.change):
        clauses = [each.clause for each in found]
        title = f"  {change} ({len(clauses)})"
        print_line(console, Text(title, style=_CHANGE_STYLES.get(change, "yellow")))
        for clause in clauses:
            print_line(console, Text(f"    {clause}"))
