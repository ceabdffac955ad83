"""A page of very many clauses, opened, filtered and copied from: times are told, none is judged."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path

from browser.documents import MANY, many
from browser.view import View

TYPED = ("m", "maxresults", "listfarms17", "reason 4", '"accepted with"', "nothing has this")

FILTER = """
const field = document.getElementById('filter-q');
field.value = arguments[0];
const start = performance.now();
field.dispatchEvent(new Event('input', {bubbles: true}));
document.getElementById('results').getBoundingClientRect();
return performance.now() - start;
"""
READY = "return performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


def test_all_is_done_with_very_many_clauses(
    view: View, of_many: Path, record_property: Callable[[str, object], None]
) -> None:
    view.open(of_many, "#clauses", anew=True)
    clauses = sum(many()["verdicts"].values())
    assert f"of {clauses:,} clauses" in view.count
    ready = view.run(READY)
    first, *later = (view.run(FILTER, text) for text in TYPED for _ in range(3))

    view.run(FILTER, "maxResults")
    view.click(".chip:has([value=violates])")
    name = view.text("th.clause a")
    view.click("th.clause a")
    view.reads("h1", name)
    view.allow("clipboard-write", "granted")
    view.press("curl", "[role=tablist]")
    view.click("[role=tabpanel]:not([hidden]) .panel-tools > .copy")
    view.reads("#announcements", "Copied")
    assert view.pasted() in {
        finding["reproduction"]["curl"].rstrip()
        for operation in many()["operations"]
        for clause in operation["clauses"]
        if clause["id"] == name
        for finding in clause["findings"]
    }
    bright = view.brightness
    view.click("#theme")
    assert view.brightness < 50 < bright
    view.size(375, 800)
    assert view.run("return document.documentElement.scrollWidth") <= 375
    view.run("localStorage.clear()")
    view.load(of_many)

    for what, milliseconds in (
        ("first interaction", ready),
        ("first filter", first),
        ("median filter", statistics.median(later)),
        ("slowest filter", max(later)),
    ):
        record_property(what, milliseconds)
        print(f"\n{MANY:,} clauses, {what}: {milliseconds:.0f} ms", end="")
    print(f"\n{of_many.stat().st_size / 1e6:.1f} MB")
