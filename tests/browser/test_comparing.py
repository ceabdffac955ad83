"""Several reports side by side."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from browser.documents import pair
from browser.view import View
from reports.large import Document, small


@pytest.fixture(scope="module")
def page(paged: Callable[..., Path]) -> Path:
    return paged("pair", *pair())


def outcomes(document: Document) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The verdict and the findings of each clause, those apart told from the rest."""
    return {
        clause["id"]: (
            f"{clause['verdict']} {clause['apart'] is not None}",
            tuple(each["fingerprint"] for each in clause["findings"]),
        )
        for operation in document["operations"]
        for clause in operation["clauses"]
    }


def test_each_report_has_a_row_with_both_numbers(view: View, page: Path) -> None:
    view.open(page)
    for document, row in zip(pair(), view.all(".reports tbody tr"), strict=True):
        conformance, coverage = document["conformance"], document["coverage"]
        assert document["target"] in row.text
        assert f"{conformance['conforming']:,}/{conformance['judged']:,}" in row.text
        assert f"{coverage['judged']:,}/{coverage['clauses']:,}" in row.text


def test_operations_have_two_columns_for_each_report(view: View, page: Path) -> None:
    view.open(page, "#operations?service=service1")
    heads = [text.split() for text in view.texts(".matrix thead th.report")]
    assert heads == [["A", "http://old/"], ["B", "http://new/"]]
    cells = view.texts(".matrix tbody tr:nth-child(2) td.numbers .conformance")
    name = view.text("a.operation")
    expected = []
    for document in pair():
        operation = next(each for each in document["operations"] if each["operation"] == name)
        conformance, coverage = operation["conformance"], operation["coverage"]
        expected += [
            f"{conformance['conforming']}/{conformance['judged']}",
            f"{coverage['judged']}/{coverage['clauses']}",
        ]
    assert cells == expected


def test_clauses_on_which_reports_differ_are_filtered(view: View, page: Path) -> None:
    before, after = map(outcomes, pair())
    differ = {name for name in before if before[name] != after[name]}
    assert 0 < len(differ) < len(before)
    view.open(page)
    assert view.text(".differences a") == f"{len(differ):,} clauses"
    view.click(".differences a")
    assert "difference=differ" in view.fragment
    view.counts(f"{len(differ):,} of {len(before):,} clauses")
    assert set(view.texts("th.clause a")) <= differ


def test_what_one_report_alone_violates_is_filtered(view: View, page: Path) -> None:
    view.open(page, "#clauses?difference=only-0")
    [fixed] = [
        name
        for name, (_, findings) in outcomes(pair()[0]).items()
        if findings and not outcomes(pair()[1])[name][1]
    ]
    assert view.texts("th.clause a") == [fixed]
    assert [text.strip() for text in view.texts("td.why .badge")] == ["violates", "conforms"]


def test_an_outcome_is_filtered_in_one_report(view: View, page: Path) -> None:
    view.open(page, "#clauses?outcome=error&in=1")
    expected = pair()[1]["verdicts"]["error"]
    assert view.count.startswith(f"{expected:,} of ")
    assert {text.strip() for text in view.texts("tr td:last-child .badge")} == {"error"}


def test_a_clause_shows_what_each_report_has_of_it(view: View, page: Path) -> None:
    view.open(page, "#clauses?difference=only-0")
    view.click("th.clause a")
    assert [text.split() for text in view.texts("section.outcome h2")] == [
        ["A", "http://old/"],
        ["B", "http://new/"],
    ]
    assert [text.strip() for text in view.texts(".verdict .badge")] == ["violates", "conforms"]
    left, right = (each.rect for each in view.all("section.outcome"))
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]


def test_what_one_report_lacks_is_said_to_be_lacking(
    view: View, paged: Callable[..., Path]
) -> None:
    whole, less = small(target="http://whole/"), small(target="http://less/")
    [operation] = less["operations"]
    gone = operation["clauses"].pop()["id"]
    other = copy.deepcopy(small(target="http://other/"))
    other["operations"] = []
    page = paged("lacking", whole, less, other)
    view.open(page, f"#clauses?difference=lacking&q={quote(gone)}")
    assert gone in view.texts("th.clause a")
    view.open(page, "#clauses?difference=differ")
    assert not view.texts("th.clause a")
    view.open(page, f"#clause/{quote(gone)}")
    assert [text.strip() for text in view.texts("section.outcome > .badge, .verdict .badge")][
        1:
    ] == [
        "not in this report",
        "not in this report",
    ]


def test_reports_of_one_target_are_told_apart(view: View, paged: Callable[..., Path]) -> None:
    first, second = small(), small()
    first["made"], second["made"] = "2026-01-02T03:04:05+00:00", "2026-02-02T03:04:05+00:00"
    view.open(paged("versions", first, second))
    assert len(set(view.texts(".reports th[scope=row]"))) == 2
    assert "2026-01-02" in view.text("#about")
    assert "2026-02-02" in view.text("#about")
