"""What was got done with an operation, apart from the verdicts on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Purpose
from awsconform.conformance.outcomes import JUDGED, Outcome, Verdict
from awsconform.conformance.planning.page_sizes import Limits

PAGES_OF_A_WALK = 3
# What a target breaks that does not page what it lists.
_UNDIVIDED = ("limit-respected", "complete", "implies-token")


@dataclass(frozen=True)
class Achievement:
    """What was got done with one operation.

    `implemented` is False for what the target lacks and for what was not asked; `accepted` counts
    successes. `pages_walked` is the length of the longest walk in pages, None where there are no
    pages; `walkable` says that there were items for three pages of the smallest size, `undivided`
    that the target gave them otherwise: more than the limit at once, or a part without a way on.
    """

    implemented: bool
    accepted: int
    pages_walked: int | None
    walkable: bool
    undivided: bool

    @property
    def walked(self) -> bool:
        """Whether a walk over what was there came to three pages or more."""
        return self.walkable and (self.pages_walked or 0) >= PAGES_OF_A_WALK


def achieved(outcomes: Iterable[Outcome], evidence: Evidence) -> Achievement:
    """What was got done with one operation."""
    outcomes, contract, own = list(outcomes), evidence.contract, evidence.own()
    lacking = any(each.verdict is Verdict.UNIMPLEMENTED for each in outcomes) and all(
        each.verdict is Verdict.UNIMPLEMENTED or each.clause.apart for each in outcomes
    )
    judged = any(each.verdict in JUDGED for each in outcomes)
    implemented = (bool(own) or judged) and not lacking
    walks = evidence.groups(Purpose.PAGE).values()
    pages = [each for walk in walks for each in walk if each.contract.id == contract.id]
    lengths = (sum(each.accepted for each in walk) for walk in walks)
    return Achievement(
        implemented=implemented,
        accepted=sum(each.accepted for each in own) if not lacking else 0,
        pages_walked=max(lengths, default=0) if contract.pagination else None,
        walkable=implemented and any(_has_three_pages(each) for each in pages),
        undivided=any(
            each.verdict is Verdict.VIOLATES and each.clause.kind in _UNDIVIDED for each in outcomes
        ),
    )


def _has_three_pages(page: Observed) -> bool:
    """Whether there was enough to list for three pages of the smallest size."""
    pages, made = page.contract.pagination, page.facts.get("made")
    if pages is None or pages.limit is None or not page.facts.get("owned"):
        return False
    return made is None or made >= (PAGES_OF_A_WALK - 1) * Limits.of(page.contract).least + 1
