"""axe-core, run in views of a page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from browser.view import View

Rule = tuple[str, str, str]


def broken(view: View, page: Path, axe: str, fragments: Iterable[str]) -> dict[str, list[Rule]]:
    """The views that break rules: each rule with an element that does, and how.

    All that can be opened is open.
    """
    view.driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    try:
        view.open(page, anew=True)
        view.run(axe)
        found = {fragment: _broken_in(view, page, fragment) for fragment in fragments}
    finally:
        view.driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})
        view.load(page)
    return {fragment: rules for fragment, rules in found.items() if rules}


def _broken_in(view: View, page: Path, fragment: str) -> list[Rule]:
    view.open(page, fragment)
    view.run("document.querySelectorAll('details').forEach((each) => each.open = true)")
    found: list[dict[str, Any]] = view.driver.execute_async_script(
        "const done = arguments[0];"
        "axe.run({resultTypes: ['violations']}).then((found) => done(found.violations))"
    )
    return [
        (each["id"], each["nodes"][0]["html"], each["nodes"][0]["failureSummary"]) for each in found
    ]
