"""Markdown for pull requests: within its size, complete, and never markup of somebody else."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from awsconform.conformance.reports.formats.markdown import COMMENT, LEAST, markdown
from reports.formats.documents import (
    FEW,
    Document,
    documents,
    findings,
    fingerprints,
    real,
    with_findings,
)

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
BLOCKS = {
    "heading_open", "paragraph_open", "bullet_list_open", "list_item_open", "table_open",
    "thead_open", "tbody_open", "tr_open", "th_open", "td_open", "fence", "html_block", "inline",
}  # fmt: skip
INLINE = {"text", "text_special", "code_inline", "strong_open", "strong_close", "softbreak"}
HTML = re.compile(
    r"(</?details>\n?"
    r"|<summary>(<b>(MUST|SHOULD|MAY)[a-z ]*</b> <code>[^<>]*</code>: <code>[^<>]*</code>"
    r"|[\w ]+)</summary>\n?)+"
)


def tokens_of(text: str) -> list[Token]:
    found = MARKDOWN.parse(text)
    assert {each.type for each in found if not each.type.endswith("_close")} <= BLOCKS
    return found


def many(document: Document, times: int) -> Document:
    """The same findings over and over."""
    [one, *_] = document["operations"]
    operations = []
    for number in range(times):
        operation = copy.deepcopy(one)
        operation["operation"] = f"ListFarms{number}"
        operations.append(operation)
    return {**document, "operations": operations}


def _lines(block: Token) -> str:
    """The text of a block, broken where it is in the source."""
    breaks = ("softbreak", "hardbreak")
    return "".join(
        "\n" if each.type in breaks else each.content
        for each in block.children or ()
        if each.type in (*breaks, "text")
    )


@FEW
@given(documents())
def test_nothing_in_a_report_becomes_markup(document: Document) -> None:
    text = markdown(document)
    tokens = tokens_of(text)
    inside = [child for each in tokens for child in each.children or ()]
    assert {each.type for each in inside} <= INLINE
    blocks = [each.content for each in tokens if each.type == "html_block"]
    assert all(HTML.fullmatch(each) for each in blocks)
    html = "".join(blocks)
    assert html.count("<details>") == html.count("</details>")
    lines = "\n".join(_lines(each) for each in tokens)
    assert not re.search(r"[@#]\w", lines)


@FEW
@given(document=documents(), limit=st.integers(LEAST, 20_000))
def test_it_keeps_to_its_size_and_accounts_for_every_finding(
    document: Document, limit: int
) -> None:
    text = markdown(document, limit=limit)
    assert len(text.encode()) <= limit
    assert text.endswith("\n")
    assert told(text) == len(fingerprints(document))


def told(text: str) -> int:
    """The findings in full, in brief, and those that are said to be left out."""
    tokens = tokens_of(text)
    html = "".join(each.content for each in tokens if each.type == "html_block")
    full = len(re.findall(r"<summary><b>", html))
    brief = sum(map(int, re.findall(r"<summary>(\d+) of \d+ findings? in brief", html)))
    words = [each.content for each in tokens if each.type == "inline"]
    left = [re.match(r"(\d+) of \d+ findings? do(es)? not fit here", each) for each in words]
    return full + brief + sum(int(each[1]) for each in left if each)


@settings(max_examples=20)
@given(times=st.integers(1, 30), limit=st.integers(LEAST, COMMENT))
def test_what_does_not_fit_is_told_briefly_and_then_counted(times: int, limit: int) -> None:
    document = many(with_findings(), times)
    text = markdown(document, limit=limit)
    assert len(text.encode()) <= limit
    assert told(text) == len(fingerprints(document))


def test_both_numbers_are_in_the_heading_and_in_the_text() -> None:
    document = {
        **real("deadline.GetFarm"),
        "conformance": {"conforming": 2, "judged": 3},
        "coverage": {"judged": 3, "clauses": 8},
    }
    text = markdown(document)
    assert text.startswith("## awsconform: 66 % conform · 37 % covered\n")
    assert "- conformance: 2 of 3 judged clauses\n" in text
    assert "- coverage: 3 of 8 clauses were judged\n" in text


def test_the_table_has_operations_by_families_and_their_sum() -> None:
    document = with_findings()
    rows = [each for each in markdown(document).splitlines() if each.startswith("|")]
    table = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert table[0] == [
        "operation", "request", "response", "errors", "wire", "pagination", "behaviour",
        "conformance", "coverage",
    ]  # fmt: skip
    by_name = {row[0]: row for row in table}
    for operation in document["operations"]:
        row = by_name[f"`{operation['operation']}`"]
        assert row[-1] == share(operation["coverage"], "judged", "clauses")
        assert row[-2].strip("*") == share(operation["conformance"], "conforming", "judged")
        for name, scored in operation["families"].items():
            judged = scored["conformance"]["judged"]
            expected = share(scored["conformance"], "conforming", "judged") if judged else "-"
            assert row[table[0].index(name)].strip("*") == expected
    requests = [each["families"]["request"]["conformance"] for each in document["operations"]]
    summed = {name: sum(each[name] for each in requests) for name in ("conforming", "judged")}
    assert by_name["**in all**"][1].strip("*") == share(summed, "conforming", "judged")


def share(scored: dict[str, Any], some: str, out_of: str) -> str:
    return f"{scored[some]}/{scored[out_of]}"


def test_a_long_table_is_folded_and_says_what_it_leaves_out() -> None:
    document = many(with_findings(), 400)
    text = markdown(document, limit=20_000)
    assert "<summary>400 operations</summary>" in text
    [shown] = re.findall(r"(\d+) of 400 operations are shown", text)
    assert len(re.findall(r"^\| `ListFarms\d+`", text, re.MULTILINE)) == int(shown) > 50
    assert "**in all**" in text


def test_a_finding_has_request_answer_and_curl() -> None:
    document = with_findings()
    _, finding = next(each for each in findings(document) if each[1]["response"] is not None)
    text = markdown(document)
    assert f"{finding['request']['method']} {finding['request']['path']}\n" in text
    assert f"HTTP {finding['response']['status']}\n" in text
    assert finding["reproduction"]["curl"] in text
    assert f"- fingerprint: `{finding['fingerprint']}`" in text


def test_the_gravest_come_first_and_the_flaky_last_among_them() -> None:
    document = with_findings()
    for number, (clause, finding) in enumerate(findings(document)):
        clause["level"] = ["MAY", "MUST", "SHOULD"][number % 3]
        finding["flaky"] = number % 2 == 0
    marks = re.findall(r"<summary><b>([A-Za-z ]+)</b>", markdown(document))
    order = ["MUST", "MUST flaky", "SHOULD", "SHOULD flaky", "MAY", "MAY flaky"]
    assert marks == sorted(marks, key=order.index)
    assert len(set(marks)) > 3


def test_no_half_command_is_given() -> None:
    document = with_findings()
    for _, finding in findings(document):
        finding["reproduction"]["curl"] = "curl " + "x" * 5000
    text = markdown(document)
    assert "**curl** is 5005 characters long; the JSON report has it whole." in text
    assert "xxxx" not in text


def test_a_run_that_judged_nothing_or_did_not_end_says_so_at_the_top() -> None:
    [operation] = copy.deepcopy(real("deadline.GetFarm"))["operations"]
    document = {
        **real("deadline.GetFarm"),
        "exitCode": 3,
        "verdicts": {**dict.fromkeys(operation["verdicts"], 0), "unimplemented": 61},
        "conformance": {"conforming": 0, "judged": 0},
        "coverage": {"judged": 0, "clauses": 61},
    }
    text = markdown(document)
    assert text.startswith("## awsconform: nothing was judged\n")
    assert "**Nothing was judged: the target has none of the operations.**" in text
    left = {**document, "verdicts": dict.fromkeys(operation["verdicts"], 0), "complete": False}
    assert "**Nothing was judged: no operation was done with. The run" in markdown(left)
    left = {"complete": False, "exitCode": 3, "contracts": {"a.B": "", "c.D": ""}}
    cut = {**real("deadline.GetFarm"), **left}
    assert "conform. The run did not end.**\nNothing is said of 1 operation.\n" in markdown(cut)


def test_a_size_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        markdown(real("deadline.GetFarm"), limit=LEAST - 1)
