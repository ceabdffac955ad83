"""Comparisons as a page: it has each difference, and no other."""

from __future__ import annotations

from hypothesis import given, settings

from awsconform.conformance.gate.comparing import Change, compare, compared
from awsconform.conformance.gate.comparison_page import changes_of
from awsconform.conformance.reports.html.names import names_of
from awsconform.conformance.reports.html.page_data import INDEX, page_data
from gate.documents import CONFORMS, Told, report, runs, violated

Clauses = dict[str, Told]


@settings(max_examples=30)
@given(runs, runs, runs)
def test_a_page_has_what_was_compared(first: Clauses, second: Clauses, third: Clauses) -> None:
    documents = [report(first), report(second, seed=8), report(third)]
    comparisons = compare([compared(str(place), each) for place, each in enumerate(documents)])
    index = page_data(documents, names_of(documents), changes_of(comparisons))[INDEX]
    kinds = [kind for kind, _ in index["changes"]["kinds"]]
    assert kinds == list(Change)
    ids = [
        index["operations"][operation]["id"] + tail
        for operation, tail in zip(
            index["clauses"]["operation"], index["clauses"]["tail"], strict=True
        )
    ]
    for comparison, had in zip(comparisons, index["changes"]["reports"], strict=True):
        assert {
            (ids[int(number)], kinds[kind], None if doubt < 0 else index["texts"][doubt])
            for number, (kind, doubt) in had.items()
        } == {(each.clause, each.change, each.uncertain) for each in comparison.differences}


def test_a_page_of_reports_that_were_not_compared_has_no_changes() -> None:
    documents = [report({"a.B/request/x#type": each}) for each in (CONFORMS, violated("a"))]
    assert page_data(documents, names_of(documents))[INDEX]["changes"] is None
