"""A finding with all it has to show, and the ways to it and out of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from browser.documents import many, shown
from browser.view import View
from reports.large import Document, small

TOOLS = {"awsconform": "awsconform", "boto3": "boto3", "AWS CLI": "cli", "curl": "curl"}


@pytest.fixture(scope="module")
def page(paged: Callable[..., Path]) -> Path:
    return paged("findings", shown("x7"))


def violated(document: Document) -> tuple[Document, Document]:
    """The first clause that is violated, and its finding."""
    return next(
        (clause, clause["findings"][0])
        for operation in document["operations"]
        for clause in operation["clauses"]
        if clause["findings"]
    )


def test_one_gets_from_the_first_page_to_a_finding(view: View, of_many: Path) -> None:
    clause, finding = violated(many())
    view.open(of_many)
    view.click(".counts a:has(.violates)")
    view.click("th.clause a")
    assert view.text("h1") == clause["id"]
    assert view.text(".fingerprint") == finding["fingerprint"]
    view.back()
    assert view.texts("th.clause a")[0] == clause["id"]


def test_a_link_to_a_finding_leads_there(view: View, page: Path) -> None:
    clause, finding = violated(shown("x7"))
    for anew in (True, False):
        view.open(page, f"#finding/{finding['fingerprint']}", anew=anew)
        assert view.text("h1") == clause["id"]
        assert finding["fingerprint"] in view.run("return document.activeElement.id")


def test_a_link_to_a_clause_leads_there_whatever_its_id(view: View, page: Path) -> None:
    [operation] = shown("x7")["operations"]
    view.open(page, "#operation/deadline.ListFarms")
    # As they are listed.
    for number, clause in list(enumerate(operation["clauses"], 1))[:40:8]:
        view.click(f"tr:nth-child({number}) th.clause a")
        assert view.text("h1") == clause["id"]
        view.back()


def test_what_no_report_has_is_said_to_be_missing(view: View, page: Path) -> None:
    for place in ("finding/000000000000", "clause/a.B/wire%23json", "operation/a.B", "clause/%E0"):
        view.open(page, f"#{place}")
        assert view.text("h1") == "Not here"


def test_a_finding_shows_what_its_document_says(view: View, page: Path) -> None:
    clause, finding = violated(shown("x7"))
    view.open(page, f"#finding/{finding['fingerprint']}")
    text = view.text("article")
    plain = clause["statement"].replace("`", "")
    for expected in (plain, clause["level"], finding["expected"], finding["observed"], "Source: "):
        assert expected in text
    assert f"HTTP {finding['response']['status']}" in text
    request = finding["request"]
    assert view.text(".message .first").split() == [
        request["method"],
        f"{request['hostPrefix']}\N{HORIZONTAL ELLIPSIS}",
        request["path"],
    ]
    for name, value in finding["request"]["headers"]:
        assert name in text
        assert value in text
    assert '"x7"' in text


def test_the_difference_and_the_place_that_breaks_the_clause_are_marked(
    view: View, page: Path
) -> None:
    _, finding = violated(shown("x7"))
    view.open(page, f"#finding/{finding['fingerprint']}")
    assert "accepted with 200" in " ".join(view.texts(".observed mark"))
    assert view.texts(".first.marked mark") == ["HTTP 200"]


@pytest.mark.parametrize("permitted", [True, False])
@pytest.mark.parametrize("tool", TOOLS)
def test_the_reproduction_is_copied_whole(
    view: View, page: Path, tool: str, permitted: bool
) -> None:
    _, finding = violated(shown("x7"))
    view.open(page, f"#finding/{finding['fingerprint']}")
    view.allow("clipboard-write", "granted" if permitted else "denied")
    refused = view.driver.execute_async_script(
        "navigator.permissions.query({name: 'clipboard-write'})"
        ".then(({state}) => arguments[0](state === 'denied'))"
    )
    assert refused is not permitted
    view.press(tool, "[role=tablist]")
    view.click("[role=tabpanel]:not([hidden]) .panel-tools > .copy")
    view.reads("[role=tabpanel]:not([hidden]) .panel-tools > .copy", "Copied")
    assert view.pasted() == finding["reproduction"][TOOLS[tool]].rstrip()
    view.reads("#announcements", "Copied")


def test_a_link_that_was_copied_leads_to_the_finding(view: View, page: Path) -> None:
    _, finding = violated(shown("x7"))
    view.open(page, f"#finding/{finding['fingerprint']}")
    view.click(".finding-name .copy")
    view.reads(".finding-name .copy", "Copied")
    assert view.pasted() == f"{page.as_uri()}#finding/{finding['fingerprint']}"


def test_the_tool_chosen_last_is_open_in_the_next_finding(view: View, of_many: Path) -> None:
    view.open(of_many, "#clauses?outcome=violates")
    view.click("th.clause a")
    view.click("[role=tab]:nth-child(4)")
    view.click(".pager a:last-child")
    assert view.text("[role=tab][aria-selected=true]") == "curl"


def test_one_goes_through_filtered_clauses_one_by_one(view: View, of_many: Path) -> None:
    view.open(of_many, "#clauses?outcome=violates&service=service3")
    ids = view.texts("th.clause a")[:4]
    view.click("th.clause a")
    for each in ids[1:]:
        view.click(".pager a:last-child")
        assert view.text("h1") == each
    view.click(".pager a:first-child")
    assert view.text("h1") == ids[2]


def test_bodies_are_laid_out_and_also_there_as_they_were_sent(view: View, page: Path) -> None:
    _, finding = violated(shown("x7"))
    view.open(page, f"#finding/{finding['fingerprint']}")
    body = ".message:last-child .body"
    assert len(view.texts(f"{body} .line")) > 4
    view.click(f"{body} [aria-pressed]")
    assert view.text(f"{body} pre") == finding["response"]["body"]["text"]


def test_a_long_body_is_shortened_until_somebody_asks(
    view: View, paged: Callable[..., Path]
) -> None:
    document = shown("y" * 60_000)
    _, finding = violated(document)
    view.open(paged("long", document), f"#finding/{finding['fingerprint']}")
    body = ".message:last-child .body"
    assert len(view.text(f"{body} pre")) < 30_000
    view.press("Show all", body)
    assert "y" * 60_000 in view.text(f"{body} pre")


def test_what_was_made_before_is_there_when_it_is_opened(
    view: View, paged: Callable[..., Path]
) -> None:
    document = small()
    _, finding = violated(document)
    finding["before"] = [{**finding, "operation": "deadline.CreateFarm"}]
    finding["shownBy"] = {**finding, "operation": "deadline.GetFarm"}
    finding["shownBy"] |= {"response": None, "trouble": "no answer"}
    view.open(paged("before", document), f"#finding/{finding['fingerprint']}")
    assert "deadline.GetFarm" in view.text("article")
    assert "no answer" in view.text("article")
    assert "deadline.CreateFarm" not in view.text("article")
    view.click("details.before summary")
    view.until("return document.querySelector('details.before .exchange') !== null")
    assert "deadline.CreateFarm" in view.text("details.before")


def test_what_a_client_returned_stands_for_an_answer_nobody_saw(
    view: View, paged: Callable[..., Path]
) -> None:
    document = small()
    _, finding = violated(document)
    finding["request"] = finding["response"] = None
    finding["parsed"] = {"value": {"farms": [2**63]}, "code": "NotThere", "status": None}
    view.open(paged("returned", document), f"#finding/{finding['fingerprint']}")
    text = view.text("article")
    assert "a call of deadline.ListFarms" in text
    assert "ClientError NotThere" in text
    assert str(2**63) in text


def test_a_body_of_which_the_beginning_was_kept_says_so(
    view: View, paged: Callable[..., Path]
) -> None:
    document = small()
    _, finding = violated(document)
    finding["response"]["body"] = {"text": "the beginning", "length": 1_234_567, "cut": True}
    view.open(paged("cut", document), f"#finding/{finding['fingerprint']}")
    assert "the beginning of 1,234,567 bytes" in view.text(".message:last-child .body-tools")
