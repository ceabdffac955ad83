"""Known findings are come upon, and their reproductions show the same again."""

from __future__ import annotations

import re
import subprocess
import sys

from awsconform.conformance.outcomes import Finding, Verdict
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.reports.reproduction import reproduce_finding
from awsconform.conformance.results import OperationResult
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.targets.starting import StartedTarget
from awsconform.specs import catalog
from emulators.goals import SEED, Extent
from emulators.known_findings import Known

_STATUS = re.compile(r"HTTP/1\.\d (\d{3}) ")


def found(known: Known, results: tuple[OperationResult, ...]) -> tuple[str, Finding]:
    """The clause that shows a known finding, and the finding."""
    violated = {
        outcome.clause.id: outcome.findings[0]
        for result in results
        for outcome in result.outcomes
        if outcome.verdict is Verdict.VIOLATES and outcome.findings
    }
    for end in known.clauses:
        for clause, finding in violated.items():
            if clause.endswith(f"/{end}") and (known.on or "") in clause:
                return clause, finding
    raise AssertionError(f"not found; violated are {sorted(violated)}")


def test_a_known_finding_is_come_upon_and_shown_again(
    implementation: StartedTarget, known: Known, extent: Extent
) -> None:
    contracts = catalog.select(known.operations)
    contracts.sort(key=lambda contract: known.operations.index(contract.id))
    options = RunOptions(seed=SEED, examples=extent.examples)
    clause, finding = found(known, run(contracts, implementation, options).results)

    assert implementation.restart is not None
    implementation.restart()
    again = run(
        [contract for contract in contracts if clause.startswith(f"{contract.id}/")],
        implementation,
        RunOptions(seed=SEED, examples=extent.examples, clauses=clause),
    )
    assert [each.clause.id for each in again.outcomes if each.findings] == [clause]

    shown = finding.exchanges[-1]
    if shown.response is None:
        return
    implementation.restart()
    judged = next(each for each in contracts if clause.startswith(f"{each.id}/"))
    endpoint = endpoint_of(implementation.name, opened=implementation)
    commands = reproduce_finding(judged, finding, endpoint)
    told = said(commands.boto3, [sys.executable, "-c"])
    assert len(told.splitlines()) == len(finding.exchanges)
    implementation.restart()
    statuses = _STATUS.findall(said(commands.curl, ["sh", "-c"]))
    assert len(statuses) == len(finding.exchanges)
    assert int(statuses[-1]) == shown.response.status


def said(program: str, by: list[str]) -> str:
    """What a program prints."""
    ended = subprocess.run([*by, program], capture_output=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr.decode()
    return ended.stdout.decode(errors="replace")
