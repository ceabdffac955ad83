"""The page of a comparison: it says of each clause what `awsconform compare` says of it."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from awsconform.conformance.gate.comparing import Change, Comparison, compare, compared
from awsconform.conformance.gate.comparison_page import page as page_of
from awsconform.conformance.outcomes import JUDGED
from browser.axe import broken
from browser.view import View
from gate.documents import ABSENT, CONFORMS, SILENT, Shown, Told, report, violated

# All that can come of a clause in a run, as far as two runs can differ in it.
STANDINGS = (
    *(None, CONFORMS, Told(drawn=True), SILENT, ABSENT, Told("inconclusive"), Told("error")),
    *(violated("a"), violated("b"), violated("a", "b"), violated(Shown("a", flaky=True))),
)
PLACES = ("#clauses?change=any", "#operations", "#clause/farm.Op1/request/m1%23type")
Reports = list[dict[str, Any]]


def reports(*lists: Iterable[Told | None]) -> Reports:
    """A report for each place of these lists."""
    return [
        report(
            {
                f"farm.Op{number % 3}/request/m{number}#type": told
                for number, told in enumerate(row)
                if told is not None
            },
            seed=seed,
        )
        for seed, row in enumerate(zip(*lists, strict=True))
    ]


@functools.cache
def two() -> Reports:
    """Two reports in which all pairs of standings come."""
    return reports(*itertools.product(STANDINGS, repeat=2))


@functools.cache
def three() -> Reports:
    """Three in which a clause may be one thing in the second and another in the third."""
    return reports(*itertools.product((None, CONFORMS, SILENT, violated("a")), repeat=3))


def comparisons(documents: Reports) -> list[Comparison]:
    return compare([compared(str(place), each) for place, each in enumerate(documents)])


Written = Callable[[Reports], Path]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("compared")

    def write(documents: Reports) -> Path:
        path = folder / f"{len(documents)}.html"
        if not path.exists():
            path.write_text(page_of(comparisons(documents)), encoding="utf-8")
        return path

    return write


def left(view: View, page: Path, **filters: str) -> list[str]:
    """The clauses that filters leave, on all pages of the list."""
    view.open(page, "#clauses?" + "&".join(f"{name}={each}" for name, each in filters.items()))
    names = view.texts("th.clause a")
    onwards = "#results .pager a:nth-child(4)"
    while view.all(onwards):
        view.click(onwards)
        names += view.texts("th.clause a")
    return names


def clauses_of(comparison: Comparison, *changes: Change) -> set[str]:
    return {each.clause for change in changes for each in comparison.of(change)}


def test_it_opens_on_what_differs_the_gravest_first(view: View, written: Written) -> None:
    [comparison] = comparisons(two())
    view.open(written(two()), anew=True)
    clauses = len(STANDINGS) ** 2 - 1
    view.counts(f"{len(comparison.differences)} of {clauses} clauses")
    shown = [text.removesuffix(", uncertain") for text in view.texts(".tag.change")]
    order = [each.value for each in Change]
    assert shown == sorted(shown, key=order.index)
    assert [text.split() for text in view.texts("#top a.change")] == [
        [str(len(comparison.of(change))), change] for change in Change
    ]


@pytest.mark.parametrize("change", Change)
def test_the_filter_of_changes_leaves_what_the_comparison_has(
    view: View, written: Written, change: Change
) -> None:
    [comparison] = comparisons(two())
    expected = clauses_of(comparison, change)
    assert set(left(view, written(two()), change=change)) == expected
    words = {text.removesuffix(", uncertain") for text in view.texts(".tag.change")}
    assert words == {change.value}
    option = f"#filter-change option[value={change}]"
    assert view.text(option) == f"{change} ({len(expected)})"


def test_what_is_in_doubt_is_said_to_be(view: View, written: Written) -> None:
    [comparison] = comparisons(two())
    view.open(written(two()), "#clauses?change=fixed")
    doubted = [each for each in comparison.of(Change.FIXED) if each.uncertain]
    assert view.texts(".tag.change").count("fixed, uncertain") == len(doubted) > 0
    view.open(written(two()), f"#clause/{doubted[0].clause.replace('#', '%23')}")
    assert f"It says nothing: {doubted[0].uncertain}" in view.text("section.outcome:last-child")


def test_each_later_report_has_its_own_changes(view: View, written: Written) -> None:
    page = written(three())
    both = comparisons(three())
    for place, comparison in enumerate(both, 1):
        for change in (Change.REGRESSED, Change.VANISHED):
            names = set(left(view, page, change=f"{change}-{place}"))
            assert names == clauses_of(comparison, change)
    first, second = (clauses_of(each, Change.REGRESSED) for each in both)
    assert set(left(view, page, change="regressed")) == first | second
    assert len(view.all("#top .changes")) == 2


def test_the_page_differs_where_the_comparison_does(view: View, written: Written) -> None:
    [comparison] = comparisons(two())
    page = written(two())
    one_has_it_not = clauses_of(comparison, Change.VANISHED, Change.ADDED)
    assert set(left(view, page, difference="lacking")) == one_has_it_not
    # Of those that neither run judged, the reason why may differ, which is no change.
    silent = {
        clause
        for clause, before in comparison.before.found.clauses.items()
        if (after := comparison.after.found.ended(clause))
        and before.verdict is not after.verdict
        and not {before.verdict, after.verdict} & set(JUDGED)
    }
    changed = clauses_of(comparison, *Change) - one_has_it_not
    assert set(left(view, page, difference="differ")) == changed | silent


def test_a_link_to_a_change_is_held_against_no_page_that_compares_nothing(
    view: View, paged: Callable[..., Path]
) -> None:
    documents = two()
    view.open(paged("uncompared", *documents), "#clauses?change=fixed")
    clauses = len(STANDINGS) ** 2 - 1
    view.counts(f"{clauses} of {clauses} clauses")
    assert not view.all("#filter-change, .tag.change")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_changes_can_be_read_on_a_telephone(view: View, written: Written, dark: bool) -> None:
    view.prefers(dark=dark)
    for documents in (two(), three()):
        view.size(375, 800)
        for fragment in (
            "#clauses?change=any",
            "#operations",
            "#clause/farm.Op0/request/m0%23type",
        ):
            view.open(written(documents), fragment)
            assert view.run("return document.documentElement.scrollWidth") <= 375
    assert (view.brightness < 50) is dark


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (375, True)], ids=["wide", "narrow"])
def test_axe_finds_nothing(view: View, written: Written, axe: str, width: int, dark: bool) -> None:
    view.size(width, 900)
    view.prefers(dark=dark)
    assert broken(view, written(three()), axe, PLACES) == {}
