"""What a failed item shows: the clause, what was expected, what came, how to send it again."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from awsconform.conformance.outcomes import Finding, Outcome
from awsconform.conformance.reports.document import contract_of
from awsconform.conformance.reports.endpoints import Endpoint, endpoint_of
from awsconform.conformance.reports.reproduction import reproduce, run_command
from awsconform.conformance.reports.secrets import hide, secrets_of
from awsconform.conformance.reports.sources import source_texts
from awsconform.conformance.reports.statements import statement
from awsconform.conformance.running import Run
from awsconform.conformance.suite.settings import Subject

WIDTH = 96
MARGIN = 10


def failure_text(subject: Subject, outcome: Outcome, *, target: str, region: str) -> str:
    """The report of a violated clause; its first line says the whole of it in short."""
    endpoint = endpoint_of(target, region=region)
    text = "\n".join(_lines(subject, outcome, target, endpoint))
    return hide(text, secrets_of(finding.exchange for finding in outcome.findings))


def _lines(subject: Subject, outcome: Outcome, target: str, endpoint: Endpoint) -> Iterator[str]:
    clause, contract = outcome.clause, subject.contract
    yield f"expected {outcome.findings[0].expected}; came {outcome.findings[0].observed}"
    yield ""
    yield _labelled("clause", f"{clause.id} ({clause.level})")
    yield _labelled("states", statement(contract, clause).sentence)
    yield _labelled("source", ", ".join(source_texts(contract, clause.sources)))
    for finding in outcome.findings:
        yield ""
        yield from _finding(subject, finding, endpoint)
    run = Run(target, subject.options, (), 0.0)
    yield ""
    yield _labelled("seed", str(subject.options.seed))
    yield f"without pytest: {run_command(run, operation=contract.id, clause=clause.id)}"


def _finding(subject: Subject, finding: Finding, endpoint: Endpoint) -> Iterator[str]:
    yield _labelled("finding", finding.fingerprint)
    yield _labelled("expected", finding.expected)
    yield _labelled("came", finding.observed)
    asked = contract_of(subject.contract, finding.exchange.case.operation)
    again = reproduce(asked, finding.exchange, endpoint)
    if again.first is not None:
        yield _labelled("first", again.first)
    for name, text in (("boto3", again.boto3), ("AWS CLI", again.cli), ("curl", again.curl)):
        yield f"{name}:"
        yield textwrap.indent(text.strip("\n"), " " * 4)


def _labelled(label: str, text: str) -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=f"{label + ':':<{MARGIN}}",
        subsequent_indent=" " * MARGIN,
        break_long_words=False,
        break_on_hyphens=False,
    )
