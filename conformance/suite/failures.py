"""What a failed item shows: the clause, what was expected, what came, how to send it again."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from awsconform.conformance.outcomes import Finding, Outcome
from awsconform.conformance.reports.conditions import Conditions, run_command
from awsconform.conformance.reports.endpoints import SERVE_PORT, Endpoint, endpoint_of
from awsconform.conformance.reports.exchange_documents import exchange_document
from awsconform.conformance.reports.messages import (
    answer_lines,
    printable,
    request_lines,
    shortened,
)
from awsconform.conformance.reports.reproduction import Reproduction, reproduce_finding
from awsconform.conformance.reports.secrets import secrets_of_answer
from awsconform.conformance.reports.sources import source_texts
from awsconform.conformance.reports.statements import statement
from awsconform.conformance.suite.settings import Subject
from awsconform.conformance.wire.secrets import Secrets, hide

LONGEST_OBSERVED = 500
LONGEST_CODE = 5000
MARGIN = 10


def failure_text(
    subject: Subject, outcome: Outcome, known: Secrets, *, name: str | None, region: str
) -> str:
    """The report of a violated clause; its first line says the whole of it in short.

    `known` are secrets to be kept out of it; `name` is the target's, None where it has none that
    means anything to another process.
    """
    for finding in outcome.findings:
        for each in finding.exchanges:
            known.learn(each)
    text = "\n".join(_lines(subject, outcome, name, _endpoint(name, region), known))
    return known.text(printable(text))


def _endpoint(name: str | None, region: str) -> Endpoint:
    if name is not None:
        return endpoint_of(name, region=region)
    url = f"http://127.0.0.1:{SERVE_PORT}"
    return Endpoint(url, region, first=f"# serve what the fixture `target` gives at {url}")


def _lines(
    subject: Subject, outcome: Outcome, name: str | None, endpoint: Endpoint, known: Secrets
) -> Iterator[str]:
    clause, contract = outcome.clause, subject.contract
    finding, *others = outcome.findings
    exchange = exchange_document(finding.exchange, known)
    yield f"expected {finding.expected}; came {_observed(finding)}"
    yield ""
    yield from _labelled("clause", [f"{clause.id} ({clause.level})"])
    yield from _labelled("states", [statement(contract, clause).sentence])
    yield from _labelled("source", ["; ".join(source_texts(contract, clause.sources))])
    yield from _labelled("request", request_lines(exchange))
    yield from _labelled("answer", answer_lines(exchange))
    yield from _labelled("finding", [f"{finding.fingerprint}, seed {subject.options.seed}"])
    for other in others:
        yield from _labelled("also", [f"{_observed(other)} (finding {other.fingerprint})"])
    again = _again(subject, finding, endpoint)
    if again.first is not None:
        yield from _code("first", again.first)
    yield from _code("boto3", again.boto3)
    yield from _code("AWS CLI", again.cli)
    yield from _code("curl", again.curl)
    for other in others:
        curl = _again(subject, other, endpoint).curl
        yield from _code(f"curl, for finding {other.fingerprint}", curl)
    if name is not None:
        conditions = Conditions(name, subject.options, endpoint)
        command = run_command(conditions, operation=contract.id, clause=clause.id)
        yield from _code("without pytest", command)


def _observed(finding: Finding) -> str:
    observed = hide(finding.observed, secrets_of_answer(finding.exchange))
    return shortened(observed, LONGEST_OBSERVED)


def _again(subject: Subject, finding: Finding, endpoint: Endpoint) -> Reproduction:
    return reproduce_finding(subject.contract, finding, endpoint)


def _labelled(label: str, lines: Sequence[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield f"{f'{label}:' if number == 0 else '':<{MARGIN}}{line}"


def _code(name: str, text: str) -> Iterator[str]:
    code = text.strip("\n")
    yield ""
    yield f"{name}:"
    yield textwrap.indent(
        code
        if len(code) <= LONGEST_CODE
        else f"{len(code)} characters long: `awsconform run --format json` has it whole",
        " " * 4,
    )
