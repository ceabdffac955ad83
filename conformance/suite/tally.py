"""What the items of a session came to, gathered from reports: those of other processes as well."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

import pytest

CLAUSE, LEVEL, VERDICT = "awsconform.clause", "awsconform.level", "awsconform.verdict"
STOPPED = "awsconform.stopped"
# What a baseline needs to know of an item: in its stash, and as an attribute of its reports.
NOTES: pytest.StashKey[str] = pytest.StashKey()
NOTED = "awsconform_noted"
# An attribute of the reports of every item of a clause, whatever became of it.
OF_A_CLAUSE = "awsconform_of_a_clause"
APART = "apart"
# Of the suite's own items.
OWN_MODULE = "awsconform.conformance.suite.test_clauses"
JUDGED = ("conforms", "violates")


def stated_by(report: pytest.TestReport) -> dict[str, Any]:
    """What an item's set-up noted, by name."""
    return dict(report.user_properties)


@dataclass(frozen=True)
class Judged:
    """What one item came to: a clause and its verdict, or that it is counted apart.

    `file` is where its test stands.
    """

    clause: str
    verdict: str
    file: str

    @property
    def operation(self) -> str:
        """The id of the clause's operation."""
        return self.clause.partition("/")[0]


@dataclass
class Tally:
    """The items that ran, by their node ids; `met` is whether there was one, even a skipped one.

    One whose `target` fixture skips it is not among them: nothing was asked for its clause.
    """

    items: dict[str, Judged] = field(default_factory=dict)
    met: bool = False

    def add(self, report: pytest.TestReport) -> None:
        """Counts an item by any of its reports."""
        self.met = self.met or hasattr(report, OF_A_CLAUSE)
        stated = stated_by(report)
        if CLAUSE in stated:
            file = report.location[0].replace(os.sep, "/")
            self.items[report.nodeid] = Judged(stated[CLAUSE], stated[VERDICT], file)

    @property
    def nothing_judged(self) -> bool:
        """Whether items ran and not one clause was judged."""
        return bool(self.items) and all(each.verdict not in JUDGED for each in self.items.values())

    def by_test(self) -> dict[str, dict[str, list[Judged]]]:
        """What the items came to, by test and then by operation."""
        tests: dict[str, dict[str, list[Judged]]] = {}
        for nodeid, judged in self.items.items():
            test = nodeid.replace(judged.clause, "…").removesuffix("[…]")
            tests.setdefault(test, {}).setdefault(judged.operation, []).append(judged)
        return tests
