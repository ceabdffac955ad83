"""Baselines written from runs: what a person wrote is kept, what others know is not repeated."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from awsconform.conformance.gate.baseline import Baseline, Entry
from awsconform.conformance.gate.checking import check, is_gone
from awsconform.conformance.gate.errors import NothingJudged, RunNotEnded
from awsconform.conformance.gate.found import Found
from awsconform.conformance.gate.reading import Known


def would_lose(found: Found, known: Known) -> bool:
    """Whether a baseline would lose what a run had no time or no requests left to judge."""
    return found.is_cut_short and bool(known.own.clauses or known.own.findings)


def updated(found: Found, known: Known) -> Baseline:
    """The baseline of a run, with what people wrote in the one before.

    Every finding of the run is in it, and every clause that was judged, but for those it inherits.
    An entry whose finding is fixed is not. What else did not come up stays: flaky findings, those
    that only another seed draws, and those whose clause was not judged, if anything is written
    beside them. Dates stay as they are: nothing that is expired is tolerated again.

    Raises:
        RunNotEnded: the run has not all that was to be judged; one whose budget was spent may begin
            a baseline, and takes nothing out of one.
        NothingJudged: no clause was judged, or the suite itself failed.
    """
    if not found.complete:
        raise RunNotEnded(
            "the run did not end, so no baseline is made of it",
            hint=f"go on with its record by --resume; {known.file} is left as it is",
        )
    if would_lose(found, known):
        raise RunNotEnded(
            "the budget of the run was spent before all was judged, which the baseline would lose",
            hint=f"give it more time or requests; {known.file} is left as it is",
        )
    if not found.judged or found.failed:
        what = "the suite itself failed" if found.failed else "nothing was judged"
        raise NothingJudged(
            f"{what}, so no baseline is made of it", hint=f"{known.file} is left as it is"
        )
    own, inherited = known.own, known.inherited
    stated = {entry.key for entry, _ in own.entries()} | inherited.findings.keys()
    entries = [
        _seen(Entry(finding.clause, finding.observation), found)
        for key, finding in found.findings.items()
        if key not in stated
    ]
    for entry in own.findings:
        if entry.key not in found.findings:
            if _stays(entry, found):
                entries.append(entry)
        elif entry.key not in inherited.findings or entry.written or entry.flaky:
            entries.append(_seen(entry, found))
    drawn, steady = _judged(found, known)
    return replace(
        own,
        run=found.settings,
        findings=tuple(sorted(entries, key=lambda each: each.order)),
        drawn=tuple(sorted(drawn)),
        clauses=tuple(sorted(steady)),
    )


def pruned(found: Found, known: Known, *, today: datetime.date) -> Baseline:
    """The baseline without its own entries that are fixed or expired; nothing is added."""
    result = check(found, known, today=today)
    gone = {each.entry.key for each in result.fixed if not each.inherited}
    gone |= {each.known.entry.key for each in result.expired if not each.known.inherited}

    def left(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return tuple(each for each in entries if each.key not in gone)

    sets = (each for each in known.own.flaky if not each.is_expired(today))
    return replace(
        known.own,
        findings=left(known.own.findings),
        flaky=tuple(replace(each, findings=left(each.findings)) for each in sets),
    )


@dataclass(frozen=True)
class Changes:
    """What one writing of a baseline did to it: entries and ids of clauses."""

    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def changes(before: Baseline, after: Baseline) -> Changes:
    """What two writings of a baseline have and the other has not."""
    earlier = {entry.fingerprint: entry for entry, _ in before.entries()}
    later = {entry.fingerprint: entry for entry, _ in after.entries()}
    clauses = {*before.clauses, *before.drawn}, {*after.clauses, *after.drawn}
    return Changes(
        tuple(entry for name, entry in later.items() if name not in earlier),
        tuple(entry for name, entry in earlier.items() if name not in later),
        tuple(sorted(clauses[1] - clauses[0])),
        tuple(sorted(clauses[0] - clauses[1])),
    )


def _judged(found: Found, known: Known) -> tuple[set[str], set[str]]:
    """The clauses that drawn requests alone brought to be judged, and the others that were.

    What is judged in some runs and not in others stays among them while it is there.
    """
    drawn: set[str] = set()
    steady: set[str] = set()
    every, inherited = known.entries, known.inherited
    for key, each in found.clauses.items():
        if key in inherited.clauses or (each.drawn and key in inherited.drawn):
            continue
        comes_and_goes = key in every.uncertain and key in every.clauses
        if each.judged and each.drawn:
            drawn.add(each.clause)
        elif each.judged or (comes_and_goes and not is_gone(each.clause, found)):
            steady.add(each.clause)
    return drawn, steady


def _seen(entry: Entry, found: Found) -> Entry:
    """An entry with what the run says of its finding; what is called flaky stays so."""
    finding = found.findings[entry.key]
    return replace(
        entry,
        flaky=entry.flaky or finding.flaky,
        drawn=found.seed if finding.drawn else None,
    )


def _stays(entry: Entry, found: Found) -> bool:
    """Whether an entry is kept whose finding did not come up."""
    if entry.flaky or entry.drawn not in (None, found.seed):
        return True
    return bool(entry.written) and not found.is_judged(entry.clause)
