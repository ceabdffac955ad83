"""Report documents to try formats on: of real runs, and drawn from these with any texts in them."""

from __future__ import annotations

import copy
import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.reports.document import report_document
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.running import RunOptions
from awsconform.conformance.running import run as brought_up
from awsconform.specs import catalog
from faulty.fault import in_process

Document = dict[str, Any]
FAMILIES = ("request", "response", "errors", "wire", "pagination", "behaviour")
# A drawn document is large.
FEW = settings(max_examples=30)
SILENT = ("inconclusive", "unimplemented", "unexercised", "error")


class Lax(Emulator):
    """Takes every request for a valid one, so that there are findings."""

    def validate(self, contract: Any, request: Any) -> list[Any]:
        return []


@functools.cache
def real(*operations: str, lax: bool = False) -> Document:
    """What a run against the embedded emulator came to, or one against a lax one."""
    application = Lax() if lax else Emulator()
    options = RunOptions(seed=5, examples=0)
    target = in_process(application, "emulator:")
    made = brought_up(catalog.select(operations), target, options)
    return report_document(made, endpoint_of("emulator:"))


def pool() -> list[Document]:
    """Operations of real runs, some with findings."""
    lax = real("deadline.ListFarms", "sagemaker-edge.GetDeployments", lax=True)
    return [*lax["operations"], *real("deadline.GetFarm")["operations"]]


def with_findings() -> Document:
    """A real document with findings, to be changed at will."""
    return copy.deepcopy(real("deadline.ListFarms", "sagemaker-edge.GetDeployments", lax=True))


def findings(document: Document) -> Iterator[tuple[Document, Document]]:
    """Each finding with its clause."""
    for operation in document["operations"]:
        for clause in operation["clauses"]:
            for finding in clause["findings"]:
                yield clause, finding


def fingerprints(document: Document) -> list[str]:
    return [finding["fingerprint"] for _, finding in findings(document)]


HOSTILE = (
    "]]>",
    "</failure></testcase>",
    "<!-- <script>alert(1)</script>",
    "<details>\n\n</details>",
    "&lt;&amp;&#0;",
    "\x00\x0b\x1b[31m\x7f\x85",
    "\ud800",
    "\ufffe\uffff\u2028\u202e",
    "@octocat @org/team #1 GH-1 org/repo#2",
    "`code` ``two`` ```\n~~~\n```",
    "| a | b |\n|---|---|\n\\| \\",
    "# heading\n- list\n1. one\n> quote\n---\n",
    "[link](http://example.com) ![image](x) <http://example.com> www.example.com",
    "**bold** __bold__ ~~gone~~ $x^2$ :tada: \\*",
    "{0} {{1}} {name} [a](1)",
    "::error::no\n::endgroup::",
    "[[PROPERTY|a=b]] ]]",
    "\r\n\t  \r",
    "x" * 700,
)
TEXTS = st.lists(
    st.one_of(st.text(st.characters(), max_size=20), st.sampled_from(HOSTILE)), max_size=4
).map("".join)
_BODIES = st.one_of(
    st.fixed_dictionaries({"text": TEXTS}),
    st.sampled_from(["", "AA==", "/wD+", "////" * 2000]).map(lambda each: {"base64": each}),
)
_HEADERS = st.lists(st.tuples(TEXTS, TEXTS).map(list), max_size=2)
_REQUESTS = st.fixed_dictionaries(
    {
        "method": st.sampled_from(["GET", "POST"]),
        "path": TEXTS,
        "hostPrefix": st.just(""),
        "headers": _HEADERS,
        "body": _BODIES,
    }
)
_RESPONSES = st.fixed_dictionaries(
    {"status": st.integers(100, 599), "headers": _HEADERS, "body": _BODIES}
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document that could be: real operations and clauses, any texts, counts that are right."""
    chosen = draw(st.lists(st.sampled_from(pool()), unique_by=lambda each: each["id"], max_size=3))
    operations = [draw(_operations(each)) for each in chosen]
    document = copy.deepcopy(real("deadline.GetFarm"))
    document["target"] = draw(TEXTS)
    document["operations"] = operations
    document.update(_counted([each for one in operations for each in one["clauses"]]))
    verdicts = document["verdicts"]
    document["complete"] = draw(st.booleans())
    good = document["complete"] and verdicts["conforms"] and not verdicts["error"]
    document["exitCode"] = 1 if verdicts["violates"] else 0 if good else 3
    asked = [*(each["id"] for each in operations), *([] if document["complete"] else ["x.Y"])]
    document["contracts"] = dict.fromkeys(asked, "0" * 64)
    return document


@st.composite
def _operations(draw: st.DrawFn, original: Document) -> Document:
    operation = {**original, "trouble": draw(st.none() | TEXTS)}
    violated = [each for each in original["clauses"] if each["findings"]]
    some = st.sampled_from(original["clauses"])
    either = st.one_of(some, st.sampled_from(violated)) if violated else some
    chosen = draw(st.lists(either, unique_by=lambda each: each["id"], max_size=6))
    operation["clauses"] = [draw(_clauses(each)) for each in chosen]
    operation.update(_counted(operation["clauses"]))
    by_family = {
        family: [each for each in operation["clauses"] if each["part"] == family]
        for family in FAMILIES
    }
    operation["families"] = {
        family: {name: value for name, value in _counted(each).items() if name != "verdicts"}
        for family, each in by_family.items()
        if each
    }
    return operation


@st.composite
def _clauses(draw: st.DrawFn, original: Document) -> Document:
    clause = {**original, "statement": draw(TEXTS), "reason": draw(TEXTS)}
    clause["drawn"] = draw(st.booleans())
    clause["view"] = draw(st.sampled_from(["wire", "sdk", None]))
    clause["level"] = draw(st.sampled_from(["MUST", "SHOULD", "MAY"]))
    if clause["findings"]:
        clause["findings"] = [draw(_findings(each)) for each in original["findings"]]
    elif clause["apart"] is None:
        clause["verdict"] = draw(st.sampled_from(["conforms", *SILENT]))
    else:
        clause["apart"] = draw(TEXTS)
    return clause


@st.composite
def _findings(draw: st.DrawFn, original: Document) -> Document:
    finding = copy.deepcopy(original)
    for name in ("expected", "observed", "observation", "detail"):
        finding[name] = draw(TEXTS)
    finding["flaky"], finding["drawn"] = draw(st.booleans()), draw(st.booleans())
    finding["request"] = draw(st.none() | _REQUESTS)
    finding["response"] = draw(st.none() | _RESPONSES)
    finding["trouble"] = draw(st.none() | TEXTS) if finding["response"] is None else None
    if draw(st.booleans()):
        same = ("operation", "intent", "value", "view", "parsed", "detail")
        kept = {name: finding[name] for name in same}
        messages = {"request": draw(_REQUESTS), "response": draw(_RESPONSES)}
        finding["shownBy"] = {**kept, **messages, "trouble": None}
    for name in ("awsconform", "boto3", "cli", "curl"):
        finding["reproduction"][name] = draw(TEXTS)
    return finding


def _counted(clauses: Iterable[Document]) -> Document:
    """Verdicts and both numbers, counted anew."""
    clauses = list(clauses)
    verdicts = Counter(each["verdict"] for each in clauses)
    judged = verdicts["conforms"] + verdicts["violates"]
    apart = sum(
        each["apart"] is not None and each["verdict"] not in ("conforms", "violates")
        for each in clauses
    )
    return {
        "verdicts": {name: verdicts[name] for name in ("conforms", "violates", *SILENT)},
        "conformance": {"conforming": verdicts["conforms"], "judged": judged},
        "coverage": {"judged": judged, "clauses": len(clauses) - apart},
        "apart": apart,
    }
