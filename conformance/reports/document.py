"""A run as one JSON document, in the form report.schema.json publishes.

No secret is in it: signatures, session tokens and cookies are hidden, in answers too, and so are
the sensitive members of answers.
"""

from __future__ import annotations

import base64
import datetime
import json
import platform
from collections import Counter
from pathlib import Path
from typing import Any

from awsconform.conformance.exchange import Exchange, HTTPRequest, HTTPResponse
from awsconform.conformance.outcomes import Finding, Outcome, Score, Verdict, score
from awsconform.conformance.reports.achievements import Achievements, achieved, of_run
from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.reports.families import by_family
from awsconform.conformance.reports.reproduction import reproduce_finding, run_command
from awsconform.conformance.reports.secrets import (
    hide,
    hide_bytes,
    secrets_of_answer,
    without_secrets,
)
from awsconform.conformance.reports.statements import statement
from awsconform.conformance.reports.versions import version_of
from awsconform.conformance.running import OperationResult, Run
from awsconform.conformance.wire.redaction import redact_request, redact_response
from awsconform.specs.contract import Contract

SCHEMA_FILE = Path(__file__).parent / "report.schema.json"
FORMAT_VERSION = 1

Document = dict[str, Any]


def report_schema() -> Document:
    """The JSON Schema (2020-12) of the document."""
    schema: Document = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


def report_document(run: Run, endpoint: Endpoint) -> Document:
    """The document of a run; `endpoint` is where its requests can be sent again."""
    document = {
        "format": "awsconform-report",
        "version": FORMAT_VERSION,
        "made": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "versions": _versions(),
        "target": run.target,
        "seed": run.options.seed,
        "options": {
            "examples": run.options.examples,
            "levels": [level.value for level in run.options.levels],
            "clauses": run.options.clauses,
            "region": endpoint.region,
        },
        "seconds": round(run.seconds, 3),
        "exitCode": run.exit_code,
        "verdicts": _verdicts(run.outcomes),
        **_score(score(run.outcomes)),
        "achievements": _achievements(of_run(run)),
        "operations": [_operation(run, result, endpoint) for result in run.results],
    }
    return without_secrets(document, run)


def to_text(document: Document) -> str:
    """The document as it is written: ASCII, indented by two, ending with a line's end."""
    return json.dumps(document, indent=2) + "\n"


def _versions() -> Document:
    names = ("awsconform", "botocore", "hypothesis")
    found = {name: version_of(name) for name in names}
    return {**found, "python": platform.python_version()}


def _score(numbers: Score) -> Document:
    return {
        "conformance": {"conforming": numbers.conforming, "judged": numbers.judged},
        "coverage": {"judged": numbers.judged, "clauses": numbers.clauses},
        "apart": numbers.apart,
    }


def _verdicts(outcomes: list[Outcome]) -> dict[str, int]:
    counted = Counter(outcome.verdict for outcome in outcomes)
    return {verdict.value: counted[verdict] for verdict in Verdict}


def _achievements(done: Achievements) -> Document:
    return {
        "operations": done.operations,
        "implemented": done.implemented,
        "succeeding": done.succeeding,
        "walkable": done.walkable,
        "walked": done.walked,
        "undivided": done.undivided,
        "requests": done.requests,
        "requestsPerSecond": None if done.rate is None else round(done.rate, 1),
    }


def _operation(run: Run, result: OperationResult, endpoint: Endpoint) -> Document:
    contract = result.contract
    outcomes = list(result.outcomes)
    done = achieved(result)
    return {
        "id": contract.id,
        "service": contract.service,
        "operation": contract.operation,
        "apiVersion": contract.api_version,
        "protocol": contract.protocol,
        "documents": contract.aws.get("documents", {}),
        "requests": result.requests,
        "implemented": done.implemented,
        "accepted": done.accepted,
        "pagesWalked": done.pages_walked,
        "walkable": done.walkable,
        "undivided": done.undivided,
        "trouble": result.trouble,
        **_score(score(outcomes)),
        "verdicts": _verdicts(outcomes),
        "families": {name: _score(numbers) for name, numbers in by_family(outcomes).items()},
        "clauses": [_clause(run, contract, outcome, endpoint) for outcome in outcomes],
    }


def _clause(run: Run, contract: Contract, outcome: Outcome, endpoint: Endpoint) -> Document:
    clause = outcome.clause
    secrets = frozenset[str]().union(
        *(secrets_of_answer(finding.exchange) for finding in outcome.findings)
    )
    return {
        "id": clause.id,
        "part": clause.part,
        "path": list(clause.path),
        "kind": clause.kind,
        "level": clause.level.value,
        "sources": list(clause.sources),
        "statement": statement(contract, clause).sentence,
        "verdict": outcome.verdict.value,
        "reason": hide(outcome.reason, secrets),
        "apart": clause.apart,
        "exchanges": outcome.exchanges,
        "drawn": outcome.drawn,
        "view": outcome.view.value if outcome.view else None,
        "findings": [_finding(run, contract, each, endpoint) for each in outcome.findings],
    }


def _finding(run: Run, contract: Contract, finding: Finding, endpoint: Endpoint) -> Document:
    exchange = finding.exchange
    secrets = secrets_of_answer(exchange)
    again = reproduce_finding(contract, finding, endpoint)
    command = run_command(run, endpoint, operation=contract.id, clause=finding.clause.id)
    return {
        "fingerprint": finding.fingerprint,
        "observation": finding.observation,
        "expected": finding.expected,
        "observed": hide(finding.observed, secrets),
        "flaky": finding.flaky,
        "drawn": finding.drawn,
        **_exchange(exchange),
        "before": [_exchange(each) for each in finding.before],
        "shownBy": _exchange(finding.shown_by) if finding.shown_by else None,
        "reproduction": {
            "awsconform": command,
            "first": again.first,
            "boto3": again.boto3,
            "cli": again.cli,
            "curl": again.curl,
        },
    }


def _exchange(exchange: Exchange) -> Document:
    intent = exchange.case.intent
    secrets = secrets_of_answer(exchange)
    return {
        "operation": exchange.case.operation,
        "intent": {
            "purpose": intent.purpose.value,
            "clause": intent.clause,
            "label": intent.label,
        },
        "value": exchange.case.value,
        "request": _request(exchange.request),
        "response": _response(exchange.response, secrets),
        "trouble": exchange.trouble.value if exchange.trouble else None,
        "detail": hide(exchange.detail, secrets),
    }


def _request(request: HTTPRequest | None) -> Document | None:
    if request is None:
        return None
    shown = redact_request(request)
    return {
        "method": shown.method,
        "path": shown.path,
        "hostPrefix": shown.host_prefix,
        "headers": [list(header) for header in shown.headers],
        "body": _body(shown.body),
    }


def _response(response: HTTPResponse | None, secrets: frozenset[str]) -> Document | None:
    if response is None:
        return None
    shown = redact_response(response)
    return {
        "status": shown.status,
        "headers": [[name, hide(text, secrets)] for name, text in shown.headers],
        "body": _body(hide_bytes(shown.body, secrets)),
    }


def _body(body: bytes) -> Document:
    """Text where the bytes are UTF-8, else base64."""
    try:
        return {"text": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode("ascii")}
