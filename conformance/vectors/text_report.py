"""What came of all vectors, for people to read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from awsconform.conformance.vectors.judging import Result, Verdict

if TYPE_CHECKING:
    from rich.console import Console

    from awsconform.conformance.vectors.tallying import Tally


def print_tally(console: Console, tally: Tally, *, verbose: bool) -> None:
    """Prints failures one by one, reasons with their numbers, and the counts.

    With `verbose` every vector that is explained or not applicable is listed, and explanations of
    vectors without a difference.
    """
    failed = tally.of_result(Result.FAILED)
    for verdict in failed:
        _print_verdict(console, verdict)
    for result in (Result.EXPLAINED, Result.NOT_APPLICABLE):
        _print_reasons(console, tally.of_result(result), result, verbose=verbose)
    if verbose:
        for explanation, ids in tally.stale.items():
            _line(console, f"explained without any difference: {', '.join(sorted(set(ids)))}")
            _line(console, f"  {explanation.reason}")
    _print_counts(console, tally)
    if tally.ignored:
        shares = ", ".join(f"{tally.ignored[result]} {result}" for result in Result)
        _line(console, f"Of these, not run by who publishes them: {shares}.")


def _print_verdict(console: Console, verdict: Verdict) -> None:
    vector = verdict.vector
    _line(console, f"{verdict.result}: {vector.protocol} {vector.kind} {vector.id}")
    _line(console, f"  {vector.source}")
    for difference in verdict.differences:
        _line(console, f"  {difference}")
    _line(console, "")


def _print_reasons(
    console: Console, verdicts: list[Verdict], result: Result, *, verbose: bool
) -> None:
    by_reason = Counter(verdict.reason for verdict in verdicts)
    if not by_reason:
        return
    _line(console, f"{str(result).capitalize()}:")
    for reason, number in by_reason.most_common():
        _line(console, f"{number:>6}  {reason}")
        for verdict in verdicts if verbose else ():
            if verdict.reason == reason:
                _line(console, f"          {verdict.vector.kind} {verdict.vector.id}")
                for difference in verdict.differences:
                    _line(console, f"            {difference}")
    _line(console, "")


def _print_counts(console: Console, tally: Tally) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    table.add_column("protocol")
    table.add_column("kind")
    for result in Result:
        table.add_column(str(result), justify="right")
    for (protocol, kind), count in sorted(tally.counts.items()):
        table.add_row(protocol, str(kind), *(str(count[result]) for result in Result))
    total = tally.total
    table.add_row("all", "", *(str(total[result]) for result in Result))
    console.print(table)


def _line(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
