"""All that can be done is done with the keyboard alone, and the focus is always seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from browser.documents import pair
from browser.view import Keys, View

# Where the focus has been, and whether it ever was nowhere on the page.
NOTES_FOCUS = """
globalThis.noted = {places: new Set(), left: false};
addEventListener('focusin', ({target}) => noted.places.add(target));
addEventListener('focusout', ({relatedTarget}) => { noted.left ||= relatedTarget === null; });
"""


@pytest.fixture(scope="module")
def page(paged: Callable[..., Path]) -> Path:
    return paged("keyboard", pair()[0])


def test_the_first_key_offers_to_skip_to_the_content(view: View, page: Path) -> None:
    view.open(page, anew=True)
    view.keys(Keys.TAB)
    assert view.run("return document.activeElement.textContent") == "Skip to the content"
    assert view.run("return document.activeElement.getBoundingClientRect().top") >= 0
    view.keys(Keys.ENTER)
    assert view.run("return document.activeElement.id") == "main"
    assert view.text("h1") == "http://old/"


def test_from_the_first_page_to_a_copied_reproduction(view: View, page: Path) -> None:
    view.open(page, anew=True)
    view.tab_to("#views a[href='#clauses']")
    view.keys(Keys.ENTER)
    view.reads("h1", "Clauses")
    assert view.run("return document.activeElement.id") == "heading"
    view.tab_to("#filter-q")
    view.keys("maxResults")
    view.tab_to("#filter-service")
    view.keys(Keys.ARROW_DOWN)
    view.tab_to("input[value=violates]")
    view.keys(Keys.SPACE)
    assert view.run("return document.activeElement.value") == "violates"
    view.until("return location.hash.includes('outcome=violates')")
    view.tab_to("th.clause a")
    name = view.run("return document.activeElement.textContent")
    view.keys(Keys.ENTER)
    view.reads("h1", name)
    view.tab_to("details.headers summary")
    view.keys(Keys.ENTER)
    assert view.run("return document.activeElement.parentElement.open")
    view.tab_to("[role=tab]")
    view.keys(Keys.ARROW_LEFT)
    assert view.run("return document.activeElement.textContent") == "curl"
    view.keys(Keys.HOME, Keys.ARROW_RIGHT)
    assert view.texts("[role=tab][aria-selected=true]") == ["boto3"]
    assert len(view.all("[role=tabpanel]:not([hidden])")) == 1
    view.tab_to(".panel-tools > .copy")
    view.keys(Keys.ENTER)
    view.reads("#announcements", "Copied")


def test_services_are_opened_and_closed(view: View, page: Path) -> None:
    view.open(page, anew=True)
    before = len(view.all("a.operation"))
    view.tab_to("button.service")
    view.keys(Keys.SPACE)
    assert view.run("return document.activeElement.getAttribute('aria-expanded')") == "false"
    assert len(view.all("a.operation")) < before
    view.keys(Keys.ENTER)
    assert len(view.all("a.operation")) == before


def test_no_place_of_the_page_keeps_the_focus(view: View, page: Path) -> None:
    view.open(page, "#operation/service1.ListFarms1", anew=True)
    view.run(NOTES_FOCUS)
    for _ in range(10):
        view.keys(*[Keys.TAB] * 40)
        if view.run("return noted.left"):
            break
    else:
        raise AssertionError("the tabulator never leaves the page")
    assert view.run("return noted.places.size") > 100


def test_how_many_are_left_is_said_while_filtering(view: View, page: Path) -> None:
    view.open(page, "#clauses")
    view.one("#filter-q").send_keys("maxResults#minimum")
    view.reads("#announcements", view.count)
    assert (
        view.run("return document.getElementById('announcements').getAttribute('aria-live')")
        == "polite"
    )
