"""For those who do not see the page, or not well."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from browser.axe import broken
from browser.documents import pair
from browser.view import View

VIEWS = (
    "",
    "#clauses",
    "#remainder",
    "#run",
    "#operation/service1.ListFarms1",
    "#clause/service1.ListFarms1/request/maxResults%23minimum",
)


@pytest.fixture(scope="module")
def one(paged: Callable[..., Path]) -> Path:
    return paged("one", pair()[0])


@pytest.fixture(scope="module")
def both(paged: Callable[..., Path]) -> Path:
    return paged("both", *pair())


@pytest.mark.parametrize(
    ("reports", "width", "dark"), [("one", 375, True), ("both", 1280, False)], ids=["one", "both"]
)
def test_axe_finds_nothing(
    view: View, request: pytest.FixtureRequest, axe: str, reports: str, width: int, dark: bool
) -> None:
    page: Path = request.getfixturevalue(reports)
    view.size(width, 900)
    view.prefers(dark=dark)
    assert broken(view, page, axe, VIEWS) == {}


@pytest.mark.parametrize("fragment", VIEWS)
def test_the_page_has_landmarks_one_heading_above_others_and_a_title(
    view: View, both: Path, fragment: str
) -> None:
    view.open(both, fragment)
    for landmark in ("header", "main", "nav[aria-label]"):
        assert view.all(landmark)
    assert len(view.all("h1")) == 1
    assert view.text("h1") in view.driver.title
    levels = view.run(
        "return [...document.querySelectorAll('h1, h2, h3, h4')].map((h) => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert view.run("return document.documentElement.lang") == "en"


@pytest.mark.parametrize("fragment", VIEWS)
def test_tables_say_what_their_cells_are_of(view: View, both: Path, fragment: str) -> None:
    view.open(both, fragment)
    assert view.run(
        "return [...document.querySelectorAll('main table')].every((table) =>"
        "table.caption && [...table.rows].every((row) => row.querySelector('th[scope]'))"
        "&& [...table.querySelectorAll('th')].every((head) => head.scope))"
    )


def test_every_control_has_a_name(view: View, both: Path) -> None:
    for fragment in VIEWS:
        view.open(both, fragment)
        assert (
            view.run(
                "return [...document.querySelectorAll('input, select, button, a')]"
                ".filter((each) => !(each.labels?.length || each.textContent.trim()))"
                ".map((control) => control.outerHTML)"
            )
            == []
        )


def test_outcomes_have_a_word_and_a_shape_of_their_own(view: View, one: Path) -> None:
    view.open(one)
    badges = view.run(
        "return [...document.querySelectorAll('.counts .badge')].map((badge) =>"
        "[badge.textContent, badge.querySelector('use').getAttribute('href')])"
    )
    assert (
        len(badges) == len({word for word, _ in badges}) == len({shape for _, shape in badges}) == 7
    )


def test_nothing_moves_for_those_who_asked_for_that(view: View, one: Path) -> None:
    reduced = {"name": "prefers-reduced-motion", "value": "reduce"}
    view.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [reduced]})
    view.open(one)
    assert view.run(
        "return [...document.querySelectorAll('a, button, .chip')].every((each) =>"
        "getComputedStyle(each).transitionDuration === '0s')"
    )
