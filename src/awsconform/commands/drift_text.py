"""Drift for people: a table a service on the terminal, and Markdown for pull requests."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from awsconform.specs.drift.changes import CLASSIFICATIONS, Change, Drift
from awsconform.specs.drift.document import counts
from awsconform.specs.drift.sentences import elsewhere, what

_BREAKS = dict(zip(CLASSIFICATIONS, ("both", "callers", "implementers", ""), strict=True))
_STYLES = dict(zip(CLASSIFICATIONS, ("bold red", "red", "yellow", "dim"), strict=True))
_NARROW = 100


def print_drift(console: Console, drift: Drift) -> None:
    """Prints every change, the gravest of a service first, and how many there are."""
    for service, changes in _services(drift):
        console.print(Text(service, style="bold"))
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold", ratio=2)
        if console.width >= _NARROW:
            table.add_column(overflow="fold", ratio=3)
        for change in changes:
            breaks = Text(_BREAKS[change.classification], _STYLES[change.classification])
            cells = [Text(what(change)), _where(change)]
            if console.width < _NARROW:
                cells = [Text("\n").join(cells)]
            table.add_row(breaks, *cells)
        console.print(table)
        console.print()
    for line in _summary(drift):
        console.print(line, highlight=False, soft_wrap=True)


def markdown(drift: Drift) -> str:
    """The same as GitHub renders it; what is compatible is folded away."""
    lines = [f"## Drift from {_escaped(drift.old)} to {_escaped(drift.new)}", ""]
    lines += [f"- {line}" for line in _summary(drift)]
    for service, changes in _services(drift):
        lines += ["", f"### {service}"]
        breaking = [each for each in changes if _BREAKS[each.classification]]
        compatible = [each for each in changes if not _BREAKS[each.classification]]
        if breaking:
            lines += ["", *_rows(breaking, with_breaks=True)]
        if compatible:
            lines += ["", "<details>", f"<summary>{len(compatible)} compatible</summary>", ""]
            lines += [*_rows(compatible, with_breaks=False), "", "</details>"]
    return "\n".join(lines) + "\n"


def _services(drift: Drift) -> Iterator[tuple[str, list[Change]]]:
    """The changes of each service, the gravest first, else in their order."""
    for service, changes in groupby(drift.changes, lambda change: change.found.service):
        yield service, sorted(changes, key=lambda each: CLASSIFICATIONS.index(each.classification))


def _where(change: Change) -> Text:
    text = Text(change.places[0], style="cyan")
    others = elsewhere(change)
    return text.append(f"\n{others}", style="dim") if others else text


def _summary(drift: Drift) -> Iterator[str]:
    told = [f"{count:,} {name}" for name, count in counts(drift).items() if count]
    changes = _counted(len(drift.changes), "change")
    yield f"{changes}: {', '.join(told)}" if told else "no change"
    same = f"; {_counted(drift.same, 'service')} equal to the letter" if drift.same else ""
    operations = _counted(drift.operations, "operation")
    yield f"{operations} of {_counted(drift.services, 'service')} compared{same}"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _rows(changes: list[Change], *, with_breaks: bool) -> Iterator[str]:
    heads = (["breaks"] if with_breaks else []) + ["change", "where", "why"]
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for change in changes:
        others = elsewhere(change)
        where = f"`{change.places[0]}`" + (f"<br>{others}" if others else "")
        cells = [_BREAKS[change.classification]] if with_breaks else []
        cells += [_escaped(what(change)), where, change.consequence.reason]
        yield f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """Text in which Markdown finds nothing to interpret, on one line."""
    return "".join(f"\\{char}" if char in "\\|*_`<>[]~#" else char for char in text).replace(
        "\n", " "
    )
