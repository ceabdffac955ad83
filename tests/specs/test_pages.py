"""Page documents: what the committed ones state, and how new ones are made and compared."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awsconform.errors import PageError
from awsconform.specs.documents.recognition import read_page
from awsconform.specs.documents.tree import FORMATS, Member
from awsconform.specs.pages import (
    DATA,
    committed,
    differences,
    extract,
    page_document,
    to_text,
)
from reference_pages import WRITERS, Sheet, boto3_rst, boto3_text, cli_text, sheets, structure

DEADLINE = ("deadline", "2023-10-12", "GetSessionsStatisticsAggregation")
LOOKOUT = ("lookoutequipment", "2020-12-15", "DescribeInferenceScheduler")
EDGE = ("sagemaker-edge", "2020-09-23", "SendHeartbeat")
COMMITTED = [DEADLINE, LOOKOUT, EDGE]


def _document(service: str, version: str, operation: str) -> dict[str, Any]:
    document = committed(service, version, operation)
    assert document is not None
    return document


def _at(document: dict[str, Any], path: str) -> dict[str, Any]:
    part, *segments = path.split("/")
    schema: dict[str, Any] = document["properties"][part]
    for segment in segments:
        schema = schema["items"] if segment == "*" else schema["properties"][segment]
    return schema


def _paths(schema: dict[str, Any], path: str) -> dict[str, dict[str, Any]]:
    found = {path: schema}
    for name, below in schema.get("properties", {}).items():
        found |= _paths(below, f"{path}/{name}")
    if "items" in schema:
        found |= _paths(schema["items"], f"{path}/*")
    return found


@pytest.mark.parametrize("operation", COMMITTED)
def test_committed_documents_are_valid_schemas_in_their_committed_form(
    operation: tuple[str, str, str],
) -> None:
    service, version, name = operation
    document = _document(*operation)
    jsonschema.Draft202012Validator.check_schema(document)
    assert document["$id"] == f"urn:awsconform:page:{service}:{version}:{name}"
    assert document["aws"]["date"] == "2026-11-21"
    file = DATA / service / version / f"{name}.page.json"
    assert file.read_text(encoding="utf-8") == to_text(document)


@pytest.mark.parametrize(
    ("operation", "format", "errors", "members"),
    [
        (DEADLINE, "boto3-text", None, 29),
        (
            LOOKOUT,
            "boto3-rst",
            [
                "ValidationException",
                "ResourceNotFoundException",
                "ThrottlingException",
                "AccessDeniedException",
                "InternalServerException",
            ],
            26,
        ),
        (EDGE, "cli-text", None, 33),
    ],
)
def test_committed_documents_are_complete(
    operation: tuple[str, str, str], format: str, errors: list[str] | None, members: int
) -> None:
    document = _document(*operation)
    assert document["aws"]["format"] == format
    assert document["aws"]["errors"] == errors
    paths = [p for part, s in document["properties"].items() for p in _paths(s, part)]
    named = [path for path in paths if "/" in path and not path.endswith("*")]
    assert len(named) == members


@pytest.mark.parametrize(
    ("operation", "required"),
    [
        (DEADLINE, ["farmId", "aggregationId"]),
        (LOOKOUT, ["InferenceSchedulerName"]),
        (EDGE, ["AgentVersion", "DeviceName", "DeviceFleetName"]),
    ],
)
def test_committed_documents_require_what_the_pages_do(
    operation: tuple[str, str, str], required: list[str]
) -> None:
    document = _document(*operation)
    stated = {
        path: schema["required"]
        for part, whole in document["properties"].items()
        for path, schema in _paths(whole, part).items()
        if "required" in schema
    }
    assert stated == {"request": required}


@pytest.mark.parametrize(
    ("operation", "enums"),
    [
        (
            DEADLINE,
            {
                "response/statistics/*/usageType": ["COMPUTE", "LICENSE"],
                "response/status": ["IN_PROGRESS", "TIMEOUT", "FAILED", "COMPLETED"],
            },
        ),
        (
            LOOKOUT,
            {
                "response/Status": ["PENDING", "RUNNING", "STOPPING", "STOPPED"],
                "response/DataUploadFrequency": ["PT5M", "PT10M", "PT15M", "PT30M", "PT1H"],
                "response/LatestInferenceResult": ["ANOMALOUS", "NORMAL"],
            },
        ),
        (
            EDGE,
            {
                "request/DeploymentResult/DeploymentModels/*/DesiredState": ["DEPLOY", "UNDEPLOY"],
                "request/DeploymentResult/DeploymentModels/*/State": ["DEPLOY", "UNDEPLOY"],
                "request/DeploymentResult/DeploymentModels/*/Status": ["SUCCESS", "FAIL"],
            },
        ),
    ],
)
def test_committed_documents_list_the_values_of_the_pages(
    operation: tuple[str, str, str], enums: dict[str, list[str]]
) -> None:
    document = _document(*operation)
    stated = {
        path: schema["enum"]
        for part, whole in document["properties"].items()
        for path, schema in _paths(whole, part).items()
        if "enum" in schema
    }
    assert stated == enums


@pytest.mark.parametrize(
    ("operation", "path", "word", "schema"),
    [
        (DEADLINE, "request/maxResults", "integer", {"type": "integer"}),
        (DEADLINE, "response/statistics", "list", {"type": "array"}),
        (DEADLINE, "response/statistics/*/costInUsd/avg", "float", {"type": "number"}),
        (
            DEADLINE,
            "response/statistics/*/aggregationEndTime",
            "timestamp",
            {"type": "string", "format": "date-time"},
        ),
        (LOOKOUT, "response/DataDelayOffsetInMinutes", "integer", {"type": "integer"}),
        (
            LOOKOUT,
            "response/DataInputConfiguration/S3InputConfiguration",
            "structure",
            {"type": "object"},
        ),
        (EDGE, "request/AgentMetrics/*/Value", "double", {"type": "number"}),
        (
            EDGE,
            "request/Models/*/ModelMetrics/*/Timestamp",
            "timestamp",
            {"type": "string", "format": "date-time"},
        ),
    ],
)
def test_committed_documents_have_the_types_of_the_pages(
    operation: tuple[str, str, str], path: str, word: str, schema: dict[str, str]
) -> None:
    stated = _at(_document(*operation), path)
    assert stated["aws"]["type"] == word
    assert {keyword: stated[keyword] for keyword in schema} == schema


def test_a_command_without_output_answers_null() -> None:
    document = _document(*EDGE)
    assert document["properties"]["response"] == {"type": "null"}
    assert _at(document, "request/DeviceFleetName")["aws"]["cliName"] == "device-fleet-name"


def test_the_committed_rules_are_those_of_the_prose() -> None:
    start = "StartSessionsStatisticsAggregation"
    rules = [
        {key: value for key, value in rule.items() if key != "line"}
        for rule in _document(*DEADLINE)["aws"]["rules"]
    ]
    assert rules == [
        {"rule": "requires-call", "operation": start},
        {"rule": "available-for", "after": start, "hours": 1},
        {"rule": "same-argument", "member": "farmId", "operation": start},
        {"rule": "produced-by", "member": "aggregationId", "operation": start},
        {"rule": "token-unique-per-page", "member": "nextToken"},
        {"rule": "keep-arguments", "member": "nextToken"},
        {"rule": "end-token-null", "member": "nextToken"},
        {"rule": "token-expires", "member": "nextToken", "hours": 24},
        {
            "rule": "invalid-token-rejected",
            "member": "nextToken",
            "status": 400,
            "code": "ValidationException",
        },
        {
            "rule": "error-while",
            "operation": start,
            "member": "status",
            "value": "IN_PROGRESS",
            "code": "ThrottlingException",
        },
    ]
    assert _document(*LOOKOUT)["aws"]["rules"] == _document(*EDGE)["aws"]["rules"] == []


def test_the_empty_list_of_exceptions_is_warned_of_with_its_line() -> None:
    warnings = _document(*DEADLINE)["aws"]["warnings"]
    assert warnings == ["line 187: the list of exceptions is empty"]


GARDEN = Sheet(
    structure(Member("Alpha", "string", 0, required=True), Member("Delta", "integer", 0)),
    structure(Member("Ember", "string", 0, enum=("ACTIVE", "CLOSED"))),
)
ABOUT = {"service": "gardens", "api_version": "2021-03-04", "operation": "TendGarden"}


def _made(sheet: Sheet, format: str) -> dict[str, Any]:
    page = read_page(WRITERS[format](sheet), name="page")
    return page_document(page, **ABOUT, date="2026-01-02", sha256=page.sha256)


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=20)
@given(data=st.data())
def test_every_page_makes_a_valid_schema(format: str, data: st.DataObject) -> None:
    document = _made(data.draw(sheets(format)), format)
    jsonschema.Draft202012Validator.check_schema(document)
    assert json.loads(to_text(document)) == document
    assert differences(document, document) == []


def test_the_schema_accepts_what_the_page_shows_and_refuses_the_rest() -> None:
    validator = jsonschema.Draft202012Validator(_made(GARDEN, "boto3-rst"))
    assert validator.is_valid({"request": {"Alpha": "a", "Delta": 1}, "response": {}})
    assert validator.is_valid({"response": {"Ember": "CLOSED"}})
    for wrong in ({"request": {}}, {"request": {"Alpha": 1}}, {"response": {"Ember": "OPEN"}}):
        assert not validator.is_valid(wrong), wrong


def test_a_page_that_says_all_needs_no_help(tmp_path: Path) -> None:
    extraction = extract(boto3_rst(GARDEN), name="page", data=tmp_path)
    assert extraction.document["$id"] == "urn:awsconform:page:gardens:2021-03-04:TendGarden"
    assert extraction.document["aws"]["date"] == datetime.date.today().isoformat()
    assert extraction.warnings == ()


@pytest.mark.parametrize(
    ("given", "option"),
    [({}, "--service"), ({"service": "gardens"}, "--api-version")],
)
@pytest.mark.parametrize("text", [boto3_text(GARDEN), cli_text(GARDEN)])
def test_says_which_option_tells_what_a_page_does_not(
    text: str, given: dict[str, str], option: str, tmp_path: Path
) -> None:
    with pytest.raises(PageError) as error:
        extract(text, name="page", data=tmp_path, **given)
    assert error.value.hint is not None
    assert option in error.value.hint
    whole = extract(text, name="page", data=tmp_path, service="gardens", api_version="2021-03-04")
    assert whole.document["aws"]["operation"] == "TendGarden"


@pytest.mark.parametrize(
    ("text", "title", "method", "expected"),
    [
        (boto3_text(GARDEN), "EventBridge", "put_events", ("events", "2015-10-07", "PutEvents")),
        (
            boto3_text(GARDEN),
            "IAM",
            "list_mfa_devices",
            ("iam", "2010-05-08", "ListMFADevices"),
        ),
        (cli_text(GARDEN), "s3api", "get-object", ("s3", "2006-03-01", "GetObject")),
    ],
)
def test_finds_the_operation_in_the_installed_models(
    text: str, title: str, method: str, expected: tuple[str, str, str], tmp_path: Path
) -> None:
    for old, new in (("Gardens", title), ("gardens", title)):
        text = text.replace(old, new)
    text = text.replace("tend_garden", method).replace("tend-garden", method)
    aws = extract(text, name="page", data=tmp_path).document["aws"]
    assert (aws["service"], aws["apiVersion"], aws["operation"]) == expected


def test_doubts_an_operation_the_model_does_not_have(tmp_path: Path) -> None:
    text = boto3_rst(GARDEN).replace("gardens", "sqs").replace("2021-03-04", "2012-11-05")
    warnings = extract(text, name="page", data=tmp_path).warnings
    assert [w for w in warnings if "no operation 'TendGarden'" in w]
    assert [w for w in warnings if "'SQS', not 'Gardens'" in w]


def test_refuses_a_link_to_another_operation(tmp_path: Path) -> None:
    text = boto3_rst(GARDEN).replace("/TendGarden>", "/TendGardne>")
    with pytest.raises(PageError, match="links to"):
        extract(text, name="page", data=tmp_path)


def test_refuses_an_api_version_that_is_no_date(tmp_path: Path) -> None:
    text = boto3_rst(GARDEN).replace("2021-03-04", "2021-30-04")
    with pytest.raises(PageError, match="no date"):
        extract(text, name="page", data=tmp_path)


def _commit(document: dict[str, Any], data: Path) -> str:
    file = data / "gardens" / "2021-03-04" / "TendGarden.page.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(to_text(document), encoding="utf-8")
    return to_text(document)


def test_extracting_a_committed_page_again_gives_the_committed_bytes(tmp_path: Path) -> None:
    text = boto3_rst(GARDEN)
    first = extract(text, name="page", data=tmp_path, date="2020-02-02")
    written = _commit(first.document, tmp_path)
    again = extract(text, name="other name", data=tmp_path)
    assert to_text(again.document) == written
    assert again.warnings == ()
    other = extract(text + "\n", name="page", data=tmp_path)
    assert other.document["aws"]["date"] == datetime.date.today().isoformat()


@pytest.mark.parametrize(
    ("written", "changed", "told", "lines"),
    [
        ("'CLOSED'", "'CLOXED'", "response/Ember: enum", "'Ember': "),
        ("**[REQUIRED]** ", "", "request: required", "response = client"),
        ("ThrottlingException", "ThrottledException", "'ThrottledException' is new", "Throttled"),
        ("Delta", "Detla", "the member 'Delta' is gone", "response = client"),
        ("integer", "string", "request/Delta: type", ":param Delta:"),
        ("2021-03-04", "2021-03-05", "apiVersion", "Gardens"),
    ],
)
def test_tells_what_differs_from_the_committed_page_with_the_line(
    written: str, changed: str, told: str, lines: str, tmp_path: Path
) -> None:
    text = boto3_rst(GARDEN)
    _commit(extract(text, name="page", data=tmp_path).document, tmp_path)
    text = text.replace(written, changed)
    if changed == "string":
        text = text.replace("Delta=123", "Delta='string'")
    warnings = extract(text, name="page", data=tmp_path).warnings
    (warning,) = [w for w in warnings if told in w]
    number = int(warning.removeprefix("line ").split(":")[0])
    assert lines in text.split("\n")[number - 1]


def test_tells_of_a_rule_that_is_gone(tmp_path: Path) -> None:
    prose = (("Ember", "Keep all other arguments unchanged. Each token expires after 5 hours."),)
    sheet = Sheet(GARDEN.request, GARDEN.response, prose=prose)
    text = boto3_rst(sheet)
    _commit(extract(text, name="page", data=tmp_path).document, tmp_path)
    warnings = extract(text.replace("5 hours", "7 hours"), name="page", data=tmp_path).warnings
    assert any("'token-expires (member Ember, hours 5)' is gone" in w for w in warnings)
    assert any("'token-expires (member Ember, hours 7)' is new" in w for w in warnings)
