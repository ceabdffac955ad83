"""A baseline: what is known of a target, as a team keeps it beside its code."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from awsconform.conformance.gate.identity import finding_key
from awsconform.conformance.gate.settings import Settings
from awsconform.conformance.outcomes import fingerprint_of

FORMAT = "awsconform-baseline"
FORMAT_VERSION = 1


@dataclass(frozen=True)
class Written:
    """What somebody wrote by hand beside what is found: a reason, an issue, a date, anything."""

    written: Mapping[str, Any] = field(default_factory=dict, kw_only=True)

    @property
    def reason(self) -> str | None:
        """Why it is tolerated."""
        return self.written.get("reason")

    @property
    def issue(self) -> str | None:
        """The address where it is dealt with."""
        return self.written.get("issue")

    @property
    def expires(self) -> datetime.date | None:
        """The last day on which it is tolerated; None for without end."""
        stated = self.written.get("expires")
        return None if stated is None else datetime.date.fromisoformat(stated)

    def is_expired(self, today: datetime.date) -> bool:
        """Whether its last day is over."""
        return self.expires is not None and self.expires < today


@dataclass(frozen=True)
class Entry(Written):
    """A known finding.

    A `flaky` one comes up in some runs and not in others. `drawn` is the seed with which drawn
    requests alone showed it; None for what every seed shows.
    """

    clause: str
    observation: str
    flaky: bool = False
    drawn: int | None = None

    @property
    def fingerprint(self) -> str:
        """That of the finding, twelve hex digits."""
        return fingerprint_of(self.clause, self.observation)

    @property
    def key(self) -> str:
        """What it has in common with the same finding in any run."""
        return finding_key(self.clause, self.observation)

    @property
    def order(self) -> tuple[str, str]:
        """Where it stands among others."""
        return self.clause, self.observation


@dataclass(frozen=True)
class FlakySet(Written):
    """Findings of which any may come up in a run, or none; `clauses` need not be judged in it."""

    name: str
    findings: tuple[Entry, ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Baseline:
    """One file: the findings that are known, and the clauses that were judged.

    `extends` names baselines whose entries count as well. `run` is how the run was made that it
    was written from. `drawn` are clauses that drawn requests alone brought to be judged; `written`
    are comments.
    """

    extends: tuple[str, ...] = ()
    run: Settings | None = None
    findings: tuple[Entry, ...] = ()
    flaky: tuple[FlakySet, ...] = ()
    drawn: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    written: Mapping[str, Any] = field(default_factory=dict)

    def entries(self) -> Iterator[tuple[Entry, FlakySet | None]]:
        """Every entry of the file, each with the set it stands in."""
        for entry in self.findings:
            yield entry, None
        for each in self.flaky:
            for entry in each.findings:
                yield entry, each
