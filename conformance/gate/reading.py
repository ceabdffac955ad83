"""Baselines read from files, together with those they extend."""

from __future__ import annotations

import datetime
import functools
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from awsconform.conformance.gate.baseline import Baseline, Entry, FlakySet
from awsconform.conformance.gate.errors import BaselineMissing, ExtendedMissing, ExtendsCycle
from awsconform.conformance.gate.identity import clause_key
from awsconform.conformance.gate.json_file import pointer, read_json
from awsconform.conformance.gate.validating import baseline_of
from awsconform.errors import Location

SHIPPED = Path(__file__).parent / "shipped"


@dataclass(frozen=True)
class KnownFinding:
    """An entry that counts: the file it stands in, and the set, if it stands in one.

    Of what is `inherited` somebody else may keep the file; what is `shipped` nobody can edit.
    """

    entry: Entry
    file: str
    among: FlakySet | None = None
    inherited: bool = False
    shipped: bool = False

    @property
    def flaky(self) -> bool:
        """Whether it may come up in a run or not."""
        return self.among is not None or self.entry.flaky

    @property
    def reason(self) -> str | None:
        """Why it is tolerated, by itself or with its set."""
        return self.entry.reason or (self.among.reason if self.among else None)

    @property
    def issue(self) -> str | None:
        """Where it is dealt with, by itself or with its set."""
        return self.entry.issue or (self.among.issue if self.among else None)

    @property
    def expires(self) -> datetime.date | None:
        """The last day on which it is tolerated: its own or that of its set, the earlier."""
        both = (self.entry.expires, self.among.expires if self.among else None)
        return min((each for each in both if each is not None), default=None)

    def is_expired(self, today: datetime.date) -> bool:
        """Whether it is no longer tolerated."""
        return self.expires is not None and self.expires < today


@dataclass(frozen=True)
class KnownClause:
    """A clause, by its id, and the file that has it.

    One of a flaky set `expires` with it: so long it need not be judged.
    """

    clause: str
    file: str
    expires: datetime.date | None = None

    def is_expired(self, today: datetime.date) -> bool:
        """Whether it has to be judged again."""
        return self.expires is not None and self.expires < today


@dataclass(frozen=True)
class Entries:
    """What one file or several know, by keys (`identity`); `uncertain` are those of flaky sets."""

    findings: Mapping[str, KnownFinding] = field(default_factory=dict)
    clauses: Mapping[str, KnownClause] = field(default_factory=dict)
    drawn: Mapping[str, KnownClause] = field(default_factory=dict)
    uncertain: Mapping[str, KnownClause] = field(default_factory=dict)

    @functools.cached_property
    def by_clause(self) -> Mapping[str, Entries]:
        """The findings of each clause, by its key: items of pytest ask for one clause at a time."""
        found: dict[str, dict[str, KnownFinding]] = {}
        for key, each in self.findings.items():
            found.setdefault(clause_key(each.entry.clause), {})[key] = each
        return {clause: Entries(findings) for clause, findings in found.items()}

    def under(self, nearer: Entries) -> Entries:
        """These with nearer ones laid over them."""
        return Entries(
            {**self.findings, **nearer.findings},
            {**self.clauses, **nearer.clauses},
            {**self.drawn, **nearer.drawn},
            {**self.uncertain, **nearer.uncertain},
        )


@dataclass(frozen=True)
class Known:
    """All that a baseline knows: `entries` are its own and those it has `inherited`."""

    file: str
    own: Baseline
    inherited: Entries
    entries: Entries

    def tolerated(self, today: datetime.date) -> frozenset[str]:
        """The keys of the findings that are known and have not expired."""
        found = self.entries.findings.items()
        return frozenset(key for key, each in found if not each.is_expired(today))


def read_baseline(path: Path) -> Baseline:
    """The baseline in one file, without those it extends.

    Raises:
        FileUnreadable, NotJSON: there is nothing to read.
        BaselineError: it is none; one class for each way.
    """
    if not path.exists():
        raise BaselineMissing(
            "there is no such baseline",
            hint="`awsconform baseline update FILE REPORT` and `awsconform run … --baseline FILE "
            "--update-baseline` write one",
            location=Location(str(path)),
        )
    return baseline_of(read_json(path), str(path))


def read_known(path: Path) -> Known:
    """What a baseline knows, with those it extends; the nearer one counts, of two the later.

    Raises:
        FileUnreadable, NotJSON, BaselineError: as `read_baseline`, also of one that is extended.
    """
    return known_of(read_baseline(path), path)


def known_of(own: Baseline, path: Path) -> Known:
    """What a baseline knows that stands, or is to stand, at a path.

    Raises:
        FileUnreadable, NotJSON, BaselineError: one that it extends cannot be read.
    """
    inherited = _inherited(own, path, (path.resolve(),))
    return Known(str(path), own, inherited, inherited.under(_entries(own, path, inherited=False)))


def _inherited(baseline: Baseline, path: Path, chain: tuple[Path, ...]) -> Entries:
    """What the baselines know that one extends; `chain` leads to it."""
    known = Entries()
    for entries in reversed(_by_distance(baseline, path, chain)):
        known = known.under(entries)
    return known


def _by_distance(baseline: Baseline, path: Path, chain: tuple[Path, ...]) -> list[Entries]:
    """What is known by those that one extends, by those that these extend, and so on."""
    found: list[Entries] = []
    for number, name in enumerate(baseline.extends):
        extended = _extended(name, path, number)
        further = (*chain, extended.resolve())
        if extended.resolve() in chain:
            told = " extends ".join(each.name for each in further)
            raise ExtendsCycle(
                f"it extends itself: {told}",
                location=Location(str(path), pointer=pointer("extends", number)),
            )
        read = read_baseline(extended)
        here = [_entries(read, extended, inherited=True), *_by_distance(read, extended, further)]
        found = [
            earlier.under(later)
            for earlier, later in itertools.zip_longest(found, here, fillvalue=Entries())
        ]
    return found


def _entries(baseline: Baseline, path: Path, *, inherited: bool) -> Entries:
    """What one file knows by itself."""
    file, shipped = str(path), path.parent == SHIPPED
    # Of sets that have the same clause the one that expires last counts.
    sets = sorted(baseline.flaky, key=lambda each: each.expires or datetime.date.max)
    uncertain = (
        KnownClause(clause, file, each.expires) for each in sets for clause in each.clauses
    )

    def by_key(clauses: Iterable[str]) -> dict[str, KnownClause]:
        return {clause_key(each): KnownClause(each, file) for each in clauses}

    return Entries(
        {
            entry.key: KnownFinding(entry, file, among, inherited, shipped)
            for entry, among in baseline.entries()
        },
        by_key(baseline.clauses),
        by_key(baseline.drawn),
        {clause_key(each.clause): each for each in uncertain},
    )


def _extended(name: str, path: Path, number: int) -> Path:
    """The file of a baseline that is extended: a path beside the file, or one that is shipped."""
    place = Location(str(path), pointer=pointer("extends", number))
    if name.endswith(".json") or "/" in name or "\\" in name:
        file = path.parent / name
        if not file.is_file():
            raise ExtendedMissing(
                f"{name!r}, which it extends, is not there",
                hint="paths are relative to the file they stand in",
                location=place,
            )
        return file
    file = SHIPPED / f"{name}.json"
    if not file.is_file():
        names = ", ".join(sorted(each.stem for each in SHIPPED.glob("*.json"))) or "none"
        raise ExtendedMissing(
            f"no baseline that comes with awsconform is called {name!r}",
            hint=f"those that come with it: {names}; a path ends with .json",
            location=place,
        )
    return file
