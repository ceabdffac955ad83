"""The HTML report as a file: complete, self-contained, and data of a target only ever data."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.reports.html import html
from awsconform.conformance.reports.html.embedding import data_block, escaped
from awsconform.conformance.reports.html.names import names_of
from awsconform.conformance.reports.html.page_data import page_data
from awsconform.conformance.reports.html.scripts import FOLDER as SCRIPTS
from awsconform.conformance.reports.html.scripts import MAIN, bundle, in_order
from awsconform.conformance.reports.html.style import FOLDER as STYLE
from awsconform.conformance.reports.html.style import PARTS, style_sheet
from awsconform.errors import UsageError
from reports.hand_made import CREATE, GET, LIST, exchange, run
from reports.large import Document, document_of, large, small, with_texts

ATTACK = (
    "</script></noscript></title>--><img src=x onerror=alert(1)>\u2028\u2029'\"&amp;\x00\ud800`"
)


class Page(HTMLParser):
    """The elements of a page with their attributes, and the texts of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.styles: list[str] = []
        self.texts: list[str] = []
        self._within = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._within = tag if tag in ("script", "style") else ""
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = attributes, text + data
        elif self._within == "style":
            self.styles.append(data)
        else:
            self.texts.append(data)

    @property
    def data(self) -> dict[str, Any]:
        """What the blocks of data hold, by name."""
        return {
            str(attributes["id"]): json.loads(text)
            for attributes, text in self.scripts
            if attributes.get("type") == "application/json"
        }

    @property
    def policy(self) -> str:
        """The Content-Security-Policy."""
        [policy] = [
            attributes["content"]
            for tag, attributes in self.elements
            if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        return policy or ""


def digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def test_the_policy_allows_the_one_script_and_the_one_style_and_nothing_else() -> None:
    page = Page(html([small()]))
    [script] = [text for attributes, text in page.scripts if attributes["type"] == "module"]
    allowed = dict(each.split(" ", 1) for each in page.policy.split("; "))
    assert allowed == {
        "default-src": "'none'",
        "script-src": digest(script),
        "style-src": digest("".join(page.styles)),
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


def test_nothing_is_loaded_from_elsewhere() -> None:
    page = Page(html([small(), large(500)]))
    for tag, attributes in page.elements:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base", "form"}
        assert not {"src", "srcset", "action", "style"} & attributes.keys()
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.search(r"url\(|@import", style_sheet())


def test_scripts_read_no_html_and_run_no_text() -> None:
    sinks = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|DOMParser"
    assert not re.search(sinks, bundle())
    assert not re.search(r"</script|<!--", bundle(), re.IGNORECASE)
    assert not re.search(r"</style", style_sheet(), re.IGNORECASE)


def test_every_script_and_style_is_part_of_the_page() -> None:
    assert sorted(in_order(MAIN)) == sorted(file.stem for file in SCRIPTS.iterdir())
    assert sorted(PARTS) == sorted(file.stem for file in STYLE.iterdir())


def test_what_is_imported_stands_before_what_imports_it() -> None:
    order = in_order(MAIN)
    for name in order:
        for imported in re.findall(r'from "\./(\w+)\.js"', (SCRIPTS / f"{name}.js").read_text()):
            assert order.index(imported) < order.index(name)


def test_no_text_of_a_document_becomes_markup() -> None:
    def shape(page: Page) -> list[tuple[str, list[str]]]:
        return [(tag, sorted(attributes)) for tag, attributes in page.elements]

    plain = small()
    attacked = Page(html([with_texts(plain, lambda text: text + ATTACK)]))
    assert shape(attacked) == shape(Page(html([plain])))
    assert not any("<" in text for attributes, text in attacked.scripts if "id" in attributes)


@given(st.text(), st.text())
def test_blocks_hold_any_text_and_never_end_early(name: str, text: str) -> None:
    block = data_block("x", {name: [text, 1, None]})
    assert block.isascii()
    assert block.count("<") == 2
    assert json.loads(block[block.index(">") + 1 : block.rindex("<")]) == {name: [text, 1, None]}


@given(st.text())
def test_escaped_text_is_ascii_and_no_markup(text: str) -> None:
    made = escaped(text)
    assert made.isascii()
    assert not set("<>\"'\0") & set(made)


def test_a_number_that_is_none_of_json_is_no_data() -> None:
    with pytest.raises(ValueError, match="JSON"):
        data_block("x", float("nan"))


def clauses_of(documents: list[Document], place: int) -> dict[str, dict[str, Any]]:
    """What the data of a page says of the clauses of one of its documents, by id."""
    data = Page(html(documents)).data
    index = data["index"]
    words, texts = index["words"], index["texts"]
    columns, outcomes = index["clauses"], index["outcomes"][place]
    found = {}
    for number, operation in enumerate(columns["operation"]):
        if outcomes["verdict"][number] < 0:
            continue
        stated = index["operations"][operation]
        apart = outcomes["apart"][number]
        block = data.get(stated["facts"][place]["block"] or "", {"findings": {}})
        found[stated["id"] + columns["tail"][number]] = {
            "part": words["families"][columns["family"][number]],
            "level": words["levels"][outcomes["level"][number]],
            "verdict": words["verdicts"][outcomes["verdict"][number]],
            "statement": texts[outcomes["statement"][number]],
            "reason": texts[outcomes["reason"][number]],
            "apart": None if apart < 0 else texts[apart],
            "exchanges": outcomes["exchanges"][number],
            "findings": [
                (
                    head[0],
                    *(texts[each] for each in head[1:4]),
                    *(bool(each) for each in head[4:]),
                    block["exchanges"][shown["exchange"]]["response"],
                    json.loads(block["exchanges"][shown["exchange"]]["value"]),
                    shown["reproduction"],
                )
                for head, shown in zip(
                    outcomes["findings"].get(str(number), []),
                    block["findings"].get(str(number), []),
                    strict=True,
                )
            ],
        }
    return found


def as_stated(document: Document) -> dict[str, dict[str, Any]]:
    members = ("part", "level", "verdict", "statement", "reason", "apart", "exchanges")
    of_a_finding = (
        "fingerprint",
        "observation",
        "expected",
        "observed",
        "flaky",
        "drawn",
        "response",
        "value",
        "reproduction",
    )
    return {
        clause["id"]: {
            **{member: clause[member] for member in members},
            "findings": [tuple(each[name] for name in of_a_finding) for each in clause["findings"]],
        }
        for operation in document["operations"]
        for clause in operation["clauses"]
    }


@pytest.mark.parametrize(
    "documents",
    [
        [small()],
        [large(300)],
        [large(300), large(500, shift=1, target="moto:"), small()],
        [document_of(run(GET)), document_of(run(CREATE, verdict=Verdict.UNIMPLEMENTED))],
        [with_texts(small(), lambda text: text + ATTACK)],
    ],
    ids=["one", "large", "several", "of different operations", "hostile"],
)
def test_all_that_documents_say_of_clauses_is_in_the_data(documents: list[Document]) -> None:
    for place, document in enumerate(documents):
        assert clauses_of(documents, place) == as_stated(document)


def test_a_value_keeps_numbers_that_browsers_cannot_hold() -> None:
    document = small()
    for clause in document["operations"][0]["clauses"]:
        for finding in clause["findings"]:
            finding["value"] = {"maxResults": 2**63 - 1, "other": float("nan")}
    [block] = [value for name, value in Page(html([document])).data.items() if name != "index"]
    assert str(2**63 - 1) in block["exchanges"][0]["value"]


def test_an_exchange_that_several_findings_show_is_there_once() -> None:
    document = small()
    [violated] = [each for each in document["operations"][0]["clauses"] if each["findings"]]
    violated["findings"] = [
        {**copy.deepcopy(violated["findings"][0]), "fingerprint": f"{number:012x}"}
        for number in range(5)
    ]
    data = page_data([document], ["x"])
    [block] = [value for name, value in data.items() if name != "index"]
    assert len(block["exchanges"]) == 1
    assert [len(each) for each in block["findings"].values()] == [5]


def test_services_and_operations_of_several_documents_stay_together() -> None:
    one, other = large(900, services=3), large(1200, services=4, shift=2)
    other["operations"].reverse()
    operations = page_data([one, other], ["a", "b"])["index"]["operations"]
    services = [each["service"] for each in operations]
    assert sorted(set(services), key=services.index) == [
        name for name, before in zip(services, [None, *services], strict=False) if name != before
    ]
    assert {each["id"] for each in operations} == {
        each["id"] for document in (one, other) for each in document["operations"]
    }


def test_documents_are_called_by_what_tells_them_apart() -> None:
    one, two = small(target="moto:"), small(target="moto:")
    other = small(target="http://localhost:5000")
    for document in (one, two, other):
        document["made"] = "2026-01-02T03:04:05+00:00"
    assert names_of([one, other]) == ["moto:", "http://localhost:5000"]
    two["made"] = "2026-01-03T03:04:05+00:00"
    assert names_of([one, other, two]) == [
        "moto:, 2026-01-02 03:04:05",
        "http://localhost:5000",
        "moto:, 2026-01-03 03:04:05",
    ]
    assert len(set(names_of([one, copy.deepcopy(one), other]))) == 3


def test_without_scripts_there_is_a_table_of_every_operation_with_both_numbers() -> None:
    documents = [large(300), document_of(run(LIST, verdict=Verdict.ERROR, target="moto:"))]
    text = html(documents)
    [table] = re.findall(r"<noscript>(.*?)</noscript>", text, re.DOTALL)
    for document in documents:
        assert f"<caption>{document['target']}" in table
        for scored in [*document["operations"], document]:
            name = scored.get("id", "in all")
            conformance, coverage = scored["conformance"], scored["coverage"]
            assert (
                f'<th scope="row">{name}</th>'
                f"<td>{conformance['conforming']}/{conformance['judged']}</td>"
                f"<td>{coverage['judged']}/{coverage['clauses']}</td>"
            ) in table


@pytest.mark.parametrize(
    "document",
    [
        document_of(run(LIST)),
        document_of(run(LIST, verdict=Verdict.UNIMPLEMENTED, reason="501")),
        document_of(run(LIST, verdict=Verdict.ERROR, reason="ZeroDivisionError")),
        {**document_of(run(LIST)), "operations": []},
        {**document_of(run(LIST)), "complete": False, "contracts": {"a.B": "", "a.C": ""}},
        document_of(run(violated="#minimum", shown=exchange(LIST, {}, answer=b"\xff\x00"))),
    ],
    ids=["kept", "absent", "failed", "empty", "not ended", "binary"],
)
def test_every_kind_of_document_has_a_page(document: Document) -> None:
    [shown] = Page(html([document])).data["index"]["documents"]
    assert shown["exitCode"] == document["exitCode"]
    assert shown["complete"] is document.get("complete", True)
    done = {operation["id"] for operation in document["operations"]}
    assert shown["unsaid"] == [name for name in document.get("contracts", ()) if name not in done]


def test_no_document_is_an_error_of_the_call() -> None:
    with pytest.raises(UsageError, match="no report"):
        html([])


def test_the_same_documents_make_the_same_page() -> None:
    documents = [large(300), small()]
    assert html(documents) == html(copy.deepcopy(documents))
