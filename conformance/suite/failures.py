"""What a failed item shows: the clause, what was expected, what came, how to send it again."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from awsconform.conformance.outcomes import Finding, Outcome
from awsconform.conformance.reports.document import contract_of
from awsconform.conformance.reports.endpoints import SERVE_PORT, Endpoint, endpoint_of
from awsconform.conformance.reports.reproduction import Reproduction, reproduce, run_command
from awsconform.conformance.reports.secrets import hide, secrets_of
from awsconform.conformance.reports.sources import source_texts
from awsconform.conformance.reports.statements import statement
from awsconform.conformance.running import Run
from awsconform.conformance.suite.settings import Subject

WIDTH = 96
MARGIN = 10


def failure_text(subject: Subject, outcome: Outcome, *, name: str | None, region: str) -> str:
    """The report of a violated clause; its first line says the whole of it in short.

    `name` is the target's, None where it has none that means anything to another process.
    """
    text = "\n".join(_lines(subject, outcome, name, _endpoint(name, region)))
    return hide(text, secrets_of(finding.exchange for finding in outcome.findings))


def _endpoint(name: str | None, region: str) -> Endpoint:
    if name is not None:
        return endpoint_of(name, region=region)
    url = f"http://127.0.0.1:{SERVE_PORT}"
    return Endpoint(url, region, first=f"serve what the fixture `target` gives at {url}")


def _lines(
    subject: Subject, outcome: Outcome, name: str | None, endpoint: Endpoint
) -> Iterator[str]:
    clause, contract = outcome.clause, subject.contract
    finding, *others = outcome.findings
    yield f"expected {finding.expected}; came {finding.observed}"
    yield ""
    yield _labelled("clause", f"{clause.id} ({clause.level})")
    yield _labelled("states", statement(contract, clause).sentence)
    yield _labelled("source", ", ".join(source_texts(contract, clause.sources)))
    yield _labelled("seed", str(subject.options.seed))
    yield _labelled("finding", finding.fingerprint)
    again = _again(subject, finding, endpoint)
    if again.first is not None:
        yield _labelled("first", again.first)
    yield from _code("boto3", again.boto3)
    yield from _code("AWS CLI", again.cli)
    yield from _code("curl", again.curl)
    for other in others:
        yield ""
        yield _labelled("also", f"{other.observed} (finding {other.fingerprint})")
        yield from _code("curl", _again(subject, other, endpoint).curl)
    if name is not None:
        run = Run(name, subject.options, (), 0.0)
        yield ""
        yield from _code(
            "without pytest", run_command(run, operation=contract.id, clause=clause.id)
        )


def _again(subject: Subject, finding: Finding, endpoint: Endpoint) -> Reproduction:
    asked = contract_of(subject.contract, finding.exchange.case.operation)
    return reproduce(asked, finding.exchange, endpoint)


def _code(name: str, text: str) -> Iterator[str]:
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
