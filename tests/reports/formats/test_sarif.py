"""SARIF: by its schema and GitHub's conditions, with fingerprints that stay."""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awsconform.conformance.reports.formats.sarif import sarif
from awsconform.errors import UsageError
from reports.formats.documents import (
    FEW,
    TEXTS,
    Document,
    documents,
    findings,
    fingerprints,
    real,
    with_findings,
)

VALIDATOR = jsonschema_rs.validator_for(
    json.loads((Path(__file__).parent / "sarif.schema.json").read_text(encoding="utf-8")),
    validate_formats=True,
)
OASIS = Path(os.environ.get("AWSCONFORM_SARIF_SCHEMA", ""))
LEVELS = {"MUST": "error", "SHOULD": "warning", "MAY": "note"}


def run_of(document: Document, **options: Any) -> dict[str, Any]:
    log = json.loads(sarif(document, **options))
    VALIDATOR.validate(log)
    [run] = log["runs"]
    return dict(run)


@FEW
@given(documents())
def test_any_report_is_valid_and_keeps_every_fingerprint(document: Document) -> None:
    run = run_of(document)
    told = [each["partialFingerprints"]["primaryLocationLineHash"] for each in run["results"]]
    assert Counter(told) == Counter(fingerprints(document))
    assert [each["partialFingerprints"]["awsconform/v1"] for each in run["results"]] == told


@FEW
@given(documents())
def test_each_result_has_the_rule_level_and_texts_of_its_finding(document: Document) -> None:
    run = run_of(document)
    rules = run["tool"]["driver"]["rules"]
    known = {finding["fingerprint"]: (clause, finding) for clause, finding in findings(document)}
    for result in run["results"]:
        clause, finding = known[result["properties"]["fingerprint"]]
        assert result["ruleId"] == f"{clause['part']}#{clause['kind']}"
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == LEVELS[clause["level"]]
        [place] = result["locations"][0]["logicalLocations"]
        assert place["fullyQualifiedName"] == clause["id"] == result["properties"]["clause"]
        assert result["properties"]["flaky"] is finding["flaky"]
        assert ("flaky" in result["properties"].get("tags", ())) is finding["flaky"]


@FEW
@given(documents())
def test_a_log_is_ascii_and_has_no_half_of_a_character(document: Document) -> None:
    text = sarif(document)
    assert text.isascii()
    json.dumps(json.loads(text), ensure_ascii=False).encode()


@FEW
@given(document=documents(), limit=st.integers(0, 4))
def test_the_gravest_results_are_kept_and_the_others_counted(
    document: Document, limit: int
) -> None:
    run = run_of(document, limit=limit)
    ranks = [list(LEVELS.values()).index(each["level"]) for each in run["results"]]
    assert ranks == sorted(ranks)
    assert len(ranks) == min(limit, len(fingerprints(document)))
    left_out = len(fingerprints(document)) - len(ranks)
    [invocation] = run["invocations"]
    told = [each["message"]["text"] for each in invocation.get("toolExecutionNotifications", ())]
    assert (f"{left_out} more findings are in the JSON report alone." in told) is (left_out > 0)


def test_rules_are_the_same_in_every_log() -> None:
    told = run_of(with_findings())["tool"]["driver"]["rules"]
    assert told == run_of(real("deadline.GetFarm"))["tool"]["driver"]["rules"]
    assert len({each["id"] for each in told}) == len(told)


def test_a_kind_nobody_has_heard_of_has_a_rule_too() -> None:
    document = with_findings()
    clause, _ = next(findings(document))
    clause["kind"] = "of-tomorrow"
    run = run_of(document)
    assert run["tool"]["driver"]["rules"][-1]["id"] == f"{clause['part']}#of-tomorrow"


def test_a_place_is_made_of_service_and_operation_alone() -> None:
    places = {
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for each in run_of(with_findings())["results"]
    }
    assert places == {"deadline/ListFarms", "sagemaker-edge/GetDeployments"}


def test_a_place_is_where_the_user_says() -> None:
    run = run_of(with_findings(), path="src/my mock/{service}.py")
    places = {
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for each in run["results"]
    }
    assert places == {"src/my%20mock/deadline.py", "src/my%20mock/sagemaker-edge.py"}


@given(TEXTS)
def test_a_path_is_refused_or_makes_places_code_scanning_takes(path: str) -> None:
    with contextlib.suppress(UsageError):
        VALIDATOR.validate(json.loads(sarif(with_findings(), path=path, limit=1)))


@pytest.mark.parametrize(
    "path",
    ["", "/src", "../src", "src/../../x", "http://localhost", "C:\\src", "a\\b", "src/{name}", "{"],
)
def test_a_path_that_is_none_of_a_repository_is_refused(path: str) -> None:
    with pytest.raises(UsageError):
        sarif(with_findings(), path=path)


def test_a_title_is_the_same_whatever_a_run_observes() -> None:
    document = with_findings()
    titles = []
    for observed in ("value 0: accepted with 200", "value {1}: [x](y)"):
        for _, finding in findings(document):
            finding["observed"] = observed
        told = [each["message"]["text"] for each in run_of(document)["results"]]
        titles.append([each.partition(" Expected: ")[0] for each in told])
        assert len(set(titles[-1])) > 1
    assert titles[0] == titles[1]


def test_a_pattern_is_not_shown_with_braces_in_twos() -> None:
    document = with_findings()
    clause, _ = next(findings(document))
    clause["statement"] = "A request in which `x` does not match ^[0-9]{12}$ is rejected."
    [told] = [
        each["message"]["text"]
        for each in run_of(document)["results"]
        if each["properties"]["clause"] == clause["id"]
    ][:1]
    assert "12" not in told
    assert f"{clause['id']} is violated." in told


def test_a_result_has_request_response_and_reproduction() -> None:
    document = with_findings()
    known = {finding["fingerprint"]: finding for _, finding in findings(document)}
    for result in run_of(document)["results"]:
        finding = known[result["properties"]["fingerprint"]]
        assert result["webRequest"]["method"] == finding["request"]["method"]
        assert result["webRequest"]["target"] == finding["request"]["path"]
        if finding["response"] is not None:
            assert result["webResponse"]["statusCode"] == finding["response"]["status"]
        told = {name: text for name, text in finding["reproduction"].items() if text}
        assert result["properties"]["reproduction"] == told


def test_no_half_command_is_given() -> None:
    document = with_findings()
    _, finding = next(findings(document))
    finding["reproduction"]["curl"] = "curl " + "x" * 100_000
    told = [each["properties"]["reproduction"]["curl"] for each in run_of(document)["results"]]
    assert "# 100005 characters long: the JSON report has it whole." in told
    assert max(map(len, told)) < 5000


def test_a_run_that_could_not_judge_or_did_not_end_is_no_success() -> None:
    [invocation] = run_of({**real("deadline.GetFarm"), "exitCode": 3})["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 3
    assert invocation["toolExecutionNotifications"][0]["level"] == "error"
    left = {**real("deadline.GetFarm"), "complete": False, "exitCode": 3}
    [invocation] = run_of(left)["invocations"]
    told = invocation["toolExecutionNotifications"][0]["message"]["text"]
    assert told.endswith("judged clauses conform. The run did not end.")
    [invocation] = run_of(real("deadline.GetFarm"))["invocations"]
    assert "toolExecutionNotifications" not in invocation


@pytest.mark.skipif(not OASIS.is_file(), reason="AWSCONFORM_SARIF_SCHEMA names no schema")
@settings(FEW, max_examples=10)
@given(documents())
def test_any_report_is_valid_by_the_schema_of_oasis(document: Document) -> None:
    schema = json.loads(OASIS.read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind(schema, format_checker=kind.FORMAT_CHECKER).validate(json.loads(sarif(document)))
