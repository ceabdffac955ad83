"""Whether a scoreboard that is to be made can be held against one that was made before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from awsconform.conformance.running import RunOptions
from awsconform.conformance.scoreboard.document import Document
from awsconform.errors import AwsconformError, Location, UsageError


class NothingToCompare(AwsconformError):
    """Two scoreboards have nothing in common that could differ."""

    exit_code = 3


def comparable(
    old: Document, file: str, labels: Sequence[str], operations: Iterable[str], options: RunOptions
) -> list[str]:
    """The labels that both have; nothing has to be judged to know them.

    `file` is what the older scoreboard is called in errors.

    Raises:
        UsageError: no label is in both, or other clauses were judged.
        NothingToCompare: no operation is in both.
    """
    known = [each["label"] for each in old["targets"]]
    both = [each for each in labels if each in known]
    if not both:
        raise UsageError(
            f"no target is called {' or '.join(map(repr, labels))} in the scoreboard",
            hint=f"those in it are {', '.join(known)}; --target NAME=TARGET calls one so",
            location=Location(file),
        )
    stated = old["options"]
    for was, now in (
        (_clauses(stated["clauses"]), _clauses(options.clauses)),
        (_levels(stated["levels"]), _levels([each.value for each in options.levels])),
    ):
        if was != now:
            raise UsageError(
                f"the scoreboard was made {was}, this one would be made {now}",
                hint="what is compared has to be judged by the same clauses",
                location=Location(file),
            )
    if not set(operations) & {
        each["id"] for each in old["operations"] if each["targets"].keys() & set(both)
    }:
        raise NothingToCompare(
            "the scoreboard has none of the operations that are to be judged",
            hint="name operations that are in both",
            location=Location(file),
        )
    return both


def deviations(old: Document, options: RunOptions) -> list[str]:
    """What makes differences that are none of the targets' own, each in a few words."""
    pairs: list[tuple[str, Any, Any]] = [
        ("--examples", old["options"]["examples"], options.examples),
        ("--seed", old.get("run", {}).get("seed", options.seed), options.seed),
    ]
    return [f"it was made with {name} {was}, not {now}" for name, was, now in pairs if was != now]


def _clauses(pattern: str | None) -> str:
    return "without -k" if pattern is None else f"with -k {pattern!r}"


def _levels(levels: Sequence[str]) -> str:
    return f"with the levels {', '.join(sorted(levels))}"
