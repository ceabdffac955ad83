"""A run held against a baseline: what is new, what is fixed, what is no longer judged.

What comes and goes is not taken for mended. A flaky finding that is not there says nothing; one
that only drawn requests showed says something where the same requests were drawn again; and a
finding whose clause was not judged is not fixed. A clause that drawn requests alone brought to be
judged has to be judged again where the same were drawn, and everywhere has to be there.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from awsconform.conformance.gate.found import Ended, Found, FoundFinding
from awsconform.conformance.gate.reading import Known, KnownFinding
from awsconform.conformance.gate.settings import differing
from awsconform.conformance.outcomes import Verdict

NOT_IN_THE_RUN = "it is not in the run"
NOT_IN_WHAT_ENDED = "it is not in the run, which did not end"


@dataclass(frozen=True)
class Lost:
    """A clause that was judged and no longer is; `file` is the baseline that has it."""

    clause: str
    why: str
    file: str

    @property
    def operation(self) -> str:
        """The id of its operation."""
        return self.clause.partition("/")[0]


@dataclass(frozen=True)
class Expired:
    """A known finding that is no longer tolerated, and how it came up, if it did."""

    known: KnownFinding
    found: FoundFinding | None


@dataclass(frozen=True)
class Unseen:
    """A known finding that did not come up and is not fixed for all that is known, and why."""

    known: KnownFinding
    why: str


@dataclass(frozen=True)
class Result:
    """What became of each finding and each clause.

    `known` findings came up and are tolerated, `flaky` ones too. `vanished` clauses are not in the
    run, or the target no longer has the operation; `unexercised` ones are in it and were not
    judged. `failed` are those at which the suite itself failed. `notes` say in what the run was
    made otherwise than that of the baseline, and `complete` is false where it did not end.
    """

    file: str
    judged: int
    new: tuple[FoundFinding, ...] = ()
    fixed: tuple[KnownFinding, ...] = ()
    expired: tuple[Expired, ...] = ()
    vanished: tuple[Lost, ...] = ()
    unexercised: tuple[Lost, ...] = ()
    known: tuple[KnownFinding, ...] = ()
    flaky: tuple[KnownFinding, ...] = ()
    unseen: tuple[Unseen, ...] = ()
    failed: tuple[Ended, ...] = ()
    notes: tuple[str, ...] = ()
    complete: bool = True
    allow_fixed: bool = False
    allow_vanished: bool = False

    @property
    def worse(self) -> bool:
        """Whether anything is otherwise than the baseline has it, and not allowed to be."""
        fixed = self.fixed and not self.allow_fixed
        lost = (self.vanished or self.unexercised) and not self.allow_vanished
        return bool(self.new or self.expired or fixed or lost)

    @property
    def exit_code(self) -> int:
        """0 no worse than the baseline, 1 worse, 3 cannot be said.

        That is where nothing was judged, and where nothing is worse but the suite itself failed or
        the run did not end.
        """
        if not self.judged:
            return 3
        if self.worse:
            return 1
        return 3 if self.failed or not self.complete else 0


def check(
    found: Found,
    known: Known,
    *,
    today: datetime.date,
    allow_fixed: bool = False,
    allow_vanished: bool = False,
) -> Result:
    """Holds a run against a baseline; an entry is tolerated through the day it expires."""
    new = [each for key, each in found.findings.items() if key not in known.entries.findings]
    fixed: list[KnownFinding] = []
    expired: list[Expired] = []
    came: list[KnownFinding] = []
    unseen: list[Unseen] = []
    for key, entry in known.entries.findings.items():
        finding = found.findings.get(key)
        if entry.is_expired(today):
            expired.append(Expired(entry, finding))
        elif finding is not None:
            came.append(entry)
        else:
            why = _why_not_fixed(entry, found, known)
            if why is None:
                fixed.append(entry)
            else:
                unseen.append(Unseen(entry, why))
    lost = sorted(_lost(found, known, today), key=lambda each: each.clause)
    in_order = sorted(came, key=_order)
    return Result(
        known.file,
        len(found.judged),
        new=tuple(sorted(new, key=lambda each: (each.clause, each.observation))),
        fixed=tuple(sorted(fixed, key=_order)),
        expired=tuple(sorted(expired, key=lambda each: _order(each.known))),
        vanished=tuple(each for each in lost if is_gone(each.clause, found)),
        unexercised=tuple(each for each in lost if not is_gone(each.clause, found)),
        known=tuple(each for each in in_order if not each.flaky),
        flaky=tuple(each for each in in_order if each.flaky),
        unseen=tuple(sorted(unseen, key=lambda each: _order(each.known))),
        failed=tuple(sorted(found.failed, key=lambda each: each.clause)),
        notes=tuple(_notes(found, known)),
        complete=found.complete,
        allow_fixed=allow_fixed,
        allow_vanished=allow_vanished,
    )


def _why_not_fixed(entry: KnownFinding, found: Found, known: Known) -> str | None:
    """Why a finding that did not come up may still be there; None where it is fixed."""
    if entry.flaky:
        return "it is flaky"
    if not found.is_judged(entry.entry.clause):
        return "its clause was not judged"
    if entry.shipped:
        return f"it comes with awsconform, in {entry.file}"
    seed = entry.entry.drawn
    if seed is not None and not (_draws_alike(found, known) and seed == found.seed):
        return f"only requests that seed {seed} draws show it"
    return None


def _draws_alike(found: Found, known: Known) -> bool:
    return found.settings is not None and found.settings == known.own.run


def _lost(found: Found, known: Known, today: datetime.date) -> Iterator[Lost]:
    """The clauses that were judged when the baseline was written, and now were not."""
    alike, entries = _draws_alike(found, known), known.entries
    for key, each in {**entries.drawn, **entries.clauses}.items():
        if found.is_judged(each.clause):
            continue
        if not is_gone(each.clause, found):
            drawn_alone = key in entries.drawn and key not in entries.clauses
            uncertain = entries.uncertain.get(key)
            tolerated = uncertain is not None and not uncertain.is_expired(today)
            if tolerated or (drawn_alone and not alike):
                continue
        yield Lost(each.clause, _why_lost(each.clause, found), each.file)


def is_gone(clause: str, found: Found) -> bool:
    """Whether a clause is not in a run, or the target does not have its operation."""
    ended = found.ended(clause)
    return ended is None or ended.verdict is Verdict.UNIMPLEMENTED


def _why_lost(clause: str, found: Found) -> str:
    ended = found.ended(clause)
    if ended is None:
        return NOT_IN_THE_RUN if found.complete else NOT_IN_WHAT_ENDED
    return f"{ended.verdict.value}: {ended.reason}" if ended.reason else ended.verdict.value


def _notes(found: Found, known: Known) -> Iterator[str]:
    """In what the run was made otherwise, as far as that explains what is otherwise in it."""
    before, now = known.own.run, found.settings
    if before is None or now is None:
        return
    for name, earlier, later in differing(before, now):
        yield f"{name} was {earlier} for the baseline and is {later} now"


def _order(known: KnownFinding) -> tuple[str, str]:
    return known.entry.order
