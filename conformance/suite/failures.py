"""What a failed item shows: expected, came, the request for three clients, who states the clause."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from awsconform.conformance.outcomes import Finding, Outcome
from awsconform.conformance.reports.endpoints import Endpoint, endpoint_of
from awsconform.conformance.reports.reproduction import reproduce, run_command
from awsconform.conformance.suite.settings import Subject
from awsconform.specs import catalog
from awsconform.specs.clauses import Clause
from awsconform.specs.contract import Contract

WIDTH = 96


def failure_text(subject: Subject, outcome: Outcome, *, target: str, region: str) -> str:
    """The report of a violated clause; its first line says the whole of it in short."""
    endpoint = endpoint_of(target, region=region)
    return "\n".join(_lines(subject, outcome, target, endpoint))


def _lines(subject: Subject, outcome: Outcome, target: str, endpoint: Endpoint) -> Iterator[str]:
    clause = outcome.clause
    first = outcome.findings[0]
    yield f"expected {first.expected}; came {first.observed}"
    yield ""
    yield f"{clause.level} {clause.id}"
    yield f"stated by {source_text(subject.contract, clause)}"
    for finding in outcome.findings:
        yield ""
        yield from _finding(finding, endpoint)
    again = run_command(
        target, subject.options, operation=subject.contract.id, clause=clause.id
    )
    yield ""
    yield f"seed {subject.options.seed}; the same without pytest: {again}"


def _finding(finding: Finding, endpoint: Endpoint) -> Iterator[str]:
    yield _labelled("expected", finding.expected)
    yield _labelled("came", finding.observed)
    yield _labelled("finding", finding.fingerprint)
    contract = catalog.load(*finding.exchange.case.operation.split(".", 1))
    again = reproduce(contract, finding.exchange, endpoint)
    if again.first is not None:
        yield _labelled("first", again.first)
    for name, text in (("boto3", again.boto3), ("AWS CLI", again.cli), ("curl", again.curl)):
        yield f"{name}:"
        yield textwrap.indent(text.strip("\n"), "    ")


def _labelled(label: str, text: str) -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=f"{label + ':':<10}",
        subsequent_indent=" " * 10,
        break_long_words=False,
        break_on_hyphens=False,
    )


def source_text(contract: Contract, clause: Clause) -> str:
    """Who states a clause: `page of 2026-11-21, botocore 1.44.5`."""
    documents = contract.aws.get("documents", {})
    said: list[str] = []
    for source in clause.sources:
        document = documents.get(source) or {}
        if source == "page" and document.get("date"):
            said.append(f"the page of {document['date']}")
        elif source == "model" and document.get("botocore"):
            said.append(f"the model of botocore {document['botocore']}")
        else:
            said.append(f"the {source}")
    return ", ".join(said)
