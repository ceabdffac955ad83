"""What an audit of cases comes to, for people and for programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from awsconform.conformance.auditing.findings import AuditedOperation, Disagreement

COLUMNS = ("operations", "requests", "violations", "violations sent", "responses", "errors")
_SHOWN = 50


@dataclass
class Summary:
    """The sum over operations: counts by protocol, what was left out and why, disagreements."""

    seed: int
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    apart: Counter[str] = field(default_factory=Counter)
    disagreements: list[Disagreement] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, operation: AuditedOperation) -> None:
        """Adds an operation."""
        counts = self.counts.setdefault(operation.protocol, Counter())
        counts["operations"] += 1
        counts.update(operation.counts)
        self.apart.update(operation.apart)
        self.disagreements += operation.disagreements
        self.seconds += operation.seconds

    @property
    def compared(self) -> int:
        """How many comparisons were made."""
        return sum(sum(each.values()) - each["operations"] for each in self.counts.values())

    @property
    def agrees(self) -> bool:
        """Whether nobody disagrees, about something at least."""
        return not self.disagreements and self.compared > 0

    def document(self) -> dict[str, Any]:
        """The summary in JSON's types."""
        return {
            "seed": self.seed,
            "cpuSeconds": round(self.seconds, 1),
            "protocols": {name: dict(counts) for name, counts in sorted(self.counts.items())},
            "leftOut": dict(self.apart.most_common()),
            "disagreements": [asdict(each) for each in self.disagreements],
        }


def text(summary: Summary) -> str:
    """The summary as a table and lists."""
    rows: list[tuple[str, ...]] = [("protocol", *COLUMNS)]
    total: Counter[str] = Counter()
    for protocol, counts in sorted(summary.counts.items()):
        rows.append((protocol, *(f"{counts[column]:,}" for column in COLUMNS)))
        total.update(counts)
    rows.append(("all", *(f"{total[column]:,}" for column in COLUMNS)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        )
        for row in rows
    ]
    if summary.apart:
        lines += ["", "Left out:"]
        lines += [f"  {count:7,}  {reason}" for reason, count in summary.apart.most_common()]
    lines += [
        "",
        f"{len(summary.disagreements):,} disagreements, {summary.seconds:.0f} CPU seconds",
    ]
    for each in summary.disagreements[:_SHOWN]:
        lines += [
            f"  {each.judge}: {each.case}",
            f"    {each.told}",
            f"    again: awsconform audit-cases {each.operation} --seed {summary.seed}",
        ]
    if len(summary.disagreements) > _SHOWN:
        lines.append(f"  and {len(summary.disagreements) - _SHOWN:,} more; --format json has all")
    return "\n".join(lines)
