"""What differs between runs, clause by clause: of two targets, two versions of one, or two days.

What comes and goes is shown and counts for nothing: a flaky finding, one that only the one run's
drawn requests showed, and a clause that only those brought to be judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from awsconform.conformance.gate.found import Document, Ended, Found, FoundFinding, found_in
from awsconform.conformance.gate.settings import differing
from awsconform.conformance.outcomes import Verdict

FLAKY = "it is flaky"
OTHERWISE_DRAWN = "drawn requests alone show it, and the other run drew others"


class Change(StrEnum):
    """What became of a clause, the gravest first.

    What conformed and is violated has regressed, and so has what is violated that was not judged,
    and what was judged and is not. A clause that is violated as before but for what is observed has
    changed; one that conforms and was not judged is gained. Only in the earlier run are clauses
    that vanished, only in the later those that were added.
    """

    REGRESSED = "regressed"
    VANISHED = "vanished"
    CHANGED = "changed"
    FIXED = "fixed"
    GAINED = "gained"
    ADDED = "added"


@dataclass(frozen=True)
class Difference:
    """One clause that ended otherwise, None where a run has it not.

    `uncertain` says why it may be no difference between the targets. Of one that has changed,
    `more` says whether anything is observed for certain that was not before.
    """

    clause: str
    change: Change
    before: Ended | None
    after: Ended | None
    uncertain: str | None = None
    more: bool = False

    @property
    def operation(self) -> str:
        """The id of the clause's operation."""
        return self.clause.partition("/")[0]

    @property
    def worse(self) -> bool:
        """Whether the later run is the worse one for it.

        It is where the clause has regressed, was judged and is gone, or is violated in another way
        as well.
        """
        if self.uncertain is not None:
            return False
        if self.change is Change.VANISHED:
            return self.before is not None and self.before.judged
        return self.change is Change.REGRESSED or self.more


@dataclass(frozen=True)
class Compared:
    """One run: what it is called, its report, and what it found."""

    label: str
    document: Document
    found: Found


@dataclass(frozen=True)
class Comparison:
    """A later run against an earlier one; the differences, the gravest first."""

    before: Compared
    after: Compared
    differences: tuple[Difference, ...]

    @property
    def notes(self) -> list[str]:
        """In what the later run was made otherwise, and which of them did not end."""
        both = (self.before, self.after)
        cut = [f"THE RUN OF {each.label} DID NOT END" for each in both if not each.found.complete]
        before, after = (each.found.settings for each in both)
        if before is None or after is None:
            return cut
        return [
            *cut,
            *(f"{name} {one} and {other}" for name, one, other in differing(before, after)),
        ]

    def of(self, change: Change) -> list[Difference]:
        """Those of one kind."""
        return [each for each in self.differences if each.change is change]

    def worse(self, *, allow_vanished: bool = False) -> bool:
        """Whether the later run is worse in anything that is certain."""
        return any(
            each.worse and not (allow_vanished and each.change is Change.VANISHED)
            for each in self.differences
        )


def compared(label: str, document: Document) -> Compared:
    """A report, called so."""
    return Compared(label, document, found_in(document))


def compare(runs: Sequence[Compared]) -> list[Comparison]:
    """Every run after the first, against the first."""
    first, *later = runs
    return [Comparison(first, each, _differences(first.found, each.found)) for each in later]


def _differences(before: Found, after: Found) -> tuple[Difference, ...]:
    found = []
    alike = before.settings == after.settings
    for key in sorted(before.clauses.keys() | after.clauses.keys()):
        earlier, later = before.clauses.get(key), after.clauses.get(key)
        change = _change(earlier, later)
        if change is not None:
            clause = (later or earlier or Ended(key, Verdict.UNEXERCISED)).clause
            why = next(_doubts(earlier, later, alike=alike), None)
            more = change is Change.CHANGED and _more(earlier, later, alike=alike)
            found.append(Difference(clause, change, earlier, later, why, more))
    order = list(Change)

    def grave(each: Difference) -> tuple[int, bool, str]:
        silent = each.after is not None and not each.after.judged
        return order.index(each.change), silent, each.clause

    return tuple(sorted(found, key=grave))


def _change(before: Ended | None, after: Ended | None) -> Change | None:
    if before is None:
        return Change.ADDED
    if after is None:
        return Change.VANISHED
    if not after.judged:
        return Change.REGRESSED if before.judged else None
    if after.verdict is Verdict.CONFORMS:
        if before.verdict is Verdict.CONFORMS:
            return None
        return Change.FIXED if before.judged else Change.GAINED
    if before.verdict is not Verdict.VIOLATES:
        return Change.REGRESSED
    return Change.CHANGED if _keys(before) != _keys(after) else None


def _keys(ended: Ended) -> set[str]:
    return {finding.key for finding in ended.findings}


def _doubts(before: Ended | None, after: Ended | None, *, alike: bool) -> Iterator[str]:
    """Why what became of a clause may say nothing."""
    if before is None or after is None:
        return
    if before.judged and not after.judged:
        # Whatever its findings were: that there were some says that it could be judged.
        if before.drawn and not alike:
            yield OTHERWISE_DRAWN
        return
    differing = [*_others(before, after), *_others(after, before)]
    doubts = [_doubt(each, alike=alike) for each in differing]
    if doubts and None not in doubts:
        yield doubts[0] or FLAKY
    if after.judged and not before.judged and after.drawn and not alike:
        yield OTHERWISE_DRAWN


def _more(before: Ended | None, after: Ended | None, *, alike: bool) -> bool:
    """Whether a finding came that the earlier run has not, and that does not come and go."""
    if before is None or after is None:
        return False
    return any(_doubt(each, alike=alike) is None for each in _others(after, before))


def _others(ended: Ended, than: Ended) -> list[FoundFinding]:
    """The findings of one that the other has not."""
    return [each for each in ended.findings if each.key not in _keys(than)]


def _doubt(finding: FoundFinding, *, alike: bool) -> str | None:
    """Why it may say nothing that only one run has a finding."""
    if finding.flaky:
        return FLAKY
    return OTHERWISE_DRAWN if finding.drawn and not alike else None
