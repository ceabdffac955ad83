"""A finding for people: what was expected, what came, and how to see it again."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from awsconform.conformance.exchange import View
from awsconform.conformance.outcomes import Finding
from awsconform.conformance.reports.asked import contract_of
from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.reports.lines import print_line
from awsconform.conformance.reports.messages import (
    answer_lines,
    observed_text,
    printable,
    request_lines,
    shortened,
)
from awsconform.conformance.reports.reproduction import reproduce_finding, run_command
from awsconform.conformance.reports.sources import source_texts
from awsconform.conformance.reports.statements import statement
from awsconform.conformance.running import Run
from awsconform.specs.contract import Contract

LONGEST_CODE = 5000
LONGEST_OBSERVED = 500
_LABEL = 13


def print_finding(
    console: Console,
    run: Run,
    contract: Contract,
    finding: Finding,
    endpoint: Endpoint,
    *,
    number: str,
) -> None:
    """Prints one finding in full; `number` is its place among them, `3 of 12`."""
    clause = finding.clause
    print_line(console, Text(f"{number}  ", style="dim"), Text(clause.id, style="bold red"))
    _field(console, clause.level.value, [statement(contract, clause).sentence])
    _field(console, "source", ["; ".join(source_texts(contract, clause.sources))])
    _field(console, "expected", [finding.expected])
    _field(console, "came", [shortened(observed_text(finding), LONGEST_OBSERVED)], style="red")
    asked = contract_of(contract, finding.exchange.case.operation)
    _field(console, "request", request_lines(finding.exchange) or [f"a call of {asked.id}"])
    _field(console, "answer", answer_lines(finding.exchange))
    if finding.shown_by is not None:
        _field(console, "shown by", request_lines(finding.shown_by))
        _field(console, "answer", answer_lines(finding.shown_by))
    if finding.flaky:
        _field(console, "flaky", ["it did not come up again when it was tried again"])
    if finding.drawn:
        _field(console, "drawn", ["only a drawn request shows it: with another seed none may"])
    if finding.exchange.view is View.SDK:
        _field(console, "view", ["what the client returned; its raw response cannot be seen"])
    _field(console, "fingerprint", [finding.fingerprint])
    again = run_command(run, endpoint, operation=contract.id, clause=clause.id)
    code = reproduce_finding(contract, finding, endpoint)
    _field(console, "again", [again])
    if code.first:
        _field(console, "by hand", [f"start {endpoint.url} first: {code.first}"])
    others = [("AWS CLI", "bash", code.cli), ("curl", "bash", code.curl)]
    if code.cli == code.curl:
        others = [("AWS CLI, curl", "bash", code.cli)]
    for title, language, text in (("boto3", "python", code.boto3), *others):
        console.print()
        print_line(console, Text(f"  {title}", style="bold"))
        _code(console, text.rstrip(), language)
    console.print()


def print_briefly(console: Console, finding: Finding) -> None:
    """Prints one finding in two lines."""
    print_line(console, Text(finding.clause.id, style="bold red"))
    _field(console, "came", [shortened(observed_text(finding), LONGEST_OBSERVED)])


def _field(console: Console, label: str, lines: Sequence[str], *, style: str = "") -> None:
    for number, line in enumerate(lines):
        shown = label if number == 0 else ""
        print_line(
            console,
            Text(f"  {shown:<{_LABEL}}", style="dim"),
            Text(printable(line), style=style),
        )


def _code(console: Console, text: str, language: str) -> None:
    if len(text) > LONGEST_CODE:
        told = f"  {len(text)} characters long: `--format json` has it whole"
        print_line(console, Text(told, style="dim"))
        return
    if not console.is_terminal:
        print_line(console, Text(text))
        return
    from rich.syntax import Syntax

    syntax = Syntax("", language, theme="ansi_dark", background_color="default")
    coloured = syntax.highlight(text)
    coloured.rstrip()
    print_line(console, coloured)
