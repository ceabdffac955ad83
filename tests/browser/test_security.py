"""What comes from a target is data wherever it is shown, and the page asks nobody for anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from browser.view import View
from reports.large import Document, small, with_texts

ATTACK = (
    "</script></title></style></noscript></textarea>--><img src=x onerror=window.attacked=1>"
    "<svg onload=window.attacked=1><script>window.attacked=1</script>"
    "javascript:window.attacked=1//\u2028\u2029\u202e\0\x1b[31m\ud800'\"`${window.attacked=1}&lt;"
)


@pytest.fixture(scope="module")
def hostile() -> Document:
    document = with_texts(small(), lambda text: text + ATTACK)
    [finding] = [
        each
        for operation in document["operations"]
        for clause in operation["clauses"]
        for each in clause["findings"]
    ]
    finding["before"] = [dict(finding)]
    finding["shownBy"] = dict(finding)
    document["operations"][0]["trouble"] = ATTACK
    document["operations"][0]["leftBehind"] = [ATTACK]
    return document


def unharmed(view: View) -> None:
    assert view.run("return window.attacked") is None
    foreign = "img, iframe, [onerror], [onload], main script, base, object, embed"
    assert view.run(f"return document.querySelectorAll({foreign!r}).length") == 0
    assert view.run(
        "return [...document.querySelectorAll('[href]')]"
        ".every((each) => each.getAttribute('href').startsWith('#'))"
    )


@pytest.mark.parametrize("reports", [1, 2])
def test_hostile_text_is_shown_and_does_nothing(
    view: View, paged: Callable[..., Path], hostile: Document, reports: int
) -> None:
    page = paged(f"hostile-{reports}", *[hostile] * reports)
    for fragment in ("", "#clauses", "#remainder", "#run", "#clauses?outcome=violates"):
        view.open(page, fragment)
        unharmed(view)
        assert "onerror" in view.text("main")
    view.click("th.clause a")
    unharmed(view)
    for each in ("summary", "button"):
        view.run(f"document.querySelectorAll('article {each}').forEach((one) => one.click())")
    unharmed(view)
    view.click("p.path a:nth-of-type(3)")
    unharmed(view)
    assert "Left behind" in view.text("main")


def test_hostile_fragments_do_nothing(view: View, paged: Callable[..., Path]) -> None:
    page = paged("plain", small())
    for place in (
        "",
        "clause/",
        "operation/",
        "finding/",
        "clauses?q=",
        "clauses?page=",
        "clauses?in=",
    ):
        view.open(page, f"#{place}%3Cimg%20src=x%20onerror=window.attacked=1%3E")
        unharmed(view)


def test_characters_that_are_not_seen_or_move_others_are_written_out(
    view: View, paged: Callable[..., Path], hostile: Document
) -> None:
    view.open(paged("hostile-1", hostile), "#clauses?outcome=violates")
    view.click("th.clause a")
    shown = view.text("article")
    assert not set(shown) & set("\u202e\u2028\u2029\0\x1b")
    assert {"\\u2028\\u2029\\u202e\\u0000\\u001b", "\\ud800"} <= set(view.texts(".escape"))


def test_the_policy_holds_even_against_our_own_mistakes(
    view: View, paged: Callable[..., Path]
) -> None:
    view.open(paged("plain", small()))
    refused = view.run(
        "try { document.body.innerHTML = '<b>x</b>'; return 'taken'; }"
        "catch (error) { return error.name; }"
    )
    assert refused == "TypeError"
    blocked = view.driver.execute_async_script(
        "const done = arguments[0];"
        "fetch('https://example.invalid/').then(() => done('sent'), (error) => done(error.name))"
    )
    assert blocked == "TypeError"
    complaints = view.complaints()
    assert complaints
    assert not any("example.invalid" in each and each.startswith("request") for each in complaints)
