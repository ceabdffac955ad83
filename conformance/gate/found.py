"""What a run found, as far as a gate looks at it: how each clause ended, and the findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from awsconform.conformance.budget import tells_of_budget
from awsconform.conformance.gate.identity import clause_key, finding_key
from awsconform.conformance.gate.settings import Settings
from awsconform.conformance.outcomes import JUDGED, Verdict

Document = Mapping[str, Any]

# What decides which requests are drawn, besides the seed.
DRAWING = ("awsconform", "botocore", "hypothesis")

# Of a clause that several tests judge, the first of these counts.
_ORDER = (
    Verdict.VIOLATES,
    Verdict.CONFORMS,
    Verdict.ERROR,
    Verdict.INCONCLUSIVE,
    Verdict.UNEXERCISED,
    Verdict.UNIMPLEMENTED,
)


@dataclass(frozen=True)
class FoundFinding:
    """A finding: its clause, the class of what was observed, and that with the run's values."""

    fingerprint: str
    clause: str
    observation: str
    observed: str
    flaky: bool = False
    drawn: bool = False

    @property
    def key(self) -> str:
        """What it has in common with the same finding in any run."""
        return finding_key(self.clause, self.observation)


@dataclass(frozen=True)
class Ended:
    """How a clause ended, and why; `drawn` where drawn requests alone brought it to be judged."""

    clause: str
    verdict: Verdict
    reason: str = ""
    drawn: bool = False
    findings: tuple[FoundFinding, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether it was judged."""
        return self.verdict in JUDGED


@dataclass(frozen=True)
class Found:
    """The clauses of a run and its findings, by their keys (`identity`).

    `settings` are None where not all of it was run in one way; `complete` is false of a run that
    did not end.
    """

    settings: Settings | None
    clauses: Mapping[str, Ended] = field(default_factory=dict)
    findings: Mapping[str, FoundFinding] = field(default_factory=dict)
    complete: bool = True

    @property
    def seed(self) -> int | None:
        """The seed of the run."""
        return self.settings.seed if self.settings else None

    def ended(self, clause: str) -> Ended | None:
        """How a clause ended, None where it is not in the run."""
        return self.clauses.get(clause_key(clause))

    def is_judged(self, clause: str) -> bool:
        """Whether a clause was judged."""
        ended = self.ended(clause)
        return ended is not None and ended.judged

    @property
    def judged(self) -> list[Ended]:
        """The clauses that were judged."""
        return [each for each in self.clauses.values() if each.judged]

    @property
    def is_cut_short(self) -> bool:
        """Whether its budget was spent before all was judged."""
        return any(tells_of_budget(each.reason) for each in self.clauses.values())

    @property
    def failed(self) -> list[Ended]:
        """The clauses at which the suite itself failed."""
        return [each for each in self.clauses.values() if each.verdict is Verdict.ERROR]


def found_of(settings: Settings | None, ended: Iterable[Ended], *, complete: bool = True) -> Found:
    """What came of clauses; of one that ended twice the graver counts, and all findings do."""
    clauses: dict[str, Ended] = {}
    findings: dict[str, FoundFinding] = {}
    for each in ended:
        key = clause_key(each.clause)
        before = clauses.get(key)
        if before is None or _ORDER.index(each.verdict) < _ORDER.index(before.verdict):
            clauses[key] = each
        for finding in each.findings:
            findings.setdefault(finding.key, finding)
    return Found(settings, clauses, findings, complete)


def found_in(document: Document) -> Found:
    """What the report of a run says was found."""
    return found_of(
        settings_of(document),
        (_ended(clause) for operation in document["operations"] for clause in operation["clauses"]),
        complete=document["complete"],
    )


def settings_of(document: Document) -> Settings:
    """How the run of a report was made."""
    options, versions = document["options"], document["versions"]
    return Settings(
        document["seed"],
        options["examples"],
        tuple(options["levels"]),
        options["clauses"],
        {name: versions[name] for name in DRAWING},
    )


def _ended(clause: Document) -> Ended:
    findings = tuple(
        FoundFinding(
            each["fingerprint"],
            clause["id"],
            each["observation"],
            each["observed"],
            each["flaky"],
            each["drawn"],
        )
        for each in clause["findings"]
    )
    return Ended(
        clause["id"], Verdict(clause["verdict"]), clause["reason"], clause["drawn"], findings
    )
