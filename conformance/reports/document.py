"""A run as one JSON document, in the form report.schema.json publishes.

It is put together from parts: what was to be judged and how, a document of each operation, what the
run took. No secret is in it: signatures, session tokens and cookies are hidden, in answers too, and
so are the sensitive members of answers.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path

from awsconform.conformance.exchange import Exchange
from awsconform.conformance.reports.conditions import Conditions
from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.reports.exchange_documents import Document
from awsconform.conformance.reports.operation_documents import operation_document
from awsconform.conformance.reports.totals import totals
from awsconform.conformance.reports.versions import version_of
from awsconform.conformance.running import Run, RunOptions
from awsconform.specs.contract import Contract

SCHEMA_FILE = Path(__file__).parent / "report.schema.json"
FORMAT = "awsconform-report"
FORMAT_VERSION = 1


@functools.cache
def report_schema() -> Document:
    """The JSON Schema (2020-12) of the document."""
    schema: Document = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


def report_document(run: Run, endpoint: Endpoint) -> Document:
    """The document of a run; `endpoint` is where its requests can be sent again."""
    conditions = Conditions(run.target, run.options, endpoint)
    for exchange in _shown(run):
        run.secrets.learn(exchange)
    return assembled(
        header_document(conditions, [result.contract for result in run.results]),
        [operation_document(result, conditions, run.secrets) for result in run.results],
        footer_document(run.seconds),
    )


def header_document(conditions: Conditions, contracts: Iterable[Contract]) -> Document:
    """What is known before anything is sent: what is judged, by which versions, and how."""
    options, endpoint = conditions.options, conditions.endpoint
    return {
        "versions": _versions(),
        "target": conditions.target,
        "seed": options.seed,
        "options": {
            "examples": options.examples,
            "levels": [level.value for level in options.levels],
            "clauses": options.clauses,
            "region": endpoint.region,
            **_limits(options),
        },
        "endpoint": {
            "url": endpoint.url,
            "first": endpoint.first,
            "factory": endpoint.factory,
            "aws": endpoint.aws,
            "flags": list(endpoint.flags),
        },
        "contracts": {contract.id: digest_of(contract) for contract in contracts},
    }


def footer_document(seconds: float) -> Document:
    """What is known at the end: when that is, and how many seconds it took."""
    now = datetime.datetime.now(datetime.UTC)
    return {"made": now.isoformat(timespec="seconds"), "seconds": round(seconds, 3)}


def assembled(
    header: Document, operations: Sequence[Document], footer: Document, *, complete: bool = True
) -> Document:
    """The document made of the parts; `complete` where the run came to its end.

    One that did not may have findings, and is green by no means: its exit code is 1 or 3.
    """
    summed = totals(operations, footer["seconds"])
    if not complete and summed["exitCode"] == 0:
        summed["exitCode"] = 3
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "made": footer["made"],
        **header,
        "complete": complete,
        "seconds": footer["seconds"],
        **summed,
        "operations": list(operations),
    }


def digest_of(contract: Contract) -> str:
    """What tells whether two runs judged by the same contract: the sha256 of its document."""
    text = json.dumps(contract.document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def to_text(document: Document) -> str:
    """The document as it is written: ASCII, indented by one, ending with a line's end."""
    return json.dumps(document, indent=1) + "\n"


def _limits(options: RunOptions) -> Document:
    return {} if options.max_requests is None else {"maxRequests": options.max_requests}


def _shown(run: Run) -> Iterable[Exchange]:
    for outcome in run.outcomes:
        for finding in outcome.findings:
            yield from finding.exchanges
            yield from finding.course.exchanges if finding.course else ()


def _versions() -> Document:
    names = ("awsconform", "botocore", "hypothesis")
    found = {name: version_of(name) for name in names}
    return {**found, "python": platform.python_version()}
