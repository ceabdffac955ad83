"""What an audit found, counted: the table, the list, and the same for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from awsconform.specs.auditing.facts import KINDS
from awsconform.specs.auditing.running import AuditedChunk, AuditedPage, Finding
from awsconform.specs.auditing.selecting import Selected
from awsconform.specs.documents.tree import Format


@dataclass
class Summary:
    """The audit of one format, while it goes on."""

    format: Format
    pages: int = 0
    refused: int = 0
    doubted: int = 0
    rendering: float = 0.0
    reading: float = 0.0
    absent: list[Selected] = field(default_factory=list)
    compared: Counter[str] = field(default_factory=Counter)
    disagreed: Counter[str] = field(default_factory=Counter)
    noted: list[AuditedPage] = field(default_factory=list)

    def add(self, chunk: AuditedChunk) -> None:
        """Count a chunk; pages with findings or warnings are kept."""
        self.rendering += chunk.rendering
        self.absent += chunk.absent
        for page in chunk.pages:
            self.pages += 1
            self.refused += page.refused
            self.doubted += bool(page.warnings)
            self.reading += page.reading
            self.compared += page.compared
            self.disagreed.update(each.disagreement.kind for each in page.findings)
            if page.findings or page.warnings:
                self.noted.append(page)

    def findings(self) -> Iterator[tuple[AuditedPage, Finding]]:
        """Every disagreement with its page."""
        for page in self.noted:
            for finding in page.findings:
                yield page, finding

    @property
    def unexplained(self) -> int:
        """How many disagreements nobody knows a reason for."""
        return sum(finding.reason is None for _, finding in self.findings())


def text(summary: Summary, *, verbose: bool = False) -> str:
    """The summary for people; with `verbose` also every explained disagreement and warning."""
    lines = [
        f"{summary.format}: {summary.pages} pages read back"
        f" ({summary.rendering:.1f} s rendering, {summary.reading:.1f} s reading),"
        f" {summary.refused} refused, {summary.doubted} with warnings,"
        f" {len(summary.absent)} operations without a page",
        "",
        f"{'fact':<12}{'compared':>10}{'agreed':>10}{'%':>9}",
    ]
    rows = [(kind, summary.compared[kind], summary.disagreed[kind]) for kind in KINDS]
    rows.append(("all", sum(row[1] for row in rows), sum(row[2] for row in rows)))
    for kind, compared, disagreed in rows:
        if compared:
            share = 100 * (compared - disagreed) / compared
            lines.append(f"{kind:<12}{compared:>10}{compared - disagreed:>10}{_percent(share):>9}")
    reasons: Counter[str] = Counter()
    lines.append("")
    for page, finding in summary.findings():
        if finding.reason is not None:
            reasons[finding.reason] += 1
        if finding.reason is None or verbose:
            mark = "UNEXPLAINED" if finding.reason is None else "explained"
            lines.append(f"{mark} {page.name}: {finding.disagreement}")
    for reason, count in reasons.items():
        lines.append(f"{count} explained: {reason}")
    if verbose:
        for page in summary.noted:
            lines += [f"warning {page.name}: {warning}" for warning in page.warnings]
        lines += [f"no page {'.'.join(each)}" for each in summary.absent]
    lines.append(f"{summary.unexplained} disagreements without an explanation")
    return "\n".join(lines) + "\n"


def _percent(share: float) -> str:
    """Never 100 where something disagrees."""
    return "100" if share == 100 else f"{min(share, 99.999):.3f}"


def document(summary: Summary) -> dict[str, Any]:
    """The summary for programs."""
    return {
        "format": summary.format,
        "pages": summary.pages,
        "refused": summary.refused,
        "withWarnings": summary.doubted,
        "withoutPage": [".".join(each) for each in summary.absent],
        "seconds": {
            "rendering": round(summary.rendering, 3),
            "reading": round(summary.reading, 3),
        },
        "facts": {
            kind: {
                "compared": summary.compared[kind],
                "agreed": summary.compared[kind] - summary.disagreed[kind],
            }
            for kind in KINDS
            if summary.compared[kind]
        },
        "disagreements": [
            {
                "page": page.name,
                "kind": finding.disagreement.kind,
                "path": finding.disagreement.path,
                "expected": finding.disagreement.expected,
                "read": finding.disagreement.read,
                "reason": finding.reason,
            }
            for page, finding in summary.findings()
        ],
        "warnings": [
            {"page": page.name, "warning": warning}
            for page in summary.noted
            for warning in page.warnings
        ],
        "unexplained": summary.unexplained,
    }
