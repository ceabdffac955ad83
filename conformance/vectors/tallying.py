"""What came of all vectors, counted by protocol and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from awsconform.conformance.vectors.cases import Kind
from awsconform.conformance.vectors.explanations import Explanation
from awsconform.conformance.vectors.judging import Result, Verdict

Group = tuple[str, Kind]


@dataclass
class Tally:
    """The counts, and every verdict that is no pass.

    `ignored` counts the vectors that whoever publishes them does not run, by result; `stale` are
    the explanations that fit vectors without any difference, with their ids.
    """

    counts: dict[Group, Counter[Result]] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    ignored: Counter[Result] = field(default_factory=Counter)
    stale: dict[Explanation, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> Tally:
        """The tally of some verdicts."""
        tally = cls()
        for verdict in verdicts:
            tally.add(verdict)
        return tally

    def add(self, verdict: Verdict) -> None:
        """Counts one verdict."""
        vector = verdict.vector
        self.counts.setdefault((vector.protocol, vector.kind), Counter())[verdict.result] += 1
        if vector.ignored:
            self.ignored[verdict.result] += 1
        if verdict.stale is not None:
            self.stale.setdefault(verdict.stale, []).append(vector.id)
        if verdict.result is not Result.PASSED:
            self.verdicts.append(verdict)

    @property
    def total(self) -> Counter[Result]:
        """The counts of all protocols and kinds together."""
        return sum(self.counts.values(), Counter())

    def of_result(self, result: Result) -> list[Verdict]:
        """The verdicts with a result, in the order of the folder."""
        return [verdict for verdict in self.verdicts if verdict.result is result]

    def document(self) -> dict[str, Any]:
        """All of it as JSON."""
        return {
            "total": _counted(self.total),
            "counts": [
                {"protocol": protocol, "kind": str(kind), **_counted(count)}
                for (protocol, kind), count in sorted(self.counts.items())
            ],
            "ignoredByPublisher": _counted(self.ignored),
            "differences": [
                {
                    "id": verdict.vector.id,
                    "protocol": verdict.vector.protocol,
                    "kind": str(verdict.vector.kind),
                    "source": str(verdict.vector.source),
                    "result": str(verdict.result),
                    "differences": list(verdict.differences),
                    **({"reason": verdict.reason} if verdict.reason else {}),
                }
                for verdict in self.verdicts
            ],
        }


def _counted(count: Counter[Result]) -> dict[str, int]:
    return {result.value.replace("not applicable", "notApplicable"): count[result]
            for result in Result}  # fmt: skip
