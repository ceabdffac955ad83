"""Progress while a run goes on: a bar on a terminal's stderr, nothing anywhere else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from awsconform.conformance.running import Progress as Place


@contextlib.contextmanager
def shown(operations: int) -> Iterator[Callable[[Place], None]]:
    """Gives the function a run tells its progress to; the bar is gone afterwards."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda place: None
        return
    columns = (
        BarColumn(bar_width=20),
        TextColumn("{task.completed}/{task.total}"),
        TextColumn("{task.fields[requests]} requests"),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.description}"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=operations, requests=0)

        def tell(place: Place) -> None:
            progress.update(
                task,
                completed=place.done,
                description=place.operation,
                requests=place.requests,
            )

        yield tell
