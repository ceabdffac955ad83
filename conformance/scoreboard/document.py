"""A scoreboard as one JSON document, in the form scoreboard.schema.json publishes.

It is sorted, and says of a clause only how it ended: the same targets give the same document. What
is another one each time (when, how long, which seed, which versions) stands in the member `run`,
which may be left out.
"""

from __future__ import annotations

import datetime
import functools
import json
import platform
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from awsconform.conformance.outcomes import Outcome, Score, Verdict
from awsconform.conformance.reports.versions import version_of
from awsconform.conformance.running import RunOptions
from awsconform.conformance.scoreboard.board import (
    Board,
    Column,
    Pair,
    Standing,
    Totals,
    totals,
)
from awsconform.conformance.scoreboard.differences import Comparison
from awsconform.errors import Location, UsageError

SCHEMA_FILE = Path(__file__).parent / "scoreboard.schema.json"
FORMAT = "awsconform-scoreboard"
FORMAT_VERSION = 1

Document = dict[str, Any]


@functools.cache
def scoreboard_schema() -> Document:
    """The JSON Schema (2020-12) of the document."""
    schema: Document = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


def scoreboard_document(
    board: Board,
    options: RunOptions,
    *,
    comparisons: Sequence[Comparison] = (),
    stable: bool = False,
) -> Document:
    """The document; `stable` leaves out what is another one each time."""
    document: Document = {"format": FORMAT, "version": FORMAT_VERSION}
    if not stable:
        document["run"] = _run(board, options)
    return {
        **document,
        "options": {
            "examples": options.examples,
            "levels": [level.value for level in options.levels],
            "clauses": options.clauses,
        },
        "targets": [_target(board, column) for column in board.columns],
        "services": [_service(board, name) for name in board.services],
        "operations": [_operation(board, each, stable=stable) for each in board.operations],
        "pairs": [_pair(each) for each in board.pairs()],
        "comparisons": [_comparison(each) for each in comparisons],
    }


def to_text(document: Document) -> str:
    """The document as it is written: ASCII, indented by one, ending with a line's end."""
    return json.dumps(document, indent=1) + "\n"


def read_document(path: Path) -> Document:
    """A scoreboard that was written before.

    Raises:
        UsageError: it cannot be read, or is none.
    """
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    place = Location(str(path))
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", location=place) from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"is no JSON: {error}", location=place) from None
    wrong = best_match(Draft202012Validator(scoreboard_schema()).iter_errors(document))
    if wrong is not None:
        pointer = "".join(f"/{each}" for each in wrong.absolute_path)
        raise UsageError(
            f"is no scoreboard: {wrong.message[:200]}",
            hint="`awsconform scoreboard … --format json -o FILE` writes one",
            location=Location(str(path), pointer=pointer or None),
        )
    made: Document = document
    return made


def _run(board: Board, options: RunOptions) -> Document:
    names = ("awsconform", "botocore", "hypothesis")
    found = {name: version_of(name) for name in names}
    return {
        "made": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "versions": {**found, "python": platform.python_version()},
        "seed": options.seed,
        "targets": {column.label: _effort(column) for column in board.columns},
    }


def _effort(column: Column) -> Document:
    if column.run is None:
        return {"requests": 0, "seconds": 0.0}
    requests = sum(result.requests for result in column.run.results)
    return {"requests": requests, "seconds": round(column.run.seconds, 3)}


def _target(board: Board, column: Column) -> Document:
    return {
        "label": column.label,
        "target": column.target,
        "trouble": column.trouble,
        **_totals(totals(column, board.operations)),
    }


def _service(board: Board, name: str) -> Document:
    operations = board.of_service(name)
    cells = {column.label: _totals(totals(column, operations)) for column in board.columns}
    return {"service": name, "targets": cells}


def _operation(board: Board, operation: str, *, stable: bool) -> Document:
    cells = {
        column.label: _standing(column.standings[operation], stable=stable)
        for column in board.columns
        if operation in column.standings
    }
    return {"id": operation, "service": operation.partition(".")[0], "targets": cells}


def _standing(standing: Standing, *, stable: bool) -> Document:
    counted = Counter(standing.verdicts.values())
    return {
        "state": standing.state.value,
        "implemented": standing.implemented,
        "succeeded": standing.succeeded,
        **_score(standing.score),
        "verdicts": {verdict.value: counted[verdict] for verdict in Verdict},
        **({} if stable else {"reasons": standing.reasons}),
        "clauses": _clauses(standing),
    }


def _clauses(standing: Standing) -> Document:
    """What was judged, by verdict: the ids without the operation's."""
    found: dict[str, list[str]] = {"conforms": [], "violates": [], "flaky": []}
    for outcome in standing.outcomes:
        name = outcome.clause.id.removeprefix(f"{standing.operation}/")
        if outcome.verdict in (Verdict.CONFORMS, Verdict.VIOLATES):
            found["flaky" if _is_flaky(outcome) else outcome.verdict.value].append(name)
    return {verdict: sorted(names) for verdict, names in found.items()}


def _is_flaky(outcome: Outcome) -> bool:
    return bool(outcome.findings) and all(
        finding.flaky or finding.drawn for finding in outcome.findings
    )


def _totals(numbers: Totals) -> Document:
    return {
        "operations": numbers.operations,
        "implemented": numbers.implemented,
        "succeeding": numbers.succeeding,
        "walkable": numbers.walkable,
        "walked": numbers.walked,
        **_score(numbers.score),
    }


def _score(numbers: Score) -> Document:
    return {
        "conformance": {"conforming": numbers.conforming, "judged": numbers.judged},
        "coverage": {"judged": numbers.judged, "clauses": numbers.clauses},
    }


def _pair(pair: Pair) -> Document:
    return {
        "targets": list(pair.targets),
        "operations": pair.operations,
        "scores": [_score(numbers) for numbers in pair.scores],
    }


def _comparison(comparison: Comparison) -> Document:
    return {
        "before": comparison.before,
        "after": comparison.after,
        "operations": comparison.operations,
        "gained": list(comparison.gained),
        "lost": list(comparison.lost),
        "differences": [
            {
                "clause": each.clause,
                "before": each.before,
                "after": each.after,
                "change": each.change,
            }
            for each in comparison.differences
        ],
    }
