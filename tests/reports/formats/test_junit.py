"""JUnit XML: as Jenkins accepts it, each clause once, whatever texts are in a report."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from hypothesis import given
from lxml import etree

from awsconform.conformance.reports.formats.junit import junit
from reports.formats.documents import (
    FEW,
    Document,
    documents,
    findings,
    fingerprints,
    real,
    with_findings,
)

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "junit-10.xsd"))
# A consumer may read no more than this at once; lxml refuses texts of 10 MB otherwise.
PARSER = etree.XMLParser(huge_tree=False, resolve_entities=False)
PROPERTY = re.compile(r"^\[\[PROPERTY\|(\w+)=(.*)\]\]$")


def parsed(document: Document) -> etree._Element:
    root = etree.fromstring(junit(document).encode(), PARSER)
    SCHEMA.assertValid(root)
    return root


def properties(case: etree._Element) -> list[tuple[str, str]]:
    matches = [PROPERTY.match(line) for line in case.findtext("system-out").split("\n")]
    return [(match[1], match[2]) for match in matches if match]


@FEW
@given(documents())
def test_any_report_is_accepted_and_counted_as_it_is(document: Document) -> None:
    root = parsed(document)
    suites = root.findall("testsuite")
    assert [each.get("name") for each in suites] == [each["id"] for each in document["operations"]]
    for suite, operation in zip(suites, document["operations"], strict=True):
        cases = suite.findall("testcase")
        assert [each.get("name") for each in cases] == [each["id"] for each in operation["clauses"]]
        assert {each.get("classname") for each in cases} <= {operation["id"]}
        verdicts = operation["verdicts"]
        told = {name: int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")}
        silent = sum(verdicts[name] for name in ("inconclusive", "unimplemented", "unexercised"))
        assert told == {
            "tests": sum(verdicts.values()),
            "failures": verdicts["violates"],
            "errors": verdicts["error"],
            "skipped": silent,
        }
        ended = Counter(each.tag for case in cases for each in case if each.tag != "system-out")
        assert +Counter(failure=verdicts["violates"], error=verdicts["error"], skipped=silent) == (
            ended
        )
    for name in ("tests", "failures", "errors"):
        assert int(root.get(name)) == sum(int(each.get(name)) for each in suites)


@FEW
@given(documents())
def test_properties_of_a_clause_stand_in_its_output(document: Document) -> None:
    cases = parsed(document).iter("testcase")
    clauses = [each for one in document["operations"] for each in one["clauses"]]
    for case, clause in zip(cases, clauses, strict=True):
        assert case.find("properties") is None
        told = properties(case)
        assert len(told) == len(case.findtext("system-out").split("\n"))
        assert not any("[[" in value or "]]" in value for _, value in told)
        for name in ("level", "kind", "verdict"):
            assert (name, clause[name]) in told
        found = [value for name, value in told if name == "fingerprint"]
        assert found == [each["fingerprint"] for each in clause["findings"]]
        flaky = [value for name, value in told if name == "flaky"]
        assert flaky == [each["fingerprint"] for each in clause["findings"] if each["flaky"]]


@FEW
@given(documents())
def test_every_finding_is_in_a_failure(document: Document) -> None:
    failures = "".join(each.text for each in parsed(document).iter("failure"))
    told = re.findall(r"^fingerprint  ([0-9a-f]{12})$", failures, re.MULTILINE)
    # A text may have such a line of its own.
    assert Counter(told) >= Counter(fingerprints(document))


def test_a_failure_says_what_was_expected_what_came_and_how_to_see_it_again() -> None:
    document = with_findings()
    answered = (each for each in findings(document) if each[1]["response"] is not None)
    clause, finding = next(answered)
    finding["reproduction"]["curl"] = "\n".join(f"line {number}" for number in range(20))
    [failure] = parsed(document).xpath("//testcase[@name=$name]/failure", name=clause["id"])
    assert failure.get("type") == "violates"
    assert failure.get("message").startswith(finding["observed"])
    for expected in (
        clause["statement"],
        f"expected     {finding['expected']}",
        f"came         {finding['observed']}",
        f"request      {finding['request']['method']} {finding['request']['path']}",
        f"answer       HTTP {finding['response']['status']}",
        "awsconform run ",
        "curl         line 0",
        "… and 12 more lines",
    ):
        assert expected in failure.text


def test_a_flaky_finding_is_marked() -> None:
    document = with_findings()
    clause, _ = next(findings(document))
    for each in clause["findings"]:
        each["flaky"] = True
    [failure] = parsed(document).xpath("//testcase[@name=$name]/failure", name=clause["id"])
    assert failure.get("message").startswith("flaky: ")
    assert "it did not come up again" in failure.text


def test_what_was_not_judged_is_skipped_with_its_reason() -> None:
    document = with_findings()
    skipped = {each.getparent().get("name"): each for each in parsed(document).iter("skipped")}
    clauses = [each for one in document["operations"] for each in one["clauses"]]
    silent = [each for each in clauses if each["verdict"] not in ("conforms", "violates")]
    assert len(silent) == len(skipped) > 0
    for clause in silent:
        told = skipped[clause["id"]]
        kind = "unexercised" if clause["apart"] is None else "apart"
        assert told.get("type") == kind
        assert told.get("message") == f"{kind}: {clause['apart'] or clause['reason']}"


def test_what_xml_cannot_hold_is_written_as_an_escape() -> None:
    document = with_findings()
    _, finding = next(findings(document))
    finding["observed"] = "a\x00b\ud800c\x1b[31m"
    text = junit(document)
    assert r"a\x00b\ud800c\x1b[31m" in text
    assert text.startswith("<?xml version='1.0' encoding='utf-8'?>\n")


def test_times_and_dates_are_those_of_the_report_and_no_host_is_made_up() -> None:
    document = {**real("deadline.GetFarm"), "seconds": 12345.6789}
    root = parsed(document)
    [suite] = root
    assert root.get("time") == "12345.679"
    assert suite.get("timestamp") == document["made"]
    assert suite.get("hostname") is None
    [operation] = document["operations"]
    told = parsed({**document, "operations": [{**operation, "seconds": 1.5}]})
    assert told[0].get("time") == "1.500"
