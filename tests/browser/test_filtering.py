"""Filters leave what they say, and the address says which are set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from browser.documents import many
from browser.view import View

Clause = dict[str, Any]
Wanted = Callable[[str, Clause], bool]


@pytest.fixture
def page(of_many: Path) -> Path:
    return of_many


def clauses() -> Iterator[tuple[str, Clause]]:
    for operation in many()["operations"]:
        for clause in operation["clauses"]:
            yield operation["service"], clause


def state(clause: Clause) -> str:
    judged = clause["verdict"] in ("conforms", "violates")
    return "apart" if clause["apart"] is not None and not judged else str(clause["verdict"])


def said(wanted: Wanted) -> str:
    """How the page counts what is wanted."""
    total = sum(1 for _ in clauses())
    some = sum(wanted(service, clause) for service, clause in clauses())
    assert 0 < some < total
    return f"{some:,} of {total:,} clauses"


def chosen(view: View, name: str, value: str) -> None:
    view.run(
        "const select = document.getElementById('filter-' + arguments[0]);"
        "select.value = arguments[1];"
        "select.dispatchEvent(new Event('input', {bubbles: true}))",
        name,
        value,
    )


def test_the_filter_of_services(view: View, page: Path) -> None:
    view.open(page, "#clauses")
    chosen(view, "service", "service2")
    view.counts(said(lambda service, _: service == "service2"))


def test_the_filter_of_families(view: View, page: Path) -> None:
    view.open(page, "#clauses")
    chosen(view, "family", "errors")
    view.counts(said(lambda _, clause: clause["part"] == "errors"))


@pytest.mark.parametrize("level", ["MUST", "SHOULD"])
def test_the_filter_of_levels(view: View, page: Path, level: str) -> None:
    view.open(page, "#clauses")
    view.click(f".chip:has([value={level}])")
    view.counts(said(lambda _, clause: clause["level"] == level))


@pytest.mark.parametrize("outcome", ["conforms", "violates", "inconclusive", "error", "apart"])
def test_the_filter_of_outcomes(view: View, page: Path, outcome: str) -> None:
    view.open(page, "#clauses")
    view.click(f".chip:has([value={outcome}])")
    view.counts(said(lambda _, clause: state(clause) == outcome))
    assert {text.strip() for text in view.texts("td.outcome")} == {outcome}


def test_two_outcomes_are_either(view: View, page: Path) -> None:
    view.open(page, "#clauses")
    view.click(".chip:has([value=violates])")
    view.click(".chip:has([value=unimplemented])")
    view.counts(said(lambda _, clause: state(clause) in ("violates", "unimplemented")))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("ListFarms17/ maxr", lambda c: "ListFarms17/" in c["id"] and "maxR" in c["id"]),
        ('"reason 4"', lambda c: c["reason"] == "reason 4" and c["apart"] is None),
        ("accepted with 200", lambda c: bool(c["findings"])),
        ("PRINCIPALID", lambda c: "principalid" in (c["id"] + c["statement"]).lower()),
    ],
)
def test_the_search_takes_words_and_phrases_of_all_that_is_said(
    view: View, page: Path, query: str, wanted: Callable[[Clause], bool]
) -> None:
    view.open(page, "#clauses")
    view.one("#filter-q").send_keys(query)
    view.counts(said(lambda _, clause: wanted(clause)))


def test_filters_hold_together_and_are_cleared_together(view: View, page: Path) -> None:
    view.open(page, "#clauses")
    every = view.count
    chosen(view, "service", "service1")
    chosen(view, "family", "request")
    view.click(".chip:has([value=conforms])")
    view.click(".chip:has([value=MUST])")
    view.one("#filter-q").send_keys("accepted")
    view.counts(
        said(
            lambda service, clause: (
                service == "service1"
                and clause["part"] == "request"
                and state(clause) == "conforms"
                and clause["level"] == "MUST"
                and "accepted" in f"{clause['id']} {clause['statement']} {clause['reason']}"
            )
        )
    )
    view.press("Clear filters")
    view.counts(every)
    assert view.run("return document.getElementById('filter-q').value") == ""


def test_numbers_beside_outcomes_say_what_choosing_them_gives(view: View, page: Path) -> None:
    view.open(page, "#clauses")
    chosen(view, "family", "wire")
    view.click(".chip:has([value=MUST])")
    for outcome in ("conforms", "inconclusive"):
        promised = view.text(f".chip:has([value={outcome}]) .number")
        view.click(f".chip:has([value={outcome}])")
        assert view.count.startswith(f"{promised} of ")
        view.click(f".chip:has([value={outcome}])")


def test_a_filtered_view_is_the_same_from_its_address(view: View, page: Path) -> None:
    view.open(page, "#clauses")
    view.one("#filter-q").send_keys("farms & more? #1 ü")
    view.until("return location.hash.includes('farms')")
    view.one("#filter-q").clear()
    view.one("#filter-q").send_keys('"reason 4"')
    view.click(".chip:has([value=SHOULD])")
    chosen(view, "service", "service3")
    view.until("return location.hash.includes('service3')")
    fragment, count, first = view.fragment, view.count, view.texts("th.clause a")
    view.open(page, fragment, anew=True)
    assert (view.count, view.texts("th.clause a")) == (count, first)
    assert view.run("return document.querySelector('[value=SHOULD]').checked")
    assert view.run("return document.getElementById('filter-service').value") == "service3"


def test_long_lists_come_in_pages_that_have_addresses(view: View, page: Path) -> None:
    view.open(page, "#clauses?outcome=inconclusive")
    first = view.texts("tbody th.clause a")
    assert len(first) == 100
    view.click(".pager a:last-of-type")
    last = view.texts("tbody th.clause a")
    assert 0 < len(last) <= 100
    assert not set(first) & set(last)
    view.back()
    assert view.texts("tbody th.clause a") == first


def test_the_matrix_has_the_operations_that_filters_leave(view: View, page: Path) -> None:
    view.open(page, "#operations?service=service1&q=ListFarms17%2F")
    assert view.texts("a.operation") == ["ListFarms17"]
    view.open(page, "#operations?service=service1")
    operations = [each for each in many()["operations"] if each["service"] == "service1"]
    assert view.texts("a.operation") == [each["operation"] for each in operations]


def test_the_matrix_has_both_numbers_of_every_family(view: View, page: Path) -> None:
    view.open(page, "#operations?service=service1")
    rows = view.run(
        "return [...document.querySelectorAll('.matrix tbody tr:not(.service)')].map((row) =>"
        "[...row.querySelectorAll('td')].map((cell) => ["
        "cell.dataset.title, cell.querySelector('.conformance')?.lastChild.textContent,"
        "cell.querySelector('.coverage')?.lastChild.textContent]))"
    )
    operations = [each for each in many()["operations"] if each["service"] == "service1"]
    for operation, cells in zip(operations, rows, strict=True):
        found = {name: (one, two) for name, one, two in cells}
        for family, score in operation["families"].items():
            conformance, coverage = score_of(operation, family)
            assert found[family] == (conformance, coverage), (operation["id"], score)
        whole = operation["conformance"], operation["coverage"]
        assert found["conformance"][0] == fraction(whole[0]["conforming"], whole[0]["judged"])
        assert found["coverage"][0] == fraction(whole[1]["judged"], whole[1]["clauses"])


def score_of(operation: dict[str, Any], family: str) -> tuple[str, str]:
    states = [state(each) for each in operation["clauses"] if each["part"] == family]
    conforming, violated = states.count("conforms"), states.count("violates")
    judged, clauses = conforming + violated, len(states) - states.count("apart")
    return fraction(conforming, judged), fraction(judged, clauses)


def fraction(some: int, out_of: int) -> str:
    return f"{some}/{out_of}" if out_of else "\N{EN DASH}"


def test_levels_change_the_numbers_of_the_matrix_which_says_so(view: View, page: Path) -> None:
    view.open(page, f"#operations?q={quote('service1.ListFarms17/')}")
    whole = view.texts("tr:not(.service) td.total")
    view.click(".chip:has([value=SHOULD])")
    assert "SHOULD clauses" in view.text(".matrix caption")
    assert view.texts("tr:not(.service) td.total") != whole
