"""The last section of the terminal: two numbers an operation, and how to see one clause again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awsconform.conformance.outcomes import Score
from awsconform.conformance.reports.shell import quoted
from awsconform.conformance.suite.tally import APART, JUDGED, Judged, Tally

SUITE = "awsconform.conformance.suite"
MODULE = "test_clauses"
HEADINGS = ("operation", "conformance", "coverage")


def score_of(judged: Sequence[Judged]) -> Score:
    """The two numbers of some items."""
    verdicts = [each.verdict for each in judged]
    apart = verdicts.count(APART)
    return Score(
        conforming=verdicts.count("conforms"),
        judged=sum(verdict in JUDGED for verdict in verdicts),
        clauses=len(verdicts) - apart,
        apart=apart,
    )


def summary_lines(tally: Tally, *, seed: int, arguments: Sequence[str]) -> Iterator[str]:
    """The section's lines; `arguments` are the options of pytest that make a run the same."""
    tests = tally.by_test()
    for test, operations in tests.items():
        if len(tests) > 1:
            yield f"{test}:"
        rows = {name: score_of(judged) for name, judged in operations.items()}
        if len(rows) > 1:
            rows["all"] = score_of([each for judged in operations.values() for each in judged])
        yield from _table(rows)
    if tally.nothing_judged:
        yield "nothing was judged, so nothing is known of the target"
    yield f"seed: {seed}, unless the test has its own"
    yield f"one clause again: {_again(tally, arguments)}"


def _table(rows: dict[str, Score]) -> Iterator[str]:
    cells = [HEADINGS, *((name, *_numbers(score)) for name, score in rows.items())]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEADINGS))]
    for row in cells:
        name, *numbers = row
        aligned = [f"{each:>{width}}" for each, width in zip(numbers, widths[1:], strict=True)]
        yield "  ".join([f"{name:<{widths[0]}}", *aligned])


def _numbers(score: Score) -> tuple[str, str]:
    return (
        _share(score.conforming, score.judged, score.conformance),
        _share(score.judged, score.clauses, score.coverage),
    )


def _share(part: int, whole: int, share: float | None) -> str:
    # Rounded down: 100 % is said of the whole alone.
    return "nothing judged" if share is None else f"{part} of {whole} ({int(share * 100):>3} %)"


def _again(tally: Tally, arguments: Sequence[str]) -> str:
    """How pytest runs one item again: the first that failed, else the first."""
    ids = list(tally.items)
    violated = (each for each in ids if tally.items[each].verdict == "violates")
    nodeid = next(violated, ids[0])
    words = ["pytest"]
    if tally.items[nodeid].file.endswith(f"{SUITE.replace('.', '/')}/{MODULE}.py"):
        words += ["--pyargs", quoted(f"{SUITE}.{MODULE}::{nodeid.partition('::')[2]}")]
    else:
        words += [quoted(nodeid)]
    return " ".join([*words, *(quoted(each) for each in arguments)])
