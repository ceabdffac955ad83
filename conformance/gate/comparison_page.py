"""Comparisons as an HTML page: the reports side by side, opened on what differs."""

from __future__ import annotations

from collections.abc import Sequence

from awsconform.conformance.gate.comparing import Change, Comparison
from awsconform.conformance.reports.html import Changes, ClauseChange, html

_MEANINGS = {
    Change.REGRESSED: "conformed, or was not judged, and is violated; or was judged, and is not",
    Change.VANISHED: "was in the earlier run only",
    Change.CHANGED: "is violated as before, with something else observed",
    Change.FIXED: "was violated, and conforms",
    Change.GAINED: "was not judged, and conforms",
    Change.ADDED: "is in the later run only",
}


def page(comparisons: Sequence[Comparison]) -> str:
    """The page of comparisons with one first run."""
    runs = [comparisons[0].before, *(each.after for each in comparisons)]
    return html([dict(each.document) for each in runs], changes=changes_of(comparisons))


def changes_of(comparisons: Sequence[Comparison]) -> Changes:
    """What the page says of each clause that ended otherwise."""
    return Changes(
        {change.value: _MEANINGS[change] for change in Change},
        [
            {
                each.clause: ClauseChange(each.change.value, each.uncertain)
                for each in comparison.differences
            }
            for comparison in comparisons
        ],
    )
