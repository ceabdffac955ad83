"""How long a page of very many clauses takes: told, and bounded only where a person would wait."""

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


def test_times_are_told(
    view: View, paged: Callable[..., Path], record_property: Callable[[str, object], None]
) -> None:
    page = paged("speed", many())
    view.open(page, "#clauses")
    assert f"of {sum(many()['verdicts'].values()):,} clauses" in view.count
    ready = view.run(
        "return performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    )
    first, *later = (view.run(FILTER, text) for text in TYPED for _ in range(3))
    view.run(FILTER, "")
    for name, milliseconds in (
        ("first interaction", ready),
        ("first filter", first),
        ("median filter", statistics.median(later)),
        ("slowest filter", max(later)),
    ):
        record_property(name, milliseconds)
        print(f"\n{MANY:,} clauses, {name}: {milliseconds:.0f} ms", end="")
    print(f"\n{page.stat().st_size / 1e6:.1f} MB")
