"""Light and dark, wide and narrow, on paper."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from browser.documents import kinds, pair, shown
from browser.view import View

VIEWS = (
    "",
    "#clauses",
    "#clauses?outcome=violates",
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


def test_colours_follow_the_system_until_somebody_chooses_which_is_remembered(
    view: View, one: Path
) -> None:
    view.open(one)
    view.run("localStorage.clear()")
    view.open(one, anew=True)
    assert view.brightness > 200
    view.prefers(dark=True)
    assert view.brightness < 50
    view.one("#theme[aria-pressed=true]")
    view.click("#theme")
    assert view.brightness > 200
    view.open(one, anew=True)
    assert view.brightness > 200
    view.one("#theme[aria-pressed=false]")
    view.prefers(dark=False)
    view.click("#theme")
    assert view.brightness < 50
    view.run("localStorage.clear()")
    view.load(one)


@pytest.mark.parametrize("reports", ["one", "both"])
def test_no_page_scrolls_sideways(view: View, request: pytest.FixtureRequest, reports: str) -> None:
    page: Path = request.getfixturevalue(reports)
    for fragment in VIEWS:
        view.size(1280, 800)
        view.open(page, fragment)
        for width in (1280, 768, 375, 320):
            view.size(width, 800)
            assert view.run("return document.documentElement.scrollWidth") <= width, fragment


def test_a_finding_with_endless_words_fits_a_telephone(
    view: View, paged: Callable[..., Path]
) -> None:
    view.size(375, 800)
    document = shown("w" * 3000)
    document["target"] = f"http://{'h' * 300}/"
    page = paged("wide", document)
    for fragment in ("", "#clauses", "#run", "#clauses?outcome=violates"):
        view.open(page, fragment)
        assert view.run("return document.documentElement.scrollWidth") <= 375
    view.click("th.clause a")
    assert view.run("return document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("kept", "All 111 judged clauses conform"),
        ("violated", "1 of 74 judged clauses are violated"),
        ("absent", "Nothing was judged: the target has none of the operations."),
        ("failed", "Nothing was judged: of 101 clauses"),
        ("silent", "Nothing was judged: of"),
        ("empty", "Nothing was judged: no clause was selected."),
        ("not ended", "The run did not end: nothing is said of 1 operation. All 74 judged"),
    ],
)
def test_the_first_page_says_what_came_of_a_run(
    view: View, paged: Callable[..., Path], kind: str, said: str
) -> None:
    page = paged(kind.replace(" ", "-"), kinds()[kind])
    view.open(page)
    assert said in " ".join(view.texts(".conclusion"))
    for fragment in ("#clauses", "#remainder", "#run"):
        view.open(page, fragment)
        assert view.text("h1")


def test_all_that_was_not_judged_is_told_with_its_reason(
    view: View, paged: Callable[..., Path]
) -> None:
    view.open(paged("one", pair()[0]), "#remainder")
    text = view.text("main")
    for clause in pair()[0]["operations"][0]["clauses"]:
        if clause["verdict"] not in ("conforms", "violates"):
            assert (clause["apart"] or clause["reason"]) in text


def test_what_an_interrupted_run_did_not_come_to_is_named(
    view: View, paged: Callable[..., Path]
) -> None:
    view.open(paged("not-ended", kinds()["not ended"]), "#remainder")
    assert "The run did not come to these (1)" in view.text("main")
    assert "deadline.GetFarm" in view.texts(".ids li")


def test_paper_has_what_is_closed_on_the_screen_and_no_controls(view: View, one: Path) -> None:
    view.open(one, VIEWS[-1])
    closed = len(view.all("main details:not([open])"))
    assert closed
    printed = view.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
    assert base64.b64decode(printed["data"]).startswith(b"%PDF")
    assert len(view.all("main details:not([open])")) == closed
    view.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        hidden = "return getComputedStyle(document.querySelector(arguments[0])).display"
        for selector in ("#views", "#theme", ".copy", "[role=tablist]"):
            assert view.run(hidden, selector) == "none"
        assert all(each.is_displayed() for each in view.all("[role=tabpanel] pre"))
    finally:
        view.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("reports", ["one", "both"])
def test_a_sheet_of_paper_is_wide_enough(
    view: View, request: pytest.FixtureRequest, reports: str
) -> None:
    page: Path = request.getfixturevalue(reports)
    view.size(718, 1000)
    view.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        for fragment in VIEWS:
            view.open(page, fragment)
            view.run("dispatchEvent(new Event('beforeprint'))")
            assert view.run("return document.documentElement.scrollWidth") <= 718, fragment
    finally:
        view.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_pictures_are_taken_when_asked_for(
    view: View, one: Path, both: Path, pytestconfig: pytest.Config
) -> None:
    folder: Path | None = pytestconfig.getoption("--screenshots")
    if folder is None:
        pytest.skip("--screenshots names no folder")
    folder.mkdir(parents=True, exist_ok=True)
    for page in (one, both):
        for width, dark in ((1280, False), (1280, True), (375, False)):
            view.size(width, 1000)
            view.prefers(dark=dark)
            for number, fragment in enumerate(VIEWS):
                view.open(page, fragment)
                name = f"{page.stem}-{number}-{width}-{'dark' if dark else 'light'}.png"
                assert view.driver.save_screenshot(str(folder / name))
