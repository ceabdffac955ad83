"""Lines and tables as reports print them: whole where nobody looks at a terminal."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from awsconform.conformance.reports.log_groups import Groups, NoGroups, grouped


def print_line(console: Console, *parts: Text) -> None:
    """Prints one line, however long: a terminal folds it, a file keeps it whole."""
    console.print(Text.assemble(*parts), soft_wrap=True, highlight=False)


def print_table(console: Console, table: Table) -> None:
    """Prints a table; in a file without the blanks that fill its lines."""
    if console.is_terminal:
        console.print(table)
        return
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        print_line(console, Text(line.rstrip()))


@contextlib.contextmanager
def folded(console: Console, groups: Groups, title: str) -> Iterator[None]:
    """What is printed within folds below a title; where it is nothing, there is no title."""
    if isinstance(groups, NoGroups):
        yield
        return
    with console.capture() as captured:
        yield
    text = captured.get().strip("\n")
    if text:
        with grouped(groups, title, console.file.write):
            console.file.write(f"{text}\n")
