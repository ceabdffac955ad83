"""Sensitive members of answers are in no report, requests are."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from rich.console import Console

from awsconform.conformance.exchange import Case, Exchange, Intent, Parsed, Purpose, View
from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.reports.document import report_document, report_schema, to_text
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.reports.text_report import print_report
from awsconform.conformance.running import Run
from awsconform.conformance.wire.secrets import hide
from awsconform.specs import catalog
from reports.hand_made import CREATE, LIST, exchange, run

FARM = catalog.load("deadline", "GetFarm")
VALUE = {"farmId": "farm-0123456789abcdef0123456789abcdef"}
SECRETS = ["plain5ecret", 'with "quotes"', "a/b+c==", "smile\N{SNOWMAN}\n"]


def reports(shown: Exchange, *, observed: str = "accepted") -> tuple[str, str]:
    """The text and the JSON report of a run with that exchange in a finding."""
    made = run(FARM, violated="farmId#pattern", shown=shown)
    [result] = made.results
    outcomes = tuple(
        replace(
            each,
            reason=observed if each.verdict is Verdict.VIOLATES else each.reason,
            findings=tuple(replace(finding, observed=observed) for finding in each.findings),
        )
        for each in result.outcomes
    )
    changed: Run = replace(made, results=(replace(result, outcomes=outcomes),))
    stream = io.StringIO()
    document = report_document(changed, endpoint_of(made.target))
    print_report(Console(file=stream, width=100), document, verbose=True)
    jsonschema.Draft202012Validator(report_schema()).validate(document)
    return stream.getvalue(), to_text(document)


def is_in(secret: str, report: str) -> bool:
    forms = {secret, json.dumps(secret)[1:-1], repr(secret)[1:-1]}
    return any(form in report for form in (*forms, *(json.dumps(form)[1:-1] for form in forms)))


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "answer",
    [
        lambda secret: {"description": secret},
        lambda secret: {"farm": [{"Description": {"of": [secret]}}]},
        lambda secret: {"Credentials": {"SecretAccessKey": secret}},
        lambda secret: {"sessionToken": secret, "adminPassword": secret},
    ],
)
@pytest.mark.parametrize("ascii", [True, False])
def test_a_sensitive_value_of_an_answer_is_in_no_report(
    secret: str, answer: Any, ascii: bool
) -> None:
    body = json.dumps(answer(secret), ensure_ascii=ascii).encode()
    shown = exchange(FARM, VALUE, answer=body)
    for report in reports(shown, observed=f"came {secret!r}, {json.dumps(secret)}"):
        assert not is_in(secret, report)
        assert "[hidden]" in report


@pytest.mark.parametrize("end", [b"", b'",', b'"}, \xff'])
def test_nor_is_one_of_an_answer_that_is_no_json(end: bytes) -> None:
    shown = exchange(FARM, VALUE, answer=b'{"secretAccessKey": "plain5ecret' + end)
    for report in reports(shown):
        assert "plain5ecret" not in report


@pytest.mark.parametrize("secret", SECRETS)
def test_nor_is_one_that_a_client_returned(secret: str) -> None:
    case = Case(FARM.id, Intent(Purpose.VALID), VALUE)
    shown = Exchange(case, None, None, View.SDK, parsed=Parsed({"description": secret}))
    for report in reports(shown, observed=f"{secret!r}"):
        assert not is_in(secret, report)


def test_what_was_sent_and_what_is_not_sensitive_is_shown() -> None:
    sent = {"displayName": "x", "description": "asked for"}
    body = json.dumps({"description": "answered", "displayName": "shown-name"}).encode()
    for report in reports(exchange(CREATE, sent, answer=body)):
        assert "asked for" in report
        assert "shown-name" in report
        assert "answered" not in report


def test_values_too_short_to_be_secrets_are_shown() -> None:
    text, _ = reports(exchange(FARM, VALUE, answer=b'{"description": "abc"}'))
    assert '{"description": "abc"}' in text


def test_a_page_token_is_no_secret() -> None:
    made = run(violated="#minimum", shown=exchange(LIST, {}, answer=b'{"nextToken": "page-two"}'))
    assert "page-two" in to_text(report_document(made, endpoint_of("emulator:")))


def test_the_beginning_of_a_secret_that_was_cut_off_is_hidden() -> None:
    assert hide("came 'plain5ec…", frozenset({"plain5ecret"})) == "came '[hidden]…"
    assert hide("came 'plains…", frozenset({"plain5ecret"})) == "came 'plains…"
